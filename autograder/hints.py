"""Hints: text in steps, from `hints.yaml` beside the notebook."""

from __future__ import annotations

from autograder.attaching import folder

HINTS_FILE = "hints.yaml"


def hint(key: str) -> str:
    """Return the first step of a hint, for use as an assertion's message.

    A missing file or key gives a text that says so: a hint must never change a test's result.

    Args:
        key: the hint's key in `hints.yaml` in the current folder.
    """
    steps = _steps(key)
    if isinstance(steps, str):
        return f"Hint ({key}): {steps}"
    return f"Hint ({key}): {steps[0]}"


def _steps(key: str) -> list[str] | str:
    """Return the steps of a hint, or a sentence that says why there are none."""
    import yaml  # a passing test never needs it

    path = folder() / HINTS_FILE
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
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
