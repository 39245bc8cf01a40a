"""Notebooks of a workspace: which file a request means, and which lesson or exercise it is."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import msgspec

from curriculum.exceptions import WorkspaceError
from curriculum.placing import read_manifest, write_atomically

Notebook = dict[str, Any]
"""A notebook's JSON, as it stands in its file."""


Kind = Literal["lesson", "exercise"]

_KINDS: dict[str, Kind] = {"exercise": "exercise", "lesson": "lesson"}


class Identity(msgspec.Struct, frozen=True):
    """What a notebook is.

    Attributes:
        kind: whether it is a lesson, an exercise, or none of the course's.
        id: `module/name`; empty if it is none.
        named: whether the notebook itself says so; otherwise only the workspace remembers.
    """

    kind: Kind | Literal[""] = ""
    id: str = ""
    named: bool = True


def locate(workspace: Path, path: str) -> Path:
    """Return the file that JupyterLab calls `path`.

    Raises:
        WorkspaceError: it lies outside of the workspace, or isn't there.
    """
    root = workspace.resolve()
    file = (root / path.lstrip("/")).resolve()
    if not file.is_relative_to(root) or file.suffix != ".ipynb":
        raise WorkspaceError(f"'{path}' is no notebook of this workspace. Open one from Course home.")
    if not file.is_file():
        raise WorkspaceError(f"'{path}' is not there any more. It may have been renamed or moved: open it again.")
    return file


def read_notebook(file: Path) -> Notebook:
    """Return a notebook's JSON.

    Raises:
        WorkspaceError: the file can't be read, or is no notebook.
    """
    try:
        notebook = msgspec.json.decode(file.read_bytes())
    except OSError as error:
        raise WorkspaceError(f"{file.name} can't be read: {error.strerror or error}. Save it again.") from error
    except msgspec.DecodeError as error:
        raise WorkspaceError(f"{file.name} is not a notebook: {error}. Reset takes a fresh copy.") from error
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        raise WorkspaceError(f"{file.name} is not a notebook: it has no cells. Reset takes a fresh copy.")
    return notebook


def identify(workspace: Path, file: Path, notebook: Notebook | None) -> Identity:
    """Return what a notebook is: what it says itself, and otherwise what the workspace remembers of the file.

    Args:
        workspace: the workspace.
        file: where the notebook is.
        notebook: its JSON; nothing if it can't be read.
    """
    metadata = notebook.get("metadata") if notebook else None
    said = metadata.get("backend_path") if isinstance(metadata, dict) else None
    for name, kind in _KINDS.items():
        if isinstance(said, dict) and isinstance(said.get(name), str) and said[name]:
            return Identity(kind, said[name])
    remembered = {entry.path: key for key, entry in read_manifest(workspace).files.items()}
    key = remembered.get(file.relative_to(workspace.resolve()).as_posix(), "")
    name, _, rest = key.partition(":")
    if name not in _KINDS:
        return Identity()
    return Identity(_KINDS[name], rest.partition(":")[0], named=False)


def keep_copy(file: Path, now: datetime) -> Path:
    """Put a copy of a notebook beside it, with the time in its name, and return where.

    Raises:
        OSError: it can't be written.
    """
    stamp = now.astimezone().strftime("%Y-%m-%d %H.%M")
    number = 1
    while True:
        suffix = f" ({stamp})" if number == 1 else f" ({stamp}, {number})"
        copy = file.with_name(f"{file.stem}{suffix}.ipynb")
        if not copy.exists():
            write_atomically(copy, file.read_bytes())
            return copy
        number += 1


def write_notebook(file: Path, notebook: Notebook) -> None:
    """Write a notebook as JupyterLab does.

    Raises:
        OSError: it can't be written.
    """
    write_atomically(file, msgspec.json.format(msgspec.json.encode(notebook), indent=1) + b"\n")
