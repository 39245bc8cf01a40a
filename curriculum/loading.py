"""The one entry to the data: `load`."""

from __future__ import annotations

import os
import pathlib
from typing import TYPE_CHECKING

from curriculum.exceptions import DataError
from curriculum.model import Path

if TYPE_CHECKING:
    from curriculum.datafile import Plain


def load(path: str | os.PathLike[str] | None = None) -> Path:
    """Return a curriculum.

    >>> load().modules["flask"].title
    'Flask'

    Args:
        path: nothing for this course's own; a folder in the form of docs/data.md; a `.json` file that `export` wrote;
            or a `.yaml` file that describes one module, which is then added to the end of this course's own path.

    Raises:
        DataError: a file is missing or malformed, or the data contradict each other. Nothing is half-loaded.
    """
    from curriculum import reading  # what reading takes (PyYAML and more) is not imported with the package

    if path is None:
        return reading.own_path()
    place = pathlib.Path(path)
    if place.is_dir():
        return reading.from_folder(place)
    if place.suffix == ".json":
        return reading.from_json(place)
    if place.suffix in (".yaml", ".yml"):
        return reading.with_module(reading.own_path(), place)
    raise DataError(
        place,
        "",
        "No such folder, or no form that is known.",
        "Give a folder with `path.yaml`, a `.json` or a `.yaml`.",
    )


def path_from_values(raw: Plain, origin: pathlib.Path) -> Path:
    """Return the path that plain values describe: those of a `PathData`, as our own JSON has them.

    Args:
        raw: dicts, lists, strings, numbers.
        origin: the file they came from, for messages.

    Raises:
        DataError: they don't fit, or contradict each other.
    """
    from curriculum import reading

    return reading.from_values(raw, origin)
