"""What the learner's code prints while a test runs.

nbgrader gives no points to a test cell that wrote to standard error, even if every assertion held. What the learner's
own code writes there (a log line, a warning) is shown as ordinary output instead.
"""

from __future__ import annotations

import contextlib
import io
import logging
import sys
from collections.abc import Iterator
from typing import TextIO


class Written(io.StringIO):
    """Keeps what is written to it, and passes it on.

    Args:
        target: where it goes.
    """

    def __init__(self, target: TextIO) -> None:
        super().__init__()
        self._target = target

    def write(self, text: str) -> int:
        """Keep a text and pass it on."""
        self._target.write(text)
        return super().write(text)

    def flush(self) -> None:
        """Flush the target."""
        self._target.flush()


@contextlib.contextmanager
def stderr_as_output() -> Iterator[Written]:
    """Send what is written to standard error to standard output, by logging handlers too.

    Yields:
        What is written there meanwhile.
    """
    written = Written(sys.stdout)
    moved = _handlers_on(sys.stderr)
    for handler in moved:
        handler.setStream(written)
    original = sys.stderr
    try:
        with contextlib.redirect_stderr(written):
            yield written
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
