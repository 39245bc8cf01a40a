"""What the front end asks for, answered: checks, hints, solutions, submissions, resets, reviews, without a browser."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from datetime import UTC, datetime

import psutil
import pytest

from curriculum.exceptions import WorkspaceError
from curriculum.lab import clock
from curriculum.lab.checker import Checker, CheckStoppedError
from curriculum.progress import open_progress

SETS_INSTEAD_OF_ADDING = (
    "def units_sold(orders):\n    return {line['sku']: line['quantity'] for order in orders for line in order['lines']}"
)
RIGHT_WHERE_ONE_CAN_SEE = """
def units_sold(orders):
    units = {}
    for order in orders:
        own = {line["sku"]: line["quantity"] for line in order["lines"]}
        for sku, quantity in own.items():
            units[sku] = units.get(sku, 0) + quantity
    return units
"""


def check(learner, place, name="c"):
    return asyncio.run(learner.check(name, place))


def about(learner, place):
    async def ask():
        told = await learner.about(place)
        await learner.checker.warm()  # so that what was begun in the background has ended
        return told

    return asyncio.run(ask())


def test_a_check_says_task_by_task_what_was_expected_and_what_came(learner, place, write):
    write({"units_sold": SETS_INSTEAD_OF_ADDING})
    report = check(learner, place).report
    test = report.test("test_units_sold")
    assert (test.status, test.hidden) == ("failed", False)
    assert test.line.startswith("assert student.units_sold(")
    assert "hint(" not in test.line
    assert test.message.startswith("Expected {'mug': 1, 'tea': 7}, but got")
    assert "Hint" not in test.message
    assert [task.number for task in report.tasks] == [1, 2, 3, 4]
    assert not report.test("test_buyers").written


def test_of_a_hidden_test_only_its_name_and_its_hint_are_told(learner, place, write, exercise):
    write({"units_sold": RIGHT_WHERE_ONE_CAN_SEE})
    test = check(learner, place).report.test("test_units_sold")
    assert test.status == "failed"
    assert (test.hidden, test.line, test.message) == (True, "", "")
    assert test.hint
    assert test.key


def test_all_right_answers_pass_and_are_remembered(learner, place, write, model, workspace, path):
    write(model)
    checked = check(learner, place)
    assert checked.report.passed
    assert checked.state == "solved"
    assert about(learner, place).shown.check == checked.report
    with open_progress(workspace) as progress:
        assert progress.snapshot(path).exercises["python/data-structures"].best_points == 16


def test_the_hint_that_answers_the_mistake_comes_first_then_its_steps_then_the_others(learner, place, write):
    write({"units_sold": SETS_INSTEAD_OF_ADDING})
    key = check(learner, place).report.test("test_units_sold").key
    hints = [learner.hint(place, "").hint for _ in range(5)]
    assert [(hint.key, hint.step) for hint in hints[:3]] == [(key, 1), (key, 2), (key, 3)]
    assert hints[3].key != key
    assert {hint.test for hint in hints} == {"test_units_sold"}
    assert [hint.text for hint in about(learner, place).shown.hints] == [hint.text for hint in hints]


def test_after_the_last_step_there_is_no_more_hint(learner, place):
    seen = set()
    while (hint := learner.hint(place, "test_buyers").hint) is not None:
        assert (hint.key, hint.step) not in seen
        seen.add((hint.key, hint.step))
    assert len(seen) >= 3


def test_the_solution_waits_for_three_hints_or_an_honest_try(learner, place, write):
    check(learner, place)  # of an untouched notebook: no honest try
    with pytest.raises(WorkspaceError, match="after an honest try"):
        learner.solution(place)
    write({"units_sold": SETS_INSTEAD_OF_ADDING})
    assert check(learner, place).solution
    assert learner.solution(place)[0].id == "units_sold"


def test_three_hints_open_the_solution_too(learner, place):
    assert [learner.hint(place, "").solution for _ in range(3)] == [False, False, True]


def test_passing_after_the_solution_counts_as_studied(learner, place, write, model):
    write({"units_sold": SETS_INSTEAD_OF_ADDING})
    check(learner, place)
    learner.solution(place)
    write(model)
    assert check(learner, place).state == "studied"


def test_a_whole_reset_keeps_the_old_notebook_beside_the_fresh_one(learner, place, write, file, exercise):
    write({"units_sold": SETS_INSTEAD_OF_ADDING})
    check(learner, place)
    copied = learner.reset(place, "")
    assert json.loads(file.read_text()) == json.loads(exercise.release)
    assert "line['quantity']" in (file.parent / copied.copy).read_text()
    assert copied.about.shown.check is None
    again = learner.reset(place, "")
    assert again.copy != copied.copy


def test_an_unreadable_notebook_is_repaired_from_the_release_and_its_bytes_are_kept(learner, place, file, exercise):
    file.write_bytes(b'{"cells": [')
    told = about(learner, place)
    assert [trouble.kind for trouble in told.troubles] == ["unreadable"]
    assert learner.look(place).troubles == told.troubles
    with pytest.raises(WorkspaceError, match="not a notebook"):
        check(learner, place)
    copied = learner.repair(place)
    assert (file.parent / copied.copy).read_bytes() == b'{"cells": ['
    assert json.loads(file.read_text()) == json.loads(exercise.release)


def test_a_check_tells_of_a_cell_that_was_deleted_meanwhile(learner, place, file):
    notebook = json.loads(file.read_text())
    notebook["cells"] = [c for c in notebook["cells"] if c["metadata"].get("nbgrader", {}).get("grade_id") != "buyers"]
    file.write_text(json.dumps(notebook))
    assert [trouble.cells for trouble in check(learner, place).troubles] == [("buyers",)]


@pytest.mark.parametrize("path", ["../outside.ipynb", "/etc/passwd", "03-python/nowhere.ipynb", "03-python/hints.yaml"])
def test_only_notebooks_of_the_workspace_are_read(learner, path):
    with pytest.raises(WorkspaceError, match=path.split("/")[-1]):
        check(learner, path)


def test_a_stopped_check_ends_at_once_and_records_nothing(learner, place, write, workspace):
    write({"units_sold": "import time\ntime.sleep(60)"})
    learner.checker = Checker()
    others = set(psutil.Process().children(recursive=True))
    started = []

    async def stopped():
        running = asyncio.create_task(learner.check("slow", place))
        while learner.checker.running != "slow":
            await asyncio.sleep(0.01)
        waiting = asyncio.create_task(learner.check("waiting", place))
        started.extend(set(psutil.Process().children(recursive=True)) - others)
        await learner.checker.stop("waiting")
        await learner.checker.stop("slow")
        for task in (running, waiting):
            with pytest.raises(CheckStoppedError, match="was stopped"):
                await task

    asyncio.run(asyncio.wait_for(stopped(), 30))
    learner.checker.close()
    assert started
    assert psutil.wait_procs(started, timeout=30)[1] == []
    with open_progress(workspace) as progress:
        assert progress.events() == []


def test_without_a_course_submit_only_records(learner, place, write, model, monkeypatch, tmp_path_factory):
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "")
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path_factory.mktemp("config")))
    write(model)
    submitted = asyncio.run(learner.submit("s", place))
    assert submitted.report.passed
    assert not submitted.handed_in


def test_with_a_course_submit_hands_in_through_nbgraders_exchange(learner, place, write, model, workspace, tmp_path):
    exchange = workspace / "exchange"
    for folder in ("outbound/python-data-structures", "inbound"):
        (exchange / "backend-path" / folder).mkdir(parents=True)
    (exchange / "backend-path" / "outbound" / "python-data-structures" / "data-structures.ipynb").write_text("{}")
    (exchange / "backend-path" / "inbound").chmod(0o733)
    (workspace / "nbgrader_config.py").write_text(
        "c = get_config()\n"
        "c.CourseDirectory.course_id = 'backend-path'\n"
        f"c.Exchange.root = {str(exchange)!r}\nc.Exchange.cache = {str(workspace / 'cache')!r}\n"
    )
    write(model)
    submitted = asyncio.run(learner.submit("s", place))
    assert submitted.handed_in
    inbound = list((exchange / "backend-path" / "inbound").iterdir())
    assert len(inbound) == 1
    assert "+python-data-structures+" in inbound[0].name
    assert {path.name for path in inbound[0].iterdir()} >= {"data-structures.ipynb", "hints.yaml"}

    (exchange / "backend-path" / "inbound").rename(exchange / "elsewhere")
    with pytest.raises(WorkspaceError, match=r"not handed in: .*inbound.* Your result is recorded"):
        asyncio.run(learner.submit("s", place))


def test_the_home_knows_every_notebook_of_the_workspace(learner, place, write):
    write({"units_sold": SETS_INSTEAD_OF_ADDING})
    check(learner, place)
    home = learner.home()
    parts = {(part.kind, part.id): part for module in home.modules for part in module.parts}
    assert parts["exercise", "python/data-structures"].place == place
    assert parts["exercise", "python/data-structures"].state == "in-progress"
    assert [check.place for check in home.checks] == [place]
    assert set(home.map.across) >= {module.id for module in home.modules}


def test_activity_is_counted(learner, place):
    learner.active(place, 60)
    learner.active(place, 60)
    assert learner.home().activity.minutes_today == 2


def test_the_clock_is_the_systems_unless_a_test_sets_it_forward(tmp_path, monkeypatch):
    monkeypatch.delenv(clock.DAYS_AHEAD, raising=False)
    assert abs((clock.now() - datetime.now(UTC)).total_seconds()) < 5
    (tmp_path / "days").write_text("2")
    monkeypatch.setenv(clock.DAYS_AHEAD, str(tmp_path / "days"))
    assert (clock.now() - datetime.now(UTC)).days in (1, 2)


def test_loading_the_server_extension_imports_nothing_heavy():
    seen = (
        "import sys, curriculum.lab; print([m for m in ('jupyter_server', 'nbgrader', 'networkx') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", seen], capture_output=True, text=True, check=True, env=os.environ)
    assert done.stdout.strip() == "[]"
