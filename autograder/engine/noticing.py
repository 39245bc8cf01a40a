"""What a submission tried, in words for whoever marks it: told apart from mere remarks by how it begins."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from autograder.engine.cells import grade_id, is_grade, is_solution
from autograder.engine.notebookfile import Cell, Notebook
from autograder.engine.running import Run

_SIGN = "Noticed: "
_MOST = 50
_HIDDEN = ("BEGIN HIDDEN TEST", "END HIDDEN TEST")


def noticed(what: str) -> str:
    """Return a warning that says what a submission tried."""
    return f"{_SIGN}{what}"


def told_apart(warnings: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what was tried, and the mere remarks."""
    tried: dict[str, None] = {}
    remarks: list[str] = []
    for warning in warnings:
        if warning.startswith(_SIGN):
            tried[warning.removeprefix(_SIGN)] = None
        else:
            remarks.append(warning)
    return tuple(tried)[:_MOST], tuple(remarks)


def is_as_released(text: str, source: str) -> bool:
    r"""Return whether a protected cell's text is the instructor's, with or without its hidden tests.

    Where the course marks hidden tests in a way of its own, a text is taken for the released one if it holds the
    source's lines in their order, some left out.

    >>> is_as_released("a\nc", "a\n### BEGIN HIDDEN TESTS\nb\n### END HIDDEN TESTS\nc")
    True
    """
    if text == source:
        return True
    lines, kept, hidden = source.split("\n"), [], False
    for line in lines:
        if _HIDDEN[0] in line:
            hidden = True
        elif _HIDDEN[1] in line:
            hidden = False
        elif not hidden:
            kept.append(line)
    if len(kept) != len(lines):
        return text.rstrip() == "\n".join(kept).rstrip()
    there = iter(lines)
    return bool(text.strip()) and all(line in there for line in text.split("\n"))


def true_results(notebook: Notebook, run: Run) -> list[str]:
    """Keep of each test's outputs only the result that the test itself gave; return what was published in its name.

    nbgrader takes partial credit from the first result among a test's outputs, whoever published it.
    """
    warnings: list[str] = []
    for index, cell in enumerate(notebook["cells"]):
        reply = run.replies.get(index)
        if not reply or not is_grade(cell) or is_solution(cell) or cell["cell_type"] != "code":
            continue
        results = [output for output in cell["outputs"] if output["output_type"] == "execute_result"]
        own = reply.get("result") if reply["status"] == "ok" else None
        if len(results) > (own is not None):
            warnings.append(noticed(f"a result was published in the name of test '{grade_id(cell)}'."))
        for result in results if own is None else results[:-1]:
            result["output_type"] = "display_data"
            result.pop("execution_count", None)
        if own:
            _state(cell, results[-1:], own)
    return warnings


def comment(tried: Collection[str], answers: Mapping[str, str | None]) -> dict[str, str | None]:
    """Return nbgrader's comments on answers, with what was tried beside the first that has none."""
    free = next((name for name, text in answers.items() if text is None), None)
    if not tried or free is None:
        return dict(answers)
    return {**answers, free: "The grader noticed: " + " ".join(tried)}


def _state(cell: Cell, results: list[Cell], own: str) -> None:
    """Have a cell's one result say the number that it gave."""
    if results:
        results[0]["data"]["text/plain"] = own
    else:
        data = {"text/plain": own}
        cell["outputs"].append(
            {"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": cell["execution_count"]}
        )
