"""How long a lesson takes, estimated from its text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from curriculum.authoring.finding import Finding
from curriculum.authoring.rules.page import Page, PageCell
from curriculum.build import LessonSource

WORDS_A_MINUTE = 238
"""Silent reading of non-fiction in English: Brysbaert, "How many words do we read per minute?", Journal of Memory and
Language 109 (2019), a review of 190 studies."""

SECONDS_A_LINE = 6
"""A line of code: to read it, and its share of running the cell and looking at what it gives. Our own estimate."""

SECONDS_A_QUESTION = 60
"""A retrieval question: to recall the answer before unfolding it. Our own estimate."""

_FOLDED = re.compile(r"<details>.*?</details>", re.DOTALL)
_LARGEST_FACTOR = 4


def estimated_minutes(page: Page) -> float:
    """Return how many minutes reading a page and running its cells takes, without the time to try things."""
    seconds = 0.0
    for cell in page.cells:
        if cell.kind == "code":
            seconds += SECONDS_A_LINE * sum(bool(line.strip()) for line in cell.text.split("\n"))
        else:
            seconds += 60 * len(cell.text.split()) / WORDS_A_MINUTE
        seconds += SECONDS_A_QUESTION if cell.question else 0
    return seconds / 60


def check_minutes(page: Page, lesson: LessonSource) -> Iterator[Finding]:
    """`minutes` must leave time to read, and must not promise four times as much as there is to read."""
    needed, said = estimated_minutes(page), lesson.header.minutes
    if needed > said:
        yield page.finding(
            3,
            "minutes",
            f"Reading and running it takes about {needed:.0f} minutes, and `minutes` is {said}.",
            "Raise `minutes`, shorten the lesson, or make two of it.",
        )
    elif said > _LARGEST_FACTOR * needed:
        yield page.finding(
            3,
            "minutes",
            f"Reading and running it takes about {needed:.0f} minutes, and `minutes` is {said}.",
            "Lower `minutes`, or give the learner more to do.",
        )


def check_answers_folded(cell: PageCell) -> bool:
    """Return whether a question's answer is folded away and says something."""
    return any(len(folded.split()) > 2 for folded in _FOLDED.findall(cell.text))
