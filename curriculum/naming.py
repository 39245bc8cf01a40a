"""Mappings by id whose misses say which ids come nearest."""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterable, Iterator, KeysView, Mapping, ValuesView
from typing import Protocol, TypeVar

from curriculum.exceptions import UnknownNameError


class Identified(Protocol):
    """Anything with an id."""

    @property
    def id(self) -> str:
        """What it is called in the data."""


T = TypeVar("T", bound=Identified)


class Named(Mapping[str, T]):
    """An unchangeable mapping from ids to things, in their order.

    >>> from curriculum.model import CoverageItem
    >>> items = Named("coverage id", [CoverageItem(id="S20", text="MySQL"), CoverageItem(id="S21", text="MongoDB")])
    >>> items["S21"].text
    'MongoDB'
    >>> items["S2"]
    Traceback (most recent call last):
    ...
    curriculum.exceptions.UnknownNameError: There is no coverage id 'S2'. Nearest: S21, S20.
    """

    __slots__ = ("_things", "kind")

    def __init__(self, kind: str, things: Iterable[T]) -> None:
        self.kind = kind
        self._things = {thing.id: thing for thing in things}

    def __getitem__(self, name: str) -> T:
        try:
            return self._things[name]
        except KeyError:
            raise unknown_name(self.kind, name, lambda: self._things) from None

    def __contains__(self, name: object) -> bool:
        return name in self._things

    def __iter__(self) -> Iterator[str]:
        return iter(self._things)

    def __len__(self) -> int:
        return len(self._things)

    def keys(self) -> KeysView[str]:
        """Return the ids, in order."""
        return self._things.keys()

    def values(self) -> ValuesView[T]:
        """Return the things, in order."""
        return self._things.values()

    def items(self) -> ItemsView[str, T]:
        """Return pairs of id and thing, in order."""
        return self._things.items()

    def __repr__(self) -> str:
        return f"<{len(self)} by {self.kind}: {', '.join(list(self)[:5])}{', …' if len(self) > 5 else ''}>"


def unknown_name(kind: str, name: object, known: Callable[[], Iterable[str]]) -> UnknownNameError:
    """Return the error for a name that isn't there, with the nearest ones that are."""
    near = nearest(str(name), known())
    advice = (
        f"Nearest: {', '.join(near)}." if near else "`backend-path path` and `backend-path skills` list what there is."
    )
    return UnknownNameError(f"There is no {kind} {name!r}. {advice}")


def nearest(name: str, known: Iterable[str], count: int = 3) -> list[str]:
    """Return the known names most like `name`, best first.

    >>> nearest("sql.join", ["sql.joins", "http.methods"])
    ['sql.joins']
    """
    from difflib import get_close_matches

    return get_close_matches(name, list(known), n=count, cutoff=0.6)
