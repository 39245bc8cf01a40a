"""Landlock: the kernel's own list of what a process may read and write, which needs no namespace and no privilege."""

from __future__ import annotations

import contextlib
import ctypes
import os
import stat
from collections.abc import Iterable
from typing import Final

from autograder.sandbox import syscalls

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_GIVE_VERSION: Final = 1
_PATH_BENEATH: Final = 1

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1, 2, 4, 8
_FILE_RIGHTS: Final = _EXECUTE | _WRITE_FILE | _READ_FILE
_FIRST: Final = (1 << 13) - 1  # all that version 1 knows
_REFER, _TRUNCATE, _IOCTL_DEVICE = 1 << 13, 1 << 14, 1 << 15
_READ: Final = _EXECUTE | _READ_FILE | _READ_DIR
_SCOPES: Final = 0b11  # abstract Unix sockets and signals


def version() -> int:
    """Return the version of Landlock that the kernel has; 0 if it has none, or it is switched off."""
    if not syscalls.is_supported():
        return 0
    result = syscalls.libc().syscall(ctypes.c_long(_CREATE), None, ctypes.c_long(0), ctypes.c_long(_GIVE_VERSION))
    return max(int(result), 0)


def restrict(readable: Iterable[str], writable: Iterable[str], *, kernel: int) -> None:
    """Let this process, and all that it will start, read and write only below some paths; names can be listed.

    Args:
        readable: where it may read and run programs; paths that aren't there are passed over.
        writable: where it may do everything.
        kernel: the kernel's version of Landlock.

    Raises:
        OSError: the kernel refuses.
    """
    handled = _FIRST
    for since, right in ((2, _REFER), (3, _TRUNCATE), (5, _IOCTL_DEVICE)):
        handled |= right if kernel >= since else 0
    fields = [handled, *([0] if kernel >= 4 else []), *([_SCOPES] if kernel >= 6 else [])]
    attributes = (ctypes.c_uint64 * len(fields))(*fields)
    ruleset = syscalls.check(
        syscalls.libc().syscall(
            ctypes.c_long(_CREATE), attributes, ctypes.c_long(ctypes.sizeof(attributes)), ctypes.c_long(0)
        ),
        "landlock_create_ruleset",
    )
    try:
        _allow(ruleset, "/", _READ_DIR)  # a module is looked for by listing the folders on the way
        for path in readable:
            _allow(ruleset, path, _READ | (handled & _IOCTL_DEVICE))
        for path in writable:
            _allow(ruleset, path, handled)
        result = syscalls.libc().syscall(ctypes.c_long(_RESTRICT), ctypes.c_long(ruleset), ctypes.c_long(0))
        syscalls.check(result, "landlock_restrict_self")
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: str, rights: int) -> None:
    with contextlib.suppress(FileNotFoundError, PermissionError):
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
        try:
            if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
                rights &= _FILE_RIGHTS | _TRUNCATE | _IOCTL_DEVICE
            rule = (ctypes.c_char * 12).from_buffer_copy(
                rights.to_bytes(8, "little") + descriptor.to_bytes(4, "little")
            )
            result = syscalls.libc().syscall(
                ctypes.c_long(_ADD), ctypes.c_long(ruleset), ctypes.c_long(_PATH_BENEATH), rule, ctypes.c_long(0)
            )
            syscalls.check(result, f"landlock_add_rule {path}")
        finally:
            os.close(descriptor)
