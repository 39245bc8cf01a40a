"""What the process that grades and the warm process that forks say to each other, over a Unix socket.

Each message is a frame of MessagePack; the descriptors that a new process gets travel beside it.
"""

from __future__ import annotations

import socket
import struct

import msgspec

_LENGTH = struct.Struct(">I")
_MOST_DESCRIPTORS = 16


class Load(msgspec.Struct, frozen=True, tag=True):
    """Import modules, so that every fork has them."""

    modules: tuple[str, ...]


class Spawn(msgspec.Struct, frozen=True, tag=True):
    """Fork a process and shut it in.

    Attributes:
        entry: the function that it calls, as `package.module:function`, with the warm kernel, this struct and the
            numbers of its descriptors.
        folder: its working directory.
        scratch: a folder for its temporary files.
        environment: variables set in addition to those of the warm process.
        options: what `entry` needs to know; no learner's text and no test.
        hidden: folders of the submission's box that it must not see, another process's.
    """

    entry: str
    folder: str
    scratch: str
    environment: dict[str, str] = {}
    options: bytes = b""
    hidden: tuple[str, ...] = ()


class Signal(msgspec.Struct, frozen=True, tag=True):
    """Send a signal to a process and to what it started, as far as that stayed in its group."""

    child: int
    number: int


class Kill(msgspec.Struct, frozen=True, tag=True):
    """Kill a process and all that it started."""

    child: int


class Loaded(msgspec.Struct, frozen=True, tag=True):
    """The answer to `Load`: modules that must not be imported beforehand."""

    unfit: tuple[str, ...]


class Spawned(msgspec.Struct, frozen=True, tag=True):
    """The answer to `Spawn`: the process's id; or why there is none."""

    child: int
    problem: str = ""


class Ended(msgspec.Struct, frozen=True, tag=True):
    """A process has ended, and nothing of it is left.

    Attributes:
        child: its id.
        status: its exit status, negative for a signal; nothing if it is not known.
        memory: the most memory that it, or a process that it started, had at a time, in MiB.
        exceeded: the limit that it was killed for; empty if for none.
        refused: the system calls that were refused and nobody makes by chance, and how often each was tried.
    """

    child: int
    status: int | None
    memory: float
    exceeded: str = ""
    refused: dict[str, int] = {}


Message = Load | Spawn | Signal | Kill | Loaded | Spawned | Ended

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Message).decode


def send(to: socket.socket, message: Message, descriptors: tuple[int, ...] = ()) -> None:
    """Send a message, with descriptors if there are any."""
    data = _encode(message)
    data = _LENGTH.pack(len(data)) + data
    sent = socket.send_fds(to, [data], descriptors) if descriptors else to.send(data)
    if sent < len(data):
        to.sendall(data[sent:])


def receive(source: socket.socket) -> tuple[Message | None, list[int]]:
    """Return the next message and the descriptors that came with it; nothing when the other side has ended."""
    try:
        header, descriptors, _, _ = socket.recv_fds(source, _LENGTH.size, _MOST_DESCRIPTORS)
        header += _exactly(source, _LENGTH.size - len(header)) if header else b""
        if len(header) < _LENGTH.size:
            return None, descriptors
        (length,) = _LENGTH.unpack(header)
        data = _exactly(source, length)
    except ConnectionResetError:
        return None, []
    return (_decode(data), descriptors) if len(data) == length else (None, descriptors)


def _exactly(source: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        part = source.recv(size - len(data))
        if not part:
            break
        data += part
    return data
