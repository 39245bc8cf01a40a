"""Exceptions of the learner's code, told as plain data and made anew on the judge's side.

What is made anew has the name, text and attributes of the original, and is an instance of the nearest class that Python
or an installed library has. Nothing is imported, and no code of the class runs, on the word of the learner's process.
"""

from __future__ import annotations

import contextlib
import re
import sys
from collections.abc import Callable, Mapping
from typing import Any, Final, cast

from autograder import exceptions
from autograder.exceptions import StudentWorkError
from autograder.judge.wire import WireError
from autograder.plaindata import copy_plain
from autograder.raising import LearnerError, is_known, text_of
from autograder.tracebacks import own_frames_left_out

_LONGEST_TEXT: Final = 100_000
_LONGEST_TRACE: Final = 30_000
_MOST_CLASSES: Final = 50
_PASSING: Final = (Exception, SystemExit, KeyboardInterrupt)  # of others, a test must not see one that isn't its own
_OWN: Final = ("StudentWorkError", "ExpectationError", "MissingToolchainError", "DatabaseError")
_COLOURS: Final = re.compile(r"\x1b\[[0-9;]*m")


def told(error: BaseException) -> dict[str, object]:
    """Return an exception, as it crosses over to the tests, as plain data."""
    kind = type(error)
    names = error.class_names if isinstance(error, LearnerError) else tuple(k.__name__ for k in kind.__mro__)
    return {
        "name": kind.__name__,
        "names": [str(name) for name in names][:_MOST_CLASSES],
        "classes": [[ancestor.__module__, ancestor.__qualname__] for ancestor in kind.__mro__][:_MOST_CLASSES],
        "learners": isinstance(error, LearnerError),
        "text": text_of(error)[:_LONGEST_TEXT],
        "args": _plain_arguments(error),
        "attributes": _plain_attributes(error),
        "notes": [str(note) for note in getattr(error, "__notes__", ())][:_MOST_CLASSES],
    }


def made_anew(told: Mapping[str, Any], frames: Callable[[], object]) -> BaseException:
    """Return the exception that `told` describes.

    Args:
        told: the description.
        frames: gives the frames of the learner's code as texts; asked only if the exception is shown.

    Raises:
        WireError: it describes none.
    """
    name, text, notes = told["name"], told["text"], told["notes"]
    if not (_is_text(name, text) and _are_texts(notes) and _are_texts(told["names"])):
        raise WireError("an exception without a name")
    if not isinstance(told["attributes"], dict) or not isinstance(told["args"], list):
        raise WireError("an exception without attributes")
    classes = [(module, place) for module, place in told["classes"] if _is_text(module, place)]
    if classes and classes[0][0] == exceptions.__name__ and classes[0][1] in _OWN:
        own = getattr(exceptions, classes[0][1])
        return cast(BaseException, own(text))
    return _copy(told, _nearest(classes), frames)


def _nearest(classes: list[tuple[str, str]]) -> type[BaseException]:
    """Return the first class that is known here, already imported, and fit to be raised."""
    for module, place in classes:
        found: Any = sys.modules.get(module)
        for part in place.split("."):
            found = vars(found).get(part) if hasattr(found, "__dict__") else None
        if isinstance(found, type) and issubclass(found, _PASSING) and is_known(found):
            return found
    return Exception


def _copy(told: Mapping[str, Any], known: type[BaseException], frames: Callable[[], object]) -> BaseException:
    text = told["text"]
    bases: tuple[type[BaseException], ...] = (known,)
    if told["learners"] is True:
        bases = (LearnerError,) if known is Exception else (LearnerError, known)
    members = {"__module__": bases[-1].__module__, "__str__": lambda _: text, "_render_traceback_": _rendered}
    try:
        copy = _instance(told["name"], bases, members, text)
    except TypeError:  # a class that can't be built upon, or whose instances need more than a text
        copy = _instance(told["name"], (LearnerError,), members, text)
    copy.args = tuple(told["args"])
    attributes = {key: value for key, value in told["attributes"].items() if _is_text(key) and not key.startswith("_")}
    if isinstance(copy, LearnerError):
        copy.class_names = tuple(told["names"])
        copy.attributes = attributes
    else:
        vars(copy).update(attributes)
        if isinstance(copy, OSError):
            with contextlib.suppress(TypeError, AttributeError):
                copy.errno, copy.strerror = attributes.get("errno"), attributes.get("strerror")
    vars(copy)["_autograder_frames"] = frames
    for note in told["notes"]:
        copy.add_note(note)
    return copy


def _instance(name: str, bases: tuple[type[BaseException], ...], members: dict[str, Any], text: str) -> BaseException:
    kind = cast(type[BaseException], type(name, bases, members))
    return kind.__new__(kind, text)  # not __init__: a library's class may want other arguments


def _rendered(error: BaseException) -> list[str]:
    """Return the traceback as IPython asks for it: the test's frames, then those of the learner's code."""
    lines = own_frames_left_out(error)
    name = type(error).__name__
    at = max(
        (i for i, line in enumerate(lines) if _COLOURS.sub("", line).partition(":")[0].strip() == name and i),
        default=len(lines),
    )
    frames = vars(error)["_autograder_frames"]()
    return [*lines[:at], *(frames if _are_texts(frames) else ()), *lines[at:]]


def frames_of(error: BaseException) -> list[str]:
    """Return the frames of the learner's code as the shell shows them."""
    if isinstance(error, StudentWorkError):
        return []
    kept: list[str] = []
    for line in own_frames_left_out(error):
        plain = _COLOURS.sub("", line)
        if not plain.startswith(("File ", "Cell In")):
            continue
        if sum(map(len, kept)) + len(line) > _LONGEST_TRACE:
            break
        kept.append(line)
    return kept


def _plain_arguments(error: BaseException) -> list[object]:
    try:
        return [copy_plain(argument) for argument in error.args]
    except StudentWorkError:
        return [text_of(error)]


def _plain_attributes(error: BaseException) -> dict[str, object]:
    held = error.attributes if isinstance(error, LearnerError) else vars(error)
    if isinstance(error, OSError):
        held = {**held, "errno": error.errno, "strerror": error.strerror}
    plain: dict[str, object] = {}
    for name, value in held.items():
        if type(name) is str and not name.startswith("_") and name not in ("class_names", "attributes"):
            with contextlib.suppress(StudentWorkError):  # a test that asks for it finds that it isn't there
                plain[name] = copy_plain(value, name)
    return plain


def _is_text(*values: object) -> bool:
    return all(type(value) is str and len(value) <= _LONGEST_TEXT for value in values)


def _are_texts(values: object) -> bool:
    return type(values) is list and len(values) <= 10 * _MOST_CLASSES and _is_text(*values)
