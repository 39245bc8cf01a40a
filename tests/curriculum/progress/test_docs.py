"""docs/progress.md says what the code does."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import get_args

import pytest

from curriculum.progress import cards, events, history, mastery, memory, nextstep


@pytest.fixture(scope="module")
def page(checkout):
    """The page, in one line."""
    return " ".join((checkout / "docs" / "progress.md").read_text(encoding="utf-8").split())


def test_it_names_each_kind_of_event(page):
    kinds = {kind.__struct_config__.tag for kind in get_args(events.What)}
    table = page.split("## What is kept")[1].split("What you write is not in it")[0]
    assert set(re.findall(r"\| `([a-z]+)` \|", table)) == kinds


def test_it_names_each_verb(page, checkout):
    source = (checkout / "curriculum" / "progress" / "xapi.py").read_text(encoding="utf-8")
    used = set(re.findall(r'(?:return |\(|else )"(\w+ed)"', source))
    table = page.split("## xAPI")[1].split("Activities are named")[0]
    assert used
    assert used == {word for word in re.findall(r"`(\w+)`", table) if word.endswith("ed")}


@pytest.mark.parametrize(
    "sentence",
    [
        f"= {mastery.LESSONS:g} · mean of the lessons that teach it + {1 - mastery.LESSONS:g} · mean of the exercises",
        f"gives {mastery.READING:g} for being read (in part, by the time spent), and {1 - mastery.READING:g} · the",
        f"where a strength below {history.UNSOLVED:g} counts as {history.UNSOLVED:g}",
        f"takes off {history.HELP_COSTS:g}, down to {history.LEAST_WITH_HELP:g} at least",
        f"no fresh retry since it is {history.AFTER_SOLUTION:g}",
        f"*hard* to {memory.HARD_LEVEL:g} if it was less",
        f"to build on from {nextstep.THERE:g}; a lesson whose skills are all at {nextstep.MASTERED:g}",
        f"Skills below {nextstep.SHAKY:g} that",
        f"gives all points {history.FRESH_AFTER.total_seconds() / 3600:g} hours or more after",
    ],
)
def test_its_numbers_are_the_codes(page, sentence):
    assert sentence in page


def test_its_words_for_numbers_are_the_codes():
    """Half, three, nine of ten, eight of ten, a minute, the next day, half of what it was."""
    assert history.STUDIED_AFTER == 0.5
    assert history.ENOUGH_HINTS == 3
    assert (memory.QUESTION_RETENTION, memory.EXERCISE_RETENTION, memory.FORGOTTEN) == (0.9, 0.8, 0.5)
    assert (nextstep.LOOKED_IN, cards.QUESTION_MINUTES, cards.FIRST_REVIEW.days) == (60, 1.0, 1)


def test_its_example_runs(checkout, tmp_path):
    text = (checkout / "docs" / "progress.md").read_text(encoding="utf-8")
    program = text.split("```python\n")[1].split("```")[0]
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "The path begins here." in done.stdout
    assert "0.0" in done.stdout
