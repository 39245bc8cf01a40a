"""Courses for the grading benchmark: nbgrader's quickstart and our mini Flask API, with submissions of each kind."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import nbgrader

KINDS = ("solved", "untouched", "wrong")
_SOLUTION_MARK = re.compile(r"^\s*### (BEGIN|END) SOLUTION\n?", re.MULTILINE)
_WRONG = {
    "squares": "def squares(n):\n    return [i for i in range(n)]",
    "sum_of_squares": "def sum_of_squares(n):\n    return n * squares(n)[0]",
    "sum_of_squares_application": "def pyramidal_number(n)\n    return n",
}
_FLASK_EXERCISE = "flask/mini-api"


def nbgrader_command(course: Path, *words: str) -> None:
    """Run nbgrader in a course directory."""
    scripts = sysconfig.get_path("scripts")
    subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "nbgrader", *words],
        cwd=course,
        env={**os.environ, "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}"},
        check=True,
        capture_output=True,
    )


def make_quickstart(course: Path) -> str:
    """Make a course with nbgrader's own quickstart assignment; return the assignment's name."""
    source = Path(nbgrader.__file__).parent / "docs" / "source" / "user_guide" / "source" / "ps1"
    shutil.copytree(source, course / "source" / "ps1")
    (course / "nbgrader_config.py").write_text("c = get_config()\n")
    nbgrader_command(course, "generate_assignment", "ps1")
    return "ps1"


def make_first_notebook(course: Path) -> str:
    """Make a course with the first notebook of the quickstart alone; return the assignment's name."""
    source = Path(nbgrader.__file__).parent / "docs" / "source" / "user_guide" / "source" / "ps1"
    folder = course / "source" / "ps1"
    folder.mkdir(parents=True)
    shutil.copy(source / "problem1.ipynb", folder)
    (course / "nbgrader_config.py").write_text("c = get_config()\n")
    nbgrader_command(course, "generate_assignment", "ps1")
    return "ps1"


def make_flask(course: Path) -> str:
    """Make a course with our exercise on a small Flask API; return the assignment's name."""
    from curriculum import content
    from curriculum.build import notebook_bytes, read_exercise, source_notebook

    exercise = read_exercise(content.exercise_source(_FLASK_EXERCISE))
    folder = course / "source" / exercise.assignment
    folder.mkdir(parents=True)
    (folder / f"{exercise.notebook_name}.ipynb").write_bytes(notebook_bytes(source_notebook(exercise)))
    for name, path in exercise.files:
        shutil.copy(path, folder / name)
    (course / "nbgrader_config.py").write_text("c = get_config()\n")
    nbgrader_command(course, "generate_assignment", exercise.assignment)
    return exercise.assignment


def add_submissions(course: Path, assignment: str, count: int, kinds: tuple[str, ...]) -> None:
    """Hand in `count` submissions, of the given kinds in turn."""
    release = course / "release" / assignment
    for number in range(count):
        folder = course / "submitted" / f"student-{number:05}" / assignment
        if folder.exists():
            continue
        folder.mkdir(parents=True)
        for path in release.iterdir():
            if path.suffix == ".ipynb":
                source = course / "source" / assignment / path.name
                (folder / path.name).write_text(_answered(path, source, kinds[number % len(kinds)]))
            elif path.is_file():
                shutil.copy(path, folder / path.name)


def _answered(release: Path, source: Path, kind: str) -> str:
    notebook: dict[str, Any] = json.loads(release.read_text())
    solutions = {
        cell["metadata"]["nbgrader"]["grade_id"]: "".join(cell["source"])
        for cell in json.loads(source.read_text())["cells"]
        if cell["metadata"].get("nbgrader", {}).get("solution")
    }
    for cell in notebook["cells"]:
        grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if kind == "untouched" or grade_id not in solutions:
            continue
        answer = _SOLUTION_MARK.sub("", solutions[grade_id])
        if kind == "wrong":
            answer = _WRONG.get(grade_id, answer.replace("return", "return None or", 1).replace("404", "400"))
        cell["source"] = answer
    return json.dumps(notebook)
