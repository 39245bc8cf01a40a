"""The log of events in its file: opened, appended to, read. Nothing in it is ever changed or removed.

Several processes and threads may use one file at a time: SQLite's write-ahead log lets them read while one writes, and
who wants to write waits for its turn.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import RLock

import msgspec

from curriculum.exceptions import ProgressError
from curriculum.progress.events import Event, What, kind_of
from curriculum.progress.schema import bring_up_to_date

FILE = Path(".backend-path", "progress.sqlite3")
"""Where the file is in a workspace."""

Place = tuple[int, str]
"""An event's number in the order of writing, and its id."""

BEGINNING: Place = (0, "")

PATIENCE = 10.0
"""How long to wait for another process that is writing, in seconds."""

_WHATS = msgspec.json.Decoder(list[What])


class Store:
    """An open log of events.

    Args:
        file: the file; made, with its folder, if it isn't there.

    Raises:
        ProgressError: the file can't be used.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self._lock = RLock()
        with _said_of(file):
            file.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(
                file, timeout=PATIENCE, isolation_level=None, check_same_thread=False, cached_statements=16
            )
            try:
                _prepare(self._connection, file)
            except BaseException:
                self._connection.close()
                raise

    def close(self) -> None:
        """Close the file."""
        with self._lock, _said_of(self.file):
            self._connection.close()

    def add(self, events: Iterable[Event]) -> int:
        """Add the events that aren't there yet, all or none, and return how many those were.

        When this returns they are on the disk.

        Raises:
            ProgressError: the file can't be written, or holds an event of the same id that says something else.
        """
        rows = [(event.id, _time(event.at), kind_of(event.what), event.about, _json(event.what)) for event in events]
        with self._lock, _said_of(self.file):
            connection = self._connection
            connection.execute("BEGIN IMMEDIATE")
            try:
                new = sum(self._add(row) for row in rows)
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
        return new

    def _add(self, row: tuple[str, str, str, str, str]) -> int:
        connection = self._connection
        new = connection.execute(
            "INSERT INTO event (id, at, kind, about, data) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING", row
        ).rowcount
        if not new:
            there = connection.execute("SELECT id, at, kind, about, data FROM event WHERE id = ?", row[:1]).fetchone()
            if there != row:
                raise ProgressError(
                    f"The event {row[0]} is there already and says something else ({there[2]} of {there[3]} at "
                    f"{there[1]}, not {row[2]} of {row[3]} at {row[1]}). Export again on the other machine."
                )
        return new

    def has(self, number: int, name: str) -> bool:
        """Return whether the event of an id has this number in the order of writing; 0 stands before the first."""
        with self._lock, _said_of(self.file):
            row = self._connection.execute("SELECT id FROM event WHERE seq = ?", (number,)).fetchone()
        return row == (name,) if number else True

    def events(self, after: Place = BEGINNING) -> tuple[list[Event], Place]:
        """Return events in the order in which they happened, and the place of the one that was written last.

        Args:
            after: leave out those that were written up to this place.

        Raises:
            ProgressError: the file can't be read.
        """
        with self._lock, _said_of(self.file):
            rows = self._connection.execute(
                "SELECT at, id, about, data, seq FROM event WHERE seq > ? ORDER BY seq", after[:1]
            ).fetchall()
        newest = (rows[-1][4], rows[-1][1]) if rows else after
        rows.sort()  # quicker than by the database, as they nearly are in order
        try:
            # decoded in one go, which is five times as fast as one by one
            whats = _WHATS.decode(f"[{','.join([row[3] for row in rows])}]")
        except msgspec.DecodeError as error:
            raise ProgressError(
                f"{self.file} holds an event that this version can't read: {error}. "
                "Nothing was changed. Update backend-path: pip install --upgrade backend-path."
            ) from error
        parse = datetime.fromisoformat
        events = [
            Event(id=name, at=parse(at), about=about, what=what)
            for (at, name, about, _, _), what in zip(rows, whats, strict=True)
        ]
        return events, newest


def _prepare(connection: sqlite3.Connection, file: Path) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")  # what is committed outlives a power cut
    _use_write_ahead_log(connection)
    bring_up_to_date(connection, file)


def _use_write_ahead_log(connection: sqlite3.Connection) -> None:
    """Switch the write-ahead log on; a file system without shared memory keeps SQLite's older journal, safe as well."""
    end = time.monotonic() + PATIENCE
    while connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            # SQLite doesn't wait here by itself while another process makes the same file
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
            time.sleep(0.01)
        else:
            return


@contextmanager
def _said_of(file: Path) -> Iterator[None]:
    """Turn what can be wrong with the file into one line that says what to do."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = error.sqlite_errorcode if hasattr(error, "sqlite_errorcode") else 0
        raise ProgressError(f"{file} {_remedy(code & 0xFF, str(error), file)}") from error
    except OSError as error:
        raise ProgressError(
            f"{file} can't be made: {error.strerror or error} ({error.filename}). "
            "Choose a workspace in a folder that you may write to."
        ) from error


def _remedy(code: int, reason: str, file: Path) -> str:
    if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return (
            f"is damaged ({reason}). Nothing was changed. Move it away, and with it {file.name}-wal and "
            f"{file.name}-shm, and put a copy in its place, or import one: backend-path progress import FILE."
        )
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return f"can't be written ({reason}). Make the folder {file.parent} and the files in it writable for you."
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return (
            f"is in use ({reason}): another program has kept it for {PATIENCE:g} seconds. Close that one and try again."
        )
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        return f"can't be read or written ({reason}). Look whether the disk is full."
    return f"can't be used: {reason}."


def _time(at: datetime) -> str:
    return at.isoformat(timespec="microseconds")


def _json(what: What) -> str:
    return msgspec.json.encode(what).decode()
