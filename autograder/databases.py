"""The databases of one notebook: which seed and system it uses, and the SQL that its `%%sql` cells hold."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from autograder import mariadb
from autograder.database import Database
from autograder.exceptions import SQLError, StudentWorkError
from autograder.systems import MariaDB, SQLite, System

SystemName = Literal["sqlite", "mariadb"]

_COMMENT: Final = re.compile(r"--[^\n]*|#[^\n]*|/\*.*?\*/", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Choice:
    """What a notebook's databases are made of.

    Attributes:
        seed: the file whose statements fill each; empty for none.
        system: the system that is wanted.
        fallback: SQLite will do where that is missing.
    """

    seed: str = ""
    system: SystemName = "sqlite"
    fallback: bool = True


class Databases:
    """The databases of one notebook.

    Args:
        folder: the notebook's folder, in which the seeds are.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._systems: dict[tuple[str, bool], System] = {}
        self._sql: dict[str, str] = {}
        self._of_cell: Database | None = None
        self.choice = Choice()

    def create(self, choice: Choice) -> Database:
        """Make a database and fill it from its seed.

        Raises:
            MissingToolchainError: its system is not here, and SQLite will not do.
            FileNotFoundError: there is no such seed.
            SQLError: the seed is wrong.
        """
        __tracebackhide__ = True
        system = self._system(choice)
        seed = self._seed(choice.seed, system.name) if choice.seed else ""
        try:
            place = system.create(seed)
        except system.errors as error:
            kind, reason = system.refusal(error)
            raise SQLError(f"{system.title} refused the seed {choice.seed}: {reason}", kind, reason) from None
        return Database(system, place)

    def of_cell(self) -> Database:
        """Return the database of the cell that runs; the same within a cell."""
        __tracebackhide__ = True
        if self._of_cell is None:
            self._of_cell = self.create(self.choice)
        return self._of_cell

    def end_cell(self) -> None:
        """Let go of the cell's database."""
        if self._of_cell is not None:
            self._of_cell.close()
            self._of_cell = None

    def keep(self, name: str, sql: str) -> None:
        """Keep the SQL of a cell under its name."""
        self._sql[name] = sql

    def sql(self, name: str) -> str:
        """Return the SQL that a cell holds.

        Raises:
            StudentWorkError: there is no such cell, or nothing in it.
        """
        __tracebackhide__ = True
        if name not in self._sql:
            have = ", ".join(f"`{known}`" for known in self._sql) or "none"
            raise StudentWorkError(
                f"There is no SQL named `{name}`: no cell that ran begins with `%%sql {name}`. There is {have}."
            )
        text = self._sql[name]
        if not _COMMENT.sub("", text).strip(" \t\r\n;"):
            raise StudentWorkError(f"The cell `%%sql {name}` holds no SQL yet. Write it there and run the cell.")
        return text

    def _system(self, choice: Choice) -> System:
        __tracebackhide__ = True
        wanted = choice.system
        missing = wanted == "mariadb" and mariadb.server_program() is None
        key = ("sqlite", True) if missing and choice.fallback else (wanted, False)
        if key not in self._systems:
            if missing and choice.fallback:
                sys.stdout.write("There is no MariaDB server here: this notebook uses SQLite.\n")
                self._systems[key] = SQLite(mysql_style=True)
            else:
                self._systems[key] = MariaDB() if wanted == "mariadb" else SQLite()
        return self._systems[key]

    def _seed(self, name: str, system: str) -> str:
        """Return a seed's text: `shop.mariadb.sql` is preferred to `shop.sql` on MariaDB."""
        path = self._folder / name
        special = path.with_suffix(f".{system}{path.suffix}")
        return (special if special.is_file() else path).read_text(encoding="utf-8")
