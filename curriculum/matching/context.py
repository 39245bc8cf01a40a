"""Where a text names things without asking for them: denies them, leaves them behind, offers them, speaks of others.

A *scope* is a stretch of words with a reason and the words that cause it. The rules are those of plain English, looked
up sentence by sentence:

* `no PHP`, `you won't need Ruby or Perl`, `neither Java nor C#`: denied up to the end of the list or clause;
* `Kafka is not required`: denied, unless the sentence goes on with `but a plus`;
* `What we don't ask for` with list items under it: all items denied;
* `instead of Java`, `away from Oracle`, `we used to have Perl`: left behind;
* `our accountants swear by Excel`: said of others; `we offer courses in Kubernetes`: offered.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator

from curriculum.matching.english import (
    DENYING_BEFORE_WITHOUT,
    HEADING_DENIES,
    LEAVING,
    MOVES,
    NEGATORS,
    NOT_REALLY,
    OFFER,
    OTHER_PEOPLE,
    OTHERS_DO_IT,
    REFUSAL,
    REFUSING_SIGNS,
    SUBJECTS,
    TURNS,
    UNWANTED,
    VERBS,
    WELCOME,
    WISHES,
    WRONG_PLACE,
)
from curriculum.matching.result import Reason
from curriculum.matching.words import Words

_DENIED: Reason = "negated"
_LEFT: Reason = "left behind"
_OTHERS: Reason = "said of others"
_OFFERED: Reason = "offered"


@dataclasses.dataclass(frozen=True, slots=True)
class Scope:
    """A stretch of words in which naming is not asking.

    Attributes:
        first: its first word.
        last: the word after its last.
        reason: why it is not asked for.
        cue: the words that say so.
    """

    first: int
    last: int
    reason: Reason
    cue: str


def scopes(words: Words, named: Collection[int]) -> list[Scope]:
    """Return the stretches of a text in which naming is not asking.

    Args:
        words: the text.
        named: the words with which names and phrases begin; lists are followed through them.
    """
    found: list[Scope] = []
    heading: Scope | None = None
    for number, (first, last) in enumerate(words.sentences):
        text = words.phrase(first, last - 1)
        if number and REFUSAL.match(text) and "?" in words.gap(first):
            found.append(Scope(*words.sentences[number - 1], _DENIED, text))
        heading = _still_heading(words, heading, first)
        if heading:
            found.append(dataclasses.replace(heading, first=first, last=last))
        found.extend(_in_sentence(words, first, last, text, named))
        if not heading or not words.bulleted(first):
            heading = _as_heading(words, first, last, text, named) or heading
    return found


def _still_heading(words: Words, heading: Scope | None, first: int) -> Scope | None:
    """Return the heading while list items, or lines that stand like items, follow it."""
    if heading is None or (words.opens_line(first) and "\n\n" in words.gap(first).replace(" ", "")):
        return None
    return heading if words.bulleted(first) else None


def _as_heading(words: Words, first: int, last: int, text: str, named: Collection[int]) -> Scope | None:
    """Return the scope for the items under a line that denies or offers them."""
    if not words.opens_line(first) or last >= len(words) or not words.bulleted(last) or words.bulleted(first):
        return None
    if any(i in named for i in range(first, last)):
        return None
    if OFFER.search(text):
        return Scope(first, last, _OFFERED, text)
    return Scope(first, last, _DENIED, text) if HEADING_DENIES.search(text.replace("’", "'")) else None


def _in_sentence(words: Words, first: int, last: int, text: str, named: Collection[int]) -> Iterator[Scope]:
    plain = text.replace("’", "'")
    others, offer = OTHER_PEOPLE.search(plain), OFFER.search(plain)
    if others:
        yield Scope(first, last, _OTHERS, others[0].strip())
    elif offer:
        yield Scope(first, last, _OFFERED, offer[0].strip())
    wrong = WRONG_PLACE.search(plain)
    if wrong:
        yield Scope(first, last, _DENIED, wrong[0])
    if any(sign in words.gap(first) for sign in REFUSING_SIGNS):
        yield Scope(first, last, _DENIED, next(sign for sign in words.gap(first) if sign in REFUSING_SIGNS))
    yield from _after_cues(words, first, last, named)
    unwanted = UNWANTED.search(plain)
    if unwanted and not WELCOME.search(plain, unwanted.end()):
        i = _word_at(words, first, last, unwanted.start())
        yield Scope(_start_of_list(words, i, first), i, _LEFT if unwanted["left"] else _DENIED, unwanted[0])
    elsewhere = OTHERS_DO_IT.search(plain)
    if elsewhere:
        i, after = (_word_at(words, first, last, offset) for offset in elsewhere.span())
        end = _end_of_list(words, after, last, named, far=True)
        yield Scope(_start_of_list(words, i, first), end, _OTHERS, elsewhere[0])


def _word_at(words: Words, first: int, last: int, offset: int) -> int:
    """Return the word that begins at or after so many characters from the start of the sentence."""
    place = words.start[first] + offset
    return next((i for i in range(first, last) if words.start[i] >= place), last)


def _after_cues(words: Words, first: int, last: int, named: Collection[int]) -> Iterator[Scope]:
    i = first
    while i < last:
        cue = _cue(words, i, first, last)
        if cue is None:
            i += 1
            continue
        reason, length = cue
        begin = i + length
        if words.low[i] == "non":  # it denies the next word only: non-technical colleagues
            end = min(begin + 1, last)
        else:
            end = _end_of_list(words, begin, last, named, far=reason == _DENIED)
        if end > begin:
            yield Scope(begin, end, reason, words.phrase(i, begin - 1))
        i = max(begin, end if reason == _DENIED else begin)


def _cue(words: Words, i: int, first: int, last: int) -> tuple[Reason, int] | None:
    """Return the reason and the number of words when a cue begins at word `i`."""
    word = words.low[i]
    length = next((len(phrase) for phrase in LEAVING.get(word, ()) if _stands(words, i, phrase, last)), 0)
    if length:
        return _LEFT, length
    if word == "from" and any(MOVES.match(before) for before in words.low[max(first, i - 6) : i]):
        return _LEFT, 1
    if word not in NEGATORS:
        return None
    for begin in (i, i - 1):
        if begin >= first and any(
            _stands(words, begin, phrase, last) for phrase in NOT_REALLY.get(words.low[begin], ())
        ):
            return None
    if word == "without" and DENYING_BEFORE_WITHOUT & set(words.low[max(first, i - 6) : i]):
        return None
    return _DENIED, 1


def _stands(words: Words, i: int, phrase: tuple[str, ...], last: int) -> bool:
    return tuple(words.low[i : min(i + len(phrase), last)]) == phrase


def _end_of_list(words: Words, i: int, last: int, named: Collection[int], *, far: bool) -> int:
    """Return the word after the last to which a cue before word `i` applies.

    Args:
        words: the text.
        i: the first word after the cue.
        last: the end of the sentence.
        named: where names begin.
        far: whether verbs are passed over (`you don't need to know Perl`), or end it (`instead of Java we use …`).
    """
    start = i = _past_inline_heading(words, i, last)
    while i < last:
        gap, word = words.gap(i), words.low[i]
        if i > start and (word in TURNS or ":" in gap or ")" in gap or "(" in gap or " – " in gap or " - " in gap):
            return i
        if i > start and word == "without" and far:  # "no applications without Git": Git is asked for
            return i
        if not far and word in SUBJECTS | VERBS:
            return i
        if i > start and "," in gap and not _list_goes_on(words, i, last, named, far=far):
            return i
        i += 1
    return last


def _past_inline_heading(words: Words, i: int, last: int) -> int:
    """Return the first word after the colon of `what we don't use: PHP, Perl`, or the word itself."""
    for n in range(i + 1, min(i + 4, last)):
        if ":" in words.gap(n) and words.low[n - 1] in WISHES | {"for"} and not WISHES.isdisjoint(words.low[i:n]):
            return n
    return i


def _list_goes_on(words: Words, i: int, last: int, named: Collection[int], *, far: bool) -> bool:
    """Say whether the comma before word `i` divides items of one list and not two clauses."""
    n = i
    if words.low[n] in ("and", "or", "nor"):
        n += 1
    if n >= last or not any(n + k in named for k in range(3)):
        return False
    item_end = next(
        (k for k in range(n + 1, last) if "," in words.gap(k) or words.low[k] in ("and", "or", "nor")), last
    )
    if any(word in VERBS | SUBJECTS for word in words.low[n:item_end]):
        return False
    if far:
        return True
    return any(word in ("or", "and", "nor") for word in words.low[i:last]) and item_end < last


def _start_of_list(words: Words, i: int, first: int) -> int:
    """Return the first word to which `… is not required`, beginning at word `i`, applies."""
    while i > first:
        if i < len(words) and ("," in words.gap(i) or "(" in words.gap(i) or ":" in words.gap(i)):
            begin = i - 1
            while begin > first and "," not in words.gap(begin):
                begin -= 1
            if any(word in VERBS | SUBJECTS for word in words.low[begin:i]) or ":" in words.gap(i):
                return i
        if words.low[i - 1] in TURNS:
            return i
        i -= 1
    return first
