"""What happens in a forked child: one notebook's cells, in a process of its own, from a clean start.

This is the only module that runs beside the learner's code. It gets cells through one pipe and gives back plain bytes
through another; nothing that it says is trusted by the process that reads it.
"""

from __future__ import annotations

import asyncio
import atexit
import fcntl
import gc
import io
import os
import random
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec

from autograder.engine.control import Spawn
from autograder.engine.frames import read_frame, write_frame
from autograder.engine.kernel import current_cell, encode
from autograder.sandbox import syscalls

_SETTLING_TURNS = 50

Given = tuple[int, str, str]
"""A cell to be run: its index in the notebook, its text, and a word that the process repeats with its start and end."""


def settle(
    wish: Spawn, descriptors: Sequence[int], mouth: int | None, confine: Callable[[Spawn, int | None], None]
) -> list[int]:
    """Give a forked process its own session, descriptors, cell, folder, environment and chance.

    Args:
        wish: what was asked for.
        descriptors: the first two become standard output and error, the others follow from number 3 on.
        mouth: a descriptor that `confine` needs and closes.
        confine: what shuts the process in, called before anything of the learner's.

    Returns:
        The numbers of the others.
    """
    os.setsid()
    _die_with_parent()
    for number in (signal.SIGTERM, signal.SIGTSTP, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    own = _arrange([*descriptors, *([] if mouth is None else [mouth])])
    confine(wish, None if mouth is None else own.pop())
    os.chdir(wish.folder)
    os.environ.update(wish.environment)
    os.environ["TMPDIR"] = wish.scratch
    os.environ["JPY_PARENT_PID"] = str(os.getppid())
    tempfile.tempdir = None
    random.seed()
    numpy = sys.modules.get("numpy")
    if numpy is not None and "numpy.random" in sys.modules:
        numpy.random.seed()
    sys.path.insert(_own_folder_place(), "")
    gc.enable()
    return own


def _arrange(descriptors: Sequence[int]) -> list[int]:
    """Put descriptors where they belong, and close all others."""
    # First out of the way of each other: one may already have a number that another is to get.
    high = [fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, 100) for descriptor in descriptors]
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    for target, descriptor in enumerate(high, 1):
        os.dup2(descriptor, target, inheritable=target < 3)
    os.closerange(1 + len(high), 1 << 16)
    return list(range(3, 1 + len(high)))


class CellOptions(msgspec.Struct, frozen=True):
    """How `run_cells` runs cells.

    Attributes:
        decisive: the cells whose failure ends the run.
        given: the instructor's cells, before which what learner's code changed is put right; empty for none.
        tests: those of them that are tests.
        answers: the names that are the learner's to define.
    """

    decisive: tuple[int, ...] = ()
    given: tuple[int, ...] = ()
    tests: tuple[int, ...] = ()
    answers: tuple[str, ...] = ()


_USUAL = CellOptions()
# made before the fork: a decoder takes a while to learn what it decodes
_decode_options = msgspec.msgpack.Decoder(CellOptions).decode
_decode_given = msgspec.msgpack.Decoder(Given).decode


def run_cells(kernel: Any, wish: Spawn, descriptors: Sequence[int]) -> None:
    """Run cells until no more come.

    Args:
        kernel: the warm kernel.
        wish: what was asked for, with `CellOptions`.
        descriptors: where its messages go; where the cells come from, each when the one before it has ended.
    """
    messages, commands = descriptors
    options = _decode_options(wish.options)
    run_given(kernel, _coming(commands), messages, Path(wish.scratch), options)


def run_given(kernel: Any, cells: Iterable[Given], messages: int, place: Path, options: CellOptions = _USUAL) -> None:
    """Run cells, and end as a kernel does.

    Args:
        kernel: the warm kernel.
        cells: the cells.
        messages: where what the kernel says goes.
        place: a folder for what IPython keeps.
        options: how to run them.
    """
    # What `%store` keeps is the submission's own.
    kernel.shell.profile_dir._trait_values["location"] = str(place / "ipython")
    _run_cells(kernel, cells, messages, options)
    _finish()


