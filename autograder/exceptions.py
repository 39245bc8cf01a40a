"""Errors that `autograder` raises: each says what is wrong, where, and what to do next."""

from __future__ import annotations


class UserError(Exception):
    """A problem that the person at the command line can mend; shown as one line, without a traceback."""

    exit_code = 2


class AutograderError(UserError):
    """Base of all errors of this package."""


class CourseError(AutograderError):
    """The course directory, its configuration or an assignment in it is not as nbgrader wants it."""


class NotebookError(AutograderError):
    """A notebook can't be read or is not what was expected."""


class StudentWorkError(AutograderError, AssertionError):
    """The learner's work can't be reached, or gave what can't come through; fails a test as an assertion does."""
