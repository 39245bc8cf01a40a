"""The tests' side under nbgrader's real kernel and in our own warm process: same points, same words."""

from __future__ import annotations

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from autograder import engine, reference

SETUP = """from autograder.student import hint, student
student.use_database("shop.sql", system="mariadb")"""
TASKS = [
    """import logging, os
logging.basicConfig()
os.chdir("/")
class Missing(LookupError): pass
def find(key):
    logging.warning("looking for %s", key)
    if key == "none": raise Missing(key)
    if key == "broken": return 1 / 0
    return {"key": key}
async def later(x): return x
async def app(scope, receive, send):
    assert scope["type"] == "http"
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": scope["path"].encode()})
def transfer(connection):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE notes SET text = %s", ("changed",))
    connection.commit()""",
    "%%node double.js\nconsole.log(2 * require('fs').readFileSync(0, 'utf8'));",
    "%%php --save router.php\n<?php\necho json_encode($_SERVER['REQUEST_URI']);",
    "%%sql all_notes\nSELECT text FROM notes ORDER BY text",
]
TESTS = {
    "values": 'assert student.find("a") == {"key": "a"}',
    "raises": 'with student.raises("Missing", hint("k")): student.find("none")',
    "wrong": 'assert student.find("a") == {"key": "b"}, hint("k")',
    "broken": 'assert student.find("broken") == 1, hint("k")',
    "undefined": 'assert student.fnd("a") == 1, hint("k")',
    "not_raised": 'with student.raises(KeyError, hint("k")): student.find("a")',
    "awaited": 'assert student.awaited("later", 3) == 3\nassert await later(4) == 4',
    "asgi": 'assert student.client("app").get("/x").text == "/x"',
    "program": 'assert student.run("double.js", "21").stdout == "42\\n"',
    "program_wrong": 'assert student.run("double.js", "21").stdout == "43\\n", hint("k")',
    "service": 'with student.serve("router.php") as client: assert client.get("/a?b=1").json == "/a?b=1"',
    "database": """db = student.database()
student.transfer(db)
assert db.rows(student.sql("all_notes")) == [("changed",)]""",
    "database_wrong": 'assert student.query(student.sql("all_notes")) == [], hint("k")',
    "system": 'assert student.database().system == "mariadb"',
}
FAIL = {"wrong", "broken", "undefined", "not_raised", "program_wrong", "database_wrong"}
FILES = {
    "hints.yaml": b"k:\n  - Think again.\n",
    "shop.sql": b"CREATE TABLE notes (text VARCHAR(20)); INSERT INTO notes VALUES ('first');",
}


def graded(name: str, source: str, **more: object) -> NotebookNode:
    metadata = {
        "grade": False, "grade_id": name, "locked": True, "schema_version": 3, "solution": False, "task": False, **more
    }  # fmt: skip
    return new_code_cell(source, id=name, metadata={"nbgrader": metadata})


@pytest.fixture(scope="module")
def notebook_source() -> NotebookNode:
    cells = [graded("setup", SETUP)]
    cells += [graded(f"task{n}", text, locked=False, solution=True) for n, text in enumerate(TASKS)]
    cells += [graded(name, text, grade=True, points=1) for name, text in TESTS.items()]
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    return new_notebook(cells=cells, metadata=kernel)


@pytest.mark.needs("mariadb-server", "php-cli")
def test_points_and_messages_are_the_same(notebook_source: NotebookNode) -> None:
    submitted = nbformat.writes(notebook_source).encode()
    ours, nbgraders = (
        {cell.grade_id: cell for cell in grade(notebook_source, "mixed", submitted, FILES, 60).cells}
        for grade in (engine.grade_notebook, reference.grade_notebook)
    )
    assert {name for name, cell in nbgraders.items() if cell.points == 0} == FAIL
    assert ours == nbgraders
    for name in FAIL:
        assert "Hint (k): Think again." in nbgraders[name].message, nbgraders[name]
