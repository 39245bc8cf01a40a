"""Dated plans: within the hours, with reviews, and some time left over."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

import curriculum

MONDAY = date(2027, 1, 4)


@pytest.fixture
def plan(own):
    return own.plan(hours_per_week=6, start=MONDAY)


def tasks_of(plan):
    return [(session.day, task) for session in plan.sessions for task in session.tasks]


def test_a_small_path_is_planned_to_the_day(small):
    plan = small.plan(hours_per_week=2, start=MONDAY, slack=0)
    assert [(day.isoformat(), task.kind, task.id, task.minutes, task.left) for day, task in tasks_of(plan)] == [
        ("2027-01-04", "lesson", "web/messages", 30, 0),
        ("2027-01-04", "exercise", "web/messages", 40, 0),
        ("2027-01-04", "lesson", "web/methods", 20, 0),
        ("2027-01-04", "lesson", "flask/routing", 25, 0),
        ("2027-01-11", "review", "web/messages", 3, 0),
        ("2027-01-11", "review", "web/methods", 2, 0),
        ("2027-01-11", "review", "flask/routing", 2, 0),
        ("2027-01-11", "exercise", "flask/mini-api", 60, 0),
        ("2027-01-25", "review", "web/messages", 3, 0),
        ("2027-01-25", "review", "web/methods", 2, 0),
        ("2027-01-25", "review", "flask/routing", 2, 0),
        ("2027-02-22", "review", "web/messages", 3, 0),
        ("2027-02-22", "review", "web/methods", 2, 0),
        ("2027-02-22", "review", "flask/routing", 2, 0),
    ]
    assert [week.number for week in plan.weeks] == [1, 2, 4, 8]
    assert plan.end == date(2027, 2, 22)
    assert plan.minutes == 175 + 3 * 7


def test_everything_is_done_in_the_order_of_the_steps(own, plan):
    done = [(task.kind, task.id) for _, task in tasks_of(plan) if task.kind != "review" and not task.left]
    assert done == [("lesson" if isinstance(p, curriculum.Lesson) else "exercise", p.id) for p in own.steps()]


def test_no_week_takes_more_than_its_hours_and_most_keep_the_slack(plan):
    assert all(week.minutes <= 360 for week in plan.weeks)
    assert sum(week.minutes for week in plan.weeks) <= len(plan.weeks) * 360 * 0.9


def test_sessions_are_of_two_hours_at_most_and_spread_over_the_week(plan):
    assert all(session.minutes <= 120 + 14 for session in plan.sessions)
    assert [session.day - plan.start for session in plan.weeks[0].sessions] == [timedelta(d) for d in (0, 2, 4)]


def test_each_lesson_is_reviewed_three_times_at_growing_intervals(own, plan):
    learned = {task.id: day for day, task in tasks_of(plan) if task.kind == "lesson" and not task.left}
    reviews: dict[str, list[date]] = {}
    for day, task in tasks_of(plan):
        if task.kind == "review":
            reviews.setdefault(task.id, []).append(day)
    assert set(reviews) == set(own.lessons)
    for lesson, days in reviews.items():
        after = [(day - learned[lesson]).days for day in days]
        assert len(after) == 3
        assert all(due <= real <= due + 14 for due, real in zip((7, 21, 49), after, strict=True)), (lesson, after)


def test_nobody_goes_on_with_something_for_a_few_minutes(plan):
    begun = [task.left for _, task in tasks_of(plan) if task.left]
    assert all(left >= 15 for left in begun)


def test_a_goal_and_what_is_known_shorten_the_plan(own, plan):
    shorter = own.plan(hours_per_week=6, start=MONDAY, goal="flask", known="python")
    assert shorter.minutes < plan.minutes / 3
    assert not [task for _, task in tasks_of(shorter) if task.id.startswith(("python/", "mongodb/"))]


def test_only_what_is_ready_is_planned_when_so_asked(folder, replace):
    replace("modules/flask.yaml", "coverage: [S2], status: planned}", "coverage: [S2], status: ready}")
    plan = curriculum.load(folder).plan(hours_per_week=2, start=MONDAY, only_ready=True)
    assert {task.id for _, task in tasks_of(plan)} == {"flask/routing"}
    assert {task.status for _, task in tasks_of(plan)} == {"ready"}


def test_what_is_planned_is_said_to_be(small):
    assert {task.status for _, task in tasks_of(small.plan(hours_per_week=2, start=MONDAY))} == {"planned"}


def test_a_long_exercise_goes_on_over_several_sessions(folder, replace):
    replace("modules/flask.yaml", "minutes: 60", "minutes: 300")
    plan = curriculum.load(folder).plan(hours_per_week=2, start=MONDAY, goal="flask", known="web", slack=0)
    parts = [(task.minutes, task.left) for _, task in tasks_of(plan) if task.kind == "exercise"]
    assert sum(minutes for minutes, _ in parts) == 300
    assert [left for _, left in parts] == [205, 87, 0]


def test_a_goal_that_is_known_needs_no_plan(small):
    plan = small.plan(hours_per_week=2, start=MONDAY, goal="web", known="flask")
    assert plan.weeks == ()
    assert (plan.minutes, plan.end) == (0, MONDAY)


def test_a_moment_is_taken_as_its_day(small):
    assert small.plan(hours_per_week=2, start=datetime(2027, 1, 4, 12)).weeks[0].start == MONDAY


@pytest.mark.parametrize("hours", [0, 0.4, -3, 101, float("nan"), float("inf")])
def test_impossible_hours_are_refused(small, hours):
    with pytest.raises(curriculum.PlanError, match=r"hours a week: give 0\.5 to 100"):
        small.plan(hours_per_week=hours, start=MONDAY)


@pytest.mark.parametrize("slack", [-0.1, 0.6, 1, float("nan")])
def test_impossible_slack_is_refused(small, slack):
    with pytest.raises(curriculum.PlanError, match=r"from 0 to 0\.5"):
        small.plan(hours_per_week=2, start=MONDAY, slack=slack)


def test_a_plan_beyond_the_calendar_is_refused(small):
    with pytest.raises(curriculum.PlanError, match="beyond the year 9999"):
        small.plan(hours_per_week=1, start=date(9999, 12, 1))
