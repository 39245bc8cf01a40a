"""Database systems on which throw-away databases are made: SQLite, and MariaDB where there is one."""

from __future__ import annotations

import datetime
import hashlib
import os
import secrets
import shutil
import sqlite3
import tempfile
import weakref
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

from autograder import mariadb
from autograder.mysqlstyle import MySQLStyleConnection
from autograder.placeholders import to_format
from autograder.plans import Plan, mariadb_plan, sqlite_plan

if TYPE_CHECKING:
    import pymysql

Params = Sequence[object] | Mapping[str, object]

_LOCK_SECONDS: Final = 1.0
_SQLITE_KINDS: Final = {
    "SQLITE_CONSTRAINT_UNIQUE": "unique",
    "SQLITE_CONSTRAINT_PRIMARYKEY": "unique",
    "SQLITE_CONSTRAINT_ROWID": "unique",
    "SQLITE_CONSTRAINT_FOREIGNKEY": "foreign key",
    "SQLITE_CONSTRAINT_NOTNULL": "not null",
    "SQLITE_CONSTRAINT_CHECK": "check",
    "SQLITE_BUSY": "locked",
    "SQLITE_LOCKED": "locked",
}
_SQLITE_DATATYPE: Final = 3091  # SQLITE_CONSTRAINT_DATATYPE, whose name Python 3.11 does not know
_MARIADB_KINDS: Final = {
    **dict.fromkeys((1062, 1169), "unique"),
    **dict.fromkeys((1216, 1217, 1451, 1452), "foreign key"),
    **dict.fromkeys((1048, 1364), "not null"),
    **dict.fromkeys((3819, 4025), "check"),
    **dict.fromkeys((1264, 1265, 1292, 1366, 1406), "type"),
    **dict.fromkeys((1205, 1213), "locked"),
}


class Result(NamedTuple):
    """What a statement gave.

    Attributes:
        columns: the names of its columns; empty for a statement that gives no rows.
        rows: its rows.
        changed: how many rows it changed.
    """

    columns: tuple[str, ...]
    rows: list[tuple[object, ...]]
    changed: int


class Refusal(NamedTuple):
    """Why a statement was refused: one of the kinds of `SQLError`, and the database's own words."""

    kind: str
    reason: str


class System(Protocol):
    """A database system. A connection is the driver's own; one that `open` gives commits each statement by itself."""

    name: str
    title: str
    errors: tuple[type[Exception], ...]

    def create(self, seed: str) -> str:
        """Make a database, run the seed's statements in it, and return where it is."""
        ...

    def open(self, place: str) -> Any:
        """Return a connection for tests."""
        ...

    def live(self, place: str) -> Any:
        """Return a connection for the learner's code, as the driver makes it by default."""
        ...

    def end(self, connection: Any) -> None:
        """Close a connection; does nothing the second time."""
        ...

    def url(self, place: str) -> str:
        """Return SQLAlchemy's address of a database."""
        ...

    def execute(self, connection: Any, sql: str, params: Params) -> Result:
        """Run one statement."""
        ...

    def script(self, connection: Any, sql: str) -> Result:
        """Run several statements and return the last rows that one of them gave; if none did, the last result."""
        ...

    def plan(self, connection: Any, sql: str, params: Params) -> Plan:
        """Return how a query would be run."""
        ...

    def refusal(self, error: Exception) -> Refusal:
        """Say why the driver raised an error."""
        ...


def _no_other_file(action: int, name: str | None, *_: object) -> int:
    """Let SQL attach no file; VACUUM attaches one without a name, for itself."""
    return sqlite3.SQLITE_DENY if action == sqlite3.SQLITE_ATTACH and name != "" else sqlite3.SQLITE_OK


