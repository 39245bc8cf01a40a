"""Notebooks from sources: nbgrader's source version, the learner's release version, and lessons.

Building is deterministic: the same text gives the same bytes, cell ids included.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_raw_cell

from curriculum.build.exercise import ExerciseSource, SourceCell
from curriculum.build.lesson import LessonSource

_NEW_CELL = {"code": new_code_cell, "markdown": new_markdown_cell, "raw": new_raw_cell}
_SOLUTION_MARK = re.compile("(BEGIN|END) SOLUTION")
_KERNEL = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def source_notebook(exercise: ExerciseSource) -> NotebookNode:
    """Return nbgrader's source version: with solutions, hidden tests and nbgrader's cell metadata."""
    ids = _CellIds(exercise.id)
    cells = []
    for cell in exercise.cells:
        metadata = {"nbgrader": _nbgrader(cell)} if cell.role != "free" else {}
        cells.append(_NEW_CELL[cell.cell_type](cell.source, metadata=metadata, id=ids.give(cell.grade_id, cell.source)))
    notebook = new_notebook(cells=cells, metadata={**_KERNEL, "backend_path": _identity(exercise)})
    nbformat.validate(notebook)
    return notebook


def release_notebook(exercise: ExerciseSource) -> NotebookNode:
    """Return what the learner gets: no solutions, no hidden tests; made by nbgrader's own preprocessors."""
    # nbgrader is slow to import, and reading exercises doesn't need it
    from nbgrader.preprocessors import ClearHiddenTests, ClearOutput, ComputeChecksums, LockCells

    from autograder.stubs import ClearSolutions

    notebook = source_notebook(exercise)
    resources: dict[str, object] = {}
    for preprocessor in (
        LockCells,
        ClearSolutions,
        ClearOutput,
        ComputeChecksums,
        ClearHiddenTests,
        ComputeChecksums,
    ):
        notebook, resources = preprocessor().preprocess(notebook, resources)
    nbformat.validate(notebook)
    return notebook


def fill_answers(exercise: ExerciseSource, answers: Mapping[str, str] | None = None) -> NotebookNode:
    """Return a release notebook that is filled in: with `answers` by `grade_id`, the model's where none is given.

    This is what a submission looks like whose author wrote those answers.
    """
    notebook = release_notebook(exercise)
    model = {cell.grade_id: unmarked(cell.source) for cell in exercise.cells if cell.role in ("task", "manual")}
    filled = {**model, **(answers or {})}
    for cell in notebook.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        if grade_id in filled:
            cell.source = filled[grade_id]
    return notebook


def lesson_notebook(lesson: LessonSource) -> NotebookNode:
    """Return a lesson's notebook, with no outputs."""
    ids = _CellIds(lesson.id)
    cells = []
    for cell in lesson.notebook.cells:
        metadata = {key: cell.metadata[key] for key in ("question", "tags") if key in cell.metadata}
        if "hide-input" in metadata.get("tags", ()):
            metadata["jupyter"] = {"source_hidden": True}  # JupyterLab's own word for it; a click shows the source
        name = f"q-{metadata['question']}" if "question" in metadata else ""
        cells.append(_NEW_CELL[cell.cell_type](cell.source, metadata=metadata, id=ids.give(name, cell.source)))
    notebook = new_notebook(
        cells=cells, metadata={**_KERNEL, "title": lesson.header.title, "backend_path": {"lesson": lesson.id}}
    )
    nbformat.validate(notebook)
    return notebook


def notebook_bytes(notebook: NotebookNode) -> bytes:
    """Return a notebook as the bytes of its file, the same each time."""
    text: str = nbformat.writes(notebook, version=4, indent=1, sort_keys=True)
    return (text.rstrip("\n") + "\n").encode()


def unmarked(source: str) -> str:
    """Return a model answer without the lines that mark it."""
    return "\n".join(line for line in source.split("\n") if not _SOLUTION_MARK.search(line))


def _identity(exercise: ExerciseSource) -> dict[str, object]:
    return {"exercise": exercise.id, "seconds": exercise.header.seconds, "title": exercise.header.title}


def _nbgrader(cell: SourceCell) -> dict[str, object]:
    metadata: dict[str, object] = {
        "grade": cell.role in ("test", "manual"),
        "grade_id": cell.grade_id,
        "locked": cell.role in ("setup", "test"),
        "schema_version": 3,
        "solution": cell.role in ("task", "manual"),
        "task": False,
    }
    if cell.role in ("test", "manual"):
        metadata["points"] = cell.points
    return metadata


class _CellIds:
    """Gives out cell ids that stay the same while the cell does, and differ within a notebook."""

    def __init__(self, notebook: str) -> None:
        self._notebook = notebook
        self._given: set[str] = set()

    def give(self, name: str, source: str) -> str:
        """Return `name`, or a digest of the text where there is none."""
        number = 0
        candidate = name
        while not candidate or candidate in self._given:
            digest = hashlib.sha256(f"{self._notebook}\n{number}\n{source}".encode()).hexdigest()
            candidate = digest[:12]
            number += 1
        self._given.add(candidate)
        return candidate
