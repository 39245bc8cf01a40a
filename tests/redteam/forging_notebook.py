"""Forged marks by changing the notebook that is handed in."""

from __future__ import annotations

import copy
from typing import Any

from harness import Case, cell_of
from nbformat.v4 import new_code_cell, new_output

_TESTS = ("test_double", "test_greet", "test_part")


def _text(text: str) -> Any:
    def edit(notebook: Any) -> None:
        for name in _TESTS:
            cell_of(notebook, name).source = text

    return edit


def _metadata(**changes: object) -> Any:
    def edit(notebook: Any) -> None:
        for name in _TESTS:
            cell_of(notebook, name).metadata.nbgrader.update(changes)

    return edit


def _removed(notebook: Any) -> None:
    notebook.cells = [c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") not in _TESTS]


def _doubled(notebook: Any) -> None:
    for name in _TESTS:
        twin = copy.deepcopy(cell_of(notebook, name))
        twin.source, twin.id = "4.0", f"{name}-twin".replace("_", "-")
        notebook.cells.append(twin)


def _extra(notebook: Any) -> None:
    twin = copy.deepcopy(cell_of(notebook, "test_double"))
    twin.source, twin.id = "100", "extra"
    twin.metadata.nbgrader.update(grade_id="test_extra", points=100)
    notebook.cells.append(twin)


def _retyped(kind: str) -> Any:
    def edit(notebook: Any) -> None:
        for name in _TESTS:
            cell = cell_of(notebook, name)
            cell["cell_type"] = kind
            cell.pop("outputs", None)
            cell.pop("execution_count", None)

    return edit


def _tagged(notebook: Any) -> None:
    for name in _TESTS:
        cell_of(notebook, name).metadata["tags"] = ["skip-execution", "raises-exception"]


def _with_outputs(notebook: Any) -> None:
    for name, text in zip(_TESTS, ("2", "2", "4"), strict=True):
        cell = cell_of(notebook, name)
        cell.execution_count = 1
        cell.outputs = [new_output("execute_result", {"text/plain": text}, execution_count=1)]


def _kernel(name: str) -> Any:
    def edit(notebook: Any) -> None:
        notebook.metadata["kernelspec"] = {"name": name, "display_name": name, "language": "python"}
        notebook.metadata["language_info"] = {"name": "bash"}

    return edit


def _tests_first(notebook: Any) -> None:
    tests = [cell_of(notebook, name) for name in _TESTS]
    rest = [c for c in notebook.cells if c not in tests]
    notebook.cells = [*tests, *rest]


def _setup_emptied(notebook: Any) -> None:
    cell_of(notebook, "setup").source = (
        "class student:\n    double = staticmethod(lambda x: 2 * x)\n"
        "    greet = staticmethod(lambda n: f'Hello, {n}!')\n"
        "class TestCase:\n    def assertEqual(self, *a): pass\ncheck = lambda *a: None"
    )


def _answer_is_test(notebook: Any) -> None:
    cell_of(notebook, "double").metadata.nbgrader.update(grade=True, solution=False, locked=True, points=50)


def _manual_became_test(notebook: Any) -> None:
    cell = cell_of(notebook, "words")
    cell["cell_type"] = "code"
    cell.source, cell.outputs, cell.execution_count = "3.0", [], None
    cell.metadata.nbgrader.update(solution=False, locked=True, cell_type="code")


CASES = [
    Case(
        "test cells with another text",
        "forging",
        edit=_text("pass"),
        seen=dict.fromkeys(("sealed", "shared"), "test_double"),
    ),
    Case("test cells that give points at once", "forging", edit=_text("4.0")),
    Case(
        "more points for the tests",
        "forging",
        edit=_metadata(points=1000),
        seen=dict.fromkeys(("sealed", "shared"), "points"),
    ),
    Case("tests that are answers", "forging", edit=_metadata(grade=False, solution=True, locked=False)),
    Case("tests that a person marks", "forging", edit=_metadata(solution=True, locked=False)),
    Case("tests that are tasks", "forging", edit=_metadata(task=True, grade=False), refusal=True),
    Case("tests that are not locked", "forging", edit=_metadata(locked=False)),
    Case("tests of points that are no number", "forging", edit=_metadata(points="nan"), refusal=True),
    Case("checksums of its own", "forging", edit=_metadata(checksum="0" * 32)),
    Case("tests that are gone", "forging", edit=_removed),
    Case("tests that are there twice", "forging", edit=_doubled, seen=dict.fromkeys(("sealed", "shared"), "several")),
    Case("a test of its own", "forging", edit=_extra, seen=dict.fromkeys(("sealed", "shared"), "test_extra")),
    Case("tests that are Markdown", "forging", edit=_retyped("markdown")),
    Case("tests that are raw", "forging", edit=_retyped("raw")),
    Case("tests with the tag skip-execution", "forging", edit=_tagged),
    Case("tests with outputs of its own", "forging", edit=_with_outputs),
    Case("a kernel of its own", "forging", edit=_kernel("bash"), refusal=True),
    Case("a kernel that is a command", "forging", edit=_kernel("python3; touch @OUTSIDE@/mark"), refusal=True),
    Case("tests before everything else", "forging", edit=_tests_first),
    Case("another setup cell", "forging", edit=_setup_emptied),
    Case("an answer that claims to be a test", "forging", edit=_answer_is_test),
    Case("an answer for a person that claims to be a test", "forging", edit=_manual_became_test),
    Case(
        "a student of its own",
        "forging",
        between=(
            (
                "class student:\n    double = staticmethod(lambda x: 2 * x)\n"
                "    greet = staticmethod(lambda n: f'Hello, {n}!')"
            ),
            (
                "import sys, types\nfake = types.ModuleType('autograder.student')\nfake.student = student\n"
                "fake.hint = lambda *a: ''\nsys.modules['autograder.student'] = fake"
            ),
        ),
        modes=("sealed",),
    ),
    Case(
        "a helper file in place of a library",
        "forging",
        files={
            "unittest.py": "class TestCase:\n    def assertEqual(self, *a): pass\n",
            "nose.py": "def __getattr__(name): return lambda *a: None\n",
            "autograder/__init__.py": "",
            "autograder/student.py": "student = hint = None\n",
            "sitecustomize.py": "import builtins\nbuiltins.AssertionError = StopIteration\n",
            "given.txt": "changed",
        },
    ),
    Case(
        "a notebook in another order with doubled ids",
        "forging",
        edit=lambda notebook: notebook.cells.sort(key=lambda c: c.id),
    ),
    Case(
        "an extra cell before each test",
        "forging",
        between=("points = 4", "raise SystemExit", "exit()", "%%capture\n1/0"),
    ),
    Case(
        "an ordinary cell with the id of a test",
        "forging",
        edit=lambda notebook: notebook.cells.append(new_code_cell("4.0", id="test_double")),
    ),
]
