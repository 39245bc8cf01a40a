"""The CSV tables fit together: a database takes them with every reference checked, and no text is damaged."""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.exports import export
from curriculum.exports.tables import COLUMNS

REFERENCES = {
    "module": "modules",
    "skill": "skills",
    "needs": "skills",
    "lesson": "lessons",
    "exercise": "exercises",
    "coverage": "coverage",
}


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline=""), strict=True))


@contextmanager
def database(files: dict[str, bytes]) -> Iterator[sqlite3.Connection]:
    """Put the tables into SQLite, which refuses a double id and a reference to nothing."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        for name, columns in COLUMNS.items():
            connection.execute(f"CREATE TABLE {name} ({', '.join(map(declared, columns))})")
        for name, columns in COLUMNS.items():
            connection.executemany(
                f"INSERT INTO {name} VALUES ({', '.join('?' * len(columns))})",
                [[row[column] for column in columns] for row in rows(files[f"{name}.csv"])],
            )
        connection.commit()
        yield connection


def declared(column: str) -> str:
    kind = " PRIMARY KEY" if column == "id" else " UNIQUE" if column == "uuid" else ""
    table = REFERENCES.get(column)
    return f'"{column}" TEXT NOT NULL{kind}' + (
        f" REFERENCES {table}(id) DEFERRABLE INITIALLY DEFERRED" if table else ""
    )


def test_a_database_takes_the_tables_of_the_whole_path(own):
    with database(export(own, "csv")) as filled:

        def number(query: str) -> int:
            return filled.execute(query).fetchone()[0]

        assert number("SELECT count(*) FROM modules") == len(own.modules)
        assert number("SELECT count(*) FROM skills") == len(own.skills)
        wanted = sum(len(skill.prerequisites) for skill in own.skills.values())
        assert number("SELECT count(*) FROM prerequisites") == wanted
        assert number("SELECT count(*) FROM assesses") == sum(len(one.skills) for one in own.exercises.values())
        minutes = "SELECT minutes FROM lessons UNION ALL SELECT minutes FROM exercises"
        assert number(f"SELECT sum(minutes) FROM ({minutes})") == sum(module.minutes for module in own.modules.values())


@given(data=st.data())
@settings(max_examples=15, deadline=None)
def test_no_text_is_damaged(data, curricula):
    path = data.draw(curricula)
    files = export(path, "csv")
    with database(files):  # it refuses a double id
        pass
    assert [row["title"] for row in rows(files["modules.csv"])] == [it.title for it in path.modules.values()]
    assert [row["phrase"] for row in rows(files["phrases.csv"])] == [
        phrase for skill in path.skills.values() for phrase in skill.phrases
    ]
    assert [float(row["points"]) for row in rows(files["exercises.csv"])] == [
        it.points for it in path.exercises.values()
    ]
