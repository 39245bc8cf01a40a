"""What the panel beside a notebook shows, kept so that it is there again after a reload.

The learner's memory (`curriculum.progress`) keeps what a check earned, not what its tests said; that is of use only
until the next check, and stands in a file for each exercise in `.backend-path/lab`.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from curriculum.lab.reports import CheckReport
from curriculum.placing import write_atomically


class ShownHint(msgspec.Struct, frozen=True):
    """A step of a hint that was shown.

    Attributes:
        test: the `grade_id` of the test that it helps with.
        key: the hint's key.
        step: which step, counted from 1.
        text: what it says, in Markdown.
    """

    test: str
    key: str
    step: int
    text: str


class Shown(msgspec.Struct, frozen=True):
    """What was shown of an exercise last.

    Attributes:
        check: the latest check; nothing before the first.
        hints: the hints that were asked for since the exercise was begun, or reset.
    """

    check: CheckReport | None = None
    hints: tuple[ShownHint, ...] = ()


def recall(workspace: Path, exercise: str) -> Shown:
    """Return what was shown of an exercise last; nothing if that can't be told."""
    try:
        return msgspec.json.decode(_file(workspace, exercise).read_bytes(), type=Shown)
    except (OSError, msgspec.DecodeError):
        return Shown()  # it only spares the learner another check


def remember(workspace: Path, exercise: str, shown: Shown) -> None:
    """Keep what is shown of an exercise.

    Raises:
        OSError: it can't be written.
    """
    write_atomically(_file(workspace, exercise), msgspec.json.encode(shown))


def _file(workspace: Path, exercise: str) -> Path:
    return workspace / ".backend-path" / "lab" / f"{exercise.replace('/', '--')}.json"
