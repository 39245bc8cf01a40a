"""The questions of lessons, with their answers, read from the lessons' text.

`curriculum.build.read_lesson` reads lessons whole and checks them, and takes two seconds to load what it needs for
that. Here a lesson that was built already is only looked through, in a millisecond.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import msgspec

from curriculum import content
from curriculum.model import Lesson
from curriculum.model import Path as LearningPath

_CELLS = re.compile(r"^\+\+\+(.*)$|^```\{code-cell\}.*$", re.MULTILINE)
_ANSWER = re.compile(r"<details>\s*(?:<summary>.*?</summary>)?(.*)</details>", re.DOTALL)


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """One question of a lesson.

    Attributes:
        id: its lasting name, `flask/routing:flask-url-for`; a new wording doesn't change it.
        question: what is asked, in Markdown.
        answer: the answer, in Markdown.
    """

    id: str
    question: str
    answer: str


def questions_of(lesson: Lesson) -> tuple[Question, ...]:
    """Return a lesson's questions, in order; none while it is planned or where its text is not."""
    if lesson.status != "ready":
        return ()
    source = content.lesson_source(lesson.id)
    try:
        return _read(source, lesson.id, source.stat().st_mtime_ns)
    except FileNotFoundError:
        return ()


Asked = Mapping[str, tuple[Question, ...]]
"""The questions of each lesson that asks any, by the lesson's id."""


def all_questions(path: LearningPath) -> Asked:
    """Return the questions of all lessons of a path."""
    asked = {lesson.id: questions_of(lesson) for lesson in path.lessons.values()}
    return {lesson: questions for lesson, questions in asked.items() if questions}


class _Mark(msgspec.Struct):
    question: str = ""


@lru_cache(maxsize=1024)
def _read(source: Path, lesson: str, _changed: int) -> tuple[Question, ...]:
    text = source.read_text(encoding="utf-8").replace("\r\n", "\n")
    marks = list(_CELLS.finditer(text))
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    found = []
    for mark, end in zip(marks, ends, strict=True):
        name = _named(mark[1])
        if name:
            asked, answer = _parts(text[mark.end() : end])
            found.append(Question(id=f"{lesson}:{name}", question=asked, answer=answer))
    return tuple(found)


def _named(metadata: str | None) -> str:
    """Return the question's id in a cell's metadata; empty where it is no question's."""
    if not metadata or not metadata.strip().startswith("{"):
        return ""
    try:
        return msgspec.json.decode(metadata, type=_Mark).question
    except msgspec.DecodeError:
        return ""


def _parts(cell: str) -> tuple[str, str]:
    answer = _ANSWER.search(cell)
    if not answer:
        return cell.strip(), ""
    return (cell[: answer.start()] + cell[answer.end() :]).strip(), answer[1].strip()
