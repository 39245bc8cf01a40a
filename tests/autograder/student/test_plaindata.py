from __future__ import annotations

import collections
import datetime
import enum
import zoneinfo
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder import plaindata
from autograder.exceptions import StudentWorkError
from autograder.plaindata import MAX_BYTES, copy_plain, is_plain_type

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text()
    | st.binary()
    | st.decimals(allow_nan=False)
    | st.dates()
    | st.datetimes(timezones=st.none() | st.just(datetime.UTC) | st.just(zoneinfo.ZoneInfo("Europe/Berlin")))
    | st.timedeltas()
)
hashable = st.recursive(scalars, lambda inner: st.tuples(inner, inner) | st.frozensets(inner, max_size=3), max_leaves=5)
plain = st.recursive(
    hashable | st.sets(hashable, max_size=3),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(hashable, inner, max_size=4) | st.tuples(inner, inner),
    max_leaves=20,
)


class Liar(str):
    """Says that it equals anything, whatever it holds."""

    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        return True

    def __str__(self) -> str:
        return "a lie"

    def __len__(self) -> int:
        return 0


class LyingList(list):
    def __iter__(self):
        return iter(["a lie"])

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None


class LyingDict(dict):
    def items(self):
        return [("a", "lie")]


def types_in(value: object) -> set[type]:
    kinds = {type(value)}
    if isinstance(value, dict):
        return kinds.union(*(types_in(part) for pair in value.items() for part in pair))
    if isinstance(value, list | tuple | set | frozenset):
        return kinds.union(*(types_in(part) for part in value))
    return kinds


@settings(deadline=None)
@given(plain)
def test_a_copy_of_plain_data_equals_it_in_value_and_type(value: object) -> None:
    copy = copy_plain(value)
    assert copy == value
    assert repr(copy) == repr(value) or isinstance(value, set | frozenset | dict | list | tuple)
    assert types_in(copy) == types_in(value)


@settings(deadline=None)
@given(st.lists(st.lists(st.integers())))
def test_changing_the_copy_leaves_the_original_alone(value: list[list[int]]) -> None:
    before = repr(value)
    copy = copy_plain(value)
    assert isinstance(copy, list)
    for inner in copy:
        inner.append(1)
    copy.append([])
    assert repr(value) == before


@settings(deadline=None)
@given(st.text())
def test_of_a_string_that_lies_about_equality_the_content_is_copied(text: str) -> None:
    copy = copy_plain(Liar(text))
    assert type(copy) is str
    assert copy == text


def test_what_a_subclass_defines_has_no_say() -> None:
    assert copy_plain(LyingList([1, 2])) == [1, 2]
    assert copy_plain(LyingDict(x=1)) == {"x": 1}
    assert type(copy_plain(LyingDict(x=1))) is dict


def test_the_standard_librarys_own_subclasses_come_through_as_what_they_hold() -> None:
    point = collections.namedtuple("Point", "x y")
    colour = enum.IntEnum("Colour", "RED BLUE")
    assert copy_plain([collections.Counter("aab"), point(1, 2), colour.BLUE]) == [{"a": 2, "b": 1}, (1, 2), 2]
    assert copy_plain({"k": collections.defaultdict(int, a=1)}) == {"k": {"a": 1}}


def test_an_object_that_claims_another_class_is_refused() -> None:
    class Pretender:
        @property
        def __class__(self) -> type:
            return str

        def __eq__(self, other: object) -> bool:
            return True

        __hash__ = None

    with pytest.raises(StudentWorkError, match="is of type Pretender, which is not plain data"):
        copy_plain(Pretender())


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ((n for n in [1]), r"is of type generator, which is not plain data. Collect what it gives: list\(…\)"),
        ({}.keys(), r"is of type dict_keys.* list\(…\)"),
        (bytearray(b"x"), r"bytes\(…\)"),
        ({"a": [1, object()]}, r"the value, at \['a'\]\[1\], is of type object.* Plain data is: None, bool, int"),
        (datetime.datetime(2024, 1, 1, tzinfo=type("Odd", (datetime.tzinfo,), {})()), "time zone of type Odd"),
    ],
)
def test_what_is_not_plain_is_refused_with_its_place_and_what_to_do(value: object, said: str) -> None:
    with pytest.raises(StudentWorkError, match=said):
        copy_plain(value)


def test_a_container_that_holds_itself_is_refused() -> None:
    knot: list[object] = []
    knot.append(knot)
    with pytest.raises(StudentWorkError, match="nested more than 100 levels deep"):
        copy_plain(knot)


def test_too_much_of_it_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StudentWorkError, match="more than 32 MB"):
        copy_plain([b"x" * (MAX_BYTES // 2 + 1)] * 2)
    monkeypatch.setattr(plaindata, "MAX_ITEMS", 1000)
    with pytest.raises(StudentWorkError, match="more than 1,000 values"):
        copy_plain([0] * 1001)


def test_a_plain_type_is_known_by_the_type_itself() -> None:
    assert is_plain_type(Decimal(1))
    assert is_plain_type([object()])
    assert not is_plain_type(Liar())
