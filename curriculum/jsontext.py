"""JSON, read strictly: UTF-8, every key once."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec

from curriculum.datafile import Plain
from curriculum.exceptions import DataError


def parse_json(text: bytes, path: Path) -> Plain:
    """Return what a JSON text says.

    Args:
        text: the bytes of the file.
        path: its name, for messages.

    Raises:
        DataError: the text is not JSON, or a field stands twice in one object.
    """
    try:
        data: Plain = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise DataError(
            path, "", f"The file is not JSON: {error}.", "Export it again: backend-path export --format json."
        ) from error

    def refuse_twins(pairs: list[tuple[str, object]]) -> None:
        names = [name for name, _ in pairs]
        twin = next((name for i, name in enumerate(names) if name in names[:i]), None)
        if twin is not None:
            raise DataError(path, twin[:80], "This field stands twice in one object.", "Keep one of them.")

    json.loads(text, object_pairs_hook=refuse_twins)  # msgspec keeps the last of twins without a word
    return data
