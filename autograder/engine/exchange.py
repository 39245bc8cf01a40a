"""A forked program is given something to read, and what it writes is gathered, until it ends or its time is over."""

from __future__ import annotations

import os
import select
import time
from typing import Final

import msgspec

from autograder.engine.control import Ended, Spawn
from autograder.engine.forking import Zygote
from autograder.engine.running import CoordinatorGoneError

_PIECE: Final = 1 << 16
_MOST_ERRORS: Final = 1 << 20


class Exchanged(msgspec.Struct, frozen=True):
    """What a program wrote, and how it ended.

    Attributes:
        answer: what it wrote to standard output.
        errors: what it wrote to standard error, at most 1 MiB.
        end: how it ended.
        timed_out: whether it was killed because its time was over.
        too_much: whether it was killed because it wrote too much.
    """

    answer: bytes
    errors: bytes
    end: Ended
    timed_out: bool
    too_much: bool


def exchange(
    warm: Zygote, wish: Spawn, request: bytes, *, seconds: float, most: int, watched: int | None = None
) -> Exchanged:
    """Have a process forked that reads `request` from descriptor 3, and gather what it writes.

    Args:
        warm: the warm process.
        wish: what is to be run.
        request: what it reads.
        seconds: wall time that it may take, in seconds.
        most: bytes that it may write.
        watched: a descriptor; when its other side closes, the process is killed.

    Raises:
        CoordinatorGoneError: the other side of `watched` was closed.
    """
    (answers, stdout), (errors, stderr), (source, requests) = os.pipe(), os.pipe(), os.pipe()
    try:
        child = warm.spawn(wish, (stdout, stderr, source))
    finally:
        for descriptor in (stdout, stderr, source):
            os.close(descriptor)
    for descriptor in (answers, errors, requests):
        os.set_blocking(descriptor, False)
    gathered = {answers: bytearray(), errors: bytearray()}
    left = memoryview(request)
    until = time.monotonic() + seconds
    timed_out = too_much = False
    poll = select.poll()
    for descriptor in (answers, errors, warm.fileno()):
        poll.register(descriptor, select.POLLIN)
    poll.register(requests, select.POLLOUT)
    if watched is not None:
        poll.register(watched, 0)
    open_ends = {answers, errors, requests}
    try:
        while child.end is None:
            ready = poll.poll(max(0.0, until - time.monotonic()) * 1000 + 1)
            for descriptor, event in ready:
                if descriptor == watched:
                    raise CoordinatorGoneError
                if descriptor == warm.fileno():
                    warm.take()
                elif descriptor == requests:
                    left = _write(requests, left)
                    if not left or event & ~select.POLLOUT:
                        poll.unregister(requests)
                        os.close(requests)
                        open_ends.discard(requests)
                elif event & select.POLLIN:
                    gathered[descriptor] += os.read(descriptor, _PIECE)
                else:
                    poll.unregister(descriptor)
            too_much = len(gathered[answers]) > most
            timed_out = time.monotonic() > until
            if too_much or timed_out:
                child.kill()
                break
        end = child.wait()
        for descriptor in (answers, errors):
            _drain(descriptor, gathered[descriptor], most)
    finally:
        child.kill()
        child.wait()
        for descriptor in open_ends:
            os.close(descriptor)
    return Exchanged(bytes(gathered[answers]), bytes(gathered[errors][:_MOST_ERRORS]), end, timed_out, too_much)


def _write(descriptor: int, data: memoryview) -> memoryview:
    try:
        return data[os.write(descriptor, data) :]
    except BlockingIOError:
        return data
    except BrokenPipeError:
        return data[:0]


def _drain(descriptor: int, gathered: bytearray, most: int) -> None:
    while len(gathered) <= most:
        try:
            data = os.read(descriptor, _PIECE)
        except BlockingIOError:
            return
        if not data:
            return
        gathered += data
