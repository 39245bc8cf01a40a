"""The learner's workspace: what is ready in the path, in path order."""

from __future__ import annotations

import nbformat
import pytest

import curriculum
from curriculum.workspace import exercise_of, update_workspace


@pytest.fixture(scope="module")
def path():
    return curriculum.load()


@pytest.fixture(scope="module")
def workspace(path, tmp_path_factory):
    folder = tmp_path_factory.mktemp("workspace")
    update_workspace(folder, path)
    return folder


def ready(parts):
    return [part for part in parts if part.status == "ready"]


def test_every_ready_lesson_and_exercise_is_there_and_nothing_else(workspace, path):
    lessons = [part for module in path.modules.values() for part in ready(module.lessons)]
    exercises = [part for module in path.modules.values() for part in ready(module.exercises)]
    named = [nbformat.read(file, as_version=4).metadata.backend_path for file in workspace.rglob("*.ipynb")]
    assert {item["lesson"] for item in named if "lesson" in item} == {lesson.id for lesson in lessons}
    assert {item["exercise"] for item in named if "exercise" in item} == {exercise.id for exercise in exercises}
    assert len(named) == len(lessons) + len(exercises)


def test_folders_and_files_stand_in_path_order(workspace, path):
    order = [module.id for module in path.modules.values()]
    folders = sorted(folder.name for folder in workspace.iterdir() if folder.is_dir() and folder.name[0] != ".")
    assert [name.partition("-")[2] for name in folders] == [
        module for module in order if any(name.partition("-")[2] == module for name in folders)
    ]
    flask = next(folder for folder in workspace.iterdir() if folder.name.endswith("-flask"))
    built = [file.stem.partition("-")[2] for file in sorted(flask.glob("*.ipynb"))]
    assert built == [lesson.id.partition("/")[2] for lesson in ready(path.modules["flask"].lessons)]


def test_no_notebook_holds_a_solution_or_a_hidden_test(workspace):
    for file in workspace.rglob("exercises/**/*.ipynb"):
        text = file.read_text(encoding="utf-8")
        assert "BEGIN SOLUTION" not in text, file
        assert "HIDDEN TESTS" not in text, file


def test_a_second_update_finds_nothing_to_do(workspace, path):
    assert {change.outcome for change in update_workspace(workspace, path)} == {"unchanged"}


def test_two_workspaces_hold_the_same_bytes(workspace, path, tmp_path):
    update_workspace(tmp_path, path)
    for file in workspace.rglob("*"):
        if file.is_file():
            assert file.read_bytes() == (tmp_path / file.relative_to(workspace)).read_bytes()


def test_the_workspace_remembers_which_exercise_a_notebook_answers(workspace):
    notebook = next(workspace.rglob("mini-api.ipynb"))
    assert exercise_of(workspace, notebook) == "flask/mini-api"
    assert exercise_of(workspace, next(workspace.rglob("hints.yaml"))) is None
    assert exercise_of(workspace, workspace.parent / "elsewhere.ipynb") is None
