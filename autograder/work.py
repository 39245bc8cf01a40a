"""The learner's names in this process, and calls into the learner's code.

Under Jupyter the names are those of the notebook's own kernel; elsewhere those of `__main__`.
"""

from __future__ import annotations

import difflib
import sys
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from typing import Protocol, cast

from autograder.comparing import shown
from autograder.exceptions import StudentWorkError
from autograder.output import stderr_as_output
from autograder.plaindata import copy_plain, type_name
from autograder.raising import crossing

_MAX_CALL = 160


class Live(Protocol):
    """What may stand among the arguments of a call for an object on the learner's side."""

    def __live__(self) -> object:
        """Return that object."""
        ...


def shell() -> object | None:
    """Return IPython's shell, or None outside of IPython."""
    ipython = sys.modules.get("IPython")
    return cast(object, ipython.get_ipython()) if ipython is not None else None


def namespace() -> MutableMapping[str, object]:
    """Return the learner's names: those of the running notebook, or of `__main__`."""
    running = shell()
    if running is not None:
        return cast(MutableMapping[str, object], running.user_ns)  # type: ignore[attr-defined]
    return vars(sys.modules["__main__"])


def find(name: str) -> object:
    """Return what the learner defined under a name.

    Raises:
        StudentWorkError: there is no such name.
    """
    __tracebackhide__ = True
    names = namespace()
    if name in names:
        return names[name]
    own = [known for known in names if not known.startswith(("_", "@"))]
    near = difflib.get_close_matches(name, own, n=1)
    guess = f" Did you mean it by `{near[0]}`?" if near else ""
    raise StudentWorkError(
        f"`{name}` is not defined: no cell that ran defines it.{guess} "
        "Check the spelling, and whether the cell that should define it ended with an error."
    )


def call(function: object, name: str, args: Iterable[object], kwargs: Mapping[str, object]) -> object:
    """Call into the learner's code and return what it returned, as it is.

    Args:
        function: what to call.
        name: how messages name it.
        args: its positional arguments: plain data, which is copied, or what stands for a live object.
        kwargs: its named arguments, likewise.

    Raises:
        StudentWorkError: it can't be called, or an argument is not plain.
        BaseException: what the learner's code raised; see `autograder.raising`.
    """
    __tracebackhide__ = True
    return invoke(function, name, *inward_arguments(name, args, kwargs))


def inward_arguments(
    name: str, args: Iterable[object], kwargs: Mapping[str, object]
) -> tuple[list[object], dict[str, object]]:
    """Return a call's arguments as the learner's code gets them: copies, and the live objects that some stand for."""
    __tracebackhide__ = True
    return (
        [inward(value, f"argument {number} of `{name}`") for number, value in enumerate(args, start=1)],
        {key: inward(value, f"the argument `{key}` of `{name}`") for key, value in kwargs.items()},
    )


def invoke(function: object, name: str, args: list[object], kwargs: dict[str, object]) -> object:
    """Call into the learner's code with arguments as they are; errors as for `call`."""
    __tracebackhide__ = True
    if not callable(function):
        raise StudentWorkError(
            f"`{name}` is {_article(type_name(function))} and can't be called; a function is wanted."
        )

    def action() -> object:
        __tracebackhide__ = True
        return function(*args, **kwargs)

    return run(action)


def run(action: Callable[[], object]) -> object:
    """Run something of the learner's: what it writes to standard error is output, what it raises crosses over.

    Raises:
        BaseException: what it raised; see `autograder.raising`.
    """
    __tracebackhide__ = True
    try:
        with stderr_as_output():
            return action()
    except BaseException as error:  # noqa: BLE001 - every exception of the learner's goes on, as one that tests know
        raise crossing(error) from None


def inward(value: object, what: str) -> object:
    """Return what the learner's code gets for a test's value: a copy, or the live object that it stands for."""
    __tracebackhide__ = True
    live = getattr(type(value), "__live__", None)
    return live(value) if live is not None else copy_plain(value, what)


def call_text(name: str, args: Iterable[object], kwargs: Mapping[str, object]) -> str:
    """Return a call as messages show it, of bounded length.

    >>> call_text("slugify", ["Hello"], {"sep": "-"})
    "slugify('Hello', sep='-')"
    """
    words = [*(shown(value) for value in args), *(f"{key}={shown(value)}" for key, value in kwargs.items())]
    text = ", ".join(words)
    return f"{name}({text if len(text) <= _MAX_CALL else text[: _MAX_CALL - 2] + ' …'})"


def _article(name: str) -> str:
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"
