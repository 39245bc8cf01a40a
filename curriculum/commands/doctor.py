"""The command that looks at the machine: doctor."""

from __future__ import annotations

import click
import msgspec
from rich.text import Text

from autograder import console
from curriculum.commands.showing import json_option, show, table


@click.command()
@json_option
def doctor(as_json: bool) -> int:
    """Say what is installed here, what is missing, and what each part is for.

    Exit status: 0 when all that is required is there, 1 when something required is missing.
    """
    from curriculum.doctor import examine

    findings = examine()
    if as_json:
        console.print_json(msgspec.to_builtins(findings))
    else:
        made = table("", "What", "Version", "What it is for")
        made.columns[0].no_wrap = True
        for it in findings:
            mark = Text("✓", style="green") if it.found else Text("✗", style="red" if it.kind == "required" else "dim")
            made.add_row(mark, Text(it.name), Text(it.version), Text(it.purpose))
        show(made)
        missing = [it for it in findings if not it.found]
        for it in missing:
            show(Text.assemble((it.name, "bold"), f" is missing ({it.kind}). To get it: {it.remedy}"))
        if not missing:
            show(Text("Nothing is missing."))
    return console.NO if any(not it.found and it.kind == "required" for it in findings) else 0


COMMANDS = [doctor]
