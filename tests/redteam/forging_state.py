"""Forged marks by changing the interpreter in which a test runs."""

from __future__ import annotations

from harness import Case

CASES = [
    Case(
        "an object that is equal to everything",
        "forging",
        answers={
            "double": "class Any:\n    def __eq__(self, other): return True\n    def __hash__(self): return 1\n"
            "def double(x): return Any()"
        },
        # what a test in the learner's own process compares with == can't tell it from the right answer
        beyond=("shared",),
    ),
    Case(
        "leaves before the test",
        "forging",
        answers={"double": "import os\nos._exit(0)"},
    ),
]
