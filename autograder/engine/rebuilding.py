"""The notebook of a sealed exercise as it is graded and filed: the instructor's, with the learner's answers in it.

From the submission come only the answers to known tasks, and the cells that the learner added, as what they are:
ordinary cells. Text, order, roles and points of everything else are the source version's; metadata, outputs, kernel and
format of the submission have no effect.
"""

from __future__ import annotations

from typing import Any

from autograder.engine.jobs import SourceCell, SourceNotebook
from autograder.engine.notebookfile import Cell, Notebook
from autograder.engine.noticing import noticed

_SCHEMA = 3


def rebuild(notebook: Notebook, source: SourceNotebook) -> list[str]:
    """Rebuild a notebook that `sanitize` has put right, in place.

    Args:
        notebook: the learner's notebook.
        source: its source version.

    Returns:
        What was amiss, a line each.
    """
    warnings: list[str] = []
    known = {cell.name: cell for cell in source.cells}
    answers: dict[str, Cell] = {}
    behind: dict[str, list[Cell]] = {"": []}
    last = ""
    found: list[str] = []
    for cell in notebook["cells"]:
        name = _name(cell)
        if name in known and name not in answers:
            answers[name] = cell
            found.append(name)
            last = name
            behind[last] = []
        else:
            behind[last].append(_ordinary(cell, warnings))
    order = [cell.name for cell in source.cells]
    if found != [name for name in order if name in answers]:
        warnings.append(noticed("the assignment's cells were not in their order."))
    cells: list[Cell] = list(behind[""])
    for original in source.cells:
        cell = answers.get(original.name)
        if cell is None:
            warnings.append(noticed(f"cell '{original.name}' was missing."))
        cells.append(_restored(original, cell))
        cells += behind.get(original.name, [])
    _name_apart(cells)
    notebook["cells"] = cells
    metadata = notebook["metadata"]
    notebook["metadata"] = {key: metadata[key] for key in ("kernelspec",) if key in metadata}
    if source.kernelspec:
        notebook["metadata"]["kernelspec"] = dict(source.kernelspec)
    else:
        notebook["metadata"].pop("kernelspec", None)
    notebook["nbformat"], notebook["nbformat_minor"] = 4, 5
    return warnings


def _name(cell: Cell) -> str:
    metadata = cell["metadata"].get("nbgrader")
    return str(metadata.get("grade_id") or "") if isinstance(metadata, dict) else ""


def _ordinary(cell: Cell, warnings: list[str]) -> Cell:
    """Return a cell of the learner's own, without what would make it anything else."""
    if "nbgrader" in cell["metadata"]:
        warnings.append(noticed("a cell that is not the assignment's claimed to be one of its."))
    kept: Cell = {"cell_type": cell["cell_type"], "metadata": {}, "source": cell["source"], "id": cell.get("id", "")}
    if cell["cell_type"] == "code":
        kept.update(execution_count=None, outputs=[])
    elif cell.get("attachments"):
        kept["attachments"] = cell["attachments"]
    return kept


def _restored(original: SourceCell, cell: Cell | None) -> Cell:
    """Return a cell of the assignment; of the learner's, only the text of an answer."""
    answered = original.solution and cell is not None
    metadata: dict[str, Any] = {
        "schema_version": _SCHEMA,
        "grade": original.max_score is not None and not original.task,
        "grade_id": original.name,
        "locked": original.locked,
        "solution": original.solution,
        "task": original.task,
        "cell_type": original.cell_type,
    }
    if original.checksum is not None:
        metadata["checksum"] = original.checksum
    if original.max_score is not None:
        metadata["points"] = original.max_score
    restored: Cell = {
        "cell_type": original.cell_type,
        "metadata": {"nbgrader": metadata},
        "source": cell["source"] if answered and cell is not None else original.source,
        "id": cell.get("id", "") if cell is not None else "",
    }
    if original.cell_type == "code":
        restored.update(execution_count=None, outputs=[])
    elif answered and cell is not None and cell.get("attachments"):
        restored["attachments"] = cell["attachments"]
    if original.locked:
        restored["metadata"].update(deletable=False, editable=False)
    elif original.solution:
        restored["metadata"]["deletable"] = False
    return restored


def _name_apart(cells: list[Cell]) -> None:
    """Give each cell an id of its own; those of the assignment are named for what they are."""
    seen: set[str] = set()
    for number, cell in enumerate(cells, start=1):
        name = cell["id"] if isinstance(cell["id"], str) and cell["id"] else _name(cell).replace("_", "-")[:50]
        if not name or name in seen:
            name = f"cell-{number}-{name}"[:64].rstrip("-")
        seen.add(name)
        cell["id"] = name
