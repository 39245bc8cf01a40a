"""Which notebooks can be sealed, and who runs which cell."""

from __future__ import annotations

import pytest

from autograder.engine.jobs import SourceCell, SourceNotebook
from autograder.judge.plan import Plan, make_plan

SETUP = "from autograder.student import hint, student"


def plan(tests: str | list[str], *setup: str, files: tuple[str, ...] = ()) -> Plan:
    cells = [SourceCell(f"setup{n}", "code", True, text) for n, text in enumerate((SETUP, *setup))]
    cells.append(SourceCell("task", "code", False, "def f(): ...", solution=True))
    texts = [tests] if isinstance(tests, str) else tests
    cells += [SourceCell(f"test{n}", "code", True, text, max_score=1.0) for n, text in enumerate(texts)]
    return make_plan(SourceNotebook("nb", tuple(cells)), files)


@pytest.mark.parametrize(
    ("tests", "setup"),
    [
        ("assert student.f(1) == 2, hint('x')", ()),
        ("assert check(student.f(1))", ("def check(x): return x == 2",)),
        ("for n in range(3):\n    assert student.f(n) == [m for m in range(n)]", ()),
        ("with student.raises(ValueError) as caught:\n    student.f(-1)\nassert caught.message", ()),
        (["made = 1", "assert student.f(1) == made"], ()),
        ("assert student.f() == LIMIT", ("import math\nLIMIT = math.pi",)),
        ("async def go(): return student.f()\nassert await go() == 1", ()),
        ("class Page:\n    kind = dict\n    def get(self): return self.kind\nassert Page().get()", ()),
        ("import helper\nassert helper.check(student.f())", ()),
        ("from collections import *\nassert student.f()", ()),
    ],
)
def test_tests_that_use_nothing_of_the_learners_directly_are_sealed(tests: str, setup: tuple[str, ...]) -> None:
    made = plan(tests, *setup, files=("helper.py",))
    assert bool(made.shared) is ("*" in str(tests))  # of a star nobody knows what it brings
    if not made.shared:
        assert {side for name, side in made.sides.items() if name.startswith("test")} == {"judge"}


@pytest.mark.parametrize(
    ("tests", "setup", "why"),
    [
        ("assert f(1) == 2 and student", (), "`f`"),
        ("assert check() and student.f()", ("def check(): return f(1)",), "`check`"),
        ("assert start and student.f()", ("start = f(1)",), "`start`"),
        ("assert globals()['f'](1) == student.f(1)", (), "`globals`"),
        ("assert get_ipython().user_ns['f'] is student", (), "`get_ipython`"),
        ("%time student.f()", (), "magics"),
        ("import mine\nassert mine.check(student.f())", (), "`mine`"),
        ("def inner():\n    return later()\nassert student.f() == inner()", (), "`inner`"),
    ],
)
def test_tests_that_use_a_name_of_the_learners_are_shared(tests: str, setup: tuple[str, ...], why: str) -> None:
    assert why in plan(tests, *setup).shared


def test_a_notebook_without_student_is_shared() -> None:
    cells = (SourceCell("t", "code", True, "assert 1", max_score=1.0),)
    assert make_plan(SourceNotebook("nb", cells), ()).shared


def test_setup_cells_run_on_both_sides_if_the_judge_can_run_them() -> None:
    made = plan(
        "assert student.call_it() == 2",
        "def call_it(): return f(1)",  # only called through `student`, so it is the learner's side that needs `f`
        "RESULT = f(1)",
        "%%php --save a.php\n<?php echo 1;",
        "import json",
    )
    assert made.sides == {
        "setup0": "both",
        "setup1": "both",
        "setup2": "learner",
        "setup3": "learner",
        "setup4": "both",
        "test0": "judge",
    }
