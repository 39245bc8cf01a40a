"""What no single field can show: ids that stand twice or nowhere, cycles, coverage that nothing teaches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from uuid import UUID

from curriculum.datafile import Place
from curriculum.decoding import ErrorAt
from curriculum.graph import lesson_cycle, skill_cycle
from curriculum.model import CoverageItem, Exercise, Lesson, Module, Part, Path, PathData, Skill
from curriculum.naming import nearest

Where = Callable[[Place], str]
"""Says in words where a place is, for messages that name a second one: `modules/flask.yaml:12`."""


def validated_path(data: PathData, error_at: ErrorAt, where: Where, origin: str = "") -> Path:
    """Return the path that the data describe, when they hang together.

    Args:
        data: the whole of it.
        error_at: makes the error for a place in `data`, such as `("modules", 3, "skills", 0, "prerequisites", 1)`.
        where: says in words where a place is.
        origin: the folder or file it came from.

    Raises:
        DataError: an id stands twice or is unknown, prerequisites run in a circle, or coverage is not kept.
    """
    checks: tuple[Callable[[PathData, ErrorAt, Where], None], ...] = (
        _refuse_duplicates,
        _check_module_prefixes,
        _check_references,
        _refuse_cycles,
        _check_coverage,
    )
    for check in checks:
        check(data, error_at, where)
    return Path(data, origin)


def _entities(data: PathData) -> Iterator[tuple[str, Skill | Part | Module | CoverageItem, Place]]:
    """Yield what has an id: the realm in which the id is unique, the entity, its place."""
    for i, item in enumerate(data.coverage):
        yield "coverage", item, ("coverage", i)
    for m, module in enumerate(data.modules):
        yield "module", module, ("modules", m)
        for i, skill in enumerate(module.skills):
            yield "skill", skill, ("modules", m, "skills", i)
        for i, lesson in enumerate(module.lessons):
            yield "lesson", lesson, ("modules", m, "lessons", i)
        for i, exercise in enumerate(module.exercises):
            yield "exercise", exercise, ("modules", m, "exercises", i)


def _parts(data: PathData) -> Iterator[tuple[Part, Place, Module]]:
    for _realm, entity, place in _entities(data):
        if isinstance(entity, Part) and isinstance(place[1], int):
            yield entity, place, data.modules[place[1]]


def _refuse_duplicates(data: PathData, error_at: ErrorAt, where: Where) -> None:
    ids: dict[tuple[str, str], Place] = {}
    uuids: dict[UUID, Place] = {data.uuid: ()}
    for realm, entity, place in _entities(data):
        first = ids.setdefault((realm, entity.id), place)
        if first is not place:
            raise error_at(
                (*place, "id"),
                f"The id '{entity.id}' stands twice; the first is at {where((*first, 'id'))}.",
                "Give each its own, or take one out.",
            )
        twin = uuids.setdefault(entity.uuid, place)
        if twin is not place:
            raise error_at(
                (*place, "uuid"),
                f"The UUID {entity.uuid} stands twice; the first is at {where((*twin, 'uuid'))}.",
                "Give each its own, or leave the field out.",
            )


def _check_module_prefixes(data: PathData, error_at: ErrorAt, where: Where) -> None:
    for part, place, module in _parts(data):
        name = part.id.partition("/")
        if name[0] != module.id:
            raise error_at(
                (*place, "id"),
                f"'{part.id}' stands in the module '{module.id}'.",
                f"Call it '{module.id}/{name[2]}', or move it to the module '{name[0]}'.",
            )


def _check_references(data: PathData, error_at: ErrorAt, where: Where) -> None:
    skills = {skill.id for module in data.modules for skill in module.skills}
    modules = {module.id for module in data.modules}
    coverage = {item.id for item in data.coverage}
    for _realm, entity, place in _entities(data):
        if isinstance(entity, Skill):
            _check_ids(entity.prerequisites, skills, "skill", (*place, "prerequisites"), error_at)
        elif isinstance(entity, CoverageItem):
            _check_ids(entity.modules, modules, "module", (*place, "modules"), error_at)
        elif isinstance(entity, Part):
            _check_ids(entity.skills, skills, "skill", (*place, "skills"), error_at)
            _check_ids(entity.coverage, coverage, "coverage id", (*place, "coverage"), error_at)


def _check_ids(ids: Sequence[str], known: set[str], kind: str, place: Place, error_at: ErrorAt) -> None:
    for i, name in enumerate(ids):
        if name not in known:
            near = nearest(name, known, 1)
            remedy = f"Did you mean '{near[0]}'?" if near else "Correct it, or add what it names."
            raise error_at((*place, i), f"Unknown {kind} '{name}'.", remedy)
    if len(set(ids)) < len(ids):
        i = next(i for i, name in enumerate(ids) if name in ids[:i])
        raise error_at((*place, i), f"'{ids[i]}' stands twice in one list.", "Take one out.")


def _refuse_cycles(data: PathData, error_at: ErrorAt, where: Where) -> None:
    skills = {skill.id: skill for module in data.modules for skill in module.skills}
    cycle = skill_cycle(skills)
    if cycle:
        place = _place_of(data, cycle[0])
        i = skills[cycle[0]].prerequisites.index(cycle[1])
        raise error_at(
            (*place, "prerequisites", i),
            f"Prerequisites run in a circle: {' → '.join(cycle)}.",
            "Take one of these prerequisites out.",
        )
    chain = lesson_cycle(data.modules)
    if chain:
        lesson = next(name for name in chain if "/" in name)
        raise error_at(
            (*_place_of(data, lesson), "skills"),
            f"Lessons wait for each other: {' → '.join(chain)} (each needs the next to come before it).",
            "Teach one of these skills in another lesson, or take a prerequisite out.",
        )


def _place_of(data: PathData, name: str) -> Place:
    return next(place for _realm, entity, place in _entities(data) if entity.id == name)


def _check_coverage(data: PathData, error_at: ErrorAt, where: Where) -> None:
    taught = _modules_by_coverage(data, Lesson)
    assessed = _modules_by_coverage(data, Exercise)
    for i, item in enumerate(data.coverage):
        place: Place = ("coverage", i)
        if item.id not in taught:
            raise error_at(
                place,
                f"'{item.id}' is nowhere taught.",
                f"Add it to the `coverage` of a lesson{_in_modules(item.modules)}.",
            )
        if item.id not in assessed and not item.fact:
            raise error_at(
                place,
                f"'{item.id}' is nowhere assessed.",
                f"Add it to the `coverage` of an exercise{_in_modules(item.modules)}, or say `fact: true`.",
            )
        for j, module in enumerate(item.modules):
            if module not in taught[item.id] | assessed.get(item.id, set()):
                raise error_at(
                    (*place, "modules", j),
                    f"No lesson or exercise of '{module}' covers '{item.id}'.",
                    f"Add it to the `coverage` of one, or take '{module}' out.",
                )


def _modules_by_coverage(data: PathData, kind: type[Lesson] | type[Exercise]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for part, _place, module in _parts(data):
        if isinstance(part, kind):
            for name in part.coverage:
                found.setdefault(name, set()).add(module.id)
    return found


def _in_modules(modules: Iterable[str]) -> str:
    names = " or ".join(f"'{name}'" for name in modules)
    return f" in {names}" if names else ""
