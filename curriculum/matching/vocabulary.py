"""The words that matching knows beyond the path's own phrases: `curriculum/data/vocabulary.yaml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec
import msgspec.yaml

FILE = Path(__file__).resolve().parents[1] / "data" / "vocabulary.yaml"


class Technology(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A technology that the path does not teach, and its other names."""

    name: str
    also: tuple[str, ...] = ()


class Vocabulary(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the file says; its comments explain the fields."""

    words: tuple[str, ...]
    short: tuple[str, ...]
    common: tuple[str, ...]
    other_senses: tuple[str, ...] = msgspec.field(name="other senses")
    name_parts: frozenset[str] = msgspec.field(name="name parts")
    technologies: tuple[Technology, ...]
    typos: tuple[str, ...]


@cache
def vocabulary() -> Vocabulary:
    """Return the vocabulary, read once; the file belongs to this package, and a test reads it."""
    return msgspec.yaml.decode(FILE.read_bytes(), type=Vocabulary)
