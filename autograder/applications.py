"""From a name to a web application of the learner's that answers requests."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import cast

from autograder import work
from autograder.exceptions import StudentWorkError
from autograder.httpclient import Exchange
from autograder.output import stderr_as_output
from autograder.plaindata import type_name
from autograder.wsgi import Answer, WSGIApplication, run_wsgi


def connect(
    name: str, args: tuple[object, ...], kwargs: Mapping[str, object]
) -> tuple[Exchange, Callable[[], None] | None]:
    """Return what takes requests to an application, and what ends it where it has to be ended.

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
    if wanted == 3:
        from autograder.asgi import ASGIApplication, RunningApplication  # most applications are WSGI's

        asgi = cast(ASGIApplication, app)
        running = cast(RunningApplication, work.run(lambda: RunningApplication(asgi, label)))
        return _in_the_learners_name(running.exchange), running.close
    if wanted != 2:
        made = f"`{label}` returned {type_name(app)}, which" if app is not found else f"`{name}` ({type_name(app)})"
        raise StudentWorkError(
            f"{made} is not a web application. Wanted is a WSGI or ASGI application, such as "
            "Flask(__name__), or a function that returns one."
        )
    wsgi = cast(WSGIApplication, app)

    def exchange(environ: Mapping[str, str], body: bytes) -> Answer:
        __tracebackhide__ = True
        return run_wsgi(wsgi, environ, body, label)

    return _in_the_learners_name(exchange), None


def _in_the_learners_name(exchange: Exchange) -> Exchange:
    """Return an exchange that handles output and exceptions as those of the learner's code."""

    def wrapped(environ: Mapping[str, str], body: bytes) -> Answer:
        __tracebackhide__ = True

        def action() -> object:
            __tracebackhide__ = True
            with stderr_as_output() as written:
                answer = exchange(environ, body)
            return answer._replace(log=answer.log or written.getvalue())

        return cast(Answer, work.run(action))

    return wrapped


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
