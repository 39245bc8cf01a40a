"""What the tests of the learner's side share: a workspace, and the learner of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import curriculum
from curriculum.build import fill_answers, read_exercise
from curriculum.content import exercise_source
from curriculum.lab.checker import Checker
from curriculum.lab.exercises import prepared
from curriculum.lab.learner import Learner
from curriculum.placing import Item, place_files

EXERCISE = "python/data-structures"


@pytest.fixture(scope="session")
def path():
    return curriculum.load()


@pytest.fixture(scope="session")
def exercise():
    """An exercise, as a learner's check has it."""
    return prepared(EXERCISE)


@pytest.fixture(scope="session")
def release(exercise):
    return json.loads(exercise.release)


@pytest.fixture(scope="session")
def model():
    """The model answers, by `grade_id`."""
    source = read_exercise(exercise_source(EXERCISE))
    return {
        cell.metadata["nbgrader"]["grade_id"]: cell.source
        for cell in fill_answers(source).cells
        if cell.metadata.get("nbgrader", {}).get("solution")
    }


@pytest.fixture
def workspace(tmp_path, exercise):
    """A workspace with that one exercise in it."""
    name = f"{exercise.source.notebook_name}.ipynb"
    items = [Item(f"exercise:{EXERCISE}:{name}", f"03-python/{name}", exercise.release)]
    items += [
        Item(f"exercise:{EXERCISE}:{file}", f"03-python/{file}", location.read_bytes())
        for file, location in exercise.source.files
    ]
    place_files(tmp_path, items)
    return tmp_path


@pytest.fixture
def place(exercise):
    """The notebook, as JupyterLab calls it."""
    return f"03-python/{exercise.source.notebook_name}.ipynb"


@pytest.fixture
def file(workspace, place) -> Path:
    return workspace / place


@pytest.fixture(scope="session")
def checker():
    """One warm process for all tests that don't stop it."""
    checker = Checker()
    yield checker
    checker.close()


@pytest.fixture
def learner(workspace, path, checker):
    learner = Learner(workspace, path)
    learner.checker = checker
    return learner


@pytest.fixture
def write(file):
    """Write answers into the learner's notebook, by `grade_id`."""

    def write(answers):
        notebook = json.loads(file.read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            name = cell["metadata"].get("nbgrader", {}).get("grade_id")
            if name in answers:
                cell["source"] = answers[name]
        file.write_text(json.dumps(notebook), encoding="utf-8")

    return write
