"""A mutation as an edit of text: which bytes go, and what comes in their place."""

from __future__ import annotations

import msgspec


class Edit(msgspec.Struct, frozen=True):
    """One small change of a text.

    Attributes:
        operator: the name of the mutation operator.
        start: where the change begins, in bytes of the text's UTF-8 form.
        end: where it ends.
        text: what comes in its place.
    """

    operator: str
    start: int
    end: int
    text: str

    def apply(self, original: str) -> str:
        """Return the text with this change."""
        data = original.encode()
        return (data[: self.start] + self.text.encode() + data[self.end :]).decode()

    def line(self, original: str) -> int:
        """Return the index of the line, counted from 0, on which the change begins."""
        return original.encode()[: self.start].count(b"\n")
