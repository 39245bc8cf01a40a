"""Which cells of a notebook the learner's process runs, and which the judge; and whether the two can be apart at all.

They can where every name that a test uses comes from Python, from a setup cell, from another test, or through
`student`. A test that uses a name of the learner's directly needs both in one process, as nbgrader has them.
"""

from __future__ import annotations

import ast
import builtins
import functools
import importlib.util
import symtable
import sys
from collections.abc import Iterator, Sequence
from typing import Final, Literal

import msgspec

from autograder.engine.jobs import SourceCell, SourceNotebook

Side = Literal["learner", "judge", "both"]

_MODULE: Final = "autograder.student"
_GIVEN: Final = {*vars(builtins), "student", "hint", "display", "__name__", "__doc__", "__annotations__"} - {
    "globals", "locals", "vars", "dir", "eval", "exec",
}  # fmt: skip
_ELSEWHERE: Final = {"eval", "exec", "vars", "dir", "locals"}  # harmless with arguments of their own
_SIGNS: Final = ("%", "!", "?")


class Plan(msgspec.Struct, frozen=True):
    """Who runs what.

    Attributes:
        sides: the side of each protected cell that is code, by `grade_id`; all other cells are the learner's.
        shared: why the notebook must be graded in one process; empty if it is sealed.
    """

    sides: dict[str, Side] = {}
    shared: str = ""


def make_plan(source: SourceNotebook, files: Sequence[str]) -> Plan:
    """Return who runs what of a notebook.

    Args:
        source: its source version.
        files: the assignment's other files, which tests may import from.
    """
    tests = [cell for cell in source.cells if _is_test(cell)]
    setup = [cell for cell in source.cells if _is_setup(cell)]
    if not tests or not any(_MODULE in cell.source for cell in (*setup, *tests)):
        return Plan(shared="its tests don't use `student`")
    local = {name.partition("/")[0].removesuffix(".py") for name in files}
    read = {cell.name: _read(cell.source) for cell in (*setup, *tests)}
    for cell in tests:
        if read[cell.name] is None:
            return Plan(shared=f"test '{cell.name}' has magics, or is not Python")
    known = _judges_names([read[cell.name] for cell in tests], {cell.name: read[cell.name] for cell in setup})
    for cell in tests:
        names = read[cell.name]
        assert names is not None
        for module in names.modules:
            if not _is_installed(module) and module not in local:
                return Plan(shared=f"test '{cell.name}' imports `{module}`, which is not the assignment's")
        missing = sorted(_needed(names) - known.names)
        if missing:
            return Plan(shared=f"test '{cell.name}' uses `{missing[0]}` other than through `student`")
    sides: dict[str, Side] = {cell.name: "judge" for cell in tests}
    sides |= {cell.name: "both" if cell.name in known.cells else "learner" for cell in setup}
    return Plan(sides)


class _Statement(msgspec.Struct, frozen=True):
    """A statement at the top of a cell.

    Attributes:
        binds: the names that it binds.
        needs: the names that it needs to be run.
        later: the names that are needed when what it binds is used.
    """

    binds: frozenset[str]
    needs: frozenset[str]
    later: frozenset[str] = frozenset()


class _Names(msgspec.Struct, frozen=True):
    """The names in a cell."""

    statements: tuple[_Statement, ...]
    modules: frozenset[str] = frozenset()


class _Known(msgspec.Struct):
    """What the judge's process will know: names, and the setup cells that it can run."""

    names: set[str]
    cells: set[str]


def _is_test(cell: SourceCell) -> bool:
    return cell.cell_type == "code" and cell.max_score is not None and not cell.solution and not cell.task


def _is_setup(cell: SourceCell) -> bool:
    return cell.cell_type == "code" and cell.locked and cell.max_score is None


def _judges_names(tests: Sequence[_Names | None], setup: dict[str, _Names | None]) -> _Known:
    """Return what the judge's process will know: the most that can be had without a name of the learner's."""
    cells = {name for name, names in setup.items() if names is not None}
    while True:
        statements = [one for name in cells for one in setup[name].statements]  # type: ignore[union-attr]
        statements += [one for names in tests if names is not None for one in names.statements]
        names = _resolvable(statements)
        fit = {
            name
            for name in cells
            if all(one.needs <= names for one in setup[name].statements)  # type: ignore[union-attr]
        }
        if fit == cells:
            return _Known(names, cells)
        cells = fit


def _resolvable(statements: Sequence[_Statement]) -> set[str]:
    """Return the names that can be used: all that they need, at once or later, is there as well."""
    bound = {name for one in statements for name in one.binds}
    wanting: dict[str, set[str]] = {name: set() for name in bound}
    for one in statements:
        for name in one.binds:
            wanting[name] |= one.needs | one.later
    good = set(bound)
    while True:
        lacking = {name for name in good if not wanting[name] <= good | _GIVEN | _ELSEWHERE}
        if not lacking:
            return good | _GIVEN | _ELSEWHERE
        good -= lacking


def _needed(names: _Names) -> set[str]:
    return {name for one in names.statements for name in one.needs | one.later}


def _read(text: str) -> _Names | None:
    """Return the names in a cell; nothing if it holds magics or is not Python."""
    if any(line.lstrip().startswith(_SIGNS) for line in text.splitlines()):
        return None
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return None
    statements: list[_Statement] = []
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names):
            return None
        statements.append(_statement(node))
    return _Names(tuple(statements), frozenset(_modules(tree)))


def _statement(node: ast.stmt) -> _Statement:
    module = ast.Module([node], [])
    table = symtable.symtable(ast.unparse(module), "cell", "exec")
    binds = {s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_imported()}
    binds |= {name for inner in _inner(table) for name in _globals_bound(inner)}
    needs = {s.get_name() for s in table.get_symbols() if s.is_referenced()}
    later = {
        s.get_name() for inner in _inner(table) for s in inner.get_symbols() if s.is_global() and s.is_referenced()
    }
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return _Statement(frozenset(binds), frozenset(needs - binds), frozenset(later))
    return _Statement(
        frozenset(binds), frozenset(needs | (later - binds) if not _defers(node) else needs), frozenset(later)
    )


def _defers(node: ast.stmt) -> bool:
    """Whether what is inside of a statement runs later: a class's methods; of others, all is taken to run at once."""
    return isinstance(node, ast.ClassDef)


def _inner(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    for child in table.get_children():
        yield child
        yield from _inner(child)


def _globals_bound(table: symtable.SymbolTable) -> set[str]:
    return {s.get_name() for s in table.get_symbols() if s.is_declared_global() and s.is_assigned()}


def _modules(tree: ast.AST) -> Iterator[str]:
    """Give the top-level packages that are imported anywhere in a cell."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


@functools.cache
def _is_installed(module: str) -> bool:
    if module in sys.stdlib_module_names or module in sys.modules:
        return True
    try:
        return importlib.util.find_spec(module) is not None
    except (ImportError, ValueError):
        return False
