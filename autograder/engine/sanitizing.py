"""A learner's notebook before its execution: protected cells and points are put back from the source version.

The same as nbgrader's ClearOutput, DeduplicateIds, OverwriteKernelspec, OverwriteCells and CheckCellMetadata, in that
order, in one walk over a plain dictionary.
"""

from __future__ import annotations

import re
from typing import Any

from autograder.engine.cells import checksum, is_grade, is_locked, is_solution, is_task
from autograder.engine.jobs import Rules, SourceCell, SourceNotebook
from autograder.engine.notebookfile import Cell, Notebook
from autograder.engine.noticing import is_as_released, noticed
from autograder.exceptions import NotebookError

_SCHEMA = 3
_GRADE_ID = re.compile(r"[a-zA-Z0-9_\-]*")
_KNOWN = {
    "schema_version",
    "grade",
    "locked",
    "solution",
    "task",
    "grade_id",
    "points",
    "checksum",
    "cell_type",
}


def sanitize(notebook: Notebook, source: SourceNotebook, rules: Rules) -> list[str]:
    """Put a learner's notebook right, in place.

    Args:
        notebook: the notebook.
        source: its source version.
        rules: nbgrader's settings.

    Returns:
        What was amiss and put right, a line each.

    Raises:
        NotebookError: it can't be put right.
    """
    warnings: list[str] = []
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = []
            cell["execution_count"] = None
            for field in rules.cleared_metadata:
                cell["metadata"].pop(field, None)
    _remove_duplicates(notebook, rules, warnings)
    if source.kernelspec:
        notebook["metadata"]["kernelspec"] = source.kernelspec
    known = {cell.name: cell for cell in source.cells}
    for cell in notebook["cells"]:
        _overwrite(cell, known, source.name, rules, warnings)
    if rules.add_missing_cells:
        _add_missing(notebook, source, rules, warnings)
    check_metadata(notebook, source.name)
    return warnings


def check_metadata(notebook: Notebook, name: str) -> None:
    """Refuse nbgrader metadata that its schema forbids.

    Raises:
        NotebookError: names the cell and what is wrong with it.
    """
    seen: set[str] = set()
    for number, cell in enumerate(notebook["cells"], start=1):
        metadata = cell["metadata"].get("nbgrader")
        if metadata is None and "nbgrader" not in cell["metadata"]:
            continue
        problem = _problem(cell, metadata)
        if not problem and (is_grade(cell) or is_solution(cell) or is_locked(cell)):
            if metadata["grade_id"] in seen:
                problem = f"a second cell has the id '{metadata['grade_id']}'"
            seen.add(metadata["grade_id"])
        if problem:
            raise NotebookError(
                f"{name}.ipynb, cell {number}: {problem}. Someone changed nbgrader's metadata: "
                "copy the answers into a fresh copy of the assignment."
            )


def _remove_duplicates(notebook: Notebook, rules: Rules, warnings: list[str]) -> None:
    """Of cells with the same id the last counts; the others become ordinary cells."""
    seen: set[str] = set()
    for cell in reversed(notebook["cells"]):
        if not (is_grade(cell) or is_solution(cell) or is_locked(cell)):
            continue
        grade_id = cell["metadata"]["nbgrader"].get("grade_id")
        if grade_id is None:
            continue
        if grade_id in seen:
            warnings.append(noticed(f"there are several cells '{grade_id}'; the last counts."))
            if rules.strict:
                del cell["metadata"]["nbgrader"]
            else:
                cell["metadata"]["nbgrader"] = {}
        seen.add(grade_id)


def _overwrite(cell: Cell, known: dict[str, SourceCell], name: str, rules: Rules, warnings: list[str]) -> None:
    metadata = cell["metadata"].get("nbgrader")
    grade_id = metadata.get("grade_id") if isinstance(metadata, dict) else None
    if not isinstance(metadata, dict) or grade_id is None:
        return
    source = known.get(grade_id)
    if source is None:
        warnings.append(noticed(f"the assignment has no cell '{grade_id}'; it is an ordinary cell now."))
        if rules.strict:
            del cell["metadata"]["nbgrader"]
        else:
            del metadata["grade_id"]
        return
    if cell["cell_type"] != source.cell_type:
        warnings.append(noticed(f"cell '{grade_id}' was made a {cell['cell_type']} cell."))
        _change_type(cell, source.cell_type)
    if rules.strict:
        _restore_roles(metadata, source, warnings)
    if is_locked(cell) != source.locked:
        warnings.append(noticed(f"the lock of cell '{grade_id}' was changed."))
        metadata["locked"] = source.locked
    if is_grade(cell) and source.max_score is not None:
        points = metadata.get("points")
        if not isinstance(points, int | float) or float(points) != source.max_score:
            warnings.append(noticed(f"the points of cell '{grade_id}' were changed."))
            metadata["points"] = source.max_score
    if source.checksum is not None:
        metadata["checksum"] = source.checksum
    if source.locked and checksum(cell) != source.checksum:
        if not is_as_released(cell["source"], source.source):
            warnings.append(noticed(f"the text of cell '{grade_id}' was changed."))
        cell["source"] = source.source
        if checksum(cell) != source.checksum:
            raise NotebookError(
                f"{name}.ipynb: the metadata of cell '{grade_id}' was changed, and the cell can't be put back. "
                "Copy the answers into a fresh copy of the assignment."
            )


