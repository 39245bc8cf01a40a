"""Commands for course authors: author new, lint, prove, preview."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from autograder import console

PATHS = click.argument("paths", nargs=-1, metavar="[PATHS]...", type=click.Path(path_type=Path))
JSON = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")


@click.group(cls=console.Commands)
def author() -> None:
    """Write exercises and lessons, and prove that they are good ones."""


@author.command()
@click.argument("exercise", metavar="MODULE/NAME")
@click.option(
    "--kind",
    type=click.Choice(["function", "http", "database", "program", "prose"]),
    required=True,
    help="How tests reach the answer.",
)
def new(exercise: str, kind: str) -> None:
    """Make the folder of a new exercise, filled with a small one that passes every rule and proof."""
    import curriculum
    from curriculum import content
    from curriculum.authoring.finding import shown
    from curriculum.authoring.new import new_exercise

    folder, entry = new_exercise(exercise, kind, content.exercises_root(), curriculum.load())
    say = console.stdout.print
    say(f"Made {shown(folder)}. It holds a small exercise that is complete: replace it part by part.", soft_wrap=True)
    say(f"While you write:  backend-path author lint {exercise}", markup=False)
    say(f"                  backend-path author prove --quick {exercise}", markup=False)
    say(f"When it is done:  backend-path author prove {exercise}", markup=False)
    say(f"To see it:        backend-path author preview {exercise}", markup=False)
    if entry:
        module = exercise.partition("/")[0]
        say(f"The path doesn't know it yet. Add to `exercises` in curriculum/data/modules/{module}.yaml:", markup=False)
        say(entry, markup=False, soft_wrap=True)


@author.command()
@PATHS
@JSON
def lint(paths: tuple[Path, ...], as_json: bool) -> int:
    """Check the text of exercises and lessons, without running them.

    PATHS are folders, files, or ids such as flask/mini-api; without any, everything is checked.

    Exit status: 0 when there is nothing to mend, 1 when there is.
    """
    import curriculum
    from curriculum.authoring.finding import finding_data
    from curriculum.authoring.lint import lint as lint_sources
    from curriculum.authoring.proofreport import print_findings
    from curriculum.authoring.sources import find_exercises, find_lessons

    exercises, lessons = find_exercises(paths), find_lessons(paths)
    findings = lint_sources(exercises, lessons, curriculum.load())
    if as_json:
        console.print_json([finding_data(finding) for finding in findings])
    else:
        print_findings(console.stdout, findings)
        count = f"{len(exercises)} exercises and {len(lessons)} lessons"
        console.stdout.print(f"{count}: {len(findings)} to mend." if findings else f"{count}: nothing to mend.")
    return console.NO if findings else 0


@author.command()
@PATHS
@click.option("--quick", is_flag=True, help="Leave out cheats, mutants and nbgrader: for while you write.")
@click.option("--workers", type=click.IntRange(1, 64), help="Gradings at a time; by default one a core.")
@click.option("--no-cache", is_flag=True, help="Try again what held before and is unchanged.")
@JSON
def prove(paths: tuple[Path, ...], quick: bool, workers: int | None, no_cache: bool, as_json: bool) -> int:
    """Prove that exercises are good ones, by grading right answers, wrong ones, cheats and mutants.

    PATHS are exercise folders, files in them, or ids such as flask/mini-api; without any, all exercises are proved.

    Exit status: 0 when every proof holds, 1 when something is to be mended.
    """
    from curriculum.authoring.proofreport import print_proofs, proofs_data
    from curriculum.authoring.prove import prove as prove_exercises
    from curriculum.authoring.sources import find_exercises
    from curriculum.authoring.trial import QUICK, WHOLE

    exercises = find_exercises(paths)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console.stderr, transient=True) as bar:
        task = bar.add_task("starting", total=None)
        proofs = prove_exercises(
            exercises,
            workers=workers or os.cpu_count() or 2,
            parts=QUICK if quick else WHOLE,
            use_cache=not no_cache,
            progress=lambda done, of, what: bar.update(task, completed=done, total=of, description=what),
        )
    if as_json:
        console.print_json(proofs_data(proofs))
    else:
        print_proofs(console.stdout, proofs, quick=quick)
    return 0 if all(proof.holds for proof in proofs) else console.NO


@author.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--solution", is_flag=True, help="Fill in the model solution.")
@click.option("--port", type=click.IntRange(1, 65535), default=8890, show_default=True, help="JupyterLab's port.")
@click.option("--browser/--no-browser", default=True, help="Whether to open a browser.")
def preview(path: Path, solution: bool, port: int, browser: bool) -> int:
    """Open the notebook of an exercise or a lesson in JupyterLab, as a learner gets it.

    PATH is an exercise's folder, a lesson, or an id. The notebook is a copy in a scratch folder, which is removed when
    JupyterLab stops.
    """
    from curriculum.authoring.preview import build_preview
    from curriculum.authoring.sources import find_one
    from curriculum.learn import start_jupyterlab

    source = find_one(path)
    with tempfile.TemporaryDirectory(prefix="backend-path-preview-") as folder:
        notebook = build_preview(source, Path(folder), solution=solution)
        return start_jupyterlab(Path(folder).resolve(), port=port, browser=browser, page=notebook.name)


COMMANDS = [author]
