"""What a snapshot says beyond states: time spent, days, checks; and that a lesson's questions are read rightly."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum import content
from curriculum.build import read_lesson
from curriculum.progress import open_progress
from curriculum.progress.days import DAY_BEGINS, Calendar
from curriculum.progress.questions import questions_of


def work(learner, seconds=60, **wait):
    learner.memory.record_time("lesson", learner.lesson, seconds)
    learner.wait(**wait)


def test_minutes_are_those_of_today_and_of_this_week(learner):
    """The learner's clock stands at ten on a Monday, an hour ahead of UTC."""
    work(learner, 600, hours=-24)  # Monday; then back to Sunday
    work(learner, 300, hours=48)  # Sunday; then Tuesday
    work(learner, 90)
    activity = learner.snapshot().activity
    assert (activity.minutes_today, activity.minutes_this_week, activity.days_this_week) == (1.5, 11.5, 2)


def test_days_in_a_row_are_kept_until_a_day_is_over_without_anything(learner):
    for _ in range(4):
        learner.memory.record_opened("lesson", learner.lesson)
        learner.wait(days=1)
    assert learner.snapshot().activity.days_in_a_row == 4  # today is not over yet
    learner.wait(days=1)
    assert learner.snapshot().activity.days_in_a_row == 0
    learner.memory.record_opened("lesson", learner.lesson)
    assert learner.snapshot().activity.days_in_a_row == 1


def test_who_learns_past_midnight_is_still_in_the_day_before(learner):
    learner.now = datetime(2027, 3, 1, 22, 30, tzinfo=UTC)  # half past eleven in the evening
    work(learner, 120, hours=3)
    work(learner, 60)
    assert learner.snapshot().activity.minutes_today == 3
    learner.wait(hours=2)
    assert learner.snapshot().activity.minutes_today == 0


def test_the_latest_checks_come_first(learner, path):
    for _ in range(6):
        learner.fail()
    learner.check(exercise="flask/mini-api")
    checks = learner.snapshot().checks
    assert [check.passed for check in checks] == [True, False, False, False, False]
    assert checks[0].title == path.exercises["flask/mini-api"].title
    assert (checks[1].points, checks[1].max_points, checks[1].tests_passed, checks[1].tests) == (2, 3, 2, 3)
    assert checks[0].at == learner.now


def test_it_becomes_json_and_comes_back(learner):
    learner.memory.record_finished(learner.lesson)
    learner.fail()
    snapshot = learner.snapshot()
    assert msgspec.json.decode(msgspec.json.encode(snapshot), type=type(snapshot)) == snapshot


def test_what_the_path_has_no_longer_does_no_harm(learner):
    before = learner.snapshot()
    learner.memory.record_opened("lesson", "flask/was-here")
    learner.check(exercise="flask/was-here-too")
    after = learner.snapshot()
    assert after.lessons == before.lessons
    assert after.exercises == before.exercises
    assert after.checks[0].title == "flask/was-here-too"


@pytest.mark.parametrize(("hours", "minutes"), [(0, 0.0), (9, 1.0)])
def test_what_is_today_depends_on_the_zone(tmp_path, path, hours, minutes):
    at = datetime(2027, 3, 1, 2, 0, tzinfo=UTC)
    zone = timezone(timedelta(hours=hours))
    with open_progress(tmp_path, lambda: at, zone) as memory:
        memory.record_time("lesson", "flask/routing", 60)
    with open_progress(tmp_path, lambda: at + timedelta(hours=3), zone) as memory:
        assert memory.snapshot(path).activity.minutes_today == minutes


MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))


@settings(max_examples=50, deadline=None)
@given(
    st.lists(MOMENTS, max_size=20), st.sampled_from(["UTC", "Europe/Berlin", "America/Los_Angeles", "Asia/Kathmandu"])
)
def test_a_calendar_gives_the_local_date_of_four_hours_ago(moments, zone):
    """Asked in any order, over changes of the clock too."""
    calendar = Calendar(ZoneInfo(zone))
    for at in moments:
        local = at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        expected = local.date() if local.time() >= DAY_BEGINS else local.date() - timedelta(days=1)
        assert calendar.day(at) == expected


def test_without_a_zone_the_systems_is_taken():
    at = datetime(2027, 3, 1, 12, tzinfo=UTC)
    assert Calendar().day(at) == (at.astimezone() - timedelta(hours=4)).date()


@pytest.fixture(scope="module")
def ready_lessons(path):
    return [lesson for lesson in path.lessons.values() if lesson.status == "ready"]


def test_questions_are_those_that_the_built_lesson_has(ready_lessons):
    """The quick reading finds the same questions as the reading that builds the lesson."""
    for lesson in ready_lessons:
        cells = read_lesson(content.lesson_source(lesson.id)).notebook.cells
        built = {
            f"{lesson.id}:{cell.metadata['question']}": cell.source for cell in cells if "question" in cell.metadata
        }
        found = questions_of(lesson)
        assert [question.id for question in found] == list(built)
        for question in found:
            assert question.question
            assert question.answer
            assert question.question in built[question.id]
            assert question.answer in built[question.id]
            assert "details>" not in question.question + question.answer


def test_a_planned_lesson_has_no_questions_and_neither_has_one_whose_text_is_gone(
    path, ready_lessons, monkeypatch, tmp_path
):
    planned = next(lesson for lesson in path.lessons.values() if lesson.status == "planned")
    assert questions_of(planned) == ()
    monkeypatch.setattr(content, "notebooks_root", lambda: tmp_path)
    assert questions_of(ready_lessons[0]) == ()


def test_a_new_wording_keeps_the_questions_history(learner, path, monkeypatch, tmp_path):
    lesson = path.lessons[learner.lesson]
    learner.memory.record_finished(lesson.id)
    learner.wait(days=1)
    name = questions_of(lesson)[0].id
    back = learner.memory.answer(path, f"question:{name}", "easy")
    text = content.lesson_source(lesson.id).read_text(encoding="utf-8")
    changed = tmp_path / "notebooks" / f"{lesson.id}.md"
    changed.parent.mkdir(parents=True)
    changed.write_text(text.replace(questions_of(lesson)[0].question, "**Asked in new words?**"), encoding="utf-8")
    monkeypatch.setattr(content, "notebooks_root", lambda: tmp_path / "notebooks")
    learner.wait(days=(back - learner.memory.today()).days)
    (card,) = [card for card in learner.memory.due_cards(path, None) if card.id == f"question:{name}"]
    assert (card.question, card.reviews) == ("**Asked in new words?**", 1)
