"""The cards of a review: which there are, which are due, and in which order they come."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

import msgspec

from curriculum.model import Path
from curriculum.progress.history import History
from curriculum.progress.questions import Asked, Question, all_questions, questions_of

FIRST_REVIEW = timedelta(days=1)
"""A lesson's questions come for the first time on the day after it was studied."""

QUESTION_MINUTES = 1.0
"""How long a question takes: our own estimate, the same that a lesson's minutes are held against."""


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """What comes back to be remembered.

    Attributes:
        id: its key: `question:flask/routing:flask-url-for`, or `exercise:flask/mini-api`.
        kind: a lesson's question, or an exercise that is to be solved again from scratch.
        part: the id of the lesson or exercise.
        title: the lesson's or exercise's title.
        module: the id of its module.
        question: what is asked, in Markdown; empty for an exercise.
        answer: the answer, in Markdown; empty for an exercise.
        minutes: how long it takes.
        due: the day from which it is due.
        reviews: how often it was answered.
        retrievability: how probable it is that it is remembered, from 0 to 1; 0 when it was never answered.
    """

    id: str
    kind: Literal["question", "exercise"]
    part: str
    title: str
    module: str
    question: str
    answer: str
    minutes: float
    due: date
    reviews: int
    retrievability: float


def cards(path: Path, history: History, day: date, asked: Asked) -> Iterator[Card]:
    """Yield all cards of what was studied: those that are due on a day, and those that will be.

    Args:
        path: the path.
        history: what happened.
        day: the day.
        asked: the lessons' questions.
    """
    for name, questions in asked.items():
        lesson = path.lessons[name]
        past = history.lessons.get(name)
        studied = past.studied_at if past else None
        for question in questions:
            memory = history.questions.get(question.id)
            due = (memory and memory.due) or (studied and history.calendar.day(studied) + FIRST_REVIEW)
            if due:
                yield Card(
                    id=f"question:{question.id}",
                    kind="question",
                    part=lesson.id,
                    title=lesson.title,
                    module=path.module_of(lesson.id).id,
                    question=question.question,
                    answer=question.answer,
                    minutes=QUESTION_MINUTES,
                    due=due,
                    reviews=memory.reviews if memory else 0,
                    retrievability=memory.retrievability(day) if memory else 0.0,
                )
    for exercise in path.exercises.values():
        tried = history.exercises.get(exercise.id)
        if tried and tried.memory.due and exercise.status == "ready":
            yield Card(
                id=f"exercise:{exercise.id}",
                kind="exercise",
                part=exercise.id,
                title=exercise.title,
                module=path.module_of(exercise.id).id,
                question="",
                answer="",
                minutes=exercise.minutes,
                due=tried.memory.due,
                reviews=tried.memory.reviews,
                retrievability=tried.memory.retrievability(day),
            )


def due_cards(path: Path, history: History, day: date, limit_minutes: float | None) -> list[Card]:
    """Return the cards that are due on a day, the least remembered first, then those that never came.

    Args:
        path: the path.
        history: what happened.
        day: the day.
        limit_minutes: how long the questions may take together; all that are due, and exercises too, when None.
    """
    due = sorted((card for card in cards(path, history, day, all_questions(path)) if card.due <= day), key=_urgency)
    if limit_minutes is None:
        return due
    chosen = []
    left = limit_minutes
    for card in due:
        if card.kind == "question" and card.minutes <= left:
            chosen.append(card)
            left -= card.minutes
    return chosen


def question_named(path: Path, name: str) -> Question | None:
    """Return the question of an id, or None if no lesson asks it."""
    lesson = path.lessons.get(name.partition(":")[0])
    return next((question for question in questions_of(lesson) if question.id == name), None) if lesson else None


def unasked(history: History, asked: Asked) -> list[str]:
    """Return the ids of questions that were answered, and that no lesson asks any longer."""
    return sorted(set(history.questions) - {question.id for questions in asked.values() for question in questions})


def _urgency(card: Card) -> tuple[bool, float, str]:
    # a digest mixes cards of one urgency, so that a lesson's questions don't come in a row and give each other away
    return (not card.reviews, round(card.retrievability, 2), hashlib.sha256(card.id.encode()).hexdigest())
