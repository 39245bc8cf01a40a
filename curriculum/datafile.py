"""Data files: their bytes, the plain values in them, and places in those."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

from curriculum.exceptions import DataError

Plain: TypeAlias = "str | int | float | bool | list[Plain] | dict[str, Plain] | None"
"""What YAML and JSON can say."""

Place: TypeAlias = tuple[str | int, ...]
"""The way to a value: names of fields, and indices in lists."""

LARGEST_YAML = 500_000
"""Bytes that one YAML file may have; ours have at most some 30,000."""

LARGEST_JSON = 10_000_000
"""Bytes that a whole path may have as JSON; ours has some 300,000."""


def read_file(path: Path, largest: int = LARGEST_YAML) -> bytes:
    """Return the bytes of a data file of at most `largest` bytes.

    Raises:
        DataError: it is not there, can't be read, or is far too large to be one.
    """
    if not path.is_file():
        raise DataError(path, "", "There is no such file.", "Make it, or correct the name; docs/data.md has the form.")
    try:
        size = path.stat().st_size
        if size > largest:
            raise DataError(
                path,
                "",
                f"The file has {size / 1e6:,.1f} MB; a data file may have {largest / 1e6:g} MB.",
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
    parts = (f"[{step}]" if isinstance(step, int) else f".{shortened(step)}" for step in place)
    return "".join(parts).removeprefix(".")


def shortened(text: str, length: int = 80) -> str:
    """Return a text that fits into a message of one line.

    >>> shortened("a" * 100, 5)
    'aaaa…'
    """
    text = text if text.isprintable() else repr(text)
    return text if len(text) <= length else f"{text[: length - 1]}…"
