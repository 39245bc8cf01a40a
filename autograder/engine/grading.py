"""One submission is graded: its notebooks put right, run in forked children, and marked."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any

from autograder.engine.cells import grade_id, is_grade, is_locked, is_solution
from autograder.engine.forking import Zygote
from autograder.engine.jobs import Assignment, Execution, GradedNotebook, Job, Outcome, Rules
from autograder.engine.marking import limit_outputs, mark
from autograder.engine.notebookfile import Cell, Notebook, read_notebook, write_notebook
from autograder.engine.outputs import NotebookOutputs
from autograder.engine.realkernel import is_own_kernel, run_in_real_kernel
from autograder.engine.rebuilding import rebuild
from autograder.engine.running import Run, run_notebook
from autograder.engine.sanitizing import check_metadata, sanitize
from autograder.engine.sealed import Step, run_sealed
from autograder.exceptions import NotebookError
from autograder.judge.plan import Plan, make_plan

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
    scratch = Path(tempfile.mkdtemp(prefix="autograder-"))
    try:
        folder = scratch / "work" if job.label.startswith("tmp") else scratch / job.label
        put = _lay_out(folder, job.files, job.executable)
        put |= _lay_out(folder, assignment.files, assignment.executable)
        graded: list[GradedNotebook] = []
        for name, data in job.notebooks.items():
            graded.append(_grade_notebook(warm, data, assignment, name, folder, scratch, watched))
        if not assignment.rules.keep_notebooks:
            return Outcome(tuple(graded), seconds=time.monotonic() - began)
        files, removed = _changes(folder, put, {f"{name}.ipynb" for name in job.notebooks})
        return Outcome(tuple(graded), files, removed, seconds=time.monotonic() - began)
    except NotebookError as error:
        return Outcome(problem=str(error), seconds=time.monotonic() - began)
    finally:
        _remove(scratch)


def run_only(warm: Zygote, execution: Execution, watched: int | None = None) -> Outcome:
    """Run a notebook where it lies, and do nothing else with it.

    Args:
        warm: the warm process.
        execution: the notebook.
        watched: a descriptor; when its other side closes, the work is given up.
    """
    began = time.monotonic()
    scratch = Path(tempfile.mkdtemp(prefix="autograder-"))
    name = execution.name
    try:
        notebook = read_notebook(execution.notebook, name)
        folder = Path(execution.folder)
        notebook, _ = execute(warm, notebook, name, execution.rules, folder, scratch, watched, [])
        seconds = time.monotonic() - began
        return Outcome((GradedNotebook(name, {}, {}, (), write_notebook(notebook), seconds),), seconds=seconds)
    except NotebookError as error:
        return Outcome(problem=str(error), seconds=time.monotonic() - began)
    finally:
        _remove(scratch)


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
    path.write_bytes(write_notebook(_shown_to_learner(notebook) if plan is not None else notebook))
    notebook, memory = execute(
        warm, notebook, name, rules, folder, scratch, watched, warnings, plan=plan, files=assignment.files
    )
    limit_outputs(notebook, rules)
    scores, comments, cells = mark(notebook, source.name, rules)
    check_metadata(notebook, source.name)
    graded = write_notebook(notebook) if rules.keep_notebooks else b""
    if rules.keep_notebooks:
        path.unlink(missing_ok=True)
        path.write_bytes(graded)
    return GradedNotebook(
        source.name, scores, comments, cells, graded, time.monotonic() - began, tuple(warnings), memory
    )


def execute(
    warm: Zygote,
    notebook: Notebook,
    name: str,
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
        name: its name, without `.ipynb`.
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
        notebook, run = run_in_real_kernel(notebook, wanted, folder, rules)
    else:
        cells = [(index, cell) for index, cell in enumerate(notebook["cells"]) if _is_run(cell, rules)]
        outputs = NotebookOutputs(rules.max_output)
        environment = {"NBGRADER_EXECUTION": "autograde"}
        decisive = [index for index, cell in cells if rules.stop_at_failure and is_grade(cell)]
        if plan is None:
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
                decisive=decisive,
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
        if rules.stop_at_failure:
            _note_not_run(notebook, run, rules, "a test before it failed")
        warnings += [f"Cell {index + 1} put out more than is kept." for index in sorted(outputs.truncated)]
    if run.ended != "done":
        _refuse_or_note(notebook, run, name, rules, warnings)
    return notebook, run.memory


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
    warnings.append(f"The notebook was not run to its end: {reason}.")
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


Stamp = tuple[int, int, int]


def _lay_out(folder: Path, files: dict[str, bytes], executable: tuple[str, ...]) -> dict[str, Stamp]:
    """Write files; return what they looked like then."""
    folder.mkdir(parents=True, exist_ok=True)
    put: dict[str, Stamp] = {}
    for name, data in files.items():
        parts = PurePosixPath(name)
        if parts.is_absolute() or ".." in parts.parts:
            raise NotebookError(f"The submission has a file '{name}', which lies outside its folder.")
        path = folder / parts
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        if name in executable:
            path.chmod(0o755)
        put[name] = _stamp(path.lstat())
    return put


def _changes(folder: Path, put: dict[str, Stamp], leave: set[str]) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """Return the files that a run made or changed, and the names of those that it removed."""
    changed: dict[str, bytes] = {}
    found: set[str] = set()
    for parent, _, names in os.walk(folder):
        for entry in names:
            path = Path(parent, entry)
            name = path.relative_to(folder).as_posix()
            found.add(name)
            status = path.lstat()
            if name not in leave and put.get(name) != _stamp(status) and path.is_file() and not path.is_symlink():
                changed[name] = path.read_bytes()
    return changed, tuple(sorted(put.keys() - found))


def _stamp(status: os.stat_result) -> Stamp:
    return status.st_size, status.st_mtime_ns, status.st_ino


def _remove(folder: Path) -> None:
    """Remove a folder, even one whose permissions a run took away."""

    def insist(function: Any, path: str, _: object) -> None:
        Path(path).parent.chmod(0o700)
        if not Path(path).is_symlink():
            Path(path).chmod(0o700)
        function(path)

    shutil.rmtree(folder, onerror=insist)
