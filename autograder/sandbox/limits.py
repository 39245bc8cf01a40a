"""Limits that the kernel keeps by itself, for one process and for one user."""

from __future__ import annotations

import contextlib
import resource
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


def memory_of(processes: str) -> int:
    """Return how much memory processes have together, in bytes; what they share counts for each.

    Args:
        processes: a `/proc` that shows only them.
    """
    page = resource.getpagesize()
    total = 0
    for entry in Path(processes).glob("[0-9]*/statm"):
        with contextlib.suppress(OSError):
            total += int(entry.read_text().split()[1]) * page
    return total


def memory_of_exactly(processes: str) -> int:
    """Return how much memory processes have together, in bytes, with what they share divided among them."""
    total = 0
    for entry in Path(processes).glob("[0-9]*/smaps_rollup"):
        with contextlib.suppress(OSError):
            for line in entry.read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1]) << 10
    return total
