"""The command line of instructors: `autograder …`."""

from __future__ import annotations

import os
from pathlib import Path

import click
import msgspec

from autograder import console
from autograder.progress import Progress
from autograder.report import Summary, as_data
from autograder.sandbox.settings import Isolation

_course_option = click.option(
    "--course",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="The course directory (with nbgrader_config.py); by default the current one.",
)


@click.group(cls=console.Commands)
@click.version_option(package_name="backend-path", message="%(version)s")
def cli() -> None:
    """Grade Jupyter assignments: nbgrader's marks, on any nbgrader course.

    Run it beside nbgrader_config.py, or name the course with --course.
    """


@cli.command()
@click.argument("assignment")
@_course_option
@click.option("--student", "students", multiple=True, metavar="ID", help="Grade only this student; may be repeated.")
@click.option("--notebook", default="*", metavar="ID", help="Grade only this notebook, or those that fit a pattern.")
@click.option("--workers", type=click.IntRange(1), help="How many work at a time; by default one for each core.")
@click.option("--scheduler", metavar="ADDRESS", help="Let a Dask cluster do the work: its address, as tcp://host:8786.")
@click.option("--force", is_flag=True, help="Grade again what is graded already.")
@click.option("--nbgrader-semantics", is_flag=True, help="Do as nbgrader does even where it is wrong or unsafe.")
@click.option(
    "--isolation",
    type=click.Choice(["full", "none"]),
    default="full",
    show_default=True,
    help="Shut submissions in; `none` runs them with all your rights, for work that you trust.",
)
@click.option(
    "--allow-read",
    multiple=True,
    metavar="PATH",
    help="Let submissions read this file or folder of yours, besides the assignment's own; may be repeated.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON.")
def grade(
    assignment: str,
    course: Path,
    students: tuple[str, ...],
    notebook: str,
    workers: int | None,
    scheduler: str | None,
    force: bool,
    nbgrader_semantics: bool,
    isolation: Isolation,
    allow_read: tuple[str, ...],
    as_json: bool,
) -> int:
    """Grade the submissions of ASSIGNMENT, as `nbgrader autograde` does: same marks, same gradebook, same files.

    What is graded already is passed over, unless it was handed in again since.

    Exit status: 0 when all were graded, 1 when some could not be.
    """
    from autograder.engine.coordinator import Pool, Wish, grade_assignment

    paths = tuple(str(Path(path).absolute()) for path in allow_read)
    wish = Wish(course, assignment, students, notebook, force, not nbgrader_semantics, isolation, paths)

    def make_pool() -> Pool:
        if scheduler:
            from autograder.engine.cluster import ClusterPool

            return ClusterPool(scheduler, workers)
        from autograder.engine.pool import LocalPool

        return LocalPool(workers or len(os.sched_getaffinity(0)))

    summary = Summary(assignment, keep_all=as_json)
    with Progress(console.stderr, assignment, hidden=as_json) as progress:
        for result in grade_assignment(wish, make_pool, progress.announce):
            summary.add(result)
            progress.count(failed=bool(result.problem))
    if as_json:
        console.print_json([as_data(result) for result in summary.results()])
    else:
        summary.print(console.stdout, already=progress.already)
    return console.NO if summary.problems else 0


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
def doctor(as_json: bool) -> int:
    """Try how far submissions are shut in on this system, layer by layer, and say how to get what is missing.

    Exit status: 0 when strangers' work can be graded here, 1 when it can't.
    """
    from autograder import doctor as examination

    report = examination.examine()
    if as_json:
        console.print_json(msgspec.to_builtins(report))
    else:
        examination.show(console.stdout, report)
    return 0 if report.complete else console.NO


@cli.command()
@click.argument("assignment")
@_course_option
@click.option("--student", "students", multiple=True, metavar="ID", help="Only for this student; may be repeated.")
@click.option("--force", is_flag=True, help="Make anew what was made already.")
@click.option("--show-hidden-tests", is_flag=True, help="Show learners the hidden tests, and what failed in them.")
def feedback(assignment: str, course: Path, students: tuple[str, ...], force: bool, show_hidden_tests: bool) -> int:
    """Make the pages of feedback on ASSIGNMENT, as `nbgrader generate_feedback` does, but safe to look at.

    Nothing in them runs, and they hold no hidden test and no path of this machine.
    """
    from autograder.feedback import generate

    made = generate(course, assignment, students, force=force, show_hidden_tests=show_hidden_tests)
    count = f"{len(made)} submission{'' if len(made) == 1 else 's'}"
    console.stdout.print(f"Feedback on {assignment} for {count} is in the course's feedback folder.", markup=False)
    return 0


@cli.command()
@click.argument("scheduler", metavar="ADDRESS")
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True, help="How many processes to offer.")
def worker(scheduler: str, workers: int) -> None:
    """Offer this machine to the Dask scheduler at ADDRESS, as tcp://host:8786, until it ends or Ctrl-C."""
    from autograder.engine.cluster import serve_cluster

    serve_cluster(scheduler, workers)


def main() -> None:
    """Run the command line."""
    console.run(cli)
