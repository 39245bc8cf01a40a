"""Commands that exchange the path with other systems: export, import."""

from __future__ import annotations

import io
import sys
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

import click
import msgspec
from rich.text import Text

from autograder import console
from curriculum.commands.showing import curriculum_option, json_option, load, show
from curriculum.exceptions import CurriculumError
from curriculum.exports.formats import FORMATS, Files
from curriculum.timing import in_words

if TYPE_CHECKING:
    from curriculum.model import Path

_FORMAT_HELP = "What to write. " + "; ".join(f"{made.name}: {made.what}" for made in FORMATS.values()) + "."

# the oldest time that a zip file can hold: the same path gives the same bytes
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


@click.command("export")
@click.option(
    "--format", "name", type=click.Choice(list(FORMATS)), default="json", show_default=True, help=_FORMAT_HELP
)
@click.option(
    "--output",
    metavar="FILE|DIR",
    type=click.Path(path_type=FilePath),
    help="Write here instead of to standard output. For csv and badges: a folder, or a file ending in .zip.",
)
@click.option("--provider", default="", metavar="NAME", help="Who offers the courses (jsonld, case, badges).")
@click.option(
    "--base",
    default="",
    metavar="URL",
    help="The address below which you publish the parts (jsonld, case, badges); by default they are urn:uuid: names.",
)
@curriculum_option
def export_command(name: str, output: FilePath | None, provider: str, base: str, source: FilePath | None) -> None:
    """Write the path in a format that other systems read."""
    from curriculum.exports import Naming, export

    if base and "://" not in base:
        raise click.BadParameter(
            f"{base!r} is no address; write it whole, as in https://school.example/path.", param_hint="--base"
        )
    files = export(load(source), name, Naming(base=base, provider=provider))
    several = not FORMATS[name].file
    if output is None:
        if several:
            raise click.UsageError(
                f"{name} makes {len(files)} files: say where with --output DIR or --output FILE.zip."
            )
        sys.stdout.buffer.write(next(iter(files.values())))
        return
    try:
        written = _write_several(output, files) if several else _write_one(output, files)
    except OSError as error:
        raise CurriculumError(
            f"{output}: cannot be written: {error.strerror}. Name another place with --output."
        ) from error
    console.stderr.print(f"Wrote {written}", soft_wrap=True, markup=False)


@click.command("import")
@click.argument("source", metavar="FILE|DIR", type=click.Path(path_type=FilePath))
@click.option(
    "--output",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=FilePath),
    help="Write the curriculum here, as one JSON file.",
)
@json_option
def import_command(source: FilePath, output: FilePath | None, as_json: bool) -> None:
    """Check a curriculum whole and say what it holds.

    FILE|DIR is a folder of YAML files as docs/data.md describes it, a .json file that `export` wrote, or a module's
    .yaml file, which is added to the end of this course's path. Every command works on it with --curriculum.

    Exit status: 0 when it is valid; 2 when it isn't, and the first fault is named with its place.
    """
    import curriculum
    from curriculum.exports.own_json import encode

    path = curriculum.load(source)
    if output is not None:
        try:
            written = _write_one(output, {"backend-path.json": encode(path)})
        except OSError as error:
            raise CurriculumError(f"{output}: cannot be written: {error.strerror}. Name another file.") from error
        console.stderr.print(f"Wrote {written}", soft_wrap=True, markup=False)
    if as_json:
        console.print_json(_holds(path))
    else:
        _show_holds(path, source)


def _write_one(output: FilePath, files: Files) -> str:
    name, content = next(iter(files.items()))
    target = output / name if output.is_dir() else output
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    return str(target)


def _write_several(output: FilePath, files: Files) -> str:
    if output.suffix == ".zip":
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_bytes(_zipped(files))
        return f"{output} with {len(files)} files"
    output.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (output / name).write_bytes(content)
    return f"{len(files)} files in {output}"


def _zipped(files: Files) -> bytes:
    import zipfile

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _ZIP_TIME), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _holds(path: Path) -> dict[str, object]:
    parts = [part for module in path.modules.values() for part in module.parts]
    return {
        "id": path.id,
        "uuid": str(path.uuid),
        "title": path.title,
        "version": path.version,
        "modules": list(path.modules),
        "skills": len(path.skills),
        "lessons": len(path.lessons),
        "exercises": len(path.exercises),
        "coverage": len(path.coverage_items),
        "ready": sum(part.status == "ready" for part in parts),
        "minutes": sum(part.minutes for part in parts),
        "points": msgspec.to_builtins(sum(module.points for module in path.modules.values())),
    }


def _show_holds(path: Path, source: FilePath) -> None:
    holds = _holds(path)
    show(Text(f"{source} is valid.", style="green"))
    show(Text.assemble((path.title, "bold"), f", version {path.version}"))
    minutes = sum(module.minutes for module in path.modules.values())
    show(
        Text(
            f"{len(path.modules)} modules, {holds['skills']} skills, {holds['lessons']} lessons, {holds['exercises']} "
            f"exercises ({holds['ready']} parts ready), {holds['coverage']} coverage items, {in_words(minutes)}"
        )
    )
    show(Text(f"Modules: {', '.join(path.modules)}"))


COMMANDS = [export_command, import_command]
