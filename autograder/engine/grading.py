"""One submission is graded: its notebooks put right, run in forked children, and marked."""

from __future__ import annotations

import contextlib
import errno
import tempfile
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

import msgspec

from autograder.engine.cells import grade_id, is_grade, is_locked, is_solution
from autograder.engine.child import CellOptions
from autograder.engine.forking import Zygote
from autograder.engine.jobs import Assignment, Execution, GradedNotebook, Job, Outcome, Rules, SourceNotebook
from autograder.engine.marking import limit_outputs, mark
from autograder.engine.notebookfile import Cell, Notebook, read_notebook, write_notebook
from autograder.engine.noticing import comment, noticed, told_apart, true_results
from autograder.engine.outputs import NotebookOutputs
from autograder.engine.realkernel import is_own_kernel, run_in_real_kernel
from autograder.engine.rebuilding import rebuild
from autograder.engine.running import Run, run_notebook
from autograder.engine.sanitizing import check_metadata, sanitize
from autograder.engine.sealed import Step, run_sealed
from autograder.engine.submissions import TIMESTAMP
from autograder.engine.workplace import lay_out, look_through, put_file
from autograder.exceptions import NotebookError
from autograder.judge.plan import Plan, make_plan
from autograder.sandbox.box import FURNITURE, open_box

_PYTHON = {
    "name": "python",
    "mimetype": "text/x-python",
    "codemirror_mode": {"name": "ipython", "version": 3},
    "pygments_lexer": "ipython3",
    "nbconvert_exporter": "python",
    "file_extension": ".py",
}
_NEVER_RAN = "This test was never run, so it earns nothing: {reason}."


def grade_job(warm: Zygote, job: Job, assignment: Assignment, watched: int | None = None) -> Outcome:
    """Grade one submission in a folder of its own, which is removed afterwards.

    Args:
        warm: the warm process.
        job: the submission.
        assignment: what it is an answer to.
        watched: a descriptor; when its other side closes, the work is given up.

    Returns:
        What it earned; or why it could not be graded.
    """
    began = time.monotonic()
    try:
        warm.begin()
        with open_box(warm.settings) as box:
            outcome = _grade_in(box, warm, job, assignment, watched)
    except NotebookError as error:
        outcome = Outcome(problem=str(error))
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        room = f"{warm.settings.limits.disk} MiB in {warm.settings.limits.files} files"
        outcome = Outcome(
            problem=f"There is no room for its files: they have {room} (c.AutograderSandbox.disk, .files)."
        )
    return msgspec.structs.replace(outcome, seconds=time.monotonic() - began)


def _grade_in(box: Path, warm: Zygote, job: Job, assignment: Assignment, watched: int | None) -> Outcome:
    rules = assignment.rules
    folder = box / _folder_name(job.label)
    put = lay_out(folder, job.files, job.executable)
    put |= lay_out(folder, assignment.files, assignment.executable)
    graded: list[GradedNotebook] = []
    for name, data in job.notebooks.items():
        graded.append(_grade_notebook(warm, data, assignment, name, folder, box, watched))
    if not rules.keep_notebooks:
        return Outcome(tuple(graded))
    leave = {TIMESTAMP, *(f"{name}.ipynb" for name in job.notebooks)}
    left = look_through(folder, put, leave, warm.settings.limits.kept << 20)
    if left.dropped:
        warning = f"Not all files that it made are kept: {', '.join(left.dropped[:3])}{' …' * (len(left.dropped) > 3)}."
        graded[-1] = msgspec.structs.replace(graded[-1], warnings=(*graded[-1].warnings, warning))
    return Outcome(tuple(graded), left.changed, tuple(name for name in left.removed if name != TIMESTAMP))


def run_only(warm: Zygote, execution: Execution, watched: int | None = None) -> Outcome:
    """Run a notebook in a folder of its own, and do nothing else with it.

    Args:
        warm: the warm process.
        execution: the notebook.
        watched: a descriptor; when its other side closes, the work is given up.
    """
    began = time.monotonic()
    name = execution.name
    try:
        warm.begin()
        notebook = read_notebook(execution.notebook, name)
        with open_box(warm.settings) as box:
            folder = box / _folder_name(execution.label)
            put = lay_out(folder, execution.files, execution.executable)
            source = SourceNotebook(name, ())
            notebook, _ = execute(warm, notebook, source, execution.rules, folder, box, watched, [])
            left = look_through(folder, put, {f"{name}.ipynb"}, warm.settings.limits.kept << 20)
    except NotebookError as error:
        return Outcome(problem=str(error), seconds=time.monotonic() - began)
    seconds = time.monotonic() - began
    graded = GradedNotebook(name, {}, {}, (), write_notebook(notebook), seconds)
    return Outcome((graded,), left.changed, left.removed, seconds=seconds)


def _folder_name(label: str) -> str:
    """Return what the folder of a submission is called in its box, where some names are taken."""
    return "work" if label in FURNITURE or label.startswith("tmp") or "/" in label else label


