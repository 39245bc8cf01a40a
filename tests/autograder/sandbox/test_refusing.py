"""Where submissions can't be shut in, strangers' work is refused, and one's own is checked with a note."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

# In a user namespace that allows no further one, as on systems that forbid them to ordinary users.
WITHOUT_NAMESPACES = ["unshare", "--user", "--map-root-user", "sh", "-c"]
FORBID = 'echo 0 > /proc/sys/user/max_user_namespaces && exec "$0" "$@"'
CLI = "from autograder.cli import main; main()"

pytestmark = pytest.mark.skipif(shutil.which("unshare") is None, reason="needs util-linux's unshare")


def forbidden(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*WITHOUT_NAMESPACES, FORBID, sys.executable, "-c", *words], capture_output=True, text=True, timeout=120
    )


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory, warm_nbgrader: Any, empty_gradebook: Path) -> Path:
    root = tmp_path_factory.mktemp("course")
    (root / "source" / "ps").mkdir(parents=True)
    (root / "nbgrader_config.py").write_text("c = get_config()\n")
    grade = {"grade": True, "grade_id": "t", "locked": True, "points": 1, "schema_version": 3}
    role = {"nbgrader": {**grade, "solution": False, "task": False}}
    kernel = {"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}}
    notebook = new_notebook(cells=[new_code_cell("assert True", id="t", metadata=role)], metadata=kernel)
    nbformat.write(notebook, root / "source" / "ps" / "nb.ipynb")
    shutil.copy(empty_gradebook, root)
    made = warm_nbgrader.run(
        "generate_assignment", "ps", cwd=root, environment={"PATH": "/usr/bin:/bin", "HOME": str(root)}
    )
    assert made.returncode == 0, made.stderr
    shutil.copytree(root / "release" / "ps", root / "submitted" / "a" / "ps")
    return root


def test_grading_refuses_and_says_what_to_do(course: Path) -> None:
    done = forbidden(CLI, "grade", "ps", "--course", str(course))
    assert done.returncode == 2
    assert "Submissions can't be shut in here, so they are not run." in done.stderr
    assert "does not give user namespaces" in done.stderr
    assert "autograder doctor" in done.stderr
    assert not (course / "autograded" / "a").exists()


def test_grading_goes_on_when_no_isolation_is_spelled_out(course: Path) -> None:
    done = forbidden(CLI, "grade", "ps", "--course", str(course), "--isolation", "none", "--json")
    assert done.returncode == 0, done.stderr
    (result,) = json.loads(done.stdout)
    assert (result["points"], result["isolation"]) == (1, "none")
    again = forbidden(CLI, "grade", "ps", "--course", str(course), "--isolation", "none", "--force")
    assert "Nothing was shut in: the notebooks ran with all your rights." in again.stdout


def test_a_check_of_ones_own_work_takes_what_there_is(tmp_path: Path) -> None:
    program = """
import nbformat
from nbformat.v4 import new_code_cell, new_notebook
from autograder.engine import grade_notebook
role = {"grade": True, "grade_id": "t", "locked": True, "points": 1, "schema_version": 3}
role |= {"solution": False, "task": False}
source = new_notebook(cells=[new_code_cell("assert True", metadata={"nbgrader": role})])
result = grade_notebook(source, "nb", nbformat.writes(source).encode(), {}, 10)
from autograder.console import stdout
from autograder.report import print_notebook
print(result.points, result.isolation)
print_notebook(stdout, result, "check")
"""
    done = forbidden(program)
    assert done.stdout.split(maxsplit=1)[0] == "1.0", done.stderr
    assert "limits" in done.stdout
    assert "files" not in done.stdout
    assert "This system does not shut notebooks in as far as it should" in done.stdout


def test_doctor_says_what_is_missing_and_leaves_with_1() -> None:
    done = forbidden(CLI, "doctor")
    assert done.returncode == 1
    assert "Strangers' submissions are not graded here" in done.stdout
    assert "user.max_user_namespaces" in done.stdout


def test_doctor_leaves_with_0_where_all_is_there() -> None:
    done = subprocess.run([sys.executable, "-c", CLI, "doctor", "--json"], capture_output=True, text=True, timeout=120)
    report = json.loads(done.stdout)
    assert (done.returncode, report["complete"], report["level"]["missing"]) == (0, True, {})
