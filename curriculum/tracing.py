"""The trace: from what a back-end developer needs to the very test cells that assess it, and back.

Lessons and exercises say in the data what they cover. Which cell assesses what stands in the exercises themselves, so
those that are ready are read (once, until their file changes).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Literal, TypeVar

import msgspec

from curriculum import content
from curriculum.model import CoverageItem, Exercise, Lesson, Part, Path, Skill, Status
from curriculum.naming import unknown_name
from curriculum.ordering import all_names

if TYPE_CHECKING:
    from curriculum.build import SourceCell


class Covered(msgspec.Struct, frozen=True, kw_only=True):
    """Where a coverage item is taught and assessed.

    Attributes:
        item: the coverage item.
        lessons: those that teach it.
        exercises: those that assess it.
        status: `ready` when a lesson that is ready teaches it and an exercise that is ready assesses it (for a fact,
            the lesson is enough).
    """

    item: CoverageItem
    lessons: tuple[Lesson, ...]
    exercises: tuple[Exercise, ...]
    status: Status


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """A cell of an exercise that gives marks.

    Attributes:
        exercise: the exercise's id.
        grade_id: nbgrader's name of the cell.
        role: `test` when a program marks it, `manual` when a person does.
        points: what it is worth.
        line: the line of `exercise.py` on which it begins, counted from 1.
        skills: ids of the skills it assesses.
        coverage: ids of the coverage items it assesses.
    """

    exercise: str
    grade_id: str
    role: Literal["test", "manual"]
    points: float
    line: int
    skills: tuple[str, ...]
    coverage: tuple[str, ...]

    @property
    def name(self) -> str:
        """What `trace` knows it by: `flask/mini-api:test_read`."""
        return f"{self.exercise}:{self.grade_id}"


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A question that a lesson asks.

    Attributes:
        lesson: the lesson's id.
        id: the question's id in the lesson.
    """

    lesson: str
    id: str

    @property
    def name(self) -> str:
        """What `trace` knows it by: `flask/request-to-response:wsgi-callable`."""
        return f"{self.lesson}:{self.id}"


class Trace(msgspec.Struct, frozen=True, kw_only=True):
    """All that hangs together with one thing.

    Attributes:
        name: what was asked for.
        coverage: the coverage items it serves.
        skills: the skills it needs, teaches or assesses.
        lessons: those that teach it.
        exercises: those that assess it.
        cells: the cells that give marks for it; none for exercises that are still planned.
        questions: what the lessons ask; none for lessons that are still planned.
    """

    name: str
    coverage: tuple[CoverageItem, ...]
    skills: tuple[Skill, ...]
    lessons: tuple[Lesson, ...]
    exercises: tuple[Exercise, ...]
    cells: tuple[Cell, ...]
    questions: tuple[Question, ...]


def coverage_of(path: Path) -> dict[str, Covered]:
    """Return where each coverage item is taught and assessed, by its id."""
    lessons = _by_coverage(path.lessons.values())
    exercises = _by_coverage(path.exercises.values())
    return {
        item.id: _covered(item, tuple(lessons.get(item.id, ())), tuple(exercises.get(item.id, ())))
        for item in path.data.coverage
    }


def _covered(item: CoverageItem, lessons: tuple[Lesson, ...], exercises: tuple[Exercise, ...]) -> Covered:
    taught = any(lesson.status == "ready" for lesson in lessons)
    assessed = item.fact or any(exercise.status == "ready" for exercise in exercises)
    return Covered(
        item=item, lessons=lessons, exercises=exercises, status="ready" if taught and assessed else "planned"
    )


P = TypeVar("P", bound=Part)


def _by_coverage(parts: Iterable[P]) -> dict[str, list[P]]:
    found: dict[str, list[P]] = {}
    for part in parts:
        for name in part.coverage:
            found.setdefault(name, []).append(part)
    return found


def trace(path: Path, name: str) -> Trace:
    """Return all that hangs together with a coverage item, module, skill, lesson, exercise, cell or question.

    Args:
        path: the path.
        name: its id: `S21`, `flask`, `sql.joins`, `flask/mini-api`, `flask/mini-api:test_read` (a cell) or
            `flask/request-to-response:wsgi-callable` (a lesson's question). A lesson and an exercise of one id are
            traced together.

    Raises:
        UnknownNameError: the path has nothing of that name.
        SourceError: a lesson or exercise that had to be read is malformed.
    """
    part_id, colon, inner = name.partition(":")
    if colon:
        return _trace_inside(path, name, part_id, inner)
    if name in path.coverage_items:
        return _trace_coverage(path, name)
    if name in path.skills:
        return _trace_skill(path, name)
    if name in path.modules:
        parts: tuple[Part, ...] = path.modules[name].parts
    else:
        parts = tuple(part for part in (path.lessons.get(name), path.exercises.get(name)) if part)
    if not parts and name not in path.modules:
        raise unknown_name("coverage id, module, skill, lesson or exercise", name, lambda: all_names(path))
    return _trace_of(path, name, parts, lambda cell: True)


def _trace_coverage(path: Path, name: str) -> Trace:
    parts = [part for part in path.parts if name in part.coverage]
    return _trace_of(path, name, parts, lambda cell: name in cell.coverage, coverage=(name,))


