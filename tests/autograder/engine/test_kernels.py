"""Notebooks of other kernels, and nbgrader with the engine inside."""

from __future__ import annotations

import json
import sqlite3
import sys
from pathlib import Path

import pytest


@pytest.fixture
def other_kernel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Install a kernel that the engine must not take for its own."""
    folder = tmp_path / "jupyter" / "kernels" / "other"
    folder.mkdir(parents=True)
    spec = {
        "argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": "Another",
        "language": "python",
        "env": {"OTHER_KERNEL": "yes"},
    }
    (folder / "kernel.json").write_text(json.dumps(spec))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    return "other"


def test_another_kernel_is_really_started_and_gives_the_same_marks(course, grade, other_kernel: str) -> None:
    course.configure(f"c.Execute.kernel_name = '{other_kernel}'", "c.Execute.timeout = 20")
    course.hand_in("a-right", "import os\nvalue = 1 if os.environ.get('OTHER_KERNEL') == 'yes' else 0")
    course.hand_in("b-wrong", "import ctypes; ctypes.CDLL(None).unshare(1 << 28); value = 2")
    course.hand_in("c-dies", "import os; os._exit(3)")
    results = grade(course.root, "quick", workers=2)
    assert {student: result.points for student, result in results.items()} == {"a-right": 3, "b-wrong": 0, "c-dies": 0}
    assert {cell.error for cell in results["c-dies"].notebooks[0].cells[:2]} == {"NotRun"}
    assert results["b-wrong"].notebooks[0].cells[0].line == "assert value == 1"
    assert results["a-right"].notebooks[0].noticed == ()
    assert "enter other namespaces" in results["b-wrong"].notebooks[0].noticed[0]


def test_a_kernel_that_is_not_installed_is_named(course, grade) -> None:
    course.configure("c.Execute.kernel_name = 'cobol'")
    course.hand_in("a")
    assert "wants the kernel 'cobol', which is not installed here" in grade(course.root, "quick")["a"].problem


def test_nbgrader_runs_the_engine_when_told_in_one_line(course, nbgrader) -> None:
    course.configure("import autograder.engine.inside; autograder.engine.inside.use(c)", "c.Execute.timeout = 20")
    course.hand_in("a", "import sys\nvalue = 1\nprint('jupyter_client.threaded' in sys.modules)")
    course.hand_in("b", "value = 2")
    nbgrader(course.root, "autograde", "quick")
    assert course.scores("a") == {"test_value": (2.0, False), "test_again": (1.0, False), "words": (0.0, False)}
    assert course.scores("b") == {"test_value": (0.0, False), "test_again": (0.0, False), "words": (0.0, False)}
    assert course.outputs("b")[2][0]["ename"] == "AssertionError"
    with sqlite3.connect(course.root / "gradebook.db") as connection:
        assert connection.execute("select count(*) from submitted_assignment").fetchone() == (2,)
    connection.close()
    graded = json.loads((course.root / "autograded" / "a" / "quick" / "nb.ipynb").read_text())
    assert graded["metadata"]["language_info"]["pygments_lexer"] == "ipython3"


def test_the_command_line_grades_a_course_that_has_the_engine_inside(course, grade) -> None:
    course.configure("import autograder.engine.inside; autograder.engine.inside.use(c)")
    course.hand_in("a")
    assert grade(course.root, "quick")["a"].points == 3
