"""Results as a person reads them (tables) and as programs do (plain data)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from autograder.results import CellResult, NotebookResult, SubmissionResult

_STYLES = {"passed": "green", "partial": "yellow", "failed": "red", "needs grading": "cyan"}


def as_data(result: NotebookResult | SubmissionResult) -> dict[str, Any]:
    """Return a result as plain data: the struct's fields, and the sums that its properties give."""
    data: dict[str, Any] = msgspec.to_builtins(result)
    data["points"], data["max_points"] = result.points, result.max_points
    if isinstance(result, NotebookResult):
        data["passed"] = result.passed
    return data


def print_notebook(console: Console, result: NotebookResult, title: str) -> None:
    """Print a notebook's results: a row a test, with what failed and why, and the sum."""
    table = Table(title=title, title_justify="left", title_style="bold", expand=False)
    table.add_column("Test")
    table.add_column("Points", justify="right", no_wrap=True)
    table.add_column("Result", no_wrap=True)
    table.add_column("What happened", overflow="fold")
    for cell in result.cells:
        table.add_row(
            escape(cell.grade_id),
            f"{cell.points:g} / {cell.max_points:g}",
            f"[{_STYLES[cell.status]}]{cell.status}[/]",
            _why(cell),
        )
    console.print(table)
    if result.problem:
        console.print(f"[red]{escape(result.problem)}[/]")
    console.print(f"[bold]{result.points:g} of {result.max_points:g} points[/] in {result.seconds:.1f} s")


def print_submissions(console: Console, results: Sequence[SubmissionResult], assignment: str) -> None:
    """Print an assignment's results: a row a submission, then what could not be graded."""
    table = Table(title=f"{assignment}: {len(results)} submissions", title_justify="left", title_style="bold")
    table.add_column("Student")
    table.add_column("Points", justify="right", no_wrap=True)
    table.add_column("Not passed", overflow="fold")
    table.add_column("To mark by hand", overflow="fold")
    for result in results:
        cells = [cell for notebook in result.notebooks for cell in notebook.cells]
        points = f"{result.points - result.late_penalty:g} / {result.max_points:g}"
        if result.late_penalty:
            points += f" (late: -{result.late_penalty:g})"
        failed = ", ".join(cell.grade_id for cell in cells if cell.status in ("failed", "partial"))
        by_hand = ", ".join(cell.grade_id for cell in cells if cell.status == "needs grading")
        what = f"[red]not graded: {escape(result.problem)}[/]" if result.problem else escape(failed)
        table.add_row(escape(result.student), "–" if result.problem else points, what, escape(by_hand))
    console.print(table)


def _why(cell: CellResult) -> RenderableType:
    if cell.status == "passed":
        return ""
    if cell.status == "needs grading":
        return "A person marks this one."
    parts: list[RenderableType] = []
    if cell.line:
        parts.append(Text(cell.line, style="dim"))
    if cell.error == "AssertionError":
        parts.append(Text(cell.message or "The test did not hold."))
    elif cell.error:
        parts.append(Text(f"{cell.error}: {cell.message}" if cell.message else cell.error))
    elif cell.message:
        parts.append(Text(cell.message))
    else:
        parts.append(Text("The test gave only a part of the points." if cell.points else "The test gave no points."))
    return Group(*parts)
