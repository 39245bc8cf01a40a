"""What the events come to, part by part: folded in order of time, one event after the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta, tzinfo

import msgspec

from curriculum.progress.days import Calendar
from curriculum.progress.events import (
    Checked,
    Event,
    Finished,
    HintAsked,
    Reset,
    Reviewed,
    SolutionSeen,
    Submitted,
    Worked,
)
from curriculum.progress.memory import Memory

STUDIED_AFTER = 0.5
"""The share of a lesson's minutes after which it counts as studied, if the learner doesn't say so earlier."""

FRESH_AFTER = timedelta(hours=24)
"""How long after a solution was seen full marks show that one can do it oneself."""

ENOUGH_HINTS = 3
"""After this many hint steps the solution is offered."""

AFTER_SOLUTION = 0.4
"""What a check counts for when the solution was seen before it."""

LEAST_WITH_HELP = 0.6
"""What a check counts for at least, however many hints and failed checks came before it."""

HELP_COSTS = 0.05
"""What each hint step and each failed check before it takes off."""


UNSOLVED = 0.3
"""What an exercise counts for that isn't solved by oneself yet, or was solved long ago, in parts of its best check."""


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """What one check gave, as far as a program grades it.

    Attributes:
        at: when it was.
        exercise: the exercise's id.
        points: what the tests earned.
        max_points: what they are worth.
        passed: how many passed.
        tests: how many there were.
        problem: why it could not be graded; empty if it could.
    """

    at: datetime
    exercise: str
    points: float
    max_points: float
    passed: int
    tests: int
    problem: str

    @property
    def full(self) -> bool:
        """Whether there were tests, and all passed."""
        return self.passed == self.tests > 0 and not self.problem

    @property
    def share(self) -> float:
        """The share of the points that was earned, from 0 to 1."""
        if self.full:
            return 1.0
        if self.max_points <= 0 or self.problem:
            return 0.0
        return max(0.0, min(1.0, self.points / self.max_points))


def score(exercise: str, at: datetime, check: Checked) -> Score:
    """Return what a check of an exercise gave."""
    points = worth = 0.0
    passed = tests = 0
    for test in check.tests:
        if test.status != "needs grading":
            points += test.points
            worth += test.max_points
            passed += test.status == "passed"
            tests += 1
    return Score(
        at=at, exercise=exercise, points=points, max_points=worth, passed=passed, tests=tests, problem=check.problem
    )


class LessonHistory:
    """What happened in one lesson."""

    def __init__(self, minutes: int | None) -> None:
        self.minutes = minutes
        self.seconds = 0.0
        self.first: datetime | None = None
        self.last: datetime | None = None
        self.studied_at: datetime | None = None

    @property
    def reading(self) -> float:
        """How much of it was read, from 0 to 1: all when it is studied, else by the time spent."""
        if self.studied_at:
            return 1.0
        return min(1.0, self.seconds / (self.minutes * 60 * STUDIED_AFTER)) if self.minutes else 0.0

    def take(self, event: Event) -> None:
        """Take in what happened next."""
        self.first = self.first or event.at
        self.last = event.at
        match event.what:
            case Worked(seconds=seconds):  # by far the most frequent
                self.seconds += seconds
                if not self.studied_at and self.reading >= 1:
                    self.studied_at = event.at
            case Finished():
                self.studied_at = self.studied_at or event.at
            case _:
                pass


