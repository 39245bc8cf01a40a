from __future__ import annotations

import sqlite3

import pytest

from autograder.exceptions import ExpectationError, StudentWorkError
from autograder.student import LearnerError

SHOP = """
import sqlite3, json
class ShopError(Exception): pass
class OutOfStock(ShopError, ValueError):
    def __init__(self, name, left):
        super().__init__(f"only {left} of {name} left")
        self.name, self.left, self.shop = name, left, object()
def reserve(n):
    if n > 2: raise OutOfStock("pen", 2)
    if n < 0: raise KeyError(n)
    return n
def broken():
    class Mute(Exception):
        def __str__(self): raise RuntimeError
    raise Mute
def constraint(): sqlite3.connect(":memory:").execute("select * from nowhere")
def decode(): json.loads("{")
class MyJson(json.JSONDecodeError): pass
def mine(): raise MyJson("odd", "doc", 1)
"""


def test_pythons_own_exceptions_arrive_as_themselves(notebook) -> None:
    notebook.run(SHOP)
    assert type(notebook.failure("student.reserve(-1)")) is KeyError
    assert type(notebook.failure("student.constraint()")) is sqlite3.OperationalError
    assert notebook.failure("student.decode()").pos == 1


def test_a_class_of_the_learners_arrives_by_name_with_what_it_keeps(notebook) -> None:
    error = notebook.failure(SHOP, "student.reserve(3)")
    assert isinstance(error, LearnerError)
    assert isinstance(error, ValueError)
    assert type(error).__name__ == "OutOfStock"
    assert str(error) == "only 2 of pen left"
    assert error.class_names[:2] == ("OutOfStock", "ShopError")
    assert error.attributes == {"name": "pen", "left": 2}


def test_a_subclass_of_a_class_that_wants_more_arguments_arrives(notebook) -> None:
    error = notebook.failure(SHOP, "student.mine()")
    assert type(error).__mro__[2].__name__ == "JSONDecodeError"
    assert str(error) == "odd: line 1 column 2 (char 1)"


def test_an_exception_that_cannot_say_its_text_arrives(notebook) -> None:
    assert str(notebook.failure(SHOP, "student.broken()")) == "(its text can't be shown: RuntimeError)"


def test_raises_takes_a_class_or_a_name_of_the_learners(notebook) -> None:
    notebook.run(SHOP)
    notebook.run(
        "with student.raises(ValueError) as a: student.reserve(3)",
        "with student.raises('OutOfStock', match='only 2') as b: student.reserve(3)",
        "with student.raises('ShopError'): student.reserve(3)",
        "with student.raises('LookupError'): student.reserve(-1)",
        "import pytest\nwith pytest.raises(KeyError): student.reserve(-1)",
    )
    assert (notebook["b"].name, notebook["b"].message) == ("OutOfStock", "only 2 of pen left")
    assert notebook["a"].attributes["left"] == 2


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (
            "with student.raises(ValueError): student.reserve(1)",
            "Expected ValueError to be raised, but `reserve(1)` returned 1.",
        ),
        (
            "with student.raises(ValueError, 'Look up.'): pass",
            "Expected ValueError to be raised, but nothing was raised.\nLook up.",
        ),
        (
            "with student.raises('OutOfStock'): student.reserve(-1)",
            "Expected OutOfStock to be raised, but KeyError was: -1",
        ),
        (
            "with student.raises(ValueError, match='none'): student.reserve(3)",
            "Expected the message of ValueError to match 'none', but it is 'only 2 of pen left'.",
        ),
    ],
)
def test_raises_says_what_came_instead(notebook, cell: str, said: str) -> None:
    error = notebook.failure(SHOP, cell)
    assert isinstance(error, ExpectationError)
    assert str(error) == said


@pytest.mark.parametrize("expected", ["AssertionError", "Exception", "'StudentWorkError'"])
def test_an_undefined_name_is_never_what_a_test_expects_to_be_raised(notebook, expected: str) -> None:
    error = notebook.failure(f"with student.raises({expected}): student.nothing()")
    assert isinstance(error, StudentWorkError)


def test_the_stub_of_unwritten_work_is_not_the_expected_error(notebook) -> None:
    notebook.run("def f(): raise NotImplementedError()")
    error = notebook.failure("with student.raises(RuntimeError): student.f()")
    assert str(error).startswith("Expected RuntimeError to be raised, but NotImplementedError was")
    notebook.run("with student.raises(NotImplementedError): student.f()")
