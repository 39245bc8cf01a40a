"""Mastery of a skill rises with what one shows, falls with time, and never pays for help."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.progress.events import Checked, Event, HintAsked, Reviewed, TestResult
from curriculum.progress.history import History
from curriculum.progress.mastery import mastery
from curriculum.progress.memory import Memory
from curriculum.progress.questions import all_questions, questions_of

SKILL = "flask.routing"
GRADES = ["again", "hard", "good", "easy"]
LATER = "ffffffff-ffff-4fff-bfff-ffffffffffff"


@pytest.fixture
def value(learner):
    """Gives how well the learner masters the skill of the lesson and the exercise."""
    return lambda: learner.snapshot().mastery[SKILL]


def folded(events, path):
    history = History({lesson.id: lesson.minutes for lesson in path.lessons.values()})
    for event in events:
        history.take(event)
    return history


def values(history, path, day):
    return list(mastery(path, history, day, all_questions(path)).values())


def and_then(events, about, what):
    """Return a log with one more event, an hour after the last."""
    at = events[-1].at + timedelta(hours=1)
    return [*events, Event(id=LATER, at=at, about=about, what=what)]


def at_most(some, others):
    return all(a <= b + 1e-9 for a, b in zip(some, others, strict=True))


def test_the_skill_is_taught_and_assessed_by_what_these_tests_use(learner, path):
    assert SKILL in path.lessons[learner.lesson].skills
    assert SKILL in path.exercises[learner.exercise].skills


def test_it_begins_at_nothing_and_a_lesson_read_is_a_beginning(learner, value):
    assert set(learner.snapshot().mastery.values()) == {0.0}
    learner.memory.record_opened("lesson", learner.lesson)
    assert value() == 0
    learner.memory.record_time("lesson", learner.lesson, 300)
    some = value()
    learner.memory.record_finished(learner.lesson)
    assert 0 < some < value() < 0.2


def test_all_that_is_ready_solved_and_remembered_is_whole_mastery(learner, path):
    for lesson in path.lessons.values():
        if lesson.status == "ready":
            learner.memory.record_finished(lesson.id)
    learner.wait(days=1)
    for card in learner.memory.due_cards(path, None):
        learner.memory.answer(path, card.id, "easy")
    for exercise in path.exercises.values():
        if exercise.status == "ready":
            learner.check(exercise=exercise.id)
    ready = {skill for part in path.parts if part.status == "ready" for skill in part.skills}
    snapshot = learner.snapshot()
    assert all(snapshot.mastery[skill] == pytest.approx(1) for skill in ready)
    assert all(snapshot.mastery[skill] == 0 for skill in path.skills if skill not in ready)
    assert snapshot.modules["flask"].mastery == pytest.approx(1)


def test_a_first_try_counts_more_than_a_second_and_that_more_than_one_with_hints(fresh):
    found = []
    for fails, hints, solution in ((0, 0, False), (1, 0, False), (1, 3, False), (1, 3, True)):
        learner = fresh()
        for _ in range(fails):
            learner.fail()
        for step in range(hints):
            learner.memory.record_hint(learner.exercise, "read", "id-type", step + 1)
        if solution:
            learner.memory.record_solution(learner.exercise)
        learner.check()
        found.append(learner.snapshot().mastery[SKILL])
    assert found == sorted(found, reverse=True)
    assert len(set(found)) == 4


def test_to_check_what_one_began_with_costs_nothing(fresh):
    curious, other = fresh(), fresh()
    curious.check(False, False, False, changed=False)
    for learner in (curious, other):
        learner.check()
    assert curious.snapshot().mastery[SKILL] == other.snapshot().mastery[SKILL]
    assert curious.snapshot().exercises[learner.exercise].due == other.snapshot().exercises[learner.exercise].due


def test_a_fresh_retry_earns_what_help_took(fresh):
    helped, alone = fresh(), fresh()
    helped.fail()
    helped.memory.record_solution(helped.exercise)
    helped.memory.record_reset(helped.exercise)
    helped.wait(days=2)
    for learner in (helped, alone):
        learner.check()
    assert helped.snapshot().mastery[SKILL] == pytest.approx(alone.snapshot().mastery[SKILL])


def test_it_fades_with_time_and_a_review_brings_it_back(learner, value):
    learner.memory.record_finished(learner.lesson)
    learner.wait(days=1)
    for card in learner.memory.due_cards(learner.path, None):
        learner.memory.answer(learner.path, card.id, "good")
    fresh = value()
    learner.wait(days=40)
    faded = value()
    assert faded < fresh
    for card in learner.memory.due_cards(learner.path, None):
        learner.memory.answer(learner.path, card.id, "good")
    assert value() == pytest.approx(fresh)


@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_it_is_always_between_nothing_and_all(logs, path, data):
    history = folded(data.draw(logs), path)
    assert all(0 <= value <= 1 for value in values(history, path, date(2027, 6, 1)))


@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_time_alone_never_raises_it(logs, path, data):
    history = folded(data.draw(logs), path)
    soon = date(2031, 1, 1)
    later = soon + timedelta(days=data.draw(st.integers(0, 1000)))
    assert at_most(values(history, path, later), values(history, path, soon))


@settings(max_examples=50, deadline=None)
@given(data=st.data(), passed=st.integers(0, 3))
def test_a_check_never_lowers_it_unless_it_fails_a_retry(logs, learner_exercise, path, data, passed):
    events = data.draw(logs.filter(bool))
    tests = tuple(
        TestResult(
            name=f"test_{n}", points=float(n < passed), max_points=1.0, status="passed" if n < passed else "failed"
        )
        for n in range(3)
    )
    after = and_then(events, learner_exercise, Checked(tests=tests))
    day = after[-1].at.date() + timedelta(days=1)
    before_check, after_check = folded(events, path), folded(after, path)
    past = before_check.exercises.get("flask/routes-and-json")
    if passed == 3 or past is None or not past.memory.reviews:
        assert at_most(values(before_check, path, day), values(after_check, path, day))


@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_asking_for_a_hint_never_raises_it(logs, learner_exercise, path, data):
    events = data.draw(logs.filter(bool))
    after = and_then(events, learner_exercise, HintAsked(task="read", hint="key", step=1))
    day = after[-1].at.date()
    assert at_most(values(folded(after, path), path, day), values(folded(events, path), path, day))


@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_a_better_answer_never_gives_less(logs, learner_question, path, data):
    events = data.draw(logs.filter(bool))
    day = events[-1].at.date() + timedelta(days=data.draw(st.integers(1, 400)))
    given_each = [
        values(folded(and_then(events, learner_question, Reviewed(rating=grade)), path), path, day) for grade in GRADES
    ]
    for worse, better in itertools.pairwise(given_each):
        assert at_most(worse, better)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 200), st.sampled_from(GRADES)), max_size=15), st.integers(0, 200))
def test_remembering_never_lowers_and_forgetting_never_raises_a_cards_strength(answers, pause):
    memory = Memory()
    day = date(2027, 1, 1)
    for wait, grade in answers:
        day += timedelta(days=wait)
        before = memory.strength(day)
        memory.review(day, grade)
        assert memory.strength(day) <= before if grade == "again" else memory.strength(day) >= before
        assert 0 <= memory.strength(day + timedelta(days=pause)) <= memory.strength(day) <= 1


@pytest.fixture(scope="module")
def learner_exercise():
    return "exercise:flask/routes-and-json"


@pytest.fixture(scope="module")
def learner_question(path):
    return f"question:{questions_of(path.lessons['flask/routing'])[0].id}"
