"""What to learn for a goal, in order: the skills, and the lessons and exercises that bring them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from curriculum.graph import after_needs, lesson_needs
from curriculum.model import Exercise, Part, Path, Skill
from curriculum.naming import unknown_name

Names = str | Iterable[str]
"""One id, or several: of modules, skills, lessons, exercises or coverage items."""


def skill_order(path: Path, goal: Names | None = None, known: Names = ()) -> list[Skill]:
    """Return the skills that a goal needs and that aren't known yet, each after its prerequisites, else in path order.

    Who knows a skill is taken to know its prerequisites too.

    Args:
        path: the path.
        goal: what is to be learned; the whole path when None.
        known: what the learner knows already.

    Raises:
        UnknownNameError: an id that the path doesn't have.
    """
    skills = path.skills
    already = known_skills(path, known)
    wanted = skills if goal is None else skills_meant(path, goal)
    needed = set(_with_prerequisites(path, wanted, already))
    walk = after_needs(
        (name for name in skills if name in needed),
        lambda name: [before for before in skills[name].prerequisites if before in needed],
    )
    return [skills[name] for name in walk]


def part_order(path: Path, goal: Names | None = None, known: Names = ()) -> list[Part]:
    """Return the lessons and exercises that bring the skills of `skill_order`, in an order in which one can do them.

    A lesson comes after those that first teach what it builds on, else in path order. An exercise comes as soon as all
    its skills have been taught and its module's turn has come; one that also asks for skills beyond the goal is left
    out.

    Args:
        path: the path.
        goal: what is to be learned; the whole path when None.
        known: what the learner knows already.

    Raises:
        UnknownNameError: an id that the path doesn't have.
    """
    wanted = {skill.id for skill in skill_order(path, goal, known)}
    lessons = {lesson.id: lesson for lesson in path.lessons.values() if not wanted.isdisjoint(lesson.skills)}
    needs = lesson_needs(path.data.modules)
    waiting = _Waiting(path, wanted, known_skills(path, known))
    taught: set[str] = set()
    parts: list[Part] = []

    def starts() -> Iterator[str]:
        for module in path.data.modules:
            yield module.id
            yield from (lesson.id for lesson in module.lessons if lesson.id in lessons)
            yield from (skill.id for skill in module.skills if skill.id in wanted)

    for node in after_needs(starts(), lambda name: [n for n in needs.get(name, ()) if n in wanted or n in lessons]):
        events = [node]
        if node in lessons:
            parts.append(lessons[node])
            events = [name for name in lessons[node].skills if name in wanted]
        for event in events:
            if event not in taught:
                taught.add(event)
                parts += waiting.after(event)
    return parts


class _Waiting:
    """The exercises to do, and what each still waits for: its skills, and its module's turn."""

    def __init__(self, path: Path, wanted: set[str], known: set[str]) -> None:
        self._left: dict[str, int] = {}
        self._by_event: dict[str, list[Exercise]] = {}
        for module in path.data.modules:
            for exercise in module.exercises:
                new = [name for name in exercise.skills if name in wanted]
                if new and all(name in wanted or name in known for name in exercise.skills):
                    self._left[exercise.id] = len(new) + 1
                    for event in (*new, module.id):
                        self._by_event.setdefault(event, []).append(exercise)

    def after(self, event: str) -> list[Exercise]:
        """Return the exercises that wait no longer, now that a skill has been taught or a module's turn has come."""
        ready = []
        for exercise in self._by_event.get(event, ()):
            self._left[exercise.id] -= 1
            if not self._left[exercise.id]:
                ready.append(exercise)
        return ready


def known_skills(path: Path, known: Names) -> set[str]:
    """Return the ids of the skills that are known with `known`: those meant, and all their prerequisites."""
    return set(_with_prerequisites(path, skills_meant(path, known), ()))


def skills_meant(path: Path, names: Names) -> dict[str, None]:
    """Return the ids of the skills that ids of any kind stand for, in the order given.

    A module stands for the skills defined in it, a lesson for those it teaches, an exercise for those it assesses, a
    coverage item for those of the lessons and exercises that cover it.

    Raises:
        UnknownNameError: an id that the path doesn't have.
    """
    meant: dict[str, None] = {}
    for name in [names] if isinstance(names, str) else names:
        parts = [part for part in (path.lessons.get(name), path.exercises.get(name)) if part]
        if name in path.skills:
            meant[name] = None
        elif name in path.modules:
            meant.update(dict.fromkeys(skill.id for skill in path.modules[name].skills))
        elif parts:
            meant.update(dict.fromkeys(skill for part in parts for skill in part.skills))
        elif name in path.coverage_items:
            covering = (part for part in path.parts if name in part.coverage)
            meant.update(dict.fromkeys(skill for part in covering for skill in part.skills))
        else:
            raise unknown_name("module, skill, lesson, exercise or coverage id", name, lambda: all_names(path))
    return meant


def all_names(path: Path) -> list[str]:
    """Return every id that can be asked for."""
    return [*path.modules, *path.skills, *path.lessons, *path.exercises, *path.coverage_items]


def _with_prerequisites(path: Path, names: Iterable[str], without: Container[str]) -> Iterator[str]:
    skills = path.skills
    return after_needs(
        (name for name in names if name not in without),
        lambda name: [before for before in skills[name].prerequisites if before not in without],
    )
