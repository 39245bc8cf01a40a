"""Throw-away databases: the same tests hold on SQLite and on MariaDB."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from autograder.database import Database
from autograder.exceptions import ExpectationError, SQLError
from autograder.systems import MariaDB, SQLite, System
from autograder.work import inward

SEED = """
CREATE TABLE customers (
    id INTEGER PRIMARY KEY, name VARCHAR(40) NOT NULL, email VARCHAR(60) UNIQUE, joined DATE, score DECIMAL(6, 2)
);
-- a comment; with a semicolon
CREATE TABLE orders (
    id INTEGER PRIMARY KEY, customer INTEGER NOT NULL REFERENCES customers (id), day DATE NOT NULL,
    total INTEGER NOT NULL CHECK (total >= 0), FOREIGN KEY (customer) REFERENCES customers (id)
);
INSERT INTO customers VALUES (1, 'Ann; "A"', 'a@x', '2024-01-05', 2.50), (2, 'Bob', NULL, NULL, 19.99);
INSERT INTO orders VALUES (1, 1, '2024-03-01', 10), (2, 1, '2024-03-02', 20);
"""


@pytest.fixture(scope="module", params=["sqlite", pytest.param("mariadb", marks=pytest.mark.needs("mariadb-server"))])
def system(request: pytest.FixtureRequest) -> Iterator[System]:
    if request.param == "sqlite":
        yield SQLite()
    else:
        made = MariaDB()
        yield made
        made.close()


@pytest.fixture
def shop(system: System) -> Iterator[Database]:
    database = Database(system, system.create(SEED))
    yield database
    database.close()


def test_rows_come_as_dictionaries_or_tuples_with_plain_values(shop: Database) -> None:
    ann = {"id": 1, "name": 'Ann; "A"', "email": "a@x", "joined": "2024-01-05", "score": 2.5}
    assert shop.query("SELECT * FROM customers WHERE id = 1") == [ann]
    assert shop.rows("SELECT name, joined, score FROM customers WHERE id = 2") == [("Bob", None, 19.99)]
    assert shop.columns("SELECT id AS number, name FROM customers") == ["number", "name"]
    assert shop.rows("SELECT SUM(total), AVG(total) FROM orders") == [(30, 15)]


def test_values_are_given_by_place_or_by_name(shop: Database) -> None:
    assert shop.execute("INSERT INTO customers VALUES (?, ?, ?, NULL, NULL)", (3, "100%", "it's ? :x %s")) == 1
    assert shop.rows("SELECT email FROM customers WHERE name = :name AND id > :id", {"name": "100%", "id": 1}) == [
        ("it's ? :x %s",)
    ]
    assert shop.rows("SELECT id FROM customers WHERE name LIKE '1%' AND id % 2 = ?", [1]) == [(3,)]
    assert shop.rows("SELECT id FROM customers WHERE name LIKE '1%'") == [(3,)]
    with pytest.raises(TypeError, match="as a tuple or list"):
        shop.query("SELECT ?", "x")


@pytest.mark.parametrize(
    ("kind", "statement"),
    [
        ("unique", "INSERT INTO customers VALUES (9, 'C', 'a@x', NULL, NULL)"),
        ("unique", "INSERT INTO customers VALUES (1, 'C', NULL, NULL, NULL)"),
        ("foreign key", "INSERT INTO orders VALUES (9, 77, '2024-01-01', 1)"),
        ("foreign key", "DELETE FROM customers WHERE id = 1"),
        ("check", "UPDATE orders SET total = -1"),
        ("not null", "INSERT INTO customers VALUES (9, NULL, NULL, NULL, NULL)"),
        ("other", "SELECT * FROM nowhere"),
        ("other", "SELEC 1"),
    ],
)
def test_a_refused_statement_tells_what_it_broke(kind: str, statement: str, shop: Database) -> None:
    with shop.refuses(kind):
        shop.execute(statement)
    with shop.refuses():
        shop.script(statement)
    with pytest.raises(SQLError) as caught:
        shop.query(statement)
    assert caught.value.kind == kind
    assert str(caught.value) == f"{shop.title} refused the statement: {caught.value.reason}\n{statement}"


def test_what_is_accepted_or_refused_for_another_reason_fails_the_test(shop: Database) -> None:
    with (
        pytest.raises(
            ExpectationError, match=r"Expected the unique rule to refuse this, but it was accepted\.\nLook up"
        ),
        shop.refuses("unique", "Look up."),
    ):
        shop.query("SELECT 1")
    with pytest.raises(ExpectationError, match="but the reason was another"), shop.refuses("unique"):
        shop.execute("UPDATE orders SET total = -1")
    with pytest.raises(ValueError, match="The kind 'uniqe' is not one of unique"):
        shop.refuses("uniqe")
    with pytest.raises(KeyError), shop.refuses():
        raise KeyError


def test_a_value_of_a_wrong_type_is_refused_where_types_are_strict(system: System) -> None:
    strict = " STRICT" if system.name == "sqlite" else ""
    database = Database(system, system.create(f"CREATE TABLE t (n INTEGER NOT NULL){strict};"))
    with database.refuses("type"):
        database.execute("INSERT INTO t VALUES ('many')")
    database.close()


def test_a_script_gives_the_last_rows(shop: Database) -> None:
    insert = "INSERT INTO orders VALUES (3, 2, '2024-03-03', 5)"
    assert shop.script(f"{insert}; SELECT 1 AS n; SELECT MAX(id) AS n FROM orders; -- end") == [{"n": 3}]
    assert shop.script("DELETE FROM orders;") == []
    with shop.refuses("check"):
        shop.script("SELECT 1; INSERT INTO orders VALUES (4, 1, '2024-01-01', -4); SELECT 2")


def test_a_trigger_with_statements_of_its_own_is_one_statement(shop: Database) -> None:
    row = "FOR EACH ROW" if shop.system == "mariadb" else ""
    shop.script(
        "CREATE TABLE log (text VARCHAR(20));\n"
        f"CREATE TRIGGER t AFTER INSERT ON orders {row} BEGIN\n"
        "  INSERT INTO log VALUES ('a;b'); INSERT INTO log VALUES ('c');\nEND;\n"
        "INSERT INTO orders VALUES (5, 1, '2024-01-01', 1);"
    )
    assert shop.rows("SELECT text FROM log ORDER BY text") == [("a;b",), ("c",)]


def test_a_plan_tells_scans_from_searches_and_names_the_index(shop: Database) -> None:
    shop.script("CREATE INDEX by_day ON orders (day, total);")
    for number in range(10, 40):
        shop.execute("INSERT INTO orders VALUES (?, 1, ?, ?)", (number, f"2024-05-{number - 9:02}", number))
    found = shop.plan("SELECT * FROM orders WHERE day = '2024-05-07';")
    assert found.uses("by_day")
    assert not found.scans("orders")
    assert found.steps[0].covering is False
    assert shop.plan("SELECT total FROM orders WHERE day = ?", ("2024-05-07",)).steps[0].covering
    scanned = shop.plan("SELECT * FROM orders AS o WHERE total = 15 ORDER BY customer")
    assert scanned.scans("o")
    assert scanned.sorts
    assert not scanned.uses("by_day")
    assert shop.plan("SELECT * FROM customers WHERE id = 1").uses("PRIMARY")
    joined = shop.plan("SELECT * FROM orders JOIN customers ON customers.id = orders.customer")
    assert {step.table for step in joined.steps} == {"orders", "customers"}
    with shop.refuses("other"):
        shop.plan("SELECT * FROM nowhere")


def test_two_connections_see_only_what_is_committed(shop: Database) -> None:
    other = shop.connect()
    shop.begin()
    shop.execute("UPDATE orders SET total = 0 WHERE id = 1")
    assert other.rows("SELECT total FROM orders WHERE id = 1") == [(10,)]
    with other.refuses("locked"):
        other.execute("UPDATE orders SET total = 1 WHERE id = 1")
    shop.commit()
    assert other.rows("SELECT total FROM orders WHERE id = 1") == [(0,)]
    other.begin()
    other.execute("DELETE FROM orders")
    other.rollback()
    other.begin()
    other.execute("DELETE FROM orders")
    other.close()
    assert shop.rows("SELECT COUNT(*) FROM orders") == [(2,)]


def test_databases_of_one_seed_do_not_share_their_changes(system: System, shop: Database) -> None:
    shop.execute("DELETE FROM orders")
    fresh = Database(system, system.create(SEED))
    assert fresh.rows("SELECT COUNT(*) FROM orders") == [(2,)]
    fresh.close()


def test_the_learners_code_gets_a_connection_of_the_drivers_own(shop: Database) -> None:
    connection = inward(shop, "the database")
    cursor = connection.cursor()
    cursor.execute("UPDATE orders SET total = 1 WHERE id = 1")
    assert shop.rows("SELECT total FROM orders WHERE id = 1") == [(10,)]
    connection.commit()
    assert shop.rows("SELECT total FROM orders WHERE id = 1") == [(1,)]
    with pytest.raises(connection.IntegrityError):
        cursor.execute("INSERT INTO orders VALUES (9, 77, '2024-01-01', 1)")
    cursor.close()
    connection.close()


def test_sqlalchemy_reaches_it_by_its_address(shop: Database) -> None:
    import sqlalchemy

    engine = sqlalchemy.create_engine(shop.url)
    with engine.begin() as connection:
        connection.execute(sqlalchemy.text("UPDATE orders SET total = 3 WHERE id = :id"), {"id": 2})
    engine.dispose()
    assert shop.rows("SELECT total FROM orders WHERE id = 2") == [(3,)]


def test_sqlite_in_place_of_mariadb_has_pymysqls_manners() -> None:
    stand_in = SQLite(mysql_style=True)
    shop = Database(stand_in, stand_in.create(SEED))
    connection = inward(shop, "the database")
    connection.begin()
    with connection.cursor() as cursor:
        assert cursor.execute("UPDATE orders SET total = total + %s WHERE id > %s", (1, 0)) == 2
        cursor.execute("INSERT INTO customers VALUES (%(id)s, '5%%', NULL, NULL, NULL)", {"id": 3})
        cursor.execute("SELECT name FROM customers WHERE name LIKE '5%'")
        assert cursor.fetchone() == ("5%",)
        assert cursor.executemany("UPDATE orders SET total = %s WHERE id = %s", [(7, 1), (8, 2)]) == 2
        with pytest.raises(connection.IntegrityError):
            cursor.execute("INSERT INTO orders VALUES (%s, 77, '2024-01-01', 1)", (9,))
    connection.commit()
    connection.close()
    assert shop.rows("SELECT total FROM orders ORDER BY id") == [(7,), (8,)]
    shop.close()
