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


class ShortTraceback:
    """Mixed into an error that a test ends with: IPython's traceback of it leaves out this package's frames."""

    def _render_traceback_(self) -> list[str]:
        """Return the traceback's lines; IPython asks an exception for this method."""
        from autograder.tracebacks import own_frames_left_out

        assert isinstance(self, BaseException)
        return own_frames_left_out(self)


class ExpectationError(ShortTraceback, AssertionError):
    """Something that a test expected of the learner's work did not happen."""


class MissingToolchainError(ShortTraceback, AutograderError):
    """A language's or a database's own program is not installed here."""


class StudentWorkError(ShortTraceback, AutograderError, AssertionError):
    """The learner's work can't be reached, or gave what can't come through; fails a test as an assertion does."""


class DatabaseError(ShortTraceback, AutograderError):
    """A database server could not be set up or reached."""


class SQLError(ShortTraceback, AutograderError, AssertionError):
    """A database refused a statement.

    Attributes:
        kind: what it broke: `unique`, `foreign key`, `not null`, `check`, `type`, `locked`, or `other`.
        reason: the database's own words.
    """

    def __init__(self, text: str, kind: str = "other", reason: str = "") -> None:
        super().__init__(text)
        self.kind = kind
        self.reason = reason
