"""Damaged notebooks: what is wrong is named, and repairing loses nothing that the learner wrote."""

from __future__ import annotations

import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.lab.exercises import prepared
from curriculum.lab.mending import repaired, troubles, with_fresh_answers

RELEASE = json.loads(prepared("python/data-structures").release)


def name_of(cell):
    marks = cell["metadata"].get("nbgrader")
    return marks.get("grade_id", "") if isinstance(marks, dict) else ""


def texts(notebook):
    return sorted("".join(cell["source"]) for cell in notebook["cells"])


@pytest.fixture
def notebook():
    notebook = copy.deepcopy(RELEASE)
    cell(notebook, "units_sold")["source"] = "MINE = 1"
    return notebook


def cell(notebook, name):
    return next(cell for cell in notebook["cells"] if name_of(cell) == name)


def kinds(notebook, *, named=True):
    return [(trouble.kind, trouble.cells) for trouble in troubles(notebook, RELEASE, named=named)]


def test_an_honest_notebook_has_no_troubles(notebook):
    notebook["cells"].insert(3, {"cell_type": "code", "metadata": {}, "source": "a = 1", "id": "own", "outputs": []})
    assert kinds(notebook) == []


def test_a_deleted_cell_goes_back_to_its_place(notebook):
    notebook["cells"].remove(cell(notebook, "test_units_sold"))
    assert kinds(notebook) == [("missing", ("test_units_sold",))]
    mended = repaired(notebook, RELEASE)
    names = [name_of(one) for one in mended["cells"]]
    assert names.index("test_units_sold") == names.index("units_sold") + 1
    assert cell(mended, "units_sold")["source"] == "MINE = 1"
    assert kinds(mended) == []


def test_of_a_doubled_answer_the_one_that_was_worked_on_counts_and_the_other_stays_as_an_ordinary_cell(notebook):
    twin = copy.deepcopy(cell(RELEASE, "units_sold"))
    notebook["cells"].append(twin)
    assert kinds(notebook) == [("doubled", ("units_sold",))]
    mended = repaired(notebook, RELEASE)
    assert cell(mended, "units_sold")["source"] == "MINE = 1"
    assert texts(mended) == texts(notebook)
    assert kinds(mended) == []


def test_a_cell_that_lost_its_marks_gets_them_back_with_the_learners_text(notebook):
    answer = cell(notebook, "units_sold")
    answer["metadata"] = {}
    assert kinds(notebook) == [("changed", ("units_sold",))]
    mended = repaired(notebook, RELEASE)
    assert cell(mended, "units_sold")["source"] == "MINE = 1"
    assert len(mended["cells"]) == len(RELEASE["cells"])


def test_a_cell_of_another_type_becomes_code_again(notebook):
    answer = cell(notebook, "units_sold")
    answer["cell_type"] = "markdown"
    del answer["outputs"], answer["execution_count"]
    assert kinds(notebook) == [("changed", ("units_sold",))]
    mended = cell(repaired(notebook, RELEASE), "units_sold")
    assert (mended["cell_type"], mended["source"], mended["outputs"]) == ("code", "MINE = 1", [])


def test_a_notebook_that_lost_its_name_gets_it_back(notebook):
    del notebook["metadata"]["backend_path"]
    assert kinds(notebook, named=False) == [("unnamed", ())]
    assert repaired(notebook, RELEASE)["metadata"]["backend_path"] == RELEASE["metadata"]["backend_path"]


def test_one_answer_can_begin_anew_and_the_others_stay(notebook):
    cell(notebook, "buyers")["source"] = "OTHER = 2"
    cell(notebook, "units_sold")["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "1"}]
    fresh = with_fresh_answers(notebook, RELEASE, ["units_sold"])
    assert cell(fresh, "units_sold")["source"] == cell(RELEASE, "units_sold")["source"]
    assert cell(fresh, "units_sold")["outputs"] == []
    assert cell(fresh, "buyers")["source"] == "OTHER = 2"


@st.composite
def damaged(draw):
    """A notebook after a clumsy afternoon: cells deleted, doubled, moved, stripped of their marks, written into."""
    notebook = copy.deepcopy(RELEASE)
    cells = notebook["cells"]
    for _ in range(draw(st.integers(0, 8))):
        if not cells:
            break
        index = draw(st.integers(0, len(cells) - 1))
        act = draw(st.sampled_from(["delete", "double", "move", "strip", "write", "confuse"]))
        if act == "delete":
            del cells[index]
        elif act == "double":
            cells.insert(draw(st.integers(0, len(cells))), copy.deepcopy(cells[index]))
        elif act == "move":
            cells.insert(draw(st.integers(0, len(cells) - 1)), cells.pop(index))
        elif act == "strip":
            cells[index]["metadata"] = {}
        elif act == "write":
            cells[index]["source"] = draw(st.text(max_size=10))
        else:
            cells[index]["metadata"]["nbgrader"] = draw(st.sampled_from([{}, {"grade_id": "buyers"}, 3, None]))
    return notebook


@settings(max_examples=150, deadline=None)
@given(damaged())
def test_whatever_happened_repairing_loses_no_text_and_leaves_each_cell_once(notebook):
    mended = repaired(notebook, RELEASE)
    assert troubles(mended, RELEASE, named=True) == ()
    names = [name_of(one) for one in mended["cells"] if name_of(one)]
    assert sorted(names) == sorted(filter(None, map(name_of, RELEASE["cells"])))
    lost = texts(notebook)
    for text in texts(mended):
        if text in lost:
            lost.remove(text)
    assert lost == []
    assert len({one["id"] for one in mended["cells"]}) == len(mended["cells"])
    assert repaired(mended, RELEASE) == mended