def _restore_roles(metadata: dict[str, Any], source: SourceCell, warnings: list[str]) -> None:
    """Make a cell again what it is in the source version: a test, an answer, a task."""
    graded = source.max_score is not None and not source.task
    for key, value in (("grade", graded), ("solution", source.solution), ("task", source.task)):
        if bool(metadata.get(key, False)) != value:
            warnings.append(noticed(f"the role of cell '{source.name}' was changed ({key})."))
            metadata[key] = value


def _change_type(cell: Cell, cell_type: str) -> None:
    cell["cell_type"] = cell_type
    if cell_type == "code":
        cell["outputs"] = []
        cell["execution_count"] = None
        cell.pop("attachments", None)
    else:
        cell.pop("outputs", None)
        cell.pop("execution_count", None)


def _add_missing(notebook: Notebook, source: SourceNotebook, rules: Rules, warnings: list[str]) -> None:
    """Put back graded cells that the learner deleted: each behind the cell that it followed, tasks at the end."""
    cells: list[Cell] = notebook["cells"]
    place = {
        cell["metadata"]["nbgrader"]["grade_id"]: index
        for index, cell in enumerate(cells)
        if is_grade(cell) or is_solution(cell)
    }
    with_ids = notebook.get("nbformat_minor", 0) >= 5
    added = 0
    names = [cell.name for cell in source.cells]
    for number, cell in enumerate(source.cells):
        if cell.max_score is None or cell.task or cell.name in place:
            continue
        warnings.append(f"Cell '{cell.name}' was missing and is put back.")
        before = place.get(names[number - 1]) if number else None
        if before is None:
            cells.insert(0, _missing_cell(cell, rules, with_ids=with_ids))
            place[cell.name] = 0
        else:
            cells.insert(before + added + 1, _missing_cell(cell, rules, with_ids=with_ids))
            place[cell.name] = before
        added += 1
    present = {(cell["metadata"].get("nbgrader") or {}).get("grade_id") for cell in cells}
    for cell in source.cells:
        if cell.task and cell.name not in present:
            warnings.append(f"Task '{cell.name}' was missing and is put back.")
            cells.append(_missing_cell(cell, rules, with_ids=with_ids))


def _missing_cell(source: SourceCell, rules: Rules, *, with_ids: bool) -> Cell:
    text = rules.missing_cell_text.format(cell_id=source.name) + source.source
    metadata: dict[str, Any] = {
        "grade": not source.task,
        "grade_id": source.name,
        "locked": source.locked,
        "checksum": source.checksum,
        "cell_type": source.cell_type,
        "points": source.max_score,
        "solution": source.solution and not source.task,
        "schema_version": _SCHEMA,
        "task": source.task,
    }
    cell: Cell = {
        "cell_type": source.cell_type,
        "metadata": {"deletable": False, "nbgrader": metadata},
        "source": text,
    }
    if not source.solution or source.task:
        cell["metadata"]["editable"] = False
    if source.cell_type == "code":
        cell.update(execution_count=None, outputs=[], source=f"# {text}")
    if with_ids:
        cell["id"] = f"added-{source.name}"[:64]
    return cell


def _problem(cell: Cell, metadata: object) -> str:
    """Return what is wrong with a cell's nbgrader metadata; empty if nothing is."""
    if not isinstance(metadata, dict):
        return "its nbgrader metadata is not a mapping"
    version = metadata.get("schema_version", 0)
    if version != _SCHEMA:
        return f"its nbgrader metadata has the schema version {version}, expected {_SCHEMA}"
    if unknown := metadata.keys() - _KNOWN:
        return f"its nbgrader metadata has the unknown field '{min(unknown)}'"
    for key in ("grade", "locked", "solution"):
        if not isinstance(metadata.get(key), bool):
            return f"its nbgrader metadata lacks '{key}', or it is neither true nor false"
    if not isinstance(metadata.get("task", False), bool):
        return "'task' in its nbgrader metadata is neither true nor false"
    grade_id = metadata.get("grade_id")
    needs_id = metadata["grade"] or metadata["solution"] or metadata["locked"]
    if (needs_id and not grade_id) or not (grade_id is None or isinstance(grade_id, str)):
        return "it has no grade_id"
    if grade_id is not None and not _GRADE_ID.fullmatch(grade_id):
        return f"its grade_id {grade_id!r} has characters other than letters, digits, '_' and '-'"
    points = metadata.get("points")
    if metadata["grade"] and points is None:
        return f"'{grade_id}' has no points"
    if points is not None and (isinstance(points, bool) or not isinstance(points, int | float) or points < 0):
        return f"'{grade_id}' has the points {points!r}, not a number of 0 or more"
    return _type_problem(cell, metadata)


def _type_problem(cell: Cell, metadata: dict[str, Any]) -> str:
    mark = metadata.get("checksum")
    if mark is not None and (not isinstance(mark, str) or len(mark) != 32):
        return f"the checksum of '{metadata.get('grade_id')}' has not 32 characters"
    if is_task(cell):
        return "" if cell["cell_type"] == "markdown" else "a task must be a Markdown cell"
    if cell["cell_type"] == "markdown" and metadata["grade"] != metadata["solution"]:
        return f"the Markdown cell '{metadata.get('grade_id')}' must both be an answer and give marks"
    return ""
