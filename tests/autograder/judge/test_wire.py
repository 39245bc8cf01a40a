"""Plain data over the wire: what is sent arrives as it was, and no bytes make anything else."""

from __future__ import annotations

import datetime
import zoneinfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.exceptions import StudentWorkError
from autograder.judge.wire import WireError, decode, encode
from autograder.plaindata import copy_plain

_ZONES = st.sampled_from(
    [
        None,
        datetime.UTC,
        datetime.timezone(datetime.timedelta(hours=-3, minutes=30)),
        datetime.timezone(datetime.timedelta(hours=2), "summer"),
        zoneinfo.ZoneInfo("Europe/Zurich"),
    ]
)
_SIMPLE = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(-(10**40), 10**40)
    | st.floats(allow_nan=False)
    | st.text()
    | st.text(st.characters())  # with halves of surrogate pairs
    | st.binary()
    | st.decimals(allow_nan=False)
    | st.dates()
    | st.timedeltas()
    | st.times(timezones=st.sampled_from([None, datetime.UTC]))
    | st.datetimes(timezones=_ZONES, allow_imaginary=True)
)
_KEYS = st.none() | st.booleans() | st.integers() | st.text() | st.binary() | st.tuples(st.integers(), st.text())
_PLAIN = st.recursive(
    _SIMPLE,
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.lists(inner, max_size=5).map(tuple)
        | st.sets(_KEYS, max_size=5)
        | st.frozensets(_KEYS, max_size=5)
        | st.dictionaries(_KEYS, inner, max_size=5)
    ),
    max_leaves=20,
)


def _types(value: object) -> object:
    if isinstance(value, dict):
        return type(value), [(_types(key), _types(item)) for key, item in value.items()]
    if isinstance(value, list | tuple):
        return type(value), [_types(item) for item in value]
    return type(value)


@settings(max_examples=300, deadline=None)
@given(_PLAIN)
def test_plain_data_arrive_as_they_were(value: object) -> None:
    arrived = decode(encode(value))
    assert arrived == value
    assert _types(arrived) == _types(value)
    assert repr(arrived) == repr(value) or isinstance(value, set | frozenset | dict | list | tuple)


@settings(max_examples=600, deadline=None)
@given(st.binary(max_size=400) | st.tuples(_PLAIN, st.integers(0, 399), st.binary(min_size=1, max_size=4)).map(
    lambda parts: encode(parts[0])[: parts[1]] + parts[2] + encode(parts[0])[parts[1] + 1 :]
))  # fmt: skip
def test_any_bytes_make_plain_data_or_an_error(data: bytes) -> None:
    try:
        arrived = decode(data)
    except WireError:
        return
    # exact types only, or `copy_plain` would refuse or change it
    assert _in_order(copy_plain(arrived)) == _in_order(arrived)


def _in_order(value: object) -> str:
    """Return a value's text, in which it doesn't matter how a set came to be."""
    if isinstance(value, set | frozenset):
        return f"{type(value).__name__}{sorted(map(_in_order, value))}"
    if isinstance(value, list | tuple):
        return f"{type(value).__name__}{[_in_order(item) for item in value]}"
    if isinstance(value, dict):
        return f"dict{[(_in_order(key), _in_order(item)) for key, item in value.items()]}"
    return f"{type(value).__name__} {value!r}"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xdd\xff\xff\xff\xff",  # a list that claims four thousand million items
        b"\xdf\xff\xff\xff\xff",
        b"\xc6\xff\xff\xff\xff",
        b"\x91" * 100_000,  # nested a hundred thousand times
        b"\x81\x01\x02",  # a key that is no text
        b"\xd4\x7f\x00",  # an extension that nobody knows
        b"\xc7\x03\x02\x92\x90\x90",  # a set of lists
        b"\xd6\xff\x00\x00\x00\x00",  # MessagePack's own time stamp
        b"\xc0\xc0",
    ],
)
def test_what_nobody_would_send_is_refused(data: bytes) -> None:
    with pytest.raises(WireError):
        decode(data)


def test_depth_is_bounded_however_it_is_packed() -> None:
    deep: object = 1
    for _ in range(100):
        deep = (deep,)
    assert decode(encode(deep)) == deep
    for _ in range(120):
        deep = (deep,)
    with pytest.raises(WireError, match="deep"):
        decode(encode(deep))
    with pytest.raises(StudentWorkError):
        copy_plain(deep)
