"""What is installed: a wheel in an empty environment holds the whole course."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

EXERCISE = "flask/mini-api"

_WRITE_SOLUTION = """
import sys
from pathlib import Path
from curriculum.build import fill_answers, notebook_bytes, read_exercise
from curriculum.content import exercise_source
Path(sys.argv[2]).write_bytes(notebook_bytes(fill_answers(read_exercise(exercise_source(sys.argv[1])))))
"""


_LOOK_FOR_ANSWERS = """
import json
from nbformat.v4 import new_code_cell, new_notebook, writes
from autograder.engine.jobs import Job, Rules
from autograder.engine.pool import WarmProcess
from autograder.engine.sources import assignment_from_source

look = "import os, sys; print([x for p in sys.path for x in os.walk(p + '/curriculum') if x[2]])"
source = new_notebook(cells=[new_code_cell(look, id="look")])
assignment = assignment_from_source(source, "look", {}, Rules(), stub="pass")
worker = WarmProcess()
outcome = worker.grade(Job(assignment.key, {"look": writes(source).encode()}, label="work"), assignment)
worker.close()
print("".join(json.loads(outcome.notebooks[0].data)["cells"][0]["outputs"][0]["text"]))
"""


@pytest.fixture(scope="module")
def wheel(checkout, tmp_path_factory):
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        cwd=checkout,
        check=True,
        capture_output=True,
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
    )
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, checkout, tmp_path_factory):
    """The folder of programs of an environment in which only the wheel and what it needs are installed."""
    environment = tmp_path_factory.mktemp("installed") / "environment"
    uv = Path(sys.executable).parent / "uv"
    python = environment / "bin" / "python"

    def pip(*words: str | Path) -> None:
        subprocess.run([uv, "pip", "install", "--quiet", "--python", python, *words], check=True, cwd=environment)

    subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, environment], check=True)
    pip("--require-hashes", "-r", checkout / "requirements" / "learn.txt")
    pip("--no-deps", wheel)
    return environment / "bin"


@pytest.fixture(scope="module")
def workspace(installed, tmp_path_factory):
    """The learner's workspace as the installed program makes it: in the home folder."""
    home = tmp_path_factory.mktemp("home")
    subprocess.run(
        [installed / "backend-path", "learn", "--build-only"],
        cwd=home,
        env={**_clean_environment(), "HOME": str(home)},
        check=True,
        capture_output=True,
    )
    return home / "backend-path"


def _clean_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}


def test_the_wheel_holds_every_text_source_and_nothing_built(wheel, checkout):
    names = set(zipfile.ZipFile(wheel).namelist())
    for top in ("notebooks", "exercises"):
        sources = [path for path in (checkout / top).rglob("*") if path.is_file() and "__pycache__" not in path.parts]
        assert sources
        missing = {f"curriculum/content/{path.relative_to(checkout).as_posix()}" for path in sources} - names
        assert missing == set()
    assert "curriculum/lab/extension/backend-path/entry.js" in names
    assert {"curriculum/py.typed", "autograder/py.typed", "curriculum/data/path.yaml"} <= names
    assert [name for name in names if name.endswith((".ipynb", ".pyc"))] == []


def test_the_installed_course_builds_in_the_home_folder(workspace):
    assert any(workspace.rglob("*.ipynb"))
    assert list(workspace.glob("*/exercises/*-mini-api/mini-api.ipynb"))
    assert list(workspace.glob("*/*-request-to-response.ipynb"))


def test_the_model_solution_of_an_exercise_passes_its_check_when_installed(installed, workspace):
    notebook = next(workspace.glob("*/exercises/*-mini-api/mini-api.ipynb"))
    subprocess.run(
        [installed / "python", "-W", "ignore", "-c", _WRITE_SOLUTION, EXERCISE, notebook],
        check=True,
        cwd=workspace,
        env=_clean_environment(),
    )
    printed = subprocess.run(
        [installed / "backend-path", "check", notebook, "--json"],
        cwd=workspace,
        env=_clean_environment(),
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    result = json.loads(printed)
    assert result["exercise"] == EXERCISE
    assert result["points"] == result["max_points"] >= 20


def test_a_submission_sees_no_answers_where_the_course_is_installed(installed):
    seen = subprocess.run(
        [installed / "python", "-W", "ignore", "-c", _LOOK_FOR_ANSWERS],
        env=_clean_environment(),
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert seen.strip() == "[]"


def test_a_second_build_leaves_the_learners_work_alone(installed, workspace):
    notebook = next(workspace.glob("*/exercises/*-mini-api/mini-api.ipynb"))
    mine = notebook.read_bytes()
    subprocess.run(
        [installed / "backend-path", "learn", "--build-only", "--dir", workspace], check=True, capture_output=True
    )
    assert notebook.read_bytes() == mine
