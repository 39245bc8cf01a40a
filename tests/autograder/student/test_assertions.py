from __future__ import annotations

import ast
import re
import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from autograder import assertions
from autograder.assertions import EXPLAINER, SpeakingAsserts
from autograder.comparing import MAX_SHOWN, comparison, shown

WORK = """
def give(x): return x
def boom(): return {}["gone"]
"""


SAID = {
    "assert student.give(3) == 4": "Expected 4, but got 3.",
    "assert 4 == student.give(3)": "Expected 4, but got 3.",
    "assert student.give(3) < 3": "Expected less than 3, but got 3.",
    "assert 3 < student.give(3)": "Expected more than 3, but got 3.",
    "assert student.give(3) != 3": "Expected anything but 3, but got 3.",
    "assert student.give(1) is True": "Expected exactly True, but got 1.",
    "assert student.give(3) in (1, 2)": "Expected something in (1, 2), but got 3.",
    "assert 'a' in student.give(['b'])": "Expected something that holds 'a', but got ['b'].",
    "assert 'b' not in student.give(['b'])": "Expected something that does not hold 'b', but got ['b'].",
    "assert student.give([])": "Expected `student.give([])` to be true, but got [].",
    "assert not student.give([0])": "Expected `student.give([0])` to be false, but got [0].",
    "assert len(student.give('abc')) == 2": "Expected 2, but got 3.\n`student.give('abc')` was 'abc'.",
    "assert isinstance(student.give('abc'), int)": (
        "Expected `isinstance(student.give('abc'), int)` to be true, but got False.\n`student.give('abc')` was 'abc'."
    ),
    "assert student.give(3) == 3 and student.give(4) == 5": "Expected 5, but got 4.",
    "def check(x):\n    if True:\n        assert student.give(x) == 5\ncheck(1)": "Expected 5, but got 1.",
    "assert student.give(1) == 2, 'Look up.'": "Expected 2, but got 1.\nLook up.",
    "assert student.give({'a': [1, {'b': 2}]}) == {'a': [1, {'b': 3}]}": (
        "Expected {'a': [1, {'b': 3}]}, but got {'a': [1, {'b': 2}]}.\n"
        "First difference: at ['a'][1]['b'], 3 was expected, not 2."
    ),
    "assert student.give([1, 2]) == [1]": (
        "Expected [1], but got [1, 2].\nFirst difference: there should be 1 item, not 2."
    ),
    "assert student.give({'a': 1}) == {'b': 1}": (
        "Expected {'b': 1}, but got {'a': 1}.\nFirst difference: the key 'b' is missing and the key 'a' is too much."
    ),
    "assert student.give({1, 2}) == {2, 3}": (
        "Expected {2, 3}, but got {1, 2}.\nFirst difference: {3} is missing and {1} is too much."
    ),
}


@pytest.mark.parametrize(("cell", "said"), SAID.items())
def test_a_failing_assert_says_what_was_expected_and_what_came(notebook, cell: str, said: str) -> None:
    error = notebook.failure(WORK, cell)
    assert type(error) is AssertionError
    assert str(error) == said


def test_a_passing_assert_evaluates_each_side_once_and_its_message_never(notebook) -> None:
    notebook.run("seen = []\ndef note(x):\n    seen.append(x)\n    return x")
    notebook.run("student\nassert note(1) < note(2) and note(3), note('message')")
    assert notebook["seen"] == [1, 2, 3]
    notebook.failure("student\nassert note(4) == note(5), note('message')")
    assert notebook["seen"][3:] == [4, 5, "message"]


def test_what_a_side_raises_goes_on_as_it_is_with_the_hint_as_a_note(notebook, hints) -> None:
    hints("keys:\n  - Is the key there?")
    error = notebook.failure(WORK, 'assert student.boom() == 1, hint("keys")')
    assert type(error) is KeyError
    assert error.args == ("gone",)
    assert error.__notes__ == ["Hint (keys): Is the key there?"]


def test_a_name_that_is_missing_shows_the_hint_too(notebook, hints) -> None:
    hints("names:\n  - Which name does the task give?")
    error = notebook.failure('assert student.nothing() == 1, hint("names")')
    assert str(error).endswith("\nHint (names): Which name does the task give?")


def test_walrus_await_and_chains_keep_their_meaning(notebook) -> None:
    notebook.run(WORK, "async def later(x): return x")
    notebook.run(
        "assert (kept := student.give(3)) == 3\nassert await later(1) == 1, hint('k')\nassert 1 < student.give(2) < 3"
    )
    assert notebook["kept"] == 3
    error = notebook.failure("assert 1 < student.give(5) < 3")
    assert str(error) == "Expected `1 < student.give(5) < 3` to be true, but got False."


