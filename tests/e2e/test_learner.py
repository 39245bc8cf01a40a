"""A learner in JupyterLab: home, check, hint, pass, review, and what goes wrong; nothing leaves the machine."""

from __future__ import annotations

import json
import re
import shutil
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from curriculum.build import fill_answers, notebook_bytes, read_exercise
from curriculum.content import exercise_source
from curriculum.placing import read_manifest

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.needs("chromium", "fonts-dejavu-core")

DESKTOP = {"width": 1280, "height": 720}
PHONE = {"width": 390, "height": 844}
TALL = {"width": 1280, "height": 5200}  # so that JupyterLab draws every cell of an exercise


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    return tmp_path_factory.mktemp("learner") / "workspace"


@pytest.fixture(scope="module")
def days_ahead(tmp_path_factory):
    """The file by which a test sets the server's clock forward."""
    file = tmp_path_factory.mktemp("clock") / "days"
    file.write_text("0")
    return file


@pytest.fixture(scope="module")
def lab(jupyter, workspace, days_ahead, tmp_path_factory):
    """JupyterLab as `backend-path learn` starts it, with settings of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BACKEND_PATH_DAYS_AHEAD", str(days_ahead))
        patch.setenv("JUPYTERLAB_SETTINGS_DIR", str(tmp_path_factory.mktemp("settings")))
        return jupyter(
            "backend-path", "learn", "--no-browser", "--port", "8951", "--dir", workspace, cwd=workspace.parent
        )


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu", "--no-first-run", *quiet]
        )
        yield browser
        browser.close()


@contextmanager
def learners_browser(browser) -> Iterator[BrowserContext]:
    """A browser without cookies and memory, in which every request to another machine is a failure."""
    context = browser.new_context(viewport=DESKTOP, permissions=[])
    context.set_default_timeout(120_000)
    outside: list[str] = []

    def guard(route):
        if re.match(r"(https?|wss?)://127\.0\.0\.1:", route.request.url):
            route.continue_()
        else:
            outside.append(route.request.url)
            route.abort()

    context.route(re.compile("^(https?|wss?):"), guard)
    try:
        yield context
    finally:
        context.close()
    assert outside == []


@pytest.fixture
def context(browser):
    with learners_browser(browser) as context:
        yield context


def place_of(workspace: Path, exercise: str) -> str:
    return read_manifest(workspace).files[f"exercise:{exercise}:{exercise.rpartition('/')[2]}.ipynb"].path


def open_exercise(context, lab, workspace, exercise: str) -> Page:
    page = context.new_page()
    # a JupyterLab workspace of its own, so that nothing is open that another test opened
    page.goto(lab.url(f"lab/workspaces/{exercise.replace('/', '-')}/tree/{place_of(workspace, exercise)}"))
    page.locator(".bp-bar:visible").wait_for()
    return page


def press(page, name: str) -> None:
    page.locator(".bp-bar:visible").get_by_role("button", name=name, exact=True).click()


def status_of(page):
    return page.locator(".bp-bar .bp-status")


def write(page, texts: dict[str, str]) -> None:
    """Write into the code cells that begin with the keys, as a person does."""
    page.set_viewport_size(TALL)
    for begins, text in texts.items():
        page.locator(".jp-CodeCell .cm-content").filter(has_text=begins).first.click()
        page.keyboard.press("Control+A")
        page.keyboard.insert_text(text)
    page.set_viewport_size(DESKTOP)


def answers_to(exercise: str) -> dict[str, str]:
    """The model answers of an exercise, by `grade_id`."""
    cells = fill_answers(read_exercise(exercise_source(exercise))).cells
    return {cell.metadata["nbgrader"]["grade_id"]: cell.source for cell in cells if cell.metadata.get("nbgrader")}


def edit(workspace, exercise: str, change) -> Path:
    """Change a learner's notebook on the disk, before it is opened."""
    file = workspace / place_of(workspace, exercise)
    notebook = json.loads(file.read_text(encoding="utf-8"))
    change(notebook)
    file.write_text(json.dumps(notebook), encoding="utf-8")
    return file


def ready(page) -> None:
    """Wait until the notebook's kernel is idle: JupyterLab saves what it knows of it into the notebook."""
    page.locator(".jp-NotebookPanel .jp-Notebook-ExecutionIndicator[data-status='idle']").wait_for()


