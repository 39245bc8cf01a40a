"""`autograder doctor`: how far submissions can be shut in on this system, and how to get what is missing."""

from __future__ import annotations

import os
import platform
from pathlib import Path
from typing import Final

import msgspec
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from autograder.engine.pool import WarmProcess
from autograder.sandbox.settings import LAYERS, NEEDED, Level, Settings

_MEANING: Final = {
    "environment": "the grader's environment variables stay outside",
    "files": "nothing of the host but the interpreter and programs, read-only",
    "disk": "a submission's files lie in memory, with a size, and go with it",
    "processes": "a submission sees and reaches its own processes only, and all end with it",
    "network": "no network but a loopback of its own",
    "ipc": "shared memory, semaphores and host name of its own",
    "privileges": "no capabilities, another user than root, no way back to either",
    "seccomp": "system calls that no exercise needs are refused",
    "landlock": "the kernel's own list of what may be read and written",
    "limits": "memory, CPU time, processes, open files, size of files",
}
_SYSCTL: Final = (
    ("/proc/sys/user/max_user_namespaces", "0", "sudo sysctl user.max_user_namespaces=15000"),
    ("/proc/sys/kernel/unprivileged_userns_clone", "0", "sudo sysctl kernel.unprivileged_userns_clone=1"),
    (
        "/proc/sys/kernel/apparmor_restrict_unprivileged_userns",
        "1",
        "sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0",
    ),
)
_CONTAINER: Final = (
    "In a container, its own protection may forbid it: start it with --security-opt seccomp=unconfined "
    "--security-opt apparmor=unconfined --security-opt systempaths=unconfined (Docker, Podman)"
)


class Report(msgspec.Struct, frozen=True):
    """What was found.

    Attributes:
        system: the system, its kernel and architecture.
        user: who runs this.
        level: the layers that hold, and those that don't.
        complete: whether strangers' work can be graded here.
        advice: what would help.
    """

    system: str
    user: str
    level: Level
    complete: bool
    advice: tuple[str, ...] = ()


def examine() -> Report:
    """Start a worker and have it tried what its sandbox holds."""
    level = WarmProcess().examine(Settings(isolation="best"))
    missing = NEEDED & level.missing.keys()
    user = "root" if hasattr(os, "geteuid") and os.geteuid() == 0 else "an ordinary user"
    system = f"{platform.system()} {platform.release()} on {platform.machine()}"
    return Report(system, user, level, not missing, tuple(_advice(missing)))


def _advice(missing: frozenset[str] | set[str]) -> list[str]:
    if not missing:
        return []
    if platform.system() != "Linux":
        return ["Grade on Linux (a virtual machine, WSL 2, or a container), or trust the work: --isolation none"]
    found = [f"{path} is {value}: {command}" for path, value, command in _SYSCTL if _text(path) == value]
    return found or [_CONTAINER]


def _text(path: str) -> str:
    try:
        return Path(path).read_text().strip()
    except OSError:
        return ""


def show(console: Console, report: Report) -> None:
    """Print what was found."""
    table = Table(title=f"{report.system}, as {report.user}", title_justify="left", title_style="bold")
    table.add_column("Layer", no_wrap=True)
    table.add_column("What it does", overflow="fold")
    table.add_column("Here", overflow="fold")
    for layer in LAYERS:
        why = report.level.missing.get(layer)
        style = "green" if why is None else "red" if layer in NEEDED else "yellow"
        table.add_row(layer, _MEANING[layer], f"[{style}]{'holds' if why is None else escape(why)}[/]")
    console.print(table)
    if report.complete:
        console.print("Strangers' submissions can be graded here.")
    else:
        console.print("[red]Strangers' submissions are not graded here[/] unless --isolation none is spelled out.")
    for line in (*report.level.remarks, *report.advice):
        console.print(escape(line), soft_wrap=True)
