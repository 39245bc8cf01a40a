"""The probe itself: runs where submissions run, and tries what each layer must prevent."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import json
import mmap
import os
import socket
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import msgspec

from autograder.engine.control import Spawn
from autograder.sandbox import probing, syscalls, view
from autograder.sandbox.probing import Task

_PROCESS_VM_READV: Final = {"x86_64": 310, "aarch64": 270}


def report(kernel: object, wish: Spawn, descriptors: Sequence[int]) -> None:
    """Write to standard output which layers don't hold, and what got through, as JSON."""
    task = msgspec.msgpack.decode(wish.options, type=Task)
    gaps: dict[str, str] = {}
    for layer, attempt in _ATTEMPTS.items():
        try:
            got = attempt(task)
        except OSError as error:
            got = f"the probe failed: {error}"
        if got:
            gaps[layer] = got
    data = json.dumps(gaps).encode()
    while data:
        data = data[os.write(1, data) :]


def _environment(task: Task) -> str:
    """Look for variables of the grader's."""
    words = Path("/proc/self/environ").read_bytes().split(b"\0") if Path("/proc/self").is_dir() else []
    given = dict(word.decode("utf-8", "replace").partition("=")[::2] for word in words if word)
    extra = sorted(given.keys() - view.environment(given).keys() - {"PYTHONSAFEPATH"})
    return f"the environment variable {extra[0]} can be read" if extra else ""


def _files(task: Task) -> str:
    """Look for a folder of the host's, and write where nobody may."""
    if Path(task.hidden).exists():
        return f"{task.hidden} can be seen"
    for folder in ("/", "/usr", "/etc", "/worker"):
        with contextlib.suppress(OSError):
            Path(folder, "autograder-canary").touch()
            return f"{folder} can be written to"
    return ""


def _disk(task: Task) -> str:
    """Look how much room there is."""
    room = os.statvfs(".")
    size, files = room.f_blocks * room.f_frsize >> 20, room.f_files
    most, most_files = task.disk
    if size > most or not 0 < files <= most_files:
        return f"there is room for {size} MiB in {files or 'any number of'} files"
    return ""


def _processes(task: Task) -> str:
    """Look for the worker, and for others."""
    try:
        os.kill(task.worker, 0)
    except ProcessLookupError:
        pass
    except PermissionError:
        return "the worker's process can be seen"
    else:
        return "the worker's process can be killed"
    others = [entry for entry in Path("/proc").glob("[0-9]*") if entry.name not in ("1", str(os.getpid()))]
    return f"{len(others)} other processes can be seen" if others else ""


def _network(task: Task) -> str:
    """Call the host's sockets, and the loopback of one's own."""
    if task.port and probing.answers_tcp(task.port):
        return "a TCP port of the host's loopback answers"
    if probing.answers_unix(task.name):
        return "an abstract socket of the host's answers"
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        if not probing.answers_tcp(server.getsockname()[1]):
            return "not even a loopback of one's own is there"
    return ""


def _ipc(task: Task) -> str:
    """Compare namespaces with the host's."""
    same = [
        kind
        for kind, there, here in zip(("IPC", "UTS"), task.namespaces, probing.namespaces(), strict=True)
        if there == here
    ]
    return f"the host's {same[0]} namespace is shared" if same else ""


def _privileges(task: Task) -> str:
    """Look for capabilities, and use one."""
    lines = Path("/proc/self/status").read_text().splitlines() if Path("/proc/self").is_dir() else []
    status = dict(line.split(":\t", 1) for line in lines if ":\t" in line)
    for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"):
        if int(status.get(name, "0"), 16):
            return f"there are capabilities ({name} {status[name]})"
    if status.get("NoNewPrivs", "1") != "1":
        return "programs with set-user-id can give new privileges"
    with contextlib.suppress(PermissionError):
        socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP).close()
        return "a raw socket can be opened"
    return ""


def _seccomp(task: Task) -> str:
    """Make a system call that is refused."""
    number = _PROCESS_VM_READV[syscalls.machine()]
    text = ctypes.create_string_buffer(b"canary")
    vector = (ctypes.c_void_p * 2)(ctypes.addressof(text), len(text))
    arguments = (os.getpid(), vector, 1, vector, 1, 0)
    words = [ctypes.c_long(one) if isinstance(one, int) else one for one in arguments]
    if syscalls.libc().syscall(ctypes.c_long(number), *words) >= 0:
        return f"{probing.PROBED_CALL} is not refused"
    return "" if ctypes.get_errno() == errno.EPERM else f"{probing.PROBED_CALL} fails with error {ctypes.get_errno()}"


def _landlock(task: Task) -> str:
    """Read a file that lies in view."""
    with contextlib.suppress(PermissionError):
        Path(task.canary).read_text()
        return f"{task.canary} can be read"
    return ""


def _limits(task: Task) -> str:
    """Ask for more memory than there is to be."""
    with contextlib.suppress(OSError):
        mmap.mmap(-1, (task.address_space + 64) << 20).close()
        return f"more than {task.address_space} MiB of address space can be had"
    return ""


_ATTEMPTS: Final[dict[str, Callable[[Task], str]]] = {
    "environment": _environment,
    "files": _files,
    "disk": _disk,
    "processes": _processes,
    "network": _network,
    "ipc": _ipc,
    "privileges": _privileges,
    "seccomp": _seccomp,
    "landlock": _landlock,
    "limits": _limits,
}
