"""Results read off a graded notebook: what each graded cell earned, and why it failed."""

from __future__ import annotations

import re
from typing import Any

from nbformat import NotebookNode
from nbgrader import utils

from autograder.results import CellResult, NotebookResult, Status

_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_FAILING_LINE = re.compile(r"^-+> +\d+ (.*)$", re.MULTILINE)


def read_results(notebook: NotebookNode, name: str, seconds: float) -> NotebookResult:
    """Return what the cells of an executed notebook earned, by nbgrader's own rules.

    Args:
        notebook: the notebook after its execution.
        name: its name, without `.ipynb`.
        seconds: wall time of grading, in seconds.
    """
    cells = tuple(_read_cell(cell) for cell in notebook.cells if utils.is_grade(cell))
    return NotebookResult(name, cells, seconds)


def _read_cell(cell: NotebookNode) -> CellResult:
    grade_id: str = cell.metadata["nbgrader"]["grade_id"]
    earned, worth = utils.determine_grade(cell)
    if earned is None:
        return CellResult(grade_id, 0, float(worth), "needs grading")
    status: Status = "passed" if earned >= worth else "partial" if earned > 0 else "failed"
    error, message, line = ("", "", "") if status == "passed" else _failure(cell.get("outputs", []))
    if status == "failed" and not error and not message and worth == 0:
        status = "passed"
    return CellResult(grade_id, float(earned), float(worth), status, error, message, line)


def _failure(outputs: list[dict[str, Any]]) -> tuple[str, str, str]:
    """Return the error's name, its message and the line of the test that raised it."""
    for output in outputs:
        if output["output_type"] == "error":
            trace = _COLOURS.sub("", "\n".join(output["traceback"]))
            lines = _FAILING_LINE.findall(trace)
            return output["ename"], output["evalue"], lines[0].strip() if lines else ""
    stderr = "".join(
        output["text"] for output in outputs if output["output_type"] == "stream" and output["name"] == "stderr"
    )
    return "", _COLOURS.sub("", stderr).strip(), ""
