"""The cell magic `%%sql`: SQL kept under a name for tests, or run on a database of a lesson's; shown as a table."""

from __future__ import annotations

import html
import shlex
from typing import Final

from autograder import work
from autograder.attaching import databases
from autograder.database import Database
from autograder.exceptions import StudentWorkError
from autograder.systems import Result

_SHOWN_ROWS: Final = 50
_CAPTION: Final = "caption-side: bottom; text-align: left; white-space: nowrap"


def sql(line: str, cell: str) -> None:
    """Keep SQL and run it once: `%%sql NAME`, or `%%sql NAME --after OTHER` to run the SQL of other cells before it.

    Each run begins with the exercise's database as it was, so that running a cell twice gives the same.

    `%%sql --on VARIABLE` keeps nothing, and runs the SQL on the database in that variable: for a lesson, in which one
    cell goes on where another stopped.
    """
    __tracebackhide__ = True
    words = shlex.split(line)
    if words[:1] == ["--on"]:
        database = _database_in(words[1:])
        _show(database.run_script(cell), database.title)
        return
    name, before = _arguments(line, words)
    kept = databases()
    kept.keep(name, cell)
    database = kept.create(kept.choice)
    try:
        for other in before:
            database.script(kept.sql(other))
        result = database.run_script(cell)
        _show(result, database.title)
    finally:
        database.close()


def _database_in(words: list[str]) -> Database:
    __tracebackhide__ = True
    found = work.namespace().get(words[0]) if len(words) == 1 else None
    if not isinstance(found, Database):
        raise StudentWorkError(
            f"`%%sql --on {' '.join(words)}` does not name a database. Write `%%sql --on shop`, where `shop` is a "
            "variable that holds one: `shop = student.database()`. Has the cell that makes it run?"
        )
    return found


def _arguments(line: str, words: list[str]) -> tuple[str, list[str]]:
    __tracebackhide__ = True
    before: list[str] = []
    if "--after" in words:
        at = words.index("--after")
        before = words[at + 1 :]
        words = words[:at]
    if len(words) != 1 or not words[0].isidentifier():
        raise StudentWorkError(f"`%%sql {line}` does not name the SQL. Write `%%sql name`, with one word of letters.")
    return words[0], before


def _show(result: Result, title: str) -> None:
    from IPython.display import display  # only a notebook shows tables

    if not result.columns:
        changed = (
            f"{result.changed} {'row' if result.changed == 1 else 'rows'} changed" if result.changed else "no rows"
        )
        display({"text/plain": f"Done, on {title}: {changed}."}, raw=True)
        return
    shown = result.rows[:_SHOWN_ROWS]
    said = f"{len(result.rows)} {'row' if len(result.rows) == 1 else 'rows'}, from {title}"
    if len(shown) < len(result.rows):
        said += f"; the first {len(shown)} are shown"
    display(
        {"text/plain": _as_text(result.columns, shown, said), "text/html": _as_html(result.columns, shown, said)},
        raw=True,
    )


def _as_text(columns: tuple[str, ...], rows: list[tuple[object, ...]], said: str) -> str:
    table = [columns, *(tuple(_cell(value) for value in row) for row in rows)]
    widths = [max(len(row[i]) for row in table) for i in range(len(columns))]
    lines = ["  ".join(value.ljust(width) for value, width in zip(row, widths, strict=True)).rstrip() for row in table]
    return "\n".join([lines[0], "  ".join("-" * width for width in widths), *lines[1:], "", said])


def _as_html(columns: tuple[str, ...], rows: list[tuple[object, ...]], said: str) -> str:
    head = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in columns)
    body = "".join(f"<tr>{''.join(_td(value) for value in row)}</tr>" for row in rows)
    caption = f'<caption style="{_CAPTION}">{html.escape(said)}</caption>'
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _td(value: object) -> str:
    side = "right" if isinstance(value, int | float) else "left"
    return f'<td style="text-align: {side}">{html.escape(_cell(value))}</td>'


def _cell(value: object) -> str:
    return "NULL" if value is None else str(value)
