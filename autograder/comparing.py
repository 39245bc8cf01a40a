"""Failed comparisons in words: what was expected, what came, and the first place where they differ."""

from __future__ import annotations

import reprlib
from typing import Final

MAX_SHOWN: Final = 400
"""How many characters of one value a message shows."""

_PHRASES: Final = {
    "==": "{want}",
    "is": "exactly {want}",
    "!=": "anything but {want}",
    "is not": "anything but {want}",
    "<": "less than {want}",
    "<=": "at most {want}",
    ">": "more than {want}",
    ">=": "at least {want}",
    "in": "something in {want}",
    "not in": "something that is not in {want}",
}
_MIRRORED: Final = {
    **_PHRASES,
    "<": "more than {want}",
    "<=": "at least {want}",
    ">": "less than {want}",
    ">=": "at most {want}",
    "in": "something that holds {want}",
    "not in": "something that does not hold {want}",
}

_repr = reprlib.Repr()
_repr.maxlevel = 6
_repr.maxdict = _repr.maxlist = _repr.maxtuple = _repr.maxset = _repr.maxfrozenset = 20
_repr.maxstring = _repr.maxother = _repr.maxlong = MAX_SHOWN


def shown(value: object) -> str:
    """Return a value as a message shows it: its `repr`, of bounded length.

    >>> shown(["a", None])
    "['a', None]"
    """
    text = _repr.repr(value)
    return text if len(text) <= MAX_SHOWN else f"{text[: MAX_SHOWN - 2]} …"


def comparison(operator: str, left: object, right: object, *, mirrored: bool) -> str:
    """Say what a comparison wanted and what it got.

    Args:
        operator: how the two were compared, such as `==`.
        left: the value on its left.
        right: the value on its right.
        mirrored: the expected value stood on the left: `3 == student.f()`.

    >>> comparison("==", "cafe", "café", mirrored=False)
    "Expected 'café', but got 'cafe'."
    """
    got, want = (right, left) if mirrored else (left, right)
    phrase = (_MIRRORED if mirrored else _PHRASES)[operator]
    said = f"Expected {phrase.format(want=shown(want))}, but got {shown(got)}."
    if shown(want) == shown(got) and type(want) is not type(got):
        said = f"{said[:-1]} (of type {type(got).__name__}, not {type(want).__name__})."
    place = difference(want, got) if operator == "==" else ""
    return f"{said}\n{place}" if place else said


def difference(want: object, got: object) -> str:
    """Return where two values first differ; empty when the values themselves show it well enough.

    >>> difference({"id": 1, "tags": ["a"]}, {"id": 1, "tags": ["b"]})
    "First difference: at ['tags'][0], 'a' was expected, not 'b'."
    """
    found = _first(want, got, "", 0)
    return f"First difference: {found}" if found else ""


def _first(want: object, got: object, place: str, depth: int) -> str:
    where = f"at {place}, " if place else ""
    if depth < 20 and type(want) is dict and type(got) is dict:
        return _first_in_dicts(want, got, place, depth) or _values(want, got, where)
    if depth < 20 and type(want) in (list, tuple) and type(got) is type(want):
        return _first_in_sequences(want, got, place, depth) or _values(want, got, where)  # type: ignore[arg-type]
    if type(want) in (set, frozenset) and type(got) is type(want):
        missing, extra = want - got, got - want  # type: ignore[operator]
        parts = [f"{shown(missing)} is missing"] if missing else []
        parts += [f"{shown(extra)} is too much"] if extra else []
        return f"{where}{' and '.join(parts)}." if parts else ""
    if type(want) is str and type(got) is str and len(want) + len(got) > 60:
        return where + _first_in_texts(want, got)
    return _values(want, got, where)


def _values(want: object, got: object, where: str) -> str:
    return f"{where}{shown(want)} was expected, not {shown(got)}." if where else ""


def _first_in_dicts(want: dict[object, object], got: dict[object, object], place: str, depth: int) -> str:
    where = f" at {place}" if place else ""
    missing = [key for key in want if key not in got]
    extra = [key for key in got if key not in want]
    if missing or extra:
        parts = [f"the key {shown(missing[0])} is missing"] if missing else []
        parts += [f"the key {shown(extra[0])} is too much"] if extra else []
        return f"{' and '.join(parts)}{where}."
    for key, value in want.items():
        if not _same(value, got[key]):
            return _first(value, got[key], f"{place}[{shown(key)}]", depth + 1)
    return ""


def _first_in_sequences(want: list[object], got: list[object], place: str, depth: int) -> str:
    for index, (left, right) in enumerate(zip(want, got, strict=False)):
        if not _same(left, right):
            return _first(left, right, f"{place}[{index}]", depth + 1)
    if len(want) != len(got):
        where = f" at {place}" if place else ""
        items = "item" if len(want) == 1 else "items"
        return f"there should be {len(want)} {items}{where}, not {len(got)}."
    return ""


def _first_in_texts(want: str, got: str) -> str:
    wanted, came = want.split("\n"), got.split("\n")
    for number, (left, right) in enumerate(zip(wanted, came, strict=False), start=1):
        if left != right:
            at = next(
                (i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(map(len, (left, right)))
            )
            begin = max(0, at - 20)
            line = f"line {number}, " if len(wanted) > 1 else ""
            return (
                f"{line}column {at + 1}: {shown(left[begin : at + 40])} was expected, "
                f"not {shown(right[begin : at + 40])}."
            )
    lines = "line" if len(wanted) == 1 else "lines"
    return f"there should be {len(wanted)} {lines}, not {len(came)}."


def _same(left: object, right: object) -> bool:
    return left is right or bool(left == right)