def _own_folder_place() -> int:
    """Return where in `sys.path` a kernel has its working directory: behind the standard library."""
    names = [path.rpartition("/")[2] for path in sys.path]
    return next((names.index(name) for name in names if name in ("site-packages", "dist-packages")), 0)


def _die_with_parent() -> None:
    if sys.platform == "linux":
        syscalls.prctl(syscalls.PR_SET_PDEATHSIG, signal.SIGKILL)


def _run_cells(kernel: Any, cells: Iterable[Given], messages: int, options: CellOptions) -> None:
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

    play(kernel, cells, emit, options)


def _coming(commands: int) -> Iterator[Given]:
    """Give cells as they come: the text of one is here only when it is to be run."""
    while (frame := read_frame(commands)) is not None:
        yield _decode_given(frame)


def play(kernel: Any, cells: Iterable[Given], emit: Callable[[bytes], None], options: CellOptions = _USUAL) -> None:
    """Run cells in this process.

    Args:
        kernel: the kernel.
        cells: the cells to run.
        emit: takes what the kernel says, and the start and end of each cell.
        options: how to run them.
    """
    kernel.session.emit = emit
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    kernel.io_loop = SimpleNamespace(add_callback=loop.call_soon_threadsafe, call_later=loop.call_later, stop=_nothing)
    loop.run_until_complete(_main(kernel, cells, os.getpid(), options))


def _nothing() -> None:
    """Do nothing on a notebook's `exit()`: a kernel would stop at some time after, in the middle of any later cell."""


async def _main(kernel: Any, cells: Iterable[Given], owner: int, options: CellOptions) -> None:
    session, shell = kernel.session, kernel.shell
    guard = getattr(kernel, "guard", None) if options.given else None
    for index, source, token in cells:
        session.latest_cell = index
        current_cell.set(index)
        kernel.set_parent([b""], _request(index))
        pinning, noticed = _guarded(guard, index, source, options)
        if noticed:
            session.emit(encode({"type": "noticed", "cell": index, "content": {"what": noticed}}))
        content = {"count": shell.execution_count, "token": token}
        session.emit(encode({"type": "start", "cell": index, "content": content}))
        if pinning is not None:
            shell.ast_transformers.append(pinning)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            reply = await kernel.do_execute(source, silent=False, store_history=True, allow_stdin=False)
        except KeyboardInterrupt:
            reply = {"status": "error", "ename": "KeyboardInterrupt", "evalue": "", "traceback": []}
        finally:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        if os.getpid() != owner:
            os._exit(0)
        if pinning is not None:
            shell.ast_transformers[:] = [one for one in shell.ast_transformers if one is not pinning]
        if guard is not None:
            guard.end(index, options.given)
        sys.stdout.flush()
        sys.stderr.flush()
        content = {key: reply.get(key) for key in ("status", "ename", "evalue", "traceback")}
        content |= {"token": token, "result": _number(shell.last_execution_result)}
        session.emit(encode({"type": "end", "cell": index, "content": content}))
        if index in options.decisive and content["status"] == "error":
            return
        await _settle_tasks()


def _guarded(guard: Any, index: int, source: str, options: CellOptions) -> tuple[Any, list[str]]:
    """Put right what learner's code changed, before a cell of the instructor's.

    Returns:
        What makes a test use the names that its author meant, if there is need; and what was changed, in words.
    """
    if guard is None or index not in options.given:
        return None, []
    noticed = guard.begin(index, options.given)
    if index not in options.tests:
        return None, noticed
    pinning, hidden = guard.pinning(source, options.answers)
    return pinning, [*noticed, *hidden, *guard.threads()]


def _number(execution: Any) -> str | None:
    """Return the number that a cell's last expression gave, as text; nothing if it gave none, or something else."""
    result = getattr(execution, "result", None)
    if type(result) is int or type(result) is float or type(result) is bool:
        return repr(result)
    return None if result is None else ""


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
