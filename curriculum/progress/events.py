"""What can happen to a learner, as typed data: everything else about their progress is worked out from it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from autograder.results import NotebookResult
from curriculum.exceptions import ProgressError
from curriculum.progress.ids import new_id

Clock = Callable[[], datetime]
"""Gives the present time, with its zone."""

PartKind = Literal["lesson", "exercise"]

FIRST_YEAR, LAST_YEAR = 1969, 2200
"""Times lie between these years, so that a damaged one can't break the arithmetic of dates."""

Grade = Literal["again", "hard", "good", "easy"]
"""How well something was remembered: not at all, with effort, well, without thinking."""

_NAME = "[a-z0-9]+(-[a-z0-9]+)*"
PART_KEY = f"(lesson|exercise):{_NAME}/{_NAME}"
CARD_KEY = f"(question:{_NAME}/{_NAME}:{_NAME}|exercise:{_NAME}/{_NAME})"

Key = Annotated[str, Meta(pattern=rf"^({PART_KEY}|{CARD_KEY})(?!\n)$", max_length=400)]
"""What an event is about: `lesson:flask/routing`, `exercise:flask/mini-api`, `question:flask/routing:flask-url-for`."""

EventId = Annotated[str, Meta(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(?!\n)$")]
Count = Annotated[int, Meta(ge=0, le=1_000_000)]
Points = Annotated[float, Meta(ge=-1_000_000, le=1_000_000)]  # a test may take points off
Name = Annotated[str, Meta(max_length=400)]
Seconds = Annotated[float, Meta(gt=0, le=3600)]


class Happening(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    omit_defaults=True,  # a field that a later version adds leaves the text of older events as it is
    tag_field="kind",
    kw_only=True,
    gc=False,
):
    """What happened; its class says the kind."""


class Opened(Happening, frozen=True, tag="opened", kw_only=True):
    """A lesson or an exercise was opened."""


class Finished(Happening, frozen=True, tag="finished", kw_only=True):
    """The learner says that they have read a lesson."""


class TestResult(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True, gc=False):
    """What one test of a check gave.

    Attributes:
        name: the test cell's `grade_id`.
        points: what it earned.
        max_points: what it is worth.
        status: as in `autograder.results.CellResult`.
        task: the `grade_id` of the task that it tests, where the caller knew it.
    """

    __test__ = False  # for pytest: this is no test class

    name: Name
    points: Points
    max_points: Points
    status: Literal["passed", "partial", "failed", "needs grading"]
    task: Name = ""


class Checked(Happening, frozen=True, tag="check", kw_only=True):
    """An exercise was checked.

    Attributes:
        tests: what each test gave, in order.
        problem: why it could not be graded; empty if it could.
        changed: whether the answers differed from what the learner began with.
    """

    tests: tuple[TestResult, ...]
    problem: str = ""
    changed: bool = True


class HintAsked(Happening, frozen=True, tag="hint", kw_only=True):
    """A step of a hint was asked for.

    Attributes:
        task: the task's `grade_id`.
        hint: the hint's key.
        step: which step, counted from 1.
    """

    task: Name
    hint: Name
    step: Annotated[int, Meta(ge=1, le=100)]


class SolutionSeen(Happening, frozen=True, tag="solution", kw_only=True):
    """The model solution was shown: of one task, or of the whole exercise where `task` is empty."""

    task: Name = ""


class Submitted(Happening, frozen=True, tag="submitted", kw_only=True):
    """An exercise was handed in."""


class Reset(Happening, frozen=True, tag="reset", kw_only=True):
    """An exercise was put back to its beginning: one task, or the whole notebook where `task` is empty."""

    task: Name = ""


class Reviewed(Happening, frozen=True, tag="review", kw_only=True):
    """A question was answered from memory, and the learner said how well."""

    rating: Grade


class Worked(Happening, frozen=True, tag="time", kw_only=True):
    """The learner was active in a lesson or an exercise for some seconds."""

    seconds: Seconds


What = Opened | Finished | Checked | HintAsked | SolutionSeen | Submitted | Reset | Reviewed | Worked


class Event(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, gc=False):
    """One thing that happened.

    Attributes:
        id: a UUID; no two machines give the same. Of events of one moment the id says which came first.
        at: when, in UTC.
        about: the key of the lesson, exercise or question.
        what: what happened.
    """

    id: EventId
    at: datetime
    about: Key
    what: What


_PARTS = ("lesson:", "exercise:")
_ABOUT: dict[type[Happening], tuple[str, ...]] = {
    Opened: _PARTS,
    Finished: ("lesson:",),
    Checked: ("exercise:",),
    HintAsked: ("exercise:",),
    SolutionSeen: ("exercise:",),
    Submitted: ("exercise:",),
    Reset: ("exercise:",),
    Reviewed: ("question:",),
    Worked: _PARTS,
}


def utc_now() -> datetime:
    """Return the present time in UTC."""
    return datetime.now(UTC)


def new_event(at: datetime, about: str, what: What) -> Event:
    """Return a new event with an id of its own.

    Raises:
        ProgressError: a value is out of bounds, or such a thing can't happen to what it is about.
    """
    try:
        return checked(msgspec.convert({"id": new_id(), "at": at, "about": about, "what": plain(what)}, type=Event))
    except msgspec.ValidationError as error:
        raise ProgressError(f"This can't be recorded of '{about}': {error}.") from error


def checked(event: Event) -> Event:
    """Return an event with its time in UTC, if such a thing can happen to what it is about.

    Raises:
        msgspec.ValidationError: it can't, or the time has no zone.
    """
    if not event.about.startswith(_ABOUT[type(event.what)]):
        kind = event.about.partition(":")[0]
        raise msgspec.ValidationError(
            f"No event of kind `{kind_of(event.what)}` can happen to a thing of kind `{kind}`"
        )
    if event.at.tzinfo is None:
        raise msgspec.ValidationError("The time has no zone; write it in UTC, with a Z at its end")
    if not FIRST_YEAR < event.at.year < LAST_YEAR:  # a few days around it must be dates, too
        raise msgspec.ValidationError(f"The time is not between the years {FIRST_YEAR} and {LAST_YEAR}")
    return msgspec.structs.replace(event, at=event.at.astimezone(UTC))


def kind_of(what: What) -> str:
    """Return the name of an event's kind: `check`."""
    return str(what.__struct_config__.tag)


def plain(what: What) -> dict[str, object]:
    """Return what happened as JSON's plain data."""
    data: dict[str, object] = msgspec.to_builtins(what)
    return data


def check_of(result: NotebookResult, tasks: dict[str, str], *, changed: bool) -> Checked:
    """Return what is kept of a graded notebook.

    Args:
        result: what grading gave.
        tasks: the task of each test, by `grade_id`, as far as known.
        changed: whether the answers differed from what the learner began with.
    """
    tests = tuple(
        TestResult(
            name=cell.grade_id,
            points=cell.points,
            max_points=cell.max_points,
            status=cell.status,
            task=tasks.get(cell.grade_id, ""),
        )
        for cell in result.cells
    )
    return Checked(tests=tests, problem=result.problem, changed=changed)
