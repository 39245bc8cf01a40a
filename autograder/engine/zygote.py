"""The warm process: IPython and an assignment's imports are loaded once, and every run of a notebook is a fork of it.

It has no threads, so that forking is safe. It never sees a test or a submission: what it forks is told through pipes
that only pass through here.
"""

from __future__ import annotations

import contextlib
import importlib
import math
import os
import select
import signal
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, Protocol

from autograder.engine import child
from autograder.engine.control import Ended, Kill, Load, Loaded, Signal, Spawn, Spawned, receive, send

if TYPE_CHECKING:
    from autograder.sandbox.refusals import Refusals

_TURN = 0.05
_LONGEST = 3600.0


class Cell(Protocol):
    """What a process is forked into and shut in by; `autograder.sandbox` has the real one.

    Attributes:
        due: when `look` wants to be called, by the monotonic clock; nothing for never.
        exceeded: the limit that it was killed for; empty if for none.
        refusals: hears which system calls are refused in there, if anything does.
    """

    due: float | None
    exceeded: str
    refusals: Refusals | None

    def fork(self) -> int:
        """Fork; return the child's id, or 0 in the child."""

    def confine(self, wish: Spawn, mouth: int | None) -> None:
        """Shut this process in; called in the child, before anything of the learner's.

        Args:
            wish: what was asked for.
            mouth: the number that the refusals' `mouth` has now, to be closed.
        """

    def look(self) -> None:
        """Look whether limits are kept that the kernel doesn't keep by itself."""

    def end(self) -> None:
        """Kill whatever is in there."""

    def close(self) -> None:
        """Wait until nothing is left; called when the forked process itself has been waited for."""


class OpenCell:
    """No cell at all: a process that can do what this one can, and is killed with its group."""

    def __init__(self, living: Callable[[], set[int]]) -> None:
        self.due: float | None = None
        self.exceeded = ""
        self.refusals: Refusals | None = None
        self._living = living
        self._pid = 0

    def fork(self) -> int:
        """Fork; return the child's id, or 0 in the child."""
        self._pid = os.fork()
        return self._pid

    def confine(self, wish: Spawn, mouth: int | None) -> None:
        """Do nothing."""

    def look(self) -> None:
        """Do nothing."""

    def end(self) -> None:
        """Kill the process, and all that it started and that stayed in its group."""
        signal_group(self._pid, signal.SIGKILL)

    def close(self) -> None:
        """Kill and reap what was left behind in sessions of its own; it comes to us as its new parent."""
        self.end()
        kill_orphans(self._living() - {self._pid})


class _Forked:
    """A process that was forked, and its cell."""

    def __init__(self, pid: int, cell: Cell) -> None:
        self.pid = pid
        self.cell = cell
        self.pidfd = os.pidfd_open(pid) if hasattr(os, "pidfd_open") else None


MakeCell = Callable[[Callable[[], set[int]]], Cell]


def serve(
    control: socket.socket,
    warm_up: Callable[[], Any],
    load: Callable[[Any, tuple[str, ...]], tuple[str, ...]],
    make_cell: MakeCell,
) -> NoReturn:
    """Do what comes over the socket until it closes.

    Args:
        control: the socket.
        warm_up: makes the warm kernel.
        load: imports modules.
        make_cell: makes a cell for one process; given what returns the ids of the processes that live.
    """
    kernel = warm_up()
    forked: dict[int, _Forked] = {}
    try:
        while True:
            if not _wait(control, forked):
                continue
            message, descriptors = receive(control)
            match message:
                case None:
                    break
                case Load():
                    send(control, Loaded(load(kernel, message.modules)))
                case Spawn():
                    _spawn(control, kernel, message, descriptors, forked, make_cell)
                case Signal() if message.child in forked:
                    signal_group(message.child, signal.Signals(message.number))
                case Kill() if message.child in forked:
                    forked[message.child].cell.end()
    finally:
        for one in forked.values():
            one.cell.end()
            with contextlib.suppress(ChildProcessError):
                os.waitpid(one.pid, 0)
            one.cell.close()
    os._exit(0)


