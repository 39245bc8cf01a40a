"""nbgrader's gradebook: what an assignment is, and what its submissions earned.

The tables are nbgrader's; a test holds them against its models. One process writes, whole submissions at a time.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import msgspec
import sqlalchemy
from sqlalchemy import Boolean, Column, DateTime, Float, Interval, MetaData, String, Table, Text, insert, select, update
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError, NoSuchModuleError

from autograder.engine.course import Penalty
from autograder.engine.jobs import GradedNotebook, SourceCell, SourceNotebook
from autograder.exceptions import CourseError

_LOCK_SECONDS = 60
_DEFAULT_COURSE = "default_course"

_tables = MetaData()


def _table(table: str, /, **columns: Any) -> Table:
    return Table(table, _tables, *(Column(key, kind) for key, kind in columns.items()))


_courses = _table("course", id=String)
_assignments = _table("assignment", id=String, name=String, duedate=DateTime)
_notebooks = _table("notebook", id=String, name=String, assignment_id=String, kernelspec=String)
_base_cells = _table("base_cell", id=String, name=String, notebook_id=String, type=String)
_grade_cells = _table("grade_cells", id=String, max_score=Float)
_solution_cells = _table("solution_cells", id=String)
_task_cells = _table("task_cells", id=String, max_score=Float)
_source_cells = _table(
    "source_cell", id=String, name=String, cell_type=String, locked=Boolean, source=Text, checksum=String,
    notebook_id=String,
)  # fmt: skip
_students = _table("student", id=String)
_submissions = _table(
    "submitted_assignment", id=String, assignment_id=String, student_id=String, timestamp=DateTime, extension=Interval
)
_submitted_notebooks = _table(
    "submitted_notebook", id=String, assignment_id=String, notebook_id=String, flagged=Boolean,
    late_submission_penalty=Float,
)  # fmt: skip
_grades = _table(
    "grade", id=String, notebook_id=String, cell_id=String, auto_score=Float, manual_score=Float, extra_credit=Float,
    needs_manual_grade=Boolean,
)  # fmt: skip
_comments = _table("comment", id=String, notebook_id=String, cell_id=String, auto_comment=Text, manual_comment=Text)


class StudentUnknownError(ValueError):
    """The student is not in the gradebook, and the course doesn't add students by itself."""


class _NotebookRows(msgspec.Struct, frozen=True):
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


