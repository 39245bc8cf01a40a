"""What to do next, and why.

What was begun last is finished first. Else it is the first unfinished lesson or exercise, in path order, that is ready
and whose prerequisites are there: a skill is there when a lesson that teaches it was studied, when it is mastered well
enough, or when nothing ready teaches it. A lesson whose skills are all mastered well is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator

from curriculum.model import Exercise, Lesson, Part, Path
from curriculum.ordering import part_order
from curriculum.progress.snapshot import ExerciseProgress, LessonProgress, NextStep, Snapshot

THERE = 0.6
"""From this mastery on a skill can be built on."""

MASTERED = 0.8
"""From this mastery on a lesson has nothing new to say."""

SHAKY = 0.5
"""Below this mastery a skill that was learned deserves a review."""

_FINISHED = ("studied", "solved")


def next_step(path: Path, snapshot: Snapshot) -> NextStep | None:
    """Return what to do next; None when all that is ready is done.

    Args:
        path: the path.
        snapshot: where the learner stands; its field `next` is not looked at.
    """
    begun = [part for part in _ready(path) if _of(snapshot, part).state == "in-progress"]
    if begun:
        latest = max(begun, key=lambda part: _of(snapshot, part).last or snapshot.at)
        return _step(path, snapshot, latest, "You have begun it.")
    taught = {skill for lesson in path.lessons.values() if lesson.status == "ready" for skill in lesson.skills}
    learned = {
        skill
        for lesson in path.lessons.values()
        if snapshot.lessons[lesson.id].state in _FINISHED
        for skill in lesson.skills
    }
    there = {
        skill for skill, value in snapshot.mastery.items() if skill not in taught or skill in learned or value >= THERE
    }
    for part in _ready(path):
        if _of(snapshot, part).state in _FINISHED or not there.issuperset(_needs(path, part)):
            continue
        if isinstance(part, Lesson) and all(snapshot.mastery[skill] >= MASTERED for skill in part.skills):
            continue
        return _step(path, snapshot, part, _reason(path, snapshot, part))
    return None


def _ready(path: Path) -> Iterator[Part]:
    return (part for part in part_order(path) if part.status == "ready")


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
