"""Throw-away databases of tests: `shop = student.database()`, then `shop.query("SELECT …")`."""

from __future__ import annotations

import weakref
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any, Final

from autograder.closing import close_with_cell
from autograder.exceptions import ExpectationError, SQLError
from autograder.plans import Plan
from autograder.systems import Params, Result, System

_SHOWN: Final = 400
_KINDS: Final = ("unique", "foreign key", "not null", "check", "type", "locked", "other")


class Database:
    """A connection to a throw-away database; each statement is committed by itself until `begin`.

    Given to a function of the learner's as an argument, it stands for a new connection of the driver's own kind.

    Attributes:
        system: `sqlite` or `mariadb`.
        title: the system and its version, such as "SQLite 3.40.1".
        url: its address for SQLAlchemy.
    """

    def __init__(self, system: System, place: str) -> None:
        self._system = system
        self._place = place
        self._connection: Any = system.open(place)
        self.system = system.name
        self.title = system.title
        self.url = system.url(place)
        self._end = weakref.finalize(self, system.end, self._connection)
        _open.add(self)

    @property
    def engine(self) -> System:
        """The system that it is a database of."""
        return self._system

    @property
    def place(self) -> str:
        """Where it is, as its system names it."""
        return self._place

    def move(self, place: str) -> None:
        """Move a SQLite database to another file, with all connections to it.

        Raises:
            RuntimeError: a transaction is open on one of them.
        """
        moving = [one for one in _open if one._place == self._place and one._end.alive]
        if any(one._connection.in_transaction for one in moving):
            raise RuntimeError(
                f"A transaction is open on {self!r}, which therefore can't be given to the learner's code yet. "
                "Give it before `begin()`, or after `commit()`."
            )
        target = self._system.open(place)
        self._connection.backup(target)
        target.close()
        for one in moving:
            one._end()
            one._place, one._connection, one.url = place, self._system.open(place), self._system.url(place)
            one._end = weakref.finalize(one, self._system.end, one._connection)

    def __live__(self) -> object:
        connection = self.driver_connection()
        close_with_cell(_Given(self._system, connection))
        return connection

    def __repr__(self) -> str:
        return f"<a database on {self.title}>"

    def query(self, sql: str, params: Params = ()) -> list[dict[str, object]]:
        """Run one statement and return its rows as dictionaries.

        Args:
            sql: the statement, with `?` or `:name` for values.
            params: the values.

        Raises:
            SQLError: the database refuses it.
        """
        __tracebackhide__ = True
        result = self._execute(sql, params)
        return [dict(zip(result.columns, row, strict=True)) for row in result.rows]

    def rows(self, sql: str, params: Params = ()) -> list[tuple[object, ...]]:
        """Run one statement and return its rows as tuples; arguments and errors as for `query`."""
        __tracebackhide__ = True
        return self._execute(sql, params).rows

    def columns(self, sql: str, params: Params = ()) -> list[str]:
        """Run one statement and return the names of its columns; arguments and errors as for `query`."""
        __tracebackhide__ = True
        return list(self._execute(sql, params).columns)

    def execute(self, sql: str, params: Params = ()) -> int:
        """Run one statement and return how many rows it changed; arguments and errors as for `query`."""
        __tracebackhide__ = True
        return self._execute(sql, params).changed

    def script(self, sql: str) -> list[dict[str, object]]:
        """Run several statements and return the last rows that one of them gave.

        Raises:
            SQLError: the database refuses one of them.
        """
        __tracebackhide__ = True
        result = self.run_script(sql)
        return [dict(zip(result.columns, row, strict=True)) for row in result.rows]

    def run_script(self, sql: str) -> Result:
        """Run several statements and return the last result that had rows; errors as for `script`."""
        __tracebackhide__ = True
        try:
            return self._system.script(self._connection, sql)
        except self._system.errors as error:
            raise self._refused(error, sql) from None

    def plan(self, sql: str, params: Params = ()) -> Plan:
        """Return how the database would run a query; arguments and errors as for `query`."""
        __tracebackhide__ = True
        try:
            return self._system.plan(self._connection, sql.strip().rstrip(";"), params)
        except self._system.errors as error:
            raise self._refused(error, sql) from None

    def refuses(self, kind: str = "", message: str = "") -> Refuses:
        """Expect the database to refuse a statement: `with shop.refuses("unique"): shop.execute("INSERT …")`.

        Args:
            kind: what the statement must break: `unique` (also a primary key), `foreign key`, `not null`, `check`,
                `type`, `locked` (another connection holds it), `other`; by default, anything.
            message: shown on failure, as an assert's message is: `hint("unique")`.
        """
        if kind and kind not in _KINDS:
            raise ValueError(f"The kind {kind!r} is not one of {', '.join(_KINDS)}.")
        return Refuses(kind, message)

    def accepts(self, message: str = "") -> Accepts:
        """Expect the database to accept statements: `with shop.accepts(hint("seat")): shop.execute("INSERT …")`.

        Args:
            message: shown when it refuses one, as an assert's message is.
        """
        return Accepts(message)

    def connect(self) -> Database:
        """Return a further connection to the same database: for what two users do at the same time."""
        return Database(self._system, self._place)

    def driver_connection(self) -> Any:
        """Return a new connection of the driver's own kind, as the driver makes it by default.

        That is PyMySQL's on MariaDB and `sqlite3`'s on SQLite; where SQLite stands in for MariaDB, it has PyMySQL's
        manners.
        """
        return self._system.live(self._place)

    def begin(self) -> None:
        """Begin a transaction on this connection."""
        __tracebackhide__ = True
        self._execute("BEGIN", ())

    def commit(self) -> None:
        """Make the transaction's changes last."""
        __tracebackhide__ = True
        self._execute("COMMIT", ())

    def rollback(self) -> None:
        """Undo the transaction's changes."""
        __tracebackhide__ = True
        self._execute("ROLLBACK", ())

    def close(self) -> None:
        """Close this connection; an open transaction is undone."""
        self._end()

    def _execute(self, sql: str, params: Params) -> Result:
        __tracebackhide__ = True
        given = dict(params) if isinstance(params, Mapping) else tuple(_values(params))
        try:
            return self._system.execute(self._connection, sql, given)
        except self._system.errors as error:
            raise self._refused(error, sql) from None

    def _refused(self, error: Exception, sql: str) -> SQLError:
        kind, reason = self._system.refusal(error)
        shown = sql.strip() if len(sql.strip()) <= _SHOWN else f"{sql.strip()[:_SHOWN]} …"
        return SQLError(f"{self.title} refused the statement: {reason}\n{shown}", kind, reason)


