"""The command that asks questions again before they are forgotten: review."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec
from rich.markdown import Markdown
from rich.padding import Padding
from rich.text import Text

from autograder import console
from curriculum.commands.progress import workspace_at, workspace_option
from curriculum.commands.showing import json_option, show

if TYPE_CHECKING:
    from curriculum.model import Path as LearningPath
    from curriculum.progress import Card, Grade, Progress

_KEYS: dict[str, Grade] = {"1": "again", "2": "hard", "3": "good", "4": "easy"}
_STOP = "q"


@click.command()
@click.option(
    "--minutes", type=click.FloatRange(1, 120), default=5.0, show_default=True, help="When to stop, in minutes."
)
@workspace_option
@json_option
def review(minutes: float, folder: Path | None, as_json: bool) -> None:
    """Answer the questions of lessons that are due, for five minutes.

    Think of the answer, look at it, and say how well you knew it. What you knew comes back later and later.
    """
    import curriculum
    from curriculum.progress import open_progress

    path = curriculum.load()
    with open_progress(workspace_at(folder)) as memory:
        if as_json:
            console.print_json(msgspec.to_builtins(memory.due_cards(path, None)))
            return
        _ask(memory, path, minutes)
        again = [card.part for card in memory.due_cards(path, None) if card.kind == "exercise"]
    if again:
        show(Text(f"To be solved again from scratch, when you have the time (reset them first): {', '.join(again)}"))


def _ask(memory: Progress, path: LearningPath, minutes: float) -> None:
    cards = memory.due_cards(path, minutes)
    if not cards:
        show(Text("Nothing is due for review."))
        return
    end = time.monotonic() + minutes * 60
    answered = 0
    for number, card in enumerate(cards, start=1):
        if time.monotonic() > end:
            show(Text(f"{minutes:g} minutes are over; the rest stays due."))
            break
        if not _asked(memory, path, card, f"{number} of {len(cards)}"):
            break
        answered += 1
    show(Text(f"{answered} answered."))


def _asked(memory: Progress, path: LearningPath, card: Card, place: str) -> bool:
    """Ask one question; return whether it was answered."""
    show(Text.assemble((f"\n{place}  ", "bold"), (card.title, "dim")))
    show(Padding(Markdown(card.question), (1, 0, 1, 2)))
    if click.prompt("Think, then press Enter (q stops)", default="", show_default=False).strip().lower() == _STOP:
        return False
    show(Padding(Markdown(card.answer), (1, 0, 1, 2)))
    due = memory.would_be_due(path, card.id)
    choices = "  ".join(f"{key} {grade} ({_in(due[grade], memory.today())})" for key, grade in _KEYS.items())
    key = click.prompt(f"{choices}\nHow well did you know it", type=click.Choice([*_KEYS, _STOP]), show_choices=False)
    if key == _STOP:
        return False
    memory.answer(path, card.id, _KEYS[key])
    return True


def _in(due: date, today: date) -> str:
    days = (due - today).days
    return "tomorrow" if days == 1 else f"in {days} days"


COMMANDS = [review]
