"""Notebooks of other kernels (R, Julia, another Python) run in a real kernel, as nbgrader runs them.

nbclient has threads, which a process that forks can't have; so a process of its own runs the notebook:
`python -m autograder.engine.realkernel`, with the request on standard input and the answer on standard output.
"""

from __future__ import annotations

import functools
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec

from autograder.engine.jobs import Rules
from autograder.engine.notebookfile import Notebook
from autograder.engine.running import Ending, Run
from autograder.exceptions import NotebookError

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


def run_in_real_kernel(notebook: Notebook, kernel: str, folder: Path, rules: Rules) -> tuple[Notebook, Run]:
    """Run a notebook in a real kernel.

    Args:
        notebook: the notebook, put right.
        kernel: the kernel's name.
        folder: its working directory.
        rules: how to run it.

    Returns:
        The notebook with its outputs, and how the run went.

    Raises:
        NotebookError: the kernel could not be started, or did something that nbclient can't deal with.
    """
    request = msgspec.json.encode(_Request(notebook, str(folder), kernel, rules))
    done = subprocess.run(
        [sys.executable, "-m", "autograder.engine.realkernel"],
        input=request,
        capture_output=True,
        env={**os.environ, "NBGRADER_EXECUTION": "autograde"},
        check=False,
    )
    if done.returncode:
        last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise NotebookError(f"The kernel '{kernel}' could not run the notebook: {''.join(last)}.")
    answer = msgspec.json.decode(done.stdout, type=_Answer)
    run = Run(ended=answer.ended, at=answer.at, reason=answer.reason)
    for index, cell in enumerate(answer.notebook["cells"]):
        if cell["cell_type"] == "code" and (index <= answer.at or answer.ended == "done"):
            run.times[index] = []
            if index != answer.at or answer.ended == "done":
                run.replies[index] = {}
    return answer.notebook, run


def main() -> None:
    """Run the notebook that standard input holds."""
    import nbformat
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from nbgrader.preprocessors import Execute

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


if __name__ == "__main__":
    main()
