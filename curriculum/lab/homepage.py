"""What the course home shows: the path as a map, and where the learner stands in it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import msgspec

from curriculum.exports.layering import Layout, lay_out
from curriculum.exports.modulemap import needed_modules, reduced
from curriculum.model import Exercise, Lesson, Module
from curriculum.model import Path as LearningPath
from curriculum.placing import Manifest, read_manifest
from curriculum.progress import Activity, CheckSummary, DueDay, NextStep, Snapshot, State


class HomePart(msgspec.Struct, frozen=True):
    """A lesson or an exercise.

    Attributes:
        kind: `lesson` or `exercise`.
        id: `module/name`.
        title: what the learner sees.
        minutes: how long it takes.
        state: how far one is with it.
        place: its notebook, as JupyterLab calls it; empty while it is planned.
        points: what it is worth; 0 for a lesson.
        best_points: the most that a check gave.
    """

    kind: str
    id: str
    title: str
    minutes: int
    state: State
    place: str
    points: float = 0
    best_points: float = 0


class HomeModule(msgspec.Struct, frozen=True):
    """A module.

    Attributes:
        id: its id.
        title: what the learner sees.
        summary: what it is about.
        state: how far one is with it.
        needs: ids of the modules it builds on, without those that follow from others.
        ready: how many of its parts one can learn with.
        planned: how many are still planned.
        done: how many are studied or solved.
        minutes: how long all of it takes.
        mastery: from 0 to 1.
        parts: its lessons, then its exercises.
    """

    id: str
    title: str
    summary: str
    state: State
    needs: tuple[str, ...]
    ready: int
    planned: int
    done: int
    minutes: int
    mastery: float
    parts: tuple[HomePart, ...]


class HomeCheck(msgspec.Struct, frozen=True):
    """One of the latest checks, and the notebook it was of."""

    check: CheckSummary
    place: str


class Home(msgspec.Struct, frozen=True):
    """The course home.

    Attributes:
        title: the path's.
        description: where it leads.
        begun: whether the learner has done anything yet.
        next: what to do next; None when all that is ready is done.
        next_place: its notebook.
        due: how many questions are due for review.
        due_minutes: how long they take.
        upcoming: the day on which questions come due next, within a week; None when none do.
        upcoming_in: how many days ahead that is; 0 when none do.
        exercises_due: exercises that are due to be solved again.
        activity: time spent.
        checks: the latest checks.
        modules: in path order.
        map: where the modules stand on the map, in pixels from its left edge.
        node: how wide a module is on the map, in pixels.
    """

    title: str
    description: str
    begun: bool
    next: NextStep | None
    next_place: str
    due: int
    due_minutes: float
    upcoming: DueDay | None
    upcoming_in: int
    exercises_due: tuple[HomePart, ...]
    activity: Activity
    checks: tuple[HomeCheck, ...]
    modules: tuple[HomeModule, ...]
    map: Layout
    node: float


NODE = 150.0
"""How wide a module is on the map, in pixels."""


def home_of(workspace: Path, path: LearningPath, snapshot: Snapshot) -> Home:
    """Return the course home of a workspace."""
    manifest = read_manifest(workspace)
    needs = reduced(needed_modules(path))
    modules = tuple(_module(module, needs[module.id], snapshot, manifest) for module in path.modules.values())
    parts = {(part.kind, part.id): part for module in modules for part in module.parts}
    step = snapshot.next
    days, upcoming = next(((n, day) for n, day in enumerate(snapshot.reviews.forecast) if n and day.cards), (0, None))
    return Home(
        title=path.title,
        description=path.description,
        begun=snapshot.begun,
        next=step,
        next_place=parts[step.kind, step.id].place if step else "",
        due=snapshot.reviews.due,
        due_minutes=snapshot.reviews.minutes,
        upcoming=upcoming,
        upcoming_in=days,
        exercises_due=tuple(parts["exercise", name] for name in snapshot.reviews.exercises),
        activity=snapshot.activity,
        checks=tuple(
            HomeCheck(check, parts["exercise", check.exercise].place if ("exercise", check.exercise) in parts else "")
            for check in snapshot.checks
        ),
        modules=modules,
        map=_map(path),
        node=NODE,
    )


@lru_cache(maxsize=4)
def _map(path: LearningPath) -> Layout:
    return lay_out(reduced(needed_modules(path)), node=NODE, passing=6, gap=12, most=4)


def _module(module: Module, needs: tuple[str, ...], snapshot: Snapshot, manifest: Manifest) -> HomeModule:
    standing = snapshot.modules[module.id]
    return HomeModule(
        id=module.id,
        title=module.title,
        summary=module.summary.strip(),
        state=standing.state,
        needs=needs,
        ready=standing.ready,
        planned=standing.planned,
        done=standing.done,
        minutes=module.minutes,
        mastery=standing.mastery,
        parts=(
            *(_lesson(part, snapshot, manifest) for part in module.lessons),
            *(_exercise(part, snapshot, manifest) for part in module.exercises),
        ),
    )


def _lesson(lesson: Lesson, snapshot: Snapshot, manifest: Manifest) -> HomePart:
    state = snapshot.lessons[lesson.id].state
    return HomePart("lesson", lesson.id, lesson.title, lesson.minutes, state, _place(manifest, f"lesson:{lesson.id}"))


def _exercise(exercise: Exercise, snapshot: Snapshot, manifest: Manifest) -> HomePart:
    standing = snapshot.exercises[exercise.id]
    name = exercise.id.rpartition("/")[2]
    return HomePart(
        "exercise",
        exercise.id,
        exercise.title,
        exercise.minutes,
        standing.state,
        _place(manifest, f"exercise:{exercise.id}:{name}.ipynb"),
        exercise.points,
        standing.best_points,
    )


def _place(manifest: Manifest, key: str) -> str:
    return manifest.files[key].path if key in manifest.files else ""
