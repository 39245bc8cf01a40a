"""What both command lines share: errors as one line, exit codes, tables and JSON.

Exit codes: 0 all is well; 1 the command ran and the answer is "no" (a failed check, submissions that could not be
graded); 2 wrong use or an error that the person can mend; 70 a defect of ours; 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Sequence
from typing import Any, NoReturn

import click
from rich.console import Console

from autograder.exceptions import UserError

NO = 1
WRONG_USE = 2
DEFECT = 70
STOPPED = 130

stdout = Console(highlight=False)
stderr = Console(stderr=True, highlight=False)


def print_json(data: object) -> None:
    """Print `data` (what JSON can hold) to standard output, indented, in UTF-8."""
    click.echo(json.dumps(data, indent=2, ensure_ascii=False))


class Commands(click.Group):
    """A command group with `--debug` that lists its commands in the order in which they were added."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.append(
            click.Option(["--debug"], is_flag=True, help="Show the full traceback of an error.", expose_value=False)
        )

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands' names in the order of a learner's or instructor's work, not of the alphabet."""
        return list(self.commands)


def run(group: click.Group, arguments: Sequence[str] | None = None) -> NoReturn:
    """Run a command group as a program: print an error as one line, leave with an exit code that scripts can use.

    Args:
        group: the program's commands.
        arguments: what stands behind the program's name; by default `sys.argv`.

    Raises:
        SystemExit: always.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in words
    words = [word for word in words if word != "--debug"]
    try:
        code = group.main(args=words, standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        sys.exit(0)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        stderr.print("Stopped.")
        sys.exit(STOPPED)
    except UserError as error:
        if debug:
            traceback.print_exc()
        stderr.print(f"[bold red]Error:[/] {_escape(str(error))}", soft_wrap=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except Exception as error:  # noqa: BLE001 - the last resort: said in one line, never swallowed
        if debug:
            traceback.print_exc()
        stderr.print(
            f"[bold red]Error:[/] {_escape(type(error).__name__)}: {_escape(str(error))}\n"
            "This is a defect in the program. Run the command again with --debug and report what it prints.",
            soft_wrap=True,
        )
        sys.exit(DEFECT)
    sys.exit(code if isinstance(code, int) else 0)


def _escape(text: str) -> str:
    return text.replace("[", r"\[")
