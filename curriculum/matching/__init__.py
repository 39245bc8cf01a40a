"""Which skills of a path a job posting asks for, with the words that say so, and what the path does not cover.

Everything happens offline, on plain text, by looking up phrases: those of the path's modules and skills
(`phrases` in the data) and the names of technologies that the path does not teach (`curriculum/data/vocabulary.yaml`).
Every hit can be pointed at in the text. A phrase is set aside, with the reason, when it is denied (`no PHP`), left
behind (`instead of Java`), offered, said of others, a part of a name (`Ruby Lane`), or an ordinary word (`the rest`).
"""

from __future__ import annotations

from collections.abc import Iterator

from curriculum.matching.context import Scope, scopes
from curriculum.matching.result import Found, How, Kind, Match, Reason, SetAside
from curriculum.matching.senses import is_meant, name_around
from curriculum.matching.terms import Candidate, Terms, terms_of
from curriculum.matching.typos import Typos
from curriculum.matching.words import Words
from curriculum.model import Path

__all__ = ["Found", "How", "Kind", "Match", "Reason", "SetAside", "match_posting"]


def match_posting(path: Path, text: str) -> Match:
    """Return what a job posting asks for.

    >>> import curriculum
    >>> found = match_posting(curriculum.load(), "You know Flask and Kotlin. No PHP, please.")
    >>> [(hit.id, hit.phrase, hit.how) for hit in found.hits]
    [('flask', 'Flask', 'exact')]
    >>> found.uncovered_names
    ('Kotlin',)
    >>> [(aside.found.id, aside.reason, aside.cue) for aside in found.set_aside]
    [('php', 'negated', 'No')]

    Args:
        path: the path whose modules and skills to look for.
        text: the posting, as plain text of any length.
    """
    terms = terms_of(path)
    words = Words.of(text)
    places = list(_places(words, terms))
    clear = [place.first for place in places if _is_clear(words, place, terms)]
    scoped = _by_word(scopes(words, {place.first for place in places}))
    found: list[Found] = []
    aside: list[SetAside] = []
    for place in places:
        reason = _reason(words, place, terms, clear) or scoped.get(place.first)
        if reason:
            aside += (SetAside(found=item, reason=reason[0], cue=reason[1]) for item in _found(words, place))
        else:
            found += _found(words, place)
    return Match(
        hits=tuple(item for item in found if item.kind != "technology"),
        uncovered=tuple(item for item in found if item.kind == "technology"),
        set_aside=tuple(aside),
    )


def _places(words: Words, terms: Terms) -> Iterator[Candidate]:
    """Yield where phrases stand, from left to right, none overlapping another."""
    typos = Typos(terms)
    free = i = 0
    while i < len(words):
        place = terms.at(words, i)
        if place is None or place.last == i:
            place = typos.parted(words, i) or place or typos.at(words, i)
        if place and place.first >= free:  # a misspelt word can be a phrase with the words before it
            if place.terms[0].kind != "other":
                yield place
            free = i = place.last + 1
        else:
            i += 1


def _is_clear(words: Words, place: Candidate, terms: Terms) -> bool:
    """Say whether a phrase is technical whatever stands around it."""
    word = words.low[place.first]
    return place.first != place.last or (word not in terms.common and word not in terms.ambiguous)


def _reason(words: Words, place: Candidate, terms: Terms, clear: list[int]) -> tuple[Reason, str] | None:
    name = name_around(words, place, terms)
    if name:
        return "part of a name", name
    return None if is_meant(words, place, terms, clear) else ("another sense", "")


def _by_word(found: list[Scope]) -> dict[int, tuple[Reason, str]]:
    reasons: dict[int, tuple[Reason, str]] = {}
    for scope in found:
        for i in range(scope.first, scope.last):
            reasons.setdefault(i, (scope.reason, scope.cue))
    return reasons


def _found(words: Words, place: Candidate) -> Iterator[Found]:
    for term in place.terms:
        if term.kind != "other":
            yield Found(
                id=term.target,
                kind=term.kind,
                phrase=words.phrase(place.first, place.last),
                start=words.start[place.first],
                end=words.end[place.last],
                term=term.text,
                how="fuzzy" if place.fuzzy else term.how,
            )
