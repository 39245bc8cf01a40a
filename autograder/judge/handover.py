"""A test's database in the hands of the learner's code.

The databases of tests are the judge's own, out of the learner's reach. One that a test gives to the learner's code is
handed over: a SQLite file moves to the folder that both sides share; on MariaDB, the learner's process gets a user who
may do anything in that one database, and nothing elsewhere.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

from autograder.closing import close_with_cell
from autograder.database import Database
from autograder.systems import MariaDB, SQLite


def handed_over(database: Database, between: Path) -> dict[str, object]:
    """Give the learner's process access to a database.

    Args:
        database: the database.
        between: the folder that both sides share.

    Returns:
        What `Handed` needs on the other side, as plain data.

    Raises:
        RuntimeError: a transaction is open on it.
    """
    system = database.engine
    if isinstance(system, SQLite):
        if Path(database.place).parent != between:
            database.move(str(between / f"{secrets.token_hex(8)}.db"))
        return {"system": "sqlite", "place": database.place, "mysql_style": system.mysql_style, "access": {}}
    assert isinstance(system, MariaDB)
    return {
        "system": "mariadb",
        "place": database.place,
        "mysql_style": False,
        "access": dict(system.access_to(database.place)),
    }


class Handed:
    """A database that was handed over, on the learner's side; `student` takes it for a new connection to it.

    Args:
        system: `sqlite` or `mariadb`.
        place: the file, or the name of the database.
        mysql_style: whether SQLite's connection has the manners of PyMySQL.
        access: what PyMySQL needs to connect.
    """

    def __init__(self, system: str, place: str, mysql_style: bool, access: dict[str, Any]) -> None:
        self._system = system
        self._place = place
        self._mysql_style = mysql_style
        self._access = access

    def __live__(self) -> object:
        connection = self._connection()
        close_with_cell(_Given(connection))
        return connection

    def __repr__(self) -> str:
        return f"<a database on {self._system}>"

    def _connection(self) -> Any:
        if self._system == "sqlite":
            from autograder.systems import live_sqlite

            return live_sqlite(self._place, mysql_style=self._mysql_style)
        import pymysql

        return pymysql.connect(**self._access, database=self._place)


class _Given:
    """A connection that the learner's code was given; closed with its cell, if that code did not."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def close(self) -> None:
        if getattr(self._connection, "open", True):  # PyMySQL's can't be closed twice
            self._connection.close()