def test_from_the_home_through_a_failed_check_and_a_hint_to_a_passed_one(context, lab, workspace, artefacts):
    exercise = "python/data-structures"
    page = context.new_page()
    page.goto(lab.printed.split()[-1])

    # the home opens by itself and says where to begin
    home = page.locator(".bp-home")
    home.get_by_role("heading", name="Begin here").wait_for()
    assert page.get_by_text("Would you like to").count() == 0
    page.screenshot(path=artefacts / "learner-1-home.png")
    home.locator(".bp-node").filter(has_text="Python").click()
    home.locator("#bp-module").get_by_role("button", name="The right data structure").click()
    page.locator(".bp-bar:visible").wait_for()
    ready(page)

    # a wrong answer: it sets where it should add
    wrong = (
        "def units_sold(orders):\n    return {one['sku']: one['quantity'] for day in orders for one in day['lines']}"
    )
    write(page, {"def units_sold": wrong})
    press(page, "Check")
    failed = page.locator("[data-test='test_units_sold']")
    failed.locator(".bp-message").filter(has_text="Expected").wait_for()
    assert "units_sold" in failed.locator(".bp-line").inner_text()
    page.locator(".bp-is-unwritten").first.wait_for()
    press(page, "Hint")
    failed.locator(".bp-hint").wait_for()
    page.screenshot(path=artefacts / "learner-2-failed.png")

    # the right answers
    names = ("units_sold", "buyers", "unknown_skus", "tag_change")
    write(page, {f"def {name}": answers_to(exercise)[name] for name in names})
    press(page, "Check")
    page.locator(".bp-summary.bp-all").wait_for()
    assert "16 of 16 points" in page.locator(".bp-summary").inner_text()
    page.screenshot(path=artefacts / "learner-3-passed.png")

    # running a cell changes nothing that was checked, writing does
    page.locator(".jp-CodeCell .cm-content").first.click()
    page.keyboard.press("Control+Enter")
    page.locator(".jp-InputPrompt").filter(has_text="[1]").first.wait_for()
    assert "All tests pass" in status_of(page).inner_text()
    write(page, {"def buyers": answers_to(exercise)["buyers"] + "\n# mine"})
    status_of(page).filter(has_text="Changed since the last check").wait_for()
    press(page, "Check")
    status_of(page).filter(has_text="All tests pass").wait_for()

    # the map says so, and all is as it was after a reload
    press(page, "Course home")
    home.locator(".bp-node").filter(has_text="Python").filter(has_text="1 of 10 done").wait_for()
    home.get_by_role("button", name="The right data structure").first.wait_for()
    page.screenshot(path=artefacts / "learner-4-map.png")
    page.reload()
    page.get_by_role("tab", name="data-structures.ipynb").click()
    page.locator(".bp-summary.bp-all").wait_for()
    page.get_by_role("tab", name="Course home").click()
    home.locator(".bp-node").filter(has_text="1 of 10 done").wait_for()


def test_questions_of_a_lesson_come_back_the_next_day_and_are_answered_by_keys(context, lab, days_ahead, artefacts):
    page = context.new_page()
    page.goto(lab.url("lab/workspaces/review"))
    home = page.locator(".bp-home")
    home.locator(".bp-node").filter(has_text="Flask").click()
    home.locator("#bp-module").get_by_role("button", name="From a request to a response").click()
    page.get_by_role("button", name="I have read this").click()
    page.get_by_text("Its questions come back").wait_for()
    days_ahead.write_text("1.5")
    try:
        press(page, "Course home")
        home.get_by_role("button", name=re.compile("^Review, ")).click()
        review = page.locator(".bp-review")
        review.get_by_role("button", name="Show the answer").wait_for()
        page.screenshot(path=artefacts / "learner-5-review.png")
        assert violations(page, ".bp-review") == []
        answered = 0
        # after five minutes it ends by itself, and goes on if the learner wants to
        page.evaluate("() => { const now = Date.now; Date.now = () => now() + 6 * 60_000; }")
        page.keyboard.press("Enter")
        page.keyboard.press("3")
        review.get_by_text("Five minutes are over").wait_for()
        review.get_by_role("button", name="Five minutes more").click()
        review.get_by_role("button", name="Show the answer").wait_for()
        while not review.get_by_text("That was all that is due").count():
            question = review.locator(".bp-question").inner_text()
            page.keyboard.press("Enter")
            review.locator(".bp-answer").wait_for()
            if not answered:
                page.screenshot(path=artefacts / "learner-6-answer.png")
                assert violations(page, ".bp-review") == []
            page.keyboard.press("3")
            answered += 1
            page.wait_for_function(
                "text => document.querySelector('.bp-review .bp-question')?.innerText !== text", arg=question
            )
        assert answered > 1
        page.keyboard.press("Enter")  # the button that leads home has the focus
        home.get_by_text("No question is due").or_(home.get_by_text("Nothing is due today")).wait_for()
    finally:
        days_ahead.write_text("0")


