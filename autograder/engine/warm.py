"""A warm process: IPython and an assignment's imports are loaded once, and every submission is a fork of it.

Started as `python -m autograder.engine`. It reads requests from standard input and answers on standard output,
both as frames of MessagePack; it has no threads, so that forking is safe, and never runs a learner's code itself.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import importlib.util
import os
import shutil
import signal
import sys
import tempfile
import traceback
import warnings
from collections.abc import Iterable
from typing import Any

import msgspec

from autograder.engine.frames import read_frame, write_frame
from autograder.engine.grading import grade_job
from autograder.engine.jobs import Answer, Assignment, Request
from autograder.engine.kernel import build_kernel
from autograder.engine.running import CoordinatorGoneError, reap_orphans

_PR_SET_CHILD_SUBREAPER = 36
_COMMON = ("pytest", "autograder.student")


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
        if request.assignment is not None:
            known[request.assignment.key] = request.assignment
            load(request.assignment.imports)
        assignment = known.get(request.job.assignment)
        outcome = None
        if assignment is not None:
            try:
                outcome = grade_job(kernel, request.job, assignment, requests)
            except CoordinatorGoneError:
                reap_orphans()
                return
        write_frame(answers, encode(Answer(outcome)))


def _take_over_descriptors() -> tuple[int, int]:
    """Move the pipes out of the way of what is printed, and see to it that orphans come to this process."""
    requests, answers = os.dup(0), os.dup(1)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    for number in (signal.SIGINT, signal.SIGTSTP):
        signal.signal(number, signal.SIG_IGN)  # Ctrl-C is the coordinator's to handle
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    return requests, answers


def _warm_up(profile: str) -> Any:
    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    kernel = build_kernel(profile)
    launcher = importlib.util.find_spec("ipykernel_launcher")
    sys.argv = [str(launcher and launcher.origin), "-f", "kernel.json", "--HistoryManager.hist_file=:memory:"]
    load(_COMMON)
    return kernel


def load(modules: Iterable[str]) -> None:
    """Import modules, so that every fork has them; one that can't be imported is left to the notebook."""
    for module in modules:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                importlib.import_module(module)
        except Exception:  # noqa: BLE001, S112 - a notebook that needs it will say so
            continue
    gc.collect()
    gc.freeze()
