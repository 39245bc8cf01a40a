"""Mutants: which mistakes are made, where, and which of them are tried."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.authoring.mutation import choose, find_mutants
from curriculum.authoring.mutation.python import python_edits
from curriculum.authoring.mutation.tokens import program_edits, sql_edits
from curriculum.build import read_exercise


def changed(text: str) -> set[str]:
    return {edit.apply(text) for edit in python_edits(text)}


@pytest.mark.parametrize(
    ("text", "mutant"),
    [
        ("x = a < b", "x = a <= b"),
        ("x = a is not None", "x = a is None"),
        ("x = a not in b", "x = a in b"),
        ("x = a + b", "x = a - b"),
        ("x //= 2", "x /= 2"),
        ("x = a and b or c", "x = a or b or c"),
        ("x = not a", "x = (a)"),
        ("if a: b()", "if (not (a)): b()"),
        ("x = [a for a in b if a.c]", "x = [a for a in b if (not (a.c))]"),
        ("x = 7", "x = 8"),
        ("x = 7", "x = 6"),
        ("x = 404", "x = 405"),
        ("x = True", "x = False"),
        ("x = 'yes'", 'x = ""'),
        ("x = ''", 'x = "mutant"'),
        ("x = f'{a}!'", 'x = ""'),
        ("def f(): return a", "def f(): return None"),
        ("a.append(1)", "pass"),
        ("raise ValueError(a)", "pass"),
        ("a[1] = b", "pass"),
        ("for a in b: break", "for a in b: continue"),
        ("try: a()\nexcept KeyError: b()", "try: a()\nexcept (): b()"),
        ("@app.get('/')\ndef f(): pass\n", "# no decorator\ndef f(): pass\n"),
        ("x = sorted(a, key=b, reverse=c)", "x = sorted(a, reverse=c)"),
        ("x = sorted(a, key=b)", "x = sorted(a)"),
        ("x = a.strip().lower()", "x = a.strip()"),
        ("x = a.strip().lower()", "x = a.lower()"),
        ("x = sorted(a)", "x = (a)"),
        ("q = 'SELECT a FROM t WHERE b > 3'", "q = 'SELECT a FROM t WHERE b >= 3'"),
        (
            'q = (\n    "SELECT a "\n    "FROM t ORDER BY b DESC"\n)',
            'q = (\n    "SELECT a "\n    "FROM t ORDER BY b ASC"\n)',
        ),
    ],
)
def test_a_small_mistake_is_made(text, mutant):
    assert mutant in changed(text)


@pytest.mark.parametrize(
    "text",
    [
        '"""A docstring."""',
        "x: Literal['a', 'b']",
        "def f(a: int) -> Annotated[str, 3]: pass",
        "def f():\n    return None",
        "assert a == 1",
        "open(a, encoding=b)",
    ],
)
def test_what_no_test_could_notice_is_left_alone(text):
    assert changed(text) <= {"pass"}


def test_what_an_exception_says_is_left_to_people():
    assert changed("raise ValueError(f'{a} is wrong')") == {"pass"}


@given(
    st.lists(
        st.sampled_from(
            [
                "ä = 'ö' if ü < 3 else f(x, key='ß')",
                "if not a: raise KeyError('ñ')",
                "for i in sorted(b): c += i * 2",
                "d['é'] = [e for e in f if e in 'ō']",
                "@g('🙂')\ndef h(i=1): return i.strip()",
            ]
        ),
        min_size=1,
        max_size=6,
    )
)
def test_every_mutation_changes_something_and_nothing_outside_of_its_place(lines):
    text = "\n".join(lines) + "\n"
    for edit in python_edits(text):
        mutant = edit.apply(text)
        ast.parse(mutant)
        assert mutant != text
        data, other = text.encode(), mutant.encode()
        assert other[: edit.start] == data[: edit.start]
        assert other.endswith(data[edit.end :])


@pytest.mark.parametrize(
    ("text", "mutant"),
    [
        ("SELECT a FROM t WHERE b = 'x'", "SELECT a FROM t WHERE b <> 'x'"),
        ("SELECT a FROM t WHERE b = 'x'", "SELECT a FROM t WHERE b = ''"),
        ("SELECT a FROM t WHERE b > 3 ORDER BY c", "SELECT a FROM t  ORDER BY c"),
        ("SELECT a FROM t WHERE b > 3 ORDER BY c", "SELECT a FROM t WHERE b > 3 "),
        ("SELECT (SELECT x FROM u LIMIT 1) FROM t", "SELECT (SELECT x FROM u ) FROM t"),
        ("SELECT DISTINCT a FROM t", "SELECT  a FROM t"),
        ("SELECT a FROM t JOIN u ON v", "SELECT a FROM t LEFT JOIN u ON v"),
        ("SELECT a FROM t LEFT JOIN u ON v", "SELECT a FROM t  JOIN u ON v"),
        ("a IS NULL AND b", "a IS NOT NULL AND b"),
        ("a IS NULL AND b", "a IS NULL OR b"),
        ("a TEXT NOT NULL", "a TEXT  NULL"),
        ("SELECT a UNION SELECT b", "SELECT a UNION ALL SELECT b"),
        ("SELECT MIN(a)", "SELECT MAX(a)"),
    ],
)
def test_a_small_mistake_is_made_in_sql(text, mutant):
    assert mutant in {edit.apply(text) for edit in sql_edits(text)}


@pytest.mark.parametrize("text", ["a VARCHAR(40)", "-- WHERE a > 3", "b BETWEEN :low AND :high", "SELECT %s, `AND`"])
def test_sql_that_only_sizes_comments_or_names_is_left_alone(text):
    assert [edit.apply(text) for edit in sql_edits(text)] == []


@pytest.mark.parametrize(
    ("text", "mutant"),
    [
        ("if ($a === 'x') {", "if ($a !== 'x') {"),
        ("if ($a === 'x') {", "if ($a === '') {"),
        ("for (int i = 0; i < n; i++) {", "for (int i = 0; i <= n; i++) {"),
        ("return a && !b;", "return a || !b;"),
        ("return a && !b;", "return a && b;"),
        ("x = true // true", "x = false // true"),
        ("puts total + 1", "puts total - 1"),
    ],
)
def test_a_small_mistake_is_made_in_other_languages(text, mutant):
    assert mutant in {edit.apply(text) for edit in program_edits(text)}


def test_arrows_generics_and_comments_are_left_alone():
    text = "List<String> a = b->c; // x < 3\n$d => $e # 4"
    assert [edit.apply(text) for edit in program_edits(text)] == []


def test_only_the_solution_is_mutated_and_each_mutant_differs(exercise):
    mutants = find_mutants(read_exercise(exercise / "exercise.py"))
    lines = (exercise / "exercise.py").read_text().split("\n")
    assert len({mutant.source for mutant in mutants}) == len(mutants) == 6
    assert {lines[mutant.line - 1].strip() for mutant in mutants} == {mutant.was for mutant in mutants} - {
        'euros, _, cents = text.partition(".")\nreturn 100 * int(euros) + int(cents)'
    }
    assert all(mutant.becomes not in mutant.was for mutant in mutants)


def test_a_mutant_keeps_its_key_when_other_lines_change(exercise, edit):
    before = {mutant.key for mutant in find_mutants(read_exercise(exercise / "exercise.py"))}
    edit("### BEGIN SOLUTION\n    euros", "### BEGIN SOLUTION\n    # a remark\n    euros")
    assert {mutant.key for mutant in find_mutants(read_exercise(exercise / "exercise.py"))} == before


def test_a_cap_takes_one_of_every_line_first_and_the_same_ones_each_time(exercise):
    mutants = find_mutants(read_exercise(exercise / "exercise.py"))
    lines = {mutant.line for mutant in mutants}
    chosen = choose(mutants, len(lines))
    assert {mutant.line for mutant in chosen} == lines
    assert chosen == choose(list(reversed(mutants)), len(lines))[::-1]
    assert choose(mutants, 100) == mutants


def test_a_mutant_with_a_reason_is_always_tried(exercise):
    mutants = find_mutants(read_exercise(exercise / "exercise.py"))
    assert all(mutant in choose(mutants, 1, [mutant.key]) for mutant in mutants)
