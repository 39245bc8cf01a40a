"""Whole submissions on their way into the gradebook, many in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import msgspec
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.engine import Connection

from autograder.engine.course import Penalty
from autograder.engine.jobs import GradedNotebook
from autograder.engine.tables import comments, grades, students, submissions, submitted_notebooks


class StudentUnknownError(ValueError):
    """The student is not in the gradebook, and the course doesn't add students by itself."""


class NotebookRows(msgspec.Struct, frozen=True):
    """A notebook's ids in the gradebook.

    Attributes:
        id: the notebook's id.
        name: its name.
        graded: the ids of its graded cells, tasks included, by name.
        tasks: the names of its tasks.
        commented: the ids of its answer cells and tasks, by name.
    """

    id: str
    name: str
    graded: dict[str, str]
    tasks: frozenset[str]
    commented: dict[str, str]


class Marked(msgspec.Struct, frozen=True):
    """One submission, marked.

    Attributes:
        student: the student's id.
        timestamp: when it was handed in, in UTC.
        graded: its graded notebooks, by name.
        missing: the notebooks of the assignment that it lacks.
    """

    student: str
    timestamp: datetime | None
    graded: Mapping[str, GradedNotebook]
    missing: set[str]


class Batch:
    """A transaction: what it takes is committed together, or not at all.

    Args:
        connection: the transaction.
        assignment: the assignment's id.
        due: when it is due, in UTC.
        notebooks: the assignment's notebooks.
    """

    def __init__(
        self, connection: Connection, assignment: str, due: datetime | None, notebooks: list[NotebookRows]
    ) -> None:
        self._connection = connection
        self._assignment = assignment
        self._due = due
        self._notebooks = notebooks

    def save(self, marked: Marked, *, create_student: bool, penalty: Penalty | None, strict: bool) -> float:
        """Write one submission.

        Args:
            marked: the submission.
            create_student: whether a student who is not there is added.
            penalty: gives the penalty for late work.
            strict: whether a graded cell that the notebook lacks loses the mark of an earlier grading.

        Returns:
            The penalty for late work.

        Raises:
            StudentUnknownError: the student is not there and may not be added.
        """
        self._ensure_student(marked.student, create=create_student)
        row = self._connection.execute(
            select(submissions.c.id, submissions.c.timestamp, submissions.c.extension).where(
                submissions.c.assignment_id == self._assignment, submissions.c.student_id == marked.student
            )
        ).first()
        if row is None:
            return self._add(marked, penalty, strict=strict)
        return self._change(row, marked, penalty, strict=strict)

    def _ensure_student(self, student: str, *, create: bool) -> None:
        known = self._connection.execute(select(students.c.id).where(students.c.id == student)).first()
        if known is not None:
            return
        if not create:
            raise StudentUnknownError(student)
        self._connection.execute(insert(students).values(id=student))

    def _add(self, marked: Marked, penalty: Penalty | None, *, strict: bool) -> float:
        """Write a submission that the gradebook doesn't know yet."""
        submission = _new_id()
        late = self._seconds_late(marked.timestamp, None)
        notebook_rows: list[dict[str, Any]] = []
        grade_rows: list[dict[str, Any]] = []
        comment_rows: list[dict[str, Any]] = []
        total = 0.0
        for notebook in self._notebooks:
            submitted = _new_id()
            missing = notebook.name in marked.missing
            graded = None if missing else marked.graded.get(notebook.name)
            scores = _scores(notebook, graded, strict=strict) if graded else {}
            said = graded.comments if graded else {}
            taken = None
            if graded:
                taken = _penalty(marked.student, sum(score or 0.0 for score in scores.values()), late, penalty)
            total += taken or 0
            notebook_rows.append(
                {
                    "id": submitted,
                    "assignment_id": submission,
                    "notebook_id": notebook.id,
                    "flagged": False,
                    "late_submission_penalty": taken,
                }
            )
            grade_rows += [
                {
                    "id": _new_id(),
                    "notebook_id": submitted,
                    "cell_id": cell,
                    "auto_score": 0.0 if missing else scores.get(name),
                    "needs_manual_grade": not missing and scores.get(name) is None,
                }
                for name, cell in notebook.graded.items()
            ]
            comment_rows += [
                {"id": _new_id(), "notebook_id": submitted, "cell_id": cell, "auto_comment": said.get(name)}
                for name, cell in notebook.commented.items()
            ]
        self._connection.execute(
            insert(submissions).values(
                id=submission,
                assignment_id=self._assignment,
                student_id=marked.student,
                timestamp=marked.timestamp,
                extension=None,
            )
        )
        for table, rows in ((submitted_notebooks, notebook_rows), (grades, grade_rows), (comments, comment_rows)):
            if rows:
                self._connection.execute(insert(table), rows)
        return total

    def _change(self, row: Any, marked: Marked, penalty: Penalty | None, *, strict: bool) -> float:
        """Write a submission in place of what the gradebook has of it; marks by hand stay."""
        if marked.timestamp is not None and marked.timestamp != row.timestamp:
            self._connection.execute(
                update(submissions).where(submissions.c.id == row.id).values(timestamp=marked.timestamp)
            )
        late = self._seconds_late(marked.timestamp or row.timestamp, row.extension)
        rows = self._connection.execute(
            select(
                submitted_notebooks.c.id,
                submitted_notebooks.c.notebook_id,
                submitted_notebooks.c.late_submission_penalty,
            ).where(
                submitted_notebooks.c.notebook_id.in_([notebook.id for notebook in self._notebooks]),
                submitted_notebooks.c.assignment_id == row.id,
            )
        )
        there = {row.notebook_id: row for row in rows}
        total = 0.0
        for notebook in self._notebooks:
            submitted = there.get(notebook.id)
            if submitted is None:
                continue
            taken = submitted.late_submission_penalty
            if notebook.name in marked.missing:
                self._connection.execute(
                    update(grades).where(*_of(notebook, submitted.id)).values(auto_score=0, needs_manual_grade=False)
                )
            elif notebook.name in marked.graded:
                score = self._change_scores(submitted.id, notebook, marked.graded[notebook.name], strict=strict)
                taken = _penalty(marked.student, score, late, penalty)
                self._connection.execute(
                    update(submitted_notebooks)
                    .where(submitted_notebooks.c.id == submitted.id)
                    .values(late_submission_penalty=taken)
                )
            total += taken or 0
        return total

    def _change_scores(self, submitted: str, notebook: NotebookRows, graded: GradedNotebook, *, strict: bool) -> float:
        """Write the scores and comments of a notebook; return what it is worth now, marks by hand included."""
        rows = self._connection.execute(
            select(
                grades.c.id, grades.c.cell_id, grades.c.auto_score, grades.c.manual_score, grades.c.extra_credit
            ).where(*_of(notebook, submitted))
        )
        kept = {row.cell_id: row for row in rows}
        scores = {
            cell: score
            for name, score in _scores(notebook, graded, strict=strict).items()
            if (cell := notebook.graded[name]) in kept
        }
        changed = [
            {"row": kept[cell].id, "score": score, "by_hand": kept[cell].manual_score is not None or score is None}
            for cell, score in scores.items()
        ]
        if changed:
            self._connection.execute(_SET_SCORE, changed)
        comments_made = [
            {"cell": notebook.commented[name], "notebook": submitted, "text": comment}
            for name, comment in graded.comments.items()
            if name in notebook.commented
        ]
        if comments_made:
            self._connection.execute(_SET_COMMENT, comments_made)
        return sum(_worth(row, scores.get(cell, row.auto_score)) for cell, row in kept.items())

    def _seconds_late(self, timestamp: datetime | None, extension: timedelta | None) -> float:
        if timestamp is None or self._due is None:
            return 0
        return max(0.0, (timestamp - self._due - (extension or timedelta())).total_seconds())


