"""The HTTP client that tests use: `student.client("app").get("/items")`.

Requests are made by werkzeug's test client, which also keeps cookies; what comes back is plain data of our own.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Final, Protocol, Self, cast

from autograder.exceptions import StudentWorkError
from autograder.plaindata import copy_plain
from autograder.wsgi import Answer

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication
    from werkzeug.test import Client as WerkzeugClient
    from werkzeug.test import TestResponse

Exchange = Callable[[Mapping[str, str], bytes], Answer]
"""Takes a request's CGI variables and body to the application, wherever it runs, and brings the answer."""

_SHOWN_BODY: Final = 600
_SHOWN_LINES: Final = 7


class _Absent:
    """Stands for an argument that was not given, where None is a value of its own."""


_ABSENT: Final = _Absent()


class Headers(Mapping[str, str]):
    """A response's headers; names in any case. A header that came twice gives its first value."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._pairs = tuple(pairs)

    def __getitem__(self, name: str) -> str:
        for key, value in self._pairs:
            if key.lower() == name.lower():
                return value
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter({key.lower(): key for key, _ in reversed(self._pairs)}.values())

    def __len__(self) -> int:
        return len({key.lower() for key, _ in self._pairs})

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and any(key.lower() == name.lower() for key, _ in self._pairs)

    def get_all(self, name: str) -> list[str]:
        """Return every value of a header, in order; empty when it did not come."""
        return [value for key, value in self._pairs if key.lower() == name.lower()]

    def __repr__(self) -> str:
        return f"Headers({list(self._pairs)!r})"


@dataclass(frozen=True, slots=True)
class Response:
    """An answer of the learner's application.

    Attributes:
        status: the status code, for example 200.
        reason: the text after it, for example "OK".
        headers: a mapping, names in any case.
        data: the body.
        request: what it answers, for example "GET /items".
        log: what the application wrote to its error log meanwhile.
    """

    status: int
    reason: str
    headers: Headers
    data: bytes
    request: str = ""
    log: str = ""

    @property
    def text(self) -> str:
        """The body as text (UTF-8; what is not is shown as U+FFFD)."""
        return self.data.decode("utf-8", errors="replace")

    @property
    def json(self) -> object:
        """The body, parsed.

        Raises:
            StudentWorkError: the body is not JSON.
        """
        __tracebackhide__ = True
        try:
            return json.loads(self.data)
        except (ValueError, RecursionError):
            raise StudentWorkError(f"The body is not JSON. {self.__describe__()}") from None

    def __describe__(self) -> str:
        """Say what was asked and answered, and on a server error what the application wrote to its log."""
        said = f"{self.request or 'The request'} was answered with {self}"
        lines = [line for line in self.log.splitlines() if line.strip()]
        # PHP and Java name the error first, Python last
        shown = lines if len(lines) <= _SHOWN_LINES else [*lines[:2], "…", *lines[3 - _SHOWN_LINES :]]
        return "\n".join([said, "Its log says:", *shown]) if self.status >= 500 and lines else said

    def __str__(self) -> str:
        kind = self.headers.get("Content-Type", "no Content-Type")
        text = self.text.strip()
        body = text if len(text) <= _SHOWN_BODY else text[:_SHOWN_BODY] + " …"
        return f"{self.status} {self.reason} ({kind})" + (f": {body}" if body else ", with an empty body")


class Client:
    """Sends requests to one application and keeps its cookies.

    Used as a context manager, it is closed at the block's end.

    Args:
        exchange: reaches the application.
        close: what ends the application, where it has to be ended.
    """

    def __init__(self, exchange: Exchange, close: Callable[[], None] | None = None) -> None:
        self._exchange = exchange
        self._close = close
        self._werkzeug: WerkzeugClient | None = None
        self._log = ""
        self._raised: BaseException | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the application: stop a service, let an ASGI application shut down."""
        if self._close is not None:
            self._close()

    def open(
        self,
        method: str,
        path: str,
        *,
        json: object = _ABSENT,
        data: object = None,
        files: Mapping[str, tuple[str, bytes]] | None = None,
        headers: Mapping[str, str] | None = None,
        query: Mapping[str, object] | str | None = None,
        content_type: str | None = None,
    ) -> Response:
        """Send a request.

        Args:
            method: "GET", "POST", …
            path: the path, from "/"; may hold a query.
            json: plain data to send as JSON, with `Content-Type: application/json`.
            data: the body as text or bytes, or a mapping of form fields.
            files: files to upload with the form, by field: each a name and its content.
            headers: further headers.
            query: the query's parameters, as a mapping or as text.
            content_type: the `Content-Type`, in place of the one that `json` or `data` imply.

        Raises:
            StudentWorkError: the application's answer breaks a rule of WSGI.
        """
        __tracebackhide__ = True
        arguments: dict[str, object] = {
            "method": copy_plain(method, "method"),
            "path": copy_plain(path, "path"),
            "data": copy_plain(data, "data"),
            "headers": copy_plain(headers, "headers"),
            "query_string": copy_plain(query, "query"),
            "content_type": copy_plain(content_type, "content_type"),
        }
        if not isinstance(json, _Absent):
            arguments["data"] = _json_text(json)
            arguments["content_type"] = arguments["content_type"] or "application/json"
        if files:
            form = dict(data) if isinstance(data, Mapping) else {}
            arguments["data"] = {**form, **{field: (BytesIO(body), name) for field, (name, body) in files.items()}}
        werkzeug = self._client()
        # werkzeug's own annotations list each argument; ours were checked above
        self._raised = None
        answer = cast("Callable[..., TestResponse]", werkzeug.open)(**arguments, buffered=True)
        if self._raised is not None:
            raise self._raised
        _, _, reason = answer.status.partition(" ")
        pairs = Headers(answer.headers.items())
        return Response(answer.status_code, reason, pairs, answer.get_data(), f"{method} {path}", self._log)

    def _client(self) -> WerkzeugClient:
        """Return werkzeug's client; imported only where a test asks for one."""
        if self._werkzeug is None:
            from werkzeug.test import Client as WerkzeugClient

            self._werkzeug = WerkzeugClient(cast("WSGIApplication", self._application))
        return self._werkzeug

    def _application(self, environ: dict[str, object], start_response: Callable[..., object]) -> list[bytes]:
        __tracebackhide__ = True
        stream = cast("_Readable", environ["wsgi.input"])
        variables = {key: value for key, value in environ.items() if type(value) is str and "." not in key}
        try:
            answer = self._exchange(variables, stream.read())
        except BaseException as error:  # noqa: BLE001 - raised again outside of werkzeug, whose frames tell nothing
            self._raised = error
            answer = Answer("500 INTERNAL SERVER ERROR", [], b"")
        self._log = answer.log
        start_response(answer.status, list(answer.headers))
        return [answer.body]

    def get(self, path: str, **options: object) -> Response:
        """Send a GET request; options as for `open`."""
        __tracebackhide__ = True
        return self._send("GET", path, options)

    def post(self, path: str, **options: object) -> Response:
        """Send a POST request; options as for `open`."""
        __tracebackhide__ = True
        return self._send("POST", path, options)

    def put(self, path: str, **options: object) -> Response:
        """Send a PUT request; options as for `open`."""
        __tracebackhide__ = True
        return self._send("PUT", path, options)

    def patch(self, path: str, **options: object) -> Response:
        """Send a PATCH request; options as for `open`."""
        __tracebackhide__ = True
        return self._send("PATCH", path, options)

    def delete(self, path: str, **options: object) -> Response:
        """Send a DELETE request; options as for `open`."""
        __tracebackhide__ = True
        return self._send("DELETE", path, options)

    def head(self, path: str, **options: object) -> Response:
        """Send a HEAD request; options as for `open`."""
        __tracebackhide__ = True
        return self._send("HEAD", path, options)

    def options(self, path: str, **options: object) -> Response:
        """Send an OPTIONS request; options as for `open`."""
        __tracebackhide__ = True
        return self._send("OPTIONS", path, options)

    def _send(self, method: str, path: str, options: dict[str, object]) -> Response:
        __tracebackhide__ = True
        return self.open(method, path, **options)  # type: ignore[arg-type]


class _Readable(Protocol):
    """What of `wsgi.input` is used."""

    def read(self) -> bytes: ...


def _json_text(value: object) -> bytes:
    return json.dumps(copy_plain(value, "json")).encode()
