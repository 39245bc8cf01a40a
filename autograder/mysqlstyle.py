"""SQLite behind the manners of a MySQL driver, for an exercise on MariaDB where there is none.

The learner's code writes `%s`, `with connection.cursor() as cursor` and `connection.begin()` as PyMySQL has them. The
SQL itself is still SQLite's.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Self

from autograder.placeholders import from_format


class MySQLStyleCursor(sqlite3.Cursor):
    """A cursor that takes `%s`, counts rows as PyMySQL does, and is closed at the end of its block."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def execute(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] | None = None) -> int:  # type: ignore[override]
        """Run a statement; return how many rows it changed."""
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
        """Begin a transaction."""
        super().execute("BEGIN")

    def __exit__(self, *_: object) -> None:  # type: ignore[override]
        self.close()
