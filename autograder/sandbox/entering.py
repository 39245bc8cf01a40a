"""How a worker goes into namespaces of its own, once, at its start; all that it forks is born there."""

from __future__ import annotations

import fcntl
import os
import platform
import socket
import struct
from pathlib import Path
from typing import Final

from autograder.exceptions import AutograderError
from autograder.sandbox import root, syscalls, view
from autograder.sandbox.settings import LINUX_ONLY, NAMESPACED, Settings
from autograder.sandbox.syscalls import (
    CLONE_NEWIPC,
    CLONE_NEWNET,
    CLONE_NEWNS,
    CLONE_NEWPID,
    CLONE_NEWUSER,
    CLONE_NEWUTS,
)

INSIDE: Final = 1000
"""The user and group id that everything inside has."""

_OTHER_USER: Final = 0x70000000
_MOST_PROCESSES: Final = 1 << 22  # Linux has no greater process id
_FEW: Final = 1000
_SIOCGIFFLAGS, _SIOCSIFFLAGS, _IFF_UP = 0x8913, 0x8914, 0x1


class SandboxError(AutograderError):
    """Layers of the sandbox can't be had here.

    Attributes:
        reason: why, for a person.
        layers: the layers.
    """

    def __init__(self, reason: str, layers: frozenset[str] = NAMESPACED) -> None:
        super().__init__(reason)
        self.reason = reason
        self.layers = layers


def enter(settings: Settings) -> None:
    """Go into new namespaces, as far as the layers that are wanted need them.

    Raises:
        SandboxError: the system doesn't let us. This process may be half way then, and should end.
    """
    try:
        _enter(settings)
    except OSError as error:  # not at one of the places where it is expected
        raise SandboxError(f"The sandbox can't be entered: {error}.") from error


def _enter(settings: Settings) -> None:
    wanted = settings.wanted
    if wanted & LINUX_ONLY and not syscalls.is_supported():
        reason = f"The sandbox is for Linux on x86_64 and aarch64; this is {platform.system()} on {platform.machine()}."
        raise SandboxError(reason, LINUX_ONLY)
    flags = CLONE_NEWNS if wanted & {"files", "disk", "processes"} else 0
    flags |= CLONE_NEWPID if "processes" in wanted else 0  # for the warm process; it can go back to its own only
    flags |= CLONE_NEWNET if "network" in wanted else 0
    flags |= CLONE_NEWIPC | CLONE_NEWUTS if "ipc" in wanted else 0
    if not flags:
        return
    paths = view.visible(settings.allow_read) if "files" in wanted else []
    hidden = view.hidden() if "files" in wanted else ()
    kernels, home = list(view.kernels()), Path.home()
    user, group = os.geteuid(), os.getegid()
    other = "files" in wanted and "privileges" in wanted  # otherwise what only root can read would be out of reach
    unused = _unused_user() if user == 0 and other else None
    if unused is not None:
        user = group = unused
        with _Explained("a mount namespace"):
            syscalls.unshare(CLONE_NEWNS)
        with _Explained("a view of the files that are needed"):
            root.build(paths, hidden, user)
        os.setgroups([])
        os.setresgid(group, group, group)
        os.setresuid(user, user, user)
        syscalls.prctl(syscalls.PR_SET_DUMPABLE, 1)  # otherwise /proc/self would not be ours
        paths = []
    with _Explained("user namespaces"):
        syscalls.unshare(CLONE_NEWUSER | flags)
    _map_user(user, group)
    if paths:
        with _Explained("a view of the files that are needed"):
            root.build(paths, hidden, INSIDE)
    elif flags & CLONE_NEWNS and "files" not in wanted:
        syscalls.mount(None, "/", None, syscalls.MS_REC | syscalls.MS_PRIVATE)
    if "network" in wanted:
        _bring_loopback_up()
    if "ipc" in wanted:
        socket.sethostname("sandbox")
    if "files" in wanted:
        os.environ["HOME"] = os.environ["TMPDIR"] = root.WORKER
        os.environ["JUPYTER_PATH"] = os.pathsep.join(str(Path(folder).parent) for folder in kernels)
        _bring_prepared(home)


class _Explained:
    """Says what could not be had, in place of the bare error."""

    def __init__(self, what: str) -> None:
        self._what = what

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError):
            raise SandboxError(f"This system does not give {self._what}: {error.strerror or error}.") from error


def _unused_user() -> int | None:
    """Return a user id that nobody has, for this process alone; nothing for a root that is no other user's root.

    In a container root may have few ids, the last of which are nobody's; or only its own, and is an ordinary user then.
    """
    spans = [tuple(map(int, line.split())) for line in Path("/proc/self/uid_map").read_text().splitlines()]
    for first, _, count in spans:
        if first <= _OTHER_USER < first + count - _MOST_PROCESSES:
            return _OTHER_USER + os.getpid()
    first, _, count = spans[-1]
    return first + count - 1 - os.getpid() % (count // 4) if count >= _FEW else None


def _map_user(user: int, group: int) -> None:
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{INSIDE} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{INSIDE} {group} 1")


def _bring_loopback_up() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        request = struct.pack("16sH14s", b"lo", 0, b"")
        flags = struct.unpack("16sH14s", fcntl.ioctl(any_socket, _SIOCGIFFLAGS, request))[1]
        fcntl.ioctl(any_socket, _SIOCSIFFLAGS, struct.pack("16sH14s", b"lo", flags | _IFF_UP, b""))


def _bring_prepared(home: Path) -> None:
    """Have what was prepared once for the user be found in the worker's home."""
    cache = Path(root.WORKER, ".cache")
    for name, pattern in view.PREPARED.items():
        for source in (home / ".cache" / name).glob(pattern):
            target = cache / name / source.name
            target.parent.mkdir(parents=True, exist_ok=True)
            if source.is_dir():
                target.symlink_to(source)
            else:
                target.write_bytes(source.read_bytes())
