"""Results as a person reads them (tables) and as programs do (plain data)."""

from __future__ import annotations

import statistics
import sys
from typing import Any

import msgspec
from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from autograder.results import CellResult, NotebookResult, SubmissionResult
from autograder.sandbox import NEEDED

_SHOWN = 200
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
    if note := isolation_note(result.isolation):
        console.print(f"[dim]{note}[/]", soft_wrap=True)


def isolation_note(isolation: str) -> str:
    """Return what there is to say of how far a run was shut in; nothing if all needed layers held, or nothing ran.

    >>> isolation_note("environment, limits")
    'This system does not shut notebooks in as far as it should (environment, limits); `autograder doctor` says more.'
    """
    if not isolation or set(isolation.split(", ")) >= NEEDED:
        return ""
    return (
        f"This system does not shut notebooks in as far as it should ({isolation}); `autograder doctor` says more."
        if isolation != "none"
        else "Nothing was shut in: the notebooks ran with all your rights."
    )


class Summary:
    """An assignment's results, gathered while they come; of very many, only what is worth showing is kept.

    Args:
        assignment: the assignment's name.
        keep_all: whether every result is kept whole.
    """

    def __init__(self, assignment: str, *, keep_all: bool = False) -> None:
        self.problems: list[tuple[str, str]] = []
        self.noticed: list[tuple[str, str]] = []
        self._assignment = assignment
        self._keep = sys.maxsize if keep_all else _SHOWN
        self._results: list[SubmissionResult] = []
        self._count = 0
        self._points: list[float] = []

    def add(self, result: SubmissionResult) -> None:
        """Take one submission's result."""
        self._count += 1
        self.noticed += [(result.student, what) for notebook in result.notebooks for what in notebook.noticed]
        if result.problem:
            self.problems.append((result.student, result.problem))
        else:
            self._points.append(result.points - result.late_penalty)
        if len(self._results) < self._keep:
            self._results.append(result)

    def results(self) -> list[SubmissionResult]:
        """Return the results that were kept, in the order of the students' ids."""
        return sorted(self._results, key=lambda result: result.student)

    def print(self, console: Console, *, already: int = 0) -> None:
        """Print a row a submission, then what could not be graded.

        Args:
            console: where to print.
            already: how many submissions were graded before and passed over.
        """
        passed_over = f"{already} graded already and passed over (--force grades them again)." if already else ""
        if not self._count:
            console.print(f"{escape(self._assignment)}: nothing to grade. {passed_over}")
            return
        if self._count <= _SHOWN:
            console.print(self._table())
        else:
            points = self._points or [0.0]
            console.print(
                f"[bold]{escape(self._assignment)}: {self._count} submissions[/], {len(self._points)} graded; "
                f"points {min(points):g} to {max(points):g}, half of them {statistics.median(points):g} or more. "
                "The gradebook has the marks; --json prints all results."
            )
        for student, what in sorted(self.noticed):
            console.print(f"[yellow]{escape(student)}: noticed:[/] {escape(what)}", soft_wrap=True)
        for student, problem in sorted(self.problems):
            console.print(f"[red]{escape(student)} was not graded:[/] {escape(problem)}", soft_wrap=True)
        if passed_over:
            console.print(passed_over)
        for note in sorted({isolation_note(result.isolation) for result in self._results} - {""}):
            console.print(f"[yellow]{note}[/]", soft_wrap=True)

    def _table(self) -> Table:
        title = f"{self._assignment}: {self._count} submission{'s' if self._count > 1 else ''}"
        table = Table(title=title, title_justify="left", title_style="bold")
        table.add_column("Student")
        table.add_column("Points", justify="right", no_wrap=True)
        table.add_column("Not passed", overflow="fold")
        table.add_column("To mark by hand", overflow="fold")
        for result in self.results():
            cells = [cell for notebook in result.notebooks for cell in notebook.cells]
            points = f"{result.points - result.late_penalty:g} / {result.max_points:g}"
            if result.late_penalty:
                points += f" (late: -{result.late_penalty:g})"
            failed = ", ".join(cell.grade_id for cell in cells if cell.status in ("failed", "partial"))
            by_hand = ", ".join(cell.grade_id for cell in cells if cell.status == "needs grading")
            what = "[red]not graded[/]" if result.problem else escape(failed)
            table.add_row(escape(result.student), "–" if result.problem else points, what, escape(by_hand))
        return table


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
