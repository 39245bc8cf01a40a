"""A learner whose clock the tests turn, and random logs of what learners do."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import strategies as st

import curriculum
from autograder.results import CellResult, NotebookResult
from curriculum.progress import Progress, open_progress
from curriculum.progress.events import (
    Checked,
    Event,
    Finished,
    HintAsked,
    Opened,
    Reset,
    Reviewed,
    SolutionSeen,
    Submitted,
    TestResult,
    Worked,
)
from curriculum.progress.questions import questions_of

ZONE = timezone(timedelta(hours=1))


class Learner:
    """Works on the exercise `flask/routes-and-json` and the lesson `flask/routing`, and whatever else a test names."""

    lesson = "flask/routing"
    exercise = "flask/routes-and-json"

    def __init__(self, workspace: Path, path: curriculum.Path) -> None:
        self.workspace = workspace
        self.path = path
        self.now = datetime(2027, 3, 1, 9, tzinfo=UTC)  # a Monday
        self.memory = self.open()

    def open(self) -> Progress:
        """Open the memory once more, as another server would."""
        return open_progress(self.workspace, lambda: self.now, ZONE)

    def wait(self, **time: float) -> None:
        """Let time pass: `hours=25`."""
        self.now += timedelta(**time)

    def check(self, *passed: bool, exercise: str = "", changed: bool = True) -> None:
        """Have an exercise of three tests, a point each, checked a minute later."""
        self.wait(minutes=1)
        self.memory.record_check(
            exercise or self.exercise, self.result(*(passed or (True, True, True))), changed=changed
        )

    def fail(self, exercise: str = "") -> None:
        """Have an exercise checked of which one test fails."""
        self.check(True, False, True, exercise=exercise)

    def result(self, *passed: bool) -> NotebookResult:
        """Return what grading gives."""
        cells = [
            CellResult(f"test_{number}", float(ok), 1.0, "passed" if ok else "failed")
            for number, ok in enumerate(passed, start=1)
        ]
        return NotebookResult("notebook", tuple(cells), 0.2)

    def snapshot(self) -> curriculum.progress.Snapshot:
        """Return where the learner stands."""
        return self.memory.snapshot(self.path)

    @property
    def state(self) -> str:
        """How far the learner is with the exercise."""
        return self.snapshot().exercises[self.exercise].state


@pytest.fixture(scope="session")
def path() -> curriculum.Path:
    """The course's own path."""
    return curriculum.load()


@pytest.fixture
def learner(tmp_path, path) -> Iterator[Learner]:
    """A learner with a fresh workspace."""
    made = Learner(tmp_path / "workspace", path)
    with made.memory:
        yield made


@pytest.fixture
def laptop(tmp_path, path) -> Iterator[Learner]:
    """The same learner's other machine: nothing has happened on it yet."""
    made = Learner(tmp_path / "laptop", path)
    with made.memory:
        yield made


@pytest.fixture
def fresh(tmp_path, path) -> Iterator[Callable[[], Learner]]:
    """Makes as many learners as a test needs."""
    with ExitStack() as opened:
        names = itertools.count()

        def make() -> Learner:
            made = Learner(tmp_path / f"fresh-{next(names)}", path)
            opened.enter_context(made.memory)
            return made

        yield make


@pytest.fixture(scope="session")
def logs(path) -> st.SearchStrategy[list[Event]]:
    """Logs of what learners do in a lesson, its questions and an exercise, in order of time."""
    questions = [question.id for question in questions_of(path.lessons[Learner.lesson])]
    lesson, exercise = f"lesson:{Learner.lesson}", f"exercise:{Learner.exercise}"
    tasks = st.sampled_from(["", "read", "write"])
    tests = st.lists(st.booleans(), min_size=3, max_size=3).map(
        lambda passed: tuple(
            TestResult(name=f"test_{n}", points=float(ok), max_points=1.0, status="passed" if ok else "failed")
            for n, ok in enumerate(passed)
        )
    )
    happenings = st.one_of(
        st.tuples(st.just(lesson), st.one_of(st.just(Opened()), st.just(Finished()))),
        st.tuples(st.sampled_from([lesson, exercise]), st.builds(Worked, seconds=st.floats(1, 600))),
        st.tuples(
            st.sampled_from(questions).map("question:{}".format),
            st.builds(Reviewed, rating=st.sampled_from(["again", "hard", "good", "easy"])),
        ),
        st.tuples(
            st.just(exercise),
            st.one_of(
                st.builds(Checked, tests=tests, changed=st.booleans()),
                st.builds(HintAsked, task=tasks, hint=st.just("key"), step=st.integers(1, 3)),
                st.builds(SolutionSeen, task=tasks),
                st.builds(Reset, task=tasks),
                st.just(Submitted()),
            ),
        ),
    )
    pauses = st.one_of(st.integers(1, 90 * 60), st.integers(0, 40 * 24 * 3600))
    steps = st.tuples(pauses, st.uuids(version=4).map(str), happenings)
    return st.lists(steps, max_size=25, unique_by=lambda step: step[1]).map(_dated)


def _dated(steps: list[tuple[int, str, tuple[str, object]]]) -> list[Event]:
    at = datetime(2027, 1, 1, tzinfo=UTC)
    events = []
    for pause, name, (about, what) in steps:
        at += timedelta(seconds=pause)
        events.append(Event(id=name, at=at, about=about, what=what))
    return sorted(events, key=lambda event: (event.at, event.id))