def _wait(control: socket.socket, forked: dict[int, _Forked]) -> bool:
    """Wait for something to happen; tell of what has ended.

    Returns:
        Whether a message has come.
    """
    poll = select.poll()
    poll.register(control, select.POLLIN)
    for one in forked.values():
        if one.pidfd is not None:
            poll.register(one.pidfd, select.POLLIN)
        if one.cell.refusals is not None and one.cell.refusals.fileno() >= 0:
            poll.register(one.cell.refusals, select.POLLIN)
    blind = any(one.pidfd is None for one in forked.values())
    until = min((one.cell.due for one in forked.values() if one.cell.due is not None), default=math.inf)
    seconds = min(_TURN if blind else _LONGEST, max(0.0, until - time.monotonic()))
    ready = {descriptor for descriptor, _ in poll.poll(1000 * seconds)}
    for one in forked.values():
        if one.cell.refusals is not None and one.cell.refusals.fileno() in ready:
            one.cell.refusals.hear()
        if one.cell.due is not None and one.cell.due <= time.monotonic():
            one.cell.look()
    for one in list(forked.values()):
        if one.pidfd is None or one.pidfd in ready:
            _note_end(control, one, forked)
    return control.fileno() in ready


def _note_end(control: socket.socket, one: _Forked, forked: dict[int, _Forked]) -> None:
    status: int | None = None
    memory = 0.0
    try:
        pid, raw, usage = os.wait4(one.pid, os.WNOHANG)
        if not pid:
            return
        status = os.waitstatus_to_exitcode(raw)
        memory = usage.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    except ChildProcessError:  # it was reaped by the system, while a cell was being made
        pass
    if one.pidfd is not None:
        os.close(one.pidfd)
    one.cell.close()
    del forked[one.pid]
    refused = dict(one.cell.refusals.calls) if one.cell.refusals is not None else {}
    try:
        send(control, Ended(one.pid, status, memory, one.cell.exceeded, refused))
    except BrokenPipeError:  # the next message will say so
        return


def _spawn(
    control: socket.socket,
    kernel: Any,
    wish: Spawn,
    descriptors: list[int],
    forked: dict[int, _Forked],
    make_cell: MakeCell,
) -> None:
    try:
        cell = make_cell(lambda: set(forked))
        pid = cell.fork()
    except OSError as error:
        send(control, Spawned(0, f"No process could be made for the notebook: {error}. Close other programs."))
        return
    if pid == 0:
        _become(kernel, wish, descriptors, cell)
    forked[pid] = _Forked(pid, cell)
    for descriptor in descriptors:
        os.close(descriptor)
    send(control, Spawned(pid))


def _become(kernel: Any, wish: Spawn, descriptors: list[int], cell: Cell) -> NoReturn:
    """Be a forked process; never returns."""
    code = 1
    try:
        mouth = cell.refusals.mouth if cell.refusals is not None else None
        own = child.settle(wish, descriptors, mouth, cell.confine)
        module, _, name = wish.entry.partition(":")
        getattr(importlib.import_module(module), name)(kernel, wish, own)
        code = 0
    except SystemExit:
        code = 0
    finally:
        os._exit(code)


def signal_group(pid: int, number: signal.Signals) -> None:
    """Send a signal to a process's group, or to the process if it has none yet."""
    try:
        os.killpg(pid, number)
    except ProcessLookupError:
        try:
            os.kill(pid, number)  # it has not called setsid yet
        except ProcessLookupError:
            return
    except PermissionError:  # only zombies are left
        return


def kill_orphans(known: set[int]) -> None:
    """Kill and reap all children of this process but for those that are known."""
    while orphans := _children() - known:
        for orphan in orphans:
            try:
                os.kill(orphan, signal.SIGKILL)
                os.waitpid(orphan, 0)
            except (ProcessLookupError, ChildProcessError):
                continue


def _children() -> set[int]:
    """Return this process's children; it has one thread."""
    if sys.platform != "linux":
        return set()
    try:
        return {int(number) for number in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()}
    except OSError:  # a kernel without that file
        return _children_by_search()


def _children_by_search() -> set[int]:
    mine = str(os.getpid())
    found: set[int] = set()
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            status = entry.read_text(encoding="latin-1")
        except OSError:  # it has ended meanwhile
            continue
        if status.rpartition(")")[2].split()[1] == mine:
            found.add(int(entry.parent.name))
    return found
