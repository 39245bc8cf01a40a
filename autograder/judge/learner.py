"""The learner's side: answers what the judge asks about the learner's work.

It runs in the learner's own process, so nothing that it says is trusted. What it does for a question is what `student`
does in a notebook that is graded in one process; only the arguments and the answers are plain data.
"""

from __future__ import annotations

import json
import operator
import signal
import sys
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any, Final, cast

from autograder.attaching import databases
from autograder.closing import close_all
from autograder.exceptions import StudentWorkError
from autograder.httpclient import Exchange
from autograder.judge import errors
from autograder.judge.channel import Messages, Output
from autograder.judge.handover import Handed
from autograder.judge.wire import WireError, decode, encode
from autograder.plaindata import copy_plain
from autograder.student import Student
from autograder.things import Thing

_MOST_OUTPUT: Final = 10_000_000
_KEPT_ERRORS: Final = 3  # of which a test may show the traceback; its frames keep alive what was in them
_OPERATORS: Final[dict[str, Callable[..., object]]] = {
    one.__name__: one
    for one in (
        len, bool, str, repr, hash, list, operator.contains, operator.getitem, operator.eq, operator.lt, operator.le,
    )
}  # fmt: skip
"""What the judge may apply to an object of the learner's, by name; looked up, never evaluated."""


