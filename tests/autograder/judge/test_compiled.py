"""Tests that are compiled once for all submissions: the second submission is graded as the first was, to the letter."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

ANSWER = """
def double(x):
    return x * 2
def broken():
    return 1 / 0
"""
TESTS = {
    "future": "from __future__ import annotations\nlimit += 1",
    "known": """compiler = get_ipython().compile
for text in compiler._cells:
    print(hasattr(compiler.ast_parse(text).body[0], "autograder_code"))""",
    "right": 'for n in (1, 2):\n    assert student.double(n) == 2 * n, hint("k")',
    "wrong": 'def check(n):\n    assert student.double(n) == n, hint("k")\nfor n in (0, 1):\n    check(n)',
    "raises": 'values = [1]\nassert [student.broken() for _ in values] == [1], hint("k")',
    "own_error": "class Kept:\n    def f(self):\n        return (lambda: {}['no'])()\nKept().f()",
    "shown": "value = student.double(4)\n{'value': value, 'text': 'é'}",
    "one_line": "str(student.double(3))",
    "annotated": "def later(x: 1 + 1):\n    return x\nprint(later.__annotations__)",
    "awaited": "import asyncio\nawait asyncio.sleep(0)\nassert student.double(1) == 3",
    "plain": "total = 0\nfor n in range(3):\n    total += n\nassert total == 4",
    "empty": "# nothing\n# at all",
    "no_function": "total = 1\nreturn total",
    "warned": 'total = 1\nassert (total == 2, "always true")',
    "count": "print(get_ipython().execution_count)\nprint(get_ipython().user_ns['In'][-1][:5])",
    "files": 'import inspect\nprint(inspect.getsource(later))\nassert "ipykernel_" in later.__code__.co_filename',
    "mute": "get_ipython().ast_node_interactivity = 'none'\n1",
    "muted": "total = 1\ntotal",
}
CHANGE = """import ast
class Negated(ast.NodeTransformer):
    def visit_Constant(self, node):
        return ast.copy_location(ast.Constant(-node.value), node)
get_ipython().ast_transformers.append(Negated())"""
SETUP = "from IPython import get_ipython\nlimit = 3\nlimit"


def _text(graded: Any, name: str) -> str:
    """Return what a test put out, without what differs from run to run."""
    return re.sub(r"ipykernel_\d+|tmp\w+|judge-\w+|between-\w+|0x[0-9a-f]+", "…", repr(graded.outputs(name)))


def test_a_second_submission_is_graded_as_the_first(grade: Callable[..., Any]) -> None:
    runs = [grade(ANSWER, TESTS, setup=SETUP) for _ in range(3)]
    assert runs[0].printed("known") == "", "somebody graded this notebook before"
    assert [run.printed("known").split() for run in runs[1:]] == [["True"] * 3] * 2  # the cells up to this one
    for name in TESTS:
        if name != "known":
            assert _text(runs[1], name) == _text(runs[0], name) == _text(runs[2], name), name
    assert runs[0].points == runs[1].points == runs[2].points
    assert "Expected" in runs[1].traceback("wrong")
    assert "check(n)" in runs[1].traceback("wrong")
    assert "SyntaxWarning" in runs[1].printed("warned")
    assert "{'x': '1 + 1'}" in runs[1].printed("annotated")
    assert runs[1].outputs("muted") == []


def test_another_answer_meets_the_same_tests(grade: Callable[..., Any]) -> None:
    tests = {"a": 'total = 1\nassert student.double(total) == 2, hint("k")', "b": "total += 1\nassert total == 2"}
    answers = ["def double(x): return 2", "def double(x): return 3", "double = 5", "def double(x): return 2 * x"]
    assert [list(grade(answer, tests).points.values()) for answer in answers] == [[5, 5], [0, 5], [0, 5], [5, 5]]


def test_a_changed_shell_compiles_for_itself(grade: Callable[..., Any]) -> None:
    tests = {"change": CHANGE, "seen": "total = 7\nprint(total)"}
    printed = [grade(ANSWER, tests, setup=SETUP).printed("seen").split() for _ in range(3)]
    assert printed == [["-7"]] * 3
