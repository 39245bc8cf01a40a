"""The path as CSV tables (RFC 4180's quoting, UTF-8, a header line): things by their ids, and who belongs to whom."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from curriculum.model import Path

Cell = str | int | float
Row = tuple[Cell, ...]

COLUMNS: dict[str, tuple[str, ...]] = {
    "modules": ("position", "id", "title", "summary", "minutes", "points", "uuid"),
    "outcomes": ("module", "position", "outcome"),
    "module_phrases": ("module", "phrase"),
    "skills": ("position", "id", "module", "name", "definition", "level", "uuid"),
    "prerequisites": ("skill", "needs"),
    "phrases": ("skill", "phrase"),
    "links": ("skill", "vocabulary", "code"),
    "lessons": ("position", "id", "module", "title", "minutes", "status", "uuid"),
    "exercises": ("position", "id", "module", "title", "kind", "minutes", "points", "status", "uuid"),
    "teaches": ("lesson", "skill"),
    "assesses": ("exercise", "skill"),
    "coverage": ("position", "id", "text", "fact", "uuid"),
    "coverage_modules": ("coverage", "module"),
    "coverage_lessons": ("coverage", "lesson"),
    "coverage_exercises": ("coverage", "exercise"),
}
"""The tables and their columns."""


def tables(path: Path) -> dict[str, bytes]:
    """Return the files: `modules.csv`, `skills.csv`, … in the order of `COLUMNS`."""
    return {f"{name}.csv": _written(COLUMNS[name], rows) for name, rows in _rows(path).items()}


def _written(header: tuple[str, ...], rows: Iterable[Row]) -> bytes:
    text = io.StringIO()
    # one newline character: with two, cut, sort and awk would see the first in every last column
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode()


def _rows(path: Path) -> dict[str, Iterator[Row]]:
    modules = list(path.modules.values())
    lessons, exercises, skills = path.lessons.values(), path.exercises.values(), path.skills.values()
    items = path.coverage_items.values()

    def home(name: str) -> str:
        return path.module_of(name).id

    return {
        "modules": (
            (position, it.id, it.title, it.summary, it.minutes, it.points, str(it.uuid))
            for position, it in enumerate(modules, 1)
        ),
        "outcomes": ((it.id, position, text) for it in modules for position, text in enumerate(it.outcomes, 1)),
        "module_phrases": ((it.id, phrase) for it in modules for phrase in it.phrases),
        "skills": (
            (position, it.id, home(it.id), it.name, it.definition, it.level, str(it.uuid))
            for position, it in enumerate(skills, 1)
        ),
        "prerequisites": ((it.id, name) for it in skills for name in it.prerequisites),
        "phrases": ((it.id, phrase) for it in skills for phrase in it.phrases),
        "links": (
            (it.id, vocabulary, code)
            for it in skills
            for vocabulary, codes in (("onet", it.links.onet), ("esco", it.links.esco), ("sfia", it.links.sfia))
            for code in codes
        ),
        "lessons": (
            (position, it.id, home(it.id), it.title, it.minutes, it.status, str(it.uuid))
            for position, it in enumerate(lessons, 1)
        ),
        "exercises": (
            (position, it.id, home(it.id), it.title, it.kind, it.minutes, it.points, it.status, str(it.uuid))
            for position, it in enumerate(exercises, 1)
        ),
        "teaches": ((it.id, name) for it in lessons for name in it.skills),
        "assesses": ((it.id, name) for it in exercises for name in it.skills),
        "coverage": (
            (position, it.id, it.text, str(it.fact).lower(), str(it.uuid)) for position, it in enumerate(items, 1)
        ),
        "coverage_modules": ((it.id, name) for it in items for name in it.modules),
        "coverage_lessons": ((name, it.id) for it in lessons for name in it.coverage),
        "coverage_exercises": ((name, it.id) for it in exercises for name in it.coverage),
    }