def _trace_skill(path: Path, name: str) -> Trace:
    parts = [part for part in path.parts if name in part.skills]
    return _trace_of(path, name, parts, lambda cell: name in cell.skills, skills=(name,))


def _trace_inside(path: Path, name: str, part_id: str, inner: str) -> Trace:
    """Trace a cell: what it assesses and where that is taught; or a question: what its lesson teaches."""
    exercise, lesson = path.exercises.get(part_id), path.lessons.get(part_id)
    cells = [cell for cell in (cells_of(exercise) if exercise else ()) if cell.grade_id == inner]
    questions = [question for question in (questions_of(lesson) if lesson else ()) if question.id == inner]
    if not cells and not questions:
        known = [cell.name for cell in (cells_of(exercise) if exercise else ())]
        known += [question.name for question in (questions_of(lesson) if lesson else ())]
        raise unknown_name("cell or question", name, lambda: known or [*path.lessons, *path.exercises])
    if lesson and questions:
        return Trace(
            name=name,
            coverage=_picked(path.coverage_items.values(), lesson.coverage),
            skills=_picked(path.skills.values(), lesson.skills),
            lessons=(lesson,),
            exercises=(),
            cells=(),
            questions=tuple(questions),
        )
    assert exercise
    skills, coverage = set(cells[0].skills), set(cells[0].coverage)
    return Trace(
        name=name,
        coverage=_picked(path.coverage_items.values(), coverage),
        skills=_picked(path.skills.values(), skills),
        lessons=tuple(
            lesson
            for lesson in path.lessons.values()
            if not (skills.isdisjoint(lesson.skills) and coverage.isdisjoint(lesson.coverage))
        ),
        exercises=(exercise,),
        cells=tuple(cells),
        questions=(),
    )


def _trace_of(
    path: Path,
    name: str,
    parts: Iterable[Part],
    wanted: Callable[[Cell], bool],
    *,
    skills: Iterable[str] | None = None,
    coverage: Iterable[str] | None = None,
) -> Trace:
    """Return the trace of lessons and exercises and those of their cells that are wanted.

    Without `skills` (or `coverage`) they are what the lessons, the wanted cells, and the exercises that are still
    planned name.
    """
    lessons = tuple(part for part in parts if isinstance(part, Lesson))
    exercises = tuple(part for part in parts if isinstance(part, Exercise))
    cells = tuple(cell for exercise in exercises for cell in cells_of(exercise) if wanted(cell))
    naming: list[Part | Cell] = [*lessons, *cells, *(e for e in exercises if e.status == "planned")]
    if skills is None:
        skills = {skill for thing in naming for skill in thing.skills}
    if coverage is None:
        coverage = {item for thing in naming for item in thing.coverage}
    return Trace(
        name=name,
        coverage=_picked(path.coverage_items.values(), coverage),
        skills=_picked(path.skills.values(), skills),
        lessons=lessons,
        exercises=exercises,
        cells=cells,
        questions=tuple(question for lesson in lessons for question in questions_of(lesson)),
    )


def cells_of(exercise: Exercise) -> tuple[Cell, ...]:
    """Return the cells of an exercise that give marks, in order; none while it is planned or where its text is not.

    A cell that doesn't say what it assesses assesses all that the data list for the exercise.

    Raises:
        SourceError: the exercise is malformed.
    """
    source = content.exercise_source(exercise.id)
    if exercise.status != "ready" or not source.is_file():
        return ()
    return tuple(
        Cell(
            exercise=exercise.id,
            grade_id=cell.grade_id,
            role=cell.role,
            points=cell.points,
            line=cell.line,
            skills=cell.skills or exercise.skills,
            coverage=cell.coverage or exercise.coverage,
        )
        for cell in _cells(source, source.stat().st_mtime_ns)
        if cell.role == "test" or cell.role == "manual"
    )


def questions_of(lesson: Lesson) -> tuple[Question, ...]:
    """Return the questions that a lesson asks, in order; none while it is planned or where its text is not.

    Raises:
        SourceError: the lesson is malformed.
    """
    source = content.lesson_source(lesson.id)
    if lesson.status != "ready" or not source.is_file():
        return ()
    ids = _question_ids(source, source.stat().st_mtime_ns)
    return tuple(Question(lesson=lesson.id, id=name) for name in ids)


@lru_cache(maxsize=1024)
def _cells(source: FilePath, _changed: int) -> tuple[SourceCell, ...]:
    from curriculum.build import read_exercise

    return read_exercise(source).cells


@lru_cache(maxsize=1024)
def _question_ids(source: FilePath, _changed: int) -> tuple[str, ...]:
    from curriculum.build import read_lesson

    cells = read_lesson(source).notebook.cells
    return tuple(cell.metadata["question"] for cell in cells if "question" in cell.metadata)


E = TypeVar("E", CoverageItem, Skill)


def _picked(things: Iterable[E], ids: Iterable[str]) -> tuple[E, ...]:
    """Return those of the things that have one of the ids, in path order."""
    wanted = set(ids)
    return tuple(thing for thing in things if thing.id in wanted)
