"""Proofs that held, remembered by content: what is unchanged, under unchanged tools, need not be tried again."""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import os
import platform
import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec

from curriculum.authoring.proof import Proof
from curriculum.cache import cache_folder
from curriculum.placing import write_atomically

_PACKAGES = Path(__file__).resolve().parent.parent.parent
_CODE = ("autograder", "curriculum/authoring", "curriculum/build")
_PROGRAMS = ("php", "ruby", "node", "java", "mariadbd", "postgres", "bwrap")


def proofs_folder() -> Path:
    """Return where proofs are remembered: `$BACKEND_PATH_PROOFS`, or a folder in the user's cache."""
    given = os.environ.get("BACKEND_PATH_PROOFS")
    return Path(given) if given else cache_folder() / "proofs"


def recall(path: Path) -> Proof | None:
    """Return the proof of an exercise that held with this very content, or None.

    Args:
        path: its file `exercise.py`.
    """
    try:
        proof = msgspec.json.decode(_file(path).read_bytes(), type=Proof)
    except (FileNotFoundError, msgspec.DecodeError):
        return None
    return msgspec.structs.replace(proof, cached=True)


def remember(path: Path, proof: Proof) -> None:
    """Remember a proof that holds."""
    write_atomically(_file(path), msgspec.json.encode(proof))


def _file(path: Path) -> Path:
    digest = hashlib.sha256(_tools())
    for part in _content(path.parent, "*"):
        digest.update(part)
    return proofs_folder() / f"{digest.hexdigest()}.json"


@functools.cache
def _tools() -> bytes:
    """Return a digest of what a proof depends on beside the exercise: our code, Python, packages, and programs."""
    digest = hashlib.sha256(platform.python_version().encode())
    for folder in _CODE:
        for part in _content(_PACKAGES / folder, "*.py"):
            digest.update(part)
    installed = sorted({f"{found.name}=={found.version}" for found in importlib.metadata.distributions()})
    digest.update("\n".join(installed).encode())
    for name in _PROGRAMS:
        program = shutil.which(name)
        if program:
            status = Path(program).resolve().stat()
            digest.update(f"{name}:{status.st_size}:{status.st_mtime_ns}".encode())
    return digest.digest()


def _content(folder: Path, pattern: str) -> Iterator[bytes]:
    """Yield the names and contents of a folder's files, in a form in which no two folders are the same."""
    for path in sorted(folder.rglob(pattern)):
        if path.is_file() and "__pycache__" not in path.parts:
            name, data = path.relative_to(folder).as_posix().encode(), path.read_bytes()
            yield b"%d:%d:" % (len(name), len(data)) + name + data
