"""From plain values to structs: whatever doesn't fit is one error that names the place, the value and the remedy."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

import msgspec

from curriculum.datafile import Place, Plain, shortened
from curriculum.exceptions import DataError
from curriculum.naming import nearest

T = TypeVar("T")
ErrorAt = Callable[[Place, str, str], DataError]
"""Makes the error for a place, with the problem and the remedy: whoever read the value knows the file and the line."""

_AT = re.compile(r"(?P<what>.*?)(?: - at `(?P<key>key in )?\$(?P<place>[^`]*)`)?$", re.DOTALL)
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]")
_MISSING = re.compile(r"Object missing required field `(?P<field>.+)`")
_UNKNOWN = re.compile(r"Object contains unknown field `(?P<field>.+)`", re.DOTALL)

_REMEDIES = {
    "id": "Ids are lower-case words with `-`: `flask` (module), `flask.url-building` (skill), `flask/mini-api` "
    "(lesson, exercise); a coverage id may have capitals.",
    "prerequisites": "List ids of skills: `[http.methods]`.",
    "skills": "List at least one: in a lesson or an exercise, ids as in `[flask.routing]`.",
    "coverage": "List coverage ids: `[S15, S23]`.",
    "modules": "List module ids: `[web, flask]`.",
    "outcomes": "List at least one, each completing “After this you can …”.",
    "level": "Write `foundation`, `working` or `advanced`.",
    "kind": "Write `function`, `http`, `database`, `program` or `prose`.",
    "status": "Write `ready` or `planned`.",
    "minutes": "Write a whole number of minutes, from 1 to 6000.",
    "points": "Write a number from 0 to 1000.",
    "fact": "Write `true` or `false`.",
    "uuid": "Write a UUID in its usual form, or leave the field out.",
    "onet": "List O*NET-SOC codes: `[15-1254.00]`.",
    "esco": "List ESCO URIs: `['http://data.europa.eu/esco/skill/…']`.",
    "sfia": "List SFIA codes: `[PROG]`.",
    "phrases": "List the phrases, each on one line.",
    "version": 'Write it in quotes: `"1.0"`.',
    "format": "Write `backend-path/1`, or read the file with the edition of this package that knows its form.",
    "title": "Write it on one line, in quotes if it has `: ` or looks like a number.",
    "name": "Write it on one line, in quotes if it has `: ` or looks like a number.",
    "definition": "Write it on one line (a folded block ends with `>-`), in quotes if it has `: `.",
}
_REMEDY = "docs/data.md describes each field."


def decode(raw: Plain, kind: type[T], error_at: ErrorAt) -> T:
    """Return plain values as a struct.

    Args:
        raw: the values.
        kind: the struct's type.
        error_at: makes the error for a place in `raw`.

    Raises:
        DataError: something is missing, unknown, of a wrong type or out of bounds.
    """
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        raise _explained(str(error), raw, kind, error_at) from error


def _explained(message: str, raw: Plain, kind: type, error_at: ErrorAt) -> DataError:
    match = _AT.fullmatch(message)
    assert match  # every text matches
    place = tuple(int(index) if index else name for name, index in _STEP.findall(match["place"] or ""))
    what = match["what"]
    missing, unknown = _MISSING.fullmatch(what), _UNKNOWN.fullmatch(what)
    if missing:
        return error_at(place, f"The field `{missing['field']}` is missing.", _remedy((*place, missing["field"])))
    if unknown:
        known = _fields(kind, place)
        near = nearest(unknown["field"], known, 1)
        remedy = f"Did you mean `{near[0]}`?" if near else f"The fields are {', '.join(f'`{name}`' for name in known)}."
        return error_at((*place, unknown["field"]), f"Unknown field `{shortened(unknown['field'])}`.", remedy)
    return error_at(place, f"{_in_words(what)}, found {shown(value_at(raw, place))}.", _remedy(place))


def _in_words(what: str) -> str:
    """Return msgspec's expectation without its regular expressions."""
    if "matching regex" in what:
        return "Not in the form wanted"
    return what.split(", got ")[0]


def _remedy(place: Place) -> str:
    names = [step for step in place if isinstance(step, str)]
    return _REMEDIES.get(names[-1], _REMEDY) if names else _REMEDY


def _fields(kind: type, place: Place) -> list[str]:
    """Return the names of the fields of the struct that stands at `place` in a `kind`."""
    info = msgspec.inspect.type_info(kind)
    for step in place:
        if isinstance(info, msgspec.inspect.StructType) and isinstance(step, str):
            info = next(field.type for field in info.fields if field.name == step)
        elif isinstance(info, msgspec.inspect.VarTupleType | msgspec.inspect.ListType):
            info = info.item_type
    return [field.name for field in info.fields] if isinstance(info, msgspec.inspect.StructType) else []


def value_at(raw: Plain, place: Place) -> Plain:
    """Return what stands at a place of plain values, or None when nothing does."""
    value = raw
    for step in place:
        if isinstance(value, dict) and isinstance(step, str):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def shown(value: object) -> str:
    """Return a value as an error message shows it.

    >>> shown("working"), shown(None), shown({"a": 1})
    ("'working'", 'nothing', 'a mapping')
    """
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list) and value:
        return "a list"
    return shortened(repr(value))
