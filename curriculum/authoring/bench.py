"""An exercise made ready to be graded many times: its notebooks are built once, answers put in as often as needed."""

from __future__ import annotations

import copy
from collections.abc import Collection, Mapping
from pathlib import Path

import msgspec
import yaml
from nbformat import NotebookNode

from autograder.hints import HINTS_FILE
from curriculum.build import (
    ExerciseSource,
    fill_answers,
    notebook_bytes,
    read_answers,
    read_exercise,
    release_notebook,
    source_notebook,
)
from curriculum.build.exercise import AnswerHeader
from curriculum.exceptions import SourceError


class Answer(msgspec.Struct, frozen=True):
    """A file of `wrong/` or `accepted/`.

    Attributes:
        path: the file.
        header: what it says of itself.
        cells: the text of each answered cell, by `grade_id`.
    """

    path: Path
    header: AnswerHeader
    cells: dict[str, str]


class Bench(msgspec.Struct, frozen=True):
    """An exercise with all that grading its answers needs.

    Attributes:
        exercise: what its author wrote.
        source: nbgrader's source version.
        release: what the learner gets.
        solved: the release, filled in with the model solution.
        files: the files beside the notebook, by name.
        hints: the steps of each hint, by key.
        wrong: the answers that must be caught.
        accepted: the answers that must earn full marks.
    """

    exercise: ExerciseSource
    source: NotebookNode
    release: NotebookNode
    solved: NotebookNode
    files: dict[str, bytes]
    hints: dict[str, list[str]]
    wrong: tuple[Answer, ...]
    accepted: tuple[Answer, ...]

    @property
    def folder(self) -> Path:
        """The exercise's folder."""
        return self.exercise.path.parent

    @property
    def solution(self) -> dict[str, str]:
        """The model answer of each task and manual cell, without its marks, by `grade_id`."""
        answerable = {cell.grade_id for cell in self.exercise.cells if cell.role in ("task", "manual")}
        cells = {_grade_id(cell): cell.source for cell in self.solved.cells}
        return {grade_id: source for grade_id, source in cells.items() if grade_id in answerable}

    @property
    def tests(self) -> frozenset[str]:
        """The `grade_id` of every test."""
        return frozenset(cell.grade_id for cell in self.exercise.cells if cell.role == "test")

    def tests_below(self, task: str) -> frozenset[str]:
        """Return the tests that stand below a task: those above ran before its answer did."""
        names = [cell.grade_id for cell in self.exercise.cells]
        return self.tests & set(names[names.index(task) :])

    def submission(self, answers: Mapping[str, str], tests: Collection[str] | None = None) -> bytes:
        """Return the notebook of a learner who wrote `answers`, and the model solution elsewhere.

        Args:
            answers: the text of each answered cell, by `grade_id`.
            tests: the tests to keep; None for all.
        """
        notebook = self._with_tests(self.solved, tests)
        for cell in notebook.cells:
            grade_id = _grade_id(cell)
            if grade_id in answers:
                cell.source = answers[grade_id]
        return notebook_bytes(notebook)

    def source_bytes(self, tests: Collection[str] | None = None) -> bytes:
        """Return the source version as the bytes of its file, with some of its tests; None for all."""
        return notebook_bytes(self._with_tests(self.source, tests))

    def _with_tests(self, notebook: NotebookNode, tests: Collection[str] | None) -> NotebookNode:
        dropped = self.tests - set(self.tests if tests is None else tests)
        kept = copy.deepcopy(notebook)
        kept.cells = [cell for cell in kept.cells if _grade_id(cell) not in dropped]
        return kept

    @property
    def starter(self) -> bytes:
        """The notebook of a learner who wrote nothing."""
        return notebook_bytes(self.release)


def read_bench(path: Path) -> Bench:
    """Read an exercise and what stands beside it, and build its notebooks.

    Args:
        path: its file `exercise.py`.

    Raises:
        SourceError: something in the text is malformed.
    """
    exercise = read_exercise(path)
    return Bench(
        exercise=exercise,
        source=source_notebook(exercise),
        release=release_notebook(exercise),
        solved=fill_answers(exercise),
        files={name: location.read_bytes() for name, location in exercise.files},
        hints=read_hints(path.parent / HINTS_FILE),
        wrong=tuple(_answers(path.parent / "wrong", exercise)),
        accepted=tuple(_answers(path.parent / "accepted", exercise)),
    )


def read_hints(path: Path) -> dict[str, list[str]]:
    """Return the steps of each hint, by key; nothing where there is no file.

    Raises:
        SourceError: the file is not a mapping from keys to lists of steps.
    """
    if not path.is_file():
        return {}
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise SourceError(path, 1, f"The file is not UTF-8 (byte {error.start}).", "Save it as UTF-8.") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        remedy = "Write `key:` and its steps below it, each `  - …`; put a step with `: ` in quotes."
        raise SourceError(path, line, f"The hints are not YAML: {error.problem}.", remedy) from error
    try:
        return msgspec.convert(data or {}, dict[str, list[str]])
    except msgspec.ValidationError as error:
        remedy = "Write `key:` and its steps below it, each `  - …`; put a step with `: ` in quotes."
        raise SourceError(path, 1, f"The hints are malformed: {error}.", remedy) from error


def _grade_id(cell: NotebookNode) -> str:
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))


def _answers(folder: Path, exercise: ExerciseSource) -> list[Answer]:
    return [Answer(path, *read_answers(path, exercise)) for path in sorted(folder.glob("*.py"))]
