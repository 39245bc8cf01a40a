"""Commands for learners: learn, check."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.text import Text

from autograder import console
from autograder.report import as_data, print_notebook
from curriculum.learn import default_workspace, start_jupyterlab
from curriculum.placing import workspace_around

if TYPE_CHECKING:
    from curriculum.check import Check


@click.command()
@click.option(
    "--dir",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="The workspace; by default ./workspace in a checkout, ~/backend-path otherwise.",
)
@click.option("--port", type=click.IntRange(1, 65535), default=8888, show_default=True, help="JupyterLab's port.")
@click.option("--browser/--no-browser", default=True, help="Whether to open a browser.")
@click.option("--build-only", is_flag=True, help="Make or update the workspace and stop.")
def learn(folder: Path | None, port: int, browser: bool, build_only: bool) -> int:
    """Make or update the workspace and open it in JupyterLab.

    What you changed is never overwritten: a newer version of an exercise is put beside yours.
    """
    import curriculum
    from curriculum.workspace import update_workspace

    workspace = (folder or default_workspace()).expanduser().resolve()
    changes = update_workspace(workspace, curriculum.load())
    counts = {outcome: sum(change.outcome == outcome for change in changes) for outcome in ("created", "updated")}
    console.stdout.print(f"Workspace: {workspace}", soft_wrap=True)
    if any(counts.values()):
        console.stdout.print(f"{counts['created']} files made, {counts['updated']} brought up to date.")
    for change in changes:
        if change.outcome == "newer beside":
            console.stdout.print(
                f"{change.path} has a newer version; yours stays. The newer one is {change.beside}.", soft_wrap=True
            )
    if build_only:
        return 0
    console.stdout.print("JupyterLab starts now. To end it, press Ctrl+C here, twice.")
    return start_jupyterlab(workspace, port=port, browser=browser)


@click.command()
@click.argument("notebook", metavar="FILE.ipynb", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--exercise", metavar="MODULE/NAME", help="Which exercise it answers, if the notebook doesn't say.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def check(notebook: Path, exercise: str | None, as_json: bool) -> int:
    """Grade your own notebook from a clean start, and say what failed and why.

    In a workspace the result is kept: backend-path progress shows it.

    Exit status: 0 when every test passes, 1 when one doesn't.
    """
    from curriculum.check import check_notebook

    outcome = check_notebook(notebook, exercise)
    if as_json:
        console.print_json({"exercise": outcome.exercise, **as_data(outcome.result)})
    else:
        print_notebook(console.stdout, outcome.result, outcome.title)
    _record(notebook, outcome)
    return 0 if outcome.result.passed else console.NO


def _record(notebook: Path, outcome: Check) -> None:
    """Keep a check's result in the workspace that the notebook lies in; without it, the result still stands."""
    from curriculum.progress import ProgressError, open_progress

    workspace = workspace_around(notebook)
    if workspace is None or outcome.result.problem:
        return
    try:
        with open_progress(workspace) as memory:
            memory.record_check(outcome.exercise, outcome.result, changed=outcome.changed)
    except ProgressError as error:
        console.stderr.print(Text(f"The result was not kept: {error}"), soft_wrap=True)


COMMANDS = [learn, check]
