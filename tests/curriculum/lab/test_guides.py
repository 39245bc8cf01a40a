"""What a learner sees of an exercise before a check: tasks with their tests, answers, hints and the solution."""

from __future__ import annotations

import pytest

from curriculum import content
from curriculum.build import read_exercise
from curriculum.lab.guide import guide_to, hint_steps, visible_lines
from curriculum.lab.solutions import solutions_of

ALL = sorted(
    path.parent.relative_to(content.exercises_root()).as_posix()
    for path in content.exercises_root().glob("*/*/exercise.py")
)


@pytest.fixture(scope="module")
def mini_api():
    return read_exercise(content.exercise_source("flask/mini-api"))


@pytest.mark.parametrize("name", ALL)
def test_every_test_of_an_exercise_stands_under_a_task_and_leads_to_hints_that_there_are(name):
    source = read_exercise(content.exercise_source(name))
    guide = guide_to(source)
    graded = [cell.grade_id for cell in source.cells if cell.role in ("test", "manual")]
    assert sorted(test.id for test in guide.tests) == sorted(graded)
    assert [task.number for task in guide.tasks] == list(range(1, len(guide.tasks) + 1))
    assert all(task.title != source.header.title for task in guide.tasks)
    steps = hint_steps(source)
    assert all(key in steps for test in guide.tests for key in test.hints)
    assert all(test.hints for test in guide.tests if not test.by_hand)
    answers = {answer.id for answer in guide.answers}
    assert all(test.answer in answers for test in guide.tests)


def test_tests_that_stand_behind_a_common_answer_belong_to_the_task_that_their_heading_names(mini_api):
    guide = guide_to(mini_api)
    assert [(task.number, task.title) for task in guide.tasks][1:3] == [(2, "add and read"), (3, "list")]
    assert [test.id for test in guide.tasks[2].tests] == ["test_filter", "test_pages"]
    assert [answer.title for answer in guide.answers] == ["Task 1: check what came in", "Tasks 2 to 5"]


def test_hints_for_particular_answers_are_found_too(exercise):
    keys = guide_to(exercise.source).test("test_units_sold").hints
    assert len(keys) > 1
    assert len(set(keys)) == len(keys)


def test_what_is_hidden_is_not_among_the_visible_lines(mini_api):
    lines = visible_lines(mini_api, "test_check_device")
    assert any("robot" in line for line in lines)
    assert not any("HIDDEN" in line or "only-booleans" in line for line in lines)


def test_the_solution_comes_without_marks_and_with_what_speaks_for_it(mini_api):
    first, second = solutions_of(mini_api, guide_to(mini_api))
    assert first.text.startswith("KINDS =")
    assert "SOLUTION" not in first.text + second.text
    assert "a primary key never gives an id twice" in second.avoids
    assert [other.note for other in first.others] == ["check_device with a loop over rules, in place of a chain of ifs"]
