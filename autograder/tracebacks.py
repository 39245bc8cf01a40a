"""Tracebacks of failed tests, without the frames of this package and of installed libraries."""

from __future__ import annotations

import sysconfig
import traceback
from pathlib import Path
from types import TracebackType
from typing import Final, cast

from autograder import work

_LEFT_OUT: Final = (str(Path(__file__).resolve().parent), sysconfig.get_path("purelib"), sysconfig.get_path("platlib"))


def own_frames_left_out(error: BaseException) -> list[str]:
    """Return an exception's traceback as the running shell shows it, without those frames."""
    trace = _shortened(error.__traceback__)
    shell = work.shell()
    if shell is None:
        return traceback.format_exception(type(error), error, trace)
    shown = shell.InteractiveTB.structured_traceback(type(error), error, trace, tb_offset=0)  # type: ignore[attr-defined]
    return cast(list[str], shown)


def _shortened(trace: TracebackType | None) -> TracebackType | None:
    entries = []
    while trace is not None:
        if not trace.tb_frame.f_code.co_filename.startswith(_LEFT_OUT):
            entries.append(trace)
        trace = trace.tb_next
    kept: TracebackType | None = None
    for entry in reversed(entries):
        kept = TracebackType(kept, entry.tb_frame, entry.tb_lasti, entry.tb_lineno)
    return kept
