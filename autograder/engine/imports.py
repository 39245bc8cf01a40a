"""Which modules notebooks import, so that a worker can import them once, before it forks."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable

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


def _imported(text: str) -> set[str]:
    plain = "\n".join("" if line.lstrip().startswith(("%", "!")) else line for line in text.split("\n"))
    try:
        tree = ast.parse(plain)
    except (SyntaxError, ValueError):
        return set()
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
    return found
