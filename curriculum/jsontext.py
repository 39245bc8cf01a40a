"""JSON, read strictly: UTF-8, every key once."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec

from curriculum.datafile import Plain, shortened
from curriculum.exceptions import DataError


def parse_json(text: bytes, path: Path) -> Plain:
    """Return what a JSON text says.

    Args:
        text: the bytes of the file.
        path: its name, for messages.

    Raises:
        DataError: the text is not JSON, or a field stands twice in one object.
    """

    def refuse_twins(pairs: list[tuple[str, object]]) -> None:
        names = [name for name, _ in pairs]
        if len(set(names)) < len(names):
            twin = next(name for i, name in enumerate(names) if name in names[:i])
            raise DataError(path, shortened(twin), "This field stands twice in one object.", "Keep one of them.")

    try:
        data: Plain = msgspec.json.decode(text)
        json.loads(text, object_pairs_hook=refuse_twins)  # msgspec keeps the last of twins without a word
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise DataError(
            path,
            "",
            f"The file is not JSON: {str(error).splitlines()[0]}.",
            "Export it again: backend-path export --format json.",
        ) from error
    return data
