"""What the learner's code prints while a test runs.

nbgrader gives no points to a test cell that wrote to standard error, even if every assertion held. What the learner's
own code writes there (a log line, a warning) is shown as ordinary output instead.
"""

from __future__ import annotations

import contextlib
import logging
import sys
from collections.abc import Iterator
from typing import TextIO


@contextlib.contextmanager
def stderr_as_output() -> Iterator[None]:
    """Send what is written to standard error to standard output, by logging handlers too."""
    moved = _handlers_on(sys.stderr)
    for handler in moved:
        handler.setStream(sys.stdout)
    original = sys.stderr
    try:
        with contextlib.redirect_stderr(sys.stdout):
            yield
    finally:
        for handler in moved:
            handler.setStream(original)


def _handlers_on(stream: object) -> list[logging.StreamHandler[TextIO]]:
    loggers = [logging.root, *logging.root.manager.loggerDict.values()]
    return [
        handler
        for logger in loggers
        if isinstance(logger, logging.Logger)
        for handler in logger.handlers
        if isinstance(handler, logging.StreamHandler) and getattr(handler, "stream", None) is stream
    ]
