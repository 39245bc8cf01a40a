"""What grading found: per test cell, per notebook, per submission."""

from __future__ import annotations

from typing import Literal

import msgspec

Status = Literal["passed", "partial", "failed", "needs grading"]


class CellResult(msgspec.Struct, frozen=True):
    """What one graded cell earned.

    Attributes:
        grade_id: nbgrader's name of the cell.
        points: what it earned; 0 while a person has yet to mark it.
        max_points: what it is worth.
        status: `passed` (all points), `partial`, `failed` (none), or `needs grading` by a person.
        error: the name of the exception that the cell ended with, such as `AssertionError`; empty if it ended well.
        message: what the exception says, or what the cell wrote to standard error.
        line: the line of the test that failed, as it stands in the cell; empty if unknown.
    """

    grade_id: str
    points: float
    max_points: float
    status: Status
    error: str = ""
    message: str = ""
    line: str = ""


class NotebookResult(msgspec.Struct, frozen=True):
    """What one notebook earned.

    Attributes:
        notebook: its name, without `.ipynb`.
        cells: its graded cells, in order.
        seconds: wall time of grading, in seconds.
        problem: why it could not be graded; empty if it could.
        memory: the most memory that a process of it had at a time, in MiB; 0 where it was not measured.
        isolation: the layers of the sandbox that held while it ran, where that is said of a single notebook.
        noticed: what it tried (a changed test, a killed process, a limit reached), a line each; empty for honest work.
    """

    notebook: str
    cells: tuple[CellResult, ...]
    seconds: float
    problem: str = ""
    memory: float = 0
    isolation: str = ""
    noticed: tuple[str, ...] = ()

    @property
    def points(self) -> float:
        """What the notebook earned."""
        return sum(cell.points for cell in self.cells)

    @property
    def max_points(self) -> float:
        """What the notebook is worth."""
        return sum(cell.max_points for cell in self.cells)

    @property
    def passed(self) -> bool:
        """Whether every cell that a program grades earned all its points."""
        graded = all(cell.status in ("passed", "needs grading") for cell in self.cells)
        return not self.problem and graded


class SubmissionResult(msgspec.Struct, frozen=True):
    """What one student's submission earned.

    Attributes:
        student: the student's id.
        assignment: the assignment's name.
        notebooks: its notebooks, by name.
        late_penalty: points taken off because it came late.
        problem: why it could not be graded; empty if it could.
        isolation: the layers of the sandbox that held while it ran; `none` for none, empty if it never ran.
    """

    student: str
    assignment: str
    notebooks: tuple[NotebookResult, ...]
    late_penalty: float = 0
    problem: str = ""
    isolation: str = ""

    @property
    def points(self) -> float:
        """What the submission earned, before a late penalty."""
        return sum(notebook.points for notebook in self.notebooks)

    @property
    def max_points(self) -> float:
        """What the submission is worth."""
        return sum(notebook.max_points for notebook in self.notebooks)
