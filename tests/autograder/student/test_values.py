from __future__ import annotations

import pytest

from autograder.exceptions import StudentWorkError

SLUGIFY = """
LIMITS = {"title": 80}
def slugify(title, sep="-"):
    return title.lower().replace(" ", sep)
"""


def test_a_function_is_called_with_copies_and_its_result_is_one(notebook) -> None:
    notebook.run("kept = []\ndef keep(items):\n    kept.append(items)\n    return items")
    notebook.run("given = [[1]]\nresult = student.keep(given)\nresult[0].append(2)\ngiven[0].append(3)")
    assert notebook["kept"] == [[[1]]]
    assert notebook["result"] == [[1, 2]]


def test_named_arguments_reach_the_function(notebook) -> None:
    assert notebook.run(SLUGIFY, 'student.slugify("A b", sep="_")') == "a_b"


def test_a_variable_is_copied(notebook) -> None:
    assert notebook.run(SLUGIFY, 'copy = student["LIMITS"]\ncopy["title"] = 1\nLIMITS["title"]') == 80


def test_an_undefined_name_fails_as_an_assertion_and_guesses_the_one_meant(notebook) -> None:
    error = notebook.failure(SLUGIFY.replace("slugify", "slugfy"), 'student.slugify("x")')
    assert isinstance(error, StudentWorkError)
    assert isinstance(error, AssertionError)
    assert str(error).startswith("`slugify` is not defined: no cell that ran defines it. Did you mean it by `slugfy`?")


def test_a_name_that_is_no_function_says_what_it_is(notebook) -> None:
    assert "`slugify` is an int and can't be called" in str(notebook.failure("slugify = 3", "student.slugify()"))


def test_a_result_that_is_not_plain_names_the_call(notebook) -> None:
    error = notebook.failure("def f(x): return object()", "student.f(1)")
    assert str(error).startswith("the result of `f(1)` is of type object")


def test_a_name_that_the_api_uses_itself_can_be_called(notebook) -> None:
    assert notebook.run("def client(x): return x + 1", 'student.call("client", 1)') == 2


def test_what_a_call_prints_and_does_to_its_arguments_can_be_observed(notebook) -> None:
    notebook.run("def tidy(items):\n    items.sort()\n    print('tidied', len(items))")
    notebook.run("seen = student.observe('tidy', [2, 1])")
    assert notebook.run("(seen.result, seen.output, seen.args)") == (None, "tidied 2\n", ([1, 2],))


def test_what_goes_to_standard_error_is_not_what_a_call_prints(notebook, capsys) -> None:
    notebook.run("import sys\ndef f(cart):\n    print('out')\n    print('err', file=sys.stderr)\nclass Cart: pass")
    seen = notebook.run("student.observe('f', student.make('Cart'))")
    assert (seen.output, seen.args) == ("out\n", (None,))
    assert capsys.readouterr().out.startswith("err\n")
    assert "`f` is an int and can't be called" in str(notebook.failure("f = 3", "student.observe('f')"))


def test_the_first_values_of_an_endless_generator_can_be_taken(notebook) -> None:
    notebook.run("from itertools import count\ndef odd():\n    yield from count(1, 2)\ndef listed(): return [1]")
    assert notebook.run("student.take(3, 'odd')") == [1, 3, 5]
    assert "returned list; an iterator is wanted" in str(notebook.failure("student.take(1, 'listed')"))


def test_a_coroutine_function_is_awaited(notebook) -> None:
    notebook.run(
        "import asyncio\nasync def later(x):\n    await asyncio.sleep(0)\n    return x * 2\ndef now(x): return x"
    )
    assert notebook.run("student.awaited('later', 4)") == 8
    assert "write the function with `async def`" in str(notebook.failure("student.awaited('now', 4)"))
    notebook.run("async def breaks(): raise KeyError('gone')")
    assert isinstance(notebook.failure("student.awaited('breaks')"), KeyError)


CART = """
class Cart:
    def __init__(self, owner="nobody"):
        self.owner, self.lines = owner, []
    def add(self, name, count=1):
        if count < 1: raise ValueError("count")
        self.lines.append((name, count)); return len(self.lines)
    @property
    def total(self): return sum(count for _, count in self.lines)
    def __len__(self): return len(self.lines)
    def __eq__(self, other): return self.lines == other.lines
    def __add__(self, other):
        both = Cart(self.owner); both.lines = self.lines + other.lines; return both
    def __contains__(self, name): return any(name == known for known, _ in self.lines)
    def __iter__(self): return iter(self.lines)
    def __repr__(self): return f"Cart({self.owner!r})"
def merge(a, b): return a + b
"""


def test_an_object_is_held_by_a_handle(notebook) -> None:
    notebook.run(CART, "cart = student.make('Cart', owner='Ann')")
    assert notebook.run("(cart.add('pen', 2), cart.total, len(cart), 'pen' in cart, list(cart), str(cart))") == (
        1, 2, 1, True, [("pen", 2)], "Cart('Ann')",
    )  # fmt: skip
    assert notebook.run("cart == student.make('Cart')") is False
    assert notebook.run("cart.make('__add__', cart).total") == 4
    assert notebook.run("student.make('merge', cart, cart).class_name()") == "Cart"
    assert notebook.run("cart.owner = 'Bob'\ncart.owner") == "Bob"
    assert isinstance(notebook.failure("cart.add('pen', 0)"), ValueError)
    assert isinstance(notebook.failure("cart.colour"), AttributeError)


def test_what_the_learners_code_writes_to_standard_error_is_ordinary_output(
    notebook, capsys: pytest.CaptureFixture[str]
) -> None:
    notebook.run(
        "import logging, sys, warnings\nlog = logging.getLogger('shop')\nlog.addHandler(logging.StreamHandler())"
    )
    notebook.run("def f():\n    log.error('by a handler')\n    print('by name', file=sys.stderr)\n    return 1")
    notebook.run("student.f()", "log.handlers.clear()")
    seen = capsys.readouterr()
    assert "by a handler\nby name\n" in seen.out
    assert seen.err == ""


def test_outside_of_a_notebook_the_names_are_those_of_main(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys
    import types

    from IPython.core.interactiveshell import InteractiveShell

    InteractiveShell.clear_instance()
    main = types.ModuleType("__main__")
    main.double = lambda x: 2 * x
    monkeypatch.setitem(sys.modules, "__main__", main)
    from autograder.student import student

    assert student.double(4) == 8
