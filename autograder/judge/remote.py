"""`student` as the judge has it: the same words, but the learner's work is in another process.

Databases that tests make, and what tests compute, stay on the judge's side; everything that runs the learner's code is
asked for over the channel.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, cast

from autograder import student as interface
from autograder import work
from autograder.httpclient import Client
from autograder.judge.channel import Channel
from autograder.judge.side import RemoteThing, Side
from autograder.plaindata import copy_plain
from autograder.programs import Completed
from autograder.things import Thing


class RemoteStudent(interface.Student):
    """The learner's work, as tests in the judge's process see it.

    Args:
        channel: the way to the learner's process.
        between: the folder that both sides share.
    """

    def __init__(self, channel: Channel, between: Path) -> None:
        super().__init__()
        self._side = Side(channel, between)

    def __getitem__(self, name: str) -> object:
        """Return a copy of the learner's variable `name`."""
        __tracebackhide__ = True
        return self._side.ask("value", name, doing=f"Looking up `{name}`")

    def __contains__(self, name: str) -> bool:
        """Whether the learner defined `name`."""
        __tracebackhide__ = True
        return self._side.ask("defined", name) is True

    def call(self, function: str, /, *args: object, **kwargs: object) -> object:
        """Call a function of the learner's."""
        __tracebackhide__ = True
        return self._called("call", function, args, kwargs)

    def make(self, function: str, /, *args: object, **kwargs: object) -> Thing:
        """Call a class or function of the learner's and return a handle of the object that it gives."""
        __tracebackhide__ = True
        number = self._side.call("make", function, args, kwargs)
        self._last.returned(work.call_text(function, args, kwargs), None)
        return RemoteThing(self._side, number, function, self._last)

    def observe(self, function: str, /, *args: object, **kwargs: object) -> interface.Observed:
        """Call a function and see what it returned, what it printed, and what became of its arguments."""
        __tracebackhide__ = True
        seen = self._side.call("observe", function, args, kwargs)
        if type(seen) is not list or len(seen) != 4 or type(seen[1]) is not str:
            self._side.refuse()
        result, output, after, named = seen
        self._last.returned(work.call_text(function, args, kwargs), result)
        return interface.Observed(result, output, tuple(after), dict(named))

    def take(self, count: int, function: str, /, *args: object, **kwargs: object) -> list[object]:
        """Call a generator function, or one that returns an iterator, and return its first `count` values."""
        __tracebackhide__ = True
        values = self._called("take", function, args, kwargs, copy_plain(count))
        return list(values) if type(values) is list else self._side.refuse()

    def awaited(self, function: str, /, *args: object, **kwargs: object) -> object:
        """Call a coroutine function of the learner's, await it, and return a copy of its result."""
        __tracebackhide__ = True
        return self._called("awaited", function, args, kwargs)

    def client(self, name: str, *args: object, **kwargs: object) -> Client:
        """Return an HTTP client for a web application of the learner's."""
        __tracebackhide__ = True
        number = self._side.call("connect", name, args, kwargs)
        return Client(self._side.exchange(number), self._side.closer(number))

    def run(
        self,
        name: str,
        stdin: str | bytes = "",
        *,
        args: Iterable[object] = (),
        env: Mapping[str, str] | None = None,
        files: Mapping[str, str | bytes] | None = None,
        timeout: float = 10,
    ) -> Completed:
        """Run a program of the learner's in an empty folder."""
        __tracebackhide__ = True
        words = [str(word) for word in args]
        plain = copy_plain([name, stdin, words, _dict(env), _dict(files), timeout], f"what `{name}` is given")
        done = self._side.ask("run", *cast(list[object], plain), doing=f"Running `{name}`")
        if type(done) is not list or [type(part) for part in done] != [str, str, int, dict]:
            self._side.refuse()
        return Completed(*done)

    def serve(
        self, name: str, *, args: Iterable[object] = (), env: Mapping[str, str] | None = None, timeout: float = 15
    ) -> Client:
        """Start a program of the learner's that answers HTTP requests, and return a client of it."""
        __tracebackhide__ = True
        plain = copy_plain([name, [str(word) for word in args], dict(env or {}), timeout], f"what `{name}` is given")
        number = self._side.ask("serve", *cast(list[object], plain), doing=f"Starting `{name}`")
        return Client(self._side.exchange(number), self._side.closer(number))

    def sql(self, name: str) -> str:
        """Return the SQL that the learner wrote in the cell `%%sql name`."""
        __tracebackhide__ = True
        text = self._side.ask("sql", name, doing=f"Looking up the SQL `{name}`")
        return text if type(text) is str else self._side.refuse()

    def end_cell(self) -> None:
        """Let the learner's side end what the test began."""
        self._side.end_cell()

    def _called(
        self, verb: str, function: str, args: tuple[object, ...], kwargs: Mapping[str, object], *before: object
    ) -> object:
        __tracebackhide__ = True
        result = self._side.call(verb, function, args, kwargs, *before)
        self._last.returned(work.call_text(function, args, kwargs), result)
        return result


def _dict(given: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if given is None else dict(given)
