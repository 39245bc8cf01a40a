"""The filter's program is run here, step by step, on system calls of all kinds."""

from __future__ import annotations

import errno
import struct

import pytest

from autograder.sandbox.seccomp import assemble

ALLOW, KILL, ASK = "allow", "kill", "ask"
ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
NEW_USER, NEW_PID, THREAD = 0x10000000, 0x20000000, 0x003D0F00
CALLS = [
    # name, numbers on x86_64 and aarch64, first arguments, what comes of it
    ("read", (0, 63), (), ALLOW),
    ("execve", (59, 221), (), ALLOW),
    ("mount", (165, 40), (), errno.EPERM),
    ("ptrace", (101, 117), (), errno.EPERM),
    ("keyctl", (250, 219), (), errno.EPERM),
    ("bpf", (321, 280), (), errno.EPERM),
    ("io_uring_setup", (425, 425), (), errno.EPERM),
    ("unshare", (272, 97), (0,), errno.EPERM),
    ("setns", (308, 268), (), errno.EPERM),
    ("open_by_handle_at", (304, 265), (), errno.EPERM),
    ("clone of a process", (56, 220), (17,), ALLOW),
    ("clone of a thread", (56, 220), (THREAD,), ALLOW),
    ("clone into a user namespace", (56, 220), (NEW_USER | 17,), errno.EPERM),
    ("clone into a PID namespace", (56, 220), (NEW_PID | 17,), errno.EPERM),
    ("clone3", (435, 435), (), errno.ENOSYS),
    ("a Unix socket", (41, 198), (1, 1, 0), ALLOW),
    ("a TCP socket", (41, 198), (2, 1, 0), ALLOW),
    ("an IPv6 socket", (41, 198), (10, 1, 0), ALLOW),
    ("a routing socket", (41, 198), (16, 3, 0), ALLOW),
    ("an audit socket", (41, 198), (16, 3, 9), errno.EPERM),
    ("a packet socket", (41, 198), (17, 3, 0), errno.EPERM),
    ("a socket to the virtual machine's host", (41, 198), (40, 1, 0), errno.EPERM),
    ("a socket to the kernel's ciphers", (41, 198), (38, 5, 0), errno.EPERM),
    ("an ordinary ioctl", (16, 29), (0, 0x5401), ALLOW),
    ("an ioctl that types into a terminal", (16, 29), (0, 0x5412), errno.EPERM),
]


TOLD = {
    "mount",
    "ptrace",
    "bpf",
    "unshare",
    "setns",
    "open_by_handle_at",
    "clone into a user namespace",
    "clone into a PID namespace",
}


def outcome(machine: str, architecture: int, number: int, arguments: tuple[int, ...], *, ask: bool = False) -> object:
    code = assemble(machine, ask=ask)
    steps = [struct.unpack_from("HBBI", code, place) for place in range(0, len(code), 8)]
    data = struct.pack("IIQ6Q", number, architecture, 0, *(*arguments, *[0] * (6 - len(arguments))))
    accumulator = place = 0
    while True:
        kind, if_true, if_false, value = steps[place]
        place += 1
        if kind == 0x20:
            (accumulator,) = struct.unpack_from("I", data, {0: 0, 4: 4}.get(value, value))
        elif kind == 0x06:
            return {0x7FFF0000: ALLOW, 0x80000000: KILL, 0x7FC00000: ASK}.get(value, value & 0xFFFF)
        else:
            holds = {0x15: accumulator == value, 0x35: accumulator >= value, 0x45: bool(accumulator & value)}[kind]
            place += if_true if holds else if_false


@pytest.mark.parametrize("ask", [False, True], ids=["silent", "asking"])
@pytest.mark.parametrize("machine", ARCHITECTURES)
@pytest.mark.parametrize(("name", "numbers", "arguments", "expected"), CALLS, ids=[call[0] for call in CALLS])
def test_what_comes_of_a_system_call(
    machine: str, name: str, numbers: tuple[int, int], arguments: tuple[int, ...], expected: object, ask: bool
) -> None:
    number = numbers[list(ARCHITECTURES).index(machine)]
    comes = outcome(machine, ARCHITECTURES[machine], number, arguments, ask=ask)
    assert comes == (ASK if ask and name in TOLD else expected)


@pytest.mark.parametrize("machine", ARCHITECTURES)
def test_calls_of_another_architecture_kill(machine: str) -> None:
    assert outcome(machine, 0x40000003, 11, ()) == KILL


def test_calls_with_the_numbers_of_x32_are_refused() -> None:
    assert outcome("x86_64", ARCHITECTURES["x86_64"], 0x40000000 | 59, ()) == errno.EPERM
