"""The form of the file that holds a learner's memory, and how a file of an older form is brought up to date.

`PRAGMA user_version` is the number of migrations that a file has seen. Each is a list of statements; all that are
missing run in one transaction, so a file is either as it was or up to date.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from curriculum.exceptions import ProgressError

APPLICATION_ID = 0x42504154
"""Tells our files from other SQLite databases: `BPAT`."""

Migration = Sequence[str]

MIGRATIONS: tuple[Migration, ...] = (
    (
        # STRICT, so that no value of another type gets in; times are ISO 8601 in UTC of one width, so they sort as text
        """
        CREATE TABLE event (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            at TEXT NOT NULL,
            kind TEXT NOT NULL,
            about TEXT NOT NULL,
            data TEXT NOT NULL CHECK (json_valid(data))
        ) STRICT
        """,
        "CREATE TRIGGER event_stays BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'events never change'); END",
        "CREATE TRIGGER event_is_kept BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'events are kept'); END",
    ),
)


def bring_up_to_date(connection: sqlite3.Connection, file: Path, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Make the tables in an empty file, or bring an older file to the present form.

    Args:
        connection: an open file, in autocommit mode.
        file: its name, for messages.
        migrations: all steps from an empty file to the present form.

    Raises:
        ProgressError: the file was written by a newer version, or is another program's.
        sqlite3.Error: the file can't be read or written.
    """
    if _version(connection) == len(migrations) and _application(connection) == APPLICATION_ID:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = _version(connection)  # again, since another process may have been at it until now
        _refuse(connection, file, version, len(migrations))
        for migration in migrations[version:]:
            for statement in migration:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(migrations)}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _refuse(connection: sqlite3.Connection, file: Path, version: int, newest: int) -> None:
    """Refuse a file that is not ours, or newer than this program."""
    owner = _application(connection)
    tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if owner != APPLICATION_ID and (owner or version or tables):
        raise ProgressError(f"{file} is a database of another program. Move it away, and run the command again.")
    if version > newest:
        raise ProgressError(
            f"{file} was written by a newer backend-path (form {version}; this one knows {newest}). "
            "Nothing was changed. Update it: pip install --upgrade backend-path."
        )


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _application(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA application_id").fetchone()[0])
