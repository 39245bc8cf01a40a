"""IPython's translation of a cell's text into Python, done once for a text: magics, shell commands, help.

IPython takes every cell apart into tokens, twice for each execution. What comes out depends on the text alone, as long
as nobody has changed the list of transformations.
"""

from __future__ import annotations

from typing import Any


def remember_transforms(shell: Any) -> None:
    """Have a shell keep what a cell's text was translated to."""
    manager = shell.input_transformer_manager
    transform = manager.transform_cell
    usual = _transformations(manager)
    known: dict[str, str] = {}

    def transform_cell(cell: str) -> str:
        if _transformations(manager) != usual:
            return str(transform(cell))
        if cell not in known:
            known[cell] = transform(cell)
        return known[cell]

    manager.transform_cell = transform_cell


def _transformations(manager: Any) -> list[object]:
    return [*manager.cleanup_transforms, None, *manager.line_transforms, None, *manager.token_transformers]
