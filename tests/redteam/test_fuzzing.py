"""Fuzzing what reads a learner's notebook: whatever comes, it is read, or refused by name, and protected cells hold."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.engine.cells import checksum
from autograder.engine.jobs import Rules, SourceCell, SourceNotebook
from autograder.engine.notebookfile import read_notebook, write_notebook
from autograder.engine.rebuilding import rebuild
from autograder.engine.sanitizing import check_metadata, sanitize
from autograder.exceptions import NotebookError

_BUDGET = settings(max_examples=120, deadline=None)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def _source_cell(name: str, text: str, **roles: Any) -> SourceCell:
    cell = SourceCell(name, "code", not roles.get("solution", False), text, **roles)
    metadata = {
        "grade": cell.max_score is not None,
        "grade_id": name,
        "locked": cell.locked,
        "solution": cell.solution,
        "points": cell.max_score,
    }
    found = checksum({"cell_type": "code", "source": text, "metadata": {"nbgrader": metadata}})
    return SourceCell(name, "code", cell.locked, text, found, **roles)


SOURCE = SourceNotebook(
    "nb",
    (
        _source_cell("setup", "import math"),
        _source_cell("answer", "def f(): ...", solution=True),
        _source_cell("test", "assert f() == 1", max_score=2.0),
    ),
    {"name": "python3", "display_name": "Python 3", "language": "python"},
)


def _mostly(usual: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Give what is usual, and once in a while anything."""
    return st.integers(0, 24).flatmap(lambda number: usual if number else _JSON)


_METADATA = st.fixed_dictionaries(
    {
        "grade_id": _mostly(st.sampled_from(["setup", "answer", "test", "other"])),
        "grade": _mostly(st.booleans()),
        "locked": _mostly(st.booleans()),
        "solution": _mostly(st.booleans()),
        "schema_version": _mostly(st.just(3)),
    },
    optional={
        "task": _mostly(st.booleans()),
        "points": _mostly(st.integers() | st.floats()),
        "checksum": _mostly(st.text(max_size=5)),
        "cell_type": _mostly(st.sampled_from(["code", "markdown"])),
    },
)
_CELLS = st.fixed_dictionaries(
    {
        "cell_type": _mostly(st.sampled_from(["code", "code", "markdown", "raw"])),
        "metadata": _mostly(st.fixed_dictionaries({}, optional={"nbgrader": _mostly(_METADATA), "tags": _JSON})),
        "source": _mostly(st.sampled_from(["import math", "def f(): return 1", "assert True", ""])),
    },
    optional={
        "id": _mostly(st.text("abc-_1", min_size=1, max_size=8)),
        "outputs": _mostly(st.just([])),
        "execution_count": _mostly(st.none() | st.integers(0, 9)),
    },
)
_NOTEBOOKS = st.fixed_dictionaries(
    {
        "cells": _mostly(st.lists(_CELLS, max_size=6)),
        "metadata": _mostly(st.fixed_dictionaries({}, optional={"kernelspec": _JSON, "language_info": _JSON})),
        "nbformat": _mostly(st.just(4)),
        "nbformat_minor": _mostly(st.sampled_from([2, 4, 5])),
    }
)


def _graded(data: bytes) -> None:
    try:
        notebook = read_notebook(data, "nb")
        sanitize(notebook, SOURCE, Rules())
    except NotebookError:
        return
    # what shared mode runs: each protected cell is the instructor's, or not there
    by_name = {}
    for cell in notebook["cells"]:
        metadata = cell["metadata"].get("nbgrader") or {}
        if metadata.get("grade_id"):
            by_name[metadata["grade_id"]] = cell
    for original in SOURCE.cells:
        cell = by_name.get(original.name)
        if cell is not None and original.locked:
            assert cell["source"] == original.source
            assert cell["metadata"]["nbgrader"].get("points") == original.max_score or original.max_score is None
    # what is sealed: all of the instructor's cells, in their order
    rebuild(notebook, SOURCE)
    check_metadata(notebook, "nb")
    kept = [cell for cell in notebook["cells"] if "nbgrader" in cell["metadata"]]
    assert [cell["metadata"]["nbgrader"]["grade_id"] for cell in kept] == ["setup", "answer", "test"]
    assert kept[0]["source"] == "import math"
    assert kept[2]["source"] == "assert f() == 1"
    assert read_notebook(write_notebook(notebook), "nb")["cells"]


@_BUDGET
@given(_NOTEBOOKS)
def test_any_notebook_is_read_or_refused(notebook: object) -> None:
    _graded(json.dumps(notebook).encode("utf-8", "surrogatepass"))


@_BUDGET
@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    _graded(data)


@_BUDGET
@given(_NOTEBOOKS, st.integers(0, 2000), st.binary(max_size=3))
def test_a_damaged_file_is_read_or_refused(notebook: object, place: int, damage: bytes) -> None:
    data = json.dumps(notebook).encode("utf-8", "surrogatepass")
    _graded(data[:place] + damage + data[place + len(damage) :])
