"""The grading engine: nbgrader's marks from warm processes that are forked for every submission."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autograder.engine.grader import Grader, Task, grade_notebook

__all__ = ["Grader", "Task", "grade_notebook"]


def __getattr__(name: str) -> object:
    """Import what is asked for: a warm process imports this package too, and needs none of it."""
    if name in __all__:
        from autograder.engine import grader

        return getattr(grader, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
