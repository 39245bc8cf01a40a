"""Submissions on disk: which there are, which are still to be graded, and what is in one."""

from __future__ import annotations

import errno
import glob
import os
import stat
from collections.abc import Iterable, Iterator
from datetime import datetime
from fnmatch import fnmatchcase
from pathlib import Path

import msgspec

from autograder.engine.course import Course
from autograder.exceptions import CourseError, NotebookError

TIMESTAMP = "timestamp.txt"


class Submission(msgspec.Struct, frozen=True):
    """A student's submission of an assignment; small, since there may be very many.

    Attributes:
        student: the student's id.
        assignment: the assignment's name.
        notebooks: the names of its notebooks that are wanted, in order.
        course: the course.
    """

    student: str
    assignment: str
    notebooks: tuple[str, ...]
    course: Course

    @property
    def folder(self) -> Path:
        """Where it is."""
        return Path(self.course.place("submitted", self.student, self.assignment))

    @property
    def graded(self) -> Path:
        """Where the graded version goes."""
        return Path(self.course.place("autograded", self.student, self.assignment))


class Contents(msgspec.Struct, frozen=True):
    """What is in a submission.

    Attributes:
        notebooks: the bytes of its notebooks, by name.
        files: the bytes of its other files, by path with `/`.
        executable: those of the files that may be run.
        timestamp: when it was handed in, in UTC; nothing if it doesn't say.
    """

    notebooks: dict[str, bytes]
    files: dict[str, bytes]
    executable: tuple[str, ...]
    timestamp: datetime | None


def find_submissions(
    course: Course, assignment: str, students: Iterable[str] = (), notebook: str = "*"
) -> list[Submission]:
    """Return an assignment's submissions, in the order of the students' ids.

    Args:
        course: the course.
        assignment: the assignment's name.
        students: the students' ids; by default, all who submitted.
        notebook: a pattern for the names of the notebooks that are wanted.

    Raises:
        CourseError: a student named has no submission, or there is none at all.
    """
    found: dict[str, Submission] = {}
    wanted = tuple(dict.fromkeys(students))
    alike: dict[tuple[str, ...], tuple[str, ...]] = {}  # nearly all hand in notebooks of the same names
    for student in wanted or _students(course, assignment):
        if student in course.excluded or (course.student_id not in ("*", student) and not wanted):
            continue
        if "/" in student or student in ("", ".", ".."):
            continue
        names = _notebooks(course.place("submitted", student, assignment), notebook)
        if names is not None:
            found[student] = Submission(student, assignment, alike.setdefault(names, names), course)
    missing = [student for student in wanted if student not in found]
    if missing:
        raise CourseError(
            f"No submission of '{assignment}' by {', '.join(missing)} in {course.root / course.steps['submitted']}. "
            "Collect it with `nbgrader collect` or put the files there."
        )
    if not found:
        raise CourseError(
            f"No submissions of '{assignment}' in {course.root / course.steps['submitted']}. "
            "Collect them with `nbgrader collect` or put the files there."
        )
    return list(found.values())


def is_due(submission: Submission, *, force: bool, whole: bool) -> bool:
    """Return whether a submission is still to be graded: not graded yet, or handed in again since.

    Args:
        submission: the submission.
        force: whether everything is graded anew.
        whole: whether all notebooks are wanted, so that the folder's being there tells.
    """
    if force:
        return True
    student, assignment, course = submission.student, submission.assignment, submission.course
    graded = course.place("autograded", student, assignment)
    if whole:
        if not os.path.lexists(graded):
            return True
    elif not all(os.path.exists(f"{graded}/{name}.ipynb") for name in submission.notebooks):  # noqa: PTH110
        return True
    new = _timestamp_text(course.place("submitted", student, assignment))
    old = _timestamp_text(graded) if new else ""
    if new == old or not new or not old:
        return False
    new_time, old_time = parse_timestamp(new), parse_timestamp(old)
    return new_time is not None and old_time is not None and new_time > old_time


def read_submission(submission: Submission, course: Course) -> Contents:
    """Read a submission's files.

    Raises:
        NotebookError: something in it can't be read, or is not a file of its own.
    """
    folder = submission.folder
    files: dict[str, bytes] = {}
    executable: list[str] = []
    if not submission.notebooks:
        raise NotebookError(f"{_shown(folder)} can't be read. Mend its permissions.")
    for name in walk(folder, course):
        if name.endswith(".ipynb"):
            continue
        files[name], mode = read_safely(folder, name)
        if mode & stat.S_IXUSR:
            executable.append(name)
    notebooks = {name: read_safely(folder, f"{name}.ipynb")[0] for name in submission.notebooks}
    text = _timestamp_text(str(folder))
    timestamp = parse_timestamp(text) if text else None
    if text and timestamp is None:
        raise NotebookError(f"{folder / TIMESTAMP} says {text[:80]!r}, which is no time. Mend or remove it.")
    return Contents(notebooks, files, tuple(executable), timestamp)


