"""The built course under nbgrader's own commands, from generate_assignment to export, and the same marks by ours."""

from __future__ import annotations

import csv
import json
import re
import shutil
import sqlite3
from functools import cache
from pathlib import Path

import pytest

from curriculum.build import fill_answers, notebook_bytes, read_answers, read_exercise
from curriculum.content import exercise_source

pytestmark = pytest.mark.timeout(900)  # nbgrader is started fifteen times

ASSIGNMENT = "flask-mini-api"
NOTEBOOK = "mini-api.ipynb"
STUDENTS = ("ada", "ben", "cleo")
_KEY = re.compile("[0-9a-f]{32}")


@pytest.fixture(scope="module")
def exercise():
    return read_exercise(exercise_source("flask/mini-api"))


@pytest.fixture(scope="module")
def wrong_answer(exercise):
    return read_answers(sorted((exercise.path.parent / "wrong").glob("*.py"))[0], exercise)


@pytest.fixture(scope="module")
def course(run, exercise, wrong_answer, tmp_path_factory):
    """A course in which three students have fetched, answered and submitted the mini API, and all were collected.

    Ada hands in the model solution, Ben the untouched starter, Cleo a wrong answer.
    """
    folder = tmp_path_factory.mktemp("nbgrader") / "course"
    exchange = folder.parent / "exchange"
    exchange.mkdir(mode=0o777)
    exchange.chmod(0o777)
    run("backend-path", "course", "init", folder)
    configuration = folder / "nbgrader_config.py"
    configuration.write_text(configuration.read_text() + f'c.Exchange.root = "{exchange}"\n')
    for command in ("generate_assignment", "release_assignment"):
        run("nbgrader", command, ASSIGNMENT, cwd=folder)
    answers = {"ada": fill_answers(exercise), "ben": None, "cleo": fill_answers(exercise, wrong_answer[1])}
    for student in STUDENTS:
        home = folder.parent / student
        home.mkdir()
        shutil.copy(configuration, home)
        cache_of = f"--Exchange.cache={home / 'cache'}"
        run("nbgrader", "fetch_assignment", ASSIGNMENT, cache_of, cwd=home)
        if answers[student] is not None:
            (home / ASSIGNMENT / NOTEBOOK).write_bytes(notebook_bytes(answers[student]))
        run("nbgrader", "submit", ASSIGNMENT, f"--student={student}", cache_of, cwd=home)
    run("nbgrader", "collect", ASSIGNMENT, cwd=folder)
    return folder


@pytest.fixture(scope="module")
def graded_by_us(run, course, tmp_path_factory):
    """A copy of the course graded by `autograder grade`, and what that printed as JSON."""
    folder = tmp_path_factory.mktemp("ours") / "course"
    shutil.copytree(course, folder)
    printed = run("autograder", "grade", ASSIGNMENT, "--course", folder, "--json").stdout
    return folder, json.loads(printed)


@pytest.fixture(scope="module")
def graded_by_nbgrader(run, course, tmp_path_factory):
    """A copy of the course graded by `nbgrader autograde`."""
    folder = tmp_path_factory.mktemp("theirs") / "course"
    shutil.copytree(course, folder)
    run("nbgrader", "autograde", ASSIGNMENT, cwd=folder)
    return folder


@pytest.fixture(scope="module")
def marks(run, graded_by_nbgrader):
    """The marks that nbgrader exports, by student."""
    run("nbgrader", "export", cwd=graded_by_nbgrader)
    with (graded_by_nbgrader / "grades.csv").open() as file:
        return {row["student_id"]: row for row in csv.DictReader(file) if row["assignment"] == ASSIGNMENT}


def test_the_model_solution_earns_every_point_under_nbgrader(marks, exercise):
    assert float(marks["ada"]["score"]) == float(marks["ada"]["max_score"]) == exercise.points
    assert exercise.points >= 20
    assert sum(cell.role == "test" for cell in exercise.cells) >= 8


