"""A text as words with their places, and as sentences and list items."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from functools import cached_property, lru_cache

_WORD = re.compile(r"(?:(?<![\w.])\.(?=NET\b|net\b))?[^\W_]+(?:'[^\W_]+)?(?:\+\+|#)?")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "‑": "-", "–": "-", "\u00a0": " "})
_JOINT = re.compile(r"[ \t]*\n?[ \t]*|[ \t]?[-/&+][ \t]?|[.:]")
_BULLET = re.compile(r"[ \t]*(?:[-*•·▪◦‣+–—>]|\d+[.)])[ \t]+")
_END = re.compile(r"[.!?;…](?:[\s\")']|$)|\n[ \t]*\n")
_AMERICAN = [
    (re.compile(r"is(ation|ations|e|ed|es|er|ers|ing)$"), r"iz\1"),
    (re.compile(r"ys(e|ed|es)$"), r"yz\1"),
    (re.compile(r"ll(ed|er|ers|ing)$"), r"l\1"),
    (re.compile(r"(av|col|fav|hon)(i?)our(s|al|ed|ing)?$"), r"\1\2or\3"),
]
_TWO_SPELLINGS = ("ation", "ations", "e", "ed", "es", "er", "ers", "ing", "our", "ours", "oural")
_LONGEST_SENTENCE = 150
"""Words after which a sentence is taken to be over: no person writes such a one, and rules look through each whole."""
_CAPITALS = 0.7
"""From this share of capitals on, a sentence is shouted."""
_LONG_LINE = 50
"""From this length on, in characters, a line is taken to be broken by an editor and not by its author."""


@lru_cache(maxsize=100_000)
def folded(word: str) -> str:
    """Return a word without what doesn't change its meaning: case, accents, and British or American spelling.

    >>> folded("Virtualisation"), folded("modelling"), folded("BEHAVIOUR"), folded("Gruß")
    ('virtualization', 'modeling', 'behavior', 'gruss')
    """
    word = word.casefold()
    if not word.isascii():
        word = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    if 5 < len(word) < 40 and word.endswith(_TWO_SPELLINGS):
        for british, american in _AMERICAN:
            word = british.sub(american, word)
    return word


@dataclasses.dataclass(frozen=True)
class Words:
    """The words of a text.

    Attributes:
        text: the whole text.
        raw: each word as written.
        low: each word folded.
        start: where each begins in the text.
        end: where each ends.
    """

    text: str
    raw: list[str]
    low: list[str]
    start: list[int]
    end: list[int]

    @classmethod
    def of(cls, text: str) -> Words:
        """Take a text apart."""
        raw, start, end = [], [], []
        for match in _WORD.finditer(text.translate(_QUOTES)):
            raw.append(match[0])
            start.append(match.start())
            end.append(match.end())
        return cls(text, raw, [folded(word) for word in raw], start, end)

    def __len__(self) -> int:
        return len(self.raw)

    def gap(self, i: int) -> str:
        """Return what stands before word `i`, back to the word before; for `len(self)`, what stands after the last."""
        begin = self.end[i - 1] if i else 0
        return self.text[begin : self.start[i] if i < len(self.raw) else len(self.text)]

    def phrase(self, first: int, last: int) -> str:
        """Return the text from one word to another, both included."""
        return self.text[self.start[first] : self.end[last]]

    def joined(self, first: int, last: int) -> bool:
        """Say whether the words can be one phrase: nothing but spaces, one line break or one sign stands between."""
        return first == last or all(_JOINT.fullmatch(self.gap(i)) for i in range(first + 1, last + 1))

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """The sentences and list items: first word, and the one after the last."""
        breaks: list[int] = []
        for i in range(1, len(self)):
            if self._breaks_before(i) or i - (breaks[-1] if breaks else 0) >= _LONGEST_SENTENCE:
                breaks.append(i)
        return list(zip([0, *breaks], [*breaks, len(self)], strict=True)) if self.raw else []

    @cached_property
    def sentence_of(self) -> list[int]:
        """For each word, the index of its sentence."""
        return [n for n, (first, last) in enumerate(self.sentences) for _ in range(first, last)]

    @cached_property
    def shouted(self) -> list[bool]:
        """For each sentence, whether it is in capitals, so that capitals say nothing there."""
        return [last - first > 1 and _in_capitals(self.phrase(first, last - 1)) for first, last in self.sentences]

    def opens_line(self, i: int) -> bool:
        """Say whether word `i` is the first of a line."""
        return i == 0 or "\n" in self.gap(i)

    def bulleted(self, i: int) -> bool:
        """Say whether word `i` is the first of a list item."""
        gap = self.gap(i)
        line = gap[gap.rfind("\n") + 1 :]
        return (i == 0 or "\n" in gap) and (bool(_BULLET.match(line + " ")) or any(map(pictured, line)))

    def _breaks_before(self, i: int) -> bool:
        gap = self.gap(i)
        if gap in (" ", ", ", "-", "/"):
            return False
        if _END.search(gap) or any(map(pictured, gap)) or "•" in gap:
            return True
        if "\n" not in gap:
            return False
        if self.bulleted(i):
            return True
        line_start = self.text.rfind("\n", 0, self.end[i - 1]) + 1
        return self.end[i - 1] - line_start < _LONG_LINE


def _in_capitals(text: str) -> bool:
    return sum(map(str.isupper, text)) > _CAPITALS * sum(map(str.isalpha, text))


def pictured(sign: str) -> bool:
    """Say whether a character is a picture, such as those that begin list items.

    >>> pictured("✅"), pictured("+")
    (True, False)
    """
    return sign > "\u2000" and unicodedata.category(sign) == "So"
