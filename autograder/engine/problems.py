"""Submissions that could not be graded, kept in a file of the course until they are."""

from __future__ import annotations

import json

from autograder.engine.autograded import HIDDEN
from autograder.engine.course import Course
from autograder.results import SubmissionResult


class Problems:
    """The file `.autograder/ASSIGNMENT.problems.json`: why submissions could not be graded, by student.

    Args:
        course: the course.
        assignment: the assignment's name.
    """

    def __init__(self, course: Course, assignment: str) -> None:
        self._path = course.root / HIDDEN / f"{assignment}.problems.json"
        self._known: dict[str, str] = {}
        if self._path.is_file():
            try:
                self._known = json.loads(self._path.read_text(encoding="utf-8"))
            except ValueError:  # cut short when the machine stopped; the submissions are still to be graded
                self._known = {}

    def note(self, result: SubmissionResult) -> None:
        """Keep why a submission could not be graded, or forget it once it was."""
        if self._known.get(result.student, "") == result.problem:
            return
        if result.problem:
            self._known[result.student] = result.problem
        else:
            del self._known[result.student]
        aside = self._path.with_suffix(".new")
        aside.write_text(json.dumps(self._known, indent=1, ensure_ascii=False), encoding="utf-8")
        aside.replace(self._path)
