"""The CSV tables fit together: a database takes them with every reference checked, and no text is damaged."""

from __future__ import annotations

import csv
import io
import sqlite3

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


def database(files: dict[str, bytes]) -> sqlite3.Connection:
    """Put the tables into SQLite, which refuses a double id and a reference to nothing."""
    connection = sqlite3.connect(":memory:")
    connection.execute("PRAGMA foreign_keys = ON")
    for name, columns in COLUMNS.items():
        declared = [
            f'"{column}" TEXT NOT NULL'
            + (" PRIMARY KEY" if column == "id" else " UNIQUE" if column == "uuid" else "")
            + (f" REFERENCES {REFERENCES[column]}(id) DEFERRABLE INITIALLY DEFERRED" if column in REFERENCES else "")
            for column in columns
        ]
        connection.execute(f"CREATE TABLE {name} ({', '.join(declared)})")
    for name, columns in COLUMNS.items():
        connection.executemany(
            f"INSERT INTO {name} VALUES ({', '.join('?' * len(columns))})",
            [[row[column] for column in columns] for row in rows(files[f"{name}.csv"])],
        )
    connection.commit()
    return connection


def test_a_database_takes_the_tables_of_the_whole_path(own):
    filled = database(export(own, "csv"))

    def count(table: str) -> int:
        return filled.execute(f"SELECT count(*) FROM {table}").fetchone()[0]

    assert count("modules") == len(own.modules)
    assert count("skills") == len(own.skills)
    assert count("prerequisites") == sum(len(skill.prerequisites) for skill in own.skills.values())
    assert count("assesses") == sum(len(exercise.skills) for exercise in own.exercises.values())
    minutes = filled.execute(
        "SELECT sum(minutes) FROM (SELECT minutes FROM lessons UNION ALL SELECT minutes FROM exercises)"
    )
    assert minutes.fetchone()[0] == sum(module.minutes for module in own.modules.values())


@given(data=st.data())
@settings(max_examples=15, deadline=None)
def test_no_text_is_damaged(data, curricula):
    path = data.draw(curricula)
    files = export(path, "csv")
    database(files)
    assert [row["title"] for row in rows(files["modules.csv"])] == [it.title for it in path.modules.values()]
    assert [row["phrase"] for row in rows(files["phrases.csv"])] == [
        phrase for skill in path.skills.values() for phrase in skill.phrases
    ]
    assert [float(row["points"]) for row in rows(files["exercises.csv"])] == [
        it.points for it in path.exercises.values()
    ]
