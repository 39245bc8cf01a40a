"""Cells get ids of their own, however many there are."""

from __future__ import annotations

import json

from nbformat.v4 import new_code_cell, new_notebook

from autograder.engine.notebookfile import read_notebook


def test_no_two_of_very_many_cells_share_an_id() -> None:
    notebook = dict(new_notebook())
    notebook["cells"] = [dict(new_code_cell("", id="same"))] * 200_000  # random ids of eight digits meet
    cells = read_notebook(json.dumps(notebook).encode(), "many")["cells"]
    assert cells[0]["id"] == "same"
    assert len({cell["id"] for cell in cells}) == 200_000
