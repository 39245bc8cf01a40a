"""The warm process, seen from the process that grades: it forks, and tells when what it forked has ended.

The two are apart so that no fork has in its memory what the grading process knows: tests, marks, other submissions.
"""

from __future__ import annotations

import math
import os
import select
import socket
import time
from collections.abc import Callable, Sequence

from autograder.engine.control import Ended, Kill, Load, Loaded, Message, Signal, Spawn, Spawned, receive, send
from autograder.exceptions import AutograderError
from autograder.sandbox.settings import Settings


class ZygoteDiedError(AutograderError):
    """The warm process has ended; without it nothing can be run."""

    def __init__(self) -> None:
        super().__init__("The warm process that notebooks are forked from has ended.")


class Child:
    """A process that the warm process forked.

    Attributes:
        pid: its id, as this process sees it.
        end: how it ended; nothing while it runs.
    """

    def __init__(self, zygote: Zygote, pid: int) -> None:
        self._zygote = zygote
        self.pid = pid
        self.end: Ended | None = None

    def signal(self, number: int) -> None:
        """Send a signal to it and its group; nothing happens if it has ended."""
        if self.end is None:
            self._zygote.tell(Signal(self.pid, number))

    def kill(self) -> None:
        """Kill it and all that it started; `wait` tells when that is done."""
        if self.end is None:
            self._zygote.tell(Kill(self.pid))

    def wait(self) -> Ended:
        """Wait until nothing of it is left; return how it ended."""
        while self.end is None:
            self._zygote.take()
        return self.end


class Zygote:
    """The warm process.

    Args:
        serve: what it does, given its end of the socket; never returns.
        settings: how what it forks is shut in.

    Attributes:
        settings: the same.
        until: when what it forks must have ended, by the monotonic clock.
    """

    def __init__(self, serve: Callable[[socket.socket], None], settings: Settings) -> None:
        ours, theirs = socket.socketpair()
        self.settings = settings
        self.until = math.inf
        self._children: dict[int, Child] = {}
        self._pid = os.fork()
        if self._pid == 0:
            ours.close()
            try:
                serve(theirs)
            finally:
                os._exit(1)
        theirs.close()
        self._socket = ours

    def begin(self) -> None:
        """Let the time begin that a submission may take in all."""
        if "limits" in self.settings.wanted:
            self.until = time.monotonic() + self.settings.limits.wall_seconds

    def load(self, modules: Sequence[str]) -> tuple[str, ...]:
        """Have modules imported.

        Returns:
            Modules that must not be imported beforehand.
        """
        self.tell(Load(tuple(modules)))
        answer = self._answer()
        assert isinstance(answer, Loaded)
        return answer.unfit

    def spawn(self, wish: Spawn, descriptors: Sequence[int]) -> Child:
        """Have a process forked.

        Args:
            wish: what it is to do, and where.
            descriptors: of this process; the first two become its standard output and error, the others follow from
                number 3 on.
        """
        self.tell(wish, tuple(descriptors))
        answer = self._answer()
        assert isinstance(answer, Spawned)
        if answer.problem:
            raise AutograderError(answer.problem)
        child = self._children[answer.child] = Child(self, answer.child)
        return child

    def fileno(self) -> int:
        """Return the descriptor that can be read from when there is something to `take`."""
        return self._socket.fileno()

    def tell(self, message: Message, descriptors: tuple[int, ...] = ()) -> None:
        """Send a message.

        Raises:
            ZygoteDiedError: nobody is there to read it.
        """
        try:
            send(self._socket, message, descriptors)
        except BrokenPipeError as error:
            raise ZygoteDiedError from error

    def take(self) -> Message | None:
        """Read one message; return it unless it is about the end of a child, which learns of it.

        Raises:
            ZygoteDiedError: there will be no more.
        """
        message, _ = receive(self._socket)
        if message is None:
            raise ZygoteDiedError
        if isinstance(message, Ended):
            child = self._children.pop(message.child, None)
            if child is not None:
                child.end = message
            return None
        return message

    def take_what_is_there(self) -> None:
        """Read all messages that have come."""
        while select.select([self._socket], [], [], 0)[0]:
            self.take()

    def close(self) -> None:
        """End the process and all that it forked."""
        self._socket.close()
        os.waitpid(self._pid, 0)

    def _answer(self) -> Message:
        while True:
            message = self.take()
            if message is not None:
                return message
