"""The data held against the texts: what is called ready is there and says the same, and nothing else is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path as FilePath

from curriculum import content
from curriculum.datafile import Place, written
from curriculum.decoding import ErrorAt
from curriculum.exceptions import CurriculumError, DataError, SourceError
from curriculum.folder import FolderFiles
from curriculum.model import Exercise, Lesson, Part, Path
from curriculum.naming import Named
from curriculum.tracing import Cell, cells_of, questions_of


def source_problems(path: Path) -> list[CurriculumError]:
    """Return where the data and the texts in `notebooks/` and `exercises/` disagree, in both directions."""
    error_at = _error_at(path)
    problems: list[CurriculumError] = []
    for m, module in enumerate(path.modules.values()):
        for field, parts in (("lessons", module.lessons), ("exercises", module.exercises)):
            for i, part in enumerate(parts):
                if part.status == "ready":
                    problems += _part_problems(part, ("modules", m, field, i), error_at)
    problems += _unnamed(path.lessons, content.notebooks_root().glob("*/*.md"), "lesson")
    problems += _unnamed(path.exercises, content.exercises_root().glob("*/*/exercise.py"), "exercise")
    if not problems:  # what can be asked of texts that are in order
        problems += _facts_without_question(path, error_at)
    return problems


def _error_at(path: Path) -> ErrorAt:
    origin = FilePath(path.origin)
    if (origin / "path.yaml").is_file():
        return FolderFiles.read(origin).holding(path.data).error_at
    return lambda place, problem, remedy: DataError(path.origin, written(place), problem, remedy)


def _part_problems(part: Part, place: Place, error_at: ErrorAt) -> Iterator[CurriculumError]:
    is_exercise = isinstance(part, Exercise)
    source = content.exercise_source(part.id) if is_exercise else content.lesson_source(part.id)
    if not source.is_file():
        yield error_at(
            (*place, "status"),
            f"'{part.id}' is called ready, but there is no {_relative(source)}.",
            "Write it, or say `status: planned`.",
        )
        return
    try:
        differing = list(_exercise_fields(part, source) if isinstance(part, Exercise) else _lesson_fields(part, source))
        for field, here, there in differing:
            if here != there:
                yield error_at(
                    (*place, field),
                    f"`{field}` of '{part.id}' is {here!r}, but {there!r} in {_relative(source)}.",
                    "Make them the same.",
                )
        if isinstance(part, Exercise):
            yield from _cell_problems(part, cells_of(part), source, place, error_at)
    except SourceError as error:
        yield error


def _lesson_fields(part: Part, source: FilePath) -> Iterator[tuple[str, object, object]]:
    from curriculum.build import read_lesson

    header = read_lesson(source).header
    yield "title", part.title, header.title
    yield "minutes", part.minutes, header.minutes


def _exercise_fields(exercise: Exercise, source: FilePath) -> Iterator[tuple[str, object, object]]:
    from curriculum.build import read_exercise

    text = read_exercise(source)
    yield "title", exercise.title, text.header.title
    yield "kind", exercise.kind, text.header.kind
    yield "points", exercise.points, float(text.points)


def _cell_problems(
    exercise: Exercise, cells: Iterable[Cell], source: FilePath, place: Place, error_at: ErrorAt
) -> Iterator[CurriculumError]:
    """Yield what cells assess and the data don't list, and what the data list and no cell with marks assesses."""
    marked = [cell for cell in cells if cell.points]
    for field in ("skills", "coverage"):
        listed: tuple[str, ...] = getattr(exercise, field)
        assessed = {name: cell for cell in cells for name in getattr(cell, field)}
        for name, cell in assessed.items():
            if name not in listed:
                yield SourceError(
                    source,
                    cell.line,
                    f"The cell `{cell.grade_id}` assesses '{name}', which the data don't list for '{exercise.id}'.",
                    f"Add it to the exercise's `{field}` in the data, or take it out of the cell.",
                )
        for i, name in enumerate(listed):
            if not any(name in getattr(cell, field) for cell in marked):
                yield error_at(
                    (*place, field, i),
                    f"No cell of '{exercise.id}' that gives marks assesses '{name}'.",
                    f"Name it in a test's `{field}` in {_relative(source)}, or take it out here.",
                )


def _unnamed(parts: Named[Lesson] | Named[Exercise], files: Iterable[FilePath], kind: str) -> Iterator[CurriculumError]:
    for file in sorted(files):
        name = f"{file.parent.name}/{file.stem}" if kind == "lesson" else "/".join(file.parent.parts[-2:])
        part = parts.get(name)
        if part is None:
            yield DataError(
                file,
                "",
                f"The path has no {kind} '{name}'.",
                f"Add it to curriculum/data/modules/{name.partition('/')[0]}.yaml, or move the file away.",
            )
        elif part.status != "ready":
            yield DataError(
                file,
                "",
                f"The {kind} is there, but '{name}' is called {part.status} in the path's data.",
                "Say `status: ready`, or move the file away.",
            )


def _facts_without_question(path: Path, error_at: ErrorAt) -> Iterator[CurriculumError]:
    for i, covered in enumerate(path.coverage().values()):
        ready = [lesson for lesson in covered.lessons if lesson.status == "ready"]
        assessed = any(exercise.status == "ready" for exercise in covered.exercises)
        if covered.item.fact and ready and not assessed and not any(questions_of(lesson) for lesson in ready):
            yield error_at(
                ("coverage", i),
                f"The fact '{covered.item.id}' is taught by '{ready[0].id}', which asks no question.",
                "Add a question to the lesson.",
            )


def _relative(source: FilePath) -> str:
    return "/".join(source.parts[-4:] if source.name == "exercise.py" else source.parts[-3:])
