"""Limits that the kernel keeps by itself, for one process and for one user."""

from __future__ import annotations

import contextlib
import resource
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Final

from autograder.sandbox.settings import Limits

_OWN: Final = 8  # the worker's own processes count as well: they have the same user

_MIB: Final = 1 << 20


def restrict(limits: Limits) -> None:
    """Put limits on this process and all that it will start; they can't be raised again."""
    wanted = {
        resource.RLIMIT_AS: limits.address_space * _MIB,
        resource.RLIMIT_CPU: limits.cpu_seconds,
        resource.RLIMIT_NPROC: limits.processes + _OWN,
        resource.RLIMIT_NOFILE: limits.open_files,
        resource.RLIMIT_FSIZE: limits.file_size * _MIB,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MEMLOCK: _MIB,
    }
    for name in ("RLIMIT_MSGQUEUE", "RLIMIT_RTPRIO", "RLIMIT_NICE"):
        if hasattr(resource, name):
            wanted[getattr(resource, name)] = 0
    for which, most in wanted.items():
        _, hard = resource.getrlimit(which)
        value = most if hard == resource.RLIM_INFINITY else min(most, hard)
        # One second from the soft limit, whose signal has a name that tells, to the hard one.
        resource.setrlimit(which, (value, value + 1 if which == resource.RLIMIT_CPU and value < hard else value))
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")  # if memory runs out, this goes first


def family_of(members: Collection[int]) -> list[str]:
    """Return the folders in `/proc` of some of this process's children, and of all that descend from them.

    `/proc` may number processes otherwise than this process does, whose PID namespace is not the host's.

    Args:
        members: the children's ids, as this process knows them.
    """
    level = len(_numbers("/proc/self")) - 1
    found = [child for child in _children("/proc/self") if _number_at(child, level) in members]
    for process in found:  # grows while it is gone through
        found += _children(process)
    return found


def memory_of(processes: Iterable[str], *, shared: bool = True) -> int:
    """Return how much memory processes have together, in bytes.

    Args:
        processes: their folders in `/proc`.
        shared: whether what they share counts for each, or is divided among them, where that can be found out.
    """
    total = 0
    page = resource.getpagesize()
    for process in processes:
        with contextlib.suppress(OSError):
            divided = None if shared else _divided(process)
            total += int(Path(process, "statm").read_text().split()[1]) * page if divided is None else divided
    return total


def _divided(process: str) -> int | None:
    """Return a process's memory with what it shares divided; nothing if it keeps others from looking."""
    try:
        lines = Path(process, "smaps_rollup").read_text().splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) << 10 for line in lines if line.startswith("Pss:")), None)


def _children(process: str) -> list[str]:
    found: list[str] = []
    with contextlib.suppress(OSError):
        for task in Path(process, "task").iterdir():
            with contextlib.suppress(OSError):
                found += (task / "children").read_text().split()
    return [f"/proc/{number}" for number in found]


def _numbers(process: str) -> list[int]:
    """Return a process's ids, from the outermost PID namespace that `/proc` knows to its own."""
    with contextlib.suppress(OSError):
        for line in Path(process, "status").read_text().splitlines():
            if line.startswith("NSpid:"):
                return [int(number) for number in line.split()[1:]]
    return []


def _number_at(process: str, level: int) -> int:
    numbers = _numbers(process)
    return numbers[level] if level < len(numbers) else -1
