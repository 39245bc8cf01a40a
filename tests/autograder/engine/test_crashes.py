"""Whatever is killed, no committed mark is lost, none is half written, and the next run takes up what is missing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.engine.coordinator import Wish, grade_assignment
from autograder.engine.pool import LocalPool
from autograder.exceptions import CourseError

RIGHT = {"test_value": (2.0, False), "test_again": (1.0, False), "words": (0.0, False)}
SLOW = "import time; time.sleep(0.3)\nvalue = 1"


def start(course: object) -> subprocess.Popen[str]:
    program = "from autograder.cli import main; main()"
    words = [sys.executable, "-c", program, "grade", "quick", "--course", str(course.root), "--workers", "1"]
    return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def wait_for(condition: Callable[[], bool], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it never came to pass"
        time.sleep(0.02)


def engines_of(parent: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(status.read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(int(status.parent.name))
        except OSError:
            continue
    return found


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_killed_run_leaves_whole_submissions_and_the_next_takes_up_the_rest(course, grade) -> None:
    students = [f"s{number:02}" for number in range(12)]
    for student in students:
        course.hand_in(student, SLOW)
    run = start(course)
    wait_for(lambda: len(course.graded()) >= 2)
    engines = engines_of(run.pid)
    run.kill()
    run.communicate()
    wait_for(lambda: not any(is_running(pid) for pid in engines))
    done = course.graded()
    assert 2 <= len(done) < len(students)
    for student in done:
        assert course.scores(student) == RIGHT
        assert sorted(path.name for path in (course.root / "autograded" / student / "quick").iterdir()) == [
            "given.txt",
            "nb.ipynb",
        ]
    again = grade(course.root, "quick", workers=2)
    assert set(again) == set(students) - done
    assert course.graded() == set(students)
    assert all(course.scores(student) == RIGHT for student in students)


def test_ctrl_c_stops_cleanly(course) -> None:
    for number in range(40):  # more than can be done before the signal comes, however slow this process is
        course.hand_in(f"s{number:02}", SLOW)
    run = start(course)
    wait_for(lambda: len(course.graded()) >= 1)
    engines = engines_of(run.pid)
    run.send_signal(signal.SIGINT)
    _, errors = run.communicate(timeout=60)
    assert run.returncode == 130
    assert errors.strip().endswith("Stopped.")
    assert not any(is_running(pid) for pid in engines)
    assert list((course.root / ".autograder" / "staging").iterdir()) == []


def test_a_killed_worker_costs_nothing_but_time(course) -> None:
    students = [f"s{number:02}" for number in range(6)]
    for student in students:
        course.hand_in(student, SLOW)
    run = start(course)
    wait_for(lambda: len(course.graded()) >= 1)
    os.kill(engines_of(run.pid)[0], signal.SIGKILL)
    _, errors = run.communicate(timeout=120)
    assert run.returncode == 0, errors
    assert course.graded() == set(students)
    assert all(course.scores(student) == RIGHT for student in students)


def test_a_poison_submission_is_set_aside_and_the_others_go_on(course, command) -> None:
    course.hand_in("a-right")
    course.hand_in("b-poison", "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\nimport time; time.sleep(60)")
    course.hand_in("c-right")
    done = command("grade", "quick", "--course", course.root, "--workers", "1", "--isolation", "none")
    assert done.returncode == 1, done.stderr
    assert "b-poison was not graded: It ended the process that graded it, twice" in done.stdout
    assert course.graded() == {"a-right", "c-right"}
    problems = json.loads((course.root / ".autograder" / "quick.problems.json").read_text())
    assert set(problems) == {"b-poison"}
    course.hand_in("b-poison")
    assert command("grade", "quick", "--course", course.root).returncode == 0
    assert json.loads((course.root / ".autograder" / "quick.problems.json").read_text()) == {}


def test_a_second_run_on_the_same_course_says_so_and_stops(course) -> None:
    course.hand_in("a")
    course.hand_in("b", SLOW)
    first = grade_assignment(Wish(course.root, "quick"), lambda: LocalPool(1))
    run = start(course)
    wait_for(lambda: (course.root / ".autograder" / "lock").exists())
    with pytest.raises(CourseError, match=r"Another run is grading this course \(process \d+, since"):
        list(first)
    assert run.wait(timeout=60) == 0
    run.communicate()
