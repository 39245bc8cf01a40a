"""A snapshot worked out from what happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

import msgspec

from curriculum.model import Exercise, Lesson, Module, Path
from curriculum.progress.cards import cards, unasked
from curriculum.progress.history import ExerciseHistory, History, LessonHistory, Score
from curriculum.progress.mastery import mastery
from curriculum.progress.nextstep import next_step
from curriculum.progress.questions import Asked, Question, all_questions
from curriculum.progress.snapshot import (
    Activity,
    CheckSummary,
    DueDay,
    ExerciseProgress,
    LessonProgress,
    ModuleProgress,
    Reviews,
    Snapshot,
    State,
)

FORECAST_DAYS = 7
LATEST_CHECKS = 5

_DONE = ("studied", "solved")


def take_snapshot(path: Path, history: History, now: datetime) -> Snapshot:
    """Return where the learner stands.

    Args:
        path: the path.
        history: what happened.
        now: the present time.
    """
    today = history.calendar.day(now)
    asked = all_questions(path)
    skills = mastery(path, history, today, asked)
    lessons = {lesson.id: _lesson(path, history, lesson, asked.get(lesson.id, ())) for lesson in path.lessons.values()}
    exercises = {exercise.id: _exercise(path, history, exercise) for exercise in path.exercises.values()}
    snapshot = Snapshot(
        at=now,
        modules={module.id: _module(module, lessons, exercises, skills) for module in path.modules.values()},
        lessons=lessons,
        exercises=exercises,
        mastery=skills,
        next=None,
        reviews=_reviews(path, history, today, asked),
        activity=_activity(history.seconds, today),
        checks=tuple(_summary(path, check) for check in reversed(history.checks[-LATEST_CHECKS:])),
        begun=bool(history.seconds),
    )
    return msgspec.structs.replace(snapshot, next=next_step(path, snapshot))


def _lesson(path: Path, history: History, lesson: Lesson, questions: Sequence[Question]) -> LessonProgress:
    past = history.lessons.get(lesson.id) or LessonHistory(lesson.minutes)
    return LessonProgress(
        id=lesson.id,
        module=path.module_of(lesson.id).id,
        title=lesson.title,
        minutes=lesson.minutes,
        state=_state(lesson.status == "ready", begun=past.first, studied=past.studied_at),
        seconds=past.seconds,
        questions=len(questions),
        answered=sum(question.id in history.questions for question in questions),
        first=past.first,
        last=past.last,
    )


def _exercise(path: Path, history: History, exercise: Exercise) -> ExerciseProgress:
    past = history.exercises.get(exercise.id) or ExerciseHistory(exercise.id, history.calendar)
    latest = past.checks[-1] if past.checks else None
    return ExerciseProgress(
        id=exercise.id,
        module=path.module_of(exercise.id).id,
        title=exercise.title,
        minutes=exercise.minutes,
        points=exercise.points,
        state=_state(exercise.status == "ready", begun=past.first, studied=past.studied_at, solved=past.solved_at),
        seconds=past.seconds,
        checks=len(past.checks),
        best_points=past.best_points,
        latest_points=latest.points if latest else None,
        latest_max_points=latest.max_points if latest else 0.0,
        tests_passed=latest.passed if latest else 0,
        tests=latest.tests if latest else 0,
        hints=past.hints,
        solution_offered=past.solution_offered,
        solution_seen=past.solution_at,
        submitted=past.submitted_at,
        solved=past.solved_at,
        due=past.memory.due,
        first=past.first,
        last=past.last,
    )


def _state(
    ready: bool, *, begun: datetime | None, studied: datetime | None = None, solved: datetime | None = None
) -> State:
    if not ready:
        return "planned"
    if solved:
        return "solved"
    if studied:
        return "studied"
    return "in-progress" if begun else "new"


def _module(
    module: Module,
    lessons: Mapping[str, LessonProgress],
    exercises: Mapping[str, ExerciseProgress],
    skills: Mapping[str, float],
) -> ModuleProgress:
    read = [lessons[lesson.id] for lesson in module.lessons]
    tried = [exercises[exercise.id] for exercise in module.exercises]
    parts: list[LessonProgress | ExerciseProgress] = [*read, *tried]
    ready = [part for part in parts if part.state != "planned"]
    reached = {skill for part in module.parts if part.status == "ready" for skill in part.skills} & {
        skill.id for skill in module.skills
    }
    return ModuleProgress(
        id=module.id,
        title=module.title,
        state=_module_state([part.state for part in ready], [part.state for part in tried if part.state != "planned"]),
        ready=len(ready),
        planned=len(parts) - len(ready),
        done=sum(part.state in _DONE for part in ready),
        best_points=sum(part.best_points for part in tried),
        points=sum(part.points for part in tried if part.state != "planned"),
        seconds=sum(part.seconds for part in parts),
        mastery=sum(skills[skill] for skill in reached) / len(reached) if reached else 0.0,
    )


def _module_state(ready: Sequence[State], exercises: Sequence[State]) -> State:
    if not ready:
        return "planned"
    if all(state in _DONE for state in ready):
        return "solved" if exercises and all(state == "solved" for state in exercises) else "studied"
    return "new" if all(state == "new" for state in ready) else "in-progress"


def _reviews(path: Path, history: History, today: date, asked: Asked) -> Reviews:
    days = [today + timedelta(days=number) for number in range(FORECAST_DAYS)]
    counts = dict.fromkeys(days, 0)
    due = 0
    minutes = 0.0
    exercises = []
    for card in cards(path, history, today, asked):
        if card.kind == "exercise":
            if card.due <= today:
                exercises.append(card.part)
            continue
        if card.due <= today:
            due += 1
            minutes += card.minutes
        day = max(today, card.due)
        if day in counts:
            counts[day] += 1
    return Reviews(
        due=due,
        minutes=minutes,
        exercises=tuple(exercises),
        forecast=tuple(DueDay(day=day, cards=count) for day, count in counts.items()),
        unasked=tuple(unasked(history, asked)),
    )


def _activity(seconds: Mapping[date, float], today: date) -> Activity:
    monday = today - timedelta(days=today.weekday())
    week = [day for day in seconds if monday <= day <= today]
    return Activity(
        minutes_today=round(seconds.get(today, 0.0) / 60, 1),
        minutes_this_week=round(sum(seconds[day] for day in week) / 60, 1),
        days_this_week=len(week),
        days_in_a_row=_in_a_row(seconds, today),
    )


def _in_a_row(days: Mapping[date, float], today: date) -> int:
    day = today if today in days else today - timedelta(days=1)
    count = 0
    while day in days:
        count += 1
        day -= timedelta(days=1)
    return count


def _summary(path: Path, check: Score) -> CheckSummary:
    exercise = path.exercises.get(check.exercise)
    return CheckSummary(
        exercise=check.exercise,
        title=exercise.title if exercise else check.exercise,
        at=check.at,
        points=check.points,
        max_points=check.max_points,
        tests_passed=check.passed,
        tests=check.tests,
        passed=check.full,
        problem=check.problem,
    )
