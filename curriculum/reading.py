"""Reading a curriculum: from a folder of YAML files, from one file, from plain values; whole, or not at all."""

from __future__ import annotations

import pathlib
from uuid import UUID

import msgspec

from curriculum.cache import cached, digest, keep
from curriculum.datafile import LARGEST_JSON, Place, Plain, read_file, written
from curriculum.decoding import decode
from curriculum.exceptions import DataError
from curriculum.folder import FolderFiles
from curriculum.jsontext import parse_json
from curriculum.model import NIL, CoverageItem, Line, Links, Module, ModuleId, Path, PathData, Text
from curriculum.validation import validated_path

DATA = pathlib.Path(__file__).resolve().parent / "data"
"""The folder of this course's own curriculum."""

_loaded: dict[bytes, Path] = {}


class PathFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What stands in `path.yaml`: the path without its modules' content."""

    id: ModuleId
    title: Line
    description: Text
    version: Line
    modules: tuple[ModuleId, ...]
    links: Links = msgspec.field(default_factory=Links)
    uuid: UUID = NIL


def own_path() -> Path:
    """Return this course's own path; the same object while its files stay as they are."""
    files = FolderFiles.read(DATA)
    key = digest(files.content)
    path = _loaded.get(key)
    if path is None:
        data = cached(DATA, key)
        if data is None:
            path = _from_files(files)
            keep(DATA, key, path.data)
        else:  # checked nevertheless: the checks may be newer than the copy
            files = files.holding(data)
            path = validated_path(data, files.error_at, files.where, str(DATA))
        _loaded.clear()
        _loaded[key] = path
    return path


def from_folder(folder: pathlib.Path) -> Path:
    """Return the path that the files of a folder describe."""
    return _from_files(FolderFiles.read(folder))


def _from_files(files: FolderFiles) -> Path:
    head = files.decoded("path.yaml", PathFile)
    for i, name in enumerate(head.modules):
        if f"modules/{name}.yaml" not in files.content:
            raise files.error_in(
                "path.yaml",
                ("modules", i),
                f"The module '{name}' has no file modules/{name}.yaml.",
                "Write it, or take the name out.",
            )
        if name in head.modules[:i]:
            raise files.error_in("path.yaml", ("modules", i), f"The module '{name}' stands twice.", "Take one out.")
    modules = {}
    for file in files.content:
        if file.startswith("modules/"):
            modules[file] = _module(files, file, head.modules)
    data = PathData(
        id=head.id,
        title=head.title,
        description=head.description,
        version=head.version,
        links=head.links,
        modules=tuple(modules[f"modules/{name}.yaml"] for name in head.modules),
        coverage=files.decoded("coverage.yaml", tuple[CoverageItem, ...]) if "coverage.yaml" in files.content else (),
        uuid=head.uuid,
    )
    files = files.holding(data)
    return validated_path(data, files.error_at, files.where, str(files.folder))


def _module(files: FolderFiles, file: str, named: tuple[str, ...]) -> Module:
    name, _, ending = file.removeprefix("modules/").rpartition(".")
    if ending != "yaml" or name not in named:
        raise files.error_in(
            file,
            (),
            "The path does not name this module.",
            "Call the file modules/NAME.yaml and add NAME to `modules` in path.yaml, or move it away.",
        )
    module = files.decoded(file, Module)
    if module.id != name:
        raise files.error_in(
            file, ("id",), f"The module's id is '{module.id}', but its file is {name}.yaml.", "Give both one name."
        )
    return module


def with_module(path: Path, file: pathlib.Path) -> Path:
    """Return a path to the end of which the module of one file is added."""
    addition = FolderFiles(file.parent, {file.name: read_file(file)})
    module = addition.decoded(file.name, Module)
    data = msgspec.structs.replace(path.data, modules=(*path.data.modules, module))
    own = FolderFiles.read(pathlib.Path(path.origin)).holding(path.data)
    added: Place = ("modules", len(path.data.modules))

    def error_at(place: Place, problem: str, remedy: str) -> DataError:
        if place[:2] == added:
            return addition.error_in(file.name, place[2:], problem, remedy)
        return own.error_at(place, problem, remedy)

    def where(place: Place) -> str:
        return f"{file}:{addition.line(file.name, place[2:])}" if place[:2] == added else own.where(place)

    return validated_path(data, error_at, where, str(file))


def from_json(file: pathlib.Path) -> Path:
    """Return the path that a file in our own JSON describes."""
    return from_values(parse_json(read_file(file, LARGEST_JSON), file), file)


def from_values(raw: Plain, origin: pathlib.Path) -> Path:
    """Return the path that plain values describe; see `curriculum.path_from_values`."""

    def error_at(place: Place, problem: str, remedy: str) -> DataError:
        return DataError(origin, written(place), problem, remedy)

    return validated_path(decode(raw, PathData, error_at), error_at, written, str(origin))
