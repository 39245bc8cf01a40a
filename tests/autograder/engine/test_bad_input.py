"""What can't be graded gives one clear line and is recorded; the others go on."""

from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path

import pytest

from autograder.engine.coordinator import Wish, grade_assignment
from autograder.engine.pool import LocalPool
from autograder.exceptions import CourseError


def _not_json(folder: Path) -> None:
    (folder / "nb.ipynb").write_text("{ this is no JSON")


def _not_utf8(folder: Path) -> None:
    (folder / "nb.ipynb").write_bytes(b'{"nbformat": 4, "cells": "\xff"}')


def _no_notebook(folder: Path) -> None:
    (folder / "nb.ipynb").write_text("[1, 2]")


def _no_cells(folder: Path) -> None:
    (folder / "nb.ipynb").write_text('{"nbformat": 4, "nbformat_minor": 5, "metadata": {}}')


def _bad_cell(folder: Path) -> None:
    notebook = json.loads((folder / "nb.ipynb").read_text())
    notebook["cells"][0]["cell_type"] = "strange"
    (folder / "nb.ipynb").write_text(json.dumps(notebook))


def _future(folder: Path) -> None:
    notebook = json.loads((folder / "nb.ipynb").read_text())
    notebook["nbformat"] = 9
    (folder / "nb.ipynb").write_text(json.dumps(notebook))


def _other_notebooks(folder: Path) -> None:
    (folder / "nb.ipynb").rename(folder / "nb-copy.ipynb")


def _link_outside(folder: Path) -> None:
    (folder / "passwords").symlink_to("/etc/passwd")


def _broken_link(folder: Path) -> None:
    (folder / "data").symlink_to("nowhere")


def _pipe(folder: Path) -> None:
    os.mkfifo(folder / "pipe")


def _odd_name(folder: Path) -> None:
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff.txt")).write_text("x")


def _no_time(folder: Path) -> None:
    (folder / "timestamp.txt").write_text("yesterday or so")


def _metadata(folder: Path) -> None:
    notebook = json.loads((folder / "nb.ipynb").read_text())
    notebook["cells"][1]["metadata"]["nbgrader"]["grade_id"] = "an id with spaces"
    notebook["cells"][1]["metadata"]["nbgrader"]["schema_version"] = 99
    notebook["cells"][2]["metadata"]["nbgrader"] = "text"
    (folder / "nb.ipynb").write_text(json.dumps(notebook))


BAD = {
    "not JSON": (_not_json, "nb.ipynb is not a notebook that can be read: it is not JSON"),
    "not UTF-8": (_not_utf8, "nb.ipynb is not a notebook that can be read: it is not UTF-8 (byte 26)"),
    "a list": (_no_notebook, "it is JSON, but no notebook"),
    "no cells": (_no_cells, "nb.ipynb is not a notebook that can be read"),
    "a strange cell": (_bad_cell, "nb.ipynb is not a notebook that can be read"),
    "a future format": (_future, "Unsupported nbformat version 9"),
    "another name": (_other_notebooks, "It has none of the assignment's notebooks: nb."),
    "a link to elsewhere": (_link_outside, "passwords is a link to /etc/passwd, outside the submission"),
    "a broken link": (_broken_link, "data can't be read: No such file or directory"),
    "a pipe": (_pipe, "pipe is not an ordinary file"),
    "a name of odd bytes": (_odd_name, r"\xff.txt is not UTF-8"),
    "no time": (_no_time, "timestamp.txt says 'yesterday or so', which is no time"),
    "spoilt metadata": (_metadata, "its nbgrader metadata is not a mapping"),
}


def test_bad_submissions_are_named_and_recorded_and_the_others_go_on(course, grade, command) -> None:
    for name, (spoil, _) in BAD.items():
        spoil(course.hand_in(name))
    course.hand_in("good 'student'\n\"with\" a name")
    results = grade(course.root, "quick", workers=2)
    for name, (_, message) in BAD.items():
        assert message in results[name].problem, name
        assert "\n" not in results[name].problem
    assert course.graded() == {"good 'student'\n\"with\" a name"}
    problems = json.loads((course.root / ".autograder" / "quick.problems.json").read_text())
    assert set(problems) == set(BAD)
    assert course.scores("not JSON")["test_value"] == (None, True)  # for a person to look at
    again = command("grade", "quick", "--course", course.root, "--student", "not JSON", "--student", "a list")
    assert again.returncode == 1
    assert again.stdout.count("was not graded:") == 2


def test_outputs_and_cells_without_measure_are_taken(course, grade) -> None:
    def flooded(notebook) -> None:
        notebook.cells[2].outputs = [{"output_type": "stream", "name": "stdout", "text": "x" * 50_000_000}]

    def many(notebook) -> None:
        notebook.cells[1:1] = [
            {"cell_type": "markdown", "metadata": {}, "source": "m", "id": f"m{i}"} for i in range(20_000)
        ]

    course.hand_in("old flood", edit=flooded)
    course.hand_in("new flood", "print('y' * 30_000_000)\nvalue = 1")
    course.hand_in("raw flood", "import os\nos.system('head -c 30000000 /dev/zero')\nvalue = 1")
    course.hand_in("cells", edit=many)
    results = grade(course.root, "quick")
    assert {student: result.points for student, result in results.items()} == dict.fromkeys(results, 3)
    sizes = {s: (course.root / "autograded" / s / "quick" / "nb.ipynb").stat().st_size for s in results}
    assert sizes["old flood"] < 100_000
    assert 9_000_000 < sizes["new flood"] < 11_000_000


@pytest.mark.skipif(os.geteuid() == 0, reason="root can read everything")
def test_an_unreadable_file_is_named(course, grade) -> None:
    (course.hand_in("a") / "nb.ipynb").chmod(0)
    assert "nb.ipynb can't be read: Permission denied" in grade(course.root, "quick")["a"].problem


def _run(course: object) -> None:
    list(grade_assignment(Wish(course.root, "quick"), lambda: LocalPool(1)))


def test_a_gradebook_that_is_missing_damaged_old_or_locked_is_told_apart(course, tmp_path) -> None:
    course.hand_in("a")
    database = course.root / "gradebook.db"
    good = database.read_bytes()
    database.unlink()
    with pytest.raises(CourseError, match=r"gradebook.db can't be opened.*Run `nbgrader generate_assignment` first"):
        _run(course)
    database.write_bytes(b"this is no database, whatever its name says" * 50)
    with pytest.raises(CourseError, match=r"file is not a database\. The file is damaged: put a backup"):
        _run(course)
    database.write_bytes(good)
    connection = sqlite3.connect(database)
    connection.execute("alter table grade rename column auto_score to other")
    connection.close()
    with pytest.raises(CourseError, match=r"auto_score\. It may be of an older nbgrader: back it up"):
        _run(course)
    database.write_bytes(good)
    course.configure(f"c.CourseDirectory.db_url = 'sqlite:///{database}?timeout=0.1'")
    holder = sqlite3.connect(database, isolation_level=None)
    holder.execute("begin exclusive")
    with pytest.raises(CourseError, match=r"database is locked\. Another program may be writing to it"):
        _run(course)
    holder.execute("rollback")
    holder.close()
    _run(course)
    assert course.graded() == {"a"}


def test_an_assignment_that_the_gradebook_does_not_know_is_named(course) -> None:
    folder = course.hand_in("a")
    folder.rename(folder.parent / "other")
    with pytest.raises(
        CourseError, match=r"has no assignment 'other'\. Run `nbgrader generate_assignment other` first"
    ):
        list(grade_assignment(Wish(course.root, "other"), lambda: LocalPool(1)))