class LearnersSide:
    """What the judge's questions are about.

    Args:
        messages: the way to the judge.
        session: the kernel's session; while a question is answered, its messages are gathered.
    """

    def __init__(self, messages: Messages, session: Any) -> None:
        self._messages = messages
        self._session = session
        self._student = Student()
        self._things: dict[int, Thing] = {}
        self._exchanges: dict[int, tuple[Exchange, Callable[[], None] | None]] = {}
        self._count = 0
        self._raised: deque[tuple[object, BaseException]] = deque(maxlen=_KEPT_ERRORS)

    def answer_one(self) -> bool:
        """Answer the next question; return whether there was one."""
        data = self._messages.receive(None)
        if data is None:
            return False
        question = decode(data)
        if type(question) is not list or len(question) != 3:
            raise WireError("no question")
        number, verb, details = question
        output = _Output(self._session)
        fine = True
        with output:
            try:
                signal.signal(signal.SIGINT, signal.default_int_handler)
                try:
                    answer = encode(self._do(verb, details))
                finally:
                    signal.signal(signal.SIGINT, signal.SIG_IGN)
            except BaseException as error:  # noqa: BLE001 - all of it goes to the test, which asked
                fine = False
                answer = encode(errors.told(error))
                self._raised.append((number, error))
        # the answer is plain and encoded already; what is put together here can't fail any more
        self._messages.send(encode([number, fine, decode(answer), output.taken()]), None)
        return True

    def _do(self, verb: str, details: list[Any]) -> object:
        return cast(Callable[..., object], getattr(self, f"_do_{verb}"))(*details)

    def _do_frames(self, number: int) -> object:
        return next((errors.frames_of(error) for asked, error in self._raised if asked == number), [])

    def _do_value(self, name: str) -> object:
        return self._student[name]

    def _do_defined(self, name: str) -> object:
        return name in self._student

    def _do_call(self, function: str, args: list[Any], kwargs: dict[str, Any]) -> object:
        return self._student.call(function, *self._inward(args), **self._named(kwargs))

    def _do_make(self, function: str, args: list[Any], kwargs: dict[str, Any]) -> object:
        return self._keep(self._student.make(function, *self._inward(args), **self._named(kwargs)))

    def _do_observe(self, function: str, args: list[Any], kwargs: dict[str, Any]) -> object:
        seen = self._student.observe(function, *self._inward(args), **self._named(kwargs))
        return [seen.result, seen.output, list(seen.args), seen.kwargs]

    def _do_take(self, count: int, function: str, args: list[Any], kwargs: dict[str, Any]) -> object:
        return self._student.take(count, function, *self._inward(args), **self._named(kwargs))

    def _do_awaited(self, function: str, args: list[Any], kwargs: dict[str, Any]) -> object:
        return self._student.awaited(function, *self._inward(args), **self._named(kwargs))

    def _do_attribute(self, number: int, name: str) -> object:
        value = getattr(self._things[number], name)
        return None if callable(value) else [value]  # plain data can't be called

    def _do_set(self, number: int, name: str, value: Any) -> object:
        setattr(self._things[number], name, *self._inward([value]))
        return None

    def _do_method(self, number: int, name: str, args: list[Any], kwargs: dict[str, Any]) -> object:
        method = cast(Callable[..., object], getattr(self._things[number], name))
        return method(*self._inward(args), **self._named(kwargs))

    def _do_apply(self, number: int, name: str, others: list[Any]) -> object:
        return self._things[number]._apply(_OPERATORS[name], *self._inward(others))

    def _do_make_with(self, number: int, name: str, args: list[Any], kwargs: dict[str, Any]) -> object:
        return self._keep(self._things[number].make(name, *self._inward(args), **self._named(kwargs)))

    def _do_class_name(self, number: int) -> object:
        return self._things[number].class_name()

    def _do_sql(self, name: str) -> object:
        return self._student.sql(name)

    def _do_run(self, name: str, stdin: Any, args: list[str], env: Any, files: Any, timeout: float) -> object:
        done = self._student.run(name, stdin, args=args, env=env, files=files, timeout=timeout)
        return [done.stdout, done.stderr, done.exit_code, done.files]

    def _do_serve(self, name: str, args: list[str], env: dict[str, str], timeout: float) -> object:
        from autograder.attaching import programs
        from autograder.services import Service

        service = Service(programs(), name, args, env, timeout)
        return self._open(service.exchange, service.close)

    def _do_connect(self, name: str, args: list[Any], kwargs: dict[str, Any]) -> object:
        from autograder.applications import connect

        return self._open(*connect(name, tuple(self._inward(args)), self._named(kwargs)))

    def _do_exchange(self, number: int, environ: dict[str, str], body: bytes) -> object:
        exchange, _ = self._exchanges[number]
        status, headers, data, log = exchange(environ, body)
        return [status, [[name, value] for name, value in headers], data, log]

    def _do_close(self, number: int) -> object:
        _, close = self._exchanges[number]
        if close is not None:
            close()
        return None

    def _do_end_cell(self) -> object:
        self._exchanges.clear()
        close_all()
        databases().end_cell()
        return None

    def _keep(self, thing: Thing) -> int:
        self._count += 1
        self._things[self._count] = thing
        return self._count

    def _open(self, exchange: Exchange, close: Callable[[], None] | None) -> int:
        self._count += 1
        self._exchanges[self._count] = exchange, close
        return self._count

    def _inward(self, values: list[Any]) -> list[object]:
        """Return arguments as `student` takes them: plain data, handles, databases."""
        return [self._one_inward(*value) for value in values]

    def _named(self, values: Mapping[str, Any]) -> dict[str, object]:
        return {name: self._one_inward(*value) for name, value in values.items()}

    def _one_inward(self, kind: str, value: Any) -> object:
        if kind == "thing":
            return self._things[value]
        if kind == "database":
            return Handed(**value)
        return value


class _Output:
    """Gathers what the kernel's session would send, for the time of one question.

    Args:
        session: the session.
    """

    def __init__(self, session: Any) -> None:
        self._session = session
        self._taken: Output = []
        self._size = 0

    def __enter__(self) -> _Output:
        self._flush()
        self._usual = self._session.emit
        self._session.emit = self._take
        return self

    def __exit__(self, *_: object) -> None:
        self._flush()
        self._session.emit = self._usual

    def taken(self) -> Output:
        """Return what came, as the judge takes it."""
        return self._taken

    def _flush(self) -> None:
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except Exception:  # noqa: BLE001, S112 - the learner's code may have put anything there
                continue

    def _take(self, data: bytes) -> None:
        self._size += len(data)
        if self._size > _MOST_OUTPUT:
            return
        message = json.loads(data)
        content = message["content"]
        if message["type"] == "stream":
            self._taken.append(["text", content["text"]])
        elif message["type"] == "display_data":
            try:
                self._taken.append(["display", copy_plain([content["data"], content.get("metadata") or {}])])
            except StudentWorkError:  # too much of it
                return
