"""HTTP exchanges with an ASGI application (Starlette, FastAPI, one written by hand), copied to plain data.

The application runs in an event loop of its own, in a thread of its own: the notebook's thread may run a loop already.
Its lifespan begins before the first request and ends when the client is closed, at the latest with the cell.
"""

from __future__ import annotations

import asyncio
import threading
import traceback
from collections.abc import Awaitable, Callable, Coroutine, Mapping, MutableMapping
from typing import Any, Final, TypeVar

from autograder.closing import close_with_cell, closed
from autograder.exceptions import StudentWorkError
from autograder.plaindata import MAX_BYTES, type_name
from autograder.wsgi import Answer, reason_of

Message = MutableMapping[str, Any]
ASGIApplication = Callable[
    [Message, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]], Awaitable[None]
]

T = TypeVar("T")

_SECONDS: Final = 10.0
_VERSIONS: Final = {"version": "3.0", "spec_version": "2.4"}


class RunningApplication:
    """An ASGI application in its event loop.

    Args:
        app: the application.
        name: how messages name it.

    Raises:
        StudentWorkError: it reports that it can't start.
    """

    def __init__(self, app: ASGIApplication, name: str) -> None:
        self._app = app
        self._name = name
        self._state: dict[str, object] = {}
        self._closed = False
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="asgi", daemon=True)
        self._thread.start()
        close_with_cell(self)
        self._lifespan = self._run(self._begin(), "start")

    def exchange(self, environ: Mapping[str, str], body: bytes) -> Answer:
        """Send one request and return its answer.

        Raises:
            StudentWorkError: the application breaks a rule of ASGI, or takes too long.
        """
        __tracebackhide__ = True
        if self._closed:
            raise StudentWorkError(
                f"`{self._name}` was closed with its cell; make its client in the cell that uses it."
            )
        return self._run(self._request(environ, body), "answer")

    def close(self) -> None:
        """Let the application shut down and end its loop."""
        if self._closed:
            return
        self._closed = True
        closed(self)
        try:
            if self._lifespan is not None:
                self._run(self._lifespan.end(), "shut down")
        finally:
            self._run(_cancel_others(), "end its tasks")
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(_SECONDS)
            if not self._thread.is_alive():
                self._loop.close()

    def _run(self, waiting: Coroutine[Any, Any, T], doing: str) -> T:
        __tracebackhide__ = True
        future = asyncio.run_coroutine_threadsafe(waiting, self._loop)
        try:
            return future.result(_SECONDS)
        except TimeoutError:
            if not future.done():
                future.cancel()
                raise StudentWorkError(f"`{self._name}` did not {doing} within {_SECONDS:g} s.") from None
            raise

    async def _begin(self) -> _Lifespan | None:
        lifespan = _Lifespan(self._app, self._name, self._state)
        return lifespan if await lifespan.begin() else None

    async def _request(self, environ: Mapping[str, str], body: bytes) -> Answer:
        __tracebackhide__ = True
        answer = _Collected(self._name)
        sent = False

        async def receive() -> Message:
            nonlocal sent
            if not sent:
                sent = True
                return {"type": "http.request", "body": body, "more_body": False}
            await answer.complete.wait()
            return {"type": "http.disconnect"}

        log = ""
        try:
            await self._app(self._scope(environ), receive, answer.send)
        except Exception as error:
            if not answer.complete.is_set():
                raise
            # Starlette answers 500 and raises what it caught, for the server's log
            log = "".join(traceback.format_exception(error))
        if not answer.complete.is_set():
            raise StudentWorkError(
                f"`{self._name}` ended without a whole answer. "
                "Send 'http.response.start', then 'http.response.body' without 'more_body'."
            )
        return Answer(f"{answer.status} {reason_of(answer.status)}", answer.headers, b"".join(answer.parts), log)

    def _scope(self, environ: Mapping[str, str]) -> Message:
        headers = [
            (key[5:].replace("_", "-").lower().encode("latin-1"), value.encode("latin-1"))
            for key, value in environ.items()
            if key.startswith("HTTP_")
        ]
        for key, name in (("CONTENT_TYPE", b"content-type"), ("CONTENT_LENGTH", b"content-length")):
            if environ.get(key):
                headers.append((name, environ[key].encode("latin-1")))
        path = environ["PATH_INFO"].encode("latin-1")
        return {
            "type": "http",
            "asgi": _VERSIONS,
            "http_version": "1.1",
            "method": environ["REQUEST_METHOD"],
            "scheme": "http",
            "path": path.decode("utf-8", errors="replace"),
            "raw_path": environ["REQUEST_URI"].partition("?")[0].encode("latin-1"),
            "query_string": environ.get("QUERY_STRING", "").encode("latin-1"),
            "root_path": "",
            "headers": headers,
            "client": ("127.0.0.1", 50000),
            "server": ("localhost", 80),
            "state": self._state.copy(),
        }


