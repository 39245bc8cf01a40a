"""A dated plan: lessons and exercises in order, reviews of what was learned, and some time left over.

The rules:

- A week begins on the weekday of the first day. Of its hours, a share is kept free (`slack`); the rest is divided into
  sessions of at most two hours, spread over the days (seven longer ones, when two hours a day aren't enough).
- A lesson is reviewed (its questions are asked again) 7, 21 and 49 days after it was finished: the intervals grow
  because each recall makes the memory last longer. A review takes a tenth of the lesson's time, 2 to 10 minutes.
- In a session, reviews that are due come first, in up to half of its time while there is something new to learn.
- Then comes what is new, in the order of `curriculum.ordering`. What doesn't fit any more is begun when there are at
  least 15 minutes, and goes on in the next session; but when less than 15 minutes of it would be left, it is finished,
  out of the week's slack while that lasts.
"""

from __future__ import annotations

import datetime
import math
from collections import deque
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Literal

import msgspec

from curriculum.exceptions import PlanError
from curriculum.model import Lesson, Part, Path, Status
from curriculum.ordering import Names, part_order

REVIEW_AFTER_DAYS = (7, 21, 49)
LONGEST_SESSION = 120
SHORTEST_SITTING = 15

FEWEST_HOURS = 0.5
MOST_HOURS = 100
MOST_SLACK = 0.5


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to do in a session.

    Attributes:
        kind: what it is.
        id: of the lesson or exercise; for a review, of the lesson.
        title: of the lesson or exercise.
        minutes: how long it takes in this session.
        left: minutes of it that are left for later sessions.
        status: whether the lesson or exercise is ready or still planned.
    """

    kind: Literal["lesson", "exercise", "review"]
    id: str
    title: str
    minutes: int
    left: int = 0
    status: Status


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """What to do on one day."""

    day: date
    tasks: tuple[Task, ...]

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return sum(task.minutes for task in self.tasks)


class Week(msgspec.Struct, frozen=True, kw_only=True):
    """Seven days of a plan.

    Attributes:
        number: counted from 1 at the start of the plan.
        start: its first day.
        sessions: in order; at least one.
    """

    number: int
    start: date
    sessions: tuple[Session, ...]

    @property
    def minutes(self) -> int:
        """How long its sessions take."""
        return sum(session.minutes for session in self.sessions)


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """A dated schedule.

    Attributes:
        start: the first day.
        hours_per_week: what was asked for; no week takes more.
        slack: the share of each week that is kept free.
        weeks: those in which there is something to do, in order.
    """

    start: date
    hours_per_week: float
    slack: float
    weeks: tuple[Week, ...]

    @property
    def sessions(self) -> Iterator[Session]:
        """All sessions, in order."""
        return (session for week in self.weeks for session in week.sessions)

    @property
    def end(self) -> date:
        """The day of the last session; the first day when there is nothing to do."""
        return self.weeks[-1].sessions[-1].day if self.weeks else self.start

    @property
    def minutes(self) -> int:
        """How long all of it takes."""
        return sum(week.minutes for week in self.weeks)


def make_plan(
    path: Path,
    *,
    hours_per_week: float,
    start: date,
    goal: Names | None = None,
    known: Names = (),
    slack: float = 0.15,
    only_ready: bool = False,
) -> Plan:
    """Return a dated schedule of what a goal needs.

    Args:
        path: the path.
        hours_per_week: how much time there is, from 0.5 to 100 hours.
        start: the first day.
        goal: what is to be learned; the whole path when None.
        known: what the learner knows already.
        slack: the share of each week to keep free, from 0 to 0.5.
        only_ready: whether to leave out what is still planned.

    Raises:
        PlanError: the hours or the slack are out of bounds, or the calendar ends before the plan.
        UnknownNameError: an id that the path doesn't have.
    """
    if not FEWEST_HOURS <= hours_per_week <= MOST_HOURS:
        raise PlanError(f"{hours_per_week:g} hours a week: give {FEWEST_HOURS:g} to {MOST_HOURS:g}.")
    if not 0 <= slack <= MOST_SLACK:
        raise PlanError(f"The slack is {slack:g}: give a share of the week from 0 to {MOST_SLACK:g}.")
    if isinstance(start, datetime.datetime):
        start = start.date()
    parts = [part for part in part_order(path, goal, known) if part.status == "ready" or not only_ready]
    try:
        weeks = tuple(_weeks(parts, math.floor(hours_per_week * 60), slack, start))
    except OverflowError as error:
        raise PlanError(
            f"With {hours_per_week:g} hours a week from {start} on, the plan goes beyond the year {date.max.year}. "
            "Give more hours or a smaller goal."
        ) from error
    return Plan(start=start, hours_per_week=hours_per_week, slack=slack, weeks=weeks)


def _weeks(parts: Sequence[Part], minutes: int, slack: float, start: date) -> Iterator[Week]:
    planned = math.floor(minutes * (1 - slack))
    count = min(7, math.ceil(planned / LONGEST_SESSION))
    desk = _Desk(parts)
    number = 0
    while desk.has_work:
        first = start + timedelta(weeks=number)
        number += 1
        spare = minutes - count * (planned // count)
        sessions = []
        for i in range(count):
            day = first + timedelta(days=i * 7 // count)
            tasks = desk.session(day, planned // count, spare)
            if tasks:
                session = Session(day=day, tasks=tuple(tasks))
                spare -= max(0, session.minutes - planned // count)
                sessions.append(session)
        if sessions:
            yield Week(number=number, start=first, sessions=tuple(sessions))


class _Desk:
    """What is still to be done: new parts in order, and reviews in a queue for each interval, so each in date order."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._parts = deque(parts)
        self._left = parts[0].minutes if parts else 0
        self._reviews: list[deque[tuple[date, Part]]] = [deque() for _ in REVIEW_AFTER_DAYS]

    @property
    def has_work(self) -> bool:
        return bool(self._parts) or any(self._reviews)

    def session(self, day: date, minutes: int, spare: int) -> list[Task]:
        """Return what to do on a day, and take it off the desk.

        Args:
            day: the day.
            minutes: how long the session is.
            spare: minutes of the week's slack that may be used to finish something.
        """
        tasks = self._due(day, minutes // 2 if self._parts else minutes)
        rest = minutes - sum(task.minutes for task in tasks)
        begun = False
        while self._parts and rest > 0:
            over = self._left - rest
            if over <= 0 or (over < SHORTEST_SITTING and over <= spare):
                now = self._left
            elif rest >= SHORTEST_SITTING or not begun:
                now = rest
            else:
                break
            tasks.append(self._work(now, day))
            rest -= now
            begun = True
        return tasks

    def _work(self, minutes: int, day: date) -> Task:
        part = self._parts[0]
        self._left -= minutes
        is_lesson = isinstance(part, Lesson)
        task = Task(
            kind="lesson" if is_lesson else "exercise",
            id=part.id,
            title=part.title,
            minutes=minutes,
            left=self._left,
            status=part.status,
        )
        if not self._left:
            self._parts.popleft()
            self._left = self._parts[0].minutes if self._parts else 0
            if is_lesson:
                for queue, days in zip(self._reviews, REVIEW_AFTER_DAYS, strict=True):
                    queue.append((day + timedelta(days=days), part))
        return task

    def _due(self, day: date, minutes: int) -> list[Task]:
        tasks = []
        for queue in self._reviews:
            while queue and queue[0][0] <= day and review_minutes(queue[0][1]) <= minutes:
                lesson = queue.popleft()[1]
                time = review_minutes(lesson)
                minutes -= time
                tasks.append(Task(kind="review", id=lesson.id, title=lesson.title, minutes=time, status=lesson.status))
        return tasks


def review_minutes(part: Part) -> int:
    """Return how long one review of a lesson takes: a tenth of its time, 2 to 10 minutes."""
    return max(2, min(10, round(part.minutes / 10)))
