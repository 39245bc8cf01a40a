"""`%%sql` cells and what the setup cell says of their databases."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.exceptions import MissingToolchainError, SQLError, StudentWorkError

SEED = (
    "CREATE TABLE notes (id INTEGER PRIMARY KEY, text VARCHAR(20));\nINSERT INTO notes VALUES (1, 'a < b'), (2, NULL);"
)


@pytest.fixture(autouse=True)
def seed(tmp_path: Path, notebook) -> None:
    (tmp_path / "shop.sql").write_text(SEED)
    notebook.run("student.use_database('shop.sql')")


def test_the_rows_of_a_cell_are_shown_and_its_text_is_kept(notebook, capsys) -> None:
    notebook.run("%%sql report\nSELECT id, text FROM notes ORDER BY id;")
    assert capsys.readouterr().out.startswith("id  text\n--  -----\n1   a < b\n2   NULL\n\n2 rows, from SQLite 3")
    assert notebook.run("student.sql('report')") == "SELECT id, text FROM notes ORDER BY id;\n"


def test_the_table_is_marked_up_for_readers_of_all_kinds(notebook) -> None:
    from IPython.utils.capture import capture_output

    with capture_output() as captured:
        notebook.run("%%sql report\nSELECT text AS 'a&b' FROM notes LIMIT 1")
    html = captured.outputs[0].data["text/html"]
    assert '<th scope="col">a&amp;b</th>' in html
    assert ">a &lt; b</td>" in html
    assert ">1 row, from SQLite" in html


def test_long_results_are_cut(notebook, capsys) -> None:
    notebook.run("%%sql many\nWITH RECURSIVE n(i) AS (SELECT 1 UNION SELECT i + 1 FROM n WHERE i < 70) SELECT i FROM n")
    shown = capsys.readouterr().out
    assert "70 rows" in shown
    assert "the first 50 are shown" in shown
    assert "\n51" not in shown


def test_each_run_begins_with_a_fresh_database_after_the_cells_it_names(notebook, capsys) -> None:
    create = "%%sql tags\nCREATE TABLE tags (name VARCHAR(10));"
    notebook.run(
        create, create, "%%sql more --after tags\nINSERT INTO tags VALUES ('x'); SELECT COUNT(*) AS n FROM tags;"
    )
    assert "1 row, from" in capsys.readouterr().out
    assert isinstance(notebook.failure("%%sql alone\nSELECT * FROM tags"), SQLError)


def test_what_a_cell_does_wrong_is_said_in_the_databases_words(notebook) -> None:
    error = notebook.failure("%%sql wrong\nSELEC 1")
    assert 'refused the statement: near "SELEC": syntax error\nSELEC 1' in str(error)
    assert notebook.run("student.sql('wrong')") == "SELEC 1\n"


@pytest.mark.parametrize("line", ["", "a b", "a-b", "--after x"])
def test_a_cell_without_a_name_is_refused(line: str, notebook) -> None:
    assert "does not name the SQL" in str(notebook.failure(f"%%sql {line}\nSELECT 1"))


@pytest.mark.parametrize("text", ["", "-- YOUR CODE HERE", "/* later */ ; # soon"])
def test_a_cell_that_holds_no_sql_yet_fails_its_test(text: str, notebook) -> None:
    from autograder.attaching import databases

    databases().keep("empty", text)
    error = notebook.failure("student.sql('empty')")
    assert isinstance(error, StudentWorkError)
    assert "holds no SQL yet" in str(error)


def test_a_missing_cell_is_named_with_those_there_are(notebook) -> None:
    notebook.run("%%sql one\nSELECT 1")
    assert str(notebook.failure("student.sql('two')")).endswith("begins with `%%sql two`. There is `one`.")


def test_each_test_cell_has_a_fresh_database(notebook) -> None:
    notebook.run(
        "student.query(\"INSERT INTO notes VALUES (3, 'c')\")\nassert len(student.query('SELECT * FROM notes')) == 3"
    )
    assert notebook.run("len(student.query('SELECT * FROM notes'))") == 2


def test_a_seed_of_the_systems_own_is_preferred_and_a_wrong_one_is_named(notebook, tmp_path: Path) -> None:
    (tmp_path / "shop.sqlite.sql").write_text("CREATE TABLE special (id INTEGER);")
    assert notebook.run("student.query('SELECT * FROM special')") == []
    (tmp_path / "bad.sql").write_text("CREATE TABLE;")
    error = notebook.failure("student.database('bad.sql')")
    assert isinstance(error, SQLError)
    assert "refused the seed bad.sql: near" in str(error)


def test_sqlite_stands_in_for_mariadb_and_says_so(notebook, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    monkeypatch.setenv("AUTOGRADER_MARIADB", "")
    notebook.run("student.use_database('shop.sql', system='mariadb')", "db = student.database()")
    assert capsys.readouterr().out == "There is no MariaDB server here: this notebook uses SQLite.\n"
    notebook.run(
        "def count(connection):\n"
        "    with connection.cursor() as c:\n        c.execute('SELECT %s', (4,)); return c.fetchone()[0]"
    )
    assert notebook.run("(db.system, student.count(db))") == ("sqlite", 4)
    error = notebook.failure("student.database(fallback=False)")
    assert isinstance(error, MissingToolchainError)
    assert "sudo apt install mariadb-server" in str(error)


@pytest.mark.needs("mariadb-server")
def test_cells_and_tests_run_on_mariadb(notebook, capsys) -> None:
    notebook.run("student.use_database('shop.sql', system='mariadb')")
    notebook.run("%%sql report\nSELECT CONCAT(id, '!') AS `it` FROM notes ORDER BY id")
    assert "2 rows, from MariaDB 1" in capsys.readouterr().out
    notebook.run("assert student.query(student.sql('report')) == [{'it': '1!'}, {'it': '2!'}]")
    notebook.run("def sizes(connection):\n    return [type(connection).__module__, connection.get_autocommit()]")
    assert notebook.run("student.sizes(student.database())") == ["pymysql.connections", False]
