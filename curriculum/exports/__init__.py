"""The path in the formats of other systems: one module a format."""

from __future__ import annotations

from curriculum.exports.formats import FORMATS, Format, export
from curriculum.exports.naming import Naming

__all__ = ["FORMATS", "Format", "Naming", "export"]
