"""Commands that show the path: path, skills."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

import click
import msgspec
from rich.table import Table
from rich.text import Text

from autograder import console
from curriculum.commands.showing import (
    bullets,
    curriculum_option,
    json_option,
    keep_whole,
    load,
    show,
    status_text,
    table,
)
from curriculum.timing import in_words

if TYPE_CHECKING:
    from curriculum.model import Module, Part, Path, Skill


@click.command("path")
@click.option("--module", "name", metavar="MODULE", help="Show one module: what it is about, its parts and its skills.")
@click.option("--all", "whole", is_flag=True, help="Show every lesson and exercise.")
@curriculum_option
@json_option
def path_command(name: str | None, whole: bool, source: FilePath | None, as_json: bool) -> None:
    """Show the path: its modules, how long they take, and what is ready."""
    path = load(source)
    if name is not None:
        module = path.modules[name]
        if as_json:
            console.print_json(_module_data(path, module))
        else:
            _show_module(path, module)
    elif as_json:
        modules = [_module_data(path, module) for module in path.modules.values()]
        console.print_json({"id": path.id, "title": path.title, "version": path.version, "modules": modules})
    else:
        show(_tree(path, whole))
        ready, parts = _ready(part for module in path.modules.values() for part in module.parts)
        show(
            Text(
                f"{len(path.modules)} modules, {len(path.skills)} skills; {ready} of {parts} lessons and exercises are "
                "ready. One of them: backend-path path --module NAME"
            )
        )


@click.command()
@click.option("--module", "module_id", metavar="MODULE", help="Only the skills of this module.")
@click.option("--goal", metavar="ID", multiple=True, help="What a module or skill takes, in the order of learning.")
@click.option(
    "--known", metavar="SKILL", multiple=True, help="With --goal: leave out this skill and what it builds on."
)
@curriculum_option
@json_option
def skills(
    module_id: str | None, goal: tuple[str, ...], known: tuple[str, ...], source: FilePath | None, as_json: bool
) -> None:
    """List the skills, or what leads to a goal."""
    if known and not goal:
        raise click.UsageError("--known goes with --goal: say what you want to reach.")
    path = load(source)
    chosen: Sequence[Skill] = path.order(goal=goal, known=known) if goal else list(path.skills.values())
    if module_id is not None:
        within = path.modules[module_id]
        chosen = [skill for skill in chosen if path.module_of(skill.id) is within]
    if as_json:
        console.print_json([{**msgspec.to_builtins(skill), "module": path.module_of(skill.id).id} for skill in chosen])
        return
    made = table("Skill", "Level", "What it is", "Needs")
    for skill in chosen:
        made.add_row(
            Text(skill.id, style="bold"),
            Text(skill.level),
            Text(skill.definition),
            Text(", ".join(skill.prerequisites)),
        )
    show(made)


def _tree(path: Path, whole: bool) -> Table:
    tree = table("", "Time", "Status", right=("Time",), title=path.title)
    # titles are cut where the window is narrow: a folded one would break the tree's lines
    tree.columns[0].no_wrap, tree.columns[0].overflow, tree.columns[0].ratio = True, "ellipsis", 1
    modules = list(path.modules.values())
    for module in modules:
        last = module is modules[-1]
        ready, parts = _ready(module.parts)
        label = Text.assemble(("└─ " if last else "├─ ", "dim"), (module.title, "bold"), "  ", (module.id, "dim"))
        status = Text(f"{ready} of {parts} ready", style="green" if ready else "dim")
        tree.add_row(label, in_words(module.minutes), status)
        children = module.parts if whole else ()
        for part in children:
            stem = ("   " if last else "│  ") + ("└─ " if part is children[-1] else "├─ ")
            tree.add_row(Text.assemble((stem, "dim"), part.title), in_words(part.minutes), status_text(part.status))
    keep_whole(tree, "Time", "Status")
    return tree


def _show_module(path: Path, module: Module) -> None:
    from curriculum.exports.modulemap import needed_modules

    show(Text.assemble((module.title, "bold"), (f"  {module.id}", "dim"), f"  {in_words(module.minutes)}"))
    show(Text(module.summary))
    if needs := needed_modules(path)[module.id]:
        show(Text(f"Builds on: {', '.join(needs)}"))
    show(Text.assemble("\n", ("After this you can", "bold")))
    show(bullets(module.outcomes))
    parts = table("Part", "Title", "Time", "Points", "Status", right=("Time", "Points"))
    for lesson in module.lessons:
        parts.add_row("lesson", Text(lesson.title), in_words(lesson.minutes), "", status_text(lesson.status))
    for exercise in module.exercises:
        parts.add_row(
            "exercise",
            Text(exercise.title),
            in_words(exercise.minutes),
            f"{exercise.points:g}",
            status_text(exercise.status),
        )
    keep_whole(parts, "Part", "Time", "Points", "Status")
    show(parts)
    made = table("Skill", "Level", "What it is")
    for skill in module.skills:
        made.add_row(Text(skill.id, style="bold"), Text(skill.level), Text(skill.definition))
    show(made)


def _ready(parts: Iterable[Part]) -> tuple[int, int]:
    """Return how many parts are ready, and how many there are."""
    states = [part.status == "ready" for part in parts]
    return sum(states), len(states)


def _module_data(path: Path, module: Module) -> dict[str, object]:
    from curriculum.exports.modulemap import needed_modules

    return {
        **msgspec.to_builtins(module),
        "minutes": module.minutes,
        "points": module.points,
        "needs": needed_modules(path)[module.id],
    }


COMMANDS = [path_command, skills]
