"""What comes out of matching a text with a path."""

from __future__ import annotations

from typing import Literal

import msgspec

How = Literal["exact", "alias", "fuzzy"]
Kind = Literal["skill", "module", "technology"]
Reason = Literal["negated", "left behind", "said of others", "offered", "part of a name", "another sense"]


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A phrase of the text that names something.

    Attributes:
        id: the id of the skill or module; of a technology that the path doesn't cover, its name.
        kind: which of the three.
        phrase: the words as they stand in the text.
        start: where they begin, in characters from the start of the text.
        end: where they end.
        term: the name or phrase in the data that they match.
        how: `exact` when that is the thing's own name, `alias` when it is another phrase for it, `fuzzy` when the text
            has it misspelt.
    """

    id: str
    kind: Kind
    phrase: str
    start: int
    end: int
    term: str
    how: How


class SetAside(msgspec.Struct, frozen=True, kw_only=True):
    """A phrase that names something in a place where it is not asked for.

    Attributes:
        found: the phrase and what it names.
        reason: why it doesn't count.
        cue: the words of the text that say so; empty when no words do.
    """

    found: Found
    reason: Reason
    cue: str


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """What a job posting asks for.

    Attributes:
        hits: the phrases that ask for a skill or module of the path, in the order of the text.
        uncovered: the phrases that ask for a technology that the path does not cover.
        set_aside: the phrases that name one of these, but don't ask for it, and why.
    """

    hits: tuple[Found, ...]
    uncovered: tuple[Found, ...]
    set_aside: tuple[SetAside, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The skills and modules asked for, each once, in the order of the text."""
        return tuple(dict.fromkeys(hit.id for hit in self.hits))

    @property
    def uncovered_names(self) -> tuple[str, ...]:
        """The technologies that the path does not cover, each once, in the order of the text."""
        return tuple(dict.fromkeys(found.id for found in self.uncovered))
