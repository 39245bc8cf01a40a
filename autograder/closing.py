"""What must end with the cell that began it: services, applications with a life of their own."""

from __future__ import annotations

import atexit
import os
from typing import Protocol


class Closable(Protocol):
    """Something that must be closed; closing it twice does nothing."""

    def close(self) -> None:
        """Close it."""
        ...


_open: dict[int, Closable] = {}
_process = os.getpid()


def close_with_cell(thing: Closable) -> None:
    """Have something closed when the running cell ends, at exit at the latest."""
    global _process
    if _process != os.getpid():  # in a fork, what the parent began is the parent's to end
        _open.clear()
        _process = os.getpid()
    _open[id(thing)] = thing


def closed(thing: Closable) -> None:
    """Say that something was closed before its cell ended."""
    _open.pop(id(thing), None)


def close_all() -> None:
    """Close all that the cell began."""
    if _process == os.getpid():
        while _open:
            _, thing = _open.popitem()
            thing.close()


atexit.register(close_all)
