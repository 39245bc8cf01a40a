"""`backend-path check`: a learner's notebook is graded from a clean start and stays as it is."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from autograder.exceptions import NotebookError
from curriculum.build import fill_answers, notebook_bytes, read_exercise, release_notebook
from curriculum.check import check_notebook
from curriculum.cli import cli
from curriculum.content import exercise_source
from curriculum.exceptions import WorkspaceError

EXERCISE = "flask/wsgi-by-hand"


@pytest.fixture(scope="module")
def exercise():
    return read_exercise(exercise_source(EXERCISE))


@pytest.fixture
def solved(exercise, tmp_path):
    path = tmp_path / "mine.ipynb"
    path.write_bytes(notebook_bytes(fill_answers(exercise)))
    return path


@pytest.fixture
def untouched(exercise, tmp_path):
    path = tmp_path / "starter.ipynb"
    path.write_bytes(notebook_bytes(release_notebook(exercise)))
    return path


def test_a_solved_notebook_passes_and_stays_as_it_is(solved, exercise):
    before = solved.read_bytes()
    result = check_notebook(solved).result
    assert result.passed
    assert result.points == result.max_points == exercise.points
    assert solved.read_bytes() == before


def test_an_untouched_notebook_fails_with_a_reason_for_each_test(untouched):
    result = check_notebook(untouched).result
    assert result.points == 0
    assert all(cell.status == "failed" and cell.error for cell in result.cells)


def test_a_changed_test_cell_changes_no_mark(untouched, exercise):
    notebook = json.loads(untouched.read_text())
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade"):
            cell["source"] = "assert True"
            cell["metadata"]["nbgrader"]["points"] = 100
    untouched.write_text(json.dumps(notebook))
    result = check_notebook(untouched).result
    assert result.points == 0
    assert result.max_points == exercise.points


def test_a_renamed_copy_still_says_which_exercise_it_answers(solved):
    copy = solved.with_name("copy of it.ipynb")
    solved.rename(copy)
    assert check_notebook(copy).exercise == EXERCISE


def test_a_notebook_that_names_no_exercise_asks_for_one(solved):
    notebook = json.loads(solved.read_text())
    del notebook["metadata"]["backend_path"]
    solved.write_text(json.dumps(notebook))
    with pytest.raises(WorkspaceError, match="--exercise MODULE/NAME"):
        check_notebook(solved)
    assert check_notebook(solved, EXERCISE).result.passed


@pytest.mark.parametrize("name", ["flask/mini-apy", "../../../etc/passwd", "flask"])
def test_an_exercise_that_there_is_not_is_named_with_those_there_are(name, solved):
    with pytest.raises(WorkspaceError, match="There is no exercise") as raised:
        check_notebook(solved, name)
    assert name in str(raised.value)
    assert "flask/mini-api" in str(raised.value)


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b'"text"', b"[1, 2]"])
def test_a_file_that_is_no_notebook_is_said_to_be_none(content, tmp_path):
    path = tmp_path / "broken.ipynb"
    path.write_bytes(content)
    with pytest.raises((NotebookError, WorkspaceError), match=r"broken\.ipynb"):
        check_notebook(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(NotebookError, match=r"nowhere\.ipynb can't be read: No such file"):
        check_notebook(tmp_path / "nowhere.ipynb")


def test_the_command_says_yes_and_no_by_its_exit_status(solved, untouched, exercise):
    yes = CliRunner().invoke(cli, ["check", str(solved)], standalone_mode=False)
    no = CliRunner().invoke(cli, ["check", str(untouched), "--json"], standalone_mode=False)
    assert (yes.return_value, no.return_value) == (0, 1)
    printed = json.loads(no.stdout)
    assert printed["exercise"] == EXERCISE
    assert printed["points"] == 0
    assert [cell["grade_id"] for cell in printed["cells"]] == [
        cell.grade_id for cell in exercise.cells if cell.role in ("test", "manual")
    ]
