"""A learner in a real browser: the mini API exercise, its tests failing and then passing."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import threading
import time
from http.client import HTTPException
from urllib.request import urlopen

import pytest

from curriculum.build import fill_answers, read_exercise
from curriculum.content import exercise_source
from curriculum.placing import read_manifest

pytestmark = pytest.mark.needs("chromium", "fonts-dejavu-core")

EXERCISE = "flask/mini-api"


@pytest.fixture(scope="module")
def exercise():
    return read_exercise(exercise_source(EXERCISE))


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    return tmp_path_factory.mktemp("learner") / "workspace"


@pytest.fixture(scope="module")
def lab(jupyter, workspace):
    """JupyterLab as `backend-path learn` starts it."""
    return jupyter("backend-path", "learn", "--no-browser", "--port", "8931", "--dir", workspace, cwd=workspace.parent)


@pytest.fixture
def opened(lab, page, workspace, exercise):
    """The exercise, opened in JupyterLab; the window is tall, so that every cell is drawn."""
    place = read_manifest(workspace).files[f"exercise:{EXERCISE}:mini-api.ipynb"].path
    page.set_viewport_size({"width": 1280, "height": 9000})
    page.goto(lab.url(f"lab/tree/{place}"))
    cells = "document.querySelectorAll('.jp-Notebook .jp-CodeCell').length"
    page.wait_for_function(f"{cells} === {sum(cell.cell_type == 'code' for cell in exercise.cells)}")
    page.locator(".jp-Toolbar-kernelStatus[data-status='idle'], [data-status='idle']").first.wait_for()
    return page


def run_every_code_cell(page):
    """Run the open notebook's code cells one after the other, whether they fail or not, each to its end."""
    cells = page.locator(".jp-Notebook .jp-CodeCell")
    numbered = re.compile(r"\[\d+\]")
    idle = page.locator(".jp-NotebookPanel .jp-Notebook-ExecutionIndicator[data-status='idle']")
    for index in range(cells.count()):
        prompt = cells.nth(index).locator(".jp-InputPrompt")
        for _ in range(
            5
        ):  # a cell sent while one before it fails is dropped by the kernel, as with a learner's quick keys
            prompt.click()
            page.keyboard.press("Control+Enter")
            prompt.filter(has_not_text="*").wait_for()
            idle.wait_for()
            if numbered.search(prompt.inner_text()):
                break
        assert numbered.search(prompt.inner_text()), f"code cell {index} did not run"


def failing_and_passing(page, exercise):
    """Return the tests that show an error, and those that don't, by `grade_id`, in the notebook's order."""
    codes = [cell for cell in exercise.cells if cell.cell_type == "code"]
    shown = page.locator(".jp-Notebook .jp-CodeCell")
    assert shown.count() == len(codes)
    failing, passing = [], []
    for index, cell in enumerate(codes):
        if cell.role == "test":
            errors = shown.nth(index).locator("[data-mime-type='application/vnd.jupyter.stderr'], .jp-RenderedText")
            (failing if errors.count() else passing).append(cell.grade_id)
    return failing, passing


def test_the_visible_tests_fail_for_the_starter(opened, exercise, artefacts):
    run_every_code_cell(opened)
    opened.screenshot(path=artefacts / "mini-api-starter.png")
    failing, passing = failing_and_passing(opened, exercise)
    assert failing
    assert passing == []


def test_the_visible_tests_pass_for_a_solution(lab, opened, workspace, exercise, artefacts):
    tasks = {cell.grade_id for cell in exercise.cells if cell.role == "task"}
    answers = {
        cell.metadata["nbgrader"]["grade_id"]: cell.source
        for cell in fill_answers(exercise).cells
        if cell.metadata.get("nbgrader", {}).get("grade_id") in tasks
    }
    codes = [cell for cell in exercise.cells if cell.cell_type == "code"]
    for index, cell in enumerate(codes):
        if cell.role == "task":
            editor = opened.locator(".jp-Notebook .jp-CodeCell").nth(index).locator(".cm-content")
            editor.click()
            opened.keyboard.press("Control+A")
            opened.keyboard.insert_text(answers[cell.grade_id])
    run_every_code_cell(opened)
    opened.screenshot(path=artefacts / "mini-api-solved.png")
    failing, passing = failing_and_passing(opened, exercise)
    assert failing == []
    assert passing


def test_nothing_that_only_instructors_use_is_shown(lab, page):
    page.goto(lab.url("lab"))
    page.locator("#jp-main-dock-panel").wait_for()
    assert page.get_by_text("Create Assignment").count() == 0


def test_the_learner_is_not_asked_about_news(lab, page):
    page.goto(lab.url("lab"))
    page.locator("#jp-main-dock-panel").wait_for()
    assert page.get_by_text("Would you like to receive official Jupyter news").count() == 0


def test_it_ends_at_once_when_it_is_told_to_in_the_middle_of_a_request(jupyter, tmp_path):
    workspace = tmp_path / "workspace"
    server = jupyter("backend-path", "learn", "--no-browser", "--port", "8951", "--dir", workspace, cwd=tmp_path)
    with (workspace / "large.bin").open("wb") as file:
        file.truncate(300_000_000)
    address = f"{server.root}api/contents/large.bin?content=0&hash=1&token={server.token}"
    asking = threading.Thread(target=lambda: ask(address), daemon=True)
    asking.start()
    time.sleep(0.3)  # by now it works out the hash
    assert asking.is_alive()
    os.kill(server.process.pid, signal.SIGTERM)
    assert server.process.wait(20) == 0
    asking.join()


def ask(address):
    """Ask for something, and be content with no answer."""
    with contextlib.suppress(OSError, HTTPException):
        urlopen(address).close()
