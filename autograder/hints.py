"""Hints: text in steps, from `hints.yaml` beside the notebook."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Final

from autograder.attaching import folder

HINTS_FILE: Final = "hints.yaml"


class Hint(str):
    """The text of a hint, and the hints to show in its place for particular wrong answers.

    Attributes:
        answers: keys of other hints, by what came instead of the expected value.
    """

    answers: Mapping[object, str] = {}


def hint(key: str, answers: Mapping[object, str] | None = None) -> Hint:
    """Return the first step of a hint, for use as an assertion's message.

    A missing file or key gives a text that says so: a hint must never change a test's result.

    Args:
        key: the hint's key in `hints.yaml` beside the notebook.
        answers: hints that fit a particular wrong answer better: their keys, by the value that came, or by the name of
            the exception's class that was raised: `hint("read", {404: "id-type", "KeyError": "missing"})`.
    """
    steps = _steps(key)
    said = Hint(f"Hint ({key}): {steps if isinstance(steps, str) else steps[0]}")
    said.answers = answers or {}
    return said


def for_answer(message: object, came: object) -> object:
    """Return an assertion's message, or the hint in its place that fits what came."""
    if isinstance(message, Hint):
        for answer, key in message.answers.items():
            if type(answer) is type(came) and answer == came:
                return hint(key)
    return message


def _steps(key: str) -> list[str] | str:
    """Return the steps of a hint, or a sentence that says why there are none."""
    import yaml  # a passing test never needs it

    path = folder() / HINTS_FILE
    try:
        data = _parsed(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return f"none to show, because there is no {HINTS_FILE} beside this notebook."
    except (OSError, UnicodeDecodeError) as error:
        return f"none to show, because {HINTS_FILE} can't be read ({error})."
    except yaml.YAMLError:
        return f"none to show, because {HINTS_FILE} is not valid YAML."
    steps = data.get(key) if isinstance(data, dict) else None
    if not isinstance(steps, list) or not steps:
        return f"none to show, because {HINTS_FILE} has no steps for '{key}'."
    return [str(step).strip() for step in steps]


@functools.lru_cache(maxsize=4)
def _parsed(text: str) -> object:
    """Return what a hints file says: tests may ask for hints long before they fail, and parsing takes a while."""
    import yaml

    data: object = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe
    return data
