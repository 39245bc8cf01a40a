"""Cheats that answer every request, and programs that print nothing or what they read."""

from __future__ import annotations

from pathlib import Path

import pytest

from curriculum.authoring.bench import read_bench
from curriculum.authoring.cheats import universal_cheats
from curriculum.authoring.new import new_exercise
from curriculum.authoring.prove import prove


@pytest.fixture
def application(exercises: Path, path) -> Path:
    return new_exercise("shop/notes", "http", exercises, path)[0] / "exercise.py"


def test_applications_that_say_yes_to_everything_are_tried(application):
    cheats = universal_cheats(read_bench(application))
    assert "an application that answers 200 with nothing" in cheats
    assert "create_app = application" in cheats["an application that echoes"]["create_app"]


def test_a_test_that_wants_no_more_than_200_is_found(application, grader, the_one):
    text = application.read_text()
    begin, end = text.index('assert client.get("/notes/2")'), text.index("### END HIDDEN TESTS", text.index("/notes/2"))
    weak = '### BEGIN HIDDEN TESTS\nassert client.get("/notes/1").status == 200, hint("read")\n'
    application.write_text(text[:begin] + weak + text[end:])
    (proof,) = prove([application], parts=("answers", "cheats"), workers=1, use_cache=False, grader=grader)
    found = the_one(proof.findings, "cheat")
    assert found.problem == (
        "test_read gives points to an application that answers 200 with nothing, an application that echoes."
    )


def test_programs_are_tried_that_print_nothing_or_what_they_read(exercises, path):
    source = new_exercise("shop/logs", "program", exercises, path)[0] / "exercise.py"
    cheats = universal_cheats(read_bench(source))
    assert cheats["a program that prints nothing"]["total"] == "%%php total.php\n<?php\n"
    assert "STDIN" in cheats["a program that prints its input"]["slow"]
