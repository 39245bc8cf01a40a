"""A submission's own folder: a file system in memory with a size, made for it and gone with it."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from autograder.sandbox import root, syscalls
from autograder.sandbox.settings import Settings

_REMOVE: Final = 0

FURNITURE: Final = frozenset({"tmp", "shm", "home"})
"""The folders that are in a box from the start."""


@contextlib.contextmanager
def open_box(settings: Settings) -> Iterator[Path]:
    """Give a folder for one submission; all of it is gone afterwards, whatever was done to it.

    Args:
        settings: which layers there are. Without `disk` it is an ordinary temporary folder.
    """
    wanted, limits = settings.wanted, settings.limits
    in_memory = bool(wanted & {"disk", "files"})
    folder = Path(root.SUBMISSION if "files" in wanted else tempfile.mkdtemp(prefix="autograder-"))
    if in_memory:
        size = f"size={limits.disk}m,nr_inodes={limits.files}" if "disk" in wanted else "size=0,nr_inodes=0"
        options = f"mode=755,{size}"
        syscalls.mount("submission", str(folder), "tmpfs", syscalls.MS_NOSUID | syscalls.MS_NODEV, options)
    try:
        _furnish(folder)
        yield folder
    finally:
        if in_memory:
            syscalls.unmount(str(folder))
        if str(folder) != root.SUBMISSION:
            remove(folder)
        if "ipc" in wanted:
            forget_shared_memory()


def _furnish(folder: Path) -> None:
    """Make what programs expect to find: folders for temporary files and for shared memory, and a home."""
    for name in ("tmp", "shm"):
        (folder / name).mkdir()
        (folder / name).chmod(0o1777)
    home = folder / "home"
    home.mkdir()
    prepared = Path(root.WORKER, ".cache")
    if prepared.is_dir():
        for cache in prepared.iterdir():
            (home / ".cache" / cache.name).mkdir(parents=True)
            for item in cache.iterdir():
                (home / ".cache" / cache.name / item.name).symlink_to(item)


def forget_shared_memory() -> None:
    """Remove what a submission left of System V's shared memory, queues and semaphores."""
    libc = syscalls.libc()
    for number in _used("shm"):
        libc.shmctl(number, _REMOVE, None)
    for number in _used("msg"):
        libc.msgctl(number, _REMOVE, None)
    for number in _used("sem"):
        libc.semctl(number, 0, _REMOVE, None)


def _used(kind: str) -> list[int]:
    lines = Path(f"/proc/sysvipc/{kind}").read_text().splitlines()[1:]
    return [int(line.split()[1]) for line in lines]


def remove(folder: Path) -> None:
    """Remove a folder, even one whose permissions a run took away; or whatever else is there, without following it."""

    def insist(function: Any, path: str, _: object) -> None:
        Path(path).parent.chmod(0o700)
        if not Path(path).is_symlink():
            Path(path).chmod(0o700)
        function(path)

    if folder.is_dir() and not folder.is_symlink():
        shutil.rmtree(folder, onerror=insist)
    else:
        folder.unlink()
