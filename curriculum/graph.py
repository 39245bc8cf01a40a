"""The graph of prerequisites: its cycles, and walks through it. All of it takes linear time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from curriculum.model import Module, Skill

Needs = Callable[[str], Iterable[str]]
"""What comes before: maps a node to the nodes that it needs."""


def skill_cycle(skills: Mapping[str, Skill]) -> list[str]:
    """Return a chain of skills that each need the next and end where they began; empty when there is none."""
    return _cycle(skills, lambda name: skills[name].prerequisites)


def lesson_cycle(modules: Sequence[Module]) -> list[str]:
    """Return a chain of lessons and skills that wait for each other; empty when the lessons can be put in an order."""
    needs = lesson_needs(modules)
    return _cycle(needs, lambda name: needs[name])


def lesson_needs(modules: Sequence[Module]) -> dict[str, tuple[str, ...]]:
    """Return what each lesson and each skill waits for.

    A lesson waits for the prerequisites of the skills it teaches (but for those that it teaches itself), a skill for
    the first lesson in path order that teaches it; a skill without a lesson waits for its own prerequisites.
    """
    skills = {skill.id: skill for module in modules for skill in module.skills}
    lessons = [lesson for module in modules for lesson in module.lessons]
    first: dict[str, str] = {}
    for lesson in lessons:
        for name in lesson.skills:
            first.setdefault(name, lesson.id)
    needs: dict[str, tuple[str, ...]] = {
        lesson.id: tuple(
            dict.fromkeys(
                before for name in lesson.skills for before in skills[name].prerequisites if before not in lesson.skills
            )
        )
        for lesson in lessons
    }
    for skill in skills.values():
        needs[skill.id] = (first[skill.id],) if skill.id in first else skill.prerequisites
    return needs


def after_needs(starts: Iterable[str], needs: Needs) -> Iterator[str]:
    """Yield the starts and all that they need, each once and after what it needs, else in the order given.

    The walk is depth first and keeps its own stack, so that a chain of any length is well. There must be no cycle.
    """
    seen: set[str] = set()
    for start in starts:
        if start in seen:
            continue
        seen.add(start)
        stack = [(start, iter(needs(start)))]
        while stack:
            node, rest = stack[-1]
            for before in rest:
                if before not in seen:
                    seen.add(before)
                    stack.append((before, iter(needs(before))))
                    break
            else:
                stack.pop()
                yield node


def _cycle(starts: Iterable[str], needs: Needs) -> list[str]:
    done: set[str] = set()
    for start in starts:
        if start in done:
            continue
        stack = [(start, iter(needs(start)))]
        on_way = {start: 0}
        while stack:
            node, rest = stack[-1]
            for before in rest:
                if before in on_way:
                    return [name for name, _ in stack[on_way[before] :]] + [before]
                if before not in done:
                    on_way[before] = len(stack)
                    stack.append((before, iter(needs(before))))
                    break
            else:
                stack.pop()
                del on_way[node]
                done.add(node)
    return []