_open: weakref.WeakSet[Database] = weakref.WeakSet()


class _Given:
    """A connection that the learner's code was given; closed with its cell, if that code did not."""

    def __init__(self, system: System, connection: object) -> None:
        self._system = system
        self._connection = connection

    def close(self) -> None:
        self._system.end(self._connection)


class Refuses:
    """Expects an `SQLError`; see `Database.refuses`."""

    def __init__(self, kind: str, message: str) -> None:
        self._kind = kind
        self._message = message

    def __enter__(self) -> Refuses:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> bool:
        __tracebackhide__ = True
        rule = f"{self._kind} rule" if self._kind and self._kind not in ("locked", "other") else "database"
        if value is None:
            raise self._failure(f"Expected the {rule} to refuse this, but it was accepted.")
        if not isinstance(value, SQLError):
            return False
        if self._kind and value.kind != self._kind:
            raise self._failure(f"Expected the {rule} to refuse this, but the reason was another: {value.reason}")
        return True

    def _failure(self, said: str) -> ExpectationError:
        return _expectation(said, self._message)


class Accepts:
    """Expects no `SQLError`; see `Database.accepts`."""

    def __init__(self, message: str) -> None:
        self._message = message

    def __enter__(self) -> Accepts:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        __tracebackhide__ = True
        if isinstance(value, SQLError):
            said = f"Expected the database to accept this, but it was refused: {value.reason}"
            raise _expectation(said, self._message) from None


def _expectation(said: str, message: str) -> ExpectationError:
    return ExpectationError(f"{said}\n{message}" if message else said)


def _values(params: Sequence[object]) -> Sequence[object]:
    if isinstance(params, str | bytes):
        raise TypeError("Give the values as a tuple or list: (value,).")
    return params
