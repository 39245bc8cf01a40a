"""Where the engine deliberately does otherwise than nbgrader (docs/differences.md), and how nbgrader's way is had."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable

import pytest


def _tagged(notebook) -> None:
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade"):
            cell.metadata["tags"] = ["skip-execution"]


def _doubled(notebook) -> None:
    copy = dict(notebook.cells[2], id="copy", source="value = 1")
    notebook.cells.insert(1, copy)


def _unknown(notebook) -> None:
    copy = dict(notebook.cells[2], id="copy", source="value = 2")
    copy["metadata"] = {"nbgrader": {**copy["metadata"]["nbgrader"], "grade_id": "nobody_knows"}}
    notebook.cells.insert(1, copy)


def _demoted(notebook) -> None:
    notebook.cells[2].metadata["nbgrader"].update(grade=False, locked=False, solution=True)


def _without_test(notebook) -> None:
    notebook.cells = [c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") != "test_value"]


CASES: dict[str, tuple[str, Callable[[object], None] | None, float]] = {
    "dies": ("import os; os._exit(1)", None, 0),
    "skips its tests": ("value = 2", _tagged, 0),
    "doubles a test": ("value = 1", _doubled, 3),
    "adds an unknown cell": ("value = 1", _unknown, 3),
    "demotes a test": ("value = 2", _demoted, 0),
}
# What nbgrader makes of them: points, or nothing when it grades nothing.
NBGRADER = {"dies": None, "skips its tests": 3, "demotes a test": None}


def test_by_default_tests_run_and_marks_once_earned_are_kept(course, grade) -> None:
    for student, (answer, edit, _) in CASES.items():
        course.hand_in(student, answer, edit=edit)
    results = grade(course.root, "quick")
    assert {s: (r.points, r.problem) for s, r in results.items()} == {s: (p, "") for s, (*_, p) in CASES.items()}


def test_nbgraders_own_way_is_what_nbgrader_does(course, grade, nbgrader, tmp_path) -> None:
    for student in NBGRADER:
        answer, edit, _ = CASES[student]
        course.hand_in(student, answer, edit=edit)
    theirs = tmp_path / "theirs"
    shutil.copytree(course.root, theirs)
    nbgrader(theirs, "autograde", "quick", status=1)
    results = grade(course.root, "quick", strict=False)
    graded = {path.name for path in (theirs / "autograded").iterdir() if (path / "quick").exists()}
    assert course.graded() == graded == {student for student, points in NBGRADER.items() if points is not None}
    for student, points in NBGRADER.items():
        if points is None:
            assert results[student].problem
        else:
            assert results[student].points == points


def test_nbgrader_refuses_doubled_and_unknown_cells_and_so_does_its_way_here(course, grade, nbgrader) -> None:
    for student in ("doubles a test", "adds an unknown cell"):
        answer, edit, _ = CASES[student]
        course.hand_in(student, answer, edit=edit)
    results = grade(course.root, "quick", strict=False)
    assert all(result.problem for result in results.values())
    said = nbgrader(course.root, "autograde", "quick", status=None)
    assert "old version" in said.replace("\n", " ")
    assert course.graded() == set()


def test_a_test_that_gives_a_negative_or_undefined_number_earns_nothing(
    grade, nbgrader, notebook, answer_cell, test_cell, tmp_path
) -> None:
    import nbformat

    root = tmp_path / "course"
    (root / "source" / "odd").mkdir(parents=True)
    (root / "nbgrader_config.py").write_text("c = get_config()\n")
    cells = [test_cell("minus", "-1", 2), test_cell("nan", "float('nan')", 2), test_cell("part", "0.5", 2)]
    nbformat.write(notebook(answer_cell("a"), *cells), root / "source" / "odd" / "nb.ipynb")
    nbgrader(root, "generate_assignment", "odd")
    shutil.copytree(root / "release" / "odd", root / "submitted" / "a" / "odd")
    ours = [cell.points for cell in grade(root, "odd")["a"].notebooks[0].cells]
    plain = [cell.points for cell in grade(root, "odd", strict=False, force=True)["a"].notebooks[0].cells]
    assert (ours, plain) == ([0, 0, 0.5], [2, 2, 0.5])
    nbgrader(root, "autograde", "odd", "--force")
    with sqlite3.connect(root / "gradebook.db") as connection:
        scores = [score for (score,) in connection.execute("select auto_score from grade order by auto_score")]
    connection.close()
    assert sorted(scores) == sorted(plain)


@pytest.mark.parametrize("strict", [True, False])
def test_a_test_that_a_resubmission_lacks_loses_its_old_mark(course, grade, strict: bool) -> None:
    course.hand_in("a")
    grade(course.root, "quick")
    course.hand_in("a", edit=_without_test)
    grade(course.root, "quick", force=True, strict=strict)
    assert course.scores("a")["test_value"] == ((None, True) if strict else (2.0, False))


_DEAF = """\
import time
while True:
    try:
        while True:
            time.sleep(0.01)  # an empty loop would be interrupted at its jump, which no `try` covers
    except KeyboardInterrupt:
        pass
"""


def test_a_cell_that_does_not_stop_costs_what_comes_after_it(course, grade) -> None:
    course.configure("c.Execute.timeout = 4", "c.Execute.iopub_timeout = 1")
    course.hand_in("a", _DEAF)
    (result,) = grade(course.root, "quick").values()
    assert [cell.error for cell in result.notebooks[0].cells] == ["NotRun", "NotRun", ""]
    assert [output["ename"] for output in course.outputs("a")[1]] == ["CellTimeoutError"]
