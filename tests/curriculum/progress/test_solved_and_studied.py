"""How far one is with a lesson, an exercise, a module: the rules of docs/progress.md."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.progress.history import History


def test_nothing_is_begun_at_the_beginning(learner):
    snapshot = learner.snapshot()
    assert not snapshot.begun
    assert {part.state for part in snapshot.lessons.values()} == {"new", "planned"}
    assert snapshot.exercises[learner.exercise].latest_points is None


def test_a_check_with_all_points_solves_an_exercise(learner):
    learner.fail()
    assert learner.state == "in-progress"
    learner.check()
    assert learner.state == "solved"


def test_it_stays_solved_whatever_comes_later(learner):
    learner.check()
    learner.memory.record_solution(learner.exercise)
    learner.memory.record_reset(learner.exercise)
    learner.fail()
    assert learner.state == "solved"
    standing = learner.snapshot().exercises[learner.exercise]
    assert (standing.best_points, standing.latest_points, standing.tests_passed, standing.tests) == (3, 2, 2, 3)


def test_tests_that_a_person_marks_dont_stand_in_the_way(learner):
    learner.memory.record_check(learner.exercise, learner.result(True, True))
    graded = learner.result(True, True)
    by_hand = type(graded.cells[0])("essay", 0.0, 6.0, "needs grading")
    learner.memory.record_check(learner.exercise, type(graded)("notebook", (*graded.cells, by_hand), 0.1))
    standing = learner.snapshot().exercises[learner.exercise]
    assert (standing.state, standing.latest_points, standing.latest_max_points) == ("solved", 2, 2)


def test_a_notebook_that_could_not_be_graded_solves_nothing(learner):
    graded = learner.result(True)
    learner.memory.record_check(learner.exercise, type(graded)("notebook", graded.cells, 0.1, "It took too long."))
    learner.memory.record_check(learner.exercise, type(graded)("notebook", (), 0.1))
    assert learner.state == "in-progress"
    assert [check.problem for check in learner.snapshot().checks] == ["", "It took too long."]


def test_a_test_may_take_points_off(learner):
    graded = learner.result(True, True)
    off = type(graded.cells[0])("test_off", -1.0, 1.0, "failed")
    learner.memory.record_check(learner.exercise, type(graded)("notebook", (*graded.cells, off), 0.1))
    standing = learner.snapshot().exercises[learner.exercise]
    assert (standing.state, standing.latest_points, standing.latest_max_points) == ("in-progress", 1, 3)


def test_with_the_solution_seen_it_is_studied_and_copying_doesnt_solve_it(learner):
    learner.fail()
    learner.memory.record_solution(learner.exercise)
    assert learner.state == "studied"
    learner.check()
    learner.wait(days=3)
    learner.check()  # what was copied three days ago is still in the notebook
    assert learner.state == "studied"


@pytest.mark.parametrize(("hours", "state"), [(23.9, "studied"), (24, "solved")])
def test_a_fresh_retry_a_day_later_solves_it(learner, hours, state):
    learner.memory.record_solution(learner.exercise)
    learner.memory.record_reset(learner.exercise)
    learner.wait(hours=hours, minutes=-1)
    learner.check()
    assert learner.state == state


def test_the_day_is_counted_from_the_last_look(learner):
    learner.memory.record_solution(learner.exercise)
    learner.wait(hours=20)
    learner.memory.record_solution(learner.exercise)
    learner.memory.record_reset(learner.exercise)
    learner.wait(hours=20)
    learner.check()
    assert learner.state == "studied"


def test_who_saw_one_tasks_solution_resets_that_task(learner):
    learner.memory.record_solution(learner.exercise, "read")
    learner.wait(hours=25)
    learner.memory.record_reset(learner.exercise, "write")
    learner.check()
    assert learner.state == "studied"
    learner.memory.record_reset(learner.exercise, "read")
    learner.check()
    assert learner.state == "solved"


def test_a_whole_solution_needs_a_whole_reset(learner):
    learner.memory.record_solution(learner.exercise)
    learner.memory.record_reset(learner.exercise, "read")
    learner.wait(hours=25)
    learner.check()
    assert learner.state == "studied"


def test_a_lesson_is_studied_when_the_learner_says_so(learner):
    learner.memory.record_opened("lesson", learner.lesson)
    assert learner.snapshot().lessons[learner.lesson].state == "in-progress"
    learner.memory.record_finished(learner.lesson)
    assert learner.snapshot().lessons[learner.lesson].state == "studied"


def test_a_lesson_is_studied_after_half_of_its_time(learner, path):
    minutes = path.lessons[learner.lesson].minutes
    for number in range(minutes):
        standing = learner.snapshot().lessons[learner.lesson]
        assert standing.state == ("new" if not number else "in-progress" if number < minutes / 2 else "studied")
        learner.memory.record_time("lesson", learner.lesson, 60)
        learner.wait(seconds=60)


def test_a_lesson_and_an_exercise_of_one_id_are_two_things(learner):
    learner.memory.record_opened("lesson", "python/data-structures")
    snapshot = learner.snapshot()
    assert snapshot.lessons["python/data-structures"].state == "in-progress"
    assert snapshot.exercises["python/data-structures"].state == "new"


def test_a_module_sums_up_what_is_in_it(learner, path):
    module = path.modules["php"]
    assert all(part.status == "ready" for part in module.parts)
    for lesson in module.lessons:
        learner.memory.record_finished(lesson.id)
    standing = learner.snapshot().modules["php"]
    assert (standing.state, standing.done, standing.ready) == ("in-progress", len(module.lessons), len(module.parts))
    first, *others = module.exercises
    for exercise in others:
        learner.check(exercise=exercise.id)
    learner.memory.record_solution(first.id)
    assert learner.snapshot().modules["php"].state == "studied"
    learner.memory.record_reset(first.id)
    learner.wait(hours=25)
    learner.check(exercise=first.id)
    standing = learner.snapshot().modules["php"]
    assert (standing.state, standing.done) == ("solved", len(module.parts))
    assert standing.best_points == 3 * len(module.exercises)


def test_what_is_not_written_yet_is_planned(learner, path):
    planned = next(module for module in path.modules.values() if all(p.status == "planned" for p in module.parts))
    standing = learner.snapshot().modules[planned.id]
    assert (standing.state, standing.ready, standing.planned) == ("planned", 0, len(planned.parts))


def test_the_solution_is_offered_after_an_honest_try(learner):
    learner.check(False, False, False, changed=False)  # the notebook as it came
    assert not learner.snapshot().exercises[learner.exercise].solution_offered
    learner.fail()
    assert learner.snapshot().exercises[learner.exercise].solution_offered


def test_the_solution_is_offered_after_three_hint_steps(learner):
    for step in (1, 2, 3):
        assert not learner.snapshot().exercises[learner.exercise].solution_offered
        learner.memory.record_hint(learner.exercise, "read", "id-type", step)
    standing = learner.snapshot().exercises[learner.exercise]
    assert (standing.solution_offered, standing.hints, standing.solution_seen) == (True, 3, None)


@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_an_exercise_never_goes_back_to_an_earlier_state(logs, data):
    order = ["in-progress", "studied", "solved"]
    history = History({})
    before = 0
    for event in data.draw(logs):
        history.take(event)
        for past in history.exercises.values():
            state = "solved" if past.solved_at else "studied" if past.studied_at else "in-progress"
            assert order.index(state) >= before
            before = order.index(state)
