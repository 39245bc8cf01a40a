"""What the commands share: their common options, and tables that fit the terminal or, in a pipe, lose nothing."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterable
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import click
from rich import box
from rich.console import Console, RenderableType
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from autograder import console

if TYPE_CHECKING:
    from curriculum.model import Path

P = ParamSpec("P")
R = TypeVar("R")

_NO_BOUND = 100_000

STATUS_STYLES = {"ready": "green", "planned": "dim"}


def json_option(command: Callable[P, R]) -> Callable[P, R]:
    """Give a command `--json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")(command)


def curriculum_option(command: Callable[P, R]) -> Callable[P, R]:
    """Give a command `--curriculum`, the path that it works on."""
    return click.option(
        "--curriculum",
        "source",
        metavar="FILE|DIR",
        type=click.Path(path_type=FilePath),
        help="Use this curriculum instead of the course's own: a folder, a .json file, or a module's .yaml file.",
    )(command)


def load(source: FilePath | None) -> Path:
    """Return the course's own path, or the one that `--curriculum` names."""
    import curriculum

    return curriculum.load(source)


def table(*columns: str, right: tuple[str, ...] = (), title: str = "") -> Table:
    """Return an empty table; every column folds its text but for the `right` ones, which hold numbers."""
    made = Table(box=box.SIMPLE_HEAD, title=title or None, title_justify="left", title_style="bold", pad_edge=False)
    for name in columns:
        number = name in right
        made.add_column(name, justify="right" if number else "left", no_wrap=number, overflow="fold")
    return made


def show(what: RenderableType) -> None:
    """Print to standard output: as wide as the terminal, or as wide as need be where nobody's window sets a bound."""
    out = console.stdout
    if out.is_terminal or "COLUMNS" in os.environ:
        if isinstance(what, Table) and any(column.ratio for column in what.columns):
            what.width = min(Measurement.get(out, out.options, what).maximum, out.width)
        out.print(what)
        return
    wide = Console(file=io.StringIO(), width=_NO_BOUND, highlight=False, color_system=None)
    wide.width = max(1, Measurement.get(wide, wide.options, what).maximum)
    with wide.capture() as printed:
        wide.print(what)
    for line in printed.get().splitlines():
        click.echo(line.rstrip())


def bullets(texts: Iterable[str]) -> Table:
    """Return a list with a bullet before each text; a folded text stays clear of the bullets."""
    grid = Table.grid(padding=(0, 1))
    for text in texts:
        grid.add_row(" •", Text(text))
    return grid


def keep_whole(made: Table, *names: str) -> None:
    """Let the named columns of a filled table never be narrower than their widest cell: others give way first."""
    for column in made.columns:
        if column.header in names:
            column.no_wrap = True
            column.min_width = max((Text.from_markup(str(cell)).cell_len for cell in column.cells), default=0)


def status_text(status: str) -> Text:
    """Return `ready` or `planned` in its colour."""
    return Text(status, style=STATUS_STYLES.get(status, ""))