def test_a_class_in_a_test_cell_gets_no_attributes_from_its_asserts(notebook) -> None:
    notebook.run("student\nclass Checked:\n    assert 1 == 1")
    assert [name for name in vars(notebook["Checked"]) if name.startswith("@")] == []


def test_an_assert_leaves_no_name_behind(notebook) -> None:
    notebook.run(WORK, "assert student.give(1) == 1\ndef names():\n    assert len('a') == 1\n    return locals()")
    assert notebook.run("names()") == {}
    assert [name for name in notebook.shell.user_ns if name.startswith("@")] == [EXPLAINER]


def test_a_cell_that_does_not_name_student_stays_as_it_is(notebook) -> None:
    assert str(notebook.failure("assert 1 == 2")) == ""


def test_long_values_are_bounded(notebook) -> None:
    error = notebook.failure(WORK, "assert student.give('x' * 100_000) == 'y' * 100_000")
    assert len(str(error)) < 3 * MAX_SHOWN


def test_the_first_different_line_of_a_long_text_is_shown() -> None:
    want = "\n".join(f"line {n} of the report" for n in range(10))
    said = comparison("==", want.replace("line 7", "Line 7"), want, mirrored=False)
    assert said.endswith(
        "First difference: line 8, column 1: 'line 7 of the report' was expected, not 'Line 7 of the report'."
    )


def test_equal_looks_of_different_types_name_the_types() -> None:
    class Odd:
        def __repr__(self) -> str:
            return "1"

    assert comparison("==", Odd(), 1, mirrored=False) == "Expected 1, but got 1 (of type Odd, not int)."


@settings(deadline=None)
@given(
    st.recursive(
        st.none() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_a_shown_value_is_bounded(value: object) -> None:
    assert len(shown(value)) <= MAX_SHOWN


operands = st.sampled_from(
    ["1", "2", "a", "'x'", "[]", "[1]", "len(a)", "note(3)", "(w := 2)", "b.real", "a[0]", "1 / 0", "None"]
)
operators = st.sampled_from(["==", "!=", "<", "is", "in", "not in"])
comparisons = st.builds("{} {} {}".format, operands, operators, operands)
tests = st.recursive(
    comparisons | operands,
    lambda inner: (
        st.builds("{} and {}".format, inner, inner)
        | st.builds("({} or {})".format, inner, inner)
        | st.builds("not {}".format, inner)
    ),
    max_leaves=4,
)


def outcome(tree: ast.Module) -> tuple[object, ...]:
    seen: list[object] = []
    names: dict[str, object] = {"a": [1], "b": 2, "student": None, EXPLAINER: assertions}
    names["note"] = lambda x: seen.append(x) or x
    raised: object = None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)  # of `1 is 1`, which the generator writes too
        code = compile(tree, "cell", "exec")
    try:
        exec(code, names)
    except Exception as error:  # noqa: BLE001 - whatever the generated code raises is compared
        raised = (type(error), error.__traceback__.tb_next.tb_lineno)
    return seen, raised, names.get("w")


@settings(deadline=None)
@given(tests, st.sampled_from(["", ", note('m')", ", 'm'"]))
def test_rewriting_never_changes_what_a_cell_does(test: str, message: str) -> None:
    source = f"student\nassert {test}{message}\nnote('end')"
    assert outcome(SpeakingAsserts().visit(ast.parse(source))) == outcome(ast.parse(source))


def test_in_a_real_kernel_only_the_cells_own_lines_show(tmp_path) -> None:
    (tmp_path / "hints.yaml").write_text("accents:\n  - What about accents?", encoding="utf-8")
    book = new_notebook(
        cells=[
            new_code_cell("from autograder.student import hint, student"),
            new_code_cell("import os\nos.chdir('/')\ndef slugify(t): return t\ndef boom(): return 1 / 0"),
            new_code_cell('assert student.slugify("é") == "e", hint("accents")'),
            new_code_cell('assert student.slugfy("é") == "e", hint("accents")'),
            new_code_cell('assert student.boom() == 1, hint("accents")'),
        ]
    )
    NotebookClient(book, allow_errors=True, resources={"metadata": {"path": str(tmp_path)}}).execute()
    wrong, missing, broken = (cell.outputs[0] for cell in book.cells[2:])
    assert wrong.ename == "AssertionError"
    assert wrong.evalue == "Expected 'e', but got 'é'.\nHint (accents): What about accents?"
    assert missing.ename == "StudentWorkError"
    for output in (wrong, missing, broken):
        text = "\n".join(output.traceback)
        assert "autograder" not in text
        assert "What about accents?" in text
    assert "return" in broken.traceback[-3]
    assert "1 / " in re.sub(r"\x1b\[[0-9;]*m", "", broken.traceback[-3])