def _grade_notebook(
    warm: Zygote,
    data: bytes,
    assignment: Assignment,
    name: str,
    folder: Path,
    scratch: Path,
    watched: int | None,
) -> GradedNotebook:
    began = time.monotonic()
    source, rules = assignment.notebooks[name], assignment.rules
    notebook = read_notebook(data, name)
    warnings = sanitize(notebook, source, rules)
    plan = _plan(assignment, name)
    if plan is not None:
        warnings += rebuild(notebook, source)
    path = folder / f"{name}.ipynb"
    put_file(path, write_notebook(_shown_to_learner(notebook) if rules.strict else notebook))
    notebook, memory = execute(
        warm, notebook, source, rules, folder, scratch, watched, warnings, plan=plan, files=assignment.files
    )
    limit_outputs(notebook, rules)
    scores, comments, cells = mark(notebook, source.name, rules)
    check_metadata(notebook, source.name)
    graded = write_notebook(notebook) if rules.keep_notebooks else b""
    if rules.keep_notebooks:
        with contextlib.suppress(OSError):  # for want of room; then the next notebook finds this one as it was
            put_file(path, graded)
    tried, remarks = told_apart(warnings)
    if rules.strict:
        comments = comment(tried, comments)
    seconds = time.monotonic() - began
    return GradedNotebook(source.name, scores, comments, cells, graded, seconds, remarks, memory, tried)


def execute(
    warm: Zygote,
    notebook: Notebook,
    source: SourceNotebook,
    rules: Rules,
    folder: Path,
    scratch: Path,
    watched: int | None,
    warnings: list[str],
    *,
    plan: Plan | None = None,
    files: Mapping[str, bytes] = MappingProxyType({}),
) -> tuple[Notebook, float]:
    """Run a notebook, in a fork of the warm kernel or, if it needs another, in a real kernel.

    Args:
        warm: the warm process.
        notebook: the notebook, put right.
        source: its source version.
        rules: how to run it.
        folder: its working directory.
        scratch: a folder for temporary files.
        watched: a descriptor; when its other side closes, the work is given up.
        warnings: takes what went amiss.
        plan: who runs what, if the tests are apart from the learner's code.
        files: the assignment's own files, for the tests of such a notebook.

    Returns:
        The notebook with its outputs; and the most memory that a process of its had at a time, in MiB.

    Raises:
        NotebookError: the run broke off, and nbgrader's own rules hold; or there is no such kernel.
    """
    wanted = rules.kernel_name or notebook["metadata"].get("kernelspec", {}).get("name") or "python3"
    if not is_own_kernel(wanted):
        notebook, run = run_in_real_kernel(
            warm,
            notebook,
            wanted,
            rules,
            folder=folder,
            scratch=Path(tempfile.mkdtemp(dir=scratch)),
            seconds=max(0.0, min(warm.until - time.monotonic(), warm.settings.limits.wall_seconds)),
            watched=watched,
        )
    else:
        cells = [(index, cell) for index, cell in enumerate(notebook["cells"]) if _is_run(cell, rules)]
        outputs = NotebookOutputs(rules.max_output)
        environment = {"NBGRADER_EXECUTION": "autograde"}
        decisive = [index for index, cell in cells if rules.stop_at_failure and is_grade(cell)]
        if not cells:
            run = Run(ended="done")
        elif plan is None:
            run = run_notebook(
                warm,
                [(index, cell["source"]) for index, cell in cells],
                outputs,
                folder=folder,
                scratch=Path(tempfile.mkdtemp(dir=scratch)),
                timeout=rules.timeout,
                grace=rules.grace,
                environment=environment,
                watched=watched,
                options=_options(cells, source, rules, decisive),
            )
        else:
            sealed = run_sealed(
                warm,
                [Step(index, cell["source"], plan.sides.get(grade_id(cell), "learner")) for index, cell in cells],
                outputs,
                folder=folder,
                scratch=scratch,
                files=files,
                timeout=rules.timeout,
                grace=rules.grace,
                environment=environment,
                watched=watched,
                decisive=decisive,
            )
            run = sealed.run
            warnings += sealed.warnings
        _fill(notebook, run, outputs, rules)
        if rules.strict:
            warnings += true_results(notebook, run)
        if rules.stop_at_failure:
            _note_not_run(notebook, run, rules, "a test before it failed")
        warnings += [f"Cell {index + 1} put out more than is kept." for index in sorted(outputs.truncated)]
    warnings += [noticed(f"{what}.") for what in run.noticed]
    if run.ended != "done":
        _refuse_or_note(notebook, run, source.name, rules, warnings)
    return notebook, run.memory


def _options(
    cells: Sequence[tuple[int, Cell]], source: SourceNotebook, rules: Rules, decisive: Sequence[int]
) -> CellOptions:
    """Return what the process that runs a notebook has to know of its cells."""
    if not (rules.strict and source.cells):
        return CellOptions(tuple(decisive))
    given = tuple(index for index, cell in cells if is_locked(cell))
    tests = tuple(index for index, cell in cells if is_grade(cell) and not is_solution(cell))
    return CellOptions(tuple(decisive), given, tests, source.answers)


