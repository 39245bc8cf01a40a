"""The gradebook's tables are nbgrader's, and what is asked of them is found by its indexes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import nbgrader.api
import pytest
import sqlalchemy

from autograder.engine import tables
from autograder.engine.batch import Marked, StudentUnknownError
from autograder.engine.gradebook import Gradebook
from autograder.engine.jobs import GradedNotebook

THURSDAY, FRIDAY = datetime(2026, 3, 5, 12), datetime(2026, 3, 6, 12)


@pytest.fixture(scope="module")
def fresh(empty_gradebook: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A gradebook of nbgrader's with one assignment of two notebooks, due on Thursday."""
    file = shutil.copy(empty_gradebook, tmp_path_factory.mktemp("fresh"))
    with nbgrader.api.Gradebook(f"sqlite:///{file}") as gradebook:
        gradebook.add_assignment("work", duedate=THURSDAY)
        for name in ("first", "second"):
            gradebook.add_notebook(name, "work", kernelspec="{}")
            gradebook.add_grade_cell("test", name, "work", max_score=2, cell_type="code")
            gradebook.add_solution_cell("answer", name, "work")
            gradebook.add_task_cell("essay", name, "work", max_score=3, cell_type="markdown")
        gradebook.add_student("ada")
    return Path(file)


@pytest.fixture
def db_url(fresh: Path, tmp_path: Path) -> str:
    return f"sqlite:///{shutil.copy(fresh, tmp_path)}"


@pytest.fixture
def gradebook(db_url: str) -> Iterator[Gradebook]:
    opened = Gradebook(db_url, "course", "work")
    yield opened
    opened.close()


def marked(student: str, *, score: float | None, handed_in: datetime | None = THURSDAY) -> Marked:
    """Return a submission whose second notebook is missing."""
    scores: dict[str, float | None] = {"test": score}
    first = GradedNotebook("first", scores, {"answer": "No response."}, (), b"", 0.1)
    return Marked(student, handed_in, {"first": first}, {"second"})


def save(gradebook: Gradebook, submission: Marked, *, create_student: bool = False) -> float:
    def all_of_it(student: str, score: float, seconds: float) -> float:
        return score

    with gradebook.batch() as batch:
        return batch.save(submission, create_student=create_student, penalty=all_of_it, strict=True)


def rows(db_url: str, student: str) -> list[tuple[object, ...]]:
    """Return a student's grades as nbgrader gives them."""
    with nbgrader.api.Gradebook(db_url) as gradebook:
        notebooks = gradebook.find_submission("work", student).notebooks
        return sorted(
            (notebook.name, grade.name, grade.auto_score, grade.manual_score, grade.needs_manual_grade)
            for notebook in notebooks
            for grade in notebook.grades
        )


def test_the_tables_are_nbgraders() -> None:
    models = nbgrader.api.Base.metadata.tables
    for table in tables.metadata.tables.values():
        for column in table.columns:
            theirs = models[table.name].columns[column.name].type
            assert issubclass(type(theirs), type(column.type)) or issubclass(type(column.type), type(theirs)), column


@pytest.mark.parametrize("times", [1, 2])
def test_a_submission_is_written_the_same_the_first_time_and_later(
    gradebook: Gradebook, db_url: str, times: int
) -> None:
    for _ in range(times):
        assert save(gradebook, marked("ada", score=1)) == 0
    assert rows(db_url, "ada") == [
        ("first", "essay", None, None, True),
        ("first", "test", 1, None, False),
        ("second", "essay", 0, None, False),
        ("second", "test", 0, None, False),
    ]


@pytest.mark.parametrize("times", [1, 2])
def test_late_work_loses_what_the_course_says(gradebook: Gradebook, times: int) -> None:
    for _ in range(times):
        assert save(gradebook, marked("ada", score=2, handed_in=FRIDAY)) == 2


def test_a_student_who_may_not_be_added_is_not(gradebook: Gradebook) -> None:
    with pytest.raises(StudentUnknownError):
        save(gradebook, marked("ben", score=1))
    assert save(gradebook, marked("ben", score=1), create_student=True) == 0


def test_no_table_is_read_from_its_beginning_to_its_end(gradebook: Gradebook, db_url: str) -> None:
    asked: list[tuple[str, object]] = []

    @sqlalchemy.event.listens_for(sqlalchemy.Engine, "before_cursor_execute")
    def note(_c: object, _u: object, statement: str, parameters: object, _x: object, many: bool) -> None:
        asked.append((statement, parameters[0] if many else parameters))  # type: ignore[index]

    try:
        for score in (1, None):
            save(gradebook, marked("ada", score=score, handed_in=FRIDAY))
    finally:
        sqlalchemy.event.remove(sqlalchemy.Engine, "before_cursor_execute", note)
    searches = [(text, values) for text, values in asked if text.startswith(("SELECT", "UPDATE"))]
    assert len(searches) > 6
    engine = sqlalchemy.create_engine(db_url)
    with engine.connect() as connection:
        for text, values in searches:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values).fetchall()
            assert [row[3] for row in plan if row[3].startswith("SCAN")] == [], text
    engine.dispose()
