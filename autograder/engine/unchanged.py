"""Whether something has changed, found out without touching it.

Looking at an object in a forked process counts a reference to it, which makes the system copy the page of memory that
it lies in: to look at some thousand objects took 40 ms. CPython numbers each change of a dictionary (until 3.12), and
keeps a function's code at a fixed place of the function; both can be read without a reference.
"""

from __future__ import annotations

import ctypes
import gc
import sys
import types
from collections.abc import Mapping
from typing import Final

_WORD: Final = ctypes.sizeof(ctypes.c_void_p)
_VERSION_AT: Final = 3 * _WORD  # behind the reference count, the type, and the number of items
_HAS_VERSIONS: Final = sys.implementation.name == "cpython" and sys.version_info < (3, 13)


def _address(names: Mapping[str, object]) -> int | None:
    if not _HAS_VERSIONS:
        return None
    if type(names) is types.MappingProxyType:  # of a class; it holds the dictionary
        (held,) = (one for one in gc.get_referents(names) if type(one) is dict)
        return id(held)
    return id(names) if type(names) is dict else None


class Dictionary:
    """A dictionary whose changes are looked for.

    Args:
        names: the dictionary, or the namespace of a class.

    >>> names = {"a": 1}
    >>> dictionary = Dictionary(names)
    >>> names["a"] = 2
    >>> dictionary.has_changed()
    True
    """

    def __init__(self, names: Mapping[str, object]) -> None:
        self._address = _address(names)
        self._seen = self._version()

    def has_changed(self) -> bool:
        """Return whether it may have changed since this was last asked."""
        now = self._version()
        changed = now is None or now != self._seen
        self._seen = now
        return changed

    def _version(self) -> int | None:
        if self._address is None:
            return None
        return int(ctypes.c_uint64.from_address(self._address + _VERSION_AT).value)


class Functions:
    """Functions whose code, and defaults, are looked at."""

    def __init__(self) -> None:
        self._addresses: list[int] = []
        self._usual: list[bytes] = []

    def add(self, function: types.FunctionType) -> None:
        """Take a function, as it is now."""
        self._addresses.append(id(function) + _FIRST)
        self._usual.append(ctypes.string_at(id(function) + _FIRST, _SPAN))

    def changed(self) -> list[int]:
        """Return which of them have other code or defaults, by their number."""
        look = ctypes.string_at
        return [n for n, at in enumerate(self._addresses) if look(at, _SPAN) != self._usual[n]]


def _layout() -> tuple[int, int]:
    """Return where in a function its code and defaults lie: the first byte, and how many."""

    def sample(a: int = 10**6, *, b: int = 10**7) -> int:
        return a + b

    wanted = {id(sample.__code__), id(sample.__defaults__), id(sample.__kwdefaults__)}
    words = (ctypes.c_void_p * 16).from_address(id(sample))
    places = [number for number, value in enumerate(words) if value in wanted]
    assert len(places) == 3, "a function is not laid out as CPython lays it out"
    return places[0] * _WORD, (places[-1] - places[0] + 1) * _WORD


_FIRST, _SPAN = _layout()
