"""One notebook is run in a forked child, under a watch that the child can't get at."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import time
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any, Literal

import msgspec

from autograder.engine.child import CellOptions
from autograder.engine.control import Ended, Spawn
from autograder.engine.forking import Child, Zygote
from autograder.engine.frames import FrameError, Frames, frame
from autograder.engine.outputs import NotebookOutputs

_LONGEST_MESSAGE = 100_000_000
_START_SECONDS = 30.0
_LONGEST_WAIT = 3600.0
_END_SECONDS = 5.0

Ending = Literal["done", "died", "unresponsive"]


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

    ended: Ending = "died"
    at: int = -1
    reason: str = ""
    timed_out: set[int] = msgspec.field(default_factory=set)
    replies: dict[int, dict[str, Any]] = msgspec.field(default_factory=dict)
    times: dict[int, list[float]] = msgspec.field(default_factory=dict)
    memory: float = 0


class CoordinatorGoneError(RuntimeError):
    """The process that asked for the run is no more."""


def run_notebook(
    warm: Zygote,
    cells: Sequence[tuple[int, str]],
    outputs: NotebookOutputs,
    *,
    folder: Path,
    scratch: Path,
    timeout: float | None,
    grace: float,
    environment: dict[str, str],
    watched: int | None = None,
    decisive: Collection[int] = (),
) -> Run:
    """Run a notebook's cells in a child of their own and gather what they put out.

    Args:
        warm: the warm process.
        cells: the cells to run, as (index in the notebook, text).
        outputs: takes the outputs.
        folder: the child's working directory.
        scratch: a folder for its temporary files.
        timeout: wall time that a cell may take, in seconds; nothing for no limit.
        grace: wall time between a cell's interruption and its end by force, in seconds.
        environment: variables set for it.
        watched: a descriptor; when its other side closes, the child is killed.
        decisive: the cells whose failure ends the run.

    Raises:
        CoordinatorGoneError: the other side of `watched` was closed.
    """
    pipes = [os.pipe() for _ in range(4)]
    messages, stdout, stderr, commands = pipes
    given = (stdout[1], stderr[1], messages[1], commands[0])
    kept = (messages[0], stdout[0], stderr[0], commands[1])
    options = msgspec.msgpack.encode(CellOptions(tuple(decisive)))
    wish = Spawn("autograder.engine.child:run_cells", str(folder), str(scratch), environment, options)
    try:
        child = warm.spawn(wish, given)
    except BaseException:
        for end in kept:
            os.close(end)
        raise
    finally:
        for end in given:
            os.close(end)
    watch = _Watch(warm, child, kept, outputs, timeout, grace, cells, decisive)
    try:
        watch.until_end(watched)
    finally:
        watch.clean_up()
    return watch.run


class _Watch:
    """Reads what a child says, minds its time, and ends it."""

    def __init__(
        self,
        warm: Zygote,
        child: Child,
        ends: Sequence[int],
        outputs: NotebookOutputs,
        timeout: float | None,
        grace: float,
        cells: Sequence[tuple[int, str]],
        decisive: Collection[int],
    ) -> None:
        self.run = Run()
        self._decisive = decisive
        self._warm, self._child = warm, child
        self._messages, *streams, self._commands = ends
        self._streams = dict(zip(("stdout", "stderr"), streams, strict=True))
        self._outputs = outputs
        self._timeout, self._grace = timeout, grace
        self._left = list(cells)
        self._unsent = b""
        self._frames = Frames(_LONGEST_MESSAGE)
        self._deadline: float | None = time.monotonic() + _START_SECONDS
        self._interrupted = self._unresponsive = self._tampered = False
        for end in ends:
            os.set_blocking(end, False)

    def until_end(self, watched: int | None) -> None:
        """Return when the child has ended, by itself or by force."""
        poll = select.poll()
        for descriptor in (self._messages, *self._streams.values(), self._warm.fileno()):
            poll.register(descriptor, select.POLLIN)
        if watched is not None:
            poll.register(watched, 0)
        self._send_next(poll)
        while True:
            for descriptor, event in poll.poll(self._wait()):
                if descriptor == watched:
                    raise CoordinatorGoneError
                if descriptor == self._commands:
                    self._send(poll)
                elif descriptor == self._warm.fileno():
                    self._warm.take()
                elif event & ~select.POLLIN and not event & select.POLLIN:
                    poll.unregister(descriptor)  # closed on the other side; only the exit is still to come
            self._take_messages(poll)
            self._take_streams(self.run.at)
            if self._child.end is not None:
                break
            if self._deadline is not None and time.monotonic() > self._deadline:
                self._run_out_of_time()
        self._take_messages(poll)
        self._take_streams(self.run.at)
        if self._unresponsive:
            self.run.ended = "unresponsive"
        elif not self._left and (self.run.at in self.run.replies or self.run.at == -1):
            self.run.ended = "done"

    def clean_up(self) -> None:
        """Leave nothing of the child behind: no process, no descriptor."""
        self._child.kill()
        self._note_end(self._child.wait())
        for end in (self._messages, *self._streams.values()):
            os.close(end)
        if self._commands >= 0:
            os.close(self._commands)

    def _send_next(self, poll: select.poll) -> None:
        """Give the child its next cell; or close the pipe that it comes through, when there is none."""
        if self._left:
            data = msgspec.msgpack.encode(self._left[0])
            self._unsent = frame(data)
            self._send(poll)
        elif self._commands >= 0:
            os.close(self._commands)
            self._commands = -1

    def _send(self, poll: select.poll) -> None:
        """Write as much as the pipe takes."""
        try:
            self._unsent = self._unsent[os.write(self._commands, self._unsent) :]
        except BlockingIOError:
            pass
        except BrokenPipeError:
            self._unsent = b""
        if self._unsent:
            poll.register(self._commands, select.POLLOUT)
        else:
            with contextlib.suppress(KeyError):
                poll.unregister(self._commands)

    def _wait(self) -> float:
        """Return how long to wait for something to happen, in milliseconds."""
        longest = _LONGEST_WAIT
        if self._deadline is not None:
            longest = min(longest, max(0.0, self._deadline - time.monotonic()) + 0.001)
        return longest * 1000

    def _note_end(self, end: Ended) -> None:
        self.run.memory = end.memory
        if end.status is None:
            self.run.reason = "its exit status is not known"
        elif end.status < 0:
            self.run.reason = f"killed by {signal.Signals(-end.status).name}"
        else:
            self.run.reason = f"exit status {end.status}"

    def _run_out_of_time(self) -> None:
        cell = self.run.at
        running = cell in self.run.times and cell not in self.run.replies
        if running and not self._interrupted:
            self._interrupted = True
            self.run.timed_out.add(cell)
            self._child.signal(signal.SIGINT)
            self._deadline = time.monotonic() + self._grace
            return
        self._unresponsive = running or bool(self._left)  # otherwise only the tidying up hangs
        self._child.kill()
        self._deadline = None

    def _take_messages(self, poll: select.poll) -> None:
        """Read all messages that are there."""
        while not self._tampered:
            try:
                data = os.read(self._messages, 1 << 18)
            except BlockingIOError:
                return
            if not data:
                return
            try:
                for message in self._frames.feed(data):
                    self._take(message, poll)
            except (FrameError, ValueError, KeyError, TypeError, AttributeError):
                # Only a process that was tampered with writes this; it gets no further.
                self._tampered = True
                self._child.kill()

    def _take(self, data: bytes, poll: select.poll) -> None:
        message = json.loads(data)
        kind, cell = message["type"], message["cell"]
        if kind == "start":
            self._start(cell, message["content"])
        elif cell != self.run.at or cell in self.run.replies:
            return  # of a cell that is over: nobody listens any more
        elif kind == "end":
            self._end(cell, message["content"], poll)
        else:
            self._take_streams(cell)
            self._outputs.add(message)

    def _start(self, cell: int, content: dict[str, Any]) -> None:
        if not self._left or cell != self._left[0][0] or self._unsent:
            raise ValueError("a cell out of turn")
        self._left.pop(0)
        self.run.at = cell
        self.run.times[cell] = [time.time()]
        self._outputs.counts[cell] = int(content["count"])
        self._interrupted = False
        self._deadline = time.monotonic() + self._timeout if self._timeout else None

    def _end(self, cell: int, content: dict[str, Any], poll: select.poll) -> None:
        self._take_streams(cell)
        self.run.replies[cell] = content
        self.run.times[cell].append(time.time())
        self._interrupted = False
        if cell in self._decisive and content["status"] == "error":
            self._left.clear()
        self._deadline = time.monotonic() + (_START_SECONDS if self._left else _END_SECONDS)
        self._send_next(poll)

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
