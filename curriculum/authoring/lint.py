"""Rules on text: everything about exercises and lessons that can be seen without running them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from curriculum.authoring.bench import read_bench
from curriculum.authoring.finding import Finding, as_finding
from curriculum.authoring.leaks import find_leaks
from curriculum.authoring.rules.exercise import check_exercise
from curriculum.authoring.rules.hints import check_assertions, check_hints
from curriculum.authoring.rules.lesson import check_lesson
from curriculum.authoring.rules.markdown import check_markdown
from curriculum.authoring.rules.page import exercise_page, lesson_page
from curriculum.build import read_lesson
from curriculum.exceptions import SourceError
from curriculum.model import Path as LearningPath


def lint(exercises: Iterable[Path], lessons: Iterable[Path], path: LearningPath | None = None) -> list[Finding]:
    """Return what the rules find in the text of exercises and lessons, by file and line.

    Args:
        exercises: files `exercise.py`.
        lessons: files `.md`.
        path: the learning path that they belong to; nothing leaves what it says unchecked.
    """
    found = [
        *(finding for exercise in exercises for finding in _guarded(lint_exercise(exercise, path))),
        *(finding for lesson in lessons for finding in _guarded(lint_lesson(lesson, path))),
    ]
    return sorted(found, key=lambda finding: (finding.path, finding.line, finding.rule))


def lint_exercise(exercise: Path, path: LearningPath | None) -> Iterator[Finding]:
    """Yield what the rules find in one exercise.

    Raises:
        SourceError: something in the text is malformed.
    """
    bench = read_bench(exercise)
    yield from check_exercise(bench, path)
    yield from check_hints(bench)
    yield from check_assertions(bench)
    yield from check_markdown(exercise_page(bench.exercise), path)
    yield from find_leaks(bench)


def lint_lesson(lesson: Path, path: LearningPath | None) -> Iterator[Finding]:
    """Yield what the rules find in one lesson.

    Raises:
        SourceError: something in the text is malformed.
    """
    source = read_lesson(lesson)
    page = lesson_page(source)
    yield from check_lesson(page, source, path)
    yield from check_markdown(page, path)


def _guarded(findings: Iterator[Finding]) -> Sequence[Finding]:
    """Return findings; a text that can't be read is one more."""
    found = []
    try:
        for finding in findings:
            found.append(finding)
    except SourceError as error:
        found.append(as_finding(error))
    return found
