"""Notebooks of other kernels (R, Julia, another Python) run in a real kernel, as nbgrader runs them.

nbclient has threads, which a process that forks can't have; so a program of its own runs the notebook, in the same
sandbox as the kernel: `python -m autograder.engine.realkernel`, with the request on standard input and the answer on
standard output. Of the answer only outputs are taken; but what the kernel says of its cells is believed.
"""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import msgspec

from autograder.engine.control import Spawn
from autograder.engine.exchange import exchange
from autograder.engine.forking import Zygote
from autograder.engine.jobs import Rules
from autograder.engine.notebookfile import Notebook
from autograder.engine.running import Ending, Run
from autograder.exceptions import NotebookError
from autograder.sandbox import syscalls
from autograder.sandbox.refusals import in_words

_PYTHON_NAMES = {"python", "python3", f"python{sys.version_info.major}.{sys.version_info.minor}"}


class _Request(msgspec.Struct):
    """A notebook to be run, and how."""

    notebook: dict[str, Any]
    folder: str
    kernel: str
    rules: Rules


class _Answer(msgspec.Struct):
    """The notebook after its run, and how that ended."""

    notebook: dict[str, Any]
    ended: Ending
    at: int
    reason: str


@functools.cache
def is_own_kernel(name: str) -> bool:
    """Return whether a kernel is the IPython of this very environment, which the engine runs by itself.

    Raises:
        NotebookError: there is no such kernel.
    """
    from jupyter_client.kernelspec import NATIVE_KERNEL_NAME, KernelSpecManager, NoSuchKernel

    try:
        spec = KernelSpecManager().get_kernel_spec(NATIVE_KERNEL_NAME if name == "python" else name)
    except NoSuchKernel as error:
        raise NotebookError(
            f"The notebook wants the kernel '{name}', which is not installed here. "
            "Install it, or set c.Execute.kernel_name in nbgrader_config.py."
        ) from error
    if not hasattr(os, "fork") or spec.env or "ipykernel_launcher" not in spec.argv:
        return False
    program = spec.argv[0]
    return program in _PYTHON_NAMES or os.path.realpath(program) == os.path.realpath(sys.executable)


def run_in_real_kernel(
    warm: Zygote,
    notebook: Notebook,
    kernel: str,
    rules: Rules,
    *,
    folder: Path,
    scratch: Path,
    seconds: float,
    watched: int | None,
) -> tuple[Notebook, Run]:
    """Run a notebook in a real kernel.

    Args:
        warm: the warm process, whose forks are shut in.
        notebook: the notebook, put right.
        kernel: the kernel's name.
        rules: how to run it.
        folder: its working directory.
        scratch: a folder for temporary files.
        seconds: wall time that all of it may take, in seconds.
        watched: a descriptor; when its other side closes, the run is given up.

    Returns:
        The notebook with its outputs, and how the run went.

    Raises:
        NotebookError: the kernel could not be started, or did something that nbclient can't deal with.
    """
    request = msgspec.json.encode(_Request(notebook, str(folder), kernel, rules))
    wish = Spawn("autograder.engine.realkernel:become", str(folder), str(scratch), {"NBGRADER_EXECUTION": "autograde"})
    most = rules.max_output * (1 + len(notebook["cells"])) + len(request)
    done = exchange(warm, wish, request, seconds=seconds, most=most, watched=watched)
    if done.timed_out or done.too_much or done.end.exceeded:
        why = done.end.exceeded or (f"it took more than {seconds:g} s" if done.timed_out else "it wrote too much")
        raise NotebookError(f"The kernel '{kernel}' was stopped, because {why}.")
    if done.end.status:
        last = done.errors.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise NotebookError(f"The kernel '{kernel}' could not run the notebook: {''.join(last)}.")
    try:
        answer = msgspec.json.decode(done.answer, type=_Answer)
        notebook = _with_outputs(notebook, answer.notebook)
    except (msgspec.DecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise NotebookError(f"The kernel '{kernel}' did not answer as one does: {error}.") from error
    run = Run(ended=answer.ended, at=answer.at, reason=answer.reason, noticed=in_words(done.end.refused))
    for index, cell in enumerate(notebook["cells"]):
        if cell["cell_type"] == "code" and (index <= answer.at or answer.ended == "done"):
            run.times[index] = []
            if index != answer.at or answer.ended == "done":
                run.replies[index] = {}
    return notebook, run


def _with_outputs(notebook: Notebook, executed: Notebook) -> Notebook:
    """Return a notebook with the outputs that an executed copy of it has, and with nothing else of that copy.

    Raises:
        ValueError: it is no copy.
    """
    if [cell["cell_type"] for cell in notebook["cells"]] != [cell["cell_type"] for cell in executed["cells"]]:
        raise ValueError("it has other cells")
    for cell, copy in zip(notebook["cells"], executed["cells"], strict=True):
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = list(copy["outputs"]), copy["execution_count"]
            if "execution" in copy["metadata"]:
                cell["metadata"]["execution"] = dict(copy["metadata"]["execution"])
    for name in ("language_info", "widgets"):
        if name in executed["metadata"]:
            notebook["metadata"][name] = dict(executed["metadata"][name])
    return notebook


def become(kernel: object, wish: Spawn, descriptors: Sequence[int]) -> NoReturn:
    """Become the program that runs a notebook in a real kernel; what it reads comes through the descriptor."""
    os.dup2(descriptors[0], 0)
    os.execve(sys.executable, [sys.executable, "-m", "autograder.engine.realkernel"], dict(os.environ))  # noqa: S606


def main() -> None:
    """Run the notebook that standard input holds."""
    import nbformat
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from nbgrader.preprocessors import Execute

    _close_to_others()
    request = msgspec.json.decode(sys.stdin.buffer.read(), type=_Request)
    rules = request.rules
    answers = os.dup(1)
    os.dup2(2, 1)  # what libraries print must not get between
    at = -1

    def note(cell_index: int, **_: object) -> None:
        nonlocal at
        at = cell_index

    execute = Execute(
        timeout=int(rules.timeout) if rules.timeout else None,
        iopub_timeout=int(rules.grace),
        error_on_timeout=rules.timeout_error,
        kernel_name=request.kernel,
        skip_cells_with_tag=rules.skip_tag,
        record_timing=rules.record_timing,
        store_widget_state=rules.store_widgets,
        on_cell_execute=note,
    )
    notebook = nbformat.from_dict(request.notebook)
    ended: Ending = "done"
    reason = ""
    try:
        notebook, _ = execute.preprocess(notebook, {"metadata": {"path": request.folder}})
    except DeadKernelError as error:
        ended, reason = "died", str(error)
    except CellTimeoutError as error:
        ended, reason = "unresponsive", str(error).splitlines()[0]
    with os.fdopen(answers, "wb") as file:
        file.write(msgspec.json.encode(_Answer(notebook, ended, at, reason)))


def _close_to_others() -> None:
    """Keep the kernel, which has the same user, from this program's memory."""
    if sys.platform == "linux":
        syscalls.prctl(syscalls.PR_SET_DUMPABLE, 0)


if __name__ == "__main__":
    main()
