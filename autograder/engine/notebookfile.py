"""Notebooks as plain dictionaries: read from the bytes of a file, checked, and written back.

nbformat does the same with objects, and several times over for one notebook; here it is asked only for old formats and
for what looks odd.
"""

from __future__ import annotations

import json
import re
import secrets
import warnings
from typing import Any

import msgspec

from autograder.exceptions import NotebookError

Notebook = dict[str, Any]
Cell = dict[str, Any]

_SPLIT_TYPES = ("application/javascript", "image/svg+xml")


def read_notebook(data: bytes, name: str) -> Notebook:
    """Read and check a notebook.

    Args:
        data: the bytes of its file.
        name: its name, without `.ipynb`, for messages.

    Returns:
        The notebook in format 4, texts joined.

    Raises:
        NotebookError: the bytes are no notebook.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _unreadable(name, f"it is not UTF-8 (byte {error.start})") from error
    raw = _parse(text, name)
    if not isinstance(raw, dict) or not all(type(raw.get(name, 1)) is int for name in ("nbformat", "nbformat_minor")):
        raise _unreadable(name, "it is JSON, but no notebook")
    notebook = raw if raw.get("nbformat") == 4 else _upgrade(text, name)
    try:
        _join(notebook)
        _give_ids(notebook)
        _validate(notebook)
    except NotebookError:
        raise
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as error:
        raise _unreadable(name, _first_line(error)) from error
    return notebook


def write_notebook(notebook: Notebook) -> bytes:
    """Return a notebook as the bytes of its file, in nbformat's way of writing."""
    split = {**notebook, "cells": [_split(cell) for cell in notebook["cells"]]}
    try:
        data = msgspec.json.format(msgspec.json.encode(split, order="sorted"), indent=1)
    except (TypeError, ValueError, RecursionError):  # numbers or texts that JSON proper lacks
        text = json.dumps(split, indent=1, sort_keys=True, ensure_ascii=False, separators=(",", ": "), default=str)
        data = text.encode("utf-8", "replace")
    return data + b"\n"


def _parse(text: str, name: str) -> object:
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        pass
    try:
        return json.loads(text)  # accepts NaN, as nbformat does, and says where an error is
    except (ValueError, RecursionError) as error:
        raise _unreadable(name, f"it is not JSON: {_first_line(error)}") from error


def _upgrade(text: str, name: str) -> Notebook:
    import nbformat  # slow to import, and hardly ever needed

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            notebook: Notebook = nbformat.reads(text, as_version=4)
    except Exception as error:
        raise _unreadable(name, _first_line(error)) from error
    return notebook


def _join(notebook: Notebook) -> None:
    """Join texts that are split into lines, and drop what a file must not hold."""
    for key in ("orig_nbformat", "orig_nbformat_minor", "signature"):
        notebook["metadata"].pop(key, None)
    for cell in notebook["cells"]:
        cell["metadata"].pop("trusted", None)
        if isinstance(cell["source"], list):
            cell["source"] = "".join(cell["source"])
        for attachment in cell.get("attachments", {}).values():
            for kind, value in attachment.items():
                if isinstance(value, list) and kind != "application/json" and not kind.endswith("+json"):
                    attachment[kind] = "".join(value)


def _give_ids(notebook: Notebook) -> None:
    """Give an id to each cell that should have one and doesn't, and a new one where two cells share one."""
    if notebook.get("nbformat_minor", 0) < 5:
        return
    taken = {cell["id"] for cell in notebook["cells"] if "id" in cell}
    seen: set[str] = set()
    for cell in notebook["cells"]:
        if cell.get("id") in seen or "id" not in cell:
            while (new := secrets.token_hex(4)) in taken:
                continue
            taken.add(new)
            cell["id"] = new
        seen.add(cell["id"])


class _AnyCell(msgspec.Struct):
    """A cell, as far as a quick look goes."""

    cell_type: str
    metadata: dict[str, Any]
    source: str
    id: str = "x"


class _AnyNotebook(msgspec.Struct):
    """A notebook, as far as a quick look goes."""

    nbformat: int
    nbformat_minor: int
    metadata: dict[str, Any]
    cells: list[_AnyCell]


_KEYS = {
    "code": {"cell_type", "metadata", "source", "id", "outputs", "execution_count"},
    "markdown": {"cell_type", "metadata", "source", "id", "attachments"},
    "raw": {"cell_type", "metadata", "source", "id", "attachments"},
}
_ID = re.compile("[a-zA-Z0-9_-]{1,64}")
_PLAIN_METADATA = {"nbgrader", "deletable", "editable", "slideshow", "trusted", "execution", "vscode"}


def _validate(notebook: Notebook) -> None:
    """Refuse what nbformat's schema forbids.

    A quick look settles the usual notebook; any other is given to nbformat.
    """
    if _is_usual(notebook):
        return
    import nbformat

    cleared = {**notebook, "cells": [_without_outputs(cell) for cell in notebook["cells"]]}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            nbformat.validate(cleared, relax_add_props=True)
    except nbformat.ValidationError as error:
        raise ValueError(_first_line(error)) from error


def _is_usual(notebook: Notebook) -> bool:
    try:
        msgspec.convert(notebook, _AnyNotebook)
    except msgspec.ValidationError:
        return False
    if not set(notebook["metadata"].get("kernelspec", {"name": ""})) <= {"name", "display_name", "language", "argv"}:
        return False
    for cell in notebook["cells"]:
        keys = _KEYS.get(cell["cell_type"])
        if keys is None or not cell.keys() <= keys or not cell["metadata"].keys() <= _PLAIN_METADATA:
            return False
        if not _ID.fullmatch(cell.get("id", "x")):
            return False
        if any(not isinstance(cell["metadata"].get(key, True), bool) for key in ("deletable", "editable")):
            return False
        if cell.get("attachments"):
            return False
    return True


def _without_outputs(cell: Cell) -> Cell:
    return {**cell, "outputs": [], "execution_count": None} if cell.get("cell_type") == "code" else cell


def _split(cell: Cell) -> Cell:
    """Return a cell with its texts split into lines, as they stand in a file."""
    split = {**cell, "source": cell["source"].splitlines(keepends=True)}
    if "attachments" in cell:
        split["attachments"] = {name: _split_bundle(bundle) for name, bundle in cell["attachments"].items()}
    if cell["cell_type"] == "code":
        split["outputs"] = [_split_output(output) for output in cell["outputs"]]
    return split


def _split_output(output: Cell) -> Cell:
    if output["output_type"] == "stream":
        return {**output, "text": output["text"].splitlines(keepends=True)}
    if "data" in output:
        return {**output, "data": _split_bundle(output["data"])}
    return output


def _split_bundle(bundle: dict[str, Any]) -> dict[str, Any]:
    return {
        kind: value.splitlines(keepends=True)
        if isinstance(value, str) and (kind.startswith("text/") or kind in _SPLIT_TYPES)
        else value
        for kind, value in bundle.items()
    }


def _unreadable(name: str, reason: str) -> NotebookError:
    return NotebookError(
        f"{name}.ipynb is not a notebook that can be read: {reason}. "
        "Open it in JupyterLab and save it again, or take a fresh copy."
    )


def _first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0][:200]}" if lines else type(error).__name__
