"""Whether a word that may be a name is meant as one: `Go` or to go, `REST` or the rest, `Ruby` or Ruby Lane."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from curriculum.matching.english import AFTER_A_NAME, BEFORE_A_NAME, BEFORE_A_PERSON, NOT_AFTER_A_NOUN
from curriculum.matching.terms import Candidate, Terms
from curriculum.matching.words import Words

_LIST_SIGN = re.compile(r"[,;:/|()&+•*\[\]…!?]|\.(?:\s|$)|^\s*-\s|\n")
_TECHNICAL = 2
"""From so many unambiguous phrases on, a text speaks of technology throughout."""
_NEAR = 8
"""How many words off, in one sentence, a technical neighbour may be."""


def name_around(words: Words, place: Candidate, terms: Terms) -> str:
    """Return the proper name of a street, firm or person that the words are a part of, or nothing."""
    first, last = place.first, place.last
    nxt = last + 1
    if not words.raw[first][0].isupper():
        return ""
    if first and words.low[first - 1] in BEFORE_A_PERSON and nxt < len(words) and words.raw[nxt][0].isupper():
        return words.phrase(first, nxt)
    run = nxt
    while run < len(words) and run < nxt + 3 and words.raw[run][0].isupper() and words.gap(run).strip(" .") == "":
        if words.low[run] in terms.name_parts and words.sentence_of[run] == words.sentence_of[first]:
            return words.phrase(first, run)
        run += 1
    return ""


def is_meant(words: Words, place: Candidate, terms: Terms, neighbours: Sequence[int]) -> bool:
    """Say whether words that name something in another sense too name it here.

    Args:
        words: the text.
        place: where the words stand; a phrase of several words is never doubtful.
        terms: know which names are ambiguous.
        neighbours: the first words of the unambiguous technical phrases of the text, in order.
    """
    if place.first != place.last or place.fuzzy:
        return True
    i = place.first
    if words.low[i] in terms.common:
        in_company = _in_company(words, i, neighbours) or len(neighbours) >= _TECHNICAL
        return in_company and not _heads_a_list(words, i)
    name = terms.ambiguous.get(words.low[i])
    if name is None:
        return True
    if name in terms.short:
        return words.raw[i] == name and _item(words, i)
    written_so = words.raw[i] == name and not words.shouted[words.sentence_of[i]]
    if written_so and (name.isupper() or not _opens_sentence(words, i) or _technical(words, i, neighbours)):
        return True
    if words.raw[i].isupper() and not name.isupper() and not words.shouted[words.sentence_of[i]]:
        return False  # SWIFT, DART: an abbreviation of something else
    believable = written_so or (_followed(words, i) and not name.isupper())
    return _listed(words, i) or (believable and _in_company(words, i, neighbours))


def _heads_a_list(words: Words, i: int) -> bool:
    """Say whether a word is the whole line above a list: `Requirements`, `Hosting:`."""
    alone = words.opens_line(i) and not words.bulleted(i)
    return alone and i + 1 < len(words) and (words.bulleted(i + 1) or ":" in words.gap(i + 1))


def _in_company(words: Words, i: int, neighbours: Sequence[int]) -> bool:
    """Say whether an unambiguous technical phrase stands near word `i` in its sentence."""
    around = neighbours[bisect_left(neighbours, i - _NEAR) : bisect_right(neighbours, i + _NEAR)]
    return any(n != i and words.sentence_of[n] == words.sentence_of[i] for n in around)


def _technical(words: Words, i: int, neighbours: Sequence[int]) -> bool:
    """Say whether a word that opens a sentence is a noun, or stands for one in a text that speaks of technology."""
    following = words.low[i + 1] if i + 1 < len(words) else ""
    return following in ("is", "are") or (bool(neighbours) and following not in NOT_AFTER_A_NOUN)


def _item(words: Words, i: int) -> bool:
    """Say whether a word stands alone between signs or connecting words, as in `C, R and Go` or `in Go.`."""
    before = i == 0 or bool(_LIST_SIGN.search(words.gap(i))) or words.bulleted(i) or words.low[i - 1] in BEFORE_A_NAME
    following = i + 1 == len(words) or bool(_LIST_SIGN.search(words.gap(i + 1))) or words.low[i + 1] in AFTER_A_NAME
    return before and following and not re.fullmatch(r"\s?&\s?", words.gap(i + 1) if i + 1 < len(words) else "")


def _listed(words: Words, i: int) -> bool:
    before = i == 0 or bool(_LIST_SIGN.search(words.gap(i))) or words.bulleted(i) or words.low[i - 1] in ("and", "or")
    following = i + 1 == len(words) or bool(_LIST_SIGN.search(words.gap(i + 1))) or words.low[i + 1] in ("and", "or")
    return before and following


def _followed(words: Words, i: int) -> bool:
    return i + 1 < len(words) and words.low[i + 1] in AFTER_A_NAME


def _opens_sentence(words: Words, i: int) -> bool:
    return words.sentences[words.sentence_of[i]][0] == i
