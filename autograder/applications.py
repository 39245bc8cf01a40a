"""From a name to a web application of the learner's that answers requests."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import cast

from autograder import work
from autograder.exceptions import StudentWorkError
from autograder.httpclient import Exchange
from autograder.plaindata import type_name
from autograder.wsgi import Answer, WSGIApplication, run_wsgi


def connect(name: str, args: tuple[object, ...], kwargs: Mapping[str, object]) -> Exchange:
    """Return what takes requests to an application.

    Args:
        name: the learner's name of an application, or of a function that makes one.
        args: what that function is called with.
        kwargs: its named arguments.

    Raises:
        StudentWorkError: there is no such name, or it is neither.
    """
    __tracebackhide__ = True
    found = work.find(name)
    if args or kwargs or _makes_one(found):
        app, label = work.call(found, name, args, kwargs), work.call_text(name, args, kwargs)
    else:
        app, label = found, name
    wanted = _positional(app)
    if wanted is None or wanted not in (2, 3):
        made = f"`{label}` returned {type_name(app)}, which" if app is not found else f"`{name}` ({type_name(app)})"
        raise StudentWorkError(
            f"{made} is not a web application. Wanted is a WSGI application, such as Flask(__name__), "
            "or a function that returns one."
        )
    return _wsgi(cast(WSGIApplication, app), label)


def _wsgi(app: WSGIApplication, label: str) -> Exchange:
    def exchange(environ: Mapping[str, str], body: bytes) -> Answer:
        __tracebackhide__ = True

        def action() -> object:
            __tracebackhide__ = True
            return run_wsgi(app, environ, body, label)

        return cast(Answer, work.run(action))

    return exchange


def _makes_one(found: object) -> bool:
    """Whether a name stands for a function that makes an application: it can be called with no argument."""
    return callable(found) and _positional(found) == 0


def _positional(function: object) -> int | None:
    """Return how many positional arguments a call must have; None if it can't be called."""
    if not callable(function):
        return None
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return None
    positional = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return sum(1 for p in parameters if p.kind in positional and p.default is inspect.Parameter.empty)
