"""Where the text sources are: beside the package in a checkout, inside it when installed from a wheel."""

from __future__ import annotations

from pathlib import Path

from curriculum.exceptions import CurriculumError

_PACKAGE = Path(__file__).resolve().parent


def _root(name: str) -> Path:
    for candidate in (_PACKAGE / "content" / name, _PACKAGE.parent / name):
        if candidate.is_dir():
            return candidate
    raise CurriculumError(
        f"The course's folder '{name}' is missing: neither inside {_PACKAGE} nor beside it. "
        "Install backend-path again, or run from a complete checkout."
    )


def notebooks_root() -> Path:
    """Return the folder of the lessons: one folder a module, one `.md` a lesson."""
    return _root("notebooks")


def exercises_root() -> Path:
    """Return the folder of the exercises: one folder a module, one folder an exercise."""
    return _root("exercises")


def lesson_source(lesson_id: str) -> Path:
    """Return where the text of the lesson `module/name` stands (it need not exist)."""
    return notebooks_root() / f"{lesson_id}.md"


def exercise_source(exercise_id: str) -> Path:
    """Return where the text of the exercise `module/name` stands (it need not exist)."""
    return exercises_root() / exercise_id / "exercise.py"
