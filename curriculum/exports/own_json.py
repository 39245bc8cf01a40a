"""Our own JSON: everything the path holds, read back exactly by `curriculum.load()`; and its JSON Schema."""

from __future__ import annotations

import inspect
import re
from typing import cast

import msgspec

from curriculum import model
from curriculum.model import FORMAT, Path, PathData, derived_uuid

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_ATTRIBUTE = re.compile(r"^    (\w+): (.+(?:\n     +.+)*)", re.MULTILINE)


def encode(path: Path) -> bytes:
    """Return the path as JSON, indented, with every UUID written out.

    The same path gives the same bytes.
    """
    return msgspec.json.format(msgspec.json.encode(path.data), indent=2) + b"\n"


def json_schema() -> bytes:
    """Return the JSON Schema that our own JSON follows.

    It says all that can be said of one value at a time. That ids are used once, that those named elsewhere exist, and
    that prerequisites don't go round in circles is checked when a path is loaded.
    """
    made = msgspec.json.schema(PathData)
    for name, definition in made["$defs"].items():
        _describe(getattr(model, name), definition)
    described = {
        "$schema": DIALECT,
        "$id": derived_uuid("schema", FORMAT).urn,
        "title": "A learning path",
        "description": f"The form {FORMAT}, which `backend-path export --format json` writes.",
        **made,
    }
    return msgspec.json.format(msgspec.json.encode(described), indent=2) + b"\n"


def _describe(struct: type, definition: dict[str, object]) -> None:
    """Turn a struct's docstring, which msgspec gives as one text, into a description of it and one of each property."""
    properties = cast(dict[str, dict[str, object]], definition["properties"])
    for described in reversed(struct.__mro__):  # fields may be described where they are inherited from
        summary, _, attributes = inspect.cleandoc(described.__doc__ or "").partition("\n\nAttributes:\n")
        definition["description"] = " ".join(summary.split())
        for name, what in _ATTRIBUTE.findall(attributes):
            if name in properties:
                properties[name]["description"] = " ".join(what.split())