class ExerciseHistory:
    """What happened in one exercise.

    An *attempt* lasts from the beginning, or from a reset of the whole notebook after the exercise was solved or its
    solution seen, to the next such reset.
    """

    def __init__(self, name: str, calendar: Calendar, all_checks: list[Score] | None = None) -> None:
        self.id = name
        self._calendar = calendar
        self._all_checks = all_checks if all_checks is not None else []
        self.seconds = 0.0
        self.first: datetime | None = None
        self.last: datetime | None = None
        self.checks: list[Score] = []
        self.best_points = 0.0
        self.credit = 0.0
        self.hints = 0
        self.honest_tries = 0
        self.solution_at: datetime | None = None
        self.studied_at: datetime | None = None
        self.solved_at: datetime | None = None
        self.submitted_at: datetime | None = None
        self.memory = Memory(is_exercise=True)
        self._unproved: dict[str, bool] = {}  # tasks whose solution was seen and not yet proved: whether reset since
        self._begin_attempt(retry=False)

    def _begin_attempt(self, *, retry: bool) -> None:
        self._retry = retry
        self._failed = 0
        self._helped = 0
        self._seen = False
        self._rated = False

    @property
    def solution_offered(self) -> bool:
        """Whether the solution may be shown: after an honest try that failed, three hint steps, or when it was seen."""
        return bool(self.honest_tries or self.hints >= ENOUGH_HINTS or self.solution_at or self.solved_at)

    def value(self, day: date) -> float:
        """Return what it counts for, from 0 to 1: its best check, fading as FSRS says that one forgets.

        What isn't solved by oneself yet, or was forgotten, counts for a part.
        """
        return self.credit * max(UNSOLVED, self.memory.strength(day))

    def take(self, event: Event) -> None:
        """Take in what happened next."""
        at = event.at
        self.first = self.first or at
        self.last = at
        match event.what:
            case Worked(seconds=seconds):
                self.seconds += seconds
            case Checked() as check:
                self._check(at, check)
            case HintAsked():
                self.hints += 1
                self._helped += 1
            case SolutionSeen(task=task):
                self._see(at, task)
            case Reset(task=task):
                self._reset(task)
            case Submitted():
                self.submitted_at = at
            case _:
                pass

    def _check(self, at: datetime, check: Checked) -> None:
        result = score(self.id, at, check)
        self.checks.append(result)
        self._all_checks.append(result)
        self.best_points = max(self.best_points, result.points)
        own = self._is_own(at)
        weight = max(LEAST_WITH_HELP, 1 - HELP_COSTS * (self._failed + self._helped)) if own else AFTER_SOLUTION
        self.credit = max(self.credit, result.share * weight)
        if result.full:
            if own:
                self.solved_at = self.solved_at or at
                self._unproved.clear()
                if not self._rated:
                    self.memory.review(self._calendar.day(at), "hard" if self._failed or self._helped else "good")
                    self._rated = True
        elif check.changed:  # to check the notebook as it came is no try
            self.honest_tries += 1
            if self._retry and not self._failed and not self._rated:
                self.memory.review(self._calendar.day(at), "again")
            self._failed += 1

    def _is_own(self, at: datetime) -> bool:
        """Return whether what passes now is the learner's own: no solution seen, or long ago and put back since."""
        if not self._unproved and not self._retry:
            return True
        long_ago = self.solution_at is None or at - self.solution_at >= FRESH_AFTER
        return long_ago and all(self._unproved.values())

    def _see(self, at: datetime, task: str) -> None:
        self.solution_at = at
        if self._rated:
            return  # solved already in this attempt: comparing one's own with the model's takes nothing away
        self._unproved[task] = False
        self.studied_at = self.studied_at or at
        if not self._seen:
            self.memory.review(self._calendar.day(at), "again")
            self._seen = True

    def _reset(self, task: str) -> None:
        if task:
            if task in self._unproved:
                self._unproved[task] = True
            return
        self._unproved = dict.fromkeys(self._unproved, True)
        if self.solved_at or self.studied_at:
            self._begin_attempt(retry=True)


class History:
    """What the events come to.

    Args:
        minutes: how long each lesson of the path takes, by id.
        zone: the learner's time zone; the system's when None.

    Attributes:
        lessons: what happened in each lesson, by id.
        exercises: what happened in each exercise, by id.
        questions: how well each question that was answered is remembered, by id.
        checks: all checks, in order.
        seconds: how long the learner was active on each day on which anything happened.
        calendar: the learner's days.
    """

    def __init__(self, minutes: Mapping[str, int], zone: tzinfo | None = None) -> None:
        self._minutes = minutes
        self.calendar = Calendar(zone)
        self.lessons: dict[str, LessonHistory] = {}
        self.exercises: dict[str, ExerciseHistory] = {}
        self.questions: dict[str, Memory] = {}
        self.seconds: dict[date, float] = {}
        self.checks: list[Score] = []
        self._takers: dict[str, Callable[[Event], None]] = {}

    def take(self, event: Event) -> None:
        """Take in what happened next."""
        what = event.what
        day = self.calendar.day(event.at)
        self.seconds[day] = self.seconds.get(day, 0.0) + (what.seconds if isinstance(what, Worked) else 0.0)
        take = self._takers.get(event.about)
        if take is None:
            take = self._takers[event.about] = self._taker(*event.about.split(":", 1))
        take(event)

    def _taker(self, kind: str, name: str) -> Callable[[Event], None]:
        """Return what takes in the events of one lesson, exercise or question."""
        if kind == "lesson":
            self.lessons[name] = LessonHistory(self._minutes.get(name))
            return self.lessons[name].take
        if kind == "exercise":
            self.exercises[name] = ExerciseHistory(name, self.calendar, self.checks)
            return self.exercises[name].take
        memory = self.questions[name] = Memory()

        def answer(event: Event) -> None:
            assert isinstance(event.what, Reviewed)
            memory.review(self.calendar.day(event.at), event.what.rating)

        return answer
