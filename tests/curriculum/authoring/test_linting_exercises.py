"""Rules on the text of exercises: each is seen to fire, in the right line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from curriculum.authoring.finding import Finding
from curriculum.authoring.lint import lint

FILES = "exercise.py", "hints.yaml"


@pytest.fixture
def linted(exercise: Path) -> Callable[[], list[Finding]]:
    return lambda: lint([exercise / "exercise.py"], [])


def test_a_complete_exercise_breaks_no_rule(linted):
    assert linted() == []


@pytest.mark.parametrize(
    ("rule", "at", "old", "new"),
    [
        ("form", "points=many", 'test_parse_price" points=5', 'test_parse_price" points=many'),
        ("form", "# title", "# seconds: 5", "# seconds: 90"),
        ("budget", "# title", "# seconds: 5", "# seconds: 6"),
        ("opening", "# %% [markdown]", "# # Prices", "# Prices"),
        ("task-text", 'grade_id="total"', "# %% [markdown]\n# ## Task 2", "# ## Task 2"),
        ("setup", '# %% tags=["test"]', "from autograder.student import hint, student", "import math"),
        ("assert-hint", "== 305", '== 305, hint("parts")', "== 305"),
        ("hint-missing", 'hint("sum")', 'hint("empty")', 'hint("sum")'),
        ("test-python", "assert student.total([]) ===", "student.total([]) ==", "student.total([]) ==="),
        ("alt", "![](shop.png)", "# Write `total(prices)`.", "# ![](shop.png)\n# Write `total(prices)`."),
        (
            "link",
            "[there](nowhere.md)",
            "# Write `total(prices)`.",
            "# See [there](nowhere.md).\n# Write `total(prices)`.",
        ),
        ("link", "[there](#Nowhere)", "# Write `total(prices)`.", "# See [there](#Nowhere).\n# Write `total(prices)`."),
        (
            "link",
            "http://example.com",
            "# Write `total(prices)`.",
            "# See [there](http://example.com).\n# Write `total(prices)`.",
        ),
        (
            "leak",
            "return sum(parse_price",
            "# Write `total(prices)`.",
            "# return sum(parse_price(price) for price in prices)\n#\n# Write `total(prices)`.",
        ),
        (
            "leak",
            'student.total(["0.10"]',
            "# Write `total(prices)`.",
            '# assert student.total(["0.10"] * 3) == 30, hint("cents")\n#\n# Write `total(prices)`.',
        ),
    ],
)
def test_a_rule_is_broken(linted, edit, the_one, line_of, exercise, rule, at, old, new):
    edit(old, new)
    findings = [finding for finding in linted() if finding.rule == rule]
    assert len(findings) == 1, linted()
    text = (exercise / "exercise.py").read_text().split("\n")
    found = findings[0]
    assert any(at in line for line in text[found.line - 1 : found.line + 1]), found.text
    assert found.remedy.endswith(".")
    assert found.text.endswith(f"[{rule}]")


def test_a_mark_that_is_misspelt_is_found(linted, exercise):
    text = (exercise / "exercise.py").read_text()
    first, second = text.split("# ## Task 2")
    (exercise / "exercise.py").write_text(first + "# ## Task 2" + second.replace("HIDDEN TESTS", "hidden tests"))
    problems = [finding.problem for finding in linted() if finding.rule == "marks"]
    assert problems == ["`### BEGIN hidden tests` is no mark.", "`### END hidden tests` is no mark."]


def test_hidden_tests_are_wanted(linted, edit, the_one):
    for mark in ("### BEGIN HIDDEN TESTS\n", "### END HIDDEN TESTS\n"):
        edit(mark, "")
    assert the_one(linted(), "hidden-tests").problem == "No test is hidden."


def test_points_are_wanted(linted, edit, the_one):
    edit("points=5", "points=0")
    assert the_one(linted(), "points").problem == "The exercise gives no points."


def test_two_to_five_tasks_are_wanted(linted, exercise, the_one):
    text = (exercise / "exercise.py").read_text()
    (exercise / "exercise.py").write_text(text[: text.index("# %% [markdown]\n# ## Task 2")])
    for name in ("sum-in-euros", "nothing-to-add"):
        (exercise / "wrong" / f"{name}.py").unlink()
    assert the_one(linted(), "tasks").problem == "It has 1 tasks."


def test_three_wrong_answers_are_wanted(linted, exercise, the_one):
    (exercise / "wrong" / "sum-in-euros.py").unlink()
    assert the_one(linted(), "wrong-count").problem == "`wrong/` has 2 of at least three answers."


def test_wrong_answers_lead_to_different_hints(linted, edit, the_one):
    for name in ("sum-in-euros", "nothing-to-add"):
        edit("hint: " + {"sum-in-euros": "cents", "nothing-to-add": "empty"}[name], "hint: exact", f"wrong/{name}.py")
    assert "lead to 1 of at least three" in the_one(linted(), "wrong-hints").problem


@pytest.mark.parametrize("field", ["misconception", "caught_by", "hint"])
def test_a_wrong_answer_says_what_it_is(linted, exercise, the_one, field):
    answer = exercise / "wrong" / "sum-in-euros.py"
    lines = [line for line in answer.read_text().split("\n") if not line.startswith(f"# {field}:")]
    answer.write_text("\n".join(lines))
    found = the_one(linted(), "wrong-header")
    assert (found.path.name, found.problem) == ("sum-in-euros.py", f"`{field}` is missing.")


def test_a_hint_that_nothing_shows_is_found(linted, exercise, the_one):
    hints = exercise / "hints.yaml"
    hints.write_text(hints.read_text() + "never:\n  - One.\n  - Two.\n  - Three.\n")
    found = the_one(linted(), "hint-unused")
    assert found.problem == "No test shows the hint `never`."
    assert hints.read_text().split("\n")[found.line - 1] == "never:"


def test_a_hint_has_three_steps_that_differ(linted, exercise):
    (exercise / "hints.yaml").write_text(
        "exact: [One., Two.]\nparts: [One., One., Two.]\ncents: [a, b, c]\nempty: [a, b, c]\n"
    )
    findings = [(finding.line, finding.problem) for finding in linted() if finding.rule == "hint-steps"]
    assert findings == [(1, "The hint `exact` has 2 of three steps."), (2, "The hint `parts` says the same twice.")]


def test_hints_for_particular_answers_count_as_used(linted, edit, exercise, the_one):
    hints = exercise / "hints.yaml"
    hints.write_text(hints.read_text() + "dot:\n  - One.\n  - Two.\n  - Three.\n")
    edit('== 305, hint("parts")', '== 305, hint("parts", {35: "dot", 3050: "comma"})')
    findings = linted()
    assert [finding.problem for finding in findings if finding.rule.startswith("hint")] == [
        "The hint `comma` is not in hints.yaml."
    ]


def test_hints_that_are_no_yaml_are_a_finding_with_the_line(linted, exercise, the_one):
    (exercise / "hints.yaml").write_text("exact:\n  - One: two: three\n")
    found = the_one(linted(), "form")
    assert (found.path.name, found.line) == ("hints.yaml", 2)


def test_what_the_curriculum_data_say_must_be_so(exercise, path, edit):
    home = exercise.parent.parent / "flask"
    home.mkdir()
    exercise.rename(home / "mini-api")
    text = (home / "mini-api" / "exercise.py").read_text()
    text = text.replace('test_total" points=5', 'test_total" points=5 skills=["flask.nothing"] coverage=["S20"]')
    (home / "mini-api" / "exercise.py").write_text(text)
    problems = [finding.problem for finding in lint([home / "mini-api" / "exercise.py"], [], path)]
    assert any(problem.startswith("`title` is 'Prices' here and ") for problem in problems)
    assert any(problem.startswith("`kind` is 'function' here and 'http'") for problem in problems)
    assert any(problem.startswith("`points` is 10 here and ") for problem in problems)
    assert "test_total assesses `flask.nothing`, which the curriculum data doesn't have." in problems
    assert "test_total assesses `S20`, which the data doesn't list for flask/mini-api." in problems


def test_an_exercise_that_the_path_does_not_know_is_found(exercise, path, the_one):
    found = the_one(lint([exercise / "exercise.py"], [], path), "data")
    assert found.problem == "The path has no exercise `shop/prices`."
