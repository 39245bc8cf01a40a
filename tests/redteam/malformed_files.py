"""Files that are no notebooks, or odd ones: each is refused by name or graded as it deserves, and the others go on."""

from __future__ import annotations

import base64
import gzip
import io
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from harness import Bench, Case, cell_of

Edit = Callable[[Any], None]


def _case(name: str, **more: Any) -> Case:
    """Return a case; files are read alike in both modes, so one is enough."""
    return Case(name, "malformed", refusal=True, modes=("shared",), **more)


def _raw(name: str, change: Callable[[bytes], bytes]) -> Case:
    return _case(name, raw=change)


def _edited(name: str, edit: Edit) -> Case:
    return _case(name, edit=edit)


def _with(change: Callable[[dict[str, Any]], object]) -> Callable[[bytes], bytes]:
    """Return what changes a notebook's file as JSON."""

    def raw(data: bytes) -> bytes:
        notebook = json.loads(data)
        change(notebook)
        return json.dumps(notebook).encode()

    return raw


def _kernel(name: object) -> Edit:
    def edit(notebook: Any) -> None:
        notebook.metadata["kernelspec"] = {"name": name, "display_name": name, "language": "python"}
        notebook.metadata["language_info"] = {
            "name": name,
            "file_extension": "../../x",
            "nbconvert_exporter": "os.system",
        }

    return edit


def _grade_id(value: object) -> Callable[[bytes], bytes]:
    def change(notebook: dict[str, Any]) -> None:
        for cell in notebook["cells"]:
            if cell["metadata"].get("nbgrader", {}).get("grade_id") == "double":
                cell["metadata"]["nbgrader"]["grade_id"] = value

    return _with(change)


def _doubled_id(notebook: Any) -> None:
    notebook.cells.append(dict(cell_of(notebook, "test_greet"), id="again"))
    notebook.cells.insert(0, dict(cell_of(notebook, "test_double"), id="first"))


def _attachments(notebook: Any) -> None:
    cell = cell_of(notebook, "words")
    cell["attachments"] = {
        "../../../../outside/attached.png": {"image/png": base64.b64encode(b"attachments that traverse").decode()},
        "/tmp/attached.png": {"image/png": "AAAA"},
    }
    cell.source = "![](attachment:../../../../outside/attached.png)"


def _bombs() -> dict[str, bytes]:
    """Return archives that would unfold to much more: nobody unfolds them."""
    zeros = bytes(20 << 20)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../../../outside/from-archive", zeros)
    return {"data.zip": file.getvalue(), "work.ipynb.gz": gzip.compress(zeros)}


def _bomb_output(notebook: Any) -> None:
    packed = base64.b64encode(gzip.compress(bytes(20 << 20))).decode()
    notebook.cells[2]["outputs"] = [
        {"output_type": "display_data", "data": {"image/svg+xml": packed, "text/plain": ["x"] * 1000}, "metadata": {}}
    ]


def _many_files(folder: Path, bench: Bench) -> None:
    for number in range(1500):
        (folder / f"file-{number}").touch()


def _odd_names(folder: Path, bench: Bench) -> None:
    (folder / "--help").write_text("x")
    (folder / "new\nline.txt").write_text("x")
    (folder / "$(touch x).txt").write_text("x")
    (folder / "given.txt").unlink()
    (folder / "given.txt").mkdir()


def _bad_name(folder: Path, bench: Bench) -> None:
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff\xfe.txt")).write_text("x")


def _notebook_folder(folder: Path, bench: Bench) -> None:
    (folder / "work.ipynb").unlink()
    (folder / "work.ipynb").mkdir()


def _deep_folders(folder: Path, bench: Bench) -> None:
    deep = folder / "/".join(["d"] * 500)
    deep.mkdir(parents=True)
    (deep / "file").write_text("x")


_SETTINGS = "c = get_config()\nopen('@OUTSIDE@/settings', 'w').write('@CASE@')\n"

