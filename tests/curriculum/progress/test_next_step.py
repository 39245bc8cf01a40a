"""What to do next: what was begun, else the first unfinished in path order whose prerequisites are there."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from curriculum.progress import next_step, open_progress
from curriculum.progress.nextstep import MASTERED, THERE


@pytest.fixture(scope="module")
def ready(path):
    """What one can learn with, in path order."""
    return [part for part in path.steps() if part.status == "ready"]


def finish(learner, part):
    if part.kind_name == "lesson":
        learner.memory.record_finished(part.id)
    else:
        learner.check(exercise=part.id)


def test_the_path_begins_at_its_first_ready_lesson(learner, ready):
    step = learner.snapshot().next
    assert (step.kind, step.id, step.title) == ("lesson", ready[0].id, ready[0].title)
    assert step.reason == "The path begins here."


def test_step_by_step_it_leads_through_all_that_is_ready(learner, ready):
    for part in ready:
        step = learner.snapshot().next
        assert (step.kind, step.id) == (part.kind_name, part.id)
        assert step.module == part.id.partition("/")[0]
        finish(learner, part)
    assert learner.snapshot().next is None


def test_what_was_begun_last_is_finished_first(learner, ready):
    first, second, *_ = ready
    finish(learner, first)
    learner.memory.record_time(second.kind_name, second.id, 61)
    later = next(p for p in ready[3:] if p.kind_name == "lesson" and not _needs(learner.path, p) - set(first.skills))
    learner.wait(minutes=5)
    learner.memory.record_time("lesson", later.id, 61)
    step = learner.snapshot().next
    assert (step.kind, step.id, step.reason) == ("lesson", later.id, "You have begun it.")
    learner.wait(minutes=5)
    learner.memory.record_time(second.kind_name, second.id, 5)
    step = learner.snapshot().next
    assert (step.kind, step.id) == (second.kind_name, second.id)


def test_to_look_into_a_lesson_is_not_to_begin_it(learner, ready):
    learner.memory.record_opened("lesson", "php/php-for-python-people")
    learner.memory.record_time("lesson", "php/php-for-python-people", 40)
    assert learner.snapshot().next.id == ready[0].id


def test_a_lesson_whose_skills_are_shown_already_is_passed_over(learner, ready, path):
    snapshot = learner.snapshot()
    known = {skill for skill in path.skills if skill in ready[0].skills}
    told = replace(snapshot, mastery={skill: MASTERED if skill in known else 0.0 for skill in path.skills})
    assert next_step(path, told).kind == "exercise"
    told = replace(snapshot, mastery={skill: MASTERED - 0.01 if skill in known else 0.0 for skill in path.skills})
    step = next_step(path, told)
    assert (step.kind, step.id) == ("lesson", ready[0].id)


def test_when_only_what_is_known_is_left_that_is_next(learner, ready, path):
    told = replace(learner.snapshot(), mastery=dict.fromkeys(path.skills, 1.0))
    exercises = {name: replace(standing, state="solved") for name, standing in told.exercises.items()}
    step = next_step(path, replace(told, exercises=exercises))
    assert step.id == next(part.id for part in ready if part.kind_name == "lesson")
    assert "know most of it" in step.reason


def test_what_it_builds_on_and_is_shaky_is_named(learner, ready, path):
    for part in ready:
        step = learner.snapshot().next
        if step.kind == "lesson" and step.shaky:
            break
        finish(learner, part) if part.kind_name == "lesson" else learner.memory.record_solution(part.id)
    mastery = learner.snapshot().mastery
    assert step.shaky
    assert set(step.shaky) <= _needs(path, path.lessons[step.id])
    assert all(0 < mastery[skill] < THERE for skill in step.shaky)


def test_due_reviews_dont_take_the_next_steps_place(learner, ready):
    finish(learner, ready[0])
    learner.wait(days=3)
    snapshot = learner.snapshot()
    assert snapshot.reviews.due
    assert snapshot.next.id == ready[1].id


@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_its_prerequisites_are_always_there(tmp_path_factory, path, ready, data):
    """Whoever did whatever: the next step builds on nothing that was neither read nor shown."""
    did = data.draw(st.lists(st.sampled_from(ready), unique=True))
    with open_progress(tmp_path_factory.mktemp("workspace")) as memory:
        for part in did:
            if part.kind_name == "lesson":
                memory.record_finished(part.id)
            else:
                memory.record_solution(part.id)
        snapshot = memory.snapshot(path)
    if len(did) == len(ready):
        assert snapshot.next is None
        return
    step = snapshot.next
    part = path.lessons[step.id] if step.kind == "lesson" else path.exercises[step.id]
    assert part not in did
    needs = set(part.skills) if step.kind == "exercise" else _needs(path, part)
    taught = {skill for one in ready if one.kind_name == "lesson" for skill in one.skills}
    read = {skill for one in did if one.kind_name == "lesson" for skill in one.skills}
    assert all(skill in read or skill not in taught or snapshot.mastery[skill] >= THERE for skill in needs)


def _needs(path, lesson):
    return {need for skill in lesson.skills for need in path.skills[skill].prerequisites} - set(lesson.skills)
