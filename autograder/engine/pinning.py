"""Names in a test that mean what its author meant, where a learner's variable hides a builtin or a helper."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Collection, Mapping

PINNED = "@pinned "
"""What begins the names under which the originals are found; no name that Python code could write."""


def hidden_names(
    source: str, names: Mapping[str, object], meant: Mapping[str, object], answers: Collection[str]
) -> dict[str, object]:
    """Return what a test's names should stand for, for those that stand for something else.

    Args:
        source: the test.
        names: the notebook's names.
        meant: what the instructor's cells, and IPython, have defined.
        answers: the names that are the learner's to define.
    """
    hidden: dict[str, object] = {}
    used, bound = _used_and_bound(source)
    for name in used - bound - set(answers):
        if name in names and (name in meant or hasattr(builtins, name)):
            original = meant[name] if name in meant else getattr(builtins, name)
            if names[name] is not original:
                hidden[name] = original
    return hidden


class Pinning(ast.NodeTransformer):
    """Makes a cell read some names elsewhere.

    Args:
        names: the names.
    """

    def __init__(self, names: set[str]) -> None:
        self._names = names

    def visit_Name(self, node: ast.Name) -> ast.Name:
        """Rename one name where it is read."""
        if node.id in self._names and isinstance(node.ctx, ast.Load):
            return ast.copy_location(ast.Name(f"{PINNED}{node.id}", ast.Load()), node)
        return node


def _used_and_bound(source: str) -> tuple[set[str], set[str]]:
    """Return the names that a test uses, and those that it binds itself."""
    used: set[str] = set()
    bound: set[str] = set()
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):  # magics: such a test reads names as they are
        return used, bound
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            (used if isinstance(node.ctx, ast.Load) else bound).add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            bound.add(node.name)
    return used, bound
