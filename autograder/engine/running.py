"""One notebook is run in a forked child, under a watch that the child can't get at."""

from __future__ import annotations

import json
import os
import resource
import select
import signal
import sys
import time
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any, Literal

import msgspec

from autograder.engine import child
from autograder.engine.frames import FrameError, Frames
from autograder.engine.outputs import NotebookOutputs

_LONGEST_MESSAGE = 100_000_000
_START_SECONDS = 30.0
_TURN_SECONDS = 0.05
_END_SECONDS = 5.0

Ended = Literal["done", "died", "unresponsive"]


class Run(msgspec.Struct):
    """How a run went.

    Attributes:
        ended: `done` when every cell ran; `died` when the process came to an end in the midst of a cell,
            `unresponsive` when it had to be killed because a cell went on after its interruption.
        at: the index of the cell that was running, or the last that ran.
        reason: what the process died of, for a person.
        timed_out: the cells that were interrupted because their time was over.
        replies: the end of each cell that came to its end: `status`, and an error's `ename`, `evalue`, `traceback`.
        times: for each cell, when it started and when it ended, in seconds since the epoch.
        memory: the most memory that the process, or one that it started, had at a time, in MiB.
    """

    ended: Ended = "died"
    at: int = -1
    reason: str = ""
    timed_out: set[int] = msgspec.field(default_factory=set)
    replies: dict[int, dict[str, Any]] = msgspec.field(default_factory=dict)
    times: dict[int, list[float]] = msgspec.field(default_factory=dict)
    memory: float = 0


class CoordinatorGoneError(RuntimeError):
    """The process that asked for the run is no more."""


def run_notebook(
    kernel: Any,
    cells: Sequence[tuple[int, str]],
    outputs: NotebookOutputs,
    *,
    folder: Path,
    scratch: Path,
    timeout: float | None,
    grace: float,
    environment: dict[str, str],
    confine: child.Confine | None = None,
    watched: int | None = None,
    decisive: Collection[int] = (),
) -> Run:
    """Run a notebook's cells in a child of their own and gather what they put out.

    Args:
        kernel: the warm kernel.
        cells: the cells to run, as (index in the notebook, text).
        outputs: takes the outputs.
        folder: the child's working directory.
        scratch: a folder for its temporary files.
        timeout: wall time that a cell may take, in seconds; nothing for no limit.
        grace: wall time between a cell's interruption and its end by force, in seconds.
        environment: variables set for it.
        confine: what shuts the child in.
        watched: a descriptor; when its other side closes, the child is killed.
        decisive: the cells whose failure ends the run.

    Raises:
        CoordinatorGoneError: the other side of `watched` was closed.
    """
    pipes = [os.pipe() for _ in range(3)]
    pid = os.fork()
    if pid == 0:
        child.run(
            kernel,
            cells,
            child.Surroundings(
                folder=folder,
                scratch=scratch,
                messages=pipes[0][1],
                stdout=pipes[1][1],
                stderr=pipes[2][1],
                environment=environment,
                confine=confine,
                decisive=decisive,
            ),
        )
    for _, end in pipes:
        os.close(end)
    watch = _Watch(pid, [end for end, _ in pipes], outputs, timeout, grace, cells, decisive)
    try:
        watch.until_end(watched)
    finally:
        watch.clean_up()
    return watch.run


