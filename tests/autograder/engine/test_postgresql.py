"""The gradebook in PostgreSQL, named by `db_url`; a real server in a temporary folder."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy

pytestmark = pytest.mark.needs("postgresql")

_SUMS = """
    select s.student_id, sum(g.auto_score) from grade g
    join submitted_notebook n on n.id = g.notebook_id
    join submitted_assignment s on s.id = n.assignment_id
    group by s.student_id order by 1"""


def _programs() -> Path:
    return max(Path("/usr/lib/postgresql").glob("*/bin"))


def _as_user(*words: object) -> list[str]:
    """The server refuses to run as root."""
    return (
        ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *map(str, words)]
        if _root()
        else [str(word) for word in words]
    )


def _root() -> bool:
    return os.geteuid() == 0


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a server that listens on a socket only; return the address of a database."""
    folder = Path("/tmp") / f"autograder-postgresql-{os.getpid()}"
    folder.mkdir(mode=0o755)
    if _root():
        user = pwd.getpwnam("postgres")
        os.chown(folder, user.pw_uid, user.pw_gid)
    data = folder / "data"
    try:
        subprocess.run(
            _as_user(_programs() / "initdb", "-D", data, "-U", "grader", "-A", "trust", "-N"),
            check=True,
            capture_output=True,
            cwd="/tmp",
        )
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        control = _as_user(_programs() / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options)
        subprocess.run([*control, "start"], check=True, capture_output=True, cwd="/tmp")
        try:
            yield f"postgresql+psycopg://grader@/postgres?host={folder}"
        finally:
            subprocess.run([*control, "stop", "-m", "immediate"], check=True, capture_output=True, cwd="/tmp")
    finally:
        shutil.rmtree(folder)


def test_marks_go_to_postgresql_and_nbgrader_finds_them_there(course, grade, nbgrader, server: str) -> None:
    course.configure(f"c.CourseDirectory.db_url = {server!r}", "c.CourseDirectory.course_id = 'c1'")
    (course.root / "gradebook.db").unlink()
    nbgrader(course.root, "generate_assignment", "quick", "--force")
    course.hand_in("a")
    course.hand_in("b", "value = 2")
    results = grade(course.root, "quick")
    assert [result.points for result in results.values()] == [3, 0]
    engine = sqlalchemy.create_engine(server)
    with engine.connect() as connection:
        rows = connection.execute(sqlalchemy.text(_SUMS)).all()
    engine.dispose()
    assert [tuple(row) for row in rows] == [("a", 3.0), ("b", 0.0)]
    nbgrader(course.root, "autograde", "quick", "--force")
