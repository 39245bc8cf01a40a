"""Handing in through nbgrader's exchange, where an instructor has set one up."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from curriculum.lab.exercises import Prepared

_CONFIGS = ("nbgrader_config.py", "nbgrader_config.json")
_SECONDS = 60
_SAID = re.compile(r"^\[[^\]]*\b(?:ERROR|CRITICAL)\]\s*(.+)", re.MULTILINE)


def exchange_config(workspace: Path) -> Path | None:
    """Return nbgrader's configuration file, in the workspace or where Jupyter looks for it; None if there is none."""
    from jupyter_core.paths import jupyter_config_path

    folders = [workspace, *map(Path, jupyter_config_path())]
    return next((folder / name for folder in folders for name in _CONFIGS if (folder / name).is_file()), None)


def hand_in(workspace: Path, file: Path, exercise: Prepared) -> str:
    """Hand in a notebook with nbgrader's own command.

    Args:
        workspace: the workspace; a configuration in it holds.
        file: the learner's notebook.
        exercise: what it answers.

    Returns:
        Why it could not be handed in; empty if it was.
    """
    with tempfile.TemporaryDirectory(prefix="backend-path-submit-") as folder:
        # nbgrader hands in a whole folder of the assignment's name; older copies in the learner's stay where they are
        staged = Path(folder) / exercise.source.assignment
        staged.mkdir()
        (staged / f"{exercise.source.notebook_name}.ipynb").write_bytes(file.read_bytes())
        for name, original in exercise.source.files:
            own = file.parent / name
            (staged / name).parent.mkdir(parents=True, exist_ok=True)
            (staged / name).write_bytes((own if own.is_file() else original).read_bytes())
        command = [
            *(sys.executable, "-m", "nbgrader", "submit", exercise.source.assignment),
            f"--Exchange.assignment_dir={folder}",
        ]
        try:
            done = subprocess.run(command, cwd=workspace, capture_output=True, text=True, timeout=_SECONDS, check=False)
        except subprocess.TimeoutExpired:
            return f"nbgrader submit gave no answer in {_SECONDS} seconds"
    if done.returncode == 0:
        return ""
    said = [text.strip().rstrip(".") for text in _SAID.findall(done.stderr)]
    reasons = [text for text in said if text != "nbgrader submit failed"]
    return "; ".join(reasons) or f"nbgrader submit ended with status {done.returncode}"
