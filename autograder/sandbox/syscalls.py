"""The Linux system calls that a sandbox needs and Python 3.11 lacks, through the C library."""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import signal
import sys
from functools import cache
from typing import Any, Final

CLONE_NEWNS: Final = 0x00020000
CLONE_NEWUTS: Final = 0x04000000
CLONE_NEWIPC: Final = 0x08000000
CLONE_NEWUSER: Final = 0x10000000
CLONE_NEWPID: Final = 0x20000000
CLONE_NEWNET: Final = 0x40000000

MS_RDONLY: Final = 0x1
MS_NOSUID: Final = 0x2
MS_NODEV: Final = 0x4
MS_NOEXEC: Final = 0x8
MS_REMOUNT: Final = 0x20
MS_BIND: Final = 0x1000
MS_REC: Final = 0x4000
MS_PRIVATE: Final = 0x40000
MNT_DETACH: Final = 2

PR_SET_PDEATHSIG: Final = 1
PR_SET_DUMPABLE: Final = 4
PR_CAPBSET_READ: Final = 23
PR_CAPBSET_DROP: Final = 24
PR_SET_CHILD_SUBREAPER: Final = 36
PR_SET_NO_NEW_PRIVS: Final = 38
PR_CAP_AMBIENT: Final = 47
PR_CAP_AMBIENT_CLEAR_ALL: Final = 4

_CLONE_VM: Final = 0x100
_AT_FDCWD: Final = -100
_AT_RECURSIVE: Final = 0x8000
_STACK: Final = 1 << 14

# The same numbers on all architectures: they are newer than the common table.
_MOUNT_SETATTR: Final = 442
_CAPSET: Final = {"x86_64": 126, "aarch64": 91}
_CAPABILITY_VERSION: Final = 0x20080522


@cache
def libc() -> Any:
    """Return the C library, which is there on Linux."""
    library = ctypes.CDLL(None, use_errno=True)
    library.syscall.restype = ctypes.c_long
    library.clone.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p]
    return library


def check(result: int, what: str) -> int:
    """Return a system call's result.

    Raises:
        OSError: it failed.
    """
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def machine() -> str:
    """Return the architecture as Linux names it."""
    return platform.machine()


def is_supported() -> bool:
    """Return whether the numbers of system calls are known for this system."""
    return sys.platform == "linux" and machine() in _CAPSET and sys.maxsize > 1 << 32


def mount(source: str | None, target: str, kind: str | None, flags: int = 0, options: str = "") -> None:
    """Mount a file system, bind a folder, or change a mount."""
    words = [word.encode() if word is not None else None for word in (source, target, kind)]
    result = libc().mount(words[0], words[1], words[2], ctypes.c_ulong(flags), options.encode() or None)
    check(result, f"mount {kind or source or ''} on {target}")


def unmount(target: str) -> None:
    """Take a file system away, at once; what is open in it goes on until it is closed."""
    check(libc().umount2(target.encode(), MNT_DETACH), f"umount {target}")


def pivot_root(new: str, old: str) -> None:
    """Make a mount the root, and put the present root below it."""
    number = {"x86_64": 155, "aarch64": 41}[machine()]
    check(libc().syscall(ctypes.c_long(number), new.encode(), old.encode()), "pivot_root")


def make_read_only(target: str) -> None:
    """Make a mount and all below it read-only, without devices and set-user-id programs."""
    attributes = (ctypes.c_uint64 * 4)(0x1 | 0x2 | 0x4, 0, 0, 0)
    result = libc().syscall(
        ctypes.c_long(_MOUNT_SETATTR),
        ctypes.c_long(_AT_FDCWD),
        target.encode(),
        ctypes.c_long(_AT_RECURSIVE),
        attributes,
        ctypes.c_long(ctypes.sizeof(attributes)),
    )
    if result < 0:  # Linux before 5.12: only the mount itself
        mount(None, target, None, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV | _locked_flags(target))


def _locked_flags(target: str) -> int:
    """Return the flags of a mount that a user namespace must not take off."""
    flags = os.statvfs(target).f_flag
    return flags & (MS_NOEXEC | MS_NOSUID | MS_NODEV) | flags & 0x1C00  # noatime, nodiratime, relatime


def unshare(flags: int) -> None:
    """Leave the namespaces that are named for new ones."""
    check(libc().unshare(ctypes.c_int(flags)), "unshare")


def join(descriptor: int, flags: int) -> None:
    """Join a namespace."""
    check(libc().setns(ctypes.c_int(descriptor), ctypes.c_int(flags)), "setns")


def prctl(option: int, *values: int) -> int:
    """Change what the kernel keeps of this process."""
    numbers = [ctypes.c_ulong(value) for value in (*values, *[0] * (4 - len(values)))]
    return check(libc().prctl(ctypes.c_int(option), *numbers), f"prctl {option}")


def drop_capabilities() -> None:
    """Give up all capabilities."""
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION, 0)
    data = (ctypes.c_uint32 * 6)()
    check(libc().syscall(ctypes.c_long(_CAPSET[machine()]), header, data), "capset")


class TinyInit:
    """The first process of a PID namespace that was unshared before; when it is killed, all processes in there are.

    It does nothing: it is born in `pause`, of the C library, on a stack of its own in the memory of the process that
    makes it, so that it costs a tenth of what a fork costs. As it ignores SIGCHLD, the kernel reaps what comes to it;
    as it blocks all other signals, nothing from inside wakes it.

    Raises:
        OSError: it can't be made.
    """

    def __init__(self) -> None:
        self._stack = ctypes.create_string_buffer(_STACK)
        top = (ctypes.addressof(self._stack) + _STACK) & ~15
        before = signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
        handler = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        try:
            pid = libc().clone(
                ctypes.cast(libc().pause, ctypes.c_void_p),
                top,
                _CLONE_VM | signal.SIGCHLD,
                None,
                None,
            )
        finally:
            signal.signal(signal.SIGCHLD, handler)
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        self.pid = check(pid, "clone")

    def kill(self) -> None:
        """Kill it, and with it all processes of its namespace."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> None:
        """Wait until the namespace is empty, and forget it."""
        with contextlib.suppress(ChildProcessError):  # the kernel reaped it, while another one was being made
            os.waitpid(self.pid, 0)
