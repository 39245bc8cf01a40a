"""Rules on a lesson: how it opens, how it goes on, how it ends."""

from __future__ import annotations

import re
from collections.abc import Iterator

from curriculum.authoring.finding import Finding
from curriculum.authoring.rules.page import Page, PageCell
from curriculum.authoring.rules.reading import check_minutes
from curriculum.build import LessonSource
from curriculum.model import Path as LearningPath

_OUTCOMES = re.compile(
    r"\b(you can|you will be able to|you are able to)\b[^\n]*\n"
    r"(?P<list>(?:\s*\n)*(?:[ \t]*[-*] .*\n?(?:[ \t]+\S.*\n?)*)+)"
)
_ITEM = re.compile(r"^[-*] ", re.MULTILINE)
_ONWARD = re.compile(r"\b(next|go from here|go on)\b", re.IGNORECASE)
_FEWEST_OUTCOMES, _MOST_OUTCOMES = 2, 4
_FIRST_CODE = 3


def check_lesson(page: Page, lesson: LessonSource, path: LearningPath | None) -> Iterator[Finding]:
    """Yield findings on a lesson's parts.

    Args:
        page: its cells.
        lesson: what it was read from.
        path: the learning path; nothing leaves what it says unchecked.
    """
    yield from _check_opening(page)
    yield from _check_code_cells(page)
    yield from _check_questions(page)
    yield from _check_end(page)
    yield from check_minutes(page, lesson)
    if path is not None:
        yield from _check_data(page, lesson, path)


def _check_opening(page: Page) -> Iterator[Finding]:
    """It opens with its title, the question it answers, and two to four outcomes."""
    opening = []
    for cell in page.cells:
        if cell.kind == "code":
            break
        opening.append(cell)
    text = "\n".join(cell.text for cell in opening) + "\n"
    line = opening[0].line if opening else 1
    if not text.startswith("# "):
        yield page.finding(line, "opening", "It doesn't open with its title.", "Begin the first cell with `# Title`.")
    if "?" not in text:
        yield page.finding(
            line, "opening", "The opening asks no question.", "Open with the question that the lesson answers."
        )
    outcomes = _OUTCOMES.search(text)
    if outcomes is None:
        yield page.finding(
            line,
            "outcomes",
            "The opening lists no outcomes.",
            'Write "After this lesson you can" and a list of two to four things, each a verb that can be tested.',
        )
        return
    count = len(_ITEM.findall(outcomes["list"]))
    if not _FEWEST_OUTCOMES <= count <= _MOST_OUTCOMES:
        yield page.finding(line, "outcomes", f"The opening lists {count} outcomes.", "List two to four.")


def _check_code_cells(page: Page) -> Iterator[Finding]:
    """Something runs early, and no code stands alone."""
    kinds = [cell.kind for cell in page.cells]
    if "code" not in kinds[: _FIRST_CODE + 1]:
        yield page.finding(
            page.cells[0].line if page.cells else 1,
            "early",
            "Nothing runs in the first cells.",
            "Show the thing working at once: a code cell among the first four cells.",
        )
    for before, cell, after in zip([None, *page.cells], page.cells, [*page.cells[1:], None], strict=False):
        if cell.kind == "code" and not _is_prose(before) and not _is_prose(after):
            yield page.finding(
                cell.line,
                "alone",
                "This code has no text before or after it.",
                "Say above what it does, or below what to notice.",
            )


def _is_prose(cell: PageCell | None) -> bool:
    return cell is not None and cell.kind == "markdown"


def _check_questions(page: Page) -> Iterator[Finding]:
    if not any(cell.question for cell in page.cells):
        yield page.finding(
            page.cells[-1].line if page.cells else 1,
            "questions",
            "It has no retrieval question.",
            'Add cells `+++ {"question": "short-name"}` with an answer folded away; they feed the review.',
        )


def _check_end(page: Page) -> Iterator[Finding]:
    last = page.cells[-1] if page.cells else None
    if last is None or last.kind != "markdown" or not _ONWARD.search(last.text):
        yield page.finding(
            last.line if last else 1,
            "end",
            "It doesn't end with what to do next.",
            "Add a last cell `## What next` that names the exercise or the lesson to go on with.",
        )


def _check_data(page: Page, lesson: LessonSource, path: LearningPath) -> Iterator[Finding]:
    """What the curriculum data says of the lesson must be so."""
    if lesson.id not in path.lessons:
        yield page.finding(
            1,
            "data",
            f"The path has no lesson `{lesson.id}`.",
            f"Add it to curriculum/data/modules/{lesson.id.partition('/')[0]}.yaml.",
        )
        return
    entry = path.lessons[lesson.id]
    for line, field, here, there in (
        (2, "title", lesson.header.title, entry.title),
        (3, "minutes", lesson.header.minutes, entry.minutes),
    ):
        if here != there:
            yield page.finding(
                line, "data", f"`{field}` is {here!r} here and {there!r} in the curriculum data.", "Make them the same."
            )
