"""Messages over a pipe: four bytes of length, then that many bytes."""

from __future__ import annotations

import os
import struct

_LENGTH = struct.Struct(">I")


class FrameError(ValueError):
    """What came is longer than anything that is ever sent: the other side is not to be trusted."""


def frame(data: bytes) -> bytes:
    """Return a message as it goes through the pipe."""
    return _LENGTH.pack(len(data)) + data


def write_frame(descriptor: int, data: bytes) -> None:
    """Write one message; blocks until all of it is written."""
    view = memoryview(frame(data))
    while view:
        view = view[os.write(descriptor, view) :]


def read_frame(descriptor: int) -> bytes | None:
    """Read one message; blocks until it is complete.

    Returns:
        The message, or nothing when the other side has closed the pipe.
    """
    header = _read(descriptor, _LENGTH.size)
    if header is None:
        return None
    return _read(descriptor, _LENGTH.unpack(header)[0])


def _read(descriptor: int, size: int) -> bytes | None:
    parts: list[bytes] = []
    while size:
        part = os.read(descriptor, min(size, 1 << 20))
        if not part:
            return None
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


class Frames:
    """Takes bytes as they come and gives the messages in them.

    Args:
        limit: the greatest length of a message, in bytes.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._buffer = bytearray()

    def feed(self, data: bytes) -> list[bytes]:
        """Return the messages that `data` completes.

        Raises:
            FrameError: a message claims to be longer than the limit.
        """
        self._buffer += data
        messages: list[bytes] = []
        start = 0
        while len(self._buffer) - start >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(self._buffer, start)
            if length > self._limit:
                raise FrameError(f"a message of {length} bytes")
            end = start + _LENGTH.size + length
            if len(self._buffer) < end:
                break
            messages.append(bytes(self._buffer[start + _LENGTH.size : end]))
            start = end
        del self._buffer[:start]
        return messages