class SQLite:
    """Python's own SQLite; a database is a file.

    Args:
        mysql_style: the learner's code gets connections with the manners of PyMySQL.
    """

    name = "sqlite"
    title = f"SQLite {sqlite3.sqlite_version}"
    errors: tuple[type[Exception], ...] = (sqlite3.Error, sqlite3.Warning)

    def __init__(self, *, mysql_style: bool = False) -> None:
        self.mysql_style = mysql_style
        self._folder = Path(tempfile.mkdtemp(prefix="sqlite-", dir=os.environ.get(mariadb.PRIVATE)))
        # removed when this object goes, at exit at the latest
        weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        self._numbers = count(1)

    def create(self, seed: str) -> str:
        """Make a database; a second one from the same seed is a copy of the first's beginning."""
        seeded = self._folder / f"{hashlib.sha256(seed.encode()).hexdigest()[:16]}.seed"
        if not seeded.exists():
            connection = self.open(str(seeded))
            try:
                connection.executescript(seed)
            except BaseException:
                connection.close()
                seeded.unlink()
                raise
            connection.close()
        place = self._folder / f"{next(self._numbers)}.db"
        shutil.copyfile(seeded, place)
        return str(place)

    def open(self, place: str) -> sqlite3.Connection:
        """Return a connection for tests."""
        connection = sqlite3.connect(place, timeout=_LOCK_SECONDS, isolation_level=None, check_same_thread=False)
        connection.set_authorizer(_no_other_file)  # the learner's SQL may run here
        connection.execute("PRAGMA foreign_keys = ON")
        return connection

    def live(self, place: str) -> sqlite3.Connection:
        """Return a connection for the learner's code."""
        return live_sqlite(place, mysql_style=self.mysql_style)

    def end(self, connection: sqlite3.Connection) -> None:
        """Close a connection; does nothing the second time."""
        connection.close()

    def url(self, place: str) -> str:
        """Return SQLAlchemy's address of a database."""
        return f"sqlite:///{place}"

    def execute(self, connection: sqlite3.Connection, sql: str, params: Params) -> Result:
        """Run one statement."""
        return _result(connection.execute(sql, params))

    def script(self, connection: sqlite3.Connection, sql: str) -> Result:
        """Run several statements and return the last rows that one of them gave; if none did, the last result."""
        last = Result((), [], 0)
        for statement in _statements(sql):
            result = _result(connection.execute(statement))
            if result.columns or not last.columns:
                last = result
        return last

    def plan(self, connection: sqlite3.Connection, sql: str, params: Params) -> Plan:
        """Return how a query would be run."""
        return sqlite_plan(connection.execute(f"EXPLAIN QUERY PLAN {sql}", params).fetchall())

    def refusal(self, error: Exception) -> Refusal:
        """Say why `sqlite3` raised an error."""
        number = getattr(error, "sqlite_errorcode", 0)
        name = getattr(error, "sqlite_errorname", "")
        return Refusal("type" if number == _SQLITE_DATATYPE else _SQLITE_KINDS.get(name, "other"), str(error))


