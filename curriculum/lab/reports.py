"""A check's result as the learner sees it, task by task; hidden tests keep their text to themselves."""

from __future__ import annotations

import re
from datetime import datetime

import msgspec

from autograder.results import CellResult, NotebookResult, Status
from curriculum.build.exercise import ExerciseSource
from curriculum.lab.guide import Guide, Test, visible_lines

_HINT = "Hint ("
_HINT_CALL = re.compile(r",\s*hint\([^()]*\)$")


class TestReport(msgspec.Struct, frozen=True):
    """What one test gave.

    Attributes:
        id: its `grade_id`.
        label: what people call it.
        status: as in `autograder.results.CellResult`.
        points: what it earned.
        max_points: what it is worth.
        written: whether the learner has begun with it.
        hidden: whether what failed is hidden from the learner.
        line: the line that failed; empty if it is hidden or unknown.
        message: what was expected and what came; empty if it is hidden.
        key: the hint that answers this mistake; empty if there is none.
        hint: the first step of that hint, where it is all that can be said.
    """

    __test__ = False  # for pytest: this is no test class

    id: str
    label: str
    status: Status
    points: float
    max_points: float
    written: bool = True
    hidden: bool = False
    line: str = ""
    message: str = ""
    key: str = ""
    hint: str = ""


class TaskReport(msgspec.Struct, frozen=True):
    """What one task gave.

    Attributes:
        number: as the notebook counts it; 0 if it doesn't.
        title: what its heading says.
        tests: what its tests gave.
    """

    number: int
    title: str
    tests: tuple[TestReport, ...]


class CheckReport(msgspec.Struct, frozen=True):
    """What a check gave.

    Attributes:
        at: when it was.
        points: what was earned.
        max_points: what can be earned, without what a person marks.
        passed: whether every test that a program grades passed.
        seconds: how long grading took.
        tasks: what each task gave.
    """

    at: datetime
    points: float
    max_points: float
    passed: bool
    seconds: float
    tasks: tuple[TaskReport, ...]

    def test(self, name: str) -> TestReport | None:
        """Return the report of a test, if there is one."""
        return next((test for task in self.tasks for test in task.tests if test.id == name), None)

    @property
    def failed(self) -> TestReport | None:
        """The first test that did not pass."""
        tests = (test for task in self.tasks for test in task.tests)
        return next((test for test in tests if test.status in ("failed", "partial")), None)


def report_of(
    result: NotebookResult,
    exercise: ExerciseSource,
    guide: Guide,
    hints: dict[str, tuple[str, ...]],
    at: datetime,
) -> CheckReport:
    """Return what a learner may see of a check's result.

    Args:
        result: what grading gave.
        exercise: the exercise.
        guide: its guide.
        hints: the steps of its hints, by key.
        at: when the check was.
    """
    cells = {cell.grade_id: cell for cell in result.cells}
    tasks = tuple(
        TaskReport(
            task.number,
            task.title,
            tuple(_test(test, cells[test.id], exercise, hints) for test in task.tests if test.id in cells),
        )
        for task in guide.tasks
    )
    automatic = [cell for cell in result.cells if cell.status != "needs grading"]
    return CheckReport(
        at=at,
        points=sum(cell.points for cell in automatic),
        max_points=sum(cell.max_points for cell in automatic),
        passed=result.passed,
        seconds=result.seconds,
        tasks=tasks,
    )


def _test(test: Test, cell: CellResult, exercise: ExerciseSource, hints: dict[str, tuple[str, ...]]) -> TestReport:
    report = TestReport(test.id, test.label, cell.status, cell.points, cell.max_points)
    if cell.status in ("passed", "needs grading"):
        return report
    said, key = _parted(cell.message)
    report = msgspec.structs.replace(report, key=key if key in hints else "")
    if cell.error == "NotImplementedError" and not said:
        return msgspec.structs.replace(report, written=False)
    line = cell.line.strip()
    hidden = bool(line) and line not in visible_lines(exercise, test.id)
    if hidden and cell.error == "AssertionError":
        said = ""
    elif cell.error not in ("", "AssertionError"):
        said = f"{cell.error}: {said}" if said else cell.error
    elif not said:
        said = "The test gave only a part of the points." if cell.points else "The test did not hold."
    first = hints.get(key, ("",))[0] if hidden and not said else ""
    shown = "" if hidden else _HINT_CALL.sub("", line)
    return msgspec.structs.replace(report, hidden=hidden, line=shown, message=said, hint=first)


def _parted(message: str) -> tuple[str, str]:
    """Return a failed test's message without its hint, and the hint's key."""
    start = 0 if message.startswith(_HINT) else message.find(f"\n{_HINT}") + 1
    if not message.startswith(_HINT) and start == 0:
        return message.strip(), ""
    key = message[start + len(_HINT) :].partition(")")[0]
    return message[:start].strip(), key
