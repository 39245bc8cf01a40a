"""Tracebacks of failed tests, without the frames of this package."""

from __future__ import annotations

import traceback
from pathlib import Path
from types import TracebackType
from typing import Final, cast

from autograder import work

_PACKAGE: Final = str(Path(__file__).resolve().parent)


def own_frames_left_out(error: BaseException) -> list[str]:
    """Return an exception's traceback as the running shell shows it, without this package's frames."""
    trace = without_own_frames(error.__traceback__)
    shell = work.shell()
    if shell is None:
        return traceback.format_exception(type(error), error, trace)
    shown = shell.InteractiveTB.structured_traceback(type(error), error, trace)  # type: ignore[attr-defined]
    return cast(list[str], shown)


def without_own_frames(trace: TracebackType | None) -> TracebackType | None:
    """Return a traceback without the entries of this package."""
    entries = []
    while trace is not None:
        entries.append(trace)
        trace = trace.tb_next
    kept: TracebackType | None = None
    for entry in reversed(entries):
        if not entry.tb_frame.f_code.co_filename.startswith(_PACKAGE):
            kept = TracebackType(kept, entry.tb_frame, entry.tb_lasti, entry.tb_lineno)
    return kept
