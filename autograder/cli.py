"""The command line of instructors: `autograder …`."""

from __future__ import annotations

from pathlib import Path

import click

from autograder import console
from autograder.report import as_data, print_submissions


@click.group(cls=console.Commands)
@click.version_option(package_name="backend-path", message="%(version)s")
def cli() -> None:
    """Grade Jupyter assignments: nbgrader's marks, on any nbgrader course.

    Run it beside nbgrader_config.py, or name the course with --course.
    """


@cli.command()
@click.argument("assignment")
@click.option(
    "--course",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="The course directory (with nbgrader_config.py); by default the current one.",
)
@click.option("--student", "students", multiple=True, metavar="ID", help="Grade only this student; may be repeated.")
@click.option("--force", is_flag=True, help="Grade again what is graded already.")
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON.")
def grade(assignment: str, course: Path, students: tuple[str, ...], force: bool, as_json: bool) -> int:
    """Grade the submissions of ASSIGNMENT, as `nbgrader autograde` does: same marks, same gradebook, same files.

    Exit status: 0 when all were graded, 1 when some could not be.
    """
    from autograder.reference import grade_submissions

    results = grade_submissions(course, assignment, students, force=force)
    if as_json:
        console.print_json([as_data(result) for result in results])
    else:
        print_submissions(console.stdout, results, assignment)
    return console.NO if any(result.problem for result in results) else 0


def main() -> None:
    """Run the command line."""
    console.run(cli)
