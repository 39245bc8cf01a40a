"""A memory as a file that another machine can take in: one JSON object a line, the oldest event first.

Because each event has an id of its own, putting two logs together is their union: nothing is lost, nothing doubled, and
it doesn't matter which machine takes in which, or how often.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from curriculum.exceptions import ProgressError
from curriculum.progress.events import Event, checked

FORMAT: Literal["backend-path-progress/1"] = "backend-path-progress/1"


class _Head(msgspec.Struct):
    format: str


_HEADS = msgspec.json.Decoder(_Head)
_EVENTS = msgspec.json.Decoder(Event)


def to_lines(events: Iterable[Event]) -> bytes:
    """Return events as the content of an export: the same events give the same bytes."""
    lines = [msgspec.json.encode(_Head(FORMAT)), *(msgspec.json.encode(event) for event in events)]
    return b"\n".join(lines) + b"\n"


def from_lines(data: bytes, name: object) -> list[Event]:
    """Return the events of an export.

    Args:
        data: its content.
        name: the file's name, for messages.

    Raises:
        ProgressError: it is no export, or a line of it is damaged.
    """
    lines = data.split(b"\n")
    try:
        head = _HEADS.decode(lines[0])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ProgressError(
            f"{name}:1: This is no export of a memory. Make one: backend-path progress export FILE."
        ) from error
    if head.format != FORMAT:
        raise ProgressError(
            f"{name}:1: The format is '{head.format}'; this version knows '{FORMAT}'. "
            "Update backend-path: pip install --upgrade backend-path."
        )
    return [_event(line, f"{name}:{number}") for number, line in enumerate(lines[1:], start=2) if line.strip()]


def _event(line: bytes, place: str) -> Event:
    try:
        return checked(_EVENTS.decode(line))
    except (msgspec.DecodeError, UnicodeDecodeError, OverflowError) as error:
        raise ProgressError(
            f"{place}: This is no event: {error}. Nothing was imported. Export again on the other machine, "
            "with the same version of backend-path."
        ) from error
