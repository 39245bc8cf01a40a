"""Results read off a graded cell: what it earned, and why it failed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from autograder.results import CellResult, Status

_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_FAILING_LINE = re.compile(r"^-+> +\d+ (.*)$", re.MULTILINE)


def cell_result(grade_id: str, earned: float | None, worth: float, outputs: Sequence[Mapping[str, Any]]) -> CellResult:
    """Return what a graded cell earned, with what its outputs say of a failure.

    Args:
        grade_id: nbgrader's name of the cell.
        earned: its points by nbgrader's rules; nothing where a person must mark it.
        worth: what it is worth.
        outputs: its outputs.
    """
    if earned is None:
        return CellResult(grade_id, 0, worth, "needs grading")
    error, message, line = _failure(outputs)
    status: Status = "passed"
    if earned < worth:
        status = "partial" if earned > 0 else "failed"
    elif error or message:
        # A test that is worth nothing can fail all the same. A cell that earned its points did not.
        status = "failed" if worth == 0 else "passed"
    if status == "passed":
        return CellResult(grade_id, float(earned), worth, status)
    return CellResult(grade_id, float(earned), worth, status, error, message, line)


def _failure(outputs: Sequence[Mapping[str, Any]]) -> tuple[str, str, str]:
    """Return the error's name, its message and the line of the test that raised it."""
    for output in outputs:
        if output["output_type"] == "error":
            trace = [_COLOURS.sub("", text) for text in output["traceback"]]
            lines = _FAILING_LINE.findall("\n".join(trace))
            message = "\n".join(part for part in (output["evalue"], *_notes(output["ename"], trace)) if part)
            return output["ename"], message, lines[0].strip() if lines else ""
    stderr = "".join(
        output["text"] for output in outputs if output["output_type"] == "stream" and output["name"] == "stderr"
    )
    return "", _COLOURS.sub("", stderr).strip(), ""


def _notes(name: str, trace: Sequence[str]) -> Sequence[str]:
    """Return the exception's notes, such as a hint: IPython puts them behind the line that names the exception."""
    named = [index for index, text in enumerate(trace) if text.startswith(f"{name}:") or text.strip() == name]
    return trace[named[-1] + 1 :] if named else ()
