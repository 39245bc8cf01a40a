"""How far submissions are shut in: the layers, the limits, and what a course may change of them."""

from __future__ import annotations

from typing import Final, Literal

import msgspec

Isolation = Literal["full", "best", "none"]

LAYERS: Final = (
    "environment",
    "files",
    "disk",
    "processes",
    "network",
    "ipc",
    "privileges",
    "seccomp",
    "landlock",
    "limits",
)
"""All layers: each stops something by itself, and most of what another stops as well."""

NEEDED: Final = frozenset(LAYERS) - {"landlock"}
"""Without these, strangers' work is not graded; Landlock is used where the kernel has it."""

NAMESPACED: Final = frozenset({"files", "disk", "processes", "network", "ipc"})
"""The layers that need user namespaces."""


LINUX_ONLY: Final = frozenset(LAYERS) - {"environment", "limits"}
"""The layers that other systems have nothing like."""


class Limits(msgspec.Struct, frozen=True):
    """What one submission may use.

    Attributes:
        memory: MiB of memory that its processes may take together.
        address_space: MiB of address space that one process may have.
        wall_seconds: seconds that it may take in all, from its first cell to its last.
        cpu_seconds: seconds of CPU time that one process may take.
        processes: processes and threads that it may have at a time.
        open_files: files that one process may have open.
        file_size: MiB that one file may have.
        disk: MiB that its files may have together.
        files: how many files, folders and links it may make.
        kept: MiB of files made or changed by it that are kept for the instructor.
    """

    memory: int = 2048
    address_space: int = 4096
    wall_seconds: float = 600
    cpu_seconds: int = 600
    processes: int = 256
    open_files: int = 1024
    file_size: int = 256
    disk: int = 512
    files: int = 20_000
    kept: int = 64


class Settings(msgspec.Struct, frozen=True):
    """How submissions are shut in.

    Attributes:
        isolation: `full` needs all layers of `NEEDED`; `best` takes what the system has; `none` takes none.
        limits: what a submission may use.
        allow_read: files and folders of the host that submissions may read, as absolute paths.
        without: layers that are left out, for tests that show what each of them is for.
    """

    isolation: Isolation = "full"
    limits: Limits = Limits()
    allow_read: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    @property
    def wanted(self) -> frozenset[str]:
        """The layers that are tried."""
        return frozenset(LAYERS) - set(self.without) if self.isolation != "none" else frozenset()


class Level(msgspec.Struct, frozen=True):
    """How far submissions are shut in here, as probes found it.

    Attributes:
        layers: the layers that hold, in the order of `LAYERS`; nothing where nothing has run.
        missing: the layers that don't, each with why.
        remarks: what else to know, a sentence each.
    """

    layers: tuple[str, ...] = ()
    missing: dict[str, str] = {}
    remarks: tuple[str, ...] = ()

    def __str__(self) -> str:
        return ", ".join(self.layers) or "none"
