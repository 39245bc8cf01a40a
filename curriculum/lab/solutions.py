"""The model solution of an exercise, answer by answer, and what speaks for it."""

from __future__ import annotations

from pathlib import Path

import msgspec

from curriculum.build import read_answers
from curriculum.build.exercise import ExerciseSource
from curriculum.build.notebook import unmarked
from curriculum.lab.guide import Guide


class OtherAnswer(msgspec.Struct, frozen=True):
    """Another answer that earns all points.

    Attributes:
        note: how it differs.
        text: its text.
    """

    note: str
    text: str


class Solution(msgspec.Struct, frozen=True):
    """The model solution of one answer.

    Attributes:
        id: the answer's `grade_id`.
        title: which tasks it answers.
        language: what it is written in: `python`, `php`, `markdown`, …
        text: the model solution, with its comments.
        avoids: misconceptions that wrong answers to it come from.
        others: other answers that earn all points.
    """

    id: str
    title: str
    language: str
    text: str
    avoids: tuple[str, ...]
    others: tuple[OtherAnswer, ...]


def solutions_of(exercise: ExerciseSource, guide: Guide) -> tuple[Solution, ...]:
    """Return an exercise's model solution."""
    wrong = _answers(exercise, "wrong")
    accepted = _answers(exercise, "accepted")
    cells = {cell.grade_id: cell for cell in exercise.cells}
    found = []
    for answer in guide.answers:
        cell = cells[answer.id]
        others = tuple(OtherAnswer(note, texts[answer.id]) for note, texts in accepted if answer.id in texts)
        avoids = tuple(dict.fromkeys(said for said, texts in wrong if said and list(texts) == [answer.id]))
        language = _language(cell.source) if cell.cell_type == "code" else "markdown"
        found.append(Solution(answer.id, answer.title, language, unmarked(cell.source), avoids, others))
    return tuple(found)


def _answers(exercise: ExerciseSource, kind: str) -> list[tuple[str, dict[str, str]]]:
    files: list[Path] = sorted((exercise.path.parent / kind).glob("*.py"))
    read = (read_answers(file, exercise) for file in files)
    return [(header.misconception or header.note, texts) for header, texts in read]


def _language(source: str) -> str:
    first = source.partition("\n")[0]
    return first[2:].split()[0] if first.startswith("%%") and len(first) > 2 else "python"
