"""IPython's own kernel without sockets and threads: built once, forked for every notebook.

It is ipykernel's kernel and shell, so that the semantics are those of a notebook: display hooks, rich output, magics,
top-level await, `get_ipython()`, comms. Only the session differs: what it would send over ZeroMQ goes to a function.
"""

from __future__ import annotations

import contextlib
import contextvars
import functools
import io
import json
import logging
import os
import sys
import threading
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

from jupyter_client.jsonutil import json_default
from jupyter_client.session import Session
from traitlets.config import Config

Message = dict[str, Any]
Emit = Callable[[bytes], None]

current_cell: contextvars.ContextVar[int] = contextvars.ContextVar("current_cell")
_WIDEST_BUFFER = 1 << 13
_PIECE = 1 << 20


class PipeSession(Session):  # type: ignore[misc]
    """A session whose messages go to `emit` as bytes, marked with the cell that they belong to."""

    emit: Emit | None = None
    latest_cell = -1

    def msg(
        self,
        msg_type: str,
        content: Message | None = None,
        parent: Message | None = None,
        header: Message | None = None,
        metadata: Message | None = None,
    ) -> Message:
        """Return a message as the display hooks know it, without the parts that only a socket needs."""
        head = header or {"msg_type": msg_type, "msg_id": "", "session": "", "username": "", "version": "5.4"}
        return {
            "header": head,
            "msg_id": head["msg_id"],
            "msg_type": msg_type,
            "parent_header": parent or {},
            "content": content or {},
            "metadata": metadata or {},
        }

    def send(
        self,
        stream: object,
        msg_or_type: Message | str,
        content: Message | None = None,
        parent: Message | None = None,
        ident: object = None,
        buffers: list[bytes] | None = None,
        track: bool = False,
        header: Message | None = None,
        metadata: Message | None = None,
    ) -> Message | None:
        """Give a message to `emit`."""
        message = (
            self.msg(msg_or_type, content, parent, header, metadata) if isinstance(msg_or_type, str) else msg_or_type
        )
        cell = current_cell.get(self.latest_cell)
        data = {"type": message["msg_type"], "cell": cell, "content": message["content"]}
        if buffers:
            data["buffers"] = [bytes(buffer) for buffer in buffers]
        if self.emit is not None:
            self.emit(encode(data))
        return message


def encode(data: Message) -> bytes:
    """Return a message as JSON, with what JSON can't say written as a kernel writes it."""
    try:
        text = json.dumps(data, ensure_ascii=False, allow_nan=False, default=json_default)
    except (ValueError, TypeError, RecursionError):
        text = json.dumps(_cleaned(data), ensure_ascii=False, default=str)
    return text.encode("utf-8", "replace")


def _cleaned(value: object, depth: int = 0) -> object:
    """Return `value` with numbers that JSON lacks, and whatever lies too deep, as text."""
    if depth > 100:
        return repr(value)[:1000]
    if isinstance(value, dict):
        return {str(key): _cleaned(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(item, depth + 1) for item in value]
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return repr(value)
    return value


class OutStream(io.TextIOBase):
    """`sys.stdout` or `sys.stderr` of a notebook: gathers text and sends it in pieces."""

    encoding = "UTF-8"

    def __init__(self, name: str, session: PipeSession) -> None:
        self.name = name
        self._session = session
        self._lock = threading.RLock()
        self._parts: list[str] = []
        self._size = 0
        self._cell = -1
        self._descriptor: int | None = None

    def isatty(self) -> bool:
        """Return that this is no terminal."""
        return False

    def writable(self) -> bool:
        """Return that this can be written to."""
        return True

    def fileno(self) -> int:
        """Return a descriptor for programs that want one; what is written there is lost, as in a kernel."""
        if self._descriptor is None:
            self._descriptor = os.open(os.devnull, os.O_WRONLY)
        return self._descriptor

    def write(self, text: str) -> int:
        """Take text; it is sent when there is enough of it, or the cell ends."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        cell = current_cell.get(self._session.latest_cell)
        with self._lock:
            if cell != self._cell:
                self.flush()
                self._cell = cell
            self._parts.append(text)
            self._size += len(text)
            if self._size > _WIDEST_BUFFER:
                self.flush()
        return len(text)

    def writelines(self, sequence: Any) -> None:
        """Take several texts."""
        for item in sequence:
            self.write(item)

    def flush(self) -> None:
        """Send what was gathered."""
        with self._lock:
            if not self._parts:
                return
            text = "".join(self._parts)
            self._parts.clear()
            self._size = 0
            if self._session.emit is None:
                return
            for start in range(0, len(text), _PIECE):
                content = {"name": self.name, "text": text[start : start + _PIECE]}
                self._session.emit(encode({"type": "stream", "cell": self._cell, "content": content}))


def build_kernel(profile: str) -> Any:
    """Return a kernel with its shell, ready to be forked.

    Args:
        profile: a folder for IPython's own files.
    """
    os.environ["IPYTHONDIR"] = profile
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    with _hidden("debugpy"):  # no debugger will ever attach, and it is big
        from ipykernel.ipkernel import IPythonKernel
        from IPython.core.profiledir import ProfileDir

        config = Config()
        config.HistoryManager.hist_file = ":memory:"
        logger = logging.getLogger("autograder.kernel")
        logger.addHandler(logging.NullHandler())
        logger.propagate = False
        kernel = IPythonKernel.instance(
            config=config,
            session=PipeSession(),
            log=logger,
            profile_dir=ProfileDir.create_profile_dir(os.path.join(profile, "profile_default")),  # noqa: PTH118
        )
    kernel.shell_channel_thread = SimpleNamespace(parent_thread=threading.main_thread())
    kernel.shell.displayhook.get_execution_count = lambda: kernel.execution_count
    kernel.shell.extension_manager.load_extension("storemagic")  # as a kernel's application does
    kernel.shell.enable_gui = functools.partial(_enable_gui, kernel)
    sys.stdout.flush()
    sys.stderr.flush()
    sys.stdout = OutStream("stdout", kernel.session)
    sys.stderr = OutStream("stderr", kernel.session)
    kernel._stdout, kernel._stderr = sys.stdout, sys.stderr
    return kernel


def _enable_gui(kernel: Any, gui: str | None = None) -> None:
    """Do what `%gui` and `%matplotlib` ask for; ipykernel's own way looks for an application, and there is none."""
    from ipykernel.eventloops import enable_gui
    from IPython.core.error import UsageError

    try:
        enable_gui(gui, kernel)
    except ValueError as error:
        raise UsageError(str(error)) from error
    kernel.shell.active_eventloop = gui


@contextlib.contextmanager
def _hidden(module: str) -> Iterator[None]:
    """Make a module look as if it were not installed."""
    sys.modules[module] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[module]
