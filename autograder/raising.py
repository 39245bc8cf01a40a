"""Exceptions of the learner's code, and the tests' word for expecting them.

An exception whose class is Python's own or an installed library's reaches the test as itself. One whose class the
learner wrote reaches it as a `LearnerError` of the same name that is also an instance of the nearest such class:
`class OutOfStock(ValueError)` can be caught as `ValueError`, and by its name with `student.raises("OutOfStock")`.
"""

from __future__ import annotations

import contextlib
import re
import sys
import sysconfig
from pathlib import Path
from types import TracebackType
from typing import Final, cast

from autograder.comparing import shown
from autograder.exceptions import ExpectationError, StudentWorkError
from autograder.plaindata import copy_plain, type_name

_INSTALLED: Final = tuple(
    str(Path(sysconfig.get_path(name)).resolve()) for name in ("stdlib", "platstdlib", "purelib", "platlib")
)


class LearnerError(Exception):
    """An exception whose class the learner wrote.

    Attributes:
        class_names: the names of its class and of all its ancestors, its own first.
        attributes: what the learner's code kept on it, as far as it is plain data.
    """

    class_names: tuple[str, ...] = ()
    attributes: dict[str, object] = {}  # noqa: RUF012 - set on each instance


def crossing(error: BaseException) -> BaseException:
    """Return the exception that a test sees for one of the learner's code, with its traceback."""
    kind = type(error)
    if isinstance(error, LearnerError | StudentWorkError) or is_known(kind):
        return error
    known = next(ancestor for ancestor in kind.__mro__ if is_known(ancestor) and issubclass(ancestor, BaseException))
    bases = (LearnerError,) if known in (Exception, BaseException) else (LearnerError, known)
    return _copy(error, bases).with_traceback(error.__traceback__)


def is_known(kind: type) -> bool:
    """Whether a class is Python's own or an installed library's: one that a test can name."""
    module = sys.modules.get(kind.__module__)
    if module is None or kind.__module__ == "__main__":
        return False
    found: object = module
    for part in kind.__qualname__.split("."):
        found = getattr(found, part, None)
    if found is not kind:
        return False
    file = getattr(module, "__file__", None)
    return file is None or str(Path(file).resolve()).startswith(_INSTALLED)


def _copy(error: BaseException, bases: tuple[type, ...]) -> LearnerError:
    """Return an instance of a new class of the same name; its text is the error's, whatever the bases make of it."""
    text = text_of(error)
    kind = type(type_name(error), bases, {"__module__": "__main__", "__str__": lambda _: text})
    copy = cast(LearnerError, kind.__new__(kind, text))  # not __init__: a library's class may want other arguments
    copy.args = (text,)
    copy.class_names = tuple(ancestor.__name__ for ancestor in type(error).__mro__ if ancestor is not object)
    copy.attributes = _attributes(error)
    return copy


def _attributes(error: BaseException) -> dict[str, object]:
    """Return what is kept on an exception, as far as it is plain data."""
    plain = {}
    for name, value in vars(error).items():
        if not name.startswith("_"):
            with contextlib.suppress(StudentWorkError):  # a test that asks for it finds that it isn't there
                plain[name] = copy_plain(value, name)
    return plain


def text_of(error: BaseException) -> str:
    """Return an exception's text; one whose `__str__` fails has a text that says so."""
    try:
        return str(copy_plain(str(error), "the message"))
    except Exception as failure:  # noqa: BLE001 - the learner's `__str__` may raise anything, and the message says what
        return f"(its text can't be shown: {type_name(failure)})"


class Raised:
    """What `student.raises` caught; filled when its block ends.

    Attributes:
        name: the name of the exception's class.
        message: its text.
        attributes: what the learner's code kept on it, as far as it is plain data.
        value: the exception as the test sees it; None before the block ends.
    """

    def __init__(self) -> None:
        self.name = ""
        self.message = ""
        self.attributes: dict[str, object] = {}
        self.value: BaseException | None = None


class Raises:
    """Expects the learner's code to raise; see `Student.raises`."""

    def __init__(self, expected: type[BaseException] | str, message: str, match: str, last: Last) -> None:
        self._expected = expected
        self._message = message
        self._match = match
        self._last = last
        self._before = last.count
        self._raised = Raised()

    def __enter__(self) -> Raised:
        return self._raised

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> bool:
        __tracebackhide__ = True
        wanted = self._expected if isinstance(self._expected, str) else self._expected.__name__
        if value is None:
            ended = self._last.text if self._last.count > self._before else "nothing was raised"
            raise self._failure(f"Expected {wanted} to be raised, but {ended}.")
        if isinstance(value, StudentWorkError):
            return False  # the work isn't there: nothing that a test could have meant
        text = text_of(value)
        if not self._fits(value):
            if not isinstance(value, Exception):
                return False
            raise self._failure(f"Expected {wanted} to be raised, but {type(value).__name__} was: {text}") from value
        if self._match and not re.search(self._match, text):
            raise self._failure(f"Expected the message of {wanted} to match {self._match!r}, but it is {shown(text)}.")
        self._raised.name = type(value).__name__
        self._raised.message = text
        self._raised.attributes = value.attributes if isinstance(value, LearnerError) else _attributes(value)
        self._raised.value = value
        return True

    def _fits(self, value: BaseException) -> bool:
        if isinstance(value, NotImplementedError):  # the stub's own, which is a RuntimeError and an Exception as well
            return self._expected in (NotImplementedError, "NotImplementedError")
        if not isinstance(self._expected, str):
            return isinstance(value, self._expected)
        names = value.class_names if isinstance(value, LearnerError) else [k.__name__ for k in type(value).__mro__]
        return self._expected in names

    def _failure(self, said: str) -> ExpectationError:
        return ExpectationError(f"{said}\n{self._message}" if self._message else said)


class Last:
    """The latest call that ended well, for messages of what should have raised.

    Attributes:
        count: how many calls ended well.
        text: what the latest one did.
    """

    def __init__(self) -> None:
        self.count = 0
        self.text = ""

    def returned(self, call: str, value: object) -> None:
        """Remember a call and what it returned."""
        self.count += 1
        self.text = f"`{call}` returned {shown(value)}"
