"""The learner's process as the judge reaches it: questions, arguments, objects that tests hold by a handle."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NoReturn

from autograder import work
from autograder.database import Database
from autograder.httpclient import Exchange
from autograder.judge.channel import Channel, Output
from autograder.judge.handover import handed_over
from autograder.plaindata import copy_plain
from autograder.raising import Last
from autograder.things import Thing
from autograder.wsgi import Answer


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
