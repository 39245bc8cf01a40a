"""Programs that answer HTTP requests: started on a free port of the loopback interface, and stopped for certain."""

from __future__ import annotations

import contextlib
import http.client
import socket
import subprocess
import time
from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import quote

from autograder import processes
from autograder.closing import close_with_cell, closed
from autograder.exceptions import StudentWorkError
from autograder.httpclient import Client
from autograder.plaindata import MAX_BYTES
from autograder.programs import Programs
from autograder.wsgi import Answer

_REQUEST_SECONDS: Final = 10.0
_LOG_SECONDS: Final = 0.5
_PAUSE: Final = 0.01
_AS_THEY_ARE: Final = "%/:?#[]@!$&'()*+,;="


class Service:
    """A running program that answers HTTP requests.

    Args:
        programs: the notebook's programs.
        name: which of them.
        args: its arguments.
        env: environment variables beyond `PORT`.
        seconds: how long it may take until it answers, in seconds.
    """

    def __init__(
        self, programs: Programs, name: str, args: Iterable[str], env: Mapping[str, str], seconds: float
    ) -> None:
        __tracebackhide__ = True
        self.name = name
        self._programs = programs
        language = programs.language(name)
        self._chatter = language.chatter
        compiled = programs.compile(name, language)
        if compiled.exit_code:
            raise StudentWorkError(f"`{name}` does not compile:\n{programs.text(compiled.stderr)}")
        self.port = _free_port()
        options = language.server_options or language.options
        command = [language.toolchain(), *(word.format(port=self.port) for word in options)]
        command += [*programs.words(name, language), *map(str, args)]
        environment = {**env, "PORT": str(self.port)}
        self._process = processes.Process(
            command, programs.folder, environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        assert self._process.popen.stdout is not None
        self._log = processes.Stream(self._process.popen.stdout)
        self._closed = False
        close_with_cell(self)
        try:
            self._host = self._wait_until_it_answers(seconds)
        except BaseException:
            self.close()
            raise

    def log(self, start: int = 0) -> str:
        """Return what it wrote until now, from the byte `start` on, but for its server's lines about connections."""
        text = self._programs.text(self._log.so_far()[start:])
        return self._chatter.sub("", text) if self._chatter else text

    def exchange(self, environ: Mapping[str, str], body: bytes) -> Answer:
        """Send a request over HTTP and return its answer.

        Raises:
            StudentWorkError: it doesn't answer, or what it answers is not HTTP.
        """
        __tracebackhide__ = True
        target = _target(environ)
        request = f"{environ['REQUEST_METHOD']} {target}"
        if self._closed:
            raise StudentWorkError(
                f"`{self.name}` has been stopped, and can't answer {request}. A service runs until its block or its "
                "cell ends: start it in the cell that asks it."
            )
        before = len(self._log.so_far())
        connection = http.client.HTTPConnection(self._host, self.port, timeout=_REQUEST_SECONDS)
        try:
            connection.putrequest(environ["REQUEST_METHOD"], target, skip_host=True, skip_accept_encoding=True)
            for key, value in _headers(environ, body):
                connection.putheader(key, value.encode("latin-1"))
            connection.endheaders(body)
            response = connection.getresponse()
            data = response.read(MAX_BYTES + 1)
            if len(data) > MAX_BYTES:
                raise StudentWorkError(f"`{self.name}` sent a body of more than {MAX_BYTES // 1024 // 1024} MB.")
            status = f"{response.status} {response.reason}"
            log = self._log_of_error(before) if response.status >= 500 else self.log(before)
            return Answer(status, response.getheaders(), data, log)
        except TimeoutError:
            raise StudentWorkError(f"`{self.name}` did not answer {request} within {_REQUEST_SECONDS:g} s.") from None
        except (http.client.HTTPException, OSError) as error:
            raise StudentWorkError(
                f"`{self.name}` did not answer {request} properly ({type(error).__name__}: {error}). {self._written()}"
            ) from None
        finally:
            connection.close()

    def close(self) -> None:
        """Stop it, and all that it started."""
        if not self._closed:
            self._closed = True
            closed(self)
            self._process.kill()
            self._log.finish()

    def _wait_until_it_answers(self, seconds: float) -> str:
        __tracebackhide__ = True
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            code = self._process.popen.poll()
            if code is not None:
                self._process.kill()
                self._log.finish()
                raise StudentWorkError(
                    f"`{self.name}` should go on answering requests, but ended with exit status {code}. "
                    f"{self._written()}"
                )
            for host in ("127.0.0.1", "::1"):
                with contextlib.suppress(OSError), socket.create_connection((host, self.port), timeout=1):
                    return host
            time.sleep(_PAUSE)
        raise StudentWorkError(
            f"`{self.name}` does not listen on port {self.port} after {seconds:g} s. "
            f"It must take the port from the environment variable PORT. {self._written()}"
        )

    def _log_of_error(self, before: int) -> str:
        """Return what was written since `before`, when it has come: it takes another way than the answer."""
        deadline = time.monotonic() + _LOG_SECONDS
        last, log = "", self.log(before)
        while time.monotonic() < deadline and (not log.strip() or log != last):
            time.sleep(_PAUSE)
            last, log = log, self.log(before)
        return log

    def _written(self) -> str:
        text = self.log().strip()[-600:]
        return f"It wrote:\n{text}" if text else "It wrote nothing."


def serve(programs: Programs, name: str, args: Iterable[str], env: Mapping[str, str], seconds: float) -> Client:
    """Start a program and return a client of it; closing the client stops the program."""
    __tracebackhide__ = True
    service = Service(programs, name, args, env, seconds)
    return Client(service.exchange, close=service.close)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _target(environ: Mapping[str, str]) -> str:
    """Return the path and query as they go over the wire; WSGI decodes the one and splits off the other."""
    path = environ["REQUEST_URI"].partition("?")[0]
    query = environ.get("QUERY_STRING", "")
    return quote((f"{path}?{query}" if query else path).encode("latin-1"), safe=_AS_THEY_ARE)


def _headers(environ: Mapping[str, str], body: bytes) -> Iterable[tuple[str, str]]:
    for key, value in environ.items():
        if key.startswith("HTTP_"):
            yield key[5:].replace("_", "-").title(), value
    if environ.get("CONTENT_TYPE"):
        yield "Content-Type", environ["CONTENT_TYPE"]
    if body or environ["REQUEST_METHOD"] in ("POST", "PUT", "PATCH"):
        yield "Content-Length", str(len(body))
    yield "Connection", "close"
