"""Plain data: the only values that pass between tests and a learner's work.

A copy holds exact types only: an object with its own `__eq__` could otherwise say "equal" to anything. Of a subclass of
`str`, `int`, `dict` … (a `Counter`, a named tuple, a `Markup`) the content is copied, read by the base class's own
methods, so nothing that the subclass defines has a say. Types are compared with `is`: looking a type up in a dictionary
would ask the type's own metaclass for its hash and its equality.
"""

from __future__ import annotations

import datetime
import zoneinfo
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

from autograder.exceptions import StudentWorkError

MAX_DEPTH: Final = 100
"""How deep containers may be nested."""
MAX_ITEMS: Final = 1_000_000
"""How many values there may be in all."""
MAX_BYTES: Final = 32 * 1024 * 1024
"""How many characters and bytes there may be in all."""

_NONE_TYPE: Final = type(None)
_PLAIN_NAMES: Final = "None, bool, int, float, str, bytes, list, tuple, dict, set, frozenset, dates and times, Decimal"
_CONTAINERS: Final = (str, bytes, int, float, dict, list, tuple, set, frozenset)
_SIMPLE: Final = (_NONE_TYPE, bool, float, Decimal, datetime.date, datetime.timedelta, datetime.timezone)


def copy_plain(value: object, what: str = "the value") -> object:
    """Return a copy of plain data.

    Args:
        value: what to copy; containers are copied to any depth.
        what: how messages name the value, for example "the result of `slugify`".

    Raises:
        StudentWorkError: the value, or one inside it, is not plain, or there is too much of it.

    >>> copy_plain({"id": 1, "tags": ("a", b"b")})
    {'id': 1, 'tags': ('a', b'b')}
    """
    return _Copier(what).copy(value, "", 0)


def type_name(value: object) -> str:
    """Return the name of a value's real type, whatever the type says about itself."""
    name = type.__dict__["__name__"].__get__(type(value))
    return str(name) if type(name) is str else "object"


def is_plain_type(value: object) -> bool:
    """Whether a value's own type is one that plain data is made of; says nothing about what it holds."""
    kind = type(value)
    return any(kind is plain for plain in (*_CONTAINERS, *_SIMPLE, datetime.datetime, datetime.time))


class _Copier:
    """One copy in the making: counts what it has copied, so that the whole is bounded."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.items = 0
        self.bytes = 0

    def copy(self, value: object, place: str, depth: int) -> object:
        self._count(depth)
        kind = type(value)
        if any(kind is simple for simple in _SIMPLE):
            return value
        if kind is datetime.datetime or kind is datetime.time:
            return self._time(value, place)  # type: ignore[arg-type]
        base = next((base for base in _CONTAINERS if kind is base), None) or _base(kind)
        if base is None:
            raise StudentWorkError(self._refusal(value, place))
        return self._content(value, base, place, depth + 1)

    def _content(self, value: Any, base: type, place: str, depth: int) -> object:
        """Copy what `value` holds as an instance of `base`, by the methods of `base`."""
        if base is str:
            self._weigh(str.__len__(value))
            return str.__str__(value)
        if base is bytes:
            self._weigh(bytes.__len__(value))
            return bytes.__getitem__(value, slice(None))
        if base is int:
            self._weigh(int.bit_length(value) // 8)
            return int.__int__(value)
        if base is float:
            return float.__float__(value)
        if base is dict:
            return self._dict(dict.items(value), place, depth)
        if base is list:
            return [self.copy(item, f"{place}[{i}]", depth) for i, item in enumerate(list.__iter__(value))]
        if base is tuple:
            return tuple(self.copy(item, f"{place}[{i}]", depth) for i, item in enumerate(tuple.__iter__(value)))
        if base is set:
            return {self.copy(item, f"{place}{{…}}", depth) for item in set.__iter__(value)}
        return frozenset(self.copy(item, f"{place}{{…}}", depth) for item in frozenset.__iter__(value))

    def _dict(self, items: Iterable[tuple[object, object]], place: str, depth: int) -> dict[object, object]:
        copied = {}
        for key, item in items:
            plain_key = self.copy(key, f"{place}.keys()", depth)
            label = repr(plain_key)[:60] if type(plain_key) in (str, int) else "…"
            copied[plain_key] = self.copy(item, f"{place}[{label}]", depth)
        return copied

    def _time(self, value: datetime.datetime | datetime.time, place: str) -> object:
        zone = value.tzinfo
        if zone is None or type(zone) is datetime.timezone or type(zone) is zoneinfo.ZoneInfo:
            return value
        raise StudentWorkError(
            f"{self._name(place)} is a {type_name(value)} in a time zone of type {type_name(zone)}, "
            "which tests can't take. Use datetime.timezone or zoneinfo.ZoneInfo."
        )

    def _count(self, depth: int) -> None:
        self.items += 1
        if depth > MAX_DEPTH:
            raise StudentWorkError(
                f"{self.what} is nested more than {MAX_DEPTH} levels deep. Does a container hold itself?"
            )
        if self.items > MAX_ITEMS:
            raise StudentWorkError(f"{self.what} holds more than {MAX_ITEMS:,} values; give less.")

    def _weigh(self, amount: int) -> None:
        self.bytes += amount
        if self.bytes > MAX_BYTES:
            raise StudentWorkError(
                f"{self.what} holds more than {MAX_BYTES // 1024 // 1024} MB of text or bytes; give less."
            )

    def _name(self, place: str) -> str:
        return f"{self.what}, at {place}," if place else self.what

    def _refusal(self, value: object, place: str) -> str:
        name = type_name(value)
        said = f"{self._name(place)} is of type {name}, which is not plain data."
        if name == "generator" or name.startswith("dict_"):
            return f"{said} Collect what it gives: list(…)."
        if name == "coroutine":
            return f"{said} Was an `await` forgotten, or an `async` written where none is needed?"
        if name == "bytearray":
            return f"{said} Make plain bytes of it: bytes(…)."
        return f"{said} Plain data is: {_PLAIN_NAMES}."


def _base(kind: type) -> type | None:
    """Return the plain type that `kind` is a subclass of, by its real ancestors."""
    ancestors = type.__dict__["__mro__"].__get__(kind)
    return next((base for base in _CONTAINERS if any(ancestor is base for ancestor in ancestors)), None)
