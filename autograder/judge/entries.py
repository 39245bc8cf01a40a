"""What the learner's process and the judge's do after they were forked from the warm process."""

from __future__ import annotations

import os
import select
import socket
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from autograder import mariadb
from autograder.engine import child
from autograder.engine.control import Spawn
from autograder.engine.frames import read_frame
from autograder.engine.kernel import encode
from autograder.judge.channel import Channel, Messages

_TO_SPARE = 0.1  # of a cell's time, so that a question's own limit comes first and says more
_LEAST_SPARED = 0.05


class JudgeOptions(msgspec.Struct, frozen=True):
    """How the judge's process runs tests.

    Attributes:
        timeout: wall time that a test may take, in seconds; nothing for no limit.
        grace: wall time between an interruption and the end by force, in seconds.
        private: a folder that the learner's process can't reach.
    """

    timeout: float | None
    grace: float
    private: str


# made before the fork: a decoder takes a while to learn what it decodes
_decode_options = msgspec.msgpack.Decoder(JudgeOptions).decode
_decode_step = msgspec.msgpack.Decoder(tuple[int, str, int, str]).decode
_decode_judges_step = msgspec.msgpack.Decoder(tuple[int, str, int, bytes, str]).decode


def learner(kernel: Any, wish: Spawn, descriptors: Sequence[int]) -> None:
    """Be the learner's process: run the learner's cells, and answer questions about their work between them.

    Args:
        kernel: the warm kernel.
        wish: what was asked for.
        descriptors: where its messages go, where cells come from, and the way to the judge.
    """
    messages, commands, way = descriptors
    with socket.socket(fileno=way) as end:
        child.run_given(kernel, _cells_and_questions(kernel, commands, Messages(end)), messages, Path(wish.scratch))


def judge(kernel: Any, wish: Spawn, descriptors: Sequence[int]) -> None:
    """Be the judge's process: run setup cells and tests, with a `student` who is elsewhere.

    Args:
        kernel: the warm kernel.
        wish: what was asked for, with `JudgeOptions`.
        descriptors: where its messages go, where cells come from, and the way to the learner's process.
    """
    from autograder import student
    from autograder.judge.remote import RemoteStudent
    from autograder.judge.side import show

    messages, commands, way = descriptors
    options = _decode_options(wish.options)
    os.environ[mariadb.PRIVATE] = options.private
    clock = _Clock(options.timeout)

    def command(word: str) -> None:
        session = kernel.session
        session.emit(encode({"type": "command", "cell": session.latest_cell, "content": {"command": word}}))

    with socket.socket(fileno=way) as end:
        channel = Channel(Messages(end), command, clock.left, show, patience=options.grace * 0.8)
        remote = RemoteStudent(channel, Path(wish.scratch))
        student.provide(remote)
        kernel.shell.events.register("post_run_cell", lambda _: remote.end_cell())
        child.run_given(kernel, _timed(kernel, commands, clock), messages, Path(options.private))


class _Clock:
    """The time that a test has.

    Args:
        seconds: how long a test may take; nothing for no limit.
    """

    def __init__(self, seconds: float | None) -> None:
        self._seconds = seconds
        self._began = time.monotonic()

    def start(self) -> None:
        """Begin to count."""
        self._began = time.monotonic()

    def left(self) -> float | None:
        """Return the seconds that a question may take, or nothing for no limit."""
        if self._seconds is None:
            return None
        spared = min(_TO_SPARE, max(_LEAST_SPARED, self._seconds * 0.1))
        return self._began + self._seconds - spared - time.monotonic()


def _timed(kernel: Any, commands: int, clock: _Clock) -> Iterator[child.Given]:
    """Give the judge's cells as they come; the time of each begins with it."""
    from autograder.judge.compiled import Compiler  # IPython, which the process that starts this one does without

    compiler = kernel.shell.compile = Compiler(kernel.shell)
    while (frame := read_frame(commands)) is not None:
        index, source, count, compiled, token = _decode_judges_step(frame)
        if compiled:
            compiler.know(source, compiled)
        kernel.shell.execution_count = count
        clock.start()
        yield index, source, token


def _cells_and_questions(kernel: Any, commands: int, way: Messages) -> Iterator[child.Given]:
    """Give cells as they come; between them, answer the judge."""
    from autograder.judge.learner import LearnersSide

    side = LearnersSide(way, kernel.session)
    poll = select.poll()
    poll.register(commands, select.POLLIN)
    poll.register(way, select.POLLIN)
    while True:
        ready = {descriptor for descriptor, _ in poll.poll()}
        if way.fileno() in ready and not side.answer_one():
            poll.unregister(way)
        if commands in ready:
            frame = read_frame(commands)
            if frame is None:
                return
            index, source, count, token = _decode_step(frame)
            kernel.shell.execution_count = count
            yield index, source, token
