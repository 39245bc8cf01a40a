"""Plain data as bytes and back: what the judge and the learner's process send each other.

MessagePack, with extension types for what it lacks: tuples, sets, whole numbers of any size, dates and times, decimals.
Reading makes values of exact types only, whatever bytes come: there is no way to a class of anybody's own.
"""

from __future__ import annotations

import datetime
import zoneinfo
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any, Final

import msgspec

from autograder.plaindata import MAX_DEPTH, MAX_ITEMS

_TUPLE, _SET, _FROZENSET, _PAIRS, _INT, _TEXT, _DECIMAL, _DATE, _TIME, _DATETIME, _DELTA, _ZONE = range(1, 13)
_SMALLEST, _GREATEST = -(1 << 63), (1 << 64) - 1
_LONGEST_NUMBER: Final = 4 << 20
_HEADROOM: Final = 8  # levels that a message has around the data in it


class WireError(ValueError):
    """Bytes that nobody who keeps to the rules would send."""


def encode(value: object) -> bytes:
    """Return plain data as bytes.

    >>> decode(encode({"id": 1, ("a",): {2, 3}, "n": 10**30}))
    {'id': 1, ('a',): {2, 3}, 'n': 1000000000000000000000000000000}
    """
    return _pack(_outward(value))


def decode(data: bytes) -> object:
    """Return the plain data that bytes stand for.

    Raises:
        WireError: they stand for nothing, or for more or deeper nested data than may come through.
    """
    try:
        return _Reader().read(data, 0)
    except RecursionError:
        raise WireError("nested too deep") from None


_pack = msgspec.msgpack.Encoder().encode


def _outward(value: Any) -> object:
    """Return a value made of what MessagePack has, and of extensions."""
    kind = type(value)
    if value is None or kind is bool or kind is float or kind is bytes:
        return value
    if kind is int:
        if _SMALLEST <= value <= _GREATEST:
            return value
        return msgspec.msgpack.Ext(_INT, value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True))
    if kind is str:
        try:
            value.encode()
        except UnicodeEncodeError:  # half of a surrogate pair
            return msgspec.msgpack.Ext(_TEXT, value.encode("utf-8", "surrogatepass"))
        return value
    if kind is list:
        return [_outward(item) for item in value]
    if kind is dict:
        if all(type(key) is str and key.isascii() for key in value):
            return {key: _outward(item) for key, item in value.items()}
        return msgspec.msgpack.Ext(_PAIRS, _pack([[_outward(k), _outward(item)] for k, item in value.items()]))
    for container, code in ((tuple, _TUPLE), (set, _SET), (frozenset, _FROZENSET)):
        if kind is container:
            return msgspec.msgpack.Ext(code, _pack([_outward(item) for item in value]))
    return _time_outward(value)


def _time_outward(value: Any) -> object:
    kind = type(value)
    if kind is Decimal:
        return msgspec.msgpack.Ext(_DECIMAL, str(value).encode())
    if kind is datetime.date:
        return msgspec.msgpack.Ext(_DATE, value.isoformat().encode())
    if kind is datetime.timedelta:
        return msgspec.msgpack.Ext(_DELTA, _pack([value.days, value.seconds, value.microseconds]))
    if kind is datetime.timezone:
        return msgspec.msgpack.Ext(_ZONE, _pack(_zone_outward(value)))
    if kind is datetime.time or kind is datetime.datetime:
        zone = None if value.tzinfo is None else _zone_outward(value.tzinfo)
        text = value.replace(tzinfo=None).isoformat()
        code = _TIME if kind is datetime.time else _DATETIME
        return msgspec.msgpack.Ext(code, _pack([text, value.fold, zone]))
    raise TypeError(f"{kind.__name__} is not plain data")


def _zone_outward(zone: datetime.tzinfo) -> list[object]:
    if isinstance(zone, zoneinfo.ZoneInfo):
        return ["zone", zone.key]
    offset = zone.utcoffset(None)
    assert offset is not None
    name = zone.tzname(None)
    usual = datetime.timezone(offset).tzname(None)
    return ["offset", offset.days, offset.seconds, offset.microseconds, None if name == usual else name]


