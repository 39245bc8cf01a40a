"""From text sources to notebooks: exercises (py:percent) and lessons (MyST Markdown)."""

from curriculum.build.exercise import ExerciseSource, SourceCell, read_answers, read_exercise
from curriculum.build.lesson import LessonSource, read_lesson
from curriculum.build.notebook import (
    fill_answers,
    lesson_notebook,
    notebook_bytes,
    release_notebook,
    source_notebook,
)

__all__ = [
    "ExerciseSource",
    "LessonSource",
    "SourceCell",
    "fill_answers",
    "lesson_notebook",
    "notebook_bytes",
    "read_answers",
    "read_exercise",
    "read_lesson",
    "release_notebook",
    "source_notebook",
]
