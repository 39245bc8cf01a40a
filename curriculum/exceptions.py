"""Errors that `curriculum` raises: each says what is wrong, where, and what to do next."""

from __future__ import annotations

from autograder.exceptions import UserError


class CurriculumError(UserError):
    """Base of all errors of this package."""


class SourceError(CurriculumError):
    """A text source (a lesson or an exercise) is malformed.

    Args:
        path: the file, as the author knows it.
        line: the line in the file, counted from 1.
        problem: what was found there.
        remedy: what to write instead.
    """

    def __init__(self, path: object, line: int, problem: str, remedy: str) -> None:
        self.path = path
        self.line = line
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{path}:{line}: {problem} {remedy}")


class DataError(CurriculumError):
    """A curriculum data file is malformed or contradicts another.

    Args:
        path: the file.
        place: where in the file (`skills[3].prerequisites[0]`), or the empty string for the whole file.
        problem: what was found there, with the value.
        remedy: what to write instead.
        line: the line in the file, counted from 1; 0 when there is none to name.
    """

    def __init__(self, path: object, place: str, problem: str, remedy: str, *, line: int = 0) -> None:
        self.path = path
        self.place = place
        self.problem = problem
        self.remedy = remedy
        self.line = line
        where = f"{path}:{line}" if line else str(path)
        where = f"{where}: {place}" if place else where
        super().__init__(f"{where}: {problem} {remedy}")


class WorkspaceError(CurriculumError):
    """The learner's workspace can't be made, updated or read."""


class UnknownNameError(CurriculumError, KeyError):
    """A module, skill, lesson, exercise or coverage id that the path doesn't have."""

    def __str__(self) -> str:
        return str(self.args[0])


class PlanError(CurriculumError, ValueError):
    """A plan that can't be made as asked: no hours, or more weeks than the calendar has."""


class ProgressError(CurriculumError):
    """The learner's memory can't be opened, read, written or imported."""
