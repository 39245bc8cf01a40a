"""Stubs in the cell's own language: nbgrader writes Python's `raise NotImplementedError()` into a `%%java` cell.

`nbgrader_config.py` of a course puts `release_preprocessors()` in the place of nbgrader's own list.
"""

from __future__ import annotations

from typing import Any, Final

from nbformat import NotebookNode
from nbgrader import preprocessors
from nbgrader.converters.generate_assignment import GenerateAssignment

from autograder.languages import COMMENT_SIGNS, magic_of

_STUBS: Final = {magic: f"{sign} YOUR CODE HERE" for magic, sign in COMMENT_SIGNS.items()}


class ClearSolutions(preprocessors.ClearSolutions):  # type: ignore[misc]  # nbgrader has no types
    """Replaces solutions by stubs, in a cell with a language's magic by a comment of that language."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        stubs: dict[str, str] = self.code_stub  # type: ignore[has-type]
        self.code_stub = {**stubs, **_STUBS}

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], cell_index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Replace the solutions of one cell."""
        language = magic_of(cell.source) if cell.cell_type == "code" else ""
        if not language:
            replaced: tuple[NotebookNode, dict[str, Any]] = super().preprocess_cell(cell, resources, cell_index)
            return replaced
        first = cell.source.split("\n")[0]
        cell, _ = super().preprocess_cell(cell, {**resources, "language": language}, cell_index)
        if not cell.source.startswith(first):  # a cell without marks became nothing but the stub
            cell.source = f"{first}\n{cell.source}"
        return cell, resources


def release_preprocessors() -> list[type]:
    """Return what nbgrader's `generate_assignment` does with a notebook, in order, with our `ClearSolutions`."""
    usual = GenerateAssignment.class_traits()["preprocessors"].default()
    return [ClearSolutions if step is preprocessors.ClearSolutions else step for step in usual]
