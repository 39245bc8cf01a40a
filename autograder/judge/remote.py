"""`student` as the judge has it: the same words, but the learner's work is in another process.

Databases that tests make, and what tests compute, stay on the judge's side; everything that runs the learner's code is
asked for over the channel.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NoReturn, cast

from autograder import student as interface
from autograder import work
from autograder.database import Database
from autograder.exceptions import StudentWorkError
from autograder.httpclient import Client, Exchange
from autograder.judge.channel import Channel, Output
from autograder.judge.handover import handed_over
from autograder.plaindata import copy_plain
from autograder.programs import Completed
from autograder.raising import Last
from autograder.things import Thing
from autograder.wsgi import Answer

_EXTRA_SECONDS = 5.0  # beyond a program's own time limit, for compiling it and for starting a service


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


class Side:
    """The learner's side, as far as a test can reach it.

    Args:
        channel: the way there.
        between: the folder that both sides share.
    """

    def __init__(self, channel: Channel, between: Path) -> None:
        self._channel = channel
        self._between = between
        self._asked = False

    def ask(self, verb: str, *details: object, doing: str = "") -> Any:
        """Ask something; see `Channel.ask`."""
        __tracebackhide__ = True
        self._asked = True
        return self._channel.ask(verb, *details, doing=doing)

    def call(self, verb: str, name: str, args: Iterable[object], kwargs: Mapping[str, object], *before: object) -> Any:
        """Ask for a call, with arguments as the test gave them."""
        __tracebackhide__ = True
        given = [self.outward(value, f"argument {number} of `{name}`") for number, value in enumerate(args, start=1)]
        named = {key: self.outward(value, f"the argument `{key}` of `{name}`") for key, value in kwargs.items()}
        return self.ask(verb, *before, copy_plain(name), given, named, doing=f"`{work.call_text(name, args, kwargs)}`")

    def outward(self, value: object, what: str) -> list[object]:
        """Return an argument as it goes over the channel: plain data, or what stands for a live object."""
        __tracebackhide__ = True
        if isinstance(value, RemoteThing):
            return ["thing", object.__getattribute__(value, "_number")]
        if isinstance(value, Database):
            return ["database", handed_over(value, self._between)]
        return ["value", copy_plain(value, what)]

    def exchange(self, number: object) -> Exchange:
        """Return what takes requests to an application on the learner's side."""
        __tracebackhide__ = True
        if type(number) is not int:
            self.refuse()

        def exchange(environ: Mapping[str, str], body: bytes) -> Answer:
            __tracebackhide__ = True
            doing = f"{environ.get('REQUEST_METHOD', '')} {environ.get('PATH_INFO', '')}"
            answer = self.ask("exchange", number, dict(environ), body, doing=f"Answering {doing}")
            return _answer(answer) or self.refuse()

        return exchange

    def closer(self, number: object) -> Callable[[], None]:
        """Return what ends an application on the learner's side."""

        def close() -> None:
            __tracebackhide__ = True
            self.ask("close", number, doing="Closing it")

        return close

    def end_cell(self) -> None:
        """Let the learner's side end what the test began, if it began anything."""
        if self._asked and not self._channel.gone:
            self._asked = False
            self._channel.ask("end_cell", doing="Closing what the test opened")

    def refuse(self) -> NoReturn:
        """Give up on a learner's process that doesn't keep to the rules."""
        __tracebackhide__ = True
        self._channel.give_up("The process that runs your code gave an answer that is none.")


class RemoteThing(Thing):
    """A handle of an object in the learner's process.

    Args:
        side: the learner's side.
        number: which object.
        name: how messages name it.
        last: the latest call.
    """

    _number: int
    _side: Side

    __slots__ = ("_number", "_side")

    def __init__(self, side: Side, number: object, name: str, last: Last) -> None:
        super().__init__(None, name, last)
        if type(number) is not int:
            side.refuse()
        object.__setattr__(self, "_side", side)
        object.__setattr__(self, "_number", number)

    def __getattr__(self, name: str) -> object:
        __tracebackhide__ = True
        found = self._side.ask("attribute", self._number, name, doing=f"`{self._name}.{name}`")
        if type(found) is list and len(found) == 1:
            return found[0]
        return self._method(name, f"{self._name}.{name}")

    def __setattr__(self, name: str, value: object) -> None:
        __tracebackhide__ = True
        given = self._side.outward(value, f"the value for `{self._name}.{name}`")
        self._side.ask("set", self._number, name, given, doing=f"Setting `{self._name}.{name}`")

    def _method(self, function: object, name: str) -> Callable[..., object]:
        def method(*args: object, **kwargs: object) -> object:
            __tracebackhide__ = True
            given, named = self._arguments(name, args, kwargs)
            text = work.call_text(name, args, kwargs)
            result = self._side.ask("method", self._number, function, given, named, doing=f"`{text}`")
            self._last.returned(text, result)
            return result

        return method

    def _apply(self, function: Callable[..., object], *others: object) -> object:
        __tracebackhide__ = True
        given = [self._side.outward(other, "the other value") for other in others]
        name = function.__name__
        return self._side.ask("apply", self._number, name, given, doing=f"`{name}` of `{self._name}`")

    def make(self, name: str, *args: object, **kwargs: object) -> Thing:
        """Call a method whose result is an object, and return a handle of that."""
        __tracebackhide__ = True
        full = f"{self._name}.{name}"
        given, named = self._arguments(full, args, kwargs)
        text = work.call_text(full, args, kwargs)
        number = self._side.ask("make_with", self._number, name, given, named, doing=f"`{text}`")
        return RemoteThing(self._side, number, full, self._last)

    def class_name(self) -> str:
        """Return the name of the object's class."""
        __tracebackhide__ = True
        name = self._side.ask("class_name", self._number)
        return name if type(name) is str else self._side.refuse()

    def _arguments(
        self, name: str, args: Iterable[object], kwargs: Mapping[str, object]
    ) -> tuple[list[list[object]], dict[str, list[object]]]:
        __tracebackhide__ = True
        given = [
            self._side.outward(value, f"argument {number} of `{name}`") for number, value in enumerate(args, start=1)
        ]
        return given, {
            key: self._side.outward(value, f"the argument `{key}` of `{name}`") for key, value in kwargs.items()
        }


def show(output: Output) -> None:
    """Show what the learner's code put out as this process's own, in the place where it came."""
    for kind, content in output:
        if kind == "text" and type(content) is str:
            sys.stdout.write(content)
        elif kind == "display" and type(content) is list and len(content) == 2:
            data, metadata = content
            if type(data) is dict and type(metadata) is dict and len(json.dumps(data, default=str)) < 10_000_000:
                from IPython.display import display  # only a notebook shows such things

                display(data, metadata=metadata, raw=True)


def _answer(answer: object) -> Answer | None:
    """Return the application's answer; nothing if it is none."""
    if type(answer) is not list or [type(part) for part in answer] != [str, list, bytes, str]:
        return None
    status, headers, body, log = answer
    if not all(type(pair) is list and [type(part) for part in pair] == [str, str] for pair in headers):
        return None
    return Answer(status, [(name, value) for name, value in headers], body, log)


def _dict(given: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if given is None else dict(given)


def missing() -> NoReturn:
    """Say that a test was run without a judge."""
    raise StudentWorkError("There is no process of the learner's to ask.")
