"""Notebooks built from text: nbgrader's source and release versions, and lessons; the same bytes each time."""

from __future__ import annotations

import os
import subprocess
import sys

import nbformat
from nbgrader.preprocessors import ClearHiddenTests, ClearSolutions, ComputeChecksums, LockCells

from curriculum.build import (
    fill_answers,
    lesson_notebook,
    notebook_bytes,
    read_exercise,
    read_lesson,
    release_notebook,
    source_notebook,
)


def graded(notebook) -> dict[str, nbformat.NotebookNode]:
    return {cell.metadata.nbgrader.grade_id: cell for cell in notebook.cells if "nbgrader" in cell.metadata}


def test_the_source_version_carries_nbgraders_metadata(write_exercise):
    cells = graded(source_notebook(read_exercise(write_exercise())))
    roles = {
        name: (cell.metadata.nbgrader.grade, cell.metadata.nbgrader.solution, cell.metadata.nbgrader.locked)
        for name, cell in cells.items()
    }
    assert roles == {
        "setup": (False, False, True),
        "slugify": (False, True, False),
        "test_slugify": (True, False, True),
        "why": (True, True, False),
    }
    assert cells["test_slugify"].metadata.nbgrader.points == 3
    assert cells["why"].metadata.nbgrader.points == 2


def test_the_release_holds_neither_solution_nor_hidden_test(write_exercise):
    text = notebook_bytes(release_notebook(read_exercise(write_exercise()))).decode()
    assert "title.lower()" not in text
    assert "accents" not in text
    assert "Because." not in text
    assert "BEGIN" not in text
    assert "python.text" not in text
    assert "NotImplementedError" in text


def test_the_release_is_what_nbgraders_own_steps_make(write_exercise):
    exercise = read_exercise(write_exercise())
    notebook, resources = source_notebook(exercise), {}
    for step in (LockCells, ClearSolutions, ComputeChecksums, ClearHiddenTests, ComputeChecksums):
        notebook, resources = step().preprocess(notebook, resources)
    assert release_notebook(exercise) == notebook


def test_filled_answers_leave_no_mark_and_keep_the_tests(write_exercise):
    exercise = read_exercise(write_exercise())
    model, mine = graded(fill_answers(exercise)), graded(fill_answers(exercise, {"slugify": "slugify = str"}))
    assert "return title.lower()" in model["slugify"].source
    assert "SOLUTION" not in model["slugify"].source
    assert mine["slugify"].source == "slugify = str"
    assert mine["test_slugify"] == model["test_slugify"]


def test_a_lesson_keeps_its_questions_and_runs_on_python(write_lesson):
    notebook = lesson_notebook(read_lesson(write_lesson()))
    assert [cell.metadata.get("question") for cell in notebook.cells if cell.metadata.get("question")] == ["sum"]
    assert notebook.metadata.kernelspec.name == "python3"
    assert notebook.metadata.backend_path.lesson == "flask/request-to-response"


def test_the_same_text_gives_the_same_bytes_in_another_process(write_exercise, write_lesson):
    exercise, lesson = write_exercise(), write_lesson()
    program = (
        "import sys\nfrom pathlib import Path\nfrom curriculum.build import *\n"
        "e, l = (Path(p) for p in sys.argv[1:])\n"
        "for n in (source_notebook(read_exercise(e)), release_notebook(read_exercise(e)),"
        " lesson_notebook(read_lesson(l))):\n    sys.stdout.buffer.write(notebook_bytes(n))\n"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-W", "ignore", "-c", program, exercise, lesson],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
    assert len(outputs.pop()) > 1000


def test_a_cell_keeps_its_id_when_others_come_before_it(exercise_text, write_exercise):
    before = graded(source_notebook(read_exercise(write_exercise())))
    longer = exercise_text.replace('# %% tags=["setup"]', '# %% [markdown]\n# More.\n\n# %% tags=["setup"]')
    after = graded(source_notebook(read_exercise(write_exercise(longer))))
    assert {name: cell.id for name, cell in before.items()} == {name: cell.id for name, cell in after.items()}


def test_two_cells_of_the_same_text_have_different_ids(exercise_text, write_exercise):
    twice = exercise_text.replace('# %% tags=["setup"]', '# %%\n1\n\n# %%\n1\n\n# %% tags=["setup"]')
    ids = [cell.id for cell in source_notebook(read_exercise(write_exercise(twice))).cells]
    assert len(set(ids)) == len(ids)


def test_hints_and_files_go_beside_the_notebook(write_exercise):
    path = write_exercise(hints__yaml="accents:\n  - Think.\n")
    (path.parent / "files" / "data").mkdir(parents=True)
    (path.parent / "files" / "data" / "orders.csv").write_text("id\n1\n")
    assert [name for name, _ in read_exercise(path).files] == ["hints.yaml", "data/orders.csv"]
