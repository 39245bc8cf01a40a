"""Commands for what a learner did and where they stand: progress, and in it export, import and xapi."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import click
import msgspec
from rich.text import Text

from autograder import console
from curriculum.commands.showing import json_option, keep_whole, show, table
from curriculum.exceptions import ProgressError, WorkspaceError
from curriculum.learn import default_workspace
from curriculum.placing import manifest_path, workspace_around, write_atomically
from curriculum.timing import in_words

if TYPE_CHECKING:
    from curriculum.model import Path as LearningPath
    from curriculum.progress import ModuleProgress, Snapshot

P = ParamSpec("P")
R = TypeVar("R")

_FILE = click.Path(dir_okay=False, allow_dash=True, path_type=Path)
_STATES = {"solved": "green", "studied": "green", "in-progress": "yellow", "new": "", "planned": "dim"}
_NAMED = 3
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def workspace_option(command: Callable[P, R]) -> Callable[P, R]:
    """Give a command `--dir`, the workspace that it works on."""
    return click.option(
        "--dir",
        "folder",
        type=click.Path(file_okay=False, path_type=Path),
        help="The workspace; by default the one that you are in, then the one that `learn` makes.",
    )(command)


def workspace_at(folder: Path | None) -> Path:
    """Return the workspace that is meant.

    Args:
        folder: what `--dir` names; None for the one around the current folder, or the default.

    Raises:
        WorkspaceError: there is no workspace.
    """
    workspace = (folder or workspace_around(Path.cwd()) or default_workspace()).expanduser().resolve()
    if not manifest_path(workspace).is_file():
        raise WorkspaceError(
            f"{workspace} is no workspace. Name yours with --dir, or make one: backend-path learn --build-only."
        )
    return workspace


@click.group(cls=console.Commands, invoke_without_command=True)
@workspace_option
@json_option
@click.pass_context
def progress(context: click.Context, folder: Path | None, as_json: bool) -> None:
    """Show how far you are, what is next, and what is due for review.

    All of it is in one file in the workspace. Nothing is ever sent anywhere.
    """
    context.obj = folder
    if context.invoked_subcommand:
        return
    import curriculum
    from curriculum.progress import open_progress

    path = curriculum.load()
    with open_progress(workspace_at(folder)) as memory:
        snapshot = memory.snapshot(path)
    if as_json:
        console.print_json(msgspec.to_builtins(snapshot))
    else:
        _show(path, snapshot)


def _show(path: LearningPath, snapshot: Snapshot) -> None:
    shown = table("Module", "State", "Done", "Points", "Mastery", "Hours", right=("Done", "Points", "Mastery", "Hours"))
    for module in snapshot.modules.values():
        if module.state != "planned":
            shown.add_row(*_row(module))
    keep_whole(shown, "State")
    show(shown)
    planned = sum(module.state == "planned" for module in snapshot.modules.values())
    if planned:
        show(Text(f"{planned} more modules are planned: backend-path path shows them.", style="dim"))
    lines = [*_next(path, snapshot), *_reviews(snapshot), *_checks(snapshot), *_time(snapshot)]
    for line in lines:
        show(line)


def _row(module: ModuleProgress) -> tuple[Text, ...]:
    untouched = module.state == "new"
    return (
        Text(module.title),
        Text(module.state, style=_STATES[module.state]),
        Text(f"{module.done}/{module.ready}"),
        Text("" if untouched else f"{module.best_points:g}/{module.points:g}"),
        Text("" if untouched and not module.mastery else f"{module.mastery:.0%}"),
        Text(_hours(module.seconds)),
    )


def _hours(seconds: float) -> str:
    """Return a time in hours and minutes, as short as can be: `1:05`; nothing for less than half a minute."""
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours}:{minutes:02d}" if hours or minutes else ""


def _next(path: LearningPath, snapshot: Snapshot) -> list[Text]:
    step = snapshot.next
    if step is None:
        return [Text("Next: nothing. All that is ready is done.")]
    lines = [
        Text.assemble(
            ("Next: ", "bold"), f"{step.kind} “{step.title}” ({step.id}, {in_words(step.minutes)}). {step.reason}"
        )
    ]
    if step.shaky:
        names = ", ".join(path.skills[skill].name for skill in step.shaky)
        lines.append(Text(f"It builds on what is still shaky: {names}. A review first helps."))
    return lines


def _reviews(snapshot: Snapshot) -> list[Text]:
    reviews = snapshot.reviews
    lines = []
    if reviews.due:
        due = f"{reviews.due} {'question is' if reviews.due == 1 else 'questions are'} due, {reviews.minutes:g} min"
        lines.append(Text.assemble(("Review: ", "bold"), f"{due}. Start: backend-path review"))
    names = ["tomorrow", *(_DAYS[day.day.weekday()] for day in reviews.forecast[2:])]
    later = [f"{name} {day.cards}" for name, day in zip(names, reviews.forecast[1:], strict=True) if day.cards]
    if later:
        lines.append(Text(f"Due later: {', '.join(later)}"))
    if reviews.exercises:
        named = ", ".join(reviews.exercises[:_NAMED])
        more = f" and {len(reviews.exercises) - _NAMED} more" if len(reviews.exercises) > _NAMED else ""
        lines.append(Text.assemble(("Solve again from scratch: ", "bold"), f"{named}{more} (reset it first)"))
    if reviews.unasked:
        lines.append(
            Text(
                "Your answers to questions that no lesson asks any more are kept: " + ", ".join(reviews.unasked),
                style="dim",
            )
        )
    return lines


def _checks(snapshot: Snapshot) -> list[Text]:
    if not snapshot.checks:
        return []
    lines = [Text("Latest checks:", style="bold")]
    for check in snapshot.checks:
        when = check.at.astimezone().strftime("%Y-%m-%d %H:%M")
        gave = "could not be graded" if check.problem else f"{check.points:g} of {check.max_points:g} points"
        lines.append(Text.assemble(f"  {when}  ", (gave, "green" if check.passed else "yellow"), f"  {check.title}"))
    return lines


def _time(snapshot: Snapshot) -> list[Text]:
    activity = snapshot.activity
    if not activity.days_this_week:
        return []
    row = f"; {activity.days_in_a_row} days in a row" if activity.days_in_a_row > 1 else ""
    today, week = (in_words(round(minutes)) for minutes in (activity.minutes_today, activity.minutes_this_week))
    return [Text(f"Time: {today} today, {week} this week{row}.")]


@progress.command(name="export")
@click.argument("file", metavar="FILE|-", type=_FILE)
@workspace_option
@click.pass_obj
def export(outer: Path | None, file: Path, folder: Path | None) -> None:
    """Write all that you did to a file that another machine can take in.

    FILE|- is a new file, or one that may be replaced; - for standard output.
    """
    from curriculum.progress import open_progress
    from curriculum.progress.transfer import to_lines

    with open_progress(workspace_at(folder or outer)) as memory:
        events = memory.events()
    _write(file, to_lines(events))
    console.stderr.print(f"{len(events)} events written. On the other machine: backend-path progress import FILE")


@progress.command(name="import")
@click.argument("file", metavar="FILE|-", type=_FILE)
@workspace_option
@click.pass_obj
def import_(outer: Path | None, file: Path, folder: Path | None) -> None:
    """Take in what you did on another machine; what is here already is not doubled.

    FILE|- is a file that `export` made, or - for standard input.
    """
    from curriculum.progress import open_progress
    from curriculum.progress.transfer import from_lines

    events = from_lines(_read(file), file)
    with open_progress(workspace_at(folder or outer)) as memory:
        new = memory.add(events)
    console.stdout.print(f"{new} new, {len(events) - new} known already.")


@progress.command()
@click.argument("file", metavar="[FILE|-]", default="-", type=_FILE)
@click.option("--mbox", metavar="ADDRESS", help="The e-mail address that the statements shall name.")
@click.option("--account", nargs=2, metavar="HOMEPAGE NAME", help="Or your account: a system's address, your name.")
@workspace_option
@click.pass_obj
def xapi(
    outer: Path | None, file: Path, mbox: str | None, account: tuple[str, str] | None, folder: Path | None
) -> None:
    """Write all that you did as statements of xAPI 1.0.3, for a store of your own choice.

    FILE|- is where to; - (as by default) for standard output. They are never sent: you decide who gets them.
    """
    import curriculum
    from curriculum.progress import open_progress
    from curriculum.progress.xapi import Account, statements

    if account and not mbox:
        who: str | Account = Account(home_page=account[0], name=account[1])
    elif mbox and not account:
        who = mbox
    else:
        raise click.UsageError("Say who you are, with either --mbox ADDRESS or --account HOMEPAGE NAME.")
    with open_progress(workspace_at(folder or outer)) as memory:
        made = statements(curriculum.load(), memory.events(), who)
    _write(file, msgspec.json.format(msgspec.json.encode(made), indent=2) + b"\n")


def _read(file: Path) -> bytes:
    if str(file) == "-":
        return sys.stdin.buffer.read()
    try:
        return file.read_bytes()
    except OSError as error:
        raise ProgressError(f"{file} can't be read: {error.strerror}. Name a file that `export` made.") from error


def _write(file: Path, data: bytes) -> None:
    if str(file) == "-":
        click.echo(data, nl=False)
        return
    try:
        write_atomically(file, data)
    except OSError as error:
        raise ProgressError(f"{file} can't be written: {error.strerror}. Name another file.") from error


COMMANDS = [progress]
