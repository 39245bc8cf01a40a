"""A learner's check: which exercise a notebook answers, and what it earns."""

from __future__ import annotations

from pathlib import Path

import msgspec

from autograder.engine import grade_notebook
from autograder.engine.cells import checksum
from autograder.exceptions import NotebookError
from autograder.results import NotebookResult
from curriculum import content
from curriculum.build import read_exercise, source_notebook
from curriculum.exceptions import WorkspaceError
from curriculum.placing import workspace_around
from curriculum.workspace import exercise_of


class Check(msgspec.Struct, frozen=True):
    """What a check found.

    Attributes:
        exercise: the exercise's id.
        title: its title.
        result: what the notebook earned.
        changed: whether an answer differs from what the learner began with.
    """

    exercise: str
    title: str
    result: NotebookResult
    changed: bool


class _Identity(msgspec.Struct):
    exercise: str = ""


class _Metadata(msgspec.Struct):
    backend_path: _Identity = msgspec.field(default_factory=_Identity)


class _Notebook(msgspec.Struct):
    metadata: _Metadata = msgspec.field(default_factory=_Metadata)


class _Marks(msgspec.Struct):
    grade_id: str
    checksum: str
    grade: bool = False
    solution: bool = False
    points: float = 0


class _CellMetadata(msgspec.Struct):
    nbgrader: _Marks | None = None


class _Cell(msgspec.Struct):
    cell_type: str
    source: str | list[str]
    metadata: _CellMetadata

    @property
    def is_changed(self) -> bool:
        """Whether it is an answer that no longer has the checksum with which it was released."""
        marks = self.metadata.nbgrader
        if marks is None or not marks.solution:
            return False
        text = self.source if isinstance(self.source, str) else "".join(self.source)
        cell = {"cell_type": self.cell_type, "source": text, "metadata": {"nbgrader": msgspec.to_builtins(marks)}}
        return checksum(cell) != marks.checksum


class _Cells(msgspec.Struct):
    cells: list[_Cell]


def check_notebook(notebook: Path, exercise: str | None = None) -> Check:
    """Grade a learner's notebook from a clean start; the file itself stays as it is.

    Args:
        notebook: the file.
        exercise: the exercise's id; by default the one that the notebook names, or the workspace remembers.

    Raises:
        NotebookError: the file can't be read, or is no notebook.
        WorkspaceError: which exercise it answers can't be told, or the course has no such exercise.
    """
    try:
        submitted = notebook.read_bytes()
    except OSError as error:
        raise NotebookError(
            f"{notebook} can't be read: {error.strerror}. Give the path of a saved notebook."
        ) from error
    wanted = exercise or _named_in(submitted, notebook) or _remembered(notebook)
    if not wanted:
        raise WorkspaceError(
            f"{notebook} does not say which exercise it answers. Name it: --exercise MODULE/NAME, "
            "for example --exercise flask/mini-api."
        )
    location = content.exercise_source(wanted)
    if not location.is_file() or not location.resolve().is_relative_to(content.exercises_root().resolve()):
        have = sorted(p.parent.relative_to(content.exercises_root()).as_posix() for p in _all_exercises())
        raise WorkspaceError(f"There is no exercise '{wanted}'. There are {', '.join(have)}.")
    source = read_exercise(location)
    result = grade_notebook(
        source_notebook(source),
        source.notebook_name,
        submitted,
        {name: path.read_bytes() for name, path in source.files},
        source.header.seconds,
    )
    return Check(source.id, source.header.title, result, _is_changed(submitted))


def _named_in(submitted: bytes, notebook: Path) -> str:
    try:
        return msgspec.json.decode(submitted, type=_Notebook).metadata.backend_path.exercise
    except msgspec.ValidationError:
        return ""
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise NotebookError(
            f"{notebook} is not a notebook: {error}. Open it in JupyterLab and save it again, or take a fresh copy."
        ) from error


def _is_changed(submitted: bytes) -> bool:
    """Return whether an answer differs from what the learner began with; where nothing tells, it does."""
    try:
        return any(cell.is_changed for cell in msgspec.json.decode(submitted, type=_Cells).cells)
    except msgspec.ValidationError:  # metadata that a person changed
        return True


def _remembered(notebook: Path) -> str | None:
    workspace = workspace_around(notebook)
    return exercise_of(workspace, notebook) if workspace else None


def _all_exercises() -> list[Path]:
    return list(content.exercises_root().glob("*/*/exercise.py"))
