"""One HTTP exchange with a WSGI application, checked against PEP 3333 and copied to plain data.

This is the learner's side of `student.client`: only text and bytes go in and come out.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import NamedTuple, cast

from autograder.exceptions import StudentWorkError
from autograder.plaindata import MAX_BYTES, type_name

WSGIApplication = Callable[[dict[str, object], Callable[..., object]], Iterable[bytes]]
_STATUS = re.compile(r"[1-5][0-9]{2} [ -~]*")


class Answer(NamedTuple):
    """What an application answered.

    Attributes:
        status: code and reason, for example "200 OK".
        headers: pairs of name and value, in the order given.
        body: the whole body.
        log: what it wrote to `wsgi.errors`: Flask's account of an exception, for example.
    """

    status: str
    headers: list[tuple[str, str]]
    body: bytes
    log: str = ""


def run_wsgi(app: WSGIApplication, environ: Mapping[str, str], body: bytes, name: str = "app") -> Answer:
    """Send one request to an application and return its answer.

    Args:
        app: the application.
        environ: the request's CGI variables (`REQUEST_METHOD`, `PATH_INFO`, `HTTP_…`).
        body: the request's body.
        name: how messages name the application.

    Raises:
        StudentWorkError: the application breaks a rule of WSGI.
    """
    __tracebackhide__ = True
    started: list[tuple[str, list[tuple[str, str]]]] = []
    chunks = _Chunks(name)

    def start_response(status: object, headers: object, exc_info: object = None) -> Callable[[bytes], None]:
        __tracebackhide__ = True
        if started and exc_info is None:
            raise StudentWorkError(f"`{name}` called start_response twice. Call it once for each request.")
        started[:] = [(_checked_status(status, name), _checked_headers(headers, name))]
        return chunks.add

    log = io.StringIO()
    result: object = app({**environ, **_wsgi_variables(body, log)}, start_response)
    try:
        if isinstance(result, str | bytes):
            raise StudentWorkError(
                f"`{name}` returned {type_name(result)}, and WSGI wants an iterable of bytes. "
                "Return a list: [body], with body as bytes."
            )
        try:
            parts = iter(cast(Iterable[object], result))
        except TypeError:
            raise StudentWorkError(
                f"`{name}` returned {type_name(result)}, and WSGI wants an iterable of bytes, such as [body]."
            ) from None
        for part in parts:
            chunks.add(part)
    finally:
        close = getattr(result, "close", None)
        if callable(close):
            close()
    if not started:
        raise StudentWorkError(
            f"`{name}` never called start_response. Call start_response('200 OK', [(name, value), …]) before returning."
        )
    status, headers = started[0]
    return Answer(status, headers, chunks.joined(), log.getvalue())


def reason_of(status: int) -> str:
    """Return the usual text after a status code, or nothing for an unknown one."""
    try:
        return HTTPStatus(status).phrase.upper()
    except ValueError:
        return ""


def _wsgi_variables(body: bytes, log: io.StringIO) -> dict[str, object]:
    return {
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": log,
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }


class _Chunks:
    """The parts of a body, checked as they come."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.parts: list[bytes] = []
        self.size = 0

    def add(self, part: object) -> None:
        __tracebackhide__ = True
        if type(part) is not bytes:
            raise StudentWorkError(
                f"The body that `{self.name}` returned holds {type_name(part)}, and WSGI wants bytes. "
                "Turn text into bytes with text.encode('utf-8')."
            )
        self.size += len(part)
        if self.size > MAX_BYTES:
            raise StudentWorkError(f"`{self.name}` sent a body of more than {MAX_BYTES // 1024 // 1024} MB.")
        self.parts.append(part)

    def joined(self) -> bytes:
        return b"".join(self.parts)


def _checked_status(status: object, name: str) -> str:
    __tracebackhide__ = True
    if not isinstance(status, str):
        raise StudentWorkError(
            f"`{name}` called start_response with a status of type {type_name(status)}; it wants text such as '200 OK'."
        )
    plain = _on_the_wire(status, f"the status of `{name}`")
    if not _STATUS.fullmatch(plain):
        raise StudentWorkError(
            f"`{name}` called start_response with the status {plain!r}; "
            "it wants a code, a space and a reason: '200 OK'."
        )
    return plain


def _checked_headers(headers: object, name: str) -> list[tuple[str, str]]:
    __tracebackhide__ = True
    if not isinstance(headers, list):
        raise StudentWorkError(
            f"`{name}` called start_response with headers of type {type_name(headers)}; "
            "it wants a list of pairs, such as [('Content-Type', 'text/plain')]."
        )
    copied = []
    for pair in list.__iter__(headers):
        if not (isinstance(pair, tuple) and tuple.__len__(pair) == 2):
            raise StudentWorkError(f"`{name}` gave a header that is no pair (name, value) but {type_name(pair)}.")
        key, value = tuple.__iter__(pair)
        if not (isinstance(key, str) and isinstance(value, str)):
            raise StudentWorkError(
                f"`{name}` gave a header whose name is {type_name(key)} and whose value is {type_name(value)}; "
                "both must be str: write str(value)."
            )
        copied.append((_on_the_wire(key, "a header's name"), _on_the_wire(value, f"the header {key!r}")))
    return copied


def _on_the_wire(text: str, what: str) -> str:
    """Return text as a server would send it, which is also a way to a plain `str`."""
    __tracebackhide__ = True
    try:
        plain = str.encode(text, "latin-1").decode("latin-1")
    except UnicodeEncodeError as error:
        raise StudentWorkError(
            f"{what} holds {error.object[error.start]!r}, which HTTP can't carry there; percent-encode it."
        ) from None
    if "\r" in plain or "\n" in plain:
        raise StudentWorkError(f"{what} holds a line break, which would start a header of its own: {plain!r}.")
    return plain
