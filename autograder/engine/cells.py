"""What a cell is to nbgrader, read off its metadata: nbgrader's own rules on plain dictionaries."""

from __future__ import annotations

import hashlib
from typing import Any

Cell = dict[str, Any]


def is_task(cell: Cell) -> bool:
    """Return whether a cell is a task, described to the learner and marked by a person."""
    return bool(_metadata(cell).get("task", False))


def is_grade(cell: Cell) -> bool:
    """Return whether a cell gives marks."""
    return bool(_metadata(cell).get("grade", False))


def is_solution(cell: Cell) -> bool:
    """Return whether the learner answers in a cell."""
    return bool(_metadata(cell).get("solution", False))


def is_locked(cell: Cell) -> bool:
    """Return whether a cell's text is put back before grading."""
    if is_solution(cell):
        return False
    return is_grade(cell) or bool(_metadata(cell).get("locked", False))


def grade_id(cell: Cell) -> str:
    """Return nbgrader's name of a cell; empty if it has none."""
    return str(_metadata(cell).get("grade_id") or "")


def checksum(cell: Cell) -> str:
    """Return nbgrader's checksum of a cell."""
    metadata = _metadata(cell)
    digest = hashlib.md5(usedforsecurity=False)
    parts = [
        cell["source"],
        cell["cell_type"],
        str(metadata.get("grade", False)),
        str(metadata.get("solution", False)),
        str(_locked_as_written(cell)),
        metadata["grade_id"],
    ]
    if is_grade(cell):
        parts.append(str(float(metadata["points"])))
    for part in parts:
        digest.update(part.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _locked_as_written(cell: Cell) -> object:
    """Return what nbgrader's `is_locked` gives: the metadata's own value, of whatever type."""
    if is_solution(cell):
        return False
    return True if is_grade(cell) else _metadata(cell).get("locked", False)


def _metadata(cell: Cell) -> dict[str, Any]:
    metadata = cell["metadata"].get("nbgrader")
    return metadata if isinstance(metadata, dict) else {}
