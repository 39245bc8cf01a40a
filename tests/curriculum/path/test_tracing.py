"""The trace from coverage to test cells and back, and the data held against the texts."""

from __future__ import annotations

import msgspec
import pytest

import curriculum
from curriculum import content

EXERCISE = """\
# ---
# title: The mini API
# kind: http
# seconds: 5
# ---
# %% tags=["task"] grade_id="app"
### BEGIN SOLUTION
app = None
### END SOLUTION
# %% tags=["test"] grade_id="test_routes" points=8 skills=["flask.routing"]
assert app is None
# %% tags=["test"] grade_id="test_methods" points=3 skills=["http.methods"] coverage=["S2"]
assert app is None
# %% [markdown] tags=["manual"] grade_id="why" points=1.5
# ### BEGIN SOLUTION
# Because.
# ### END SOLUTION
"""

LESSON = """\
---
title: Messages
minutes: 30
kernelspec:
  name: python3
  display_name: Python 3
---

# Messages

+++ {"question": "first-line"}

What stands first?

<details><summary>Answer</summary>

The method.

</details>

+++

The end.
"""


def ids(things) -> list[str]:
    return [getattr(thing, "name", thing.id) if hasattr(thing, "grade_id") else thing.id for thing in things]


@pytest.fixture
def texts(folder, replace, tmp_path, monkeypatch):
    """The small curriculum with an exercise and a lesson that are ready; returns where their texts are."""
    replace("modules/flask.yaml", "    coverage: [S2]\n    status: planned", "    coverage: [S2]\n    status: ready")
    replace("modules/web.yaml", "coverage: [S1, S3], status: planned", "coverage: [S1, S3], status: ready")
    exercise = tmp_path / "exercises/flask/mini-api/exercise.py"
    lesson = tmp_path / "notebooks/web/messages.md"
    for file, text in ((exercise, EXERCISE), (lesson, LESSON)):
        file.parent.mkdir(parents=True)
        file.write_text(text)
    monkeypatch.setattr(content, "_PACKAGE", tmp_path / "curriculum")
    return exercise, lesson


@pytest.fixture
def traced(texts, folder):
    return curriculum.load(folder)


def test_coverage_leads_to_skills_lessons_exercises_and_cells(traced):
    trace = traced.trace("S2")
    assert ids(trace.coverage) == ["S2"]
    assert ids(trace.skills) == ["http.methods", "flask.routing"]
    assert ids(trace.lessons) == ["flask/routing"]
    assert ids(trace.exercises) == ["flask/mini-api"]
    assert [(cell.name, cell.role, cell.points, cell.line) for cell in trace.cells] == [
        ("flask/mini-api:test_routes", "test", 8, 10),
        ("flask/mini-api:test_methods", "test", 3, 12),
        ("flask/mini-api:why", "manual", 1.5, 14),
    ]


def test_a_fact_leads_to_the_lessons_question(traced):
    trace = traced.trace("S3")
    assert [question.name for question in trace.questions] == ["web/messages:first-line"]
    assert trace.exercises == ()


def test_a_cell_leads_back(traced):
    trace = traced.trace("flask/mini-api:test_routes")
    assert ids(trace.skills) == ["flask.routing"]
    assert ids(trace.coverage) == ["S2"]
    assert ids(trace.lessons) == ["flask/routing"]
    assert [cell.name for cell in trace.cells] == ["flask/mini-api:test_routes"]


def test_a_question_leads_back(traced):
    trace = traced.trace("web/messages:first-line")
    assert ids(trace.coverage) == ["S1", "S3"]
    assert ids(trace.skills) == ["http.messages"]


def test_a_skill_leads_to_the_cells_that_assess_it(traced):
    trace = traced.trace("http.methods")
    assert ids(trace.lessons) == ["web/methods"]
    assert [cell.grade_id for cell in trace.cells] == ["test_methods", "why"]
    assert ids(trace.coverage) == ["S2"]


def test_a_lesson_and_an_exercise_of_one_id_are_traced_together(traced):
    trace = traced.trace("web/messages")
    assert ids(trace.lessons) == ids(trace.exercises) == ["web/messages"]
    assert trace.cells == ()  # the exercise is planned


def test_a_module_leads_to_all_its_parts(traced):
    trace = traced.trace("web")
    assert ids(trace.lessons) == ["web/messages", "web/methods"]
    assert ids(trace.coverage) == ["S1", "S3"]


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("S22", "S2"),
        ("flask/mini-apy", "flask/mini-api"),
        ("flask/mini-api:test_route", "flask/mini-api:test_routes"),
        ("web/messages:first", "web/messages:first-line"),
        ("flask/mini-apy:test_routes", "flask/mini-api"),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(traced, name, near):
    with pytest.raises(curriculum.UnknownNameError, match=f"'{name}'. Nearest: .*({near})"):
        traced.trace(name)


def test_a_trace_becomes_json(traced):
    assert b"test_routes" in msgspec.json.encode(traced.trace("S2"))


