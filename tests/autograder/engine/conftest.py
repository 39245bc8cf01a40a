"""Small notebooks in nbgrader's form, and submissions made from them."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

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
