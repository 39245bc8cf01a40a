"""The contract of the devices, and the means to hold it against an implementation in any language.

There is one text of the contract: the exercise `flask/mini-api`. A learner reads its prose, and its test cells grade.
Here the very same cells are run against other implementations. A cell reaches the one that it tests by
`student.client("create_app", path)`; for a program, that starts it, with the path in `DEVICES_FILE`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from IPython.core.interactiveshell import InteractiveShell

from autograder.closing import close_all
from curriculum.build import ExerciseSource, read_exercise

IMPLEMENTATIONS = Path(__file__).parent / "implementations"
OPENING = '"create_app"'

# Stands for `student` in the contract's cells when a program is tested.
_SERVED = """
class Served:
    def client(self, name, path):
        return served_student.serve({program!r}, env={{"DEVICES_FILE": path}})

served_student, student = student, Served()
"""


@dataclass(frozen=True)
class Contract:
    """The contract's cells: what its tests need, and the tests themselves, by `grade_id`."""

    setup: str
    rules: dict[str, str]


def contract_of(exercise: ExerciseSource, opening: str) -> Contract:
    """Return the cells of an exercise that hold its contract: those that open an application."""
    setup = next(cell.source for cell in exercise.cells if cell.role == "setup")
    rules = {cell.grade_id: cell.source for cell in exercise.cells if cell.role == "test" and opening in cell.source}
    return Contract(setup, rules)


class Implementation:
    """An implementation of the contract, in a notebook's shell of its own."""

    def __init__(self, contract: Contract, cells: list[str], program: str | None) -> None:
        InteractiveShell.clear_instance()
        self.shell = InteractiveShell.instance(colors="nocolor")
        self.shell.history_manager.enabled = False
        self._contract = contract
        start = [] if program is None else [_SERVED.format(program=program)]
        for cell in (contract.setup, *cells, *start):
            self._run(cell)

    def keeps(self, rule: str) -> None:
        """Run the tests of one rule.

        Raises:
            AssertionError: the implementation breaks it.
        """
        self._run(self._contract.rules[rule])

    def close(self) -> None:
        """End what it started."""
        close_all()
        InteractiveShell.clear_instance()

    def _run(self, cell: str) -> None:
        self.shell.run_cell(cell).raise_error()


def solution_of(exercise: ExerciseSource) -> list[str]:
    """Return the task cells of an exercise with their model answers."""
    return [cell.source for cell in exercise.cells if cell.role == "task"]


@pytest.fixture(scope="session")
def mini_api(checkout: Path) -> ExerciseSource:
    """The exercise that holds the contract."""
    return read_exercise(checkout / "exercises/flask/mini-api/exercise.py")


@pytest.fixture(scope="session")
def http_service(checkout: Path) -> ExerciseSource:
    """The exercise that asks for the same in PHP."""
    return read_exercise(checkout / "exercises/php/http-service/exercise.py")


@pytest.fixture(scope="session")
def contract(mini_api: ExerciseSource) -> Contract:
    """The contract."""
    return contract_of(mini_api, OPENING)


def program_cell(path: Path, text: str | None = None) -> str:
    """Return the cell that keeps a program, or a changed text of it."""
    magic = {".rb": "ruby", ".java": "java", ".mjs": "node"}[path.suffix]
    return f"%%{magic} --save {path.name}\n{text or path.read_text(encoding='utf-8')}"


@pytest.fixture(scope="module")
def implementation(
    request: pytest.FixtureRequest, contract: Contract, mini_api: ExerciseSource, http_service: ExerciseSource
) -> Iterator[Implementation]:
    """The implementation that the test's parameter names; in Flask and PHP, the exercises' own model solutions."""
    if request.param == "flask":
        started = Implementation(contract, solution_of(mini_api), None)
    elif request.param == "php":
        started = Implementation(contract, solution_of(http_service), "devices.php")
    else:
        path = IMPLEMENTATIONS / request.param
        started = Implementation(contract, [program_cell(path)], path.name)
    yield started
    started.close()


@pytest.fixture
def in_node(contract: Contract, monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """A function that starts the implementation for Node.js with one piece of its text replaced."""
    path = IMPLEMENTATIONS / "service.mjs"
    started = []

    def start(old: str, new: str) -> Implementation:
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}, not once"
        started.append(Implementation(contract, [program_cell(path, text.replace(old, new))], path.name))
        return started[0]

    yield start
    for implementation in started:
        implementation.close()


class _WithoutHints(ast.NodeTransformer):
    """Takes an assertion's hint away, and gives what opens an implementation one name."""

    def visit_Assert(self, node: ast.Assert) -> ast.Assert:
        self.generic_visit(node)
        node.msg = None
        return node

    def visit_Call(self, node: ast.Call) -> ast.Call:
        self.generic_visit(node)
        name = ast.unparse(node.func)
        if name == "student.client":
            return ast.Call(ast.Name("opened"), node.args[1:], [])
        if name == "serve":
            return ast.Call(ast.Name("opened"), node.args, [])
        return ast.Call(ast.Name("fresh"), [], []) if name in ("fresh_database", "fresh_file") else node


def statements_of(source: str) -> list[str]:
    """Return what a test cell does, in order: each simple statement, and the head of each compound one."""
    lines = ast.unparse(ast.fix_missing_locations(_WithoutHints().visit(ast.parse(source)))).splitlines()
    return [line.strip() for line in lines]


@pytest.fixture(scope="session")
def statements():
    """The function that lists a test cell's statements, without hints and without what differs by language."""
    return statements_of


@pytest.fixture(scope="session")
def rules_in_php(http_service: ExerciseSource) -> Contract:
    """The cells that hold the contract in the exercise in PHP."""
    return contract_of(http_service, "serve(")
