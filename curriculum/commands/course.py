"""Commands for instructors: course init."""

from __future__ import annotations

from pathlib import Path

import click

from autograder import console


@click.group()
def course() -> None:
    """Make an nbgrader course of the path's exercises."""


@course.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
def init(folder: Path) -> None:
    """Make the nbgrader course directory DIR, or bring it up to date.

    What you changed in it is never overwritten: a newer version is put beside yours.
    """
    import curriculum
    from curriculum.course import init_course

    folder = folder.expanduser().resolve()
    changes = init_course(folder, curriculum.load())
    for change in changes:
        if change.outcome in ("created", "updated"):
            console.stdout.print(f"{change.outcome} {change.path}", soft_wrap=True)
        elif change.outcome == "newer beside":
            console.stdout.print(f"kept {change.path}; the newer version is {change.beside}", soft_wrap=True)
    console.stdout.print(
        f"The course is in {folder}. Next, there: nbgrader generate_assignment ASSIGNMENT", soft_wrap=True
    )


COMMANDS = [course]
