"""How well each skill is mastered, from 0 to 1, by a simple rule.

The lessons that teach a skill give 0.4 of it, the exercises that assess it 0.6; where there are none of one kind, the
other gives all. Only what is ready counts, and each lesson and each exercise counts alike.

- A lesson gives 0.3 for being read, and 0.7 times the mean strength of its questions (`memory.Memory.strength`).
- An exercise gives the best of its checks (`history.ExerciseHistory.credit`: the share of the points, less when failed
  checks, hints or the solution came before it), times the strength with which it is remembered, at least 0.3.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from curriculum.model import Path
from curriculum.progress.history import History
from curriculum.progress.questions import Asked

LESSONS = 0.4
"""What the lessons give of a skill that exercises assess too."""

READING = 0.3
"""What reading gives of a lesson that asks questions."""


def mastery(path: Path, history: History, day: date, asked: Asked) -> dict[str, float]:
    """Return how well each skill of the path is mastered, from 0 to 1.

    Args:
        path: the path.
        history: what happened.
        day: the day.
        asked: the lessons' questions.
    """
    taught = _means(_lessons(path, history, day, asked))
    assessed = _means(_exercises(path, history, day))
    return {skill: _together(taught.get(skill), assessed.get(skill)) for skill in path.skills}


def _together(taught: float | None, assessed: float | None) -> float:
    if taught is None or assessed is None:
        return (taught or 0.0) + (assessed or 0.0)
    return LESSONS * taught + (1 - LESSONS) * assessed


def _lessons(path: Path, history: History, day: date, asked: Asked) -> Iterator[tuple[tuple[str, ...], float]]:
    for lesson in path.lessons.values():
        if lesson.status == "ready":
            past = history.lessons.get(lesson.id)
            read = past.reading if past else 0.0
            questions = asked.get(lesson.id, ())
            memories = [history.questions[q.id].strength(day) for q in questions if q.id in history.questions]
            value = READING * read + (1 - READING) * sum(memories) / len(questions) if questions else read
            yield lesson.skills, value


def _exercises(path: Path, history: History, day: date) -> Iterator[tuple[tuple[str, ...], float]]:
    for exercise in path.exercises.values():
        if exercise.status == "ready":
            past = history.exercises.get(exercise.id)
            yield exercise.skills, past.value(day) if past else 0.0


def _means(values: Iterator[tuple[tuple[str, ...], float]]) -> dict[str, float]:
    by_skill: dict[str, list[float]] = defaultdict(list)
    for skills, value in values:
        for skill in skills:
            by_skill[skill].append(value)
    return {skill: sum(found) / len(found) for skill, found in by_skill.items()}
