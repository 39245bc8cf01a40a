"""What happens in a forked child: one notebook's cells, in a process of its own, from a clean start.

This is the only module that runs beside the learner's code. It gets plain data (inherited by the fork) and gives back
plain bytes through one pipe; nothing that it says is trusted by the process that reads the pipe.
"""

from __future__ import annotations

import asyncio
import atexit
import ctypes
import gc
import io
import os
import random
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NoReturn

from autograder.engine.frames import write_frame
from autograder.engine.kernel import current_cell, encode

_PR_SET_PDEATHSIG = 1
_SETTLING_TURNS = 50

Confine = Callable[[], None]


class Surroundings(SimpleNamespace):
    """Where a child runs.

    Attributes:
        folder: its working directory.
        scratch: a folder for temporary files, removed after the run.
        messages: the descriptor of the pipe that takes its messages.
        stdout: the descriptor that file descriptor 1 becomes.
        stderr: the descriptor that file descriptor 2 becomes.
        environment: variables set in addition to those of the worker.
        confine: what shuts the child in, called before any of the learner's code runs.
        decisive: the cells whose failure ends the run.
    """

    folder: Path
    scratch: Path
    messages: int
    stdout: int
    stderr: int
    environment: Mapping[str, str]
    confine: Confine | None
    decisive: Collection[int]


def run(kernel: Any, cells: Sequence[tuple[int, str]], where: Surroundings) -> NoReturn:
    """Run cells and leave the process; never returns.

    Args:
        kernel: the warm kernel.
        cells: the cells to run, as (index in the notebook, text).
        where: the child's surroundings.
    """
    code = 1
    try:
        messages = _settle(where)
        # What `%store` keeps is the submission's own.
        kernel.shell.profile_dir._trait_values["location"] = str(where.scratch / "ipython")
        if where.confine is not None:
            where.confine()
        _run_cells(kernel, cells, messages, where.decisive)
        code = 0
        _finish()
    except SystemExit:
        code = 0
    finally:
        os._exit(code)


def _settle(where: Surroundings) -> int:
    """Give the process its own session, descriptors, folder, environment and chance."""
    os.setsid()
    _die_with_parent()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGTSTP, signal.SIG_DFL)
    null = os.open(os.devnull, os.O_RDONLY)
    for descriptor, target in ((null, 0), (where.stdout, 1), (where.stderr, 2)):
        os.dup2(descriptor, target)
    messages = os.dup2(where.messages, 3, inheritable=False)
    os.closerange(4, 1 << 16)
    os.chdir(where.folder)
    os.environ.update(where.environment)
    os.environ["TMPDIR"] = str(where.scratch)
    os.environ["JPY_PARENT_PID"] = str(os.getppid())
    tempfile.tempdir = None
    random.seed()
    numpy = sys.modules.get("numpy")
    if numpy is not None and "numpy.random" in sys.modules:
        numpy.random.seed()
    sys.path.insert(_own_folder_place(), "")
    gc.enable()
    return messages


def _own_folder_place() -> int:
    """Return where in `sys.path` a kernel has its working directory: behind the standard library."""
    names = [path.rpartition("/")[2] for path in sys.path]
    return next((names.index(name) for name in names if name in ("site-packages", "dist-packages")), 0)


def _die_with_parent() -> None:
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def _run_cells(kernel: Any, cells: Sequence[tuple[int, str]], messages: int, decisive: Collection[int]) -> None:
    lock = threading.Lock()
    owner = os.getpid()

    def emit(data: bytes) -> None:
        if os.getpid() != owner:  # a process that the learner's code forked has no say
            return
        with lock:
            before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
            try:
                write_frame(messages, data)
            finally:
                signal.pthread_sigmask(signal.SIG_SETMASK, before)

    kernel.session.emit = emit
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    kernel.io_loop = SimpleNamespace(add_callback=loop.call_soon_threadsafe, call_later=loop.call_later, stop=_nothing)
    loop.run_until_complete(_main(kernel, cells, owner, decisive))


def _nothing() -> None:
    """Do nothing on a notebook's `exit()`: a kernel would stop at some time after, in the middle of any later cell."""


async def _main(kernel: Any, cells: Sequence[tuple[int, str]], owner: int, decisive: Collection[int]) -> None:
    session, shell = kernel.session, kernel.shell
    for index, source in cells:
        session.latest_cell = index
        current_cell.set(index)
        kernel.set_parent([b""], _request(index))
        session.emit(encode({"type": "start", "cell": index, "content": {"count": shell.execution_count}}))
        signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            reply = await kernel.do_execute(source, silent=False, store_history=True, allow_stdin=False)
        except KeyboardInterrupt:
            reply = {"status": "error", "ename": "KeyboardInterrupt", "evalue": "", "traceback": []}
        finally:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        if os.getpid() != owner:
            os._exit(0)
        sys.stdout.flush()
        sys.stderr.flush()
        content = {key: reply.get(key) for key in ("status", "ename", "evalue", "traceback")}
        session.emit(encode({"type": "end", "cell": index, "content": content}))
        if index in decisive and content["status"] == "error":
            return
        await _settle_tasks()


def _request(index: int) -> dict[str, Any]:
    name = f"cell-{index}"
    header = {"msg_id": name, "msg_type": "execute_request", "session": "", "username": "", "version": "5.4"}
    return {"header": header, "msg_id": name, "parent_header": {}, "metadata": {}, "content": {}}


async def _settle_tasks() -> None:
    """Let tasks that a cell left behind go on for a moment, as they do between cells in a kernel."""
    for _ in range(_SETTLING_TURNS):
        if len(asyncio.all_tasks()) == 1:
            return
        await asyncio.sleep(0)


def _finish() -> None:
    """Do what the end of a kernel does that can be seen from outside: exit handlers, and files left open."""
    atexit._run_exitfuncs()
    for item in gc.get_objects():
        if isinstance(item, io.TextIOWrapper | io.BufferedWriter | io.BufferedRandom) and not item.closed:
            try:
                item.flush()
            except (OSError, ValueError):  # nobody is left to tell
                continue
