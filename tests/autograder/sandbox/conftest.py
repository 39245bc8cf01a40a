"""Runs single cells in workers with sandboxes of all kinds."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.engine.jobs import Job, Outcome, Rules
from autograder.engine.pool import WarmProcess
from autograder.engine.sources import assignment_from_source
from autograder.sandbox import Settings

_FULL = Settings()


class Ran:
    """What became of one cell: what it wrote, and the whole outcome."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        self.output = ""
        for notebook in outcome.notebooks:
            cells = json.loads(notebook.data)["cells"]
            self.output = "".join("".join(output.get("text", "")) for output in cells[0]["outputs"])
            self.errors = [output["ename"] for output in cells[0]["outputs"] if output["output_type"] == "error"]


Run = Callable[..., Ran]


@pytest.fixture(scope="session")
def run_cell() -> Iterator[Run]:
    """Run a cell in a worker with the settings given, which stays for the next cell with the same ones."""
    workers: dict[Settings, WarmProcess] = {}
    grade = {"grade": True, "grade_id": "t", "locked": True, "points": 1, "schema_version": 3}
    role = {"nbgrader": {**grade, "solution": False, "task": False}}
    source = new_notebook(cells=[new_code_cell("pass", id="a"), new_code_cell("1", id="t", metadata=role)])

    def run(code: str, settings: Settings = _FULL, seconds: float = 20) -> Ran:
        worker = workers.setdefault(settings, WarmProcess())
        assignment = assignment_from_source(source, "n", {}, Rules(sandbox=settings, timeout=seconds), stub="pass")
        submitted = nbformat.from_dict(source)
        submitted.cells[0].source = code
        job = Job(assignment.key, {"n": nbformat.writes(submitted).encode()}, label="work")
        return Ran(worker.grade(job, assignment))

    yield run
    for worker in workers.values():
        worker.close()
