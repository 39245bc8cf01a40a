from __future__ import annotations

import sqlite3

from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.placeholders import from_format, to_format

values = st.integers(0, 9) | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=6)
texts = st.sampled_from(["'?'", "'a%s'", "'it''s :x'", "'50%'", "/* ? %s */ 1", "7 % 4", "'%%'"])


def quoted(value: object) -> str:
    return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else str(value)


def answer(sql: str, values: list[object]) -> tuple[object, ...]:
    connection = sqlite3.connect(":memory:")
    row = connection.execute(sql, values).fetchone()
    connection.close()
    return row


@settings(deadline=None)
@given(st.lists(texts | st.just("?"), min_size=1, max_size=6), st.data())
def test_after_the_drivers_own_formatting_the_query_asks_the_same(parts: list[str], data: st.DataObject) -> None:
    given_values = [data.draw(values) for part in parts if part == "?"]
    sql = f"SELECT {', '.join(parts)}"
    formatted = to_format(sql) % tuple(quoted(value) for value in given_values)
    assert answer(formatted, []) == answer(sql, given_values)


@settings(deadline=None)
@given(st.lists(texts | st.just("?"), min_size=1, max_size=6))
def test_there_and_back_is_the_same_query(parts: list[str]) -> None:
    sql = f"SELECT {', '.join(parts)}"
    assert from_format(to_format(sql)) == sql


def test_names_and_colons_that_are_no_names() -> None:
    assert (
        to_format("SELECT :a, 'x:b', '12:30', a::text -- :c?\n, :d")
        == "SELECT %(a)s, 'x:b', '12:30', a::text -- :c?\n, %(d)s"
    )
    assert from_format("SELECT %(a)s, '%%s', %s -- 5%% ?") == "SELECT :a, '%s', ? -- 5% ?"