class _Watch:
    """Reads what a child says, minds its time, and ends it."""

    def __init__(
        self,
        pid: int,
        ends: list[int],
        outputs: NotebookOutputs,
        timeout: float | None,
        grace: float,
        cells: Sequence[tuple[int, str]],
        decisive: Collection[int],
    ) -> None:
        self.run = Run()
        self._decisive = decisive
        self._pid = pid
        self._messages, *streams = ends
        self._streams = dict(zip(("stdout", "stderr"), streams, strict=True))
        self._outputs = outputs
        self._timeout, self._grace = timeout, grace
        self._left = [index for index, _ in cells]
        self._known = set(self._left)
        self._frames = Frames(_LONGEST_MESSAGE)
        self._deadline: float | None = time.monotonic() + _START_SECONDS
        self._interrupted = self._unresponsive = self._tampered = self._reaped = False
        self._exit = os.pidfd_open(pid) if hasattr(os, "pidfd_open") else None
        for end in ends:
            os.set_blocking(end, False)

    def until_end(self, watched: int | None) -> None:
        """Return when the child has ended, by itself or by force."""
        poll = select.poll()
        for descriptor in (self._messages, *self._streams.values(), self._exit):
            if descriptor is not None:
                poll.register(descriptor, select.POLLIN)
        if watched is not None:
            poll.register(watched, 0)
        while True:
            for descriptor, event in poll.poll(self._wait()):
                if descriptor == watched:
                    raise CoordinatorGoneError
                if descriptor != self._exit and event & ~select.POLLIN and not event & select.POLLIN:
                    poll.unregister(descriptor)  # closed on the other side; only the exit is still to come
            self._take_messages()
            self._take_streams(self.run.at)
            if self._has_exited():
                break
            if self._deadline is not None and time.monotonic() > self._deadline:
                self._run_out_of_time()
        self._take_messages()
        self._take_streams(self.run.at)
        if self._unresponsive:
            self.run.ended = "unresponsive"
        elif not self._left and (self.run.at in self.run.replies or self.run.at == -1):
            self.run.ended = "done"

    def clean_up(self) -> None:
        """Leave nothing of the child behind: no process, no descriptor."""
        kill_group(self._pid)
        if not self._reaped:
            self._note_exit(*os.wait4(self._pid, 0)[1:])
        reap_orphans()
        for end in (self._messages, *self._streams.values(), self._exit):
            if end is not None:
                os.close(end)

    def _wait(self) -> float:
        """Return how long to wait for something to happen, in milliseconds."""
        longest = _TURN_SECONDS if self._exit is None else 3600.0
        if self._deadline is not None:
            longest = min(longest, max(0.0, self._deadline - time.monotonic()) + 0.001)
        return longest * 1000

    def _has_exited(self) -> bool:
        pid, status, usage = os.wait4(self._pid, os.WNOHANG)
        if pid:
            self._note_exit(status, usage)
        return self._reaped

    def _note_exit(self, status: int, usage: resource.struct_rusage) -> None:
        self._reaped = True
        self.run.memory = usage.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
        if os.WIFSIGNALED(status):
            self.run.reason = f"killed by {signal.Signals(os.WTERMSIG(status)).name}"
        else:
            self.run.reason = f"exit status {os.WEXITSTATUS(status)}"

    def _run_out_of_time(self) -> None:
        cell = self.run.at
        running = cell in self.run.times and cell not in self.run.replies
        if running and not self._interrupted:
            self._interrupted = True
            self.run.timed_out.add(cell)
            _signal_group(self._pid, signal.SIGINT)
            self._deadline = time.monotonic() + self._grace
            return
        self._unresponsive = running or bool(self._left)  # otherwise only the tidying up hangs
        kill_group(self._pid)
        self._deadline = None

    def _take_messages(self) -> None:
        """Read all messages that are there."""
        while not self._tampered:
            try:
                data = os.read(self._messages, 1 << 18)
            except BlockingIOError:
                return
            if not data:
                return
            try:
                for frame in self._frames.feed(data):
                    self._take(frame)
            except (FrameError, ValueError, KeyError, TypeError, AttributeError):
                # Only a process that was tampered with writes this; it gets no further.
                self._tampered = True
                kill_group(self._pid)

    def _take(self, frame: bytes) -> None:
        message = json.loads(frame)
        kind, cell = message["type"], message["cell"]
        if kind == "start":
            self._start(cell, message["content"])
        elif cell != self.run.at or cell in self.run.replies:
            return  # of a cell that is over: nobody listens any more
        elif kind == "end":
            self._end(cell, message["content"])
        else:
            self._take_streams(cell)
            self._outputs.add(message)

    def _start(self, cell: int, content: dict[str, Any]) -> None:
        if not self._left or cell != self._left[0]:
            raise ValueError("a cell out of turn")
        self._left.pop(0)
        self.run.at = cell
        self.run.times[cell] = [time.time()]
        self._outputs.counts[cell] = int(content["count"])
        self._interrupted = False
        self._deadline = time.monotonic() + self._timeout if self._timeout else None

    def _end(self, cell: int, content: dict[str, Any]) -> None:
        self._take_streams(cell)
        self.run.replies[cell] = content
        self.run.times[cell].append(time.time())
        self._interrupted = False
        if cell in self._decisive and content["status"] == "error":
            self._left.clear()
        self._deadline = time.monotonic() + (_START_SECONDS if self._left else _END_SECONDS)

    def _take_streams(self, cell: int) -> None:
        """Read what was written to file descriptors 1 and 2, by programs that the cell started."""
        for name, end in self._streams.items():
            while True:
                try:
                    data = os.read(end, 1 << 16)
                except BlockingIOError:
                    break
                if not data:
                    break
                if cell >= 0:
                    self._outputs.add_stream(cell, name, data.decode("utf-8", "replace"))


def _signal_group(pid: int, number: signal.Signals) -> None:
    try:
        os.killpg(pid, number)
    except ProcessLookupError:
        return
    except PermissionError:  # it has not called setsid yet
        os.kill(pid, number)


def kill_group(pid: int) -> None:
    """Kill a child and all that it started and that stayed in its group."""
    _signal_group(pid, signal.SIGKILL)


def reap_orphans() -> None:
    """Kill and reap what children left behind in sessions of their own; they come to us as their new parent."""
    while True:
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid:
            continue
        for orphan in _children():
            try:
                os.kill(orphan, signal.SIGKILL)
            except ProcessLookupError:
                continue
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            return


def _children() -> list[int]:
    mine = str(os.getpid())
    found: list[int] = []
    for entry in Path("/proc").glob("[0-9]*/stat") if sys.platform == "linux" else ():
        try:
            status = entry.read_text(encoding="latin-1")
        except OSError:  # it has ended meanwhile
            continue
        if status.rpartition(")")[2].split()[1] == mine:
            found.append(int(entry.parent.name))
    return found