class Gradebook:
    """An open gradebook, for one assignment.

    Args:
        db_url: the database, as SQLAlchemy names it.
        course_id: the course's name.
        assignment: the assignment's name.

    Raises:
        CourseError: the gradebook can't be opened, or doesn't know the assignment.
    """

    def __init__(self, db_url: str, course_id: str, assignment: str) -> None:
        self._shown = db_url.rpartition("@")[2]
        self._engine = self._open(db_url)
        with self._speaking_plainly(), self._engine.begin() as connection:
            self._register_course(connection, course_id)
            row = connection.execute(
                select(_assignments.c.id, _assignments.c.duedate).where(_assignments.c.name == assignment)
            ).first()
            if row is None:
                raise CourseError(
                    f"The gradebook ({self._shown}) has no assignment '{assignment}'. "
                    f"Run `nbgrader generate_assignment {assignment}` first."
                )
            self._assignment: str = row.id
            self._due: datetime | None = row.duedate
            self._rows = self._read_rows(connection)

    def close(self) -> None:
        """Close the connections."""
        self._engine.dispose()

    def source_notebooks(self) -> dict[str, SourceNotebook]:
        """Return what grading needs of the assignment's source version, by the notebooks' names."""
        found: dict[str, SourceNotebook] = {}
        with self._speaking_plainly(), self._engine.connect() as connection:
            points = self._points(connection)
            for notebook in self._rows:
                solutions = {name for name in notebook.commented if name not in points.get((notebook.id, True), {})}
                spec = connection.execute(
                    select(_notebooks.c.kernelspec).where(_notebooks.c.id == notebook.id)
                ).scalar_one()
                rows = connection.execute(select(_source_cells).where(_source_cells.c.notebook_id == notebook.id))
                cells = tuple(self._source_cell(row, notebook, points, solutions) for row in rows)
                found[notebook.name] = SourceNotebook(
                    notebook.name, cells, (json.loads(spec) if spec else None) or None
                )
        return found

    @contextlib.contextmanager
    def batch(self) -> Iterator[Batch]:
        """Open a transaction that takes whole submissions and is committed at the end."""
        with self._speaking_plainly(), self._engine.begin() as connection:
            yield Batch(connection, self._assignment, self._due, self._rows)

    def _open(self, db_url: str) -> Engine:
        try:
            url = sqlalchemy.engine.make_url(db_url)
            if url.get_backend_name() == "sqlite":
                self._demand_file(url.database)
                waiting = {} if "timeout" in url.query else {"timeout": _LOCK_SECONDS}
                return sqlalchemy.create_engine(url, connect_args=waiting)
            return sqlalchemy.create_engine(url)
        except (sqlalchemy.exc.ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
            raise CourseError(f"The gradebook's address {self._shown} can't be used: {error}.") from error

    def _demand_file(self, path: str | None) -> None:
        """Refuse a database that is not there, instead of making an empty one."""
        try:
            sqlite3.connect(f"file:{path}?mode=rw", uri=True).close()
        except sqlite3.OperationalError as error:
            raise CourseError(
                f"The gradebook {path} can't be opened: {error}. Run `nbgrader generate_assignment` first."
            ) from error

    @contextlib.contextmanager
    def _speaking_plainly(self) -> Iterator[None]:
        """Turn a database's errors into one clear line."""
        try:
            yield
        except DBAPIError as error:
            reason = str(error.orig).strip().splitlines()[0] if error.orig else type(error).__name__
            hint = "Another program may be writing to it: try again in a while."
            if "no such" in reason or "does not exist" in reason or "has no column" in reason:
                hint = "It may be of an older nbgrader: back it up, then run `nbgrader db upgrade`."
            elif "not a database" in reason or "malformed" in reason:
                hint = "The file is damaged: put a backup in its place. Nothing was lost from autograded/."
            elif "full" in reason:
                hint = "Make room on the disk, then run the command again: it takes up what is missing."
            raise CourseError(f"The gradebook ({self._shown}): {reason}. {hint}") from error

    def _register_course(self, connection: Connection, course_id: str) -> None:
        known = set(connection.execute(select(_courses.c.id)).scalars())
        for name in {course_id, _DEFAULT_COURSE} - known - {""}:
            connection.execute(insert(_courses).values(id=name))

    def _read_rows(self, connection: Connection) -> list[_NotebookRows]:
        notebooks = connection.execute(
            select(_notebooks.c.id, _notebooks.c.name)
            .where(_notebooks.c.assignment_id == self._assignment)
            .order_by(_notebooks.c.name)
        ).all()
        rows: list[_NotebookRows] = []
        for notebook in notebooks:
            cells = connection.execute(
                select(_base_cells.c.id, _base_cells.c.name, _base_cells.c.type).where(
                    _base_cells.c.notebook_id == notebook.id
                )
            ).all()
            graded = {cell.name: cell.id for cell in cells if cell.type in ("GradeCell", "TaskCell")}
            commented = {cell.name: cell.id for cell in cells if cell.type in ("SolutionCell", "TaskCell")}
            tasks = frozenset(cell.name for cell in cells if cell.type == "TaskCell")
            rows.append(_NotebookRows(notebook.id, notebook.name, graded, tasks, commented))
        return rows

    def _points(self, connection: Connection) -> dict[tuple[str, bool], dict[str, float]]:
        """Return the points of cells by name, for each notebook, and apart for tasks."""
        points: dict[tuple[str, bool], dict[str, float]] = {}
        for table, task in ((_grade_cells, False), (_task_cells, True)):
            joined = select(_base_cells.c.notebook_id, _base_cells.c.name, table.c.max_score).join(
                table, table.c.id == _base_cells.c.id
            )
            for row in connection.execute(joined):
                points.setdefault((row.notebook_id, task), {})[row.name] = float(row.max_score)
        return points

    def _source_cell(
        self,
        row: Any,
        notebook: _NotebookRows,
        points: Mapping[tuple[str, bool], Mapping[str, float]],
        solutions: set[str],
    ) -> SourceCell:
        task = row.name in points.get((notebook.id, True), {})
        return SourceCell(
            name=row.name,
            cell_type=row.cell_type,
            locked=bool(row.locked),
            source=row.source or "",
            checksum=row.checksum,
            max_score=points.get((notebook.id, task), {}).get(row.name),
            task=task,
            solution=row.name in solutions,
        )


class Batch:
    """A transaction: what it takes is committed together, or not at all."""

    def __init__(
        self, connection: Connection, assignment: str, due: datetime | None, notebooks: list[_NotebookRows]
    ) -> None:
        self._connection = connection
        self._assignment = assignment
        self._due = due
        self._notebooks = notebooks

    def save(
        self,
        student: str,
        timestamp: datetime | None,
        graded: Mapping[str, GradedNotebook],
        missing: set[str],
        *,
        create_student: bool,
        penalty: Penalty | None,
        strict: bool,
    ) -> float:
        """Write one submission.

        Args:
            student: the student's id.
            timestamp: when it was handed in, in UTC.
            graded: its graded notebooks, by name.
            missing: notebooks of the assignment that it lacks.
            create_student: whether a student who is not there is added.
            penalty: gives the penalty for late work.
            strict: whether a graded cell that the notebook lacks loses the mark of an earlier grading.

        Returns:
            The penalty for late work.

        Raises:
            StudentUnknownError: the student is not there and may not be added.
        """
        self._ensure_student(student, create=create_student)
        submission, late = self._ensure_submission(student, timestamp)
        rows = self._connection.execute(
            select(_submitted_notebooks.c.id, _submitted_notebooks.c.notebook_id).where(
                _submitted_notebooks.c.assignment_id == submission
            )
        )
        ids = {row.notebook_id: row.id for row in rows}
        total = 0.0
        for notebook in self._notebooks:
            submitted = ids.get(notebook.id)
            if submitted is None:
                continue
            if notebook.name in missing:
                self._connection.execute(
                    update(_grades)
                    .where(_grades.c.notebook_id == submitted)
                    .values(auto_score=0, needs_manual_grade=False)
                )
            elif notebook.name in graded:
                self._save_scores(submitted, notebook, graded[notebook.name], strict=strict)
                self._save_penalty(submitted, student, late, penalty)
        for value in self._connection.execute(
            select(_submitted_notebooks.c.late_submission_penalty).where(
                _submitted_notebooks.c.assignment_id == submission
            )
        ).scalars():
            total += value or 0
        return total

    def _ensure_student(self, student: str, *, create: bool) -> None:
        known = self._connection.execute(select(_students.c.id).where(_students.c.id == student)).first()
        if known is not None:
            return
        if not create:
            raise StudentUnknownError(student)
        self._connection.execute(insert(_students).values(id=student))

    def _ensure_submission(self, student: str, timestamp: datetime | None) -> tuple[str, float]:
        """Return the submission's id and how many seconds late it is; make its rows if need be."""
        row = self._connection.execute(
            select(_submissions.c.id, _submissions.c.timestamp, _submissions.c.extension).where(
                _submissions.c.assignment_id == self._assignment, _submissions.c.student_id == student
            )
        ).first()
        if row is None:
            submission = self._create_submission(student, timestamp)
            return submission, self._seconds_late(timestamp, None)
        if timestamp is not None and timestamp != row.timestamp:
            self._connection.execute(
                update(_submissions).where(_submissions.c.id == row.id).values(timestamp=timestamp)
            )
        return row.id, self._seconds_late(timestamp or row.timestamp, row.extension)

    def _create_submission(self, student: str, timestamp: datetime | None) -> str:
        submission = _new_id()
        self._connection.execute(
            insert(_submissions).values(
                id=submission, assignment_id=self._assignment, student_id=student, timestamp=timestamp, extension=None
            )
        )
        grades: list[dict[str, object]] = []
        comments: list[dict[str, object]] = []
        notebooks: list[dict[str, object]] = []
        for notebook in self._notebooks:
            submitted = _new_id()
            notebooks.append(
                {
                    "id": submitted,
                    "assignment_id": submission,
                    "notebook_id": notebook.id,
                    "flagged": False,
                    "late_submission_penalty": None,
                }
            )
            grades += [
                {"id": _new_id(), "notebook_id": submitted, "cell_id": cell, "needs_manual_grade": True}
                for cell in notebook.graded.values()
            ]
            comments += [
                {"id": _new_id(), "notebook_id": submitted, "cell_id": cell} for cell in notebook.commented.values()
            ]
        for table, rows in ((_submitted_notebooks, notebooks), (_grades, grades), (_comments, comments)):
            if rows:
                self._connection.execute(insert(table), rows)
        return submission

    def _seconds_late(self, timestamp: datetime | None, extension: timedelta | None) -> float:
        if timestamp is None or self._due is None:
            return 0
        return max(0.0, (timestamp - self._due - (extension or timedelta())).total_seconds())

    def _save_scores(self, submitted: str, notebook: _NotebookRows, graded: GradedNotebook, *, strict: bool) -> None:
        rows = self._connection.execute(
            select(_grades.c.id, _grades.c.cell_id, _grades.c.manual_score).where(_grades.c.notebook_id == submitted)
        )
        kept = {row.cell_id: row for row in rows}
        scores = dict(graded.scores)
        if strict:
            scores = {**{name: None for name in notebook.graded if name not in notebook.tasks}, **scores}
        changed = [
            {
                "row": kept[cell].id,
                "score": score,
                "by_hand": kept[cell].manual_score is not None or score is None,
            }
            for name, score in scores.items()
            if (cell := notebook.graded.get(name)) in kept
        ]
        if changed:
            self._connection.execute(_SET_SCORE, changed)
        comments = [
            {"cell": notebook.commented[name], "notebook": submitted, "text": comment}
            for name, comment in graded.comments.items()
            if name in notebook.commented
        ]
        if comments:
            self._connection.execute(_SET_COMMENT, comments)

    def _save_penalty(self, submitted: str, student: str, late: float, penalty: Penalty | None) -> None:
        value: float | None = None
        if late > 0 and penalty is not None:
            rows = self._connection.execute(
                select(_grades.c.auto_score, _grades.c.manual_score, _grades.c.extra_credit).where(
                    _grades.c.notebook_id == submitted
                )
            )
            score = sum((_score(row) for row in rows), 0.0)
            value = penalty(student, score, late)
            if value is not None:
                value = min(max(0, value), score)
        self._connection.execute(
            update(_submitted_notebooks)
            .where(_submitted_notebooks.c.id == submitted)
            .values(late_submission_penalty=value)
        )


_SET_SCORE = (
    update(_grades)
    .where(_grades.c.id == sqlalchemy.bindparam("row"))
    .values(auto_score=sqlalchemy.bindparam("score"), needs_manual_grade=sqlalchemy.bindparam("by_hand"))
)
_SET_COMMENT = (
    update(_comments)
    .where(
        _comments.c.cell_id == sqlalchemy.bindparam("cell"), _comments.c.notebook_id == sqlalchemy.bindparam("notebook")
    )
    .values(auto_comment=sqlalchemy.bindparam("text"))
)


def _score(row: Any) -> float:
    """Return a grade's score, as nbgrader's own column works it out."""
    for value in (row.manual_score, row.auto_score):
        if value is not None:
            return float(value) + float(row.extra_credit or 0)
    return 0.0


def _new_id() -> str:
    return uuid4().hex
