"""The one way between the judge and the learner's process: questions go one way, answers the other, each in its turn.

A message is four bytes of length and then plain data (`autograder.judge.wire`). Both sides refuse a message that is too
long before they read it. A question has a time limit of its own; when that is over, the learner's process is
interrupted, and if it doesn't come to itself, ended.
"""

from __future__ import annotations

import functools
import secrets
import select
import socket
import struct
import time
from collections.abc import Callable
from typing import Any, Final, Literal, NoReturn

from autograder.exceptions import StudentWorkError
from autograder.judge import errors
from autograder.judge.wire import WireError, decode, encode

MAX_MESSAGE: Final = 96 * 1024 * 1024
"""How long a message may be, in bytes."""

_LENGTH: Final = struct.Struct(">I")
_PIECE: Final = 1 << 20
_FRAMES_SECONDS: Final = 1.0
_ENDED: Final = "The process that runs your code has ended, so it can't answer any more."

Command = Literal["interrupt", "kill"]
Output = list[list[object]]


class LearnerGoneError(StudentWorkError):
    """The learner's process has ended, or said something that nobody who keeps to the rules would say."""


class TooLongError(Exception):
    """The time for a message was over."""


class Messages:
    """Whole messages over a stream socket.

    Args:
        end: this side's end.
    """

    def __init__(self, end: socket.socket) -> None:
        self._socket = end
        self._socket.setblocking(False)
        self._buffer = bytearray()

    def fileno(self) -> int:
        """Return the descriptor to wait for."""
        return self._socket.fileno()

    def close(self) -> None:
        """Close this side's end."""
        self._socket.close()

    def send(self, data: bytes, deadline: float | None) -> None:
        """Send one message.

        Raises:
            TooLongError: the other side doesn't read.
            OSError: nobody is there.
        """
        view = memoryview(_LENGTH.pack(len(data)) + data)
        while view:
            self._wait(select.POLLOUT, deadline)
            try:
                view = view[self._socket.send(view[:_PIECE]) :]
            except BlockingIOError:
                continue

    def receive(self, deadline: float | None) -> bytes | None:
        """Return one message; nothing when the other side has closed.

        Raises:
            TooLongError: none came in time.
            WireError: it is longer than a message may be.
        """
        while True:
            if len(self._buffer) >= _LENGTH.size:
                (length,) = _LENGTH.unpack_from(self._buffer)
                if length > MAX_MESSAGE:
                    raise WireError(f"a message of {length} bytes")
                if len(self._buffer) >= _LENGTH.size + length:
                    data = bytes(self._buffer[_LENGTH.size : _LENGTH.size + length])
                    del self._buffer[: _LENGTH.size + length]
                    return data
            self._wait(select.POLLIN, deadline)
            try:
                part = self._socket.recv(_PIECE)
            except BlockingIOError:
                continue
            except ConnectionResetError:
                return None
            if not part:
                return None
            self._buffer += part

    def _wait(self, event: int, deadline: float | None) -> None:
        poll = select.poll()
        poll.register(self._socket, event)
        while True:
            left = None if deadline is None else max(0.0, deadline - time.monotonic())
            if poll.poll(None if left is None else left * 1000):
                return
            if left is not None and time.monotonic() >= deadline:  # type: ignore[operator]
                raise TooLongError


class Channel:
    """The judge's end.

    Args:
        messages: the way to the learner's process.
        command: has the learner's process interrupted or killed.
        limit: gives the seconds that the next question may take; nothing for no limit.
        show: shows what the learner's code put out meanwhile.
        patience: how long an interrupted process may take until it listens again, in seconds.

    Attributes:
        gone: why nothing can be asked any more; empty while it can.
    """

    def __init__(
        self,
        messages: Messages,
        command: Callable[[Command], None],
        limit: Callable[[], float | None],
        show: Callable[[Output], None],
        patience: float = 2.0,
    ) -> None:
        self._messages = messages
        self._command = command
        self._limit = limit
        self._show = show
        self._patience = patience
        self._number = 0
        self._numbers: set[int] = set()
        self.gone = ""

    def ask(self, verb: str, *details: object, doing: str = "", limit: float | None = None) -> Any:
        """Ask something and return the answer.

        Args:
            verb: what is wanted; `autograder.judge.learner` knows them.
            details: plain data.
            doing: how a message names it when its time is over.
            limit: the seconds that it may take, if they are fewer than usual.

        Raises:
            StudentWorkError: the learner's process has ended, or didn't answer in time.
            BaseException: what the learner's code raised, made anew.
        """
        __tracebackhide__ = True
        if self.gone:
            raise LearnerGoneError(self.gone)
        self._number = secrets.randbits(60)  # nobody can answer before they are asked
        self._numbers.add(self._number)
        usual = self._limit()
        seconds = usual if limit is None or (usual is not None and usual < limit) else limit
        deadline = None if seconds is None else time.monotonic() + max(0.05, seconds)
        try:
            self._messages.send(encode([self._number, verb, list(details)]), deadline)
            fine, answer, output = self._answer(deadline)
        except TooLongError:
            self._interrupt()
            raise StudentWorkError(f"{doing or verb} took longer than {seconds:.3g} s and was stopped.") from None
        except KeyboardInterrupt:
            self._interrupt()
            raise
        except (WireError, KeyError, TypeError, ValueError) as error:
            self.give_up(f"The process that runs your code gave an answer that is none ({error}).")
        except OSError:
            self.give_up(_ENDED)
        self._show(output)
        if fine:
            return answer
        try:
            raised = errors.made_anew(answer, functools.partial(self._frames, self._number))
        except (WireError, KeyError, TypeError, ValueError) as reason:
            self.give_up(f"The process that runs your code gave an answer that is none ({reason}).")
        raise raised

    def _frames(self, number: int) -> object:
        """Return how the learner's code came to raise what it raised in answer to a question."""
        try:
            return [] if self.gone else self.ask("frames", number, limit=_FRAMES_SECONDS)
        except StudentWorkError:  # the traceback is shown without them
            return []

    def _answer(self, deadline: float | None) -> tuple[bool, Any, Output]:
        while True:
            data = self._messages.receive(deadline)
            if data is None:
                raise ConnectionResetError
            answer = decode(data)
            if type(answer) is not list or len(answer) != 4:
                raise WireError("no answer")
            number, fine, content, output = answer
            if type(number) is not int or type(fine) is not bool or not _is_output(output):
                raise WireError("no answer")
            if number == self._number:
                return fine, content, output
            if number not in self._numbers:
                raise WireError("an answer to what was not asked")
            # one that came too late, and for which nobody waits

    def _interrupt(self) -> None:
        """Have the learner's process stop what it does; end it if it doesn't."""
        self._command("interrupt")
        deadline = time.monotonic() + self._patience
        while True:
            try:
                self._answer(deadline)
            except KeyboardInterrupt:  # the test's own time is over as well, which changes nothing here
                continue
            except (TooLongError, WireError, OSError):
                self._command("kill")
                self.gone = "The process that runs your code did not stop when its time was over, and was ended."
            return

    def give_up(self, reason: str) -> NoReturn:
        """End the learner's process, of which nothing can be believed."""
        __tracebackhide__ = True
        self._command("kill")
        self.gone = reason
        raise LearnerGoneError(reason) from None


def _is_output(output: object) -> bool:
    return type(output) is list and all(
        type(one) is list and len(one) == 2 and one[0] in ("text", "display") for one in output
    )
