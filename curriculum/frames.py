"""The path for people who have networkx or pandas at hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Literal, get_args

from curriculum.exceptions import CurriculumError
from curriculum.model import Part, Path
from curriculum.naming import unknown_name

if TYPE_CHECKING:
    import networkx
    import pandas

Table = Literal["modules", "skills", "lessons", "exercises", "coverage"]
Row = dict[str, object]


def to_networkx(path: Path) -> networkx.DiGraph[str]:
    """Return the skills as a graph: an edge leads from a prerequisite to what needs it.

    A node is a skill's id, with `name`, `definition`, `level` and `module`. The graph has the path's `title`.
    """
    import networkx

    graph: networkx.DiGraph[str] = networkx.DiGraph(title=path.title)
    for module in path.modules.values():
        for skill in module.skills:
            graph.add_node(skill.id, name=skill.name, definition=skill.definition, level=skill.level, module=module.id)
    for skill in path.skills.values():
        graph.add_edges_from((before, skill.id) for before in skill.prerequisites)
    return graph


def to_dataframe(path: Path, table: Table = "skills") -> pandas.DataFrame:
    """Return a table as a pandas data frame, indexed by id.

    Raises:
        CurriculumError: pandas is not installed.
        UnknownNameError: there is no such table.
    """
    if table not in _TABLES:
        raise unknown_name("table", table, lambda: get_args(Table))
    try:
        import pandas
    except ImportError as error:
        raise CurriculumError("Data frames need pandas: pip install 'backend-path[dataframe]'.") from error
    return pandas.DataFrame(_TABLES[table](path)).set_index("id")


def _modules(path: Path) -> list[Row]:
    return [
        {
            "id": module.id,
            "title": module.title,
            "summary": module.summary,
            "skills": len(module.skills),
            "lessons": len(module.lessons),
            "exercises": len(module.exercises),
            "minutes": module.minutes,
            "points": module.points,
        }
        for module in path.modules.values()
    ]


def _skills(path: Path) -> list[Row]:
    return [
        {
            "id": skill.id,
            "name": skill.name,
            "definition": skill.definition,
            "level": skill.level,
            "module": module.id,
            "prerequisites": list(skill.prerequisites),
            "phrases": list(skill.phrases),
        }
        for module in path.modules.values()
        for skill in module.skills
    ]


def _part(path: Path, part: Part) -> Row:
    return {
        "id": part.id,
        "title": part.title,
        "module": path.module_of(part.id).id,
        "minutes": part.minutes,
        "skills": list(part.skills),
        "coverage": list(part.coverage),
        "status": part.status,
    }


def _lessons(path: Path) -> list[Row]:
    return [_part(path, lesson) for lesson in path.lessons.values()]


def _exercises(path: Path) -> list[Row]:
    return [
        _part(path, exercise) | {"kind": exercise.kind, "points": exercise.points}
        for exercise in path.exercises.values()
    ]


def _coverage(path: Path) -> list[Row]:
    return [
        {
            "id": covered.item.id,
            "text": covered.item.text,
            "fact": covered.item.fact,
            "lessons": [lesson.id for lesson in covered.lessons],
            "exercises": [exercise.id for exercise in covered.exercises],
            "status": covered.status,
        }
        for covered in path.coverage().values()
    ]


_TABLES: Mapping[str, Callable[[Path], list[Row]]] = {
    "modules": _modules,
    "skills": _skills,
    "lessons": _lessons,
    "exercises": _exercises,
    "coverage": _coverage,
}
