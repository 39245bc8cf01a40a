"""Commands that answer "what, and when, for me?": plan, match."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

import click
import msgspec
from rich.text import Text

from autograder import console
from curriculum.commands.showing import curriculum_option, json_option, keep_whole, load, show, status_text, table
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


COMMANDS = [plan]
