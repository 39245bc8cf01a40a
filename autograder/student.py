"""How a notebook's tests reach the learner's work: `from autograder.student import hint, student`.

Plain values go in and plain values come out; see docs/authoring.md for each form with an example. The import also makes
the notebook's asserts say what was expected and what came, and registers the cell magics of other languages.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import threading
from collections.abc import Awaitable, Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from autograder import work
from autograder.attaching import attach, databases, programs
from autograder.database import Database
from autograder.databases import Choice, SystemName
from autograder.exceptions import StudentWorkError
from autograder.hints import hint
from autograder.httpclient import Client
from autograder.plaindata import copy_plain, type_name
from autograder.programs import Completed
from autograder.raising import Last, LearnerError, Raises
from autograder.systems import Params
from autograder.things import Thing

if TYPE_CHECKING:
    student: Student

__all__ = ["LearnerError", "Observed", "Student", "StudentWorkError", "hint", "student"]


class Function(Protocol):
    """A function of the learner's, called with copied plain data."""

    def __call__(self, *args: object, **kwargs: object) -> object:
        """Call it and return a copy of its result."""
        ...


class Observed:
    """What `student.observe` saw of one call.

    Attributes:
        result: a copy of what the function returned.
        output: what it printed.
        args: its positional arguments after the call: shows whether it changed them.
        kwargs: its named arguments after the call.
    """

    def __init__(self, result: object, output: str, args: tuple[object, ...], kwargs: dict[str, object]) -> None:
        self.result = result
        self.output = output
        self.args = args
        self.kwargs = kwargs