_SET_SCORE = (
    update(grades)
    .where(grades.c.id == bindparam("row"))
    .values(auto_score=bindparam("score"), needs_manual_grade=bindparam("by_hand"))
)
_SET_COMMENT = (
    update(comments)
    .where(comments.c.cell_id == bindparam("cell"), comments.c.notebook_id == bindparam("notebook"))
    .values(auto_comment=bindparam("text"))
)


def _of(notebook: NotebookRows, submitted: str) -> tuple[Any, Any]:
    """Return what finds the grades of a submitted notebook by nbgrader's index."""
    return grades.c.cell_id.in_(list(notebook.graded.values())), grades.c.notebook_id == submitted


def _scores(notebook: NotebookRows, graded: GradedNotebook, *, strict: bool) -> dict[str, float | None]:
    """Return the scores of a notebook's cells by name; None where a person has to say."""
    scores: dict[str, float | None] = {}
    if strict:
        scores = {name: None for name in notebook.graded if name not in notebook.tasks}
    return scores | {name: score for name, score in graded.scores.items() if name in notebook.graded}


def _penalty(student: str, score: float, late: float, penalty: Penalty | None) -> float | None:
    """Return what late work loses, which is never more than it is worth."""
    value = penalty(student, score, late) if late > 0 and penalty is not None else None
    return None if value is None else min(max(0, value), score)


def _worth(row: Any, auto_score: float | None) -> float:
    """Return a grade's score, as nbgrader's own column works it out."""
    for value in (row.manual_score, auto_score):
        if value is not None:
            return float(value) + float(row.extra_credit or 0)
    return 0.0


def _new_id() -> str:
    return uuid4().hex
