"""SQL cells on a database of a lesson's, and SQLite with the manners of PyMySQL."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from autograder.database import Database
from autograder.exceptions import ExpectationError, SQLError, StudentWorkError
from autograder.systems import MariaDB, SQLite

SHOP = "shop = student.database()"
TABLE = "%%sql --on shop\nCREATE TABLE products (sku TEXT PRIMARY KEY, stock INTEGER)"
ROWS = "%%sql --on shop\nINSERT INTO products VALUES ('tea', 5), ('mug', 1);\nUPDATE products SET stock = 9"


@pytest.fixture
def accounts(tmp_path: Path) -> Database:
    """A database on SQLite in the place of MariaDB, with one account."""
    system = SQLite(mysql_style=True)
    database = Database(system, system.create("CREATE TABLE accounts (id INTEGER PRIMARY KEY, balance INTEGER)"))
    database.execute("INSERT INTO accounts VALUES (1, 100)")
    return database


def test_cells_on_a_database_go_on_where_the_last_one_stopped(notebook):
    notebook.run(SHOP, TABLE, ROWS)
    assert notebook["shop"].rows("SELECT sku, stock FROM products ORDER BY sku") == [("mug", 9), ("tea", 9)]


def test_a_cell_on_a_database_says_how_many_rows_it_changed(notebook, capsys):
    notebook.run(SHOP, TABLE, ROWS)
    assert "2 rows changed" in capsys.readouterr().out


def test_a_cell_on_a_database_shows_its_rows(notebook, capsys):
    notebook.run(SHOP, TABLE, ROWS, "%%sql --on shop\nSELECT sku FROM products WHERE sku = 'tea'")
    assert "1 row, from SQLite" in capsys.readouterr().out


def test_what_the_database_refuses_ends_the_cell(notebook):
    error = notebook.failure(SHOP, TABLE, "%%sql --on shop\nINSERT INTO products VALUES ('tea', 1), ('tea', 2)")
    assert isinstance(error, SQLError)
    assert error.kind == "unique"


@pytest.mark.parametrize("words", ["nothing", "", "SHOP two", "word"])
def test_a_cell_on_what_is_no_database_says_what_to_write(notebook, words):
    error = notebook.failure("word = 'no database'", f"%%sql --on {words}\nSELECT 1")
    assert isinstance(error, StudentWorkError)
    assert "variable that holds one" in str(error)


def test_sqlite_in_place_of_mariadb_takes_for_update_and_keeps_others_from_writing(accounts):
    connection = accounts.driver_connection()
    with connection.cursor() as cursor:
        cursor.execute("SELECT balance FROM accounts WHERE id = %s FOR UPDATE", (1,))
        assert cursor.fetchone() == (100,)
        with accounts.refuses("locked"):
            accounts.execute("UPDATE accounts SET balance = 0")
    connection.commit()
    assert accounts.execute("UPDATE accounts SET balance = 0") == 1
    connection.close()


def test_begin_on_sqlite_in_place_of_mariadb_commits_what_is_open(accounts):
    connection = accounts.driver_connection()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts SET balance = 50")
    connection.begin()
    connection.rollback()
    assert accounts.rows("SELECT balance FROM accounts") == [(50,)]
    connection.close()


def test_the_drivers_connection_on_sqlite_is_sqlite3s_own(notebook):
    notebook.run(SHOP, "connection = shop.driver_connection()")
    assert type(notebook["connection"]) is sqlite3.Connection
    notebook["connection"].close()


@pytest.mark.needs("mariadb-server")
def test_a_cell_on_mariadb_says_how_many_rows_it_changed(notebook, capsys):
    notebook.run('shop = student.database(system="mariadb")', TABLE.replace("TEXT", "VARCHAR(9)"), ROWS)
    assert "Done, on MariaDB" in (said := capsys.readouterr().out)
    assert "2 rows changed" in said


@pytest.mark.needs("mariadb-server")
def test_the_drivers_connection_on_mariadb_is_pymysqls_own():
    system = MariaDB()
    database = Database(system, system.create("CREATE TABLE t (id INT)"))
    connection = database.driver_connection()
    assert type(connection).__module__ == "pymysql.connections"
    connection.close()
    database.close()


def test_what_should_be_accepted_but_is_refused_says_why_and_gives_the_hint(accounts):
    refused = pytest.raises(ExpectationError, match="UNIQUE constraint failed")
    with refused as caught, accounts.accepts("Hint (key): two accounts"):
        accounts.execute("INSERT INTO accounts VALUES (1, 7)")
    assert str(caught.value).endswith("Hint (key): two accounts")


def test_what_should_be_accepted_and_is_goes_on(accounts):
    with accounts.accepts("unused"):
        accounts.execute("INSERT INTO accounts VALUES (2, 7)")
    assert accounts.rows("SELECT count(*) FROM accounts") == [(2,)]


def test_other_errors_pass_where_statements_should_be_accepted(accounts):
    with pytest.raises(ZeroDivisionError), accounts.accepts("unused"):
        accounts.execute("INSERT INTO accounts VALUES (2, ?)", (1 // 0,))
