"""A submission's files: laid out before its notebooks run, and looked through afterwards, with suspicion."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Final

import msgspec

from autograder.exceptions import NotebookError
from autograder.sandbox.box import remove

Stamp = tuple[int, int, int]

_DEEPEST: Final = 64
_LONGEST_NAME: Final = 1000
_MOST_FILES: Final = 5000


class LeftBehind(msgspec.Struct):
    """What a run left of files.

    Attributes:
        changed: the files that it made or changed, by path with `/`.
        removed: the names of those that it removed.
        dropped: what of it is not kept, and why, for a person.
    """

    changed: dict[str, bytes] = {}
    removed: tuple[str, ...] = ()
    dropped: list[str] = []


def lay_out(folder: Path, files: Mapping[str, bytes], executable: Collection[str]) -> dict[str, Stamp]:
    """Write files; return what they looked like then.

    Raises:
        NotebookError: a file would lie outside of the folder.
    """
    folder.mkdir(parents=True, exist_ok=True)
    put: dict[str, Stamp] = {}
    for name, data in files.items():
        parts = PurePosixPath(name)
        if parts.is_absolute() or ".." in parts.parts:
            raise NotebookError(f"The submission has a file '{name}', which lies outside its folder.")
        path = folder / parts
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        if name in executable:
            path.chmod(0o755)
        put[name] = _stamp(path.lstat())
    return put


def put_file(path: Path, data: bytes) -> None:
    """Write a file to where a run may have put something else: a folder, or a link that leads elsewhere."""
    for place in (path.parent, path):
        if place.is_symlink() or (place.exists() and place.is_dir() == (place == path)):
            remove(place)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.write_bytes(data)


def look_through(folder: Path, put: Mapping[str, Stamp], leave: Collection[str], most: int) -> LeftBehind:
    """Return the files that a run made, changed or removed.

    Links, pipes and sockets are not followed and not kept; names and depths that other programs stumble over neither.

    Args:
        folder: where it ran.
        put: what was laid out there.
        leave: files that are not wanted.
        most: bytes that are kept in all; what would go beyond is left out.
    """
    left = LeftBehind(changed={}, dropped=[])
    found: set[str] = set()
    for name, status in _walk(str(folder), left) if folder.is_dir() and not folder.is_symlink() else ():
        found.add(name)
        if name in leave or put.get(name) == _stamp(status) or not stat.S_ISREG(status.st_mode):
            continue
        if status.st_size > most or len(left.changed) >= _MOST_FILES:
            left.dropped.append(f"the file {name} ({status.st_size / 1e6:.3g} MB)")
            continue
        data = _read(f"{folder}/{name}", most)
        most -= len(data)
        left.changed[name] = data
    left.removed = tuple(sorted(put.keys() - found))
    return left


def _walk(folder: str, left: LeftBehind) -> Iterator[tuple[str, os.stat_result]]:
    """Give the files below a folder with what they are, the folders in no order."""
    waiting = [("", 0)]
    while waiting:
        below, depth = waiting.pop()
        for entry in _entries(f"{folder}/{below}"):
            name = below + entry.name
            try:
                name.encode()
            except UnicodeEncodeError:
                left.dropped.append(f"a file whose name is not UTF-8 ({os.fsencode(name)!r})")
                continue
            status = entry.stat(follow_symlinks=False)
            if not stat.S_ISDIR(status.st_mode):
                yield name, status
            elif depth < _DEEPEST and len(name) < _LONGEST_NAME:
                waiting.append((f"{name}/", depth + 1))
            else:
                left.dropped.append(f"what lies deeper than {name[:80]}…")


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except PermissionError:
        Path(folder).chmod(0o700)
        with os.scandir(folder) as entries:
            return list(entries)


def _read(path: str, most: int) -> bytes:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except PermissionError:
        Path(path).chmod(0o600)
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as file:
        return file.read(most)


def _stamp(status: os.stat_result) -> Stamp:
    return status.st_size, status.st_mtime_ns, status.st_ino
