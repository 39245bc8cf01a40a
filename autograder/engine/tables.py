"""nbgrader's tables, as far as grading reads or writes them.

Only their names and columns are given: the tables are made by nbgrader. Of its indexes these matter, as a gradebook
grows to a million rows: a submission is found by assignment and student, its notebooks by notebook and submission,
grades and comments by cell and submitted notebook. A search by the second of the two alone reads a whole table.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Column, DateTime, Float, Interval, MetaData, String, Table, Text

metadata = MetaData()


def _table(table: str, /, **columns: Any) -> Table:
    return Table(table, metadata, *(Column(key, kind) for key, kind in columns.items()))


courses = _table("course", id=String)
assignments = _table("assignment", id=String, name=String, duedate=DateTime)
notebooks = _table("notebook", id=String, name=String, assignment_id=String, kernelspec=String)
base_cells = _table("base_cell", id=String, name=String, notebook_id=String, type=String)
grade_cells = _table("grade_cells", id=String, max_score=Float)
task_cells = _table("task_cells", id=String, max_score=Float)
source_cells = _table(
    "source_cell", id=String, name=String, cell_type=String, locked=Boolean, source=Text, checksum=String,
    notebook_id=String,
)  # fmt: skip
students = _table("student", id=String)
submissions = _table(
    "submitted_assignment", id=String, assignment_id=String, student_id=String, timestamp=DateTime, extension=Interval
)
submitted_notebooks = _table(
    "submitted_notebook", id=String, assignment_id=String, notebook_id=String, flagged=Boolean,
    late_submission_penalty=Float,
)  # fmt: skip
grades = _table(
    "grade", id=String, notebook_id=String, cell_id=String, auto_score=Float, manual_score=Float, extra_credit=Float,
    needs_manual_grade=Boolean,
)  # fmt: skip
comments = _table("comment", id=String, notebook_id=String, cell_id=String, auto_comment=Text, manual_comment=Text)