def walk(folder: Path, course: Course) -> Iterator[str]:
    """Give the paths of all files below a folder, relative to it and with `/`, but for those that are ignored."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not course.ignores(name))
        relative = os.path.relpath(parent, folder)
        for name in sorted(names):
            if not course.ignores(name):
                yield name if relative == "." else f"{relative}/{name}"


def read_safely(folder: Path, name: str) -> tuple[bytes, int]:
    """Return a file's bytes and mode; nothing outside its folder is read, and nothing that is no file.

    Raises:
        NotebookError: it can't be read, or leads elsewhere.
    """
    path = folder / name
    try:
        name.encode()
        with os.fdopen(_open(folder, path), "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise NotebookError(f"{_shown(path)} is not an ordinary file. Remove it from the submission.")
            return file.read(), status.st_mode
    except UnicodeEncodeError as error:
        raise NotebookError(f"The name of the file {_shown(path)} is not UTF-8. Rename it.") from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise NotebookError(f"{_shown(path)} can't be read: {reason}. Mend its permissions or remove it.") from error


def _open(folder: Path, path: Path) -> int:
    """Return a descriptor of a file that lies in a folder, perhaps by way of links."""
    if path.parent == folder:  # most do, and are no links
        try:
            return os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
        except OSError as error:
            if error.errno != errno.ELOOP:
                raise
    target = path.resolve(strict=True)
    if not target.is_relative_to(folder.resolve()):
        raise NotebookError(
            f"{_shown(path)} is a link to {_shown(target)}, outside the submission. Replace it by the file itself."
        )
    return os.open(target, os.O_RDONLY | os.O_NONBLOCK)


def parse_timestamp(text: str) -> datetime | None:
    """Return a time as nbgrader reads it from `timestamp.txt`: in UTC, without a zone; nothing if it is none."""
    parts = text.split(" ")
    try:
        if len(parts) == 3 and parts[2] == "UTC":
            return datetime.fromisoformat(f"{parts[0]} {parts[1]}")
    except ValueError:
        pass
    return _parse_slowly(text, parts)


def _parse_slowly(text: str, parts: list[str]) -> datetime | None:
    import dateutil.parser  # type: ignore[import-untyped]
    import dateutil.tz  # type: ignore[import-untyped]

    try:
        if len(parts) == 3:
            try:
                zone: object = int(parts[2])
            except ValueError:
                zone = dateutil.tz.gettz(parts[2])
            time: datetime = dateutil.parser.parse(f"{parts[0]} {parts[1]} TZ", tzinfos={"TZ": zone})
        else:
            time = dateutil.parser.parse(text)
    except (ValueError, OverflowError):
        return None
    offset = time.utcoffset()
    return (time - offset).replace(tzinfo=None) if offset is not None else time.replace(tzinfo=None)


def _timestamp_text(folder: str) -> str:
    try:
        with open(f"{folder}/{TIMESTAMP}", encoding="utf-8", errors="replace") as file:  # noqa: PTH123
            return file.read(1000).strip()
    except OSError:
        return ""


def _students(course: Course, assignment: str) -> list[str]:
    """Return the ids of all who may have submitted, in order: the folders that are where a student's would be."""
    before, after = course.place("submitted", "\0", assignment).split("\0", 1)
    if before.endswith("/") and after.startswith("/"):
        try:
            names = os.listdir(before)  # noqa: PTH208 - ten thousand of them
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise CourseError(f"{before} can't be read: {error.strerror}. Mend its permissions.") from error
        return sorted(name for name in names if not name.startswith("."))
    pattern = course.pattern("submitted")
    places = glob.glob(str(course.place("submitted", "*", glob.escape(assignment))))  # noqa: PTH207
    return [match["student"] for match in map(pattern.match, sorted(places)) if match is not None]


def _notebooks(folder: str, pattern: str) -> tuple[str, ...] | None:
    """Return the names of the notebooks in a folder; None if there are none, nothing if it can't be read."""
    try:
        names = os.listdir(folder)  # noqa: PTH208
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:  # said of this submission when its turn comes
        return ()
    kept = (name for name in names if name.endswith(".ipynb") and not name.startswith("."))
    return tuple(sorted(name[:-6] for name in kept if pattern == "*" or fnmatchcase(name[:-6], pattern))) or None


def _shown(path: Path) -> str:
    return os.fsencode(path).decode("utf-8", "backslashreplace").replace("\n", "\\n")
