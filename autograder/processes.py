"""Other programs, started so that nothing of them is left behind: not after a time-out, not when this process dies.

On POSIX each gets a process group of its own and a guard: a shell that reads from a pipe of which only this process
holds the other end, and kills the group as soon as that end is closed, whether by us or by our own end.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import tempfile
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

MAX_OUTPUT: Final = 1024 * 1024
"""How many bytes of a program's standard output, and of its standard error, are kept."""

_PATIENCE: Final = 2.0
_COLOURS: Final = {"FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE"}

# The guard reads what was standard input; by number 3, because a shell gives its background job no standard input.
_GUARD: Final = 'exec 3<&0; (read -r _ <&3; kill -9 0) >/dev/null 2>&1 & exec "$@" 3<&- <"$0"'


class Process:
    """A running program with its guard.

    Args:
        command: the program and its arguments.
        folder: its current folder.
        env: environment variables beyond this process's own.
        stdin: the file that it reads.
        stdout: as for `subprocess.Popen`.
        stderr: as for `subprocess.Popen`.

    Raises:
        OSError: it can't be started.
    """

    def __init__(
        self,
        command: Sequence[str],
        folder: Path,
        env: Mapping[str, str],
        *,
        stdin: str = os.devnull,
        stdout: int | IO[bytes],
        stderr: int | IO[bytes],
    ) -> None:
        environment = {**_plain_environment(), **env}
        if os.name == "posix":
            words = ["/bin/sh", "-c", _GUARD, stdin, *command]
            self.popen = subprocess.Popen(
                words,
                cwd=folder,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=stdout,
                stderr=stderr,
                start_new_session=True,
            )
        else:
            with Path(stdin).open("rb") as source:
                self.popen = subprocess.Popen(
                    list(command), cwd=folder, env=environment, stdin=source, stdout=stdout, stderr=stderr
                )

    def kill(self) -> int:
        """End the program and all that it started; return its exit status."""
        if self.popen.stdin is not None:
            self.popen.stdin.close()
        if os.name == "posix":
            with contextlib.suppress(ProcessLookupError, PermissionError):  # the group is gone already
                os.killpg(self.popen.pid, signal.SIGKILL)
        else:
            self.popen.kill()
        return self.popen.wait()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a program.

    Attributes:
        stdout: what it wrote to standard output, at most `MAX_OUTPUT` bytes.
        stderr: what it wrote to standard error, likewise.
        exit_code: its exit status; negative for a signal.
        timed_out: it was stopped because its time was up.
        too_much: it was stopped because it wrote too much.
    """

    stdout: bytes
    stderr: bytes
    exit_code: int
    timed_out: bool = False
    too_much: bool = False


def run(command: Sequence[str], folder: Path, env: Mapping[str, str], stdin: bytes, seconds: float) -> Outcome:
    """Run a program to its end, or to the end of its time.

    Args:
        command: the program and its arguments.
        folder: its current folder.
        env: environment variables beyond this process's own.
        stdin: what it reads.
        seconds: wall time that it may take, in seconds.

    Raises:
        OSError: it can't be started.
    """
    with tempfile.TemporaryDirectory(prefix="input-") as scratch:
        source = os.devnull
        if stdin:
            source = str(Path(scratch) / "stdin")
            Path(source).write_bytes(stdin)
        process = Process(command, folder, env, stdin=source, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        popen = process.popen
        assert popen.stdout is not None
        assert popen.stderr is not None
        over, full = threading.Event(), threading.Event()
        streams = [Stream(pipe, full, over) for pipe in (popen.stdout, popen.stderr)]
        waiter = threading.Thread(target=_wait, args=(popen, over), name="waiter", daemon=True)
        waiter.start()
        try:
            in_time = over.wait(seconds)
        finally:
            # also after an orderly end: what the program left running in its group holds the pipes open
            code = process.kill()
            waiter.join()
        stdout, stderr = (stream.finish() for stream in streams)
    return Outcome(stdout, stderr, code, not in_time, full.is_set())


def _wait(popen: subprocess.Popen[bytes], over: threading.Event) -> None:
    popen.wait()
    over.set()


def _plain_environment() -> dict[str, str]:
    """Return this process's environment without a notebook's wish for coloured output, and with one for plain."""
    kept = {key: value for key, value in os.environ.items() if key not in _COLOURS}
    return {**kept, "NO_COLOR": "1"}


class Stream:
    """Gathers what comes through a pipe, up to `MAX_OUTPUT` bytes; what comes after is read and dropped.

    Args:
        pipe: the end to read from; closed at its end.
        events: set when more came than is kept.
    """

    def __init__(self, pipe: IO[bytes], *events: threading.Event) -> None:
        self._pipe = pipe
        self._events = events
        self._data = bytearray()
        self._ended = False
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._read, name="reader", daemon=True)
        self._thread.start()

    def so_far(self) -> bytes:
        """Return what has been written until now, also what nobody has read from the pipe yet."""
        with self._lock:
            while not self._ended and os.name == "posix" and self._waits(0):
                self._take()
            return bytes(self._data)

    def finish(self) -> bytes:
        """Wait for the end of the pipe, which a process outside of the killed group could delay; return what came."""
        self._thread.join(_PATIENCE)
        return bytes(self._data)

    def _read(self) -> None:
        with self._pipe:
            while not self._ended:
                if os.name == "posix":
                    self._waits(None)
                    with self._lock:  # `so_far` may have taken it meanwhile
                        if not self._ended and self._waits(0):
                            self._take()
                else:
                    self._take()

    def _waits(self, milliseconds: int | None) -> bool:
        """Return whether something, or the end, waits in the pipe; None waits for it."""
        waiting = select.poll()
        waiting.register(self._pipe, select.POLLIN)
        return bool(waiting.poll(milliseconds))

    def _take(self) -> None:
        chunk = self._pipe.read1(65536)  # type: ignore[attr-defined]
        room = MAX_OUTPUT - len(self._data)
        self._data += chunk[:room]
        self._ended = not chunk
        if len(chunk) > room:
            for event in self._events:
                event.set()
