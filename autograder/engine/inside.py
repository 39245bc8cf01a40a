"""The engine inside nbgrader: `nbgrader autograde` and formgrader's button run notebooks in it.

One line in `nbgrader_config.py` turns it on:

    import autograder.engine.inside; autograder.engine.inside.use(c)

nbgrader still does all the rest in its own way, so this is slower than `autograder grade`; the kernel that it starts
for every notebook is what falls away.
"""

from __future__ import annotations

import atexit
import json
import os
import stat
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.engine.imports import imports_in
from autograder.engine.jobs import Execution, Rules
from autograder.engine.pool import WarmProcess, WorkerDiedError
from autograder.engine.workplace import put_file
from autograder.exceptions import NotebookError

if TYPE_CHECKING:
    from traitlets.config import Config

_PREPROCESSORS = (
    "autograder.engine.inside.Execute",
    "nbgrader.preprocessors.IgnorePattern",
    "nbconvert.preprocessors.ClearMetadataPreprocessor",
    "nbgrader.preprocessors.LimitOutput",
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
)

_lock = threading.Lock()
_process = WarmProcess()
atexit.register(_process.stop)


def use(config: Config) -> None:
    """Let a course's nbgrader use the engine.

    Args:
        config: the configuration, `c` in `nbgrader_config.py`.
    """
    config.Autograde.autograde_preprocessors = list(_PREPROCESSORS)


def run_in_engine(notebook: dict[str, Any], name: str, folder: str, rules: Rules) -> bytes:
    """Run a notebook in the engine's warm process.

    Args:
        notebook: the notebook, put right.
        name: its name, without `.ipynb`.
        folder: its folder; files beside it go with it, and what it changes is changed there.
        rules: how to run it.

    Returns:
        The notebook with its outputs, as the bytes of its file.

    Raises:
        NotebookError: the run broke off.
        IsolationError: submissions can't be shut in here.
    """
    texts = [cell["source"] for cell in notebook["cells"] if cell["cell_type"] == "code" and _is_protected(cell)]
    files, executable = _files(Path(folder), f"{name}.ipynb")
    execution = Execution(
        json.dumps(notebook).encode(), name, rules, files, executable, Path(folder).name, imports_in(texts)
    )
    with _lock:
        try:
            outcome = _process.execute(execution)
        except WorkerDiedError as error:
            raise NotebookError(f"{name}.ipynb ended the process that ran it.") from error
    if outcome.problem:
        raise NotebookError(outcome.problem)
    for path in outcome.removed:
        Path(folder, path).unlink(missing_ok=True)
    for path, data in outcome.files.items():
        put_file(Path(folder, path), data)
    return outcome.notebooks[0].data


def _files(folder: Path, besides: str) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """Return the ordinary files in a folder but for one, and those of them that may be run; links are passed over."""
    files: dict[str, bytes] = {}
    executable: list[str] = []
    for parent, _, names in os.walk(folder):
        for entry in names:
            path = Path(parent, entry)
            name, status = path.relative_to(folder).as_posix(), path.lstat()
            if name != besides and stat.S_ISREG(status.st_mode):
                files[name] = path.read_bytes()
                if status.st_mode & stat.S_IXUSR:
                    executable.append(name)
    return files, tuple(executable)


def _is_protected(cell: dict[str, Any]) -> bool:
    metadata = cell["metadata"].get("nbgrader") or {}
    return bool((metadata.get("locked") or metadata.get("grade")) and not metadata.get("solution"))


def __getattr__(name: str) -> object:
    """Make the preprocessor when nbgrader asks for it: whoever only reads the configuration is spared its import."""
    if name != "Execute":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from autograder.engine.preprocessor import Execute

    return Execute