def test_a_check_outlives_the_kernel_and_a_long_one_can_be_stopped(context, lab, workspace, artefacts):
    exercise = "python/text-and-dates"
    answers = answers_to(exercise)

    def slow(notebook):
        for cell in notebook["cells"]:
            name = cell["metadata"].get("nbgrader", {}).get("grade_id")
            if name in answers and not cell["metadata"]["nbgrader"]["locked"]:
                cell["source"] = answers[name]
            if name == "slug":
                cell["source"] = "__import__('time').sleep(2)\n" + answers[name]

    edit(workspace, exercise, slow)
    page = open_exercise(context, lab, workspace, exercise)
    ready(page)
    press(page, "Check")
    page.locator(".bp-busy").wait_for()
    kill_kernel(lab, place_of(workspace, exercise))
    page.locator(".bp-trouble").filter(has_text="Your text is safe").wait_for()
    dialog = page.locator(".jp-Dialog")
    dialog.wait_for()
    page.screenshot(path=artefacts / "learner-7-kernel.png")
    dialog.get_by_role("button").last.click()
    page.locator(".bp-summary.bp-all").wait_for()

    press(page, "Check")
    page.locator(".bp-bar:visible").get_by_role("button", name="Stop").click()
    page.get_by_role("alert").filter(has_text="The check was stopped").wait_for()
    press(page, "Check")
    page.locator(".bp-summary.bp-all").wait_for()


def kill_kernel(lab, path: str) -> None:
    """Kill a notebook's kernel, once the page is connected to it: before that nobody would tell the page."""
    for _ in range(300):
        sessions = json.load(urllib.request.urlopen(lab.url("api/sessions")))
        model = next(session["kernel"] for session in sessions if session["path"] == path)
        if model["connections"] and model["execution_state"] == "idle":
            break
        time.sleep(0.1)
    else:
        pytest.fail(f"The page was not connected to its kernel in 30 s: {model}")
    kernel = model["id"]
    process = next(
        one for one in psutil.process_iter(["cmdline"]) if f"kernel-{kernel}" in " ".join(one.info["cmdline"])
    )
    process.kill()


def test_two_tabs_check_at_once_and_one_memory_holds_both(context, lab, workspace):
    exercises = ["python/small-algorithm", "python/functions-and-errors"]
    for exercise in exercises:
        file = workspace / place_of(workspace, exercise)
        file.write_bytes(notebook_bytes(fill_answers(read_exercise(exercise_source(exercise)))))
    pages = [open_exercise(context, lab, workspace, exercise) for exercise in exercises]
    for page in pages:
        press(page, "Check")
    for page in pages:
        page.locator(".bp-summary.bp-all").wait_for()
    checks = json.load(urllib.request.urlopen(lab.url("backend-path/home")))["checks"]
    assert {check["check"]["exercise"] for check in checks if check["check"]["passed"]} >= set(exercises)


