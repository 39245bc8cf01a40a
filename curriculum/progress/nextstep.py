"""What to do next, and why.

Only what is ready, is not finished, and has its prerequisites there can be next: a skill is there when a lesson that
teaches it was studied, when it is mastered well enough, or when nothing ready teaches it. What was begun last is
finished first. Else it is the first in path order; a lesson whose skills are all mastered well is passed over while
there is anything else.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from curriculum.model import Exercise, Lesson, Part, Path
from curriculum.ordering import part_order
from curriculum.progress.snapshot import ExerciseProgress, LessonProgress, NextStep, Snapshot

THERE = 0.6
"""From this mastery on a skill can be built on."""

MASTERED = 0.8
"""From this mastery on a lesson has nothing new to say."""

SHAKY = 0.5
"""Below this mastery a skill that was learned deserves a review."""

LOOKED_IN = 60
"""Who was active in a lesson or an exercise for fewer seconds has not begun it."""


def next_step(path: Path, snapshot: Snapshot) -> NextStep | None:
    """Return what to do next; None when all that is ready is done.

    Args:
        path: the path.
        snapshot: where the learner stands; its field `next` is not looked at.
    """
    there = _skills_there(path, snapshot)
    doable = [part for part in _unfinished(path, snapshot) if there.issuperset(_needs(path, part))]
    begun = [part for part in doable if _is_begun(_of(snapshot, part))]
    if begun:
        latest = max(begun, key=lambda part: _of(snapshot, part).last or snapshot.at)
        return _step(path, snapshot, latest, "You have begun it.")
    new = [part for part in doable if not _is_known(snapshot, part)]
    if new:
        return _step(path, snapshot, new[0], _reason(path, snapshot, new[0]))
    if doable:
        return _step(path, snapshot, doable[0], "You know most of it already; it is all that is left.")
    return None


def _skills_there(path: Path, snapshot: Snapshot) -> set[str]:
    """Return the ids of the skills that one can build on."""
    ready = [lesson for lesson in path.lessons.values() if lesson.status == "ready"]
    taught = {skill for lesson in ready for skill in lesson.skills}
    studied = {skill for lesson in ready if _is_finished(_of(snapshot, lesson)) for skill in lesson.skills}
    return {
        skill for skill, value in snapshot.mastery.items() if skill not in taught or skill in studied or value >= THERE
    }


def _unfinished(path: Path, snapshot: Snapshot) -> Iterator[Part]:
    return (part for part in _ready_in_order(path) if not _is_finished(_of(snapshot, part)))


@lru_cache(maxsize=4)  # a path never changes, and each snapshot asks
def _ready_in_order(path: Path) -> tuple[Part, ...]:
    return tuple(part for part in part_order(path) if part.status == "ready")


def _is_finished(standing: LessonProgress | ExerciseProgress) -> bool:
    return standing.state in ("studied", "solved")


def _is_begun(standing: LessonProgress | ExerciseProgress) -> bool:
    """Return whether more was done than to look in."""
    tried = isinstance(standing, ExerciseProgress) and (standing.checks or standing.hints)
    return bool(tried) or standing.seconds >= LOOKED_IN


def _is_known(snapshot: Snapshot, part: Part) -> bool:
    return isinstance(part, Lesson) and all(snapshot.mastery[skill] >= MASTERED for skill in part.skills)


def _of(snapshot: Snapshot, part: Part) -> LessonProgress | ExerciseProgress:
    return snapshot.exercises[part.id] if isinstance(part, Exercise) else snapshot.lessons[part.id]


def _needs(path: Path, part: Part) -> list[str]:
    """Return the ids of the skills that one needs before a lesson or exercise."""
    if isinstance(part, Exercise):
        return list(part.skills)
    before = (need for skill in part.skills for need in path.skills[skill].prerequisites)
    return [need for need in dict.fromkeys(before) if need not in part.skills]


def _reason(path: Path, snapshot: Snapshot, part: Part) -> str:
    module = path.module_of(part.id).title
    if not snapshot.begun:
        return "The path begins here."
    if isinstance(part, Exercise):
        return f"You have read what it needs; it is the next exercise of {module}."
    return f"It is the next lesson of {module}, and you have what it builds on."


def _step(path: Path, snapshot: Snapshot, part: Part, reason: str) -> NextStep:
    shaky = tuple(
        skill for skill in _needs(path, part) if 0 < snapshot.mastery[skill] < SHAKY and not isinstance(part, Exercise)
    )
    return NextStep(
        kind="exercise" if isinstance(part, Exercise) else "lesson",
        id=part.id,
        module=path.module_of(part.id).id,
        title=part.title,
        minutes=part.minutes,
        reason=reason,
        shaky=shaky,
    )
