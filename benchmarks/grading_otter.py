"""`otter run` on a notebook that is the equivalent of the quickstart's first: the same answers, the same checks.

Otter-Grader gets an environment of its own, made with uv (which needs a package registry), so that neither tool has to
live with the other's requirements.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

OTTER = "otter-grader==7.0.0"
_NOTEBOOK = "problem1"
_TESTS = {
    "correct_squares": [
        "squares(1) == [1]",
        "squares(2) == [1, 4]",
        "squares(10) == [1, 4, 9, 16, 25, 36, 49, 64, 81, 100]",
        "squares(11) == [1, 4, 9, 16, 25, 36, 49, 64, 81, 100, 121]",
    ],
    "squares_invalid_input": ["_raises(squares, 0)", "_raises(squares, -4)"],
    "correct_sum_of_squares": [
        "sum_of_squares(1) == 1",
        "sum_of_squares(2) == 5",
        "sum_of_squares(10) == 385",
        "sum_of_squares(11) == 506",
    ],
}
_HELPER = """
def _raises(function, argument):
    try:
        function(argument)
    except ValueError:
        return True
    return False
"""
_TIMED = """
import json, sys, time
from otter.run import main
seconds, shares = [], []
for _ in range(int(sys.argv[1])):
    began = time.perf_counter()
    result = main("submission.ipynb", autograder="autograder.zip", output_dir=None, no_logo=True)
    seconds.append(time.perf_counter() - began)
    shares.append(result.total / result.possible)
with open("timed.json", "w") as file:
    json.dump([seconds, shares], file)
"""


class Otter:
    """Otter-Grader, ready to grade one submission over and over.

    Args:
        folder: where its environment and files go; made if it isn't there.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._folder = folder
        self._python = folder / "environment" / "bin" / "python"
        uv = [sys.executable, "-m", "uv", "--quiet"]
        subprocess.run([*uv, "venv", "--python", sys.executable, str(folder / "environment")], check=True)
        packages = [OTTER, "ipykernel", "ipywidgets"]
        subprocess.run([*uv, "pip", "install", "--python", str(self._python), *packages], check=True)
        tests = folder / "tests"
        tests.mkdir()
        for name, checks in _TESTS.items():
            (tests / f"{name}.py").write_text(_test_file(name, checks))
        self._run(str(self._python.parent / "otter"), "generate", "-t", "tests", "-o", "autograder.zip")

    def grade(self, answers: list[str], times: int) -> list[float]:
        """Grade a right submission; return the seconds that each time took, without the start of Otter itself.

        Args:
            answers: the texts of the answer cells.
            times: how often.
        """
        cells = ["import otter\ngrader = otter.Notebook()", *answers, _HELPER]
        cells += [f"grader.check({name!r})" for name in _TESTS]
        (self._folder / "submission.ipynb").write_text(json.dumps(_notebook(cells)))
        self._run("-c", _TIMED, str(times))
        seconds, shares = json.loads((self._folder / "timed.json").read_text())
        if any(share != 1 for share in shares):
            raise SystemExit(f"Otter gave a right submission {shares} of the points.")
        return [float(value) for value in seconds]

    def _run(self, *words: str) -> None:
        scripts = f"{self._python.parent}{os.pathsep}{os.environ['PATH']}"
        surroundings = {**os.environ, "PATH": scripts, "PYTHONPATH": ""}
        done = subprocess.run(
            [str(self._python), *words], cwd=self._folder, env=surroundings, capture_output=True, text=True
        )
        if done.returncode:
            raise SystemExit(f"Otter failed: {done.stderr[-2000:]}")


def answers_of(course: Path) -> list[str]:
    """Return the answers of the quickstart's first notebook."""
    notebook = json.loads((course / "source" / "ps1" / f"{_NOTEBOOK}.ipynb").read_text())
    return [
        "".join(cell["source"])
        for cell in notebook["cells"]
        if cell["cell_type"] == "code" and cell["metadata"].get("nbgrader", {}).get("solution")
    ]


def _test_file(name: str, checks: list[str]) -> str:
    code = "".join(f">>> {check}\nTrue\n" for check in checks)
    cases = [{"code": code, "hidden": False, "locked": False}]
    suites = [{"cases": cases, "scored": True, "setup": "", "teardown": "", "type": "doctest"}]
    return f"OK_FORMAT = True\ntest = { ({'name': name, 'points': 1, 'suites': suites})!r}\n"


def _notebook(cells: list[str]) -> dict[str, object]:
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"kernelspec": kernel},
        "cells": [
            {
                "cell_type": "code",
                "id": f"cell-{i}",
                "metadata": {},
                "source": text,
                "outputs": [],
                "execution_count": None,
            }
            for i, text in enumerate(cells)
        ],
    }