class MariaDB:
    """A server of the notebook's own; a database is one of its schemas."""

    name = "mariadb"

    def __init__(self) -> None:
        import pymysql

        self._server = mariadb.start()
        self.title = f"MariaDB {self._server.version.removeprefix('5.5.5-').partition('-')[0]}"
        self.errors: tuple[type[Exception], ...] = (pymysql.err.MySQLError,)
        self._numbers = count(1)
        self._access: dict[str, mariadb.Parameters] = {}

    def close(self) -> None:
        """Stop the server."""
        self._server.stop()

    def access_to(self, place: str) -> mariadb.Parameters:
        """Return what PyMySQL needs to connect as a user who may do anything in one database, and nothing elsewhere."""
        if place not in self._access:
            name, password = f"learner_{place}", secrets.token_hex(16)
            connection = self.open("mysql")
            try:
                self.execute(connection, f"CREATE USER {name}@localhost IDENTIFIED BY '{password}'", ())
                self.execute(connection, f"GRANT ALL ON {place}.* TO {name}@localhost", ())
            finally:
                connection.close()
            self._access[place] = {**self._server.parameters(), "user": name, "password": password}
        return self._access[place]

    def create(self, seed: str) -> str:
        """Make a database."""
        place = f"db{next(self._numbers)}"
        connection = self.open("mysql")
        try:
            self.execute(connection, f"CREATE DATABASE {place}", ())
            connection.select_db(place)
            self.script(connection, seed)
        finally:
            connection.close()
        return place

    def open(self, place: str) -> pymysql.Connection[Any]:
        """Return a connection for tests."""
        import pymysql
        from pymysql.constants import CLIENT

        return pymysql.connect(
            **self._server.parameters(), database=place, autocommit=True, client_flag=CLIENT.MULTI_STATEMENTS
        )

    def live(self, place: str) -> pymysql.Connection[Any]:
        """Return a connection for the learner's code."""
        import pymysql

        return pymysql.connect(**self._server.parameters(), database=place)

    def end(self, connection: pymysql.Connection[Any]) -> None:
        """Close a connection; does nothing the second time."""
        if connection.open:
            connection.close()

    def url(self, place: str) -> str:
        """Return SQLAlchemy's address of a database."""
        return self._server.url(place)

    def execute(self, connection: pymysql.Connection[Any], sql: str, params: Params) -> Result:
        """Run one statement."""
        with connection.cursor() as cursor:
            cursor.execute(to_format(sql), params) if params else cursor.execute(sql)
            result = _result(cursor)
            while cursor.nextset():  # what stands behind a `;` runs too, and its errors must be seen
                pass
            return result

    def script(self, connection: pymysql.Connection[Any], sql: str) -> Result:
        """Run several statements and return the last rows that one of them gave; if none did, the last result."""
        last = Result((), [], 0)
        if not sql.strip():
            return last
        with connection.cursor() as cursor:
            cursor.execute(sql)
            while True:
                result = _result(cursor)
                if result.columns or not last.columns:
                    last = result
                if not cursor.nextset():
                    return last

    def plan(self, connection: pymysql.Connection[Any], sql: str, params: Params) -> Plan:
        """Return how a query would be run."""
        columns, rows, _ = self.execute(connection, f"EXPLAIN {sql}", params)
        return mariadb_plan([dict(zip(columns, row, strict=True)) for row in rows])

    def refusal(self, error: Exception) -> Refusal:
        """Say why PyMySQL raised an error."""
        number, reason = (*error.args, "", "")[:2] if error.args else ("", "")
        return Refusal(_MARIADB_KINDS.get(number, "other"), str(reason or number))


def live_sqlite(place: str, *, mysql_style: bool = False) -> sqlite3.Connection:
    """Return a connection to a database of SQLite's, as the learner's code gets it.

    Args:
        place: the database's file.
        mysql_style: whether it has the manners of PyMySQL.
    """
    factory = MySQLStyleConnection if mysql_style else sqlite3.Connection
    connection = sqlite3.connect(place, timeout=_LOCK_SECONDS, factory=factory)
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _result(cursor: Any) -> Result:
    if cursor.description is None:
        return Result((), [], max(0, cursor.rowcount))
    columns = tuple(str(column[0]) for column in cursor.description)
    return Result(columns, [tuple(_plain(value) for value in row) for row in cursor.fetchall()], 0)


def _plain(value: object) -> object:
    """Return a value as both systems give it: SQLite has numbers and text where MariaDB has decimals and times."""
    if type(value) is Decimal:
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, datetime.datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, datetime.timedelta):
        return f"{(datetime.datetime.min + value).time()}" if value.days == 0 else str(value)
    return value


def _statements(sql: str) -> list[str]:
    """Return the statements of a script, for SQLite, which knows where one is complete."""
    statements = []
    begun = ""
    for piece in sql.split(";"):
        begun += piece
        if sqlite3.complete_statement(f"{begun};"):
            statements.append(begun)
            begun = ""
        else:
            begun += ";"
    return [statement for statement in [*statements, begun.removesuffix(";")] if statement.strip()]
