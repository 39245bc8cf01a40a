"""A warm process: IPython and an assignment's imports are loaded once, and every submission is a fork of it.

Started as `python -m autograder.engine`. It reads requests from standard input and answers on standard output,
both as frames of MessagePack; it has no threads, so that forking is safe, and never runs a learner's code itself.
"""

from __future__ import annotations

import atexit
import ctypes
import gc
import importlib
import importlib.util
import os
import shutil
import signal
import sys
import tempfile
import threading
import traceback
from collections.abc import Iterable
from typing import Any

import msgspec

from autograder.engine.frames import read_frame, write_frame
from autograder.engine.grading import grade_job, run_only
from autograder.engine.jobs import Answer, Assignment, Outcome, Request
from autograder.engine.kernel import build_kernel
from autograder.engine.running import CoordinatorGoneError, reap_orphans
from autograder.engine.tracebacks import keep_tracebacks_cheap, rehearse

_PR_SET_CHILD_SUBREAPER = 36
_COMPANIONS = {
    "autograder.student": ("autograder.magics", "autograder.services"),
    "matplotlib": ("matplotlib_inline.backend_inline",),
    "matplotlib.pyplot": ("matplotlib_inline.backend_inline",),
}
_DEFECT = "The grader itself failed on it, with {kind}: {error}. This is a defect: report it with the lines above."
_HOOKS = ("ast_transformers", "input_transformers_post")


def serve() -> None:
    """Answer requests until standard input closes."""
    profile = tempfile.mkdtemp(prefix="autograder-ipython-")
    requests, answers = _take_over_descriptors()
    try:
        kernel = _warm_up(profile)
        _answer(kernel, requests, answers)
    except Exception:  # noqa: BLE001 - said, then the process ends
        traceback.print_exc(file=sys.__stderr__)  # sys.stderr is the notebook's by now
        raise SystemExit(1) from None
    finally:
        shutil.rmtree(profile, ignore_errors=True)


def _answer(kernel: Any, requests: int, answers: int) -> None:
    decode = msgspec.msgpack.Decoder(Request).decode
    encode = msgspec.msgpack.Encoder().encode
    known: dict[str, Assignment] = {}
    while (frame := read_frame(requests)) is not None:
        request = decode(frame)
        try:
            answer = _answer_one(kernel, request, known, requests)
        except CoordinatorGoneError:
            reap_orphans()
            return
        except Exception as error:  # noqa: BLE001 - said for this submission; the others must not pay for it
            traceback.print_exc(file=sys.__stderr__)
            answer = Answer(Outcome(problem=_DEFECT.format(kind=type(error).__name__, error=error)))
        write_frame(answers, encode(answer))


def _answer_one(kernel: Any, request: Request, known: dict[str, Assignment], watched: int) -> Answer:
    wanted = request.execution or request.assignment
    if wanted is not None and (unfit := load(kernel, wanted.imports)):
        return Answer(None, unfit)
    if request.assignment is not None:
        known[request.assignment.key] = request.assignment
    if request.execution is not None:
        return Answer(run_only(kernel, request.execution, watched))
    assert request.job is not None
    assignment = known.get(request.job.assignment)
    return Answer(grade_job(kernel, request.job, assignment, watched) if assignment is not None else None)


def _take_over_descriptors() -> tuple[int, int]:
    """Move the pipes out of the way of what is printed, and see to it that orphans come to this process."""
    requests, answers = os.dup(0), os.dup(1)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    signal.signal(signal.SIGTERM, _leave)
    for number in (signal.SIGINT, signal.SIGTSTP):
        signal.signal(number, signal.SIG_IGN)  # Ctrl-C is the coordinator's to handle
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    return requests, answers


def _leave(number: int, frame: object) -> None:
    """End in good order: what runs is killed, what was laid out is removed."""
    raise SystemExit(0)


def _warm_up(profile: str) -> Any:
    os.environ.pop("PYTHONSAFEPATH", None)  # it was for this process, not for what notebooks start
    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    kernel = build_kernel(profile)
    launcher = importlib.util.find_spec("ipykernel_launcher")
    sys.argv = [str(launcher and launcher.origin), "-f", "kernel.json", "--HistoryManager.hist_file=:memory:"]
    keep_tracebacks_cheap(kernel.shell)
    rehearse(kernel.shell)
    kernel.shell.reset(new_session=True)
    load(kernel, ())
    return kernel


def load(kernel: Any, modules: Iterable[str]) -> tuple[str, ...]:
    """Import modules, so that every fork has them; one that can't be imported is left to the notebook.

    Returns:
        Modules that must not be imported beforehand: they write something when they are imported, which a notebook
        would show, or start a thread, which a fork would lack.
    """
    written: list[bytes] = []
    unfit: list[str] = []
    kernel.session.emit = written.append
    for module in [one for name in modules for one in (name, *_COMPANIONS.get(name, ()))]:
        threads = threading.active_count()
        hooks = [list(getattr(kernel.shell, name)) for name in _HOOKS]
        try:
            importlib.import_module(module)
            if hooks != [list(getattr(kernel.shell, name)) for name in _HOOKS]:
                for name, hook in zip(_HOOKS, hooks, strict=True):
                    getattr(kernel.shell, name)[:] = hook
                del sys.modules[module]  # it changes the shell, which only a notebook that imports it may
        except BaseException:  # noqa: BLE001, S112 - a notebook that needs it will say so
            continue
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
        if written or threading.active_count() != threads:
            unfit.append(module)
            written.clear()
    kernel.session.emit = None
    atexit._clear()  # what imports left there is for the end of this process, not of a notebook
    gc.collect()
    gc.freeze()
    return tuple(unfit)
