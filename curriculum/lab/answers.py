"""What the front end is told: the answers to its requests, as data."""

from __future__ import annotations

from typing import Literal

import msgspec

from curriculum.lab.guide import Guide
from curriculum.lab.mending import Trouble
from curriculum.lab.remembering import Shown, ShownHint
from curriculum.lab.reports import CheckReport
from curriculum.progress import State


class About(msgspec.Struct, frozen=True):
    """What a notebook is, and what is to be shown beside it.

    Attributes:
        kind: `lesson`, `exercise`, or empty if it is none of the course's.
        id: `module/name`.
        title: what the learner sees.
        state: how far one is with it.
        guide: an exercise's tasks and tests.
        shown: what was shown of the exercise last.
        troubles: what is wrong with the notebook.
        solution: whether the solution is offered.
        exchange: whether Submit hands in to an instructor.
    """

    kind: Literal["lesson", "exercise", ""] = ""
    id: str = ""
    title: str = ""
    state: State = "new"
    guide: Guide | None = None
    shown: Shown = Shown()
    troubles: tuple[Trouble, ...] = ()
    solution: bool = False
    exchange: bool = False


class Checked(msgspec.Struct, frozen=True):
    """The answer to a check: its result, what is wrong with the notebook, and whether the solution is offered now."""

    report: CheckReport
    troubles: tuple[Trouble, ...]
    solution: bool
    state: State


class Hinted(msgspec.Struct, frozen=True):
    """The answer to a request for a hint: the next step, or None when all were shown."""

    test: str
    label: str
    hint: ShownHint | None
    steps: int
    solution: bool


class Copied(msgspec.Struct, frozen=True):
    """The answer to a request that rewrote the notebook: where the old one stands now."""

    copy: str
    about: About


class HandedIn(msgspec.Struct, frozen=True):
    """The answer to a request to submit.

    Attributes:
        report: what the notebook earned.
        handed_in: whether the instructor's course has it.
        text: what happened, for the learner.
    """

    report: CheckReport
    handed_in: bool
    text: str
