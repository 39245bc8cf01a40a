"""Hearing which system calls were refused: the kernel asks before it refuses those that nobody makes by chance.

A filter that asks has a listener, a descriptor that the process outside gets; it answers each question with "operation
not permitted". See seccomp_unotify(2); Linux has it since 5.0.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import select
import socket
import struct
from collections import Counter
from collections.abc import Mapping
from typing import Final

from autograder.sandbox.seccomp import PURPOSES, Filter, call_name

_RECEIVE: Final = 0xC0502100  # SECCOMP_IOCTL_NOTIF_RECV
_SEND: Final = 0xC0182101  # SECCOMP_IOCTL_NOTIF_SEND
_QUESTION: Final = struct.Struct("=QIIiIQ6Q")  # struct seccomp_notif
_ANSWER: Final = struct.Struct("=QqiI")  # struct seccomp_notif_resp
_MOST_AT_ONCE: Final = 100


class Refusals:
    """What was refused in one cell.

    Attributes:
        calls: the names of system calls, and how often each was tried.
    """

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()
        self._ear, self._mouth = socket.socketpair()
        self._listener = -1

    @property
    def mouth(self) -> int:
        """The descriptor that the forked process keeps until it has put its filter on."""
        return self._mouth.fileno()

    def fileno(self) -> int:
        """Return the descriptor that can be read from when there is something to `hear`; -1 if there never will be."""
        return self._listener if self._listener >= 0 else self._ear.fileno()

    def forked(self) -> None:
        """Note, outside, that the process is there."""
        self._mouth.close()

    def hear(self) -> None:
        """Take what has come: the listener, or questions."""
        if self._listener < 0:
            _, descriptors, _, _ = socket.recv_fds(self._ear, 1, 1)
            self._ear.close()
            self._listener = descriptors[0] if descriptors else -1
            return
        poll = select.poll()
        poll.register(self._listener, select.POLLIN)
        for _ in range(_MOST_AT_ONCE):
            events = poll.poll(0)
            if not events:
                return
            if not events[0][1] & select.POLLIN:  # the last process has ended, or nearly: it may take a while yet
                self._forget_listener()
                return
            self._answer()

    def close(self) -> None:
        """Hear what was still asked, and listen no longer: the kernel then refuses by itself."""
        if self._ear.fileno() >= 0 and select.select([self._ear], [], [], 0)[0]:
            self.hear()
        if self._listener >= 0:
            self.hear()
        self._forget_listener()
        self._ear.close()
        self._mouth.close()

    def _forget_listener(self) -> None:
        if self._listener >= 0:
            os.close(self._listener)
            self._listener = -1

    def _answer(self) -> None:
        question = bytearray(_QUESTION.size)
        try:
            fcntl.ioctl(self._listener, _RECEIVE, question)
        except OSError as error:
            if error.errno == errno.ENOENT:  # who asked was killed meanwhile
                return
            raise
        number, _, _, call, *_ = _QUESTION.unpack(question)
        self.calls[call_name(call)] += 1
        with contextlib.suppress(FileNotFoundError):  # killed while it waited for the answer
            fcntl.ioctl(self._listener, _SEND, _ANSWER.pack(number, 0, -errno.EPERM, 0))


def put_on(filter_: Filter, mouth: int) -> None:
    """Put a filter on this process, and hand its listener out; where the kernel has none, calls are refused unheard.

    Args:
        filter_: the filter.
        mouth: the descriptor for it, which is closed.
    """
    with socket.socket(fileno=mouth) as out:
        listener = filter_.put_on()
        if listener is not None:
            socket.send_fds(out, [b"\0"], [listener])
            os.close(listener)


def in_words(calls: Mapping[str, int]) -> list[str]:
    """Say what was tried.

    >>> in_words({"umount2": 1, "mount": 3})
    ['it tried to mount a file system, which was refused (the system calls mount and umount2)']
    """
    said = []
    for purpose, names in PURPOSES.items():
        tried = [name for name in names if name in calls]
        if tried:
            listed = " and ".join(filter(None, (", ".join(tried[:-1]), tried[-1])))
            which = "the system call" if len(tried) == 1 else "the system calls"
            said.append(f"it tried to {purpose}, which was refused ({which} {listed})")
    return said
