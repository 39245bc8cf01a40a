"""A filter for system calls: what no exercise needs, and what the kernel's past faults were found in, is refused.

The program is classic BPF, put together here. A refused call gives "operation not permitted", as it would without the
right to it, so that programs which only try go on. Calls that nobody makes by chance are told (`refusals`).
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import itertools
import struct
from typing import Final

from autograder.sandbox import syscalls

# Numbers from linux/asm/unistd_64.h (x86_64) and asm-generic/unistd.h (aarch64).
_NUMBERS: Final[dict[str, tuple[int | None, int | None]]] = {
    "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51),
    "fsopen": (430, 430), "fsconfig": (431, 431), "fsmount": (432, 432), "fspick": (433, 433),
    "open_tree": (428, 428), "move_mount": (429, 429), "mount_setattr": (442, 442),
    "unshare": (272, 97), "setns": (308, 268),
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "kcmp": (312, 272),
    "pidfd_getfd": (438, 438), "process_madvise": (440, 440), "process_mrelease": (448, 448),
    "keyctl": (250, 219), "add_key": (248, 217), "request_key": (249, 218),
    "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425), "io_uring_enter": (426, 426), "io_uring_register": (427, 427),
    "init_module": (175, 105), "finit_module": (313, 273), "delete_module": (176, 106),
    "kexec_load": (246, 104), "kexec_file_load": (320, 294), "reboot": (169, 142),
    "open_by_handle_at": (304, 265), "name_to_handle_at": (303, 264),
    "quotactl": (179, 60), "quotactl_fd": (443, 443), "syslog": (103, 116), "acct": (163, 89),
    "swapon": (167, 224), "swapoff": (168, 225), "vhangup": (153, 58),
    "settimeofday": (164, 170), "clock_settime": (227, 112), "clock_adjtime": (305, 266), "adjtimex": (159, 171),
    "sethostname": (170, 161), "setdomainname": (171, 162),
    "fanotify_init": (300, 262), "lookup_dcookie": (212, 18), "nfsservctl": (180, 42), "memfd_secret": (447, 447),
    "move_pages": (279, 239), "migrate_pages": (256, 238), "mbind": (237, 235), "set_mempolicy": (238, 237),
    "set_mempolicy_home_node": (450, 450), "mq_open": (240, 180),
    "iopl": (172, None), "ioperm": (173, None), "modify_ldt": (154, None),
    "uselib": (134, None), "ustat": (136, None), "sysfs": (139, None),
}  # fmt: skip
_CLONE: Final = (56, 220)
_CLONE3: Final = (435, 435)
_SOCKET: Final = (41, 198)
_IOCTL: Final = (16, 29)
_SECCOMP: Final = (317, 277)
_ARCHITECTURES: Final = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}

_NEW_NAMESPACES: Final = 0x7E020080  # all CLONE_NEW… flags
_FAMILIES: Final = (1, 2, 10)  # AF_UNIX, AF_INET, AF_INET6; and AF_NETLINK for routes, which glibc asks about
_NETLINK: Final = 16
_INJECTING: Final = (0x5412, 0x541C, 0x5423)  # TIOCSTI, TIOCLINUX, TIOCSETD

_LOAD, _EQUAL, _AND_SET, _AT_LEAST, _RETURN = 0x20, 0x15, 0x45, 0x35, 0x06
_ALLOW: Final = 0x7FFF0000
_KILL: Final = 0x80000000
_REFUSE: Final = 0x00050000
_ASK: Final = 0x7FC00000
_NR, _ARCH, _ARGUMENT = 0, 4, 16

_SET_MODE_FILTER: Final = 1
_TSYNC: Final = 1
_NEW_LISTENER: Final = 8

PURPOSES: Final[dict[str, tuple[str, ...]]] = {
    "mount a file system": (
        "mount", "umount2", "pivot_root", "chroot", "fsopen", "fsconfig", "fsmount", "fspick", "open_tree",
        "move_mount", "mount_setattr",
    ),
    "enter other namespaces": ("unshare", "setns", "clone"),
    "reach into another process": ("ptrace", "process_vm_readv", "process_vm_writev", "pidfd_getfd"),
    "load code into the kernel": (
        "bpf", "init_module", "finit_module", "delete_module", "kexec_load", "kexec_file_load",
    ),
    "open a file past its folders": ("open_by_handle_at",),
    "change how the machine runs": (
        "reboot", "swapon", "swapoff", "acct", "settimeofday", "clock_settime", "sethostname", "setdomainname", "iopl",
        "ioperm",
    ),
}  # fmt: skip
"""What somebody is after who makes one of the calls that are told; no program makes them by chance."""
_TOLD: Final = frozenset(itertools.chain(*PURPOSES.values()))


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


class Filter:
    """A filter, ready to be put on."""

    def __init__(self) -> None:
        self._machine = syscalls.machine()
        self._asking = _Ready(assemble(self._machine, ask=True))
        self._silent = _Ready(assemble(self._machine))

    def put_on(self) -> int | None:
        """Put it on this process, which must have only one thread, and all that it will start; it can't be taken off.

        Returns:
            The listener; nothing if the kernel doesn't give one: before Linux 5.0, or inside a sandbox that listens
            itself.

        Raises:
            OSError: the kernel has no seccomp filters.
        """
        with contextlib.suppress(OSError):
            return self._put_on(self._asking, _NEW_LISTENER)
        self._put_on(self._silent, _TSYNC)
        return None

    def _put_on(self, ready: _Ready, flags: int) -> int:
        number = _SECCOMP[list(_ARCHITECTURES).index(self._machine)]
        words = [ctypes.c_long(word) for word in (number, _SET_MODE_FILTER, flags)]
        return syscalls.check(syscalls.libc().syscall(*words, ctypes.byref(ready.program)), "seccomp")


class _Ready:
    """A program where the kernel can read it."""

    def __init__(self, code: bytes) -> None:
        self._code = ctypes.create_string_buffer(code, len(code))
        self.program = _Program(len(code) // 8, ctypes.addressof(self._code))


def call_name(number: int) -> str:
    """Return the name of a system call that is told, by its number on this machine."""
    which = list(_ARCHITECTURES).index(syscalls.machine())
    names = {numbers[which]: name for name, numbers in (*_NUMBERS.items(), ("clone", _CLONE))}
    return names[number]


def assemble(machine: str, *, ask: bool = False) -> bytes:
    """Return the filter's program for an architecture.

    Args:
        machine: the architecture.
        ask: whether calls of `PURPOSES` are asked about; otherwise they are refused like others.

    >>> len(assemble("x86_64")) % 8
    0
    """
    which = list(_ARCHITECTURES).index(machine)
    refuse, missing = _REFUSE | errno.EPERM, _REFUSE | errno.ENOSYS
    tell = _ASK if ask else refuse
    code = [
        _step(_LOAD, _ARCH),
        _step(_EQUAL, _ARCHITECTURES[machine], 1, 0),
        _step(_RETURN, _KILL),
        _step(_LOAD, _NR),
    ]
    if machine == "x86_64":  # the numbers of x32 would pass by all that follows
        code += [_step(_AT_LEAST, 0x40000000, 0, 1), _step(_RETURN, refuse)]
    for name, numbers in _NUMBERS.items():
        number = numbers[which]
        if number is not None:
            code += [_step(_EQUAL, number, 0, 1), _step(_RETURN, tell if name in _TOLD else refuse)]
    # clone3 keeps its flags in memory, where a filter can't look; the C library then takes clone.
    code += [_step(_EQUAL, _CLONE3[which], 0, 1), _step(_RETURN, missing)]
    code += _when(
        _CLONE[which], [_step(_LOAD, _ARGUMENT), _step(_AND_SET, _NEW_NAMESPACES, 0, 1), _step(_RETURN, tell)]
    )
    code += _when(_SOCKET[which], _sockets(refuse))
    commands = [_step(_LOAD, _ARGUMENT + 8)]
    for command in _INJECTING:
        commands += [_step(_EQUAL, command, 0, 1), _step(_RETURN, refuse)]
    code += _when(_IOCTL[which], commands)
    return b"".join([*code, _step(_RETURN, _ALLOW)])


def _when(number: int, then: list[bytes]) -> list[bytes]:
    """Return steps for one system call, which end with its being allowed."""
    then = [*then, _step(_RETURN, _ALLOW)]
    return [_step(_EQUAL, number, 0, len(then)), *then]


def _sockets(refuse: int) -> list[bytes]:
    steps = [_step(_LOAD, _ARGUMENT)]
    for family in _FAMILIES:
        steps += [_step(_EQUAL, family, 0, 1), _step(_RETURN, _ALLOW)]
    steps += [_step(_EQUAL, _NETLINK, 1, 0), _step(_RETURN, refuse)]
    return [*steps, _step(_LOAD, _ARGUMENT + 16), _step(_EQUAL, 0, 1, 0), _step(_RETURN, refuse)]


def _step(code: int, value: int, when_true: int = 0, when_false: int = 0) -> bytes:
    return struct.pack("HBBI", code, when_true, when_false, value)
