"""SQLite behind the manners of a MySQL driver, for an exercise on MariaDB where there is none.

The learner's code writes `%s`, `with connection.cursor() as cursor` and `connection.begin()` as PyMySQL has them. The
SQL itself is still SQLite's, but for `SELECT … FOR UPDATE`: SQLite has no locks of rows, so a transaction that asks for
one holds the whole database, as one that `begin` opens does.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Self

from autograder.placeholders import from_format

_FOR_UPDATE: Final = re.compile(r"\s+FOR\s+UPDATE\s*;?\s*\Z", re.IGNORECASE)


class MySQLStyleCursor(sqlite3.Cursor):
    """A cursor that takes `%s`, counts rows as PyMySQL does, and is closed at the end of its block."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def execute(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] | None = None) -> int:  # type: ignore[override]
        """Run a statement; return how many rows it changed."""
        if _FOR_UPDATE.search(sql):
            sql = _FOR_UPDATE.sub("", sql)
            if not self.connection.in_transaction:
                super().execute("BEGIN IMMEDIATE")
        if parameters is None:
            super().execute(sql)
        else:
            super().execute(from_format(sql), parameters)
        return max(0, self.rowcount)

    def executemany(self, sql: str, parameters: Iterable[Any]) -> int:  # type: ignore[override]
        """Run a statement for each set of values; return how many rows it changed."""
        super().executemany(from_format(sql), parameters)
        return max(0, self.rowcount)


class MySQLStyleConnection(sqlite3.Connection):
    """A connection that gives such cursors, and is closed at the end of its block."""

    def cursor(self, factory: type[sqlite3.Cursor] | None = None) -> MySQLStyleCursor:  # type: ignore[override]
        """Return a cursor."""
        made = super().cursor(factory or MySQLStyleCursor)
        assert isinstance(made, MySQLStyleCursor)
        return made

    def begin(self) -> None:
        """Begin a transaction, which waits until no other one writes; one that is open is committed first."""
        self.commit()
        super().execute("BEGIN IMMEDIATE")

    def __exit__(self, *_: object) -> None:  # type: ignore[override]
        self.close()
