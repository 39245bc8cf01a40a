"""Commands that say what serves what: coverage, trace."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path as FilePath

import click
import msgspec
from rich.text import Text

from autograder import console
from curriculum.commands.showing import curriculum_option, json_option, keep_whole, load, show, status_text, table


@click.command()
@click.option("--missing", is_flag=True, help="Only what is not wholly ready yet.")
@curriculum_option
@json_option
def coverage(missing: bool, source: FilePath | None, as_json: bool) -> None:
    """List what a back-end developer needs, and where each of it is taught and assessed."""
    path = load(source)
    rows = [it for it in path.coverage().values() if not missing or it.status != "ready"]
    if as_json:
        console.print_json(
            [
                {
                    **msgspec.to_builtins(it.item),
                    "lessons": [part.id for part in it.lessons],
                    "exercises": [part.id for part in it.exercises],
                    "status": it.status,
                }
                for it in rows
            ]
        )
        return
    made = table("Id", "What", "Lessons", "Exercises", "Status", right=("Lessons", "Exercises"))
    for it in rows:
        made.add_row(
            Text(it.item.id, style="bold"),
            Text(it.item.text),
            str(len(it.lessons)),
            str(len(it.exercises)),
            status_text(it.status),
        )
    keep_whole(made, "Id", "Lessons", "Exercises", "Status")
    show(made)
    show(Text(f"{sum(it.status == 'ready' for it in rows)} of {len(rows)} ready. One of them: backend-path trace ID"))


@click.command()
@click.argument("name", metavar="ID")
@curriculum_option
@json_option
def trace(name: str, source: FilePath | None, as_json: bool) -> None:
    """Follow ID through the path, down to the cells that give marks and the questions that lessons ask.

    ID is a coverage id (S21), a module, a skill, a lesson, an exercise, one of its cells
    (flask/mini-api:test_read) or a lesson's question.
    """
    found = load(source).trace(name)
    if as_json:
        console.print_json(
            {
                **msgspec.to_builtins(found),
                "coverage": [it.id for it in found.coverage],
                "skills": [it.id for it in found.skills],
                "lessons": [it.id for it in found.lessons],
                "exercises": [it.id for it in found.exercises],
            }
        )
        return
    show(Text(name, style="bold"))
    _section("Coverage", ((it.id, it.text, "") for it in found.coverage))
    _section("Skills", ((it.id, it.definition, "") for it in found.skills))
    _section("Lessons", ((it.id, it.title, it.status) for it in found.lessons))
    _section("Exercises", ((it.id, it.title, it.status) for it in found.exercises))
    _section(
        "Cells that give marks",
        (
            (it.name, f"{it.points:g} points, {'by program' if it.role == 'test' else 'by hand'}", "")
            for it in found.cells
        ),
    )
    _section("Questions", ((it.name, "", "") for it in found.questions))


def _section(title: str, rows: Iterable[tuple[str, str, str]]) -> None:
    filled = list(rows)
    if not filled:
        show(Text(f"\n{title}: none", style="dim"))
        return
    show(Text(f"\n{title}", style="bold"))
    made = table("Id", "What", "Status")
    made.box, made.show_header = None, False
    for name, what, status in filled:
        made.add_row(Text(name), Text(what), status_text(status))
    show(made)


COMMANDS = [coverage, trace]
