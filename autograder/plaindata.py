"""Plain data: the only values that pass between tests and a learner's work.

A copy is made of exact types only. A subclass of `str` or an object with its own `__eq__` could otherwise say "equal" to
anything, so such values are refused, by name. Types are compared with `is`: looking a type up in a dictionary would ask
the type's own metaclass for its hash and its equality.
"""

from __future__ import annotations

import datetime
import zoneinfo
from decimal import Decimal
from itertools import islice
from typing import Final

from autograder.exceptions import StudentWorkError

MAX_DEPTH: Final = 100
"""How deep containers may be nested."""
MAX_ITEMS: Final = 1_000_000
"""How many values there may be in all."""
MAX_BYTES: Final = 32 * 1024 * 1024
"""How many characters and bytes there may be in all."""

_NONE_TYPE = type(None)
_PLAIN_NAMES = "None, bool, int, float, str, bytes, list, tuple, dict, set, frozenset, dates and times, Decimal"
_INSTEAD: Final = (
    (str, "str(…)"),
    (dict, "dict(…)"),
    (list, "list(…)"),
    (tuple, "tuple(…)"),
    (set, "set(…)"),
    (int, "int(…)"),
    (float, "float(…)"),
    (bytes, "bytes(…)"),
)


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


class _Copier:
    """One copy in the making: counts what it has copied, so that the whole is bounded."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.items = 0
        self.bytes = 0

    def copy(self, value: object, place: str, depth: int) -> object:
        self._count(place, depth)
        kind = type(value)
        if kind is str or kind is bytes:
            self._weigh(len(value), place)  # type: ignore[arg-type]
            return value
        if kind is int:
            self._weigh(value.bit_length() // 8, place)  # type: ignore[attr-defined]
            return value
        if kind is _NONE_TYPE or kind is bool or kind is float or kind is Decimal:
            return value
        if kind is dict:
            return self._dict(value, place, depth)  # type: ignore[arg-type]
        if kind is list:
            return [self.copy(v, f"{place}[{i}]", depth + 1) for i, v in enumerate(value)]  # type: ignore[arg-type]
        if kind is tuple:
            return tuple(self.copy(v, f"{place}[{i}]", depth + 1) for i, v in enumerate(value))  # type: ignore[arg-type]
        if kind is set:
            return {self.copy(v, f"{place}{{…}}", depth + 1) for v in value}  # type: ignore[attr-defined]
        if kind is frozenset:
            return frozenset(self.copy(v, f"{place}{{…}}", depth + 1) for v in value)  # type: ignore[attr-defined]
        if kind is datetime.date or kind is datetime.timedelta:
            return value
        if kind is datetime.datetime or kind is datetime.time or kind is datetime.timezone:
            if kind is datetime.timezone or self._plain_zone(value.tzinfo):  # type: ignore[attr-defined]
                return value
            raise StudentWorkError(
                f"{self._name(place)} is a {type_name(value)} in a time zone of type "
                f"{type_name(value.tzinfo)}, "  # type: ignore[attr-defined]
                "which tests can't take. Use datetime.timezone or zoneinfo.ZoneInfo."
            )
        raise StudentWorkError(self._refusal(value, place))

    def _dict(self, value: dict[object, object], place: str, depth: int) -> dict[object, object]:
        copied = {}
        for key, item in value.items():
            plain_key = self.copy(key, f"{place}.keys()", depth + 1)
            label = repr(plain_key) if type(plain_key) in (str, int) else "…"
            copied[plain_key] = self.copy(item, f"{place}[{label[:60]}]", depth + 1)
        return copied

    @staticmethod
    def _plain_zone(zone: object) -> bool:
        return zone is None or type(zone) is datetime.timezone or type(zone) is zoneinfo.ZoneInfo

    def _count(self, place: str, depth: int) -> None:
        self.items += 1
        if depth > MAX_DEPTH:
            raise StudentWorkError(
                f"{self.what} is nested more than {MAX_DEPTH} levels deep. Does a container hold itself?"
            )
        if self.items > MAX_ITEMS:
            raise StudentWorkError(f"{self.what} holds more than {MAX_ITEMS:,} values; give less.")

    def _weigh(self, amount: int, place: str) -> None:
        self.bytes += amount
        if self.bytes > MAX_BYTES:
            raise StudentWorkError(
                f"{self.what} holds more than {MAX_BYTES // 1024 // 1024} MB of text or bytes; give less."
            )

    def _name(self, place: str) -> str:
        return f"{self.what}, at {place}," if place else self.what

    def _refusal(self, value: object, place: str) -> str:
        ancestors = type.__dict__["__mro__"].__get__(type(value))
        said = f"{self._name(place)} is of type {type_name(value)}, which is not plain data."
        for base, expression in islice(_INSTEAD, None):
            if any(ancestor is base for ancestor in ancestors):
                return f"{said} Make a plain {base.__name__} of it with {expression}."
        if type_name(value) == "generator":
            return f"{said} Collect what it yields: list(…)."
        if type_name(value) == "coroutine":
            return f"{said} Was an `await` forgotten, or an `async` written where none is needed?"
        return f"{said} Plain data is: {_PLAIN_NAMES}."