def test_the_untouched_starter_earns_nothing_under_nbgrader(marks):
    assert float(marks["ben"]["score"]) == 0


def test_a_wrong_answer_loses_points_under_nbgrader(marks, exercise):
    assert 0 < float(marks["cleo"]["score"]) < exercise.points


def test_autograder_grade_writes_the_same_gradebook(graded_by_nbgrader, graded_by_us):
    theirs, ours = (_rows(folder / "gradebook.db") for folder in (graded_by_nbgrader, graded_by_us[0]))
    assert theirs["grade"], "there is nothing to compare"
    assert ours == theirs


def test_autograder_grade_prints_the_marks_it_wrote(graded_by_us, marks):
    _, printed = graded_by_us
    assert {entry["student"]: entry["points"] for entry in printed} == {
        student: float(row["score"]) for student, row in marks.items()
    }


def test_a_failing_test_is_reported_with_its_hint(graded_by_us, wrong_answer):
    header, _ = wrong_answer
    _, printed = graded_by_us
    cleo = next(entry for entry in printed if entry["student"] == "cleo")
    cell = next(c for c in cleo["notebooks"][0]["cells"] if c["grade_id"] == header.caught_by)
    assert cell["status"] != "passed"
    assert f"({header.hint})" in cell["message"]


def test_feedback_is_made_and_released(run, graded_by_us):
    folder, _ = graded_by_us
    run("nbgrader", "generate_feedback", ASSIGNMENT, cwd=folder)
    run("nbgrader", "release_feedback", ASSIGNMENT, cwd=folder)
    page = folder / "feedback" / "cleo" / ASSIGNMENT / "mini-api.html"
    assert "test_" in page.read_text(encoding="utf-8")


def test_nbgrader_validate_fails_the_starter_and_passes_the_model_solution(run, course):
    solved = run("nbgrader", "validate", course / "submitted" / "ada" / ASSIGNMENT / NOTEBOOK, cwd=course).stdout
    untouched = run("nbgrader", "validate", course / "submitted" / "ben" / ASSIGNMENT / NOTEBOOK, cwd=course).stdout
    assert "Success" in solved
    assert "FAILED" in untouched


@pytest.mark.needs("chromium")
def test_formgrader_shows_the_graded_submissions(jupyter, page, artefacts, graded_by_us):
    folder, _ = graded_by_us
    server = jupyter("jupyter-lab", "--no-browser", "--ServerApp.port_retries=50", cwd=folder)
    page.goto(server.url("lab"))  # signs in; the pages of formgrader ask for data without the token
    page.goto(f"{server.root}formgrader/manage_submissions/{ASSIGNMENT}")
    for student in STUDENTS:
        page.locator("tr", has_text=student).get_by_text("graded").wait_for()
    page.screenshot(path=artefacts / "formgrader.png")


def _rows(database: Path) -> dict[str, list[str]]:
    """Return every row of every table as text, with each random key replaced by the row that it stands for."""
    with sqlite3.connect(database) as connection:
        connection.row_factory = sqlite3.Row
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        tables = {name: [dict(row) for row in connection.execute(f'SELECT * FROM "{name}"')] for name in names}
    connection.close()
    by_key: dict[str, list[dict[str, object]]] = {}
    for rows in tables.values():
        for row in rows:
            if _KEY.fullmatch(str(row.get("id", ""))):
                by_key.setdefault(str(row["id"]), []).append(row)

    def shown(column: str, value: object) -> str:
        return named(value) if isinstance(value, str) and value in by_key else f"{value!r}"

    @cache
    def named(key: str) -> str:
        return " + ".join(spelled(row) for row in by_key[key])

    def spelled(row: dict[str, object]) -> str:
        return "{" + ", ".join(f"{name}={shown(name, value)}" for name, value in row.items() if name != "id") + "}"

    return {name: sorted(spelled(row) for row in rows) for name, rows in tables.items()}
