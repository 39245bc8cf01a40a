"""The course's exercises, read once and kept until their text changes."""

from __future__ import annotations

import threading
from pathlib import Path

import msgspec

from autograder.engine import Task
from curriculum import content
from curriculum.build import notebook_bytes, read_exercise, release_notebook, source_notebook
from curriculum.build.exercise import ExerciseSource
from curriculum.exceptions import WorkspaceError
from curriculum.lab.guide import Guide, guide_to


class Prepared(msgspec.Struct, frozen=True):
    """An exercise, ready to be checked.

    Attributes:
        source: its text.
        guide: what the learner sees of it.
        release: the notebook that the learner got, as the bytes of its file.
        task: how it is graded; the learner's notebook is still to be filled in.
    """

    source: ExerciseSource
    guide: Guide
    release: bytes
    task: Task

    def answered(self, notebook: bytes) -> Task:
        """Return the task of grading a learner's notebook."""
        return msgspec.structs.replace(self.task, submitted=notebook)


_lock = threading.Lock()
_kept: dict[str, tuple[tuple[object, ...], Prepared]] = {}


def prepared(exercise: str) -> Prepared:
    """Return an exercise by its id, from memory if its folder is as it was.

    Raises:
        WorkspaceError: the course has no such exercise.
        SourceError: its text is malformed.
    """
    location = content.exercise_source(exercise)
    root = content.exercises_root().resolve()
    if not location.is_file() or not location.resolve().is_relative_to(root):
        raise WorkspaceError(
            f"This course has no exercise '{exercise}'. Update backend-path, or open another notebook from Course home."
        )
    with _lock:
        stamp = _stamp(location.parent)
        if exercise not in _kept or _kept[exercise][0] != stamp:
            _kept[exercise] = (stamp, _prepare(location))
        return _kept[exercise][1]


def _prepare(location: Path) -> Prepared:
    source = read_exercise(location)
    task = Task(
        source=notebook_bytes(source_notebook(source)),
        name=source.notebook_name,
        submitted=b"",
        files={name: path.read_bytes() for name, path in source.files},
        seconds=source.header.seconds,
    )
    return Prepared(source, guide_to(source), notebook_bytes(release_notebook(source)), task)


def _stamp(folder: Path) -> tuple[object, ...]:
    files = [folder / "exercise.py", folder / "hints.yaml", *sorted((folder / "files").rglob("*"))]
    return tuple((path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in files if path.is_file())
