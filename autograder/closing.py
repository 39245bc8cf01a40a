"""What must end with the cell that began it: services, applications with a life of their own."""

from __future__ import annotations

import atexit
import os
import weakref
from typing import Protocol


class Closable(Protocol):
    """Something that must be closed; closing it twice does nothing."""

    def close(self) -> None:
        """Close it."""
        ...


_open: weakref.WeakSet[Closable] = weakref.WeakSet()
_process = os.getpid()


def close_with_cell(thing: Closable) -> None:
    """Have something closed when the running cell ends, at exit at the latest."""
    global _process
    if _process != os.getpid():  # in a fork, what the parent began is the parent's to end
        _open.clear()
        _process = os.getpid()
    _open.add(thing)


def close_all() -> None:
    """Close all that the cell began."""
    if _process == os.getpid():
        for thing in list(_open):
            _open.discard(thing)
            thing.close()


atexit.register(close_all)
