"""A notebook after its execution: what its graded cells earned, by nbgrader's own rules."""

from __future__ import annotations

import math
import re

from autograder.engine.cells import checksum, is_grade, is_solution, is_task
from autograder.engine.jobs import Rules
from autograder.engine.notebookfile import Cell, Notebook
from autograder.exceptions import NotebookError
from autograder.reading import cell_result
from autograder.results import CellResult

_CUT = "... Output truncated ..."
_TRACE_CUT = "... Traceback truncated ..."


def limit_outputs(notebook: Notebook, rules: Rules) -> None:
    """Cut outputs down as nbgrader's IgnorePattern and LimitOutput do, in place."""
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code" or not cell["outputs"]:
            continue
        if rules.ignore_pattern:
            cell["outputs"] = [output for output in cell["outputs"] if not _ignored(output, rules.ignore_pattern)]
        if rules.max_lines != -1:
            _limit_lines(cell, rules.max_lines)
        if rules.max_traceback != -1:
            _limit_tracebacks(cell, rules.max_traceback)


def mark(
    notebook: Notebook, name: str, rules: Rules
) -> tuple[dict[str, float | None], dict[str, str | None], tuple[CellResult, ...]]:
    """Return the scores and comments of a notebook's cells, by `grade_id`, and the same for people.

    Raises:
        NotebookError: a test gave more points than it is worth, or a result without a text.
    """
    scores: dict[str, float | None] = {}
    comments: dict[str, str | None] = {}
    results: list[CellResult] = []
    for cell in notebook["cells"]:
        if is_grade(cell):
            grade_id, points = cell["metadata"]["nbgrader"]["grade_id"], float(cell["metadata"]["nbgrader"]["points"])
            score = _score(cell, points, name, rules)
            scores[grade_id] = score
            results.append(cell_result(grade_id, score, points, cell.get("outputs", [])))
        elif is_task(cell):  # which nbgrader gives no score, so that a person's stays
            metadata = cell["metadata"]["nbgrader"]
            results.append(cell_result(metadata["grade_id"], None, float(metadata["points"]), ()))
        if is_solution(cell) or is_task(cell):
            metadata = cell["metadata"]["nbgrader"]
            untouched = metadata.get("checksum") == checksum(cell) and not is_task(cell)
            comments[metadata["grade_id"]] = "No response." if untouched else None
    return scores, comments, tuple(results)


def _score(cell: Cell, points: float, name: str, rules: Rules) -> float | None:
    metadata = cell["metadata"]["nbgrader"]
    if is_solution(cell):
        return 0 if metadata.get("checksum") == checksum(cell) else None
    if cell["cell_type"] != "code":
        return None
    for output in cell["outputs"]:
        if output["output_type"] == "error" or (output["output_type"] == "stream" and output["name"] == "stderr"):
            return 0
        if output["output_type"] == "execute_result":
            return _partial(output, points, f"{name}.ipynb, cell '{metadata['grade_id']}'", rules)
    return points


def _partial(output: Cell, points: float, where: str, rules: Rules) -> float:
    """Return the points that a test's result stands for; a result that is no number means all."""
    text = output["data"].get("text/plain")
    if not text:
        raise NotebookError(f"{where}: the test's result has no text to read its points from. Mend the test.")
    try:
        value = float(text)
    except ValueError:
        return points
    if value > points:
        raise NotebookError(
            f"{where}: the test gave {value:g} points, but it is worth {points:g}. Mend the test or its points."
        )
    if value >= 0:
        return value
    return 0 if rules.strict and (value < 0 or math.isnan(value)) else points


def _ignored(output: Cell, pattern: str) -> bool:
    return (
        output["output_type"] == "stream"
        and output["name"] == "stderr"
        and re.search(pattern, output["text"]) is not None
    )


def _limit_lines(cell: Cell, most: int) -> None:
    length = 0
    kept: list[Cell] = []
    for output in cell["outputs"]:
        if output["output_type"] == "stream":
            if length == most:
                continue
            lines = output["text"].split("\n")
            if len(lines) + length > most:
                lines = [*lines[: most - length - 1], _CUT]
                output["text"] = "\n".join(lines)
            length += len(lines)
        kept.append(output)
    cell["outputs"] = kept


def _limit_tracebacks(cell: Cell, most: int) -> None:
    for output in cell["outputs"]:
        if output["output_type"] == "error" and len(output["traceback"]) > most:
            start = most // 2
            end = most - start - 1
            output["traceback"] = [*output["traceback"][:start], _TRACE_CUT, *output["traceback"][-end:]]