def _plan(assignment: Assignment, name: str) -> Plan | None:
    """Return who runs what, if a notebook's tests are to be apart from the learner's code."""
    rules, source = assignment.rules, assignment.notebooks[name]
    if not (rules.strict and rules.sealed) or not is_own_kernel(
        rules.kernel_name or str((source.kernelspec or {}).get("name") or "python3")
    ):
        return None
    key = (assignment.key, name)
    if key not in _plans:
        _plans[key] = make_plan(source, tuple(assignment.files))
    plan = _plans[key]
    return None if plan.shared else plan


_plans: dict[tuple[str, str], Plan] = {}


def _shown_to_learner(notebook: Notebook) -> Notebook:
    """Return a notebook without the texts of its tests, as it lies in the folder where the learner's code runs."""
    cells = [{**cell, "source": ""} if is_grade(cell) and not is_solution(cell) else cell for cell in notebook["cells"]]
    return {**notebook, "cells": cells}


def _is_run(cell: Cell, rules: Rules) -> bool:
    if cell["cell_type"] != "code" or not cell["source"].strip():
        return False
    if rules.strict and is_locked(cell):  # a tag that the learner wrote must not keep a test from running
        return True
    return rules.skip_tag not in (cell["metadata"].get("tags") or ())


def _fill(notebook: Notebook, run: Run, outputs: NotebookOutputs, rules: Rules) -> None:
    """Write what a run gave into its notebook."""
    notebook["metadata"]["language_info"] = {**_PYTHON, "version": _python_version()}
    for index, count in outputs.counts.items():
        cell = notebook["cells"][index]
        cell["outputs"] = outputs.of(index)
        cell["execution_count"] = count
        if rules.record_timing:
            cell["metadata"]["execution"] = _timing(run.times[index])
        _note_error(cell, index, run, rules)
    if rules.store_widgets:
        widgets = outputs.widgets()
        if widgets:
            notebook["metadata"]["widgets"] = widgets


def _note_error(cell: Cell, index: int, run: Run, rules: Rules) -> None:
    """Add the error that a cell ended with where its outputs don't show it, as a timeout's."""
    reply = run.replies.get(index)
    if index in run.timed_out:
        reply = {**rules.timeout_error, "status": "error"}
    if reply is None or reply.get("status") != "error":
        return
    if not any(output.get("ename") == reply["ename"] for output in cell["outputs"]):
        trace = reply.get("traceback") or ["ERROR: An error occurred while showtraceback was disabled"]
        cell["outputs"].append(_error(str(reply["ename"]), str(reply["evalue"]), *map(str, trace)))


def _refuse_or_note(notebook: Notebook, run: Run, name: str, rules: Rules, warnings: list[str]) -> None:
    """Mark what a run that broke off left undone; nbgrader grades nothing then.

    Raises:
        NotebookError: nbgrader's own rules hold.
    """
    reason = {
        "died": f"the process came to an end in cell {run.at + 1} ({run.reason})",
        "unresponsive": f"cell {run.at + 1} did not stop when its time was over",
    }[run.ended]
    if not rules.strict:
        raise NotebookError(f"{name}.ipynb: {reason}.")
    warnings.append(noticed(f"the notebook was not run to its end: {reason}."))
    begun = set(run.times)
    for index, cell in enumerate(notebook["cells"]):
        if cell["cell_type"] != "code" or not _is_run(cell, rules):
            continue
        if index == run.at and index not in run.replies and index not in run.timed_out:
            cell["outputs"].append(_error("DeadKernelError", f"Kernel died: {run.reason}"))
        elif index not in begun and is_grade(cell):
            cell["outputs"].append(_error("NotRun", _NEVER_RAN.format(reason=reason)))


def _note_not_run(notebook: Notebook, run: Run, rules: Rules, reason: str) -> None:
    """Mark the tests to which a run didn't come: without an error they would earn their points."""
    for index, cell in enumerate(notebook["cells"]):
        if index not in run.times and cell["cell_type"] == "code" and is_grade(cell) and _is_run(cell, rules):
            cell["outputs"] = [_error("NotRun", _NEVER_RAN.format(reason=reason))]


def _error(name: str, value: str, *trace: str) -> Cell:
    shown = list(trace) or [f"\x1b[0;31m{name}\x1b[0m: {value}"]
    return {"output_type": "error", "ename": name, "evalue": value, "traceback": shown}


def _timing(times: list[float]) -> dict[str, str]:
    start, end = (
        datetime.fromtimestamp(moment, UTC).isoformat().replace("+00:00", "Z") for moment in (times[0], times[-1])
    )
    return {
        "iopub.execute_input": start,
        "iopub.status.busy": start,
        "iopub.status.idle": end,
        "shell.execute_reply": end,
    }


def _python_version() -> str:
    import platform

    return platform.python_version()
