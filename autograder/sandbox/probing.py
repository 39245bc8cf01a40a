"""Whether the layers hold: canaries are set out before the sandbox is entered, and one that is inside goes for them.

A probe that finds nothing may be blind, so each has a control: the same thing is tried from outside first, where it
must succeed.
"""

from __future__ import annotations

import contextlib
import json
import mmap
import os
import socket
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Final

import msgspec

from autograder.engine.control import Spawn
from autograder.engine.exchange import exchange
from autograder.engine.forking import Zygote
from autograder.sandbox import landlock, root, view
from autograder.sandbox.box import open_box
from autograder.sandbox.settings import LAYERS, Level, Settings

_SECONDS: Final = 30.0
_MOST: Final = 100_000
_OFF: Final = "it is switched off"
_DEAF: Final = (
    "System calls are refused without being told: the kernel is older than 5.0, or another program around this one "
    "listens to them."
)

PROBED_CALL: Final = "process_vm_readv"
"""The system call by which the probe tries the filter; one of those that are told."""


class Task(msgspec.Struct, frozen=True):
    """What the probe inside goes for.

    Attributes:
        hidden: a folder of the host that must not be there.
        worker: the id of the worker's process, which must not be seen.
        port: a TCP port on the host's loopback that must not answer.
        name: the name of an abstract socket of the host's that must not answer.
        namespaces: the host's IPC and UTS namespaces, as `/proc` names them.
        canary: a file that only Landlock keeps from being read.
        address_space: MiB that one process may have.
        disk: MiB, and number of files, that the submission's folder may hold.
    """

    hidden: str
    worker: int
    port: int
    name: str
    namespaces: tuple[str, str]
    canary: str
    address_space: int
    disk: tuple[int, int]


class Canaries:
    """What is set out before the sandbox is entered; a context manager, which takes it in again.

    Args:
        settings: which layers there are to be.

    Attributes:
        blind: layers that can't be probed, and why.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.blind: dict[str, str] = {}
        self.sockets: list[socket.socket] = []
        self._file = ""

    def __enter__(self) -> Canaries:
        if not self._settings.wanted:
            return self
        self._hidden = self._find_hidden()
        tcp, unix = socket.socket(), socket.socket(socket.AF_UNIX)
        self.sockets += [tcp, unix]
        self._name = f"\0autograder-canary-{os.getpid()}"
        try:
            tcp.bind(("127.0.0.1", 0))
            unix.bind(self._name if Path("/proc/self/ns").is_dir() else "")
            for one in self.sockets:
                one.listen()
            self._port = tcp.getsockname()[1]
            if not (answers_tcp(self._port) and answers_unix(self._name)):
                self.blind["network"] = "not even from outside does a socket of this machine answer"
        except OSError as error:
            self._port = 0
            self.blind["network"] = f"no socket can be made to try it with: {error}"
        if not self._hidden:
            self.blind["files"] = "nothing was found that should be hidden"
        self._namespaces = namespaces()
        if "files" not in self._settings.wanted:
            descriptor, self._file = tempfile.mkstemp(prefix="autograder-canary-")
            os.write(descriptor, b"canary")
            os.close(descriptor)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for one in self.sockets:
            one.close()
        if self._file:
            Path(self._file).unlink(missing_ok=True)

    def task(self) -> Task:
        """Return what the probe goes for."""
        limits = self._settings.limits
        return Task(
            self._hidden,
            os.getpid(),
            self._port,
            self._name,
            self._namespaces,
            self._file or root.CANARY,
            limits.address_space,
            (limits.disk, limits.files),
        )

    def look_from_outside(self) -> None:
        """Note for which layers the probe would be blind, now that the sandbox has been entered."""
        canary = Path(self._file or root.CANARY)
        if not canary.is_file():
            self.blind["landlock"] = f"{canary} is not there to be kept from being read"
        try:
            mmap.mmap(-1, (self._settings.limits.address_space + 64) << 20).close()
        except (OSError, ValueError) as error:
            self.blind["limits"] = f"not even outside can that much memory be asked for: {error}"

    def _find_hidden(self) -> str:
        """Return a folder of the host that nothing shows; the course, if this was started in it."""
        shown = [os.path.realpath(path) for path in view.visible(self._settings.allow_read)]
        for path in (str(Path.cwd()), str(Path.home()), "/var/lib", "/root", "/home", "/boot", "/srv"):
            real = os.path.realpath(path)
            near = any(f"{real}/".startswith(f"{other}/") or f"{other}/".startswith(f"{real}/") for other in shown)
            if Path(real).is_dir() and real != "/" and not near:
                return real
        return ""


def answers_tcp(port: int) -> bool:
    """Return whether something listens on a port of the loopback."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def answers_unix(name: str) -> bool:
    """Return whether something listens on an abstract Unix socket."""
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(name) == 0


def namespaces() -> tuple[str, str]:
    """Return this process's IPC and UTS namespaces."""
    names = []
    for kind in ("ipc", "uts"):
        with contextlib.suppress(OSError):
            names.append(str(Path(f"/proc/self/ns/{kind}").readlink()))
    return (names[0], names[1]) if len(names) == 2 else ("", "")


def probe(warm: Zygote, canaries: Canaries) -> Level:
    """Return which layers hold.

    Args:
        warm: the warm process; one of its forks is the probe.
        canaries: what was set out before.
    """
    settings = warm.settings
    if not settings.wanted:
        return Level(missing=dict.fromkeys(LAYERS, "--isolation none was asked for"))
    canaries.look_from_outside()
    with open_box(settings) as box:
        options = msgspec.msgpack.encode(canaries.task())
        wish = Spawn("autograder.sandbox.probes:report", str(box), str(box), options=options)
        found = exchange(warm, wish, b"", seconds=_SECONDS, most=_MOST)
    try:
        gaps: dict[str, str] = json.loads(found.answer)
    except ValueError:
        said = found.errors.decode("utf-8", "replace").strip().splitlines()[-1:]
        gaps = dict.fromkeys(LAYERS, f"the probe came to its end before it could say ({''.join(said) or found.end})")
    missing: dict[str, str] = {}
    for layer in LAYERS:
        if layer not in settings.wanted:
            missing[layer] = f"{_OFF}: {gaps[layer]}" if layer in gaps else _OFF
        elif layer in gaps:
            missing[layer] = gaps[layer]
        elif layer in canaries.blind:
            missing[layer] = f"it can't be tried: {canaries.blind[layer]}"
    if "landlock" in settings.wanted and not landlock.version():
        missing["landlock"] = "the kernel has no Landlock, or it is not switched on (lsm=landlock,…)"
    deaf = "seccomp" not in missing and PROBED_CALL not in found.end.refused
    return Level(tuple(layer for layer in LAYERS if layer not in missing), missing, (_DEAF,) if deaf else ())
