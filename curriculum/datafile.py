"""Data files: their bytes, the plain values in them, and places in those."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

from curriculum.exceptions import DataError

Plain: TypeAlias = "str | int | float | bool | list[Plain] | dict[str, Plain] | None"
"""What YAML and JSON can say."""

Place: TypeAlias = tuple[str | int, ...]
"""The way to a value: names of fields, and indices in lists."""

LARGEST_FILE = 4_000_000
"""Bytes that a data file may have; ours have at most some 30,000, and our own JSON some 300,000."""


def read_file(path: Path) -> bytes:
    """Return the bytes of a data file.

    Raises:
        DataError: it is not there, can't be read, or is far too large to be one.
    """
    if not path.is_file():
        raise DataError(path, "", "There is no such file.", "Make it, or correct the name; docs/data.md has the form.")
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise DataError(
                path,
                "",
                f"The file has {size / 1e6:,.1f} MB; a data file may have {LARGEST_FILE / 1e6:g} MB.",
                "Split it into modules, or take out what is no curriculum data.",
            )
        return path.read_bytes()
    except OSError as error:
        raise DataError(path, "", f"The file can't be read: {error.strerror}.", "Make it readable.") from error


def written(place: Place) -> str:
    """Return a place as people write it.

    >>> written(("skills", 3, "prerequisites", 0))
    'skills[3].prerequisites[0]'
    """
    parts = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
    return "".join(parts).removeprefix(".")