async def _cancel_others() -> None:
    """Cancel what the application left running in the loop."""
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


class _Collected:
    """An answer as it comes, message by message."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.status = 0
        self.headers: list[tuple[str, str]] = []
        self.parts: list[bytes] = []
        self.size = 0
        self.complete = asyncio.Event()

    async def send(self, message: Message) -> None:
        __tracebackhide__ = True
        kind = message.get("type")
        if kind == "http.response.start" and not self.status:
            status = message.get("status")
            if type(status) is not int and not isinstance(status, int):
                raise StudentWorkError(f"`{self.name}` sent a status of type {type_name(status)}; it wants a number.")
            self.status = int(status)
            self.headers = [self._header(pair) for pair in message.get("headers", ())]
        elif kind == "http.response.body" and self.status and not self.complete.is_set():
            part = message.get("body", b"")
            if not isinstance(part, bytes):
                raise StudentWorkError(
                    f"`{self.name}` sent a body of type {type_name(part)}; it wants bytes: text.encode('utf-8')."
                )
            self.size += len(part)
            if self.size > MAX_BYTES:
                raise StudentWorkError(f"`{self.name}` sent a body of more than {MAX_BYTES // 1024 // 1024} MB.")
            self.parts.append(bytes(part))
            if not message.get("more_body", False):
                self.complete.set()
        else:
            raise StudentWorkError(
                f"`{self.name}` sent {kind!r} where ASGI doesn't allow it. "
                "The order is 'http.response.start' once, then 'http.response.body'."
            )

    def _header(self, pair: Any) -> tuple[str, str]:
        __tracebackhide__ = True
        key, value = pair
        if not (isinstance(key, bytes) and isinstance(value, bytes)):
            raise StudentWorkError(
                f"`{self.name}` sent a header of {type_name(key)} and {type_name(value)}; both must be bytes."
            )
        return key.decode("latin-1"), value.decode("latin-1")


class _Lifespan:
    """The start and the shutdown of an application."""

    def __init__(self, app: ASGIApplication, name: str, state: dict[str, object]) -> None:
        self._name = name
        self._inbox: asyncio.Queue[Message] = asyncio.Queue()
        self._outbox: asyncio.Queue[Message] = asyncio.Queue()
        scope: Message = {"type": "lifespan", "asgi": _VERSIONS, "state": state}
        self._task = asyncio.ensure_future(app(scope, self._inbox.get, self._outbox.put))
        # an application without a lifespan may raise, and so may one whose start failed after it said so
        self._task.add_done_callback(lambda task: task.cancelled() or task.exception())

    async def begin(self) -> bool:
        """Start the application; return whether it takes part in the lifespan, which it need not."""
        __tracebackhide__ = True
        reply = await self._exchange("lifespan.startup")
        if reply is None:
            return False
        self._refuse_failure(reply, "start")
        return True

    async def end(self) -> None:
        """Shut the application down."""
        __tracebackhide__ = True
        reply = await self._exchange("lifespan.shutdown")
        if reply is not None:
            self._refuse_failure(reply, "shut down")
        await asyncio.wait([self._task], timeout=1)

    async def _exchange(self, kind: str) -> Message | None:
        """Send a message and return the reply; None when the application ends or raises in its place."""
        await self._inbox.put({"type": kind})
        waiting = asyncio.ensure_future(self._outbox.get())
        await asyncio.wait([waiting, self._task], return_when=asyncio.FIRST_COMPLETED)
        if waiting.done():
            return waiting.result()
        waiting.cancel()
        return None

    def _refuse_failure(self, reply: Message, doing: str) -> None:
        __tracebackhide__ = True
        if str(reply.get("type")).endswith(".failed"):
            text = str(reply.get("message", "")).strip() or "it gave no reason"
            raise StudentWorkError(f"`{self._name}` could not {doing}: {text}")
