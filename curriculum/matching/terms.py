"""The names and phrases to look for, found in a text longest first."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import Literal

from curriculum.matching.result import How
from curriculum.matching.vocabulary import Vocabulary, vocabulary
from curriculum.matching.words import Words, folded
from curriculum.model import Path

Kind = Literal["skill", "module", "technology", "other"]

_SHORTEST_MISSPELT = 5
_NOT_PLURAL = ("ss", "us", "is", "js", "ops", "as")


@dataclasses.dataclass(frozen=True, slots=True)
class Term:
    """A phrase that names something.

    Attributes:
        target: the id of a skill or module, or the name of a technology; empty for another sense.
        kind: what it names; `other` for a phrase that only looks like a name.
        text: the phrase as the data have it.
        how: `exact` for the thing's own name, `alias` for another.
    """

    target: str
    kind: Kind
    text: str
    how: How


@dataclasses.dataclass(frozen=True, slots=True)
class Candidate:
    """A place in a text where the words of some terms stand.

    Attributes:
        first: the first word.
        last: the last word.
        terms: what it may name; several when two skills share a phrase.
        fuzzy: whether a word of it is misspelt.
    """

    first: int
    last: int
    terms: tuple[Term, ...]
    fuzzy: bool = False


class Terms:
    """All phrases of a path and of the vocabulary, ready for looking up.

    Attributes:
        ambiguous: names that are ordinary words too, folded, with the spelling of their owners.
        short: those of them that count only as items of a list.
        common: ordinary words, folded, that are a skill only in technical company.
        name_parts: nouns that make a proper name of the word before them.
        misspelt: the names, folded, whose misspellings are looked for.
    """

    def __init__(self, path: Path, words: Vocabulary) -> None:
        self.ambiguous = {folded(name): name for name in (*words.words, *words.short)}
        self.short = frozenset(words.short)
        self.common = frozenset(map(folded, words.common))
        self.name_parts = words.name_parts
        self.misspelt = frozenset(map(folded, words.typos))
        self._by_words: dict[tuple[str, ...], list[Term]] = {}
        self._lengths: dict[str, list[int]] = {}
        terms = [*_of_path(path), *_of_vocabulary(words)]
        for term in terms:
            self._add(_key(term.text), term)
        exact = set(self._by_words)
        for term in terms:
            for key in _variants(term.text):
                if key not in exact:  # `https` is not the plural of `http`
                    self._add(key, term)

    def _add(self, key: tuple[str, ...], term: Term) -> None:
        known = self._by_words.setdefault(key, [])
        # What the path teaches is not uncovered, whatever the vocabulary says; a phrase's first owner is kept.
        if term.kind in ("technology", "other") and known:
            return
        if all(other.target != term.target for other in known):
            known.append(term)
            lengths = self._lengths.setdefault(key[0], [])
            if len(key) not in lengths:
                lengths.append(len(key))
                lengths.sort(reverse=True)

    @cached_property
    def known_words(self) -> frozenset[str]:
        """Every word that occurs in a phrase."""
        return frozenset(word for key in self._by_words for word in key)

    @cached_property
    def spellings(self) -> dict[tuple[int, str], list[str]]:
        """The longer known words by first letter, which people rarely misspell, and by each length within two."""
        groups: dict[tuple[int, str], list[str]] = {}
        for word in sorted(self.known_words):
            if len(word) >= _SHORTEST_MISSPELT and word.isalpha():
                for length in range(len(word) - 2, len(word) + 3):
                    groups.setdefault((length, word[0]), []).append(word)
        return groups

    def at(self, words: Words, i: int) -> Candidate | None:
        """Return the longest phrase that begins at word `i`."""
        for length in self._lengths.get(words.low[i], ()):
            terms = self._by_words.get(tuple(words.low[i : i + length]))
            if terms and i + length <= len(words.raw) and words.joined(i, i + length - 1):
                return Candidate(i, i + length - 1, tuple(terms))
        return None

    def named(self, key: tuple[str, ...]) -> tuple[Term, ...]:
        """Return the terms of exactly these folded words."""
        return tuple(self._by_words.get(key, ()))

    def phrases_with(self, word: str) -> list[tuple[str, ...]]:
        """Return the phrases of several words in which a folded word occurs."""
        return self._phrases.get(word, [])

    @cached_property
    def _phrases(self) -> dict[str, list[tuple[str, ...]]]:
        phrases: dict[str, list[tuple[str, ...]]] = {}
        for key, terms in self._by_words.items():
            if len(key) > 1 and terms[0].kind != "other":
                for word in set(key):
                    phrases.setdefault(word, []).append(key)
        return phrases


def _of_path(path: Path) -> Iterator[Term]:
    for module in path.modules.values():
        for phrase in module.phrases:
            yield Term(module.id, "module", phrase, _how(phrase, module.title))
    for skill in path.skills.values():
        for phrase in skill.phrases:
            yield Term(skill.id, "skill", phrase, _how(phrase, skill.name))


def _how(phrase: str, name: str) -> How:
    return "exact" if _key(phrase) == _key(name) else "alias"


def _of_vocabulary(words: Vocabulary) -> Iterator[Term]:
    for technology in words.technologies:
        yield Term(technology.name, "technology", technology.name, "exact")
        for name in technology.also:
            yield Term(technology.name, "technology", name, "alias")
    for phrase in words.other_senses:
        yield Term("", "other", phrase, "alias")


def _key(phrase: str) -> tuple[str, ...]:
    return tuple(Words.of(phrase).low)


def _variants(phrase: str) -> Iterator[tuple[str, ...]]:
    """Yield the folded words of a phrase in the plural or singular, and of two words written as one."""
    key = _key(phrase)
    last = key[-1]
    if not last.endswith("s") and last.isalpha():
        yield (*key[:-1], last[:-1] + "ies" if last.endswith("y") else last + "s")
    elif len(key) > 1 and last.endswith("s") and not last.endswith(_NOT_PLURAL):
        yield (*key[:-1], last[:-3] + "y" if last.endswith("ies") else last[:-1])
    if len(key) == 2 and "-" in phrase:
        yield (folded("".join(key)),)


@lru_cache(maxsize=4)
def terms_of(path: Path) -> Terms:
    """Return the terms of a path, made at the first call."""
    return Terms(path, vocabulary())
