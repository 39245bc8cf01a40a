"""Runs cells of many kinds beforehand, so that what they load and compute on the way is there after a fork.

A child copies each page of memory that it writes to, and the first run of a piece of Python writes a good deal: modules
that are loaded when needed, traits that get their first value, byte code that the interpreter adapts to what it meets.
"""

from __future__ import annotations

import asyncio
import sys
from typing import Any

from autograder.engine import child

_ROUNDS = 10  # the interpreter has adapted byte code by then
_DEFINITIONS = '''
def outer(value):
    """Return something."""
    return inner(value)


def inner(value):
    if value < 0:
        raise ValueError("no")
    return [item for item in range(3)][value]
'''
_EXPECTED_ERROR = """
try:
    outer(-1)
except ValueError:
    pass
else:
    raise AssertionError("no error")
"""
_CELLS = (
    "import math",
    _DEFINITIONS,
    "class Thing:\n    def __init__(self, name):\n        self.name = name",
    "outer(1)",
    "outer(1) / 3",
    "[outer(1), 'text', {'key': (1.5, None, True)}]",
    "print('text', outer(0))",
    "assert outer(1) == 1\nassert outer(2) == 2",
    _EXPECTED_ERROR,
    "outer(5)",
    "raise NotImplementedError()",
    "def oops(:",
    "assert outer(1) == 3, 'no'",
    "unknown",
    "Thing('a').missing",
)


def rehearse(kernel: Any) -> None:
    """Have a kernel run cells of many kinds, and forget them."""
    for _ in range(_ROUNDS):
        child.play(kernel, [(index, text, "") for index, text in enumerate(_CELLS)], _drop)
        asyncio.get_event_loop().close()
    asyncio.set_event_loop(None)
    kernel.session.emit = None
    kernel.shell.reset(new_session=True)
    for name in ("last_type", "last_value", "last_traceback"):
        vars(sys).pop(name, None)


def _drop(message: bytes) -> None:
    """Take a message that nobody wants."""
