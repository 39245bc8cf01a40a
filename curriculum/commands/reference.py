"""The reference of both command lines, made from the commands themselves: `python -m curriculum.commands.reference`."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from pathlib import Path

import click

_HEAD = """\
# The two command lines

*Made by `python -m curriculum.commands.reference docs/cli.md`; a test compares it with the commands.*

`backend-path` is for learners, programmers and course authors, `autograder` for instructors. Both print an error as one
line (the whole traceback with `--debug`) and leave with an exit status that scripts can use:

| status | meaning |
| --- | --- |
| 0 | all is well |
| 1 | the command ran and the answer is "no": a check failed, something required is missing |
| 2 | wrong use, or an error that you can mend |
| 70 | a defect of ours |
| 130 | stopped by Ctrl-C |

In a pipe there are no colours, and tables are as wide as their content. `--json` prints the same as JSON.
"""


def reference() -> str:
    """Return the reference, in Markdown."""
    from autograder.cli import cli as autograder
    from curriculum.cli import cli as backend_path

    sections = [_HEAD]
    for name, program in (("backend-path", backend_path), ("autograder", autograder)):
        sections += _sections(name, program, click.Context(program, info_name=name), level=2)
    return "\n".join(sections)


def _sections(name: str, command: click.Command, context: click.Context, level: int) -> Iterator[str]:
    yield "\n".join(_described(name, command, context, level))
    if isinstance(command, click.Group):
        for word in command.list_commands(context):
            sub = command.get_command(context, word)
            if sub is not None and not sub.hidden:
                inner = click.Context(sub, info_name=word, parent=context)
                yield from _sections(f"{name} {word}", sub, inner, level + 1)


def _described(name: str, command: click.Command, context: click.Context, level: int) -> Iterator[str]:
    yield f"{'#' * level} `{name}`\n"
    yield f"{inspect.cleandoc(command.help or '')}\n"
    usage = " ".join(command.collect_usage_pieces(context))
    yield f"```\n{context.command_path} {usage}\n```\n"
    options = [record for it in command.params if (record := it.get_help_record(context)) and record[1]]
    if options:
        yield "| option | what it does |"
        yield "| --- | --- |"
        for written, what in options:
            yield f"| `{_cell(written)}` | {_cell(what)} |"
        yield ""


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(reference(), encoding="utf-8")
