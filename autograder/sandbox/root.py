"""A root folder of one's own, made of read-only views of parts of the host's."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from autograder.sandbox import syscalls, view
from autograder.sandbox.syscalls import MS_BIND, MS_NODEV, MS_NOSUID, MS_PRIVATE, MS_REC

SUBMISSIONS: Final = "/run"
SUBMISSION: Final = "/run/submission"
"""Where a submission's own folder is mounted."""

WORKER: Final = "/worker"
"""A folder of the worker's own, which submissions can read."""

CANARY: Final = "/canary"
"""A file that the mounts show and Landlock must not."""

TEMPORARY: Final = "/tmp"  # noqa: S108 - not a place for files of ours
"""A link to the submission's own; a folder if something of the host's that is to be seen lies there."""

SHOWN: Final = "/shown"
"""Where what is to be seen of the host's `/tmp` is mounted a second time."""

_BASE, _HOST, _NEW = TEMPORARY, "/host", "/new"
_LINKS: Final = {
    TEMPORARY: "run/submission/tmp",
    "/var/tmp": "../run/submission/tmp",  # noqa: S108
    "/dev/shm": "../run/submission/shm",  # noqa: S108
    "/dev/fd": "/proc/self/fd",
    "/dev/stdin": "/proc/self/fd/0",
    "/dev/stdout": "/proc/self/fd/1",
    "/dev/stderr": "/proc/self/fd/2",
}


def build(paths: Iterable[str], hidden: Iterable[str], owner: int) -> None:
    """Leave the host's root for one that shows only some paths; needs a mount namespace of one's own.

    Args:
        paths: the files and folders of the host that are to be seen.
        hidden: folders of the host that are to look empty, wherever they lie, without links.
        owner: the user id that the worker's folder belongs to.
    """
    syscalls.mount(None, "/", None, MS_REC | MS_PRIVATE)
    # Any folder serves to stand on while the new root is made; pivot_root gives it back.
    syscalls.mount("base", _BASE, "tmpfs", MS_NOSUID | MS_NODEV, "mode=755,size=1m")
    Path(_BASE + _HOST).mkdir()
    Path(_BASE + _NEW).mkdir()
    syscalls.pivot_root(_BASE, _BASE + _HOST)
    os.chdir("/")
    syscalls.mount("root", _NEW, "tmpfs", MS_NOSUID, "mode=755,size=16m")
    seen: list[str] = []
    for path in sorted(paths):
        _show(path, seen)
    for path in hidden:
        if Path(_NEW + path).is_dir():
            syscalls.mount(
                "nothing", _NEW + path, "tmpfs", MS_NOSUID | MS_NODEV | syscalls.MS_RDONLY, "size=4k,mode=555"
            )
    _show_settings()
    _show_devices()
    for folder in ("/proc", "/run", SUBMISSION, WORKER, "/var"):
        Path(_NEW + folder).mkdir(parents=True, exist_ok=True)
    for path in seen:
        if path.startswith(f"{TEMPORARY}/"):
            _bind(Path(_NEW + path), Path(_NEW + SHOWN + path))
    for link, target in _LINKS.items():
        if not Path(_NEW + link).exists():
            Path(_NEW + link).symlink_to(target)
    Path(_NEW + CANARY).write_text("canary")
    syscalls.mount(f"{_HOST}/proc", f"{_NEW}/proc", None, MS_BIND | MS_REC)
    syscalls.mount(
        "worker", _NEW + WORKER, "tmpfs", MS_NOSUID | MS_NODEV, f"mode=755,size=256m,uid={owner},gid={owner}"
    )
    os.chdir(_NEW)
    syscalls.pivot_root(".", ".")
    syscalls.unmount(".")
    os.chdir("/")
    _make_root_read_only()


def make_temporary_private() -> None:
    """Put the submission's own folder in the place of a `/tmp` that shows something of the host; show that in it."""
    if not Path(SHOWN).is_dir():
        return
    places = [line.split()[4] for line in Path("/proc/self/mountinfo").read_text().splitlines()]
    syscalls.mount(f"{SUBMISSION}/tmp", TEMPORARY, None, MS_BIND)  # noqa: S108
    for place in places:
        if place.startswith(f"{SHOWN}/"):
            _bind(Path(place), Path(place.removeprefix(SHOWN)))


def _make_root_read_only() -> None:
    syscalls.mount(None, "/", None, syscalls.MS_REMOUNT | MS_BIND | syscalls.MS_RDONLY | MS_NOSUID)


def _show(path: str, seen: list[str]) -> None:
    """Bind a path of the host to the same place, with the links that lead there."""
    real = _mirror(path)
    if real is None or any(real == other or real.startswith(f"{other}/") for other in seen):
        return
    _bind(Path(_HOST + real), Path(_NEW + real))
    syscalls.make_read_only(_NEW + real)
    seen.append(real)


def _bind(source: Path, target: Path) -> None:
    if source.is_dir():
        target.mkdir(parents=True, exist_ok=True)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.touch()
    syscalls.mount(str(source), str(target), None, MS_BIND | MS_REC)


def _mirror(path: str) -> str | None:
    """Make the links on the way to a path anew; return the path without links, or nothing if it leads nowhere."""
    real, left = "", path.strip("/").split("/")
    for _ in range(200):  # a chain of links may have no end
        if not left:
            return real
        name = left.pop(0)
        if name in ("", "."):
            continue
        if name == "..":
            real = real.rpartition("/")[0]
            continue
        step = f"{real}/{name}"
        try:
            status = os.lstat(_HOST + step)
        except OSError:
            return None
        if not stat.S_ISLNK(status.st_mode):
            real = step
            continue
        target = str(Path(_HOST + step).readlink())
        if not os.path.lexists(_NEW + step):
            Path(_NEW + real).mkdir(parents=True, exist_ok=True)
            Path(_NEW + step).symlink_to(target)
        if target.startswith("/"):
            real = ""
        left = [*target.strip("/").split("/"), *left]
    return None


def _show_settings() -> None:
    folder = Path(_NEW, "etc")
    folder.mkdir()
    for pattern in view.SETTINGS:
        for source in Path(_HOST, "etc").glob(pattern):
            target = Path(_NEW, source.relative_to(_HOST))
            target.parent.mkdir(parents=True, exist_ok=True)
            if source.is_symlink():
                target.symlink_to(source.readlink())
            elif source.is_dir():
                _bind(source, target)
                syscalls.make_read_only(str(target))
            elif source.stat().st_mode & stat.S_IROTH:
                target.write_bytes(source.read_bytes())
    for name, text in view.WRITTEN.items():
        (folder / name).write_text(text)


def _show_devices() -> None:
    for name in view.DEVICES:
        _bind(Path(_HOST, "dev", name), Path(_NEW, "dev", name))
    Path(_NEW, "dev", "pts").mkdir()
    # Terminals of its own, which IPython's `!command` needs.
    flags = MS_NOSUID | syscalls.MS_NOEXEC
    syscalls.mount("devpts", f"{_NEW}/dev/pts", "devpts", flags, "newinstance,ptmxmode=0666,mode=0620,max=64")
    Path(_NEW, "dev", "ptmx").symlink_to("pts/ptmx")
