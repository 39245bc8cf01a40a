"""Putting built files into a folder that a person works in, without ever overwriting what they changed.

A manifest in `.backend-path/manifest.json` remembers what was written where, with a digest of each file. On an update a
file that is as it was written is replaced by its newer version; a file that was changed stays, and the newer version is
put beside it.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import msgspec

from curriculum.exceptions import WorkspaceError

Outcome = Literal["created", "updated", "unchanged", "kept", "newer beside"]

_FORMAT = 1


class Entry(msgspec.Struct, frozen=True):
    """What the manifest remembers of one file.

    Attributes:
        path: where it is, relative to the workspace, with `/`.
        sha256: the digest of what was written there.
        offered: the digest of the newer version that was put beside it last; empty when none was.
    """

    path: str
    sha256: str
    offered: str = ""


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was written into a workspace: an entry for each file, by its key (`exercise:flask/mini-api:hints.yaml`)."""

    format: int
    files: dict[str, Entry]


class Change(msgspec.Struct, frozen=True):
    """What an update did with one file.

    Attributes:
        path: the file, relative to the workspace.
        outcome: what became of it.
        beside: where the newer version stands, when it was put beside the learner's.
    """

    path: str
    outcome: Outcome
    beside: str = ""


class Item(msgspec.Struct, frozen=True):
    """A built file.

    Attributes:
        key: its lasting name, such as `exercise:flask/mini-api:hints.yaml`.
        path: where it belongs, relative to the folder, with `/`.
        data: its content.
    """

    key: str
    path: str
    data: bytes


def manifest_path(workspace: Path) -> Path:
    """Return the file in which a workspace remembers what was written into it."""
    return workspace / ".backend-path" / "manifest.json"


def workspace_around(place: Path) -> Path | None:
    """Return the workspace in which a file or folder lies, or None if it is in none."""
    place = place.resolve()
    return next((folder for folder in (place, *place.parents) if manifest_path(folder).is_file()), None)


def read_manifest(workspace: Path) -> Manifest:
    """Return a workspace's manifest, an empty one where there is none.

    Raises:
        WorkspaceError: the manifest can't be read.
    """
    path = manifest_path(workspace)
    if not path.exists():
        return Manifest(_FORMAT, {})
    try:
        manifest = msgspec.json.decode(path.read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError) as error:
        raise WorkspaceError(
            f"{path} can't be read: {error}. Move that one file away and run the command again: "
            "what you changed stays, and newer versions are put beside it."
        ) from error
    if manifest.format != _FORMAT:
        raise WorkspaceError(
            f"{path} has format {manifest.format}; this version knows format {_FORMAT}. Update backend-path."
        )
    return manifest


def place_files(folder: Path, items: Iterable[Item]) -> list[Change]:
    """Write built files into a folder, or bring it up to date.

    Args:
        folder: the folder; made if it isn't there.
        items: the files; one that the folder's manifest knows stays where it is.

    Returns:
        What was done, file by file.

    Raises:
        WorkspaceError: the folder can't be written, or its manifest can't be read.
    """
    manifest = read_manifest(folder)
    entries = dict(manifest.files)
    changes = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        manifest_path(folder).parent.mkdir(exist_ok=True)
        for item in items:
            change, entry = _place(folder, item, entries.get(item.key))
            changes.append(change)
            if entry != entries.get(item.key):
                entries[item.key] = entry
                write_atomically(manifest_path(folder), msgspec.json.encode(Manifest(_FORMAT, entries)))
    except OSError as error:
        raise WorkspaceError(
            f"{folder} can't be written: {error.strerror or error} ({error.filename}). Choose another folder."
        ) from error
    return changes


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file so that whoever reads it, or a crash, finds the old content or the new, never a part.

    Raises:
        OSError: it can't be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _place(folder: Path, item: Item, known: Entry | None) -> tuple[Change, Entry]:
    """Put one file where it belongs; what the learner changed stays."""
    target = folder / item.path
    digest = _digest(item.data)
    there = _digest(target.read_bytes()) if target.is_file() else None
    entry = Entry(item.path, digest)
    if there is None:
        write_atomically(target, item.data)
        return Change(item.path, "created"), entry
    if there == digest:
        return Change(item.path, "unchanged"), entry
    if known and there == known.sha256:
        write_atomically(target, item.data)
        return Change(item.path, "updated"), entry
    if known and digest in (known.sha256, known.offered):
        return Change(item.path, "kept"), known
    beside = _free_name(target, item.data)
    write_atomically(beside, item.data)
    original = known.sha256 if known else ""
    return (
        Change(item.path, "newer beside", beside.relative_to(folder).as_posix()),
        Entry(item.path, original, offered=digest),
    )


def _free_name(target: Path, data: bytes) -> Path:
    """Return a name beside `target` that is free, or that holds `data` already."""
    number = 1
    while True:
        suffix = " (new version)" if number == 1 else f" (new version {number})"
        candidate = target.with_name(f"{target.stem}{suffix}{target.suffix}")
        if not candidate.exists() or candidate.read_bytes() == data:
            return candidate
        number += 1


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
