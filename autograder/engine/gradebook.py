"""nbgrader's gradebook: opened, read, and given transactions that take whole submissions.

One process writes. The tables are nbgrader's; a test holds them against its models.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy
from sqlalchemy import insert, select
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError, NoSuchModuleError

from autograder.engine import tables
from autograder.engine.batch import Batch, NotebookRows
from autograder.engine.jobs import SourceCell, SourceNotebook
from autograder.exceptions import CourseError

_LOCK_SECONDS = 60
_DEFAULT_COURSE = "default_course"


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
        try:
            self._begin(course_id, assignment)
        except BaseException:
            self.close()
            raise

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
                    select(tables.notebooks.c.kernelspec).where(tables.notebooks.c.id == notebook.id)
                ).scalar_one()
                rows = connection.execute(
                    select(tables.source_cells).where(tables.source_cells.c.notebook_id == notebook.id)
                )
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

    def _begin(self, course_id: str, assignment: str) -> None:
        with self._speaking_plainly(), self._engine.begin() as connection:
            self._register_course(connection, course_id)
            row = connection.execute(
                select(tables.assignments.c.id, tables.assignments.c.duedate).where(
                    tables.assignments.c.name == assignment
                )
            ).first()
            if row is None:
                raise CourseError(
                    f"The gradebook ({self._shown}) has no assignment '{assignment}'. "
                    f"Run `nbgrader generate_assignment {assignment}` first."
                )
            self._assignment: str = row.id
            self._due: datetime | None = row.duedate
            self._rows = self._read_rows(connection)

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
        known = set(connection.execute(select(tables.courses.c.id)).scalars())
        for name in {course_id, _DEFAULT_COURSE} - known - {""}:
            connection.execute(insert(tables.courses).values(id=name))

    def _read_rows(self, connection: Connection) -> list[NotebookRows]:
        notebooks = connection.execute(
            select(tables.notebooks.c.id, tables.notebooks.c.name)
            .where(tables.notebooks.c.assignment_id == self._assignment)
            .order_by(tables.notebooks.c.name)
        ).all()
        rows: list[NotebookRows] = []
        for notebook in notebooks:
            cells = connection.execute(
                select(tables.base_cells.c.id, tables.base_cells.c.name, tables.base_cells.c.type).where(
                    tables.base_cells.c.notebook_id == notebook.id
                )
            ).all()
            graded = {cell.name: cell.id for cell in cells if cell.type in ("GradeCell", "TaskCell")}
            commented = {cell.name: cell.id for cell in cells if cell.type in ("SolutionCell", "TaskCell")}
            tasks = frozenset(cell.name for cell in cells if cell.type == "TaskCell")
            rows.append(NotebookRows(notebook.id, notebook.name, graded, tasks, commented))
        return rows

    def _points(self, connection: Connection) -> dict[tuple[str, bool], dict[str, float]]:
        """Return the points of cells by name, for each notebook, and apart for tasks."""
        points: dict[tuple[str, bool], dict[str, float]] = {}
        for table, task in ((tables.grade_cells, False), (tables.task_cells, True)):
            joined = select(tables.base_cells.c.notebook_id, tables.base_cells.c.name, table.c.max_score).join(
                table, table.c.id == tables.base_cells.c.id
            )
            for row in connection.execute(joined):
                points.setdefault((row.notebook_id, task), {})[row.name] = float(row.max_score)
        return points

    def _source_cell(
        self,
        row: Any,
        notebook: NotebookRows,
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
