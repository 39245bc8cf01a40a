"""The course home: a page that shows the path, what is there to learn now, and what is planned."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from curriculum.model import Module
from curriculum.model import Path as LearningPath


def home_page(path: LearningPath, places: Mapping[str, str]) -> str:
    """Return the home page as Markdown.

    Args:
        path: the learning path.
        places: where each built file is in the workspace, by its key (`lesson:flask/…`).
    """
    modules = list(path.modules.values())
    ready = [module for module in modules if _is_ready(module)]
    lines = [f"# {path.title}", "", path.description.strip(), ""]
    first = next((line for module in ready for line in _parts(module, places)), None)
    if first:
        lines += [f"**Begin here:** {first.removeprefix('- ')}", ""]
    lines += [
        "Run a cell with <kbd>Shift</kbd>+<kbd>Enter</kbd>. When you have worked on an exercise, save it and check",
        "it in a terminal (File → New → Terminal): `backend-path check FILE.ipynb`. Your work is never overwritten.",
        "",
        "## Ready",
        "",
    ]
    for module in ready:
        lines += [f"### {module.title}", "", module.summary, "", *_parts(module, places), ""]
    planned = [module for module in modules if not _is_ready(module)]
    if planned:
        lines += ["## Planned", "", "These modules stand in the path, but their lessons are not written yet.", ""]
        lines += [f"- **{module.title}**: {module.summary}" for module in planned]
        lines.append("")
    return "\n".join(lines)


def _is_ready(module: Module) -> bool:
    return any(part.status == "ready" for part in (*module.lessons, *module.exercises))


def _parts(module: Module, places: Mapping[str, str]) -> list[str]:
    lines = []
    for lesson in module.lessons:
        if lesson.status == "ready":
            lines.append(f"- Lesson: {_link(lesson.title, places[f'lesson:{lesson.id}'])} ({lesson.minutes} min)")
    for exercise in module.exercises:
        if exercise.status == "ready":
            name = exercise.id.rpartition("/")[2]
            place = places[f"exercise:{exercise.id}:{name}.ipynb"]
            lines.append(
                f"- Exercise: {_link(exercise.title, place)} ({exercise.points:g} points, {exercise.minutes} min)"
            )
    planned = sum(part.status != "ready" for part in (*module.lessons, *module.exercises))
    if planned:
        lines.append(f"- {planned} more {'part is' if planned == 1 else 'parts are'} planned.")
    return lines


def _link(title: str, place: str) -> str:
    return f"[{title}]({quote(place)})"
