"""A worker: it grades submissions, and has their notebooks run by forks of a warm process beside it.

Started as `python -m autograder.engine`. It reads requests from standard input and answers on standard output,
both as frames of MessagePack. It never runs a learner's code; what it knows (tests, marks, other submissions) is in no
process that does, because the warm process was forked from it before the first request.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sys
import tempfile
import traceback

import msgspec

from autograder.engine import zygote
from autograder.engine.forking import Zygote, ZygoteDiedError
from autograder.engine.frames import read_frame, write_frame
from autograder.engine.jobs import Answer, Assignment, Outcome, Ready, Request
from autograder.sandbox import syscalls
from autograder.sandbox.cell import CLOSING, Warden
from autograder.sandbox.entering import SandboxError, enter
from autograder.sandbox.probing import Canaries, probe
from autograder.sandbox.settings import Level, Settings

_DEFECT = "The grader itself failed on it, with {kind}: {error}. This is a defect: report it with the lines above."


def serve() -> None:
    """Answer requests until standard input closes; the first frame holds the settings of the sandbox."""
    requests, answers = _take_over_descriptors()
    frame = read_frame(requests)
    if frame is None:
        return
    settings = msgspec.msgpack.decode(frame, type=Settings)
    with Canaries(settings) as canaries:
        try:
            enter(settings)
        except SandboxError as error:
            missing = dict.fromkeys(sorted(error.layers), error.reason)
            write_frame(answers, msgspec.msgpack.encode(Ready(Level(missing=missing), error.reason)))
            return
        _work(settings, canaries, requests, answers)


def _work(settings: Settings, canaries: Canaries, requests: int, answers: int) -> None:
    profile = tempfile.mkdtemp(prefix="autograder-ipython-")
    foreign = (requests, answers, *(one.fileno() for one in canaries.sockets))
    try:
        warm = Zygote(lambda control: _serve_forks(control, profile, settings, foreign), settings)
        try:
            write_frame(answers, msgspec.msgpack.encode(Ready(probe(warm, canaries))))
            _answer(warm, requests, answers)
        finally:
            warm.close()
    except Exception:  # noqa: BLE001 - said, then the process ends
        traceback.print_exc()
        raise SystemExit(1) from None
    finally:
        shutil.rmtree(profile, ignore_errors=True)


def _serve_forks(control: socket.socket, profile: str, settings: Settings, foreign: tuple[int, ...]) -> None:
    """Be the warm process."""
    from autograder.engine.warming import load, warm_up  # IPython, which the worker itself has no use for

    for descriptor in foreign:
        os.close(descriptor)
    _adopt_orphans()
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # it ends when the worker does
    try:
        make_cell: zygote.MakeCell = zygote.OpenCell
        if settings.wanted & CLOSING:
            make_cell = Warden(settings).make_cell
        zygote.serve(control, lambda: warm_up(profile), load, make_cell)
    except BrokenPipeError:  # the worker was ended in the middle of a question
        return
    except Exception:  # noqa: BLE001 - said, then the process ends
        traceback.print_exc(file=sys.__stderr__)  # sys.stderr is the notebook's by now


def _answer(warm: Zygote, requests: int, answers: int) -> None:
    from autograder.engine.running import CoordinatorGoneError

    decode = msgspec.msgpack.Decoder(Request).decode
    encode = msgspec.msgpack.Encoder().encode
    known: dict[str, Assignment] = {}
    while (frame := read_frame(requests)) is not None:
        request = decode(frame)
        try:
            answer = _answer_one(warm, request, known, requests)
        except CoordinatorGoneError:
            return
        except ZygoteDiedError:
            raise
        except Exception as error:  # noqa: BLE001 - said for this submission; the others must not pay for it
            traceback.print_exc()
            answer = Answer(Outcome(problem=_DEFECT.format(kind=type(error).__name__, error=error)))
        write_frame(answers, encode(answer))


def _answer_one(warm: Zygote, request: Request, known: dict[str, Assignment], watched: int) -> Answer:
    from autograder.engine.grading import grade_job, run_only

    wanted = request.execution or request.assignment
    if wanted is not None and (unfit := warm.load(wanted.imports)):
        return Answer(None, unfit)
    if request.assignment is not None:
        known[request.assignment.key] = request.assignment
    if request.execution is not None:
        return Answer(run_only(warm, request.execution, watched))
    assert request.job is not None
    assignment = known.get(request.job.assignment)
    return Answer(grade_job(warm, request.job, assignment, watched) if assignment is not None else None)


def _take_over_descriptors() -> tuple[int, int]:
    """Move the pipes out of the way of what is printed; leave Ctrl-C to the coordinator."""
    requests, answers = os.dup(0), os.dup(1)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    signal.signal(signal.SIGTERM, _leave)
    for number in (signal.SIGINT, signal.SIGTSTP):
        signal.signal(number, signal.SIG_IGN)  # Ctrl-C is the coordinator's to handle
    _adopt_orphans()
    return requests, answers


def _adopt_orphans() -> None:
    """See to it that what children leave behind comes to this process; it is not inherited."""
    if sys.platform == "linux":
        syscalls.prctl(syscalls.PR_SET_CHILD_SUBREAPER, 1)


def _leave(number: int, frame: object) -> None:
    """End in good order: what runs is killed, what was laid out is removed."""
    raise SystemExit(0)
