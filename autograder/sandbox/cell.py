"""The cell of one forked process: a PID namespace with a tiny first process, and everything given up on the way in."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from typing import Final

from autograder.engine.control import Spawn
from autograder.engine.zygote import OpenCell
from autograder.sandbox import landlock, limits, refusals, root, syscalls, view
from autograder.sandbox.seccomp import Filter
from autograder.sandbox.settings import Settings
from autograder.sandbox.syscalls import CLONE_NEWNS, CLONE_NEWPID, MS_NODEV, MS_NOEXEC, MS_NOSUID

CLOSING: Final = frozenset({"files", "processes", "privileges", "seccomp", "landlock", "limits"})
"""The layers that a cell puts on; the others are the worker's."""

_LOOK_SECONDS: Final = 0.2
_LAST_CAPABILITY: Final = 63


class Warden:
    """Makes cells; holds what they have in common.

    Args:
        settings: the layers and limits.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.wanted = settings.wanted
        self.filter = Filter() if "seccomp" in self.wanted else None
        self.landlock = landlock.version() if "landlock" in self.wanted else 0
        self.readable = _outermost([*view.visible(settings.allow_read), "/etc", root.WORKER])
        if "privileges" in self.wanted:
            _give_up_regaining()
        if "processes" in self.wanted:
            self.own_pids = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)
            syscalls.prctl(syscalls.PR_SET_DUMPABLE, 0)

    def make_cell(self, living: Callable[[], set[int]]) -> ClosedCell:
        """Return a cell for one process."""
        return ClosedCell(self, living)


def _outermost(paths: Iterable[str]) -> list[str]:
    """Return paths without links, and without those that lie below another."""
    found: list[str] = []
    for path in sorted({os.path.realpath(path) for path in paths}):
        if not any(path.startswith(f"{other}/") for other in found):
            found.append(path)
    return found


def _give_up_regaining() -> None:
    """Give up what a program with set-user-id or file capabilities could give back."""
    syscalls.prctl(syscalls.PR_CAP_AMBIENT, syscalls.PR_CAP_AMBIENT_CLEAR_ALL)
    for capability in range(_LAST_CAPABILITY + 1):
        try:
            if syscalls.prctl(syscalls.PR_CAPBSET_READ, capability):
                syscalls.prctl(syscalls.PR_CAPBSET_DROP, capability)
        except OSError:  # the kernel knows no more of them, or this process has no right to (isolation `best`)
            break


class ClosedCell(OpenCell):
    """What one forked process and all its descendants live and die in."""

    def __init__(self, warden: Warden, living: Callable[[], set[int]]) -> None:
        super().__init__(living)
        self._warden = warden
        self._init: syscalls.TinyInit | None = None
        self.refusals = refusals.Refusals() if warden.filter is not None else None
        if "limits" in warden.wanted and "processes" in warden.wanted:
            self.due = time.monotonic() + _LOOK_SECONDS

    def fork(self) -> int:
        """Fork; return the child's id, or 0 in the child."""
        try:
            pid = self._fork()
        except OSError:
            if self.refusals is not None:
                self.refusals.close()
            raise
        if pid and self.refusals is not None:
            self.refusals.forked()
        return pid

    def _fork(self) -> int:
        if "processes" not in self._warden.wanted:
            return super().fork()
        syscalls.unshare(CLONE_NEWPID)
        pid = -1
        try:
            self._init = syscalls.TinyInit()
            pid = super().fork()
        finally:
            if pid:  # this is not the child
                syscalls.join(self._warden.own_pids, CLONE_NEWPID)
            if pid < 0 and self._init is not None:
                self._init.kill()
                self._init.wait()
        return pid

    def confine(self, wish: Spawn, mouth: int | None) -> None:
        """Shut this process in; called in the child, before anything of the learner's.

        Args:
            wish: what was asked for.
            mouth: the number that the refusals' `mouth` has now, to be closed.
        """
        wanted, settings = self._warden.wanted, self._warden.settings
        if wanted & {"files", "processes"}:
            syscalls.unshare(CLONE_NEWNS)
        if "processes" in wanted:
            self._show_own_processes()
        if "files" in wanted:
            flags = syscalls.MS_REMOUNT | syscalls.MS_BIND | syscalls.MS_RDONLY | MS_NOSUID | MS_NODEV
            syscalls.mount(None, root.WORKER, None, flags)
            root.make_temporary_private()
            os.environ["HOME"] = f"{root.SUBMISSION}/home"
        if wanted & {"files", "processes"}:
            for folder in wish.hidden:
                syscalls.mount(
                    "nothing", folder, "tmpfs", MS_NOSUID | MS_NODEV | syscalls.MS_RDONLY, "size=4k,mode=000"
                )
        if "limits" in wanted:
            limits.restrict(settings.limits)
        if "privileges" in wanted:
            syscalls.drop_capabilities()
        if wanted & {"privileges", "seccomp", "landlock"}:
            syscalls.prctl(syscalls.PR_SET_NO_NEW_PRIVS, 1)
        if "processes" in wanted:  # the warm process is closed to its like: the first process here has its memory
            syscalls.prctl(syscalls.PR_SET_DUMPABLE, 1)
        if self._warden.landlock:
            box = root.SUBMISSIONS if "files" in wanted else wish.scratch
            readable = [*self._warden.readable, "/proc"]
            landlock.restrict(readable, (box, wish.folder, wish.scratch, "/dev"), kernel=self._warden.landlock)
        if self._warden.filter is not None and mouth is not None:
            refusals.put_on(self._warden.filter, mouth)

    def look(self) -> None:
        """Kill everything in here if it takes more memory than it may."""
        self.due = time.monotonic() + _LOOK_SECONDS
        most = self._warden.settings.limits.memory << 20
        assert self._init is not None
        family = limits.family_of((self._pid, self._init.pid))
        if limits.memory_of(family) > most and limits.memory_of(family, shared=False) > most:
            self.exceeded = f"its processes took more than {most >> 20} MiB of memory together"
            self.end()

    def end(self) -> None:
        """Kill whatever is in here."""
        if self._init is None:
            super().end()
        else:
            self._init.kill()

    def close(self) -> None:
        """Wait until nothing is left; called when the forked process itself has been waited for."""
        if self.refusals is not None:
            self.refusals.close()
        if self._init is None:
            super().close()
        else:
            self._init.kill()
            self._init.wait()

    def _show_own_processes(self) -> None:
        flags = MS_NOSUID | MS_NODEV | MS_NOEXEC
        try:
            syscalls.mount("proc", "/proc", "proc", flags)
        except PermissionError:  # in a container that hides parts of its own /proc nobody may have a whole one
            syscalls.mount("nothing", "/proc", "tmpfs", flags | syscalls.MS_RDONLY, "size=4k")