class _Reader:
    """Reads one message: counts what it holds, so that the whole is bounded."""

    def __init__(self) -> None:
        self._items = 0

    def read(self, data: bytes, depth: int) -> object:
        extensions: list[tuple[int, bytes]] = []

        def keep(code: int, content: memoryview) -> object:
            extensions.append((code, bytes(content)))
            return _Held(len(extensions) - 1)

        try:
            raw = msgspec.msgpack.decode(data, ext_hook=keep)
        except (msgspec.DecodeError, RecursionError, MemoryError, ValueError, TypeError) as error:
            raise WireError(f"no message: {error}") from None
        return self._inward(raw, extensions, depth)

    def _inward(self, value: object, extensions: list[tuple[int, bytes]], depth: int) -> object:
        self._items += 1
        if self._items > MAX_ITEMS * 2:
            raise WireError("too many values")
        if depth > 2 * MAX_DEPTH + _HEADROOM:  # a tuple is two levels: the extension, and the list in it
            raise WireError("nested too deep")
        kind = type(value)
        if value is None or kind in (bool, int, float, str, bytes):
            return value
        if kind is list:
            return [self._inward(item, extensions, depth + 1) for item in value]  # type: ignore[attr-defined]
        if kind is dict:
            if not all(type(key) is str for key in value):  # type: ignore[attr-defined]
                raise WireError("a key that is no text")
            return {key: self._inward(item, extensions, depth + 1) for key, item in value.items()}  # type: ignore[attr-defined]
        if kind is _Held:
            return self._extension(*extensions[value.place], depth)  # type: ignore[attr-defined]
        raise WireError(f"a value of type {kind.__name__}")

    def _extension(self, code: int, content: bytes, depth: int) -> object:
        reader = _EXTENSIONS.get(code)
        try:
            if reader is not None:
                return reader(content)
            inner = self.read(content, depth + 1)
            return _CONTAINERS[code](inner)
        except WireError:
            raise
        except (ValueError, TypeError, KeyError, OverflowError, InvalidOperation, MemoryError) as error:
            raise WireError(f"an extension {code} that says nothing: {type(error).__name__}") from None


class _Held:
    """Stands for an extension until the whole has been read."""

    __slots__ = ("place",)

    def __init__(self, place: int) -> None:
        self.place = place


def _as_list(value: object) -> list[Any]:
    if type(value) is not list:
        raise WireError("no list where one must be")
    return value


def _pairs(value: object) -> dict[object, object]:
    pairs = _as_list(value)
    if not all(type(pair) is list and len(pair) == 2 for pair in pairs):
        raise WireError("a mapping that is no list of pairs")
    return {key: item for key, item in pairs}  # noqa: C416 - a pair is a list, which dict() takes too, of any length


def _delta(value: object) -> datetime.timedelta:
    days, seconds, microseconds = _numbers(value, 3)
    return datetime.timedelta(days, seconds, microseconds)


def _numbers(value: object, count: int) -> list[int]:
    numbers = _as_list(value)
    if len(numbers) != count or not all(type(number) is int for number in numbers):
        raise WireError("numbers that are none")
    return numbers


def _zone(value: object) -> datetime.tzinfo:
    parts = _as_list(value)
    if len(parts) == 2 and parts[0] == "zone" and type(parts[1]) is str and len(parts[1]) < 100:
        try:
            return zoneinfo.ZoneInfo(parts[1])
        except (zoneinfo.ZoneInfoNotFoundError, OSError) as error:
            raise WireError("an unknown time zone") from error
    if len(parts) == 5 and parts[0] == "offset" and (parts[4] is None or type(parts[4]) is str):
        offset = _delta(parts[1:4])
        return datetime.timezone(offset) if parts[4] is None else datetime.timezone(offset, parts[4])
    raise WireError("no time zone")


def _fixed_zone(value: object) -> datetime.timezone:
    zone = _zone(value)
    if type(zone) is not datetime.timezone:
        raise WireError("no time zone of a fixed offset")
    return zone


def _moment(kind: Any) -> Callable[[object], object]:
    def read(value: object) -> object:
        text, fold, zone = _as_list(value)
        if type(text) is not str or fold not in (0, 1) or type(fold) is not int:
            raise WireError("no time")
        moment = kind.fromisoformat(text)
        return moment.replace(fold=fold, tzinfo=None if zone is None else _zone(zone))

    return read


def _number(content: bytes) -> int:
    if len(content) > _LONGEST_NUMBER:
        raise WireError("a number that is too long")
    return int.from_bytes(content, "big", signed=True)


_CONTAINERS: Final[dict[int, Callable[[object], object]]] = {
    _TUPLE: lambda value: tuple(_as_list(value)),
    _SET: lambda value: set(_as_list(value)),
    _FROZENSET: lambda value: frozenset(_as_list(value)),
    _PAIRS: _pairs,
    _DELTA: _delta,
    _ZONE: _fixed_zone,
    _TIME: _moment(datetime.time),
    _DATETIME: _moment(datetime.datetime),
}
_EXTENSIONS: Final[dict[int, Callable[[bytes], object]]] = {
    _INT: _number,
    _TEXT: lambda content: content.decode("utf-8", "surrogatepass"),
    _DECIMAL: lambda content: Decimal(content.decode("ascii")),
    _DATE: lambda content: datetime.date.fromisoformat(content.decode("ascii")),
}
