"""What a submission tried is said: in the summary, as data, and beside the mark; honest work is under no suspicion."""

from __future__ import annotations

import json
import sqlite3

import pytest

from autograder.engine.noticing import is_as_released

SOURCE = "import a\n### BEGIN HIDDEN TESTS\nassert f(2) == 3\n### END HIDDEN TESTS\nassert f(1) == 2"


def _comments(course, student: str) -> list[str | None]:
    with sqlite3.connect(course.root / "gradebook.db") as connection:
        rows = connection.execute(
            """select m.auto_comment from comment m join submitted_notebook n on n.id = m.notebook_id
            join submitted_assignment s on s.id = n.assignment_id where s.student_id = ? order by m.auto_comment""",
            (student,),
        ).fetchall()
    connection.close()
    return [text for (text,) in rows]


def test_what_was_tried_is_said_everywhere(course, command) -> None:
    def cheat(notebook) -> None:
        notebook.cells[2].source = "assert True"
        notebook.cells[3].metadata["nbgrader"]["points"] = 50

    course.hand_in("cheat", "import builtins\nbuiltins.abs = lambda x: 3\nvalue = 2", edit=cheat)
    course.hand_in("honest", "value = 1")
    done = command("grade", "quick", "--course", course.root)
    said = " ".join(done.stdout.split())
    assert "cheat: noticed: the text of cell 'test_value' was changed." in said
    assert "cheat: noticed: the points of cell 'test_again' were changed." in said
    assert "builtins.abs was changed." in said
    assert "honest: noticed" not in said
    assert any(text and text.startswith("The grader noticed: ") for text in _comments(course, "cheat"))
    assert not any(text and "noticed" in text for text in _comments(course, "honest"))
    data = json.loads(command("grade", "quick", "--course", course.root, "--force", "--json").stdout)
    noticed = {item["student"]: item["notebooks"][0]["noticed"] for item in data}
    assert len(noticed["cheat"]) == 3
    assert noticed["honest"] == []


@pytest.mark.parametrize(
    ("text", "released"),
    [
        (SOURCE, True),
        ("import a\nassert f(1) == 2", True),
        ("import a\nassert f(1) == 2\n", True),
        ("import a", False),
        ("import a\nassert f(1) == 2 or True", False),
        ("", False),
    ],
)
def test_a_test_is_as_it_was_released_with_or_without_its_hidden_parts(text: str, released: bool) -> None:
    assert is_as_released(text, SOURCE) is released


def test_a_course_that_marks_hidden_tests_in_another_way_raises_no_suspicion() -> None:
    assert is_as_released("import a\nassert f(1) == 2", "import a\n# secret\nassert f(2) == 3\n# end\nassert f(1) == 2")
    assert not is_as_released("import a\nassert True", "import a\n# secret\nassert f(2) == 3\n# end\nassert f(1) == 2")
