"""An exercise as its learner meets it: tasks, each with its answers, its tests, and the hints that these lead to."""

from __future__ import annotations

import re

import msgspec

from autograder.hints import HINTS_FILE
from curriculum.build.exercise import ExerciseSource, SourceCell

_TASK = re.compile(r"^#+\s+Task (\d+)\s*(?::\s*(.*?))?\s*(?:\(\d+ points?\))?\s*$", re.MULTILINE | re.IGNORECASE)
_TESTS_OF = re.compile(r"^#+\s+Tests? of task (\d+)\s*$", re.MULTILINE | re.IGNORECASE)
_HINT_CALL = re.compile(r"\bhint\(\s*([\"'])(.+?)\1\s*(?:,\s*\{(.*?)\})?", re.DOTALL)
_FITTING = re.compile(r":\s*([\"'])(.+?)\1")
_HIDDEN = re.compile(r"^[^\n]*BEGIN HIDDEN TESTS.*?END HIDDEN TESTS[^\n]*$", re.MULTILINE | re.DOTALL)


class Test(msgspec.Struct, frozen=True):
    """A cell that gives points.

    Attributes:
        id: its `grade_id`.
        label: what people call it: `list is safe` for `test_list_is_safe`.
        points: what it is worth.
        by_hand: whether a person marks it.
        answer: the `grade_id` of the cell that it tests.
        hints: the keys of the hints that it can lead to, in the order in which they stand in it.
    """

    id: str
    label: str
    points: float
    by_hand: bool
    answer: str
    hints: tuple[str, ...]


class Task(msgspec.Struct, frozen=True):
    """What an exercise asks under one heading.

    Attributes:
        number: as the heading counts it; 0 where no heading does.
        title: what the heading says.
        tests: what gives points for it.
    """

    number: int
    title: str
    tests: tuple[Test, ...]


class Answer(msgspec.Struct, frozen=True):
    """A cell that the learner answers in.

    Attributes:
        id: its `grade_id`.
        title: which tasks it answers: `Task 1: the form`, or `Tasks 2 to 5`.
    """

    id: str
    title: str


class Guide(msgspec.Struct, frozen=True):
    """All that the learner's side shows of an exercise before a check.

    Attributes:
        id: `module/name`.
        title: what the learner sees.
        points: what it is worth.
        tasks: in the order of the notebook.
        answers: in the order of the notebook.
    """

    id: str
    title: str
    points: float
    tasks: tuple[Task, ...]
    answers: tuple[Answer, ...]

    @property
    def tests(self) -> tuple[Test, ...]:
        """All tests, task by task."""
        return tuple(test for task in self.tasks for test in task.tests)

    def test(self, name: str) -> Test | None:
        """Return the test of that `grade_id`, if there is one."""
        return next((test for task in self.tasks for test in task.tests if test.id == name), None)


def guide_to(exercise: ExerciseSource) -> Guide:
    """Return an exercise's guide: cells belong to the task whose heading stands above them."""
    titles: dict[int, str] = {}
    answers: dict[str, int] = {}
    tests: dict[int, list[Test]] = {}
    number = 0
    for cell in exercise.cells:
        if cell.cell_type == "markdown" and cell.role == "free":
            for match in _TASK.finditer(cell.source):
                number = int(match[1])
                titles[number] = match[2] or ""
            for match in _TESTS_OF.finditer(cell.source):
                number = int(match[1])
        if cell.role in ("task", "manual"):
            answers[cell.grade_id] = number
        if cell.role in ("test", "manual"):
            tests.setdefault(number, []).append(_test(cell, list(answers)))
    tasks = tuple(
        Task(number, titles.get(number) or exercise.header.title, tuple(tests[number])) for number in sorted(tests)
    )
    return Guide(exercise.id, exercise.header.title, exercise.points, tasks, _answers(answers, titles))


def _answers(numbers: dict[str, int], titles: dict[int, str]) -> tuple[Answer, ...]:
    """Return the answers with their titles: one cell may answer several tasks that stand above it."""
    found: list[Answer] = []
    before = 0
    for name, number in numbers.items():
        first = min(before + 1, number)
        if number == 0:
            title = name
        elif first < number:
            title = f"Tasks {first} to {number}"
        else:
            title = f"Task {number}: {titles[number]}" if titles.get(number) else f"Task {number}"
        if list(numbers.values()).count(number) > 1:
            title = f"{title} ({name})"
        found.append(Answer(name, title))
        before = number
    return tuple(found)


def hint_steps(exercise: ExerciseSource) -> dict[str, tuple[str, ...]]:
    """Return the steps of each hint of an exercise, by key."""
    import yaml  # slow to import, and most requests need no hint

    location = dict(exercise.files).get(HINTS_FILE)
    data = yaml.safe_load(location.read_text(encoding="utf-8")) if location else None
    return {str(key): tuple(str(step).strip() for step in steps) for key, steps in (data or {}).items()}


def visible_lines(exercise: ExerciseSource, test: str) -> frozenset[str]:
    """Return the lines of a test that the learner can see, without white space at their ends."""
    cell = next((cell for cell in exercise.cells if cell.grade_id == test), None)
    shown = _HIDDEN.sub("", cell.source) if cell else ""
    return frozenset(line.strip() for line in shown.split("\n") if line.strip())


def _test(cell: SourceCell, answers: list[str]) -> Test:
    name = cell.grade_id.removeprefix("test_")
    answer = name if name in answers else answers[-1] if answers else ""
    label = name.replace("_", " ").replace("-", " ")
    return Test(cell.grade_id, label, cell.points, cell.role == "manual", answer, _hint_keys(cell.source))


def _hint_keys(source: str) -> tuple[str, ...]:
    keys: list[str] = []
    for match in _HINT_CALL.finditer(source):
        keys += [match[2], *(answer[2] for answer in _FITTING.finditer(match[3] or ""))]
    return tuple(dict.fromkeys(keys))
