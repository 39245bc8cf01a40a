"""The command line of learners, programmers and course authors: `backend-path …`."""

from __future__ import annotations

import click

from autograder import console
from curriculum.commands import author, course, covering, doctor, exchange, learn, path, planning, progress, review


@click.group(cls=console.Commands)
@click.version_option(package_name="backend-path", message="%(version)s")
def cli() -> None:
    """Learn back-end development in JupyterLab: lessons, graded exercises, and the whole path as data.

    Start with: backend-path learn
    """


for module in (learn, progress, review, path, planning, covering, course, author, exchange, doctor):
    for command in module.COMMANDS:
        cli.add_command(command)


def main() -> None:
    """Run the command line."""
    console.run(cli)
