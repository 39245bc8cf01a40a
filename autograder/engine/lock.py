"""One grading run at a time on a course: the second says so and stops."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path

from autograder.engine.autograded import HIDDEN
from autograder.exceptions import CourseError


@contextlib.contextmanager
def only_run(root: Path) -> Iterator[None]:
    """Hold a course for one run; the system lets go of it when the process ends, however it ends.

    Args:
        root: the course directory.

    Raises:
        CourseError: another run holds it, or the course can't be written to.
    """
    folder = root / HIDDEN
    try:
        folder.mkdir(exist_ok=True)
        file = open(folder / "lock", "a+", encoding="utf-8")  # noqa: PTH123, SIM115 - held until the end
    except OSError as error:
        raise CourseError(
            f"{folder} can't be written: {error.strerror}. Grading needs to write to the course."
        ) from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip()
            raise CourseError(
                f"Another run is grading this course ({holder or 'it has not said which'}). Wait until it has ended."
            ) from None
        file.truncate(0)
        file.write(f"process {os.getpid()}, since {time.strftime('%Y-%m-%d %H:%M:%S')}\n")
        file.flush()
        yield
