"""Where a cell's lines stand in `exercise.py`."""

from __future__ import annotations

from collections.abc import Iterator

from autograder.languages import magic_of
from curriculum.build import SourceCell


def first_line(cell: SourceCell) -> int:
    """Return the number of the file's line that a cell's first line is; a magic stands on the marker's own line."""
    return cell.line if magic_of(cell.source) else cell.line + 1


def numbered_lines(cell: SourceCell) -> Iterator[tuple[int, str]]:
    """Yield a cell's lines with their numbers in the file."""
    yield from enumerate(cell.source.split("\n"), start=first_line(cell))
