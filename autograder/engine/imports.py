"""Which modules notebooks import, so that a worker can import them once, before it forks."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable
from typing import TypeGuard

_IMPORT = re.compile(r"^\s*(?:import|from)\s+[A-Za-z_]", re.MULTILINE)
_INLINE = re.compile(r"^\s*%(?:matplotlib|pylab)\b", re.MULTILINE)
_UNFIT = {"antigravity", "this", "turtle", "tkinter", "idlelib", "lib2to3", "__future__", "__main__"}


def imports_in(texts: Iterable[str], local: Collection[str] = ()) -> tuple[str, ...]:
    """Return the modules that cells import.

    Args:
        texts: the cells' texts.
        local: names of modules that lie beside the notebook, and must be imported by it alone.
    """
    found: set[str] = set()
    for text in texts:
        if _IMPORT.search(text):
            found.update(_imported(text))
        if _INLINE.search(text):
            found.update(("matplotlib.pyplot", "matplotlib_inline.backend_inline"))
    return tuple(sorted(name for name in found if name.partition(".")[0] not in {*_UNFIT, *local}))


def names_defined(texts: Iterable[str]) -> tuple[str, ...]:
    r"""Return the names that cells define at their top level: functions, classes, variables, imports.

    >>> names_defined(["def f(): pass\nx, y = 1, 2", "import os.path as p"])
    ('f', 'p', 'x', 'y')
    """
    found: set[str] = set()
    for text in texts:
        for node in _statements(text):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                found.add(node.name)
            elif isinstance(node, ast.Import | ast.ImportFrom):
                found.update((alias.asname or alias.name).partition(".")[0] for alias in node.names)
            else:
                found.update(part.id for part in ast.walk(node) if _is_stored(part))
    return tuple(sorted(found))


def _is_stored(node: ast.AST) -> TypeGuard[ast.Name]:
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)


def _statements(text: str) -> list[ast.stmt]:
    plain = "\n".join("" if line.lstrip().startswith(("%", "!")) else line for line in text.split("\n"))
    try:
        return ast.parse(plain).body
    except (SyntaxError, ValueError):
        return []


def _imported(text: str) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.Module(_statements(text), [])):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
    return found
