"""Misspelt names: `Pyhton`, `PostgresSQL`, `automted tests`."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz import process
from rapidfuzz.distance import OSA

from curriculum.matching.terms import Candidate, Terms
from curriculum.matching.words import Words

_SHORTEST, _LONGEST = 5, 24
_SLIGHT, _LONG = 6, 9


def _allowed(length: int) -> int:
    """Return how many letters may be wrong, missing, extra or swapped in a word of a length.

    One in a word of five to eight letters, two in a longer one: more would take real words for misspelt names.
    """
    return 2 if length >= _LONG else 1


class Typos:
    """Looks for names and phrases that a text has misspelt; remembers each word it has seen."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._groups = terms.spellings
        self._seen: dict[str, tuple[str, ...]] = {}

    def parted(self, words: Words, i: int) -> Candidate | None:
        """Return the name that word `i` and the next make when written as one: `Java Script`, `My SQL`."""
        if i + 1 < len(words) and words.gap(i + 1) in (" ", "-"):
            name = words.low[i] + words.low[i + 1]
            if name in self._terms.misspelt and self._terms.named((name,)):
                return Candidate(i, i + 1, self._terms.named((name,)), fuzzy=True)
        return None

    def at(self, words: Words, i: int) -> Candidate | None:
        """Return what word `i`, which is in no phrase as it stands, is probably meant to be."""
        word = words.low[i]
        if word in self._terms.known_words or not _SHORTEST <= len(word) <= _LONGEST or not word.isalpha():
            return None
        if word not in self._seen:
            self._seen[word] = tuple(self._near(word))
        similar = self._seen[word]
        for meant in similar:
            for phrase in self._terms.phrases_with(meant):
                found = self._phrase_around(words, i, meant, phrase)
                if found:
                    return found
        name = next((name for name in similar if name in self._terms.misspelt and _believable(word, name)), None)
        return Candidate(i, i, self._terms.named((name,)), fuzzy=True) if name else None

    def _near(self, word: str) -> Iterator[str]:
        """Yield the known words that differ from a word in few letters, the nearest first."""
        others = self._groups.get((len(word), word[0]))
        if others:
            for other, distance, _index in process.extract(
                word, others, scorer=OSA.distance, score_cutoff=_allowed(len(word)), limit=None
            ):
                if distance <= _allowed(len(other)):
                    yield other

    def _phrase_around(self, words: Words, i: int, meant: str, phrase: tuple[str, ...]) -> Candidate | None:
        """Return the place of a phrase of which only word `i` is misspelt."""
        for position, word in enumerate(phrase):
            first = i - position
            last = first + len(phrase) - 1
            if word != meant or len(word) < _SLIGHT or first < 0 or last >= len(words):
                continue
            rest_fits = all(words.low[first + n] == other for n, other in enumerate(phrase) if n != position)
            if rest_fits and words.joined(first, last):
                return Candidate(first, last, self._terms.named(phrase), fuzzy=True)
        return None


def _believable(word: str, name: str) -> bool:
    """Say whether a word can be a misspelt name: in short names, only swapped or doubled letters are believed."""
    return len(name) >= _SLIGHT or set(word) == set(name)
