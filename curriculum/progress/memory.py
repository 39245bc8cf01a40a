"""How well one card is remembered: FSRS says when it is due, and a level says what the last answers were worth.

FSRS (`fsrs`) estimates from the answers how fast one forgets. Here it counts in whole days, because a review is a
matter of minutes at any hour of the day, and its fuzz is off, so that the same answers give the same dates everywhere.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from fsrs import Card, Rating, Scheduler

from curriculum.progress.events import Grade

_RATINGS = {"again": Rating.Again, "hard": Rating.Hard, "good": Rating.Good, "easy": Rating.Easy}

QUESTION_RETENTION = 0.9
"""A question comes back when 9 of 10 would still be remembered: FSRS's own default."""

EXERCISE_RETENTION = 0.8
"""An exercise costs thirty times the minutes of a question, so it may wait until 8 of 10 would be remembered."""

HARD_LEVEL = 0.8
"""What is remembered with effort counts for at least this much."""

FORGOTTEN = 0.5
"""What was not remembered counts for this much of what it counted for before."""


def _scheduler(retention: float) -> Scheduler:
    return Scheduler(desired_retention=retention, learning_steps=(), relearning_steps=(), enable_fuzzing=False)


_QUESTIONS, _EXERCISES = _scheduler(QUESTION_RETENTION), _scheduler(EXERCISE_RETENTION)


class Memory:
    """What is known of one card from the answers to it.

    Attributes:
        reviews: how many answers there were.
    """

    __slots__ = ("_card", "_level", "_scheduler", "reviews")

    def __init__(self, *, is_exercise: bool = False) -> None:
        self._scheduler = _EXERCISES if is_exercise else _QUESTIONS
        self._card: Card | None = None
        self._level = 0.0
        self.reviews = 0

    def review(self, day: date, grade: Grade) -> None:
        """Take in one answer."""
        if grade == "again":
            self._level = self.strength(day) * FORGOTTEN
        elif grade == "hard":
            self._level = max(self.strength(day), HARD_LEVEL)
        else:
            self._level = 1.0
        self._card = self._after(day, grade)
        self.reviews += 1

    @property
    def due(self) -> date | None:
        """The day from which it is due; None before the first answer."""
        return self._card.due.date() if self._card else None

    def due_after(self, day: date, grade: Grade) -> date:
        """Return the day from which it would be due after an answer."""
        return self._after(day, grade).due.date()

    def retrievability(self, day: date) -> float:
        """Return how probable it is that it is remembered, from 0 to 1; 0 before the first answer."""
        return self._scheduler.get_card_retrievability(self._card, _moment(day)) if self._card else 0.0

    def strength(self, day: date) -> float:
        """Return what it counts for, from 0 to 1: its level, fading as FSRS says that one forgets.

        An answer that was remembered never lowers it, and one that was not never raises it.
        """
        return self._level * self.retrievability(day)

    def _after(self, day: date, grade: Grade) -> Card:
        moment = _moment(day)
        card = self._card or Card(card_id=1, due=moment)
        return self._scheduler.review_card(card, _RATINGS[grade], moment)[0]


def _moment(day: date) -> datetime:
    """Return the moment that stands for a day in FSRS."""
    return datetime.combine(day, time.min, UTC)