CASES = [
    _raw("an empty file", lambda data: b""),
    _raw("no JSON at all", lambda data: b"\x89PNG\r\n\x1a\n" + os.urandom(2000)),
    _raw("half a file", lambda data: data[: len(data) // 2]),
    _raw("another file behind it", lambda data: data + data),
    _raw("a byte order mark", lambda data: b"\xef\xbb\xbf" + data),
    _raw("text in UTF-16", lambda data: data.decode().encode("utf-16")),
    _raw("bytes that are no text", lambda data: data.replace(b"return 0", b"return \xff\xfe0")),
    _raw("lone surrogates", lambda data: data.replace(b"return 0", b"return 0 # \\ud800")),
    _raw(
        "text with zero bytes and control characters", lambda data: data.replace(b"return 0", b"return 0\\u0000\\u001b")
    ),
    _raw("very deep JSON", lambda data: b'{"cells":' + b"[" * 200_000 + b"]" * 200_000 + b"}"),
    _raw(
        "deep metadata",
        lambda data: data.replace(b'"metadata": {', b'"metadata": {"x": ' + b"[" * 5000 + b"]" * 5000 + b",", 1),
    ),
    _raw(
        "a number with many digits",
        lambda data: data.replace(b'"nbformat": 4', b'"x": ' + b"9" * 200_000 + b', "nbformat": 4'),
    ),
    _raw(
        "numbers that JSON lacks",
        lambda data: data.replace(b'"nbformat": 4', b'"x": [NaN, -Infinity, 1e999], "nbformat": 4'),
    ),
    _raw(
        "the same keys twice",
        lambda data: b'{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5, ' + data.lstrip()[1:],
    ),
    _raw("a list in place of a notebook", lambda data: b"[" + data + b"]"),
    _raw("an old format's number", _with(lambda n: n.update(nbformat=3))),
    _raw("a format's number from the future", _with(lambda n: n.update(nbformat=99, nbformat_minor=0))),
    _raw("a format's number that is no number", _with(lambda n: n.update(nbformat="4; import os"))),
    _raw("cells that are no list", _with(lambda n: n.update(cells={"0": n["cells"][0]}))),
    _raw("cells that are nothing", _with(lambda n: n.update(cells=[None, 1, "x", [], {}]))),
    _raw("cells without what they need", _with(lambda n: [c.pop("source") for c in n["cells"]])),
    _raw("metadata that is nothing", _with(lambda n: [c.update(metadata=None) for c in n["cells"]])),
    _raw(
        "outputs that are none",
        _with(lambda n: n["cells"][2].update(outputs=[{"output_type": ["x"]}, 3], execution_count="1")),
    ),
    _raw("a cell type that there is not", _with(lambda n: n["cells"][2].update(cell_type="../../etc"))),
    _raw("a cell of many megabytes", _with(lambda n: n["cells"][2].update(source="#" + "x" * 6_000_000 + "\n"))),
    _raw("twenty thousand cells", _with(lambda n: n["cells"].extend([n["cells"][0]] * 20_000))),
    _raw("a grade_id that is a list", _grade_id(["double"])),
    _raw("a grade_id that is a path", _grade_id("../../../outside/id")),
    _raw("a grade_id of a megabyte", _grade_id("x" * 1_000_000)),
    _edited("grade_ids that are there twice", _doubled_id),
    _edited("a kernel whose name is a path to a shell", _kernel("../../../../bin/sh")),
    _edited("a kernel whose name is a shell command", _kernel("sh -c 'touch @OUTSIDE@/kernel'")),
    _edited("a kernel that is a list", _kernel(["python3"])),
    _edited("attachments that traverse", _attachments),
    _case("archives that explode", files=_bombs()),
    _edited("outputs that explode", _bomb_output),
    _case(
        "settings of its own",
        files={
            "nbgrader_config.py": _SETTINGS,
            "jupyter_config.py": _SETTINGS,
            ".ipython/profile_default/startup/x.py": _SETTINGS,
        },
    ),
    _case("very many files", lay=_many_files),
    _case("names of files that are options and commands", lay=_odd_names),
    _case("a name that is no text", lay=_bad_name),
    _case("a folder in place of the notebook", lay=_notebook_folder),
    _case("very deep folders", lay=_deep_folders),
]
