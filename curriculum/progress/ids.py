"""Ids for events: UUIDs of version 7 (RFC 9562), which sort as they were made.

Two events may have the same time, where a clock is coarse; their ids then say which came first.
"""

from __future__ import annotations

import secrets
import time
from threading import Lock
from uuid import UUID

_TICKS = 4096  # in a millisecond: what fits into the 12 bits behind the milliseconds

_making = Lock()
_latest = 0


def new_id() -> str:
    """Return an id that no other has, and that sorts behind all that this process made before."""
    global _latest  # the ids of one process share one count
    with _making:
        _latest = tick = max(time.time_ns() * _TICKS // 1_000_000, _latest + 1)
    milliseconds, fraction = divmod(tick, _TICKS)
    return str(UUID(int=milliseconds << 80 | 0x7 << 76 | fraction << 64 | 0b10 << 62 | secrets.randbits(62)))