def test_a_deleted_cell_is_noticed_and_put_back_and_nothing_written_is_lost(context, lab, workspace, artefacts):
    exercise = "python/iterators-and-files"

    def damage(notebook):
        kept = []
        for cell in notebook["cells"]:
            name = cell["metadata"].get("nbgrader", {}).get("grade_id")
            if name == "parse_line":
                cell["source"] = "MINE = 'my own words'"
            if name != "test_parse_line":
                kept.append(cell)
        notebook["cells"] = kept

    file = edit(workspace, exercise, damage)
    page = open_exercise(context, lab, workspace, exercise)
    trouble = page.get_by_role("alert").filter(has_text="test_parse_line")
    trouble.wait_for()
    page.screenshot(path=artefacts / "learner-8-damaged.png")
    trouble.get_by_role("button", name="Repair").click()
    page.get_by_text("What you had before is in").wait_for()
    assert page.get_by_text("This notebook is damaged").count() == 0
    names = [cell["metadata"].get("nbgrader", {}).get("grade_id") for cell in json.loads(file.read_text())["cells"]]
    assert names.index("test_parse_line") == names.index("parse_line") + 1
    assert "my own words" in file.read_text()
    assert any("my own words" in copy.read_text() for copy in file.parent.glob("* (*).ipynb"))

    # one task anew: its text is as at the beginning, and kept in a copy
    press(page, "Reset")
    page.locator(".lm-Menu-item").filter(has_text="Task 1").click()
    page.locator(".jp-Dialog").get_by_role("button", name="Begin anew").click()
    page.get_by_text("Put back to the beginning").wait_for()
    assert "my own words" not in file.read_text()
    assert sum("my own words" in copy.read_text() for copy in file.parent.glob("* (*).ipynb")) == 2

    # a file that can't be read at all is repaired when it is opened
    other = workspace / place_of(workspace, "python/small-algorithm")
    other.write_text('{"cells": [')
    press(page, "Course home")
    page.locator(".bp-home .bp-link:visible").filter(has_text="A small algorithm").first.click()
    page.locator(".jp-Dialog").filter(has_text="can't be read").get_by_role("button", name="Repair").click()
    page.get_by_role("toolbar", name="Exercise: A small algorithm").wait_for()
    assert '{"cells": [' in [copy.read_text() for copy in other.parent.glob("* (*).ipynb")]
    page.get_by_role("tab", name="iterators-and-files").click()

    # what can't be saved is not checked, and it is said what to do
    file.unlink()
    file.mkdir()
    press(page, "Check")
    page.locator(".jp-Dialog").get_by_role("button").last.click()
    page.get_by_role("alert").filter(has_text="could not be saved").wait_for()
    assert "Save Notebook As" in page.locator(".bp-problem").inner_text()


def violations(page, *parts):
    """Return what axe-core finds wrong with parts of a page."""
    from axe_playwright_python.sync_playwright import Axe

    result = Axe().run(page, context={"include": [[part] for part in parts]})
    return [violation["id"] for violation in result.response["violations"]]


def test_home_and_panel_are_accessible_in_both_themes_and_on_a_phone(context, lab, workspace, artefacts):
    page = open_exercise(context, lab, workspace, "python/types-and-dataclasses")
    ready(page)
    press(page, "Check")
    page.locator(".bp-tasks").wait_for()
    press(page, "Hint")
    page.locator(".bp-hints").wait_for()
    found = {}
    for theme in ("light", "dark"):
        if theme == "dark":
            page.get_by_role("menuitem", name="Settings").click()
            page.get_by_text("Theme", exact=True).hover()
            page.get_by_text("JupyterLab Dark", exact=True).click()
            page.locator("body[data-jp-theme-light='false']").wait_for(state="attached")
        for width, size in (("desktop", DESKTOP), ("phone", PHONE)):
            page.set_viewport_size(size)
            for part in (".bp-side", ".bp-home"):
                if part == ".bp-home":
                    press(page, "Course home")
                    page.locator(".bp-page").wait_for()
                else:
                    page.get_by_role("tab", name="types-and-dataclasses").click()
                page.locator(part).wait_for()
                page.screenshot(path=artefacts / f"learner-{part[4:]}-{theme}-{width}.png")
                include = [part, ".bp-bar"] if part == ".bp-side" else [part]
                found[theme, width, part] = violations(page, *include)
                assert page.evaluate(
                    "part => { const e = document.querySelector(part); return e.scrollWidth <= e.clientWidth }", part
                )
    assert {where: ids for where, ids in found.items() if ids} == {}
    assert len(found) == 8


def test_what_the_front_end_asks_needs_the_servers_token(lab):
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(f"{lab.root}backend-path/home")
    request = urllib.request.Request(lab.url("backend-path/check"), data=b'{"path": "../x.ipynb"}', method="POST")
    request.add_header("Authorization", f"token {lab.token}")
    with pytest.raises(urllib.error.HTTPError, match="400") as refused:
        urllib.request.urlopen(request)
    assert "`id`" in json.load(refused.value)["problem"]
