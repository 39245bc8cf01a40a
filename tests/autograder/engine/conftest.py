"""Small notebooks in nbgrader's form, and submissions made from them."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from types import ModuleType
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.engine.coordinator import Wish, grade_assignment
from autograder.engine.pool import LocalPool
from autograder.results import SubmissionResult

KERNEL = {"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}}


def nbgrader_cell(text: str, grade_id: str, *, kind: str = "code", **roles: object) -> NotebookNode:
    metadata = {"schema_version": 3, "grade": False, "locked": False, "solution": False, "task": False}
    new = new_code_cell if kind == "code" else new_markdown_cell
    return new(text, metadata={"nbgrader": {**metadata, "grade_id": grade_id, **roles}}, id=grade_id)


@pytest.fixture(scope="session")
def answer_cell() -> Callable[..., NotebookNode]:
    def make(grade_id: str, solution: str = "pass", before: str = "") -> NotebookNode:
        text = f"{before}### BEGIN SOLUTION\n{solution}\n### END SOLUTION"
        return nbgrader_cell(text, grade_id, solution=True)

    return make


@pytest.fixture(scope="session")
def test_cell() -> Callable[..., NotebookNode]:
    def make(grade_id: str, text: str, points: float = 1) -> NotebookNode:
        return nbgrader_cell(text, grade_id, grade=True, locked=True, points=points)

    return make


@pytest.fixture(scope="session")
def cell() -> Callable[..., NotebookNode]:
    return nbgrader_cell


@pytest.fixture(scope="session")
def notebook() -> Callable[..., NotebookNode]:
    def make(*cells: NotebookNode) -> NotebookNode:
        return new_notebook(cells=list(cells), metadata=deepcopy(KERNEL))

    return make


@pytest.fixture(scope="session")
def submit() -> Callable[..., bytes]:
    """Return a submission: the source with the answers filled in by grade_id, as the bytes of its file."""

    def make(source: NotebookNode, answers: dict[str, str]) -> bytes:
        filled = deepcopy(source)
        for cell in filled.cells:
            grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
            if grade_id in answers:
                cell.source = answers[grade_id]
        return nbformat.writes(filled).encode()

    return make


def _helper(name: str) -> ModuleType:
    """Load a module that lies beside this one; test modules can't import each other."""
    specification = importlib.util.spec_from_file_location(f"engine_{name}", Path(__file__).parent / f"{name}.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def corpus() -> ModuleType:
    return _helper("corpus")


@pytest.fixture(scope="session")
def comparing() -> ModuleType:
    return _helper("comparing")


@pytest.fixture(scope="session")
def nbgrader(warm_nbgrader: Any) -> Callable[..., str]:
    """Run nbgrader's own command in a course; return what it said."""

    def run(course: Path, *words: str, status: int | None = 0) -> str:
        # Under this variable ipykernel leaves out what programs print.
        surroundings = {key: value for key, value in os.environ.items() if key != "PYTEST_CURRENT_TEST"}
        done = warm_nbgrader.run(*words, cwd=course, environment=surroundings)
        assert status is None or done.returncode == status, done.stderr[-4000:]
        return str(done.stderr)

    return run


@pytest.fixture(scope="session")
def make_course(nbgrader: Callable[..., str], corpus: ModuleType, empty_gradebook: Path) -> Callable[..., Path]:
    """Make a course with the assignment `work`, and submissions by name."""

    def make(root: Path, cases: dict[str, object], settings: str = "") -> Path:
        root.mkdir()
        (root / "nbgrader_config.py").write_text(f"c = get_config()\n{settings}\n")
        shutil.copy(empty_gradebook, root)
        corpus.write_source(root, "work")
        nbgrader(root, "generate_assignment", "work")
        for student, case in cases.items():
            corpus.write_submission(root, student, "work", case)
        return root

    return make


@pytest.fixture(scope="session")
def grade() -> Callable[..., dict[str, SubmissionResult]]:
    """Grade a course with the engine; return the results by student."""

    def run(course: Path, assignment: str = "work", workers: int = 1, **wishes: object) -> dict[str, SubmissionResult]:
        wish = Wish(course, assignment, **wishes)
        return {result.student: result for result in grade_assignment(wish, lambda: LocalPool(workers))}

    return run


@pytest.fixture(scope="session")
def _quick_template(
    tmp_path_factory: pytest.TempPathFactory,
    nbgrader: Callable[..., str],
    notebook: Callable[..., NotebookNode],
    answer_cell: Callable[..., NotebookNode],
    test_cell: Callable[..., NotebookNode],
    empty_gradebook: Path,
) -> Path:
    root = tmp_path_factory.mktemp("template") / "course"
    folder = root / "source" / "quick"
    folder.mkdir(parents=True)
    (root / "nbgrader_config.py").write_text("c = get_config()\nc.Execute.timeout = 20\n")
    source = notebook(
        nbgrader_cell("import random", "setup", locked=True),
        answer_cell("answer", "value = 1"),
        test_cell("test_value", "assert value == 1", 2),
        test_cell("test_again", "assert value == 1", 1),
        nbgrader_cell("words", "words", kind="markdown", grade=True, solution=True, points=3),
    )
    nbformat.write(source, folder / "nb.ipynb")
    (folder / "given.txt").write_text("given")
    shutil.copy(empty_gradebook, root)
    nbgrader(root, "generate_assignment", "quick")
    return root


class QuickCourse:
    """A course with the small assignment `quick`: 3 points by test, 3 by hand."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def configure(self, *settings: str) -> None:
        with (self.root / "nbgrader_config.py").open("a") as file:
            file.writelines(f"{setting}\n" for setting in settings)

    def hand_in(
        self, student: str, answer: str | None = "value = 1", *, edit: Callable[..., object] | None = None
    ) -> Path:
        folder = self.root / "submitted" / student / "quick"
        folder.mkdir(parents=True, exist_ok=True)
        notebook = nbformat.read(self.root / "release" / "quick" / "nb.ipynb", 4)
        for cell in notebook.cells:
            if answer is not None and cell.metadata.get("nbgrader", {}).get("grade_id") == "answer":
                cell.source = answer
        if edit is not None:
            edit(notebook)
        nbformat.write(nbformat.from_dict(notebook), folder / "nb.ipynb")
        return folder

    def scores(self, student: str) -> dict[str, tuple[float | None, bool]]:
        """Return auto_score and needs_manual_grade by cell."""
        with sqlite3.connect(self.root / "gradebook.db") as connection:
            rows = connection.execute(
                """select c.name, g.auto_score, g.needs_manual_grade from grade g join base_cell c on c.id = g.cell_id
                join submitted_notebook n on n.id = g.notebook_id
                join submitted_assignment s on s.id = n.assignment_id where s.student_id = ?""",
                (student,),
            ).fetchall()
        connection.close()
        return {name: (score, bool(by_hand)) for name, score, by_hand in rows}

    def graded(self) -> set[str]:
        folder = self.root / "autograded"
        return {path.name for path in folder.iterdir() if (path / "quick").is_dir()} if folder.is_dir() else set()

    def outputs(self, student: str) -> list[list[dict[str, object]]]:
        """Return the outputs of the graded notebook's code cells."""
        notebook = nbformat.read(self.root / "autograded" / student / "quick" / "nb.ipynb", 4)
        return [cell.outputs for cell in notebook.cells if cell.cell_type == "code"]


@pytest.fixture
def course(tmp_path: Path, _quick_template: Path) -> QuickCourse:
    shutil.copytree(_quick_template, tmp_path / "course")
    return QuickCourse(tmp_path / "course")


@pytest.fixture
def command() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the command line `autograder`."""

    def run(*words: object) -> subprocess.CompletedProcess[str]:
        program = [sys.executable, "-c", "from autograder.cli import main; main()"]
        return subprocess.run([*program, *map(str, words)], capture_output=True, text=True, timeout=120)

    return run
