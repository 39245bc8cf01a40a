"""Questions and solved exercises come back before they are forgotten."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from curriculum.progress import ProgressError
from curriculum.progress.memory import Memory
from curriculum.progress.questions import questions_of

DAY = date(2027, 3, 1)
GRADES = ["again", "hard", "good", "easy"]


@pytest.fixture
def studied(learner, path):
    """A learner who has read the lesson; gives its questions."""
    learner.memory.record_finished(learner.lesson)
    return [f"question:{question.id}" for question in questions_of(path.lessons[learner.lesson])]


def due(learner, limit=None):
    return [card.id for card in learner.memory.due_cards(learner.path, limit)]


def test_a_lessons_questions_come_on_the_next_day(learner, studied):
    assert due(learner) == []
    learner.wait(hours=14)  # eleven in the evening
    assert due(learner) == []
    learner.wait(hours=5)  # four in the morning
    assert sorted(due(learner)) == sorted(studied)


def test_an_unread_lesson_asks_nothing(learner):
    learner.memory.record_opened("lesson", learner.lesson)
    learner.wait(days=30)
    assert due(learner) == []


def test_a_card_shows_the_question_and_the_answer_apart(learner, studied):
    learner.wait(days=1)
    (card,) = [card for card in learner.memory.due_cards(learner.path, None) if card.id.endswith("flask-url-for")]
    assert card.answer.startswith("The path stands in one place")
    assert "<details>" not in card.question + card.answer
    assert card.question.startswith("**")
    assert (card.kind, card.part, card.module, card.reviews, card.due) == (
        "question", learner.lesson, "flask", 0, DAY + timedelta(days=1),
    )  # fmt: skip


def test_five_minutes_hold_five_questions(learner, path):
    for lesson in ("flask/routing", "flask/request-to-response"):
        learner.memory.record_finished(lesson)
    learner.wait(days=1)
    assert len(due(learner, 5)) == 5
    assert len(due(learner, 2.5)) == 2
    assert set(due(learner, 5)) < set(due(learner))


def test_what_is_least_remembered_comes_first_and_what_is_new_last(learner, studied):
    learner.wait(days=1)
    first, second, *rest = studied
    learner.memory.answer(learner.path, first, "easy")
    learner.memory.answer(learner.path, second, "again")
    learner.wait(days=30)
    assert due(learner)[:2] == [second, first]
    assert sorted(due(learner)[2:]) == sorted(rest)


def test_an_answer_says_when_the_question_comes_back(learner, studied):
    learner.wait(days=1)
    card = studied[0]
    promised = learner.memory.would_be_due(learner.path, card)
    assert list(promised) == GRADES
    assert list(promised.values()) == sorted(promised.values())
    back = learner.memory.answer(learner.path, card, "good")
    assert back == promised["good"] > learner.memory.today()
    assert card not in due(learner)
    learner.wait(days=(back - learner.memory.today()).days)
    assert card in due(learner)


def test_the_forecast_counts_what_comes_due_each_day(learner, studied):
    forecast = learner.snapshot().reviews.forecast
    assert [day.day for day in forecast] == [DAY + timedelta(days=n) for n in range(7)]
    assert [day.cards for day in forecast] == [0, len(studied), 0, 0, 0, 0, 0]
    learner.wait(days=2)
    reviews = learner.snapshot().reviews
    assert (reviews.due, reviews.minutes, reviews.forecast[0].cards) == (len(studied),) * 3


@pytest.mark.parametrize("card", ["question:flask/routing:no-such", "exercise:flask/mini-api", "nonsense"])
def test_only_a_lessons_question_can_be_answered(learner, card):
    with pytest.raises(ProgressError, match=f"no question '{card}'"):
        learner.memory.answer(learner.path, card, "good")
    assert learner.memory.events() == []


def test_a_question_that_is_gone_keeps_its_history(learner, studied, path):
    from curriculum.progress.events import Reviewed, new_event

    learner.memory.add([new_event(learner.now, "question:flask/routing:was-here", Reviewed(rating="good"))])
    learner.wait(days=30)
    assert learner.snapshot().reviews.unasked == ("flask/routing:was-here",)
    assert "question:flask/routing:was-here" not in due(learner)
    assert len(learner.memory.events()) == 2


def test_intervals_grow_over_the_months_while_one_remembers(learner, studied):
    card = studied[0]
    learner.wait(days=1)
    gaps = []
    for _ in range(6):
        back = learner.memory.answer(learner.path, card, "good")
        gaps.append((back - learner.memory.today()).days)
        learner.wait(days=gaps[-1])
    assert gaps == sorted(gaps)
    assert sum(gaps) > 180
    learner.memory.answer(learner.path, card, "again")
    back = learner.memory.would_be_due(learner.path, card)["good"]
    assert (back - learner.memory.today()).days < gaps[-1]


def test_half_a_year_of_daily_reviews_stays_within_minutes_a_day(learner, path):
    """Who reads four lessons and answers what is due each day, mostly well, has little to do later on."""
    for name in (
        "flask/routing",
        "flask/request-to-response",
        "python/functions-and-errors",
        "php/http-services-in-php",
    ):
        learner.memory.record_finished(name)
    counts = []
    for day in range(180):
        learner.wait(days=1)
        today = due(learner)
        counts.append(len(today))
        for number, card in enumerate(today):
            learner.memory.answer(path, card, "again" if (number + day) % 8 == 0 else "good")
    assert max(counts[:3]) >= 10
    assert sum(counts[-60:]) / 60 < 2


def test_the_same_answers_give_the_same_dates_on_another_machine(learner, laptop, studied, path):
    learner.wait(days=1)
    for number, card in enumerate(studied * 3):
        learner.memory.answer(path, card, GRADES[number % 4])
        learner.wait(hours=7)
    events = learner.memory.events()
    laptop.now = learner.now
    for half in (events[1::2], events[::2]):
        laptop.memory.add(half)
        laptop.snapshot()
    assert laptop.memory.due_cards(path, None) == learner.memory.due_cards(path, None)
    assert laptop.snapshot() == learner.snapshot()


# Exercises


def exercises_due(learner):
    return learner.snapshot().reviews.exercises


def days_until_due(learner):
    """Let the days pass until the exercise is to be solved again, and give how many they were."""
    days = (learner.snapshot().exercises[learner.exercise].due - learner.memory.today()).days
    learner.wait(days=days - 1)
    assert learner.exercise not in exercises_due(learner)
    learner.wait(days=1)
    assert learner.exercise in exercises_due(learner)
    return days


def retry(learner, *, hint=False, fail=False):
    learner.memory.record_reset(learner.exercise)
    if hint:
        learner.memory.record_hint(learner.exercise, "read", "id-type", 1)
    if fail:
        learner.fail()
    learner.check()


def test_a_solved_exercise_comes_back_after_about_a_week(learner):
    learner.check()
    assert exercises_due(learner) == ()
    assert 5 <= days_until_due(learner) <= 10
    assert learner.memory.due_cards(learner.path, 5) == []
    assert [card.kind for card in learner.memory.due_cards(learner.path, None)] == ["exercise"]


def test_an_exercise_solved_with_help_comes_back_sooner(learner):
    learner.memory.record_hint(learner.exercise, "read", "id-type", 1)
    learner.check()
    helped = days_until_due(learner)
    assert helped < 8
    retry(learner)
    assert days_until_due(learner) > helped


def test_an_exercise_whose_solution_was_seen_comes_back_the_next_day(learner):
    learner.fail()
    learner.memory.record_solution(learner.exercise)
    learner.check()
    assert days_until_due(learner) == 1


def test_a_retry_is_rated_by_its_first_check_and_by_help(fresh):
    waits = {}
    for name, how in {"good": {}, "hint": {"hint": True}, "failed": {"fail": True}}.items():
        other = fresh()
        other.check()
        other.wait(days=days_until_due(other))
        retry(other, **how)
        waits[name] = days_until_due(other)
    assert waits["good"] > waits["hint"] > waits["failed"]


def test_checking_what_is_solved_once_more_is_no_review(learner):
    learner.check()
    days = days_until_due(learner)
    learner.check()  # the answer stood there
    assert learner.exercise in exercises_due(learner)
    retry(learner)
    assert learner.exercise not in exercises_due(learner)
    assert days_until_due(learner) > days


def test_looking_at_the_solution_after_solving_changes_nothing(learner):
    learner.check()
    learner.memory.record_solution(learner.exercise)
    assert days_until_due(learner) > 3


def test_a_retry_right_after_a_look_at_the_solution_is_no_review(learner):
    learner.check()
    days = days_until_due(learner)
    learner.memory.record_solution(learner.exercise)
    retry(learner)
    assert learner.exercise in exercises_due(learner)
    assert learner.state == "solved"
    learner.wait(days=1)
    retry(learner)
    assert days_until_due(learner) > days


# The schedule itself


def test_a_better_answer_is_never_due_earlier():
    memory = Memory()
    day = DAY
    for grade in ("good", "hard", "again", "good", "easy", "good"):
        promised = [memory.due_after(day, rating) for rating in GRADES]
        assert promised == sorted(promised)
        assert promised[0] > day
        memory.review(day, grade)
        assert memory.due == promised[GRADES.index(grade)]
        day = memory.due


def test_what_was_never_answered_is_not_remembered():
    memory = Memory()
    assert (memory.due, memory.retrievability(DAY), memory.strength(DAY)) == (None, 0, 0)
