"""One notebook is run in a forked child, under a watch that the child can't get at."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import select
import signal
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal

import msgspec

from autograder.engine.child import CellOptions
from autograder.engine.control import Ended, Spawn
from autograder.engine.forking import Child, Zygote
from autograder.engine.frames import FrameError, Frames, frame
from autograder.engine.outputs import NotebookOutputs
from autograder.sandbox.refusals import in_words

_LONGEST_MESSAGE = 100_000_000
_START_SECONDS = 30.0
_LONGEST_WAIT = 3600.0
_END_SECONDS = 5.0
_MOST_NOTICED = 20

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
        noticed: what learner's code changed and the process put right, and what it tried and was refused, a line each.
    """

    ended: Ending = "died"
    at: int = -1
    reason: str = ""
    timed_out: set[int] = msgspec.field(default_factory=set)
    replies: dict[int, dict[str, Any]] = msgspec.field(default_factory=dict)
    times: dict[int, list[float]] = msgspec.field(default_factory=dict)
    memory: float = 0
    noticed: list[str] = msgspec.field(default_factory=list)


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
    options: CellOptions,
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
        options: which cells are the instructor's, and whose failure ends the run.

    Raises:
        CoordinatorGoneError: the other side of `watched` was closed.
    """
    entry = "autograder.engine.child:run_cells"
    wish = Spawn(entry, str(folder), str(scratch), environment, msgspec.msgpack.encode(options))
    watch = start(warm, wish, outputs, timeout=timeout, grace=grace)
    left = list(cells)

    def go_on() -> None:
        if watch.run.at in options.decisive and watch.run.replies[watch.run.at]["status"] == "error":
            left.clear()
        if left:
            watch.give(*left.pop(0))
        else:
            watch.finish()

    until_end(warm, [watch], go_on, watched)
    return watch.run


def start(
    warm: Zygote,
    wish: Spawn,
    outputs: NotebookOutputs,
    *,
    timeout: float | None,
    grace: float,
    descriptors: Sequence[int] = (),
    heed: Callable[[str], None] | None = None,
) -> Watch:
    """Have a process forked that runs cells, and return the watch over it; `until_end` ends both.

    Args:
        warm: the warm process.
        wish: what the process is to do.
        outputs: takes the outputs of its cells.
        timeout: wall time that a cell may take, in seconds; nothing for no limit.
        grace: wall time between a cell's interruption and its end by force, in seconds.
        descriptors: further descriptors for it, behind its own for messages and cells; closed here.
        heed: does what the process asks for, where it may ask for something.
    """
    pipes = [os.pipe() for _ in range(4)]
    messages, stdout, stderr, commands = pipes
    given = (stdout[1], stderr[1], messages[1], commands[0], *descriptors)
    kept = (messages[0], stdout[0], stderr[0], commands[1])
    try:
        child = warm.spawn(wish, given)
    except BaseException:
        for end in kept:
            os.close(end)
        raise
    finally:
        for end in given:
            os.close(end)
    return Watch(child, kept, outputs, timeout, grace, heed)


def until_end(warm: Zygote, watches: Sequence[Watch], go_on: Callable[[], None], watched: int | None) -> None:
    """Return when all processes have ended, by themselves or by force; nothing of them is left then.

    Args:
        warm: the warm process.
        watches: the watches over the processes.
        go_on: gives cells; called at the beginning, and whenever a cell or a process has ended.
        watched: a descriptor; when its other side closes, the processes are killed.

    Raises:
        CoordinatorGoneError: the other side of `watched` was closed.
    """
    try:
        poll = select.poll()
        poll.register(warm.fileno(), select.POLLIN)
        if watched is not None:
            poll.register(watched, 0)
        for watch in watches:
            watch.join(poll)
        go_on()
        while not all(watch.ended for watch in watches):
            left = warm.until - time.monotonic()
            if left <= 0:
                for watch in watches:
                    watch.stop(f"it took more than {warm.settings.limits.wall_seconds:g} s in all")
            longest = min(max(left, 0.1), *(watch.patience() for watch in watches))
            for descriptor, event in poll.poll(longest * 1000):
                if descriptor == watched:
                    raise CoordinatorGoneError
                if descriptor == warm.fileno():
                    warm.take()
                for watch in watches:
                    watch.heed(descriptor, event)
            changed = [watch.turn() for watch in watches]
            if any(changed):
                go_on()
    finally:
        for watch in watches:
            watch.clean_up()


class Watch:
    """Gives cells to a process, reads what it says, minds its time, and ends it.

    Args:
        child: the process.
        ends: this side's ends of the pipes for its messages, standard output and error, and for cells.
        outputs: takes the outputs of its cells.
        timeout: wall time that a cell may take, in seconds; nothing for no limit.
        grace: wall time between a cell's interruption and its end by force, in seconds.
        heed: does what the process asks for, where it may ask for something.

    Attributes:
        run: how it goes.
        ended: whether the process is no more.
    """

    def __init__(
        self,
        child: Child,
        ends: Sequence[int],
        outputs: NotebookOutputs,
        timeout: float | None,
        grace: float,
        heed: Callable[[str], None] | None = None,
    ) -> None:
        self.run = Run()
        self.ended = False
        self._child = child
        self._messages, *streams, self._commands = ends
        self._streams = dict(zip(("stdout", "stderr"), streams, strict=True))
        self._outputs = outputs
        self._timeout, self._grace = timeout, grace
        self._heed = heed
        self._expected: int | None = None
        self._token = ""
        self._unsent = b""
        self._frames = Frames(_LONGEST_MESSAGE)
        self._deadline: float | None = time.monotonic() + _START_SECONDS
        self._interrupted = self._unresponsive = self._tampered = self._finished = False
        self._stopped = ""
        self._poll = select.poll()
        for end in ends:
            os.set_blocking(end, False)

    @property
    def idle(self) -> bool:
        """Whether it waits for a cell."""
        return self._expected is None and (self.run.at == -1 or self.run.at in self.run.replies)

    def join(self, poll: select.poll) -> None:
        """Have a poll wait for what the process says."""
        self._poll = poll
        for descriptor in (self._messages, *self._streams.values()):
            poll.register(descriptor, select.POLLIN)

    def give(self, index: int, *cell: object) -> None:
        """Give the process its next cell: the index, the text, and what else it wants to know."""
        self._expected, self._token = index, secrets.token_hex(8)
        self._deadline = time.monotonic() + _START_SECONDS
        self._unsent = frame(msgspec.msgpack.encode((index, *cell, self._token)))
        self._send()

    def rest(self) -> None:
        """Let the process wait for its next cell for as long as it takes."""
        self._deadline = None

    def finish(self) -> None:
        """Tell the process that there are no more cells."""
        if not self._finished:
            self._finished = True
            self._deadline = time.monotonic() + _END_SECONDS
            os.close(self._commands)

    def interrupt(self) -> None:
        """Interrupt what the process does."""
        self._child.signal(signal.SIGINT)

    def kill(self) -> None:
        """Kill the process."""
        self._child.kill()

    def stop(self, why: str) -> None:
        """Kill the process because a limit of the whole submission was reached."""
        if not self._stopped:
            self._stopped = why
            self._child.kill()

    def patience(self) -> float:
        """Return how long nothing may happen, in seconds."""
        if self._deadline is None or self.ended:
            return _LONGEST_WAIT
        return min(_LONGEST_WAIT, max(0.0, self._deadline - time.monotonic()) + 0.001)

    def heed(self, descriptor: int, event: int) -> None:
        """Take note of what a poll says of a descriptor."""
        if descriptor == self._commands and not self._finished:
            self._send()
        elif descriptor in (self._messages, *self._streams.values()) and event and not event & select.POLLIN:
            self._poll.unregister(descriptor)  # closed on the other side; only the exit is still to come

    def turn(self) -> bool:
        """Read what there is and mind the time; return whether a cell, or the process, has come to its end."""
        if self.ended:
            return False
        done = len(self.run.replies)
        self._take_messages()
        self._take_streams(self.run.at)
        if self._child.end is not None:
            self._take_messages()
            self._take_streams(self.run.at)
            self.ended = True
            if self._unresponsive:
                self.run.ended = "unresponsive"
            elif self._finished and self.idle:
                self.run.ended = "done"
            return True
        if self._deadline is not None and time.monotonic() > self._deadline:
            self._run_out_of_time()
        return len(self.run.replies) > done

    def clean_up(self) -> None:
        """Leave nothing of the process behind, and no descriptor."""
        self._child.kill()
        self._note_end(self._child.wait())
        self.ended = True
        for end in (self._messages, *self._streams.values()):
            os.close(end)
        if not self._finished:
            os.close(self._commands)
            self._finished = True

    def _send(self) -> None:
        """Write as much as the pipe takes."""
        try:
            self._unsent = self._unsent[os.write(self._commands, self._unsent) :]
        except BlockingIOError:
            pass
        except BrokenPipeError:
            self._unsent = b""
        if self._unsent:
            self._poll.register(self._commands, select.POLLOUT)
        else:
            with contextlib.suppress(KeyError):
                self._poll.unregister(self._commands)

    def _note_end(self, end: Ended) -> None:
        self.run.memory = end.memory
        self.run.noticed += in_words(end.refused)
        if end.exceeded or self._stopped:
            self.run.reason = end.exceeded or self._stopped
        elif end.status is None:
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
        self._unresponsive = running or not self._finished  # otherwise only the tidying up hangs
        self._child.kill()
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
                for message in self._frames.feed(data):
                    self._take(message)
            except (FrameError, ValueError, KeyError, TypeError, AttributeError):
                # Only a process that was tampered with writes this; it gets no further.
                self._tampered = True
                self.run.noticed.append("the process spoke to the grader in a way that no notebook does, and was ended")
                self._child.kill()

    def _take(self, data: bytes) -> None:
        message = json.loads(data)
        kind, cell = message["type"], message["cell"]
        if kind == "start":
            self._start(cell, message["content"])
        elif kind == "noticed" and len(self.run.noticed) < _MOST_NOTICED:
            self.run.noticed += [f"before cell {cell + 1}, {str(what)[:200]}" for what in message["content"]["what"]]
        elif kind == "command" and self._heed is not None:
            self._heed(message["content"]["command"])
        elif cell != self.run.at or cell in self.run.replies:
            return  # of a cell that is over: nobody listens any more
        elif kind == "end":
            self._end(cell, message["content"])
        else:
            self._take_streams(cell)
            self._outputs.add(message)

    def _start(self, cell: int, content: dict[str, Any]) -> None:
        if cell != self._expected or content["token"] != self._token or self._unsent:
            raise ValueError("a cell out of turn")
        self._expected = None
        self.run.at = cell
        self.run.times[cell] = [time.time()]
        self._outputs.counts[cell] = int(content["count"])
        self._interrupted = False
        self._deadline = time.monotonic() + self._timeout if self._timeout else None

    def _end(self, cell: int, content: dict[str, Any]) -> None:
        if content.pop("token") != self._token:
            raise ValueError("an end that another process than ours tells")
        self._take_streams(cell)
        self.run.replies[cell] = content
        self.run.times[cell].append(time.time())
        self._interrupted = False
        self._deadline = None

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
