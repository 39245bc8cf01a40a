"""Cells of a lesson or an exercise as the rules see them, with their lines in the file."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from curriculum.authoring.finding import Finding
from curriculum.authoring.places import first_line
from curriculum.build import ExerciseSource, LessonSource


class PageCell(msgspec.Struct, frozen=True):
    """A cell and where it stands.

    Attributes:
        kind: `markdown`, `code` or `raw`.
        text: what is in it.
        line: the line of the file on which its text begins, counted from 1.
        question: the id of the retrieval question that it asks; empty for other cells.
    """

    kind: str
    text: str
    line: int
    question: str = ""

    def lines(self) -> Iterator[tuple[int, str]]:
        """Yield its lines with their numbers in the file."""
        yield from enumerate(self.text.split("\n"), start=self.line)


class Page(msgspec.Struct, frozen=True):
    """A lesson or an exercise, as its cells.

    Attributes:
        source: what it was read from.
        cells: its cells, in order.
    """

    source: LessonSource | ExerciseSource
    cells: tuple[PageCell, ...]

    def finding(self, line: int, rule: str, problem: str, remedy: str) -> Finding:
        """Return a finding in this page's file."""
        return Finding(self.source.path, line, rule, problem, remedy)


def lesson_page(lesson: LessonSource) -> Page:
    """Return a lesson's cells; their lines are found by their text, since the reader keeps none."""
    lines = [line.rstrip() for line in lesson.path.read_text(encoding="utf-8").splitlines()]
    cells = []
    at = 0
    for cell in lesson.notebook.cells:
        wanted = [line.rstrip() for line in cell.source.split("\n")]
        place = _find(lines, wanted, at)
        cells.append(PageCell(cell.cell_type, cell.source, place + 1, str(cell.metadata.get("question", ""))))
        at = place + len(wanted)
    return Page(lesson, tuple(cells))


def exercise_page(exercise: ExerciseSource) -> Page:
    """Return an exercise's cells."""
    cells = (PageCell(cell.cell_type, cell.source, first_line(cell)) for cell in exercise.cells)
    return Page(exercise, tuple(cells))


def _find(lines: list[str], wanted: list[str], start: int) -> int:
    """Return the index at which the lines `wanted` stand, at or after `start`; `start` when they can't be found."""
    for index in range(start, len(lines)):
        if lines[index : index + len(wanted)] == wanted:
            return index
    return min(start, len(lines) - 1)
