"""How fast a learner's memory is: recording an event, and a snapshot from ten thousand, read anew and kept up to date.

Run `python benchmarks/progress_speed.py` (a few seconds). Times are processor time, the least of several, so that other
work on the machine counts little; recording waits for the disk as well, so that one is by the clock.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from rich.console import Console
from rich.table import Table

import curriculum
from curriculum.progress import folding, open_progress
from curriculum.progress.events import (
    Checked,
    Event,
    Finished,
    HintAsked,
    Opened,
    Reviewed,
    TestResult,
    Worked,
    new_event,
)
from curriculum.progress.questions import questions_of

EVENTS = 10_000
REPEATS = 15


def a_learners_life(path: curriculum.Path, count: int) -> list[Event]:
    """Return what happens to somebody who learns for 40 minutes a day: reads, tries, asks, and answers what is due."""
    chance = random.Random(1)  # the same life each time
    lessons = [lesson for lesson in path.lessons.values() if lesson.status == "ready"]
    exercises = [exercise for exercise in path.exercises.values() if exercise.status == "ready"]
    questions = [question.id for lesson in lessons for question in questions_of(lesson)]
    events: list[Event] = []
    at = datetime(2027, 1, 4, 18, tzinfo=UTC)

    def happen(about: str, what: Opened | Finished | Checked | HintAsked | Reviewed | Worked) -> None:
        nonlocal at
        at += timedelta(seconds=20)
        events.append(new_event(at, about, what))

    while len(events) < count:
        at = at.replace(hour=18, minute=0) + timedelta(days=1)
        for _ in range(5):
            happen(
                f"question:{chance.choice(questions)}",
                Reviewed(rating=chance.choice(["again", "good", "good", "easy"])),
            )
        part = chance.choice([f"lesson:{chance.choice(lessons).id}", f"exercise:{chance.choice(exercises).id}"])
        happen(part, Opened())
        for minute in range(40):
            happen(part, Worked(seconds=60))
            if part.startswith("exercise:") and minute % 5 == 4:
                happen(part, HintAsked(task="read", hint="id-type", step=1))
                happen(part, _check(chance))
        if part.startswith("lesson:"):
            happen(part, Finished())
    return events[:count]


def _check(chance: random.Random) -> Checked:
    passed = [chance.random() < 0.7 for _ in range(6)]
    return Checked(
        tests=tuple(
            TestResult(name=f"test_{n}", points=2.0 * ok, max_points=2.0, status="passed" if ok else "failed")
            for n, ok in enumerate(passed)
        )
    )


def best_ms(work: Callable[[], object], clock: Callable[[], float] = time.process_time) -> tuple[float, float]:
    """Return the least and the median of several times, in milliseconds."""
    times = []
    for _ in range(REPEATS):
        began = clock()
        work()
        times.append((clock() - began) * 1000)
    return min(times), statistics.median(times)


def main() -> None:
    """Measure, and print a table."""
    path = curriculum.load()
    events = a_learners_life(path, EVENTS)
    now = [events[-1].at + timedelta(days=1)]
    with tempfile.TemporaryDirectory() as workspace:
        with open_progress(workspace) as memory:
            memory.add(events)

        def record() -> None:
            now[0] += timedelta(seconds=30)
            with open_progress(workspace, lambda: now[0]) as memory:
                memory.record_time("lesson", "flask/routing", 30)

        def snapshot() -> None:
            with open_progress(workspace, lambda: now[0]) as memory:
                memory.snapshot(path)

        def anew() -> None:
            folding.forget()
            snapshot()

        def after_one_more() -> None:
            record()
            snapshot()

        table = Table("What", "Least", "Median", title=f"A memory of {EVENTS:,} events", title_justify="left")
        for what, (least, median) in {
            "open it, record one event, close it (by the clock)": best_ms(record, time.perf_counter),
            "snapshot, all read anew": best_ms(anew),
            "record one event, then a snapshot, in one process": best_ms(after_one_more),
        }.items():
            table.add_row(what, f"{least:.1f} ms", f"{median:.1f} ms")
        Console().print(table)


if __name__ == "__main__":
    main()
