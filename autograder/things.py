"""Objects of the learner's that tests hold by a handle: `cart = student.make("Cart")`.

A handle forwards; what comes back is copied plain data, and the object itself stays on the learner's side.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from autograder import work
from autograder.plaindata import copy_plain, type_name

if TYPE_CHECKING:
    from autograder.raising import Last

Method = Callable[..., object]


class Thing:
    """A handle of one object of the learner's.

    `thing.add("pen")` calls a method and `thing.total` gives an attribute's value; both copy. `len`, `str`, `repr`,
    `bool`, `hash`, `in`, `[…]`, iteration and comparison work as on the object.
    """

    _last: Last
    _name: str
    _value: object

    __slots__ = ("_last", "_name", "_value")

    def __init__(self, value: object, name: str, last: Last) -> None:
        object.__setattr__(self, "_value", value)
        object.__setattr__(self, "_name", name)
        object.__setattr__(self, "_last", last)

    def __live__(self) -> object:
        return self._value

    def __getattr__(self, name: str) -> object:
        __tracebackhide__ = True
        value = work.run(lambda: getattr(self._value, name))
        if callable(value):
            return self._method(value, f"{self._name}.{name}")
        return copy_plain(value, f"`{self._name}.{name}`")

    def __setattr__(self, name: str, value: object) -> None:
        __tracebackhide__ = True
        given = work.inward(value, f"the value for `{self._name}.{name}`")
        work.run(lambda: setattr(self._value, name, given))

    def _method(self, function: object, name: str) -> Method:
        def method(*args: object, **kwargs: object) -> object:
            __tracebackhide__ = True
            text = work.call_text(name, args, kwargs)
            result = copy_plain(work.call(function, name, args, kwargs), f"the result of `{text}`")
            self._last.returned(text, result)
            return result

        return method

    def _apply(self, function: Callable[..., object], *others: object) -> object:
        __tracebackhide__ = True
        given = [work.inward(other, "the other value") for other in others]
        return copy_plain(work.run(lambda: function(self._value, *given)), f"the result of {function.__name__}")

    def __len__(self) -> int:
        __tracebackhide__ = True
        return int(self._apply(len))  # type: ignore[call-overload, no-any-return]

    def __bool__(self) -> bool:
        __tracebackhide__ = True
        return bool(self._apply(bool))

    def __str__(self) -> str:
        __tracebackhide__ = True
        return str(self._apply(str))

    def __repr__(self) -> str:
        __tracebackhide__ = True
        return str(self._apply(repr))

    def __hash__(self) -> int:
        __tracebackhide__ = True
        return hash(self._apply(hash))

    def __contains__(self, item: object) -> bool:
        __tracebackhide__ = True
        return bool(self._apply(operator.contains, item))

    def __getitem__(self, key: object) -> object:
        __tracebackhide__ = True
        return self._apply(operator.getitem, key)

    def __iter__(self) -> Iterator[object]:
        __tracebackhide__ = True
        return iter(self._apply(list))  # type: ignore[call-overload, no-any-return]

    def __eq__(self, other: object) -> bool:
        __tracebackhide__ = True
        return bool(self._apply(operator.eq, other))

    def __lt__(self, other: object) -> bool:
        __tracebackhide__ = True
        return bool(self._apply(operator.lt, other))

    def __le__(self, other: object) -> bool:
        __tracebackhide__ = True
        return bool(self._apply(operator.le, other))

    def __gt__(self, other: object) -> bool:
        __tracebackhide__ = True
        return bool(self._apply(operator.gt, other))

    def __ge__(self, other: object) -> bool:
        __tracebackhide__ = True
        return bool(self._apply(operator.ge, other))

    def make(self, name: str, *args: object, **kwargs: object) -> Thing:
        """Call a method whose result is an object, and return a handle of that.

        Args:
            name: the method; an operator by its own name, such as `__add__`.
            args: its arguments, copied.
            kwargs: its named arguments, copied.
        """
        __tracebackhide__ = True
        full = f"{self._name}.{name}"
        method = work.run(lambda: getattr(self._value, name))
        return Thing(work.call(method, full, args, kwargs), full, self._last)

    def class_name(self) -> str:
        """Return the name of the object's class."""
        return type_name(self._value)