def test_coverage_is_ready_when_it_is_taught_and_assessed(texts, folder, replace):
    coverage = curriculum.load(folder).coverage()
    assert {name: covered.status for name, covered in coverage.items()} == {
        "S1": "planned",
        "S2": "planned",
        "S3": "ready",
    }
    assert ids(coverage["S1"].lessons) == ids(coverage["S1"].exercises) == ["web/messages"]
    replace("modules/flask.yaml", "coverage: [S2], status: planned}", "coverage: [S2], status: ready}")
    assert curriculum.load(folder).coverage()["S2"].status == "ready"


def problems_of(folder) -> list[str]:
    return [str(problem) for problem in curriculum.load(folder).source_problems()]


def test_data_and_texts_that_agree_are_no_problem(texts, folder):
    assert problems_of(folder) == []
    curriculum.load(folder).check_sources()


def test_what_is_called_ready_and_is_not_there_is_a_problem(texts, folder):
    texts[0].unlink()
    (problem,) = problems_of(folder)
    assert problem.startswith(f"{folder}/modules/flask.yaml:21: exercises[0].status: 'flask/mini-api' is called ready")
    assert "exercises/flask/mini-api/exercise.py" in problem
    with pytest.raises(curriculum.DataError, match="called ready"):
        curriculum.load(folder).check_sources()


def test_what_is_there_and_called_planned_is_a_problem(texts, folder, replace):
    replace("modules/web.yaml", "coverage: [S1, S3], status: ready", "coverage: [S1, S3], status: planned")
    (problem,) = problems_of(folder)
    assert problem.startswith(f"{texts[1]}: The lesson is there, but 'web/messages' is called planned")


def test_what_is_there_and_nowhere_named_is_a_problem(texts, folder):
    stray = texts[1].with_name("stray.md")
    stray.write_text(LESSON)
    (problem,) = problems_of(folder)
    assert problem.startswith(f"{stray}: The path has no lesson 'web/stray'")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("title: The mini API", "title: The API", "exercises[0].title: `title` of 'flask/mini-api' is 'The mini API'"),
        ("kind: http", "kind: function", "exercises[0].kind"),
        ("points=8", "points=9", "exercises[0].points: `points` of 'flask/mini-api' is 12.5, but 13.5"),
        ('coverage=["S2"]', 'coverage=["S1"]', "exercise.py:12: The cell `test_methods` assesses 'S1'"),
        ("seconds: 5", "seconds: fast", "exercise.py:2: The header is wrong"),
    ],
)
def test_an_exercise_that_says_otherwise_is_a_problem(texts, folder, old, new, says):
    text = texts[0].read_text()
    assert text.count(old) == 1
    texts[0].write_text(text.replace(old, new))
    (problem,) = problems_of(folder)
    assert says in problem


def test_a_skill_that_no_cell_assesses_is_a_problem(texts, folder):
    text = texts[0].read_text().replace('skills=["http.methods"]', 'skills=["flask.routing"]')
    texts[0].write_text(text.replace('grade_id="why"', 'grade_id="why" skills=["flask.routing"]'))
    (problem,) = problems_of(folder)
    assert "exercises[0].skills[1]: No cell of 'flask/mini-api' that gives marks assesses 'http.methods'" in problem


def test_a_lesson_that_says_otherwise_is_a_problem(texts, folder):
    texts[1].write_text(LESSON.replace("minutes: 30", "minutes: 31"))
    (problem,) = problems_of(folder)
    assert "lessons[0].minutes: `minutes` of 'web/messages' is 30, but 31" in problem


def test_a_fact_whose_lesson_asks_nothing_is_a_problem(texts, folder):
    texts[1].write_text(LESSON.replace('+++ {"question": "first-line"}', "+++"))
    (problem,) = problems_of(folder)
    assert "coverage.yaml:7: [2]: The fact 'S3' is taught by 'web/messages', which asks no question" in problem


def test_the_own_data_and_texts_agree(own):
    assert [str(problem) for problem in own.source_problems()] == []


def test_the_own_trace_is_whole_for_all_that_is_ready(own):
    for name, covered in own.coverage().items():
        trace = own.trace(name)
        assert trace.lessons == covered.lessons
        assert trace.exercises == covered.exercises
        assert trace.skills
        if covered.status == "ready":
            assert trace.cells or (covered.item.fact and trace.questions), name
        for cell in trace.cells:
            assert name in ids(own.trace(cell.name).coverage), cell.name
        for question in trace.questions:
            assert name in ids(own.trace(question.name).coverage), question.name


def test_every_own_cell_with_marks_assesses_something_that_is_taught(own):
    for exercise in own.exercises.values():
        if exercise.status == "ready":
            cells = own.trace(exercise.id).cells
            assert sum(cell.points for cell in cells) == exercise.points
            for cell in cells:
                trace = own.trace(cell.name)
                assert trace.skills, cell.name
                taught = {skill for lesson in trace.lessons for skill in lesson.skills}
                assert {skill.id for skill in trace.skills} <= taught, cell.name
