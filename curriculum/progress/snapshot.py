"""Where a learner stands at one moment, as data: what the home, the commands and other programs show."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

import msgspec

State = Literal["planned", "new", "in-progress", "studied", "solved"]
"""How far one is with a lesson, an exercise or a module; docs/progress.md has the rules."""


class LessonProgress(msgspec.Struct, frozen=True, kw_only=True):
    """How far one is with a lesson.

    Attributes:
        id: `module/name`.
        module: the id of its module.
        title: what the learner sees.
        minutes: how long it takes.
        state: `planned`, `new`, `in-progress` or `studied`.
        seconds: how long the learner was active in it.
        questions: how many questions it asks.
        answered: how many of them were answered in reviews at least once.
        first: when it was begun.
        last: when something happened in it last.
    """

    id: str
    module: str
    title: str
    minutes: int
    state: State
    seconds: float
    questions: int
    answered: int
    first: datetime | None
    last: datetime | None


class ExerciseProgress(msgspec.Struct, frozen=True, kw_only=True):
    """How far one is with an exercise. Points are those that a program grades.

    Attributes:
        id: `module/name`.
        module: the id of its module.
        title: what the learner sees.
        minutes: how long it takes.
        points: what it is worth, with what a person marks.
        state: `planned`, `new`, `in-progress`, `studied` or `solved`.
        seconds: how long the learner was active in it.
        checks: how often it was checked.
        best_points: the most points that a check gave.
        latest_points: the points of the latest check; None before the first.
        latest_max_points: what these were out of; 0 before the first check.
        tests_passed: how many tests passed in the latest check.
        tests: how many tests that check had.
        hints: how many hint steps were asked for.
        solution_offered: whether the solution may be shown now.
        solution_seen: when the solution was shown last.
        submitted: when it was handed in last.
        solved: when it was solved.
        due: the day from which it is to be solved again from scratch; None before it was solved or its solution seen.
        first: when it was begun.
        last: when something happened in it last.
    """

    id: str
    module: str
    title: str
    minutes: int
    points: float
    state: State
    seconds: float
    checks: int
    best_points: float
    latest_points: float | None
    latest_max_points: float
    tests_passed: int
    tests: int
    hints: int
    solution_offered: bool
    solution_seen: datetime | None
    submitted: datetime | None
    solved: datetime | None
    due: date | None
    first: datetime | None
    last: datetime | None


class ModuleProgress(msgspec.Struct, frozen=True, kw_only=True):
    """A module summed up.

    Attributes:
        id: its id.
        title: what the learner sees.
        state: `planned` when nothing of it is ready; `new`, `in-progress`; `studied` when all that is ready is
            studied or solved; `solved` when its exercises are solved too.
        ready: how many of its lessons and exercises one can learn with.
        planned: how many are still planned.
        done: how many are studied or solved.
        best_points: the most points that its exercises earned.
        points: what its ready exercises are worth.
        seconds: how long the learner was active in it.
        mastery: the mean mastery of its skills that something ready teaches or assesses, from 0 to 1.
    """

    id: str
    title: str
    state: State
    ready: int
    planned: int
    done: int
    best_points: float
    points: float
    seconds: float
    mastery: float


class NextStep(msgspec.Struct, frozen=True, kw_only=True):
    """What to do next.

    Attributes:
        kind: a lesson, or an exercise.
        id: `module/name`.
        module: the id of its module.
        title: what the learner sees.
        minutes: how long it takes.
        reason: why this, in a sentence.
        shaky: ids of skills that it builds on and that are not well mastered yet.
    """

    kind: Literal["lesson", "exercise"]
    id: str
    module: str
    title: str
    minutes: int
    reason: str
    shaky: tuple[str, ...] = ()


class DueDay(msgspec.Struct, frozen=True, kw_only=True):
    """How many questions come due on a day."""

    day: date
    cards: int


class Reviews(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be reviewed.

    Attributes:
        due: how many questions are due today.
        minutes: how long they take.
        exercises: ids of exercises that are due to be solved again from scratch.
        forecast: how many questions come due on each of the next seven days, today first with all that is due.
        unasked: ids of questions that were answered and that no lesson asks any longer; their history is kept.
    """

    due: int
    minutes: float
    exercises: tuple[str, ...]
    forecast: tuple[DueDay, ...]
    unasked: tuple[str, ...]


class Activity(msgspec.Struct, frozen=True, kw_only=True):
    """Time spent, by the learner's own days; one begins at four in the morning.

    Attributes:
        minutes_today: minutes of activity today.
        minutes_this_week: minutes of activity since Monday.
        days_this_week: on how many days since Monday something was done.
        days_in_a_row: on how many days in a row something was done, up to today or yesterday.
    """

    minutes_today: float
    minutes_this_week: float
    days_this_week: int
    days_in_a_row: int


class CheckSummary(msgspec.Struct, frozen=True, kw_only=True):
    """One check.

    Attributes:
        exercise: the exercise's id.
        title: its title.
        at: when it was.
        points: what the automatic tests earned.
        max_points: what they are worth.
        tests_passed: how many passed.
        tests: how many there were.
        passed: whether all of them passed.
        problem: why it could not be graded; empty if it could.
    """

    exercise: str
    title: str
    at: datetime
    points: float
    max_points: float
    tests_passed: int
    tests: int
    passed: bool
    problem: str


class Snapshot(msgspec.Struct, frozen=True, kw_only=True):
    """Where a learner stands.

    Attributes:
        at: when this was.
        modules: the modules, by id, in path order.
        lessons: the lessons, by id, in path order.
        exercises: the exercises, by id, in path order.
        mastery: of each skill, from 0 to 1.
        next: what to do next; None when all that is ready is done.
        reviews: what is to be reviewed.
        activity: time spent.
        checks: the latest checks, the newest first.
        begun: whether anything has happened yet.
    """

    at: datetime
    modules: dict[str, ModuleProgress]
    lessons: dict[str, LessonProgress]
    exercises: dict[str, ExerciseProgress]
    mastery: dict[str, float]
    next: NextStep | None
    reviews: Reviews
    activity: Activity
    checks: tuple[CheckSummary, ...]
    begun: bool
