"""A lesson or an exercise as the learner sees it: built into a scratch folder, and opened in JupyterLab."""

from __future__ import annotations

from pathlib import Path

from curriculum.build import (
    fill_answers,
    lesson_notebook,
    notebook_bytes,
    read_exercise,
    read_lesson,
    release_notebook,
)


def build_preview(source: Path, folder: Path, *, solution: bool) -> Path:
    """Build a notebook and put it into a folder, with the files that stand beside it.

    Args:
        source: an exercise's `exercise.py`, or a lesson.
        folder: where to put it.
        solution: whether an exercise is filled in with its model solution.

    Returns:
        The notebook.

    Raises:
        SourceError: something in the text is malformed.
    """
    if source.suffix == ".md":
        target = folder / f"{source.stem}.ipynb"
        target.write_bytes(notebook_bytes(lesson_notebook(read_lesson(source))))
        return target
    exercise = read_exercise(source)
    for file, location in exercise.files:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_bytes(location.read_bytes())
    target = folder / f"{exercise.notebook_name}.ipynb"
    target.write_bytes(notebook_bytes(fill_answers(exercise) if solution else release_notebook(exercise)))
    return target
