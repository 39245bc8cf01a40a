"""A learner's memory: opened in a workspace, told what happened, and asked where the learner stands."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path
from types import TracebackType
from typing import Self, get_args

from autograder.results import NotebookResult
from curriculum.exceptions import ProgressError
from curriculum.model import Path as LearningPath
from curriculum.progress.cards import Card, due_cards, question_named
from curriculum.progress.days import Calendar
from curriculum.progress.events import (
    Clock,
    Event,
    Finished,
    Grade,
    HintAsked,
    Opened,
    PartKind,
    Reset,
    Reviewed,
    SolutionSeen,
    Submitted,
    What,
    Worked,
    check_of,
    new_event,
    utc_now,
)
from curriculum.progress.folding import history_of
from curriculum.progress.memory import Memory
from curriculum.progress.snapshot import Snapshot
from curriculum.progress.standing import take_snapshot
from curriculum.progress.store import FILE, Store


def open_progress(workspace: str | os.PathLike[str], clock: Clock = utc_now, zone: tzinfo | None = None) -> Progress:
    """Open the memory of a workspace; it is made where there is none.

    Use it in a `with` block, for one request or for as long as a server runs. Several processes and threads may have
    one open at a time; a process reads only what is new since it asked last.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as workspace, open_progress(workspace) as progress:
    ...     progress.record_opened("lesson", "flask/routing")
    ...     len(progress.events())
    1

    Args:
        workspace: its folder; the file is `.backend-path/progress.sqlite3` in it.
        clock: gives the present time.
        zone: the learner's time zone, which says what is today; the system's when None.

    Raises:
        ProgressError: the file can't be made, is damaged, is another program's, or was written by a newer version.
    """
    return Progress(Store(Path(workspace).resolve() / FILE), clock, zone)


class Progress:
    """An open memory. Every `record_…` is on the disk when it returns.

    All methods raise `ProgressError` when the file can't be read or written, or a value is out of bounds.

    Args:
        store: the log of events.
        clock: gives the present time.
        zone: the learner's time zone; the system's when None.
    """

    def __init__(self, store: Store, clock: Clock, zone: tzinfo | None) -> None:
        self._store = store
        self._clock = clock
        self._zone = zone

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._store.close()

    @property
    def now(self) -> datetime:
        """The present time in UTC, by the clock."""
        return self._clock().astimezone(UTC)

    def record_opened(self, kind: PartKind, part: str) -> None:
        """Record that a lesson or an exercise was opened.

        Args:
            kind: `lesson` or `exercise`; one of each may have the same id.
            part: its id, `module/name`.
        """
        self._record(f"{kind}:{part}", Opened())

    def record_finished(self, lesson: str) -> None:
        """Record that the learner says they have read a lesson."""
        self._record(f"lesson:{lesson}", Finished())

    def record_check(
        self, exercise: str, result: NotebookResult, *, tasks: Mapping[str, str] | None = None, changed: bool = True
    ) -> None:
        """Record a check.

        Args:
            exercise: the exercise's id.
            result: what grading gave.
            tasks: the task's `grade_id` of each test's, as far as known.
            changed: whether the answers differ from what the learner began with; only then is a failed check an
                honest try, after which the solution is offered.
        """
        self._record(f"exercise:{exercise}", check_of(result, dict(tasks or {}), changed=changed))

    def record_hint(self, exercise: str, task: str, hint: str, step: int) -> None:
        """Record that a step of a hint was asked for.

        Args:
            exercise: the exercise's id.
            task: the task's `grade_id`.
            hint: the hint's key in `hints.yaml`.
            step: which step, counted from 1.
        """
        self._record(f"exercise:{exercise}", HintAsked(task=task, hint=hint, step=step))

    def record_solution(self, exercise: str, task: str = "") -> None:
        """Record that the model solution was shown, of a task or, without one, of the whole exercise."""
        self._record(f"exercise:{exercise}", SolutionSeen(task=task))

    def record_submitted(self, exercise: str) -> None:
        """Record that an exercise was handed in."""
        self._record(f"exercise:{exercise}", Submitted())

    def record_reset(self, exercise: str, task: str = "") -> None:
        """Record that a task or, without one, the whole notebook was put back to its beginning."""
        self._record(f"exercise:{exercise}", Reset(task=task))

    def record_time(self, kind: PartKind, part: str, seconds: float) -> None:
        """Record that the learner was active in a lesson or an exercise.

        Args:
            kind: `lesson` or `exercise`.
            part: its id.
            seconds: for how long, since this was last recorded; more than 0, at most an hour.
        """
        self._record(f"{kind}:{part}", Worked(seconds=seconds))

    def answer(self, path: LearningPath, card: str, rating: Grade) -> date:
        """Record how well a question was remembered, and return the day on which it comes back.

        Args:
            path: the path.
            card: the card's id, `question:flask/routing:flask-url-for`.
            rating: `again`, `hard`, `good` or `easy`.

        Raises:
            ProgressError: no lesson asks that question, or it is an exercise: that is rated by its checks.
        """
        kind, _, name = card.partition(":")
        if kind != "question" or question_named(path, name) is None:
            raise ProgressError(
                f"There is no question '{card}' to answer. backend-path review --json lists what is due."
            )
        event = new_event(self.now, card, Reviewed(rating=rating))
        self._store.add([event])
        with history_of(self._store, path, self._zone) as history:
            due = history.questions[name].due
        assert due
        return due

    def today(self) -> date:
        """Return the learner's present day, which begins at four in the morning."""
        return Calendar(self._zone).day(self.now)

    def events(self) -> list[Event]:
        """Return all that happened, in order of time."""
        return self._store.events()[0]

    def add(self, events: list[Event]) -> int:
        """Add events of another machine, all or none, and return how many were new."""
        return self._store.add(events)

    def snapshot(self, path: LearningPath) -> Snapshot:
        """Return where the learner stands."""
        with history_of(self._store, path, self._zone) as history:
            return take_snapshot(path, history, self.now)

    def due_cards(self, path: LearningPath, limit_minutes: float | None = 5) -> list[Card]:
        """Return the cards that are due today, the most urgent first.

        Args:
            path: the path.
            limit_minutes: how long the questions may take together; all that are due, and exercises too, when None.
        """
        with history_of(self._store, path, self._zone) as history:
            return due_cards(path, history, history.calendar.day(self.now), limit_minutes)

    def would_be_due(self, path: LearningPath, card: str) -> dict[Grade, date]:
        """Return the day on which a question would come back, for each rating that could be given now."""
        with history_of(self._store, path, self._zone) as history:
            memory = history.questions.get(card.partition(":")[2]) or Memory()
            today = history.calendar.day(self.now)
            return {grade: memory.due_after(today, grade) for grade in get_args(Grade)}

    def _record(self, about: str, what: What) -> None:
        self._store.add([new_event(self.now, about, what)])
