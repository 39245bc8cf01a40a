"""Small notebooks in nbgrader's form, graded sealed or shared in a warm worker."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from autograder.engine.jobs import Job, Rules
from autograder.engine.pool import WarmProcess, grade_with
from autograder.engine.sources import assignment_from_source
from autograder.results import CellResult

SETUP = "from autograder.student import hint, student"


def nbgrader_cell(text: str, grade_id: str, **roles: object) -> NotebookNode:
    metadata = {"schema_version": 3, "grade": False, "locked": False, "solution": False, "task": False}
    return new_code_cell(text, metadata={"nbgrader": {**metadata, "grade_id": grade_id, **roles}}, id=grade_id)


class Graded:
    """A notebook after grading."""

    def __init__(self, data: bytes, cells: tuple[CellResult, ...], noticed: tuple[str, ...]) -> None:
        self.notebook: dict[str, Any] = json.loads(data)
        self.cells = {cell.grade_id: cell for cell in cells}
        self.noticed = noticed

    @property
    def points(self) -> dict[str, float]:
        return {name: cell.points for name, cell in self.cells.items()}

    def outputs(self, grade_id: str) -> list[dict[str, Any]]:
        cells = self.notebook["cells"]
        return next(c["outputs"] for c in cells if c["metadata"].get("nbgrader", {}).get("grade_id") == grade_id)

    def printed(self, grade_id: str) -> str:
        texts = [text for o in self.outputs(grade_id) if o["output_type"] == "stream" for text in o["text"]]
        return "".join(texts)

    def traceback(self, grade_id: str) -> str:
        return "\n".join(line for o in self.outputs(grade_id) for line in o.get("traceback", ()))


@pytest.fixture(scope="session")
def _worker() -> Iterator[WarmProcess]:
    process = WarmProcess()
    yield process
    process.close()


@pytest.fixture(scope="session")
def grade(_worker: WarmProcess) -> Callable[..., Graded]:
    """Grade an answer with tests, each worth a point, or what it gives itself."""

    def run(
        answer: str,
        tests: Mapping[str, str],
        *,
        setup: str = "",
        sealed: bool = True,
        timeout: float = 20,
        files: Mapping[str, bytes] | None = None,
        edit: Callable[[NotebookNode], None] | None = None,
    ) -> Graded:
        cells = [nbgrader_cell(f"{SETUP}\n{setup}", "setup", locked=True)]
        cells.append(nbgrader_cell(f"### BEGIN SOLUTION\n{answer}\n### END SOLUTION", "answer", solution=True))
        cells += [nbgrader_cell(text, name, grade=True, locked=True, points=5) for name, text in tests.items()]
        kernel = {"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}}
        source = new_notebook(cells=cells, metadata=kernel)
        submitted = nbformat.from_dict(json.loads(json.dumps(source)))
        submitted.cells[1].source = answer
        if edit is not None:
            edit(submitted)
        rules = Rules(timeout=timeout, grace=1, sealed=sealed)
        assignment = assignment_from_source(source, "nb", dict(files or {}), rules)
        job = Job(assignment.key, {"nb": json.dumps(submitted).encode()}, label="check")
        outcome = grade_with(_worker, job, assignment)
        assert not outcome.problem, outcome.problem
        graded = outcome.notebooks[0]
        return Graded(graded.data, graded.cells, graded.noticed)

    return run
