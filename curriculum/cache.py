"""A decoded copy of the curriculum's data in the user's cache folder, because reading YAML takes ten times as long.

The copy begins with the digest of all that it depends on (every data file's name and bytes, and the model's source), so
it is either exactly what the files say or is not used. A cache that can't be read or written is done without.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Mapping
from pathlib import Path

import msgspec

from curriculum import model
from curriculum.model import PathData


def digest(files: Mapping[str, bytes]) -> bytes:
    """Return what stands for the content of data files, by their names, as read by this edition of the model."""
    total = hashlib.sha256(Path(model.__file__).read_bytes())
    for name, content in sorted(files.items()):
        total.update(f"\0{name}\0{len(content)}\0".encode())
        total.update(content)
    return total.digest()


def cached(folder: Path, key: bytes) -> PathData | None:
    """Return the decoded data of a folder, or None if the cache doesn't have those of this digest."""
    try:
        copy = _place(folder).read_bytes()
    except OSError:
        return None
    if not copy.startswith(key):
        return None
    try:
        return msgspec.msgpack.decode(memoryview(copy)[len(key) :], type=PathData)
    except (msgspec.DecodeError, UnicodeDecodeError):  # cut short or damaged
        return None


def keep(folder: Path, key: bytes, data: PathData) -> None:
    """Put the decoded data of a folder into the cache, in place of an older copy."""
    import tempfile

    place = _place(folder)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as file:
            file.write(key + msgspec.msgpack.encode(data))
        os.replace(file.name, place)  # noqa: PTH105 - the file's name is text already
    except OSError:
        return  # a read-only home: the next load reads the YAML again


def _place(folder: Path) -> Path:
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    return cache_folder() / f"curriculum-{name}.msgpack"


def cache_folder() -> Path:
    """Return where this user's caches of this package are, by the customs of the platform."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or "~/AppData/Local"
    elif sys.platform == "darwin":
        base = "~/Library/Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(base).expanduser() / "backend-path"
