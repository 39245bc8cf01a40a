"""The YAML header of a text source, decoded into a struct; errors name the file and the line."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import msgspec
import yaml

from curriculum.exceptions import SourceError

T = TypeVar("T")


def decode_header(text: str, kind: type[T], path: Path, first_line: int) -> T:
    """Decode a header.

    Args:
        text: YAML, without the lines `---` around it.
        kind: the struct to decode into.
        path: the file, for messages.
        first_line: the line of the file on which `text` begins, counted from 1.

    Raises:
        SourceError: the YAML does not parse, or a field is missing, unknown or of a wrong type.
    """
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
        line = first_line + (mark.line if mark else text.count("\n", 0, getattr(error, "position", 0)))
        raise SourceError(
            path, line, f"The header is not YAML: {reason}.", "Write `field: value`, one a line."
        ) from error
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        fields = ", ".join(f"`{field.name}`" for field in msgspec.structs.fields(kind))  # type: ignore[arg-type]
        raise SourceError(
            path,
            first_line,
            f"The header is wrong: {error}.",
            f"The fields are {fields}; docs/authoring.md explains them.",
        ) from error
