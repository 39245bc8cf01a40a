"""Commands that answer "what, and when, for me?": plan, match."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

import click
import msgspec
from rich.text import Text

from autograder import console
from curriculum.commands.showing import curriculum_option, json_option, keep_whole, load, show, status_text, table
from curriculum.exceptions import CurriculumError
from curriculum.timing import in_words

if TYPE_CHECKING:
    from curriculum.planning import Plan


@click.command()
@click.option("--hours", type=float, default=6.0, show_default=True, metavar="HOURS", help="How many hours a week.")
@click.option("--start", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The first day; today by default.")
@click.option(
    "--goal", metavar="ID", multiple=True, help="A module, skill, lesson or exercise to reach; may be repeated."
)
@click.option("--known", metavar="ID", multiple=True, help="What you know already: a module or skill; may be repeated.")
@click.option(
    "--slack", type=float, default=0.15, show_default=True, metavar="SHARE", help="The share of each week to keep free."
)
@click.option("--only-ready", is_flag=True, help="Leave out what is still planned.")
@curriculum_option
@json_option
def plan(
    hours: float,
    start: datetime | None,
    goal: tuple[str, ...],
    known: tuple[str, ...],
    slack: float,
    only_ready: bool,
    source: FilePath | None,
    as_json: bool,
) -> None:
    """Make a dated schedule, with reviews and some time left over."""
    made = load(source).plan(
        hours_per_week=hours,
        start=start.date() if start else date.today(),
        goal=goal or None,
        known=known,
        slack=slack,
        only_ready=only_ready,
    )
    if as_json:
        console.print_json({**msgspec.to_builtins(made), "end": made.end.isoformat(), "minutes": made.minutes})
    else:
        _show_plan(made)


def _show_plan(made: Plan) -> None:
    if not made.weeks:
        show(Text("There is nothing to do: you know it all, or nothing of it is ready."))
        return
    shown = table("Week", "Day", "Time", "What", "Status", right=("Week", "Time"))
    for week in made.weeks:
        number = str(week.number)
        for session in week.sessions:
            day = f"{session.day:%a} {session.day.isoformat()}"
            for task in session.tasks:
                rest = Text(f" ({in_words(task.left)} left)", style="dim") if task.left else Text()
                what = Text.assemble((f"{task.kind}  ", "dim"), task.title, rest)
                shown.add_row(number, day, in_words(task.minutes), what, status_text(task.status))
                number, day = "", ""
        shown.add_section()
    keep_whole(shown, "Week", "Day", "Time", "Status")
    show(shown)
    show(
        Text(
            f"{in_words(made.minutes)} from {made.start.isoformat()} to {made.end.isoformat()}, "
            f"at most {made.hours_per_week:g} hours a week, {made.slack:.0%} of it kept free."
        )
    )


@click.command()
@click.argument("posting", metavar="FILE|-", type=click.Path(allow_dash=True, path_type=FilePath))
@curriculum_option
@json_option
def match(posting: FilePath, source: FilePath | None, as_json: bool) -> None:
    """Say which skills a job posting asks for, and with which words.

    FILE|- is a text file, or - for standard input. Nothing leaves your machine.
    """
    path = load(source)
    found = path.match(_read(posting))
    if as_json:
        console.print_json(msgspec.to_builtins(found))
        return
    if found.hits:
        made = table("Skill or module", "Name", "In the posting")
        for name in found.ids:
            words = dict.fromkeys(hit.phrase for hit in found.hits if hit.id == name)
            title = path.modules[name].title if name in path.modules else path.skills[name].name
            made.add_row(Text(name, style="bold"), Text(title), Text(", ".join(words)))
        show(made)
    else:
        show(Text("The posting asks for nothing that the path teaches."))
    if found.uncovered_names:
        show(Text(f"Asked for, but not in the path: {', '.join(found.uncovered_names)}"))
    if found.set_aside:
        asides = dict.fromkeys(f"{it.found.phrase} ({it.reason})" for it in found.set_aside)
        show(Text(f"Named, but not asked for: {', '.join(asides)}"))
    if found.hits:
        show(Text(f"What leads there: backend-path skills --goal {found.ids[0]}", style="dim"))


def _read(posting: FilePath) -> str:
    """Return the text of a file, or of standard input for `-`."""
    if str(posting) == "-":
        return sys.stdin.buffer.read().decode("utf-8", errors="replace")
    try:
        return posting.read_text(encoding="utf-8")
    except OSError as error:
        raise CurriculumError(
            f"{posting}: cannot be read: {error.strerror}. Name a text file, or - to paste it."
        ) from error
    except UnicodeDecodeError as error:
        raise CurriculumError(
            f"{posting}: is not a text in UTF-8 (byte {error.start}). Save the posting as plain text first."
        ) from error


COMMANDS = [plan, match]