class Student:
    """The learner's work, as tests see it."""

    def __init__(self) -> None:
        self._last = Last()

    def __getattr__(self, name: str) -> Function:
        """Return a function of the learner's by its name; it is looked up when it is called."""
        if name.startswith("__"):
            raise AttributeError(name)

        def function(*args: object, **kwargs: object) -> object:
            __tracebackhide__ = True
            return self.call(name, *args, **kwargs)

        function.__name__ = name
        return function

    def __getitem__(self, name: str) -> object:
        """Return a copy of the learner's variable `name`.

        Raises:
            StudentWorkError: it is not defined, or not plain data.
        """
        __tracebackhide__ = True
        return copy_plain(work.find(name), f"`{name}`")

    def __contains__(self, name: str) -> bool:
        """Whether the learner defined `name`."""
        return name in work.namespace()

    def call(self, function: str, /, *args: object, **kwargs: object) -> object:
        """Call a function of the learner's; for a name that `student` itself has, such as `run`.

        Raises:
            StudentWorkError: it is not defined, can't be called, or returned what is not plain data.
        """
        __tracebackhide__ = True
        text = work.call_text(function, args, kwargs)
        result = copy_plain(work.call(work.find(function), function, args, kwargs), f"the result of `{text}`")
        self._last.returned(text, result)
        return result

    def make(self, function: str, /, *args: object, **kwargs: object) -> Thing:
        """Call a class or function of the learner's and return a handle of the object that it gives."""
        __tracebackhide__ = True
        made = work.call(work.find(function), function, args, kwargs)
        self._last.returned(work.call_text(function, args, kwargs), None)
        return Thing(made, function, self._last)

    def observe(self, function: str, /, *args: object, **kwargs: object) -> Observed:
        """Call a function and see what it returned, what it printed, and what became of its arguments."""
        __tracebackhide__ = True
        text = work.call_text(function, args, kwargs)
        given, named = work.inward_arguments(function, args, kwargs)
        found = work.find(function)
        printed = io.StringIO()

        def printing(*args: object, **kwargs: object) -> object:
            __tracebackhide__ = True
            with contextlib.redirect_stdout(printed):
                return found(*args, **kwargs)  # type: ignore[operator]

        result = work.invoke(printing if callable(found) else found, function, given, named)
        copied = copy_plain(result, f"the result of `{text}`")
        self._last.returned(text, copied)
        after = {key: _after(value) for key, value in named.items()}
        return Observed(copied, printed.getvalue(), tuple(_after(value) for value in given), after)

    def take(self, count: int, function: str, /, *args: object, **kwargs: object) -> list[object]:
        """Call a generator function, or one that returns an iterator, and return its first `count` values."""
        __tracebackhide__ = True
        text = work.call_text(function, args, kwargs)
        result = work.call(work.find(function), function, args, kwargs)
        if not isinstance(result, Iterator):
            raise StudentWorkError(
                f"`{text}` returned {type_name(result)}; an iterator is wanted, such as a generator."
            )
        values = copy_plain(work.run(lambda: list(islice(result, count))), f"what `{text}` yields")
        self._last.returned(text, values)
        return list(values)  # type: ignore[call-overload, no-any-return]

    def awaited(self, function: str, /, *args: object, **kwargs: object) -> object:
        """Call a coroutine function (`async def`) of the learner's, await it, and return a copy of its result."""
        __tracebackhide__ = True
        text = work.call_text(function, args, kwargs)
        waiting = work.call(work.find(function), function, args, kwargs)
        if not isinstance(waiting, Awaitable):
            raise StudentWorkError(f"`{text}` returned {type_name(waiting)}; write the function with `async def`.")
        result = copy_plain(work.run(lambda: _awaited(waiting)), f"the result of `{text}`")
        self._last.returned(text, result)
        return result

    def raises(self, expected: type[BaseException] | str, message: str = "", *, match: str = "") -> Raises:
        """Expect the learner's code to raise: `with student.raises(ValueError): student.parse("x")`.

        Args:
            expected: a class, or the name of one that the learner wrote; one of its subclasses will do.
            message: shown on failure, as an assert's message is: `hint("bad-input")`.
            match: a regular expression that must be found in the exception's text.

        Returns:
            A context manager whose value has `name`, `message`, `attributes` and `value` after the block.
        """
        return Raises(expected, message, match, self._last)

    def client(self, name: str, *args: object, **kwargs: object) -> Client:
        """Return an HTTP client for a web application of the learner's.

        Args:
            name: an application object, or a function that makes one.
            args: what that function is called with, copied.
            kwargs: its named arguments, copied.

        Raises:
            StudentWorkError: it is not defined, or neither an application nor a function that makes one.
        """
        __tracebackhide__ = True
        from autograder.applications import connect

        return Client(*connect(name, args, kwargs))

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
        """Run a program of the learner's, from a cell that begins with `%%php main.php`, in an empty folder.

        Args:
            name: the program's name.
            stdin: what it reads from standard input.
            args: its arguments, as text.
            env: environment variables.
            files: files in its folder, by name.
            timeout: wall time that it may take, in seconds.

        Returns:
            What it wrote, its exit status, and the files that it left.

        Raises:
            StudentWorkError: there is no such program, or it was stopped because it took too long or wrote too much.
            MissingToolchainError: its language isn't installed.
        """
        __tracebackhide__ = True
        return programs().run(name, stdin, [str(word) for word in args], env, files, timeout)

    def serve(
        self, name: str, *, args: Iterable[object] = (), env: Mapping[str, str] | None = None, timeout: float = 15
    ) -> Client:
        """Start a program of the learner's that answers HTTP requests, and return a client of it.

        The program gets its port in the environment variable `PORT`; a PHP program is run by PHP's own server. It is
        stopped when the client is closed, at the latest when the cell ends.

        Args:
            name: the program's name.
            args: its arguments, as text.
            env: further environment variables.
            timeout: wall time until it must answer, in seconds.

        Raises:
            StudentWorkError: there is no such program, or it doesn't answer.
            MissingToolchainError: its language isn't installed.
        """
        __tracebackhide__ = True
        from autograder.services import serve

        return serve(programs(), name, [str(word) for word in args], env or {}, timeout)

    def use_database(self, seed: str = "", *, system: SystemName = "sqlite", fallback: bool = True) -> None:
        """Say what the notebook's databases are made of; for its setup cell.

        Args:
            seed: a file of SQL beside the notebook that fills each database. On MariaDB `shop.mariadb.sql` is preferred
                to `shop.sql`, on SQLite `shop.sqlite.sql`.
            system: `sqlite` or `mariadb`.
            fallback: SQLite will do where MariaDB is missing.
        """
        databases().choice = Choice(seed, system, fallback)

    def database(
        self, seed: str | None = None, *, system: SystemName | None = None, fallback: bool | None = None
    ) -> Database:
        """Make a fresh, seeded, throw-away database; what is not given is as `use_database` said.

        Raises:
            MissingToolchainError: its system is not here, and SQLite will not do.
            SQLError: the seed is wrong.
        """
        __tracebackhide__ = True
        usual = databases().choice
        choice = Choice(
            usual.seed if seed is None else seed,
            usual.system if system is None else system,
            usual.fallback if fallback is None else fallback,
        )
        return databases().create(choice)

    def query(self, sql: str, params: Params = ()) -> list[dict[str, object]]:
        """Run one statement on a database that is fresh for each cell, and return its rows as dictionaries.

        Raises:
            SQLError: the database refuses it.
        """
        __tracebackhide__ = True
        return databases().of_cell().query(sql, params)

    def sql(self, name: str) -> str:
        """Return the SQL that the learner wrote in the cell `%%sql name`.

        Raises:
            StudentWorkError: there is no such cell, or nothing in it.
        """
        __tracebackhide__ = True
        return databases().sql(name)


def _after(argument: object) -> object:
    """Return what became of an argument; None for a live object, such as a connection."""
    try:
        return copy_plain(argument)
    except StudentWorkError:
        return None


def _awaited(waiting: Awaitable[object]) -> object:
    """Await something in a thread of its own: the kernel's thread runs an event loop already."""
    outcome: list[object] = []
    failure: list[BaseException] = []

    async def wait() -> object:
        return await waiting

    def target() -> None:
        try:
            outcome.append(asyncio.run(wait()))
        except BaseException as error:  # noqa: BLE001 - raised again in the caller's thread
            failure.append(error)

    thread = threading.Thread(target=target, name="awaited")
    thread.start()
    thread.join()
    if failure:
        raise failure[0]
    return outcome[0]


_present = [Student()]


def provide(other: Student) -> None:
    """Have notebooks of this process find another `student`: one whose learner is elsewhere."""
    _present[0] = other


def __getattr__(name: str) -> object:
    """Give `student` to whoever imports it, and make their notebook ready for it.

    A grader that starts notebooks from a warm process has imported this module long before the notebook's shell is
    there, so making ready happens each time that a notebook imports the name, not when the module is first imported.
    """
    if name == "student":
        attach()
        return _present[0]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
