"""Harm by taking all there is: processes, memory, disk, output, time. Each case is bounded, in case it succeeds."""

from __future__ import annotations

from typing import Any

from harness import Case, Mode

_STUB = "\ndef double(x): return 0"


def _case(name: str, code: str, mode: Mode | None = None, **more: Any) -> Case:
    """Return a case; one that waits for the end of its time is tried in one mode only."""
    if mode is not None:
        more["modes"] = (mode,)
    return Case(name, "harm", answers={"double": f"import os, sys\n{code}{_STUB}"}, **more)


_FORKS = """
import time
_made = []
try:
    for _ in range(250):
        _pid = os.fork()
        if _pid == 0:
            time.sleep(1)
            os._exit(0)
        _made.append(_pid)
except OSError:
    pass
if len(_made) == 250:
    print('UN' + 'LIMITED')
"""
_THREADS = """
import threading, time
try:
    for _ in range(1000):
        threading.Thread(target=time.sleep, args=(1,), daemon=True).start()
    print('UN' + 'LIMITED')
except RuntimeError:
    pass
"""
_FILES = """
try:
    for _n in range(6000):
        open(f'f{_n}', 'w').close()
    print('UN' + 'LIMITED')
except OSError:
    pass
"""
_DISK = """
_block = b'x' * (1 << 20)
try:
    for _n in range(4):
        with open(f'big{_n}', 'wb') as _file:
            for _ in range(50):
                _file.write(_block)
    print('UN' + 'LIMITED')
except OSError:
    pass
"""
_DEAF = """
import signal, time
signal.signal(signal.SIGINT, signal.SIG_IGN)
signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
while True:
    try:
        while True:
            time.sleep(0.01)
    except BaseException:
        pass
"""
_CHILDREN_MEMORY = """
import time
_there, _told = os.pipe()
for _ in range(6):
    if os.fork() == 0:
        _data = bytearray(b'x') * (200 << 20)
        os.write(_told, b'x')
        time.sleep(30)
        os._exit(0)
for _ in range(6):
    os.read(_there, 1)
time.sleep(1.5)
print('UN' + 'LIMITED')
"""


def _unlimited(bench: Any, result: Any) -> str:
    # the cases put the word together, because a traceback shows their text
    return "there was no limit" if "UNLIMITED" in bench._told(result) else ""


CASES = [
    _case("forks without end", _FORKS, modes=("shared",), achieved=_unlimited),
    _case("starts threads without end", _THREADS, modes=("sealed",), achieved=_unlimited),
    _case(
        "takes memory",
        "try:\n    data = [bytearray(b'x') * (100 << 20) for _ in range(20)]\n    print('UN' + 'LIMITED')\n"
        "except MemoryError:\n    pass",
        "shared",
        achieved=_unlimited,
    ),
    _case("takes memory in many processes", _CHILDREN_MEMORY, "sealed", achieved=_unlimited),
    _case("fills the disk", _DISK, modes=("sealed",), achieved=_unlimited),
    _case("makes files without end", _FILES, modes=("shared",), achieved=_unlimited),
    _case("makes a file with a hole", "open('hole', 'wb').truncate(1 << 40)"),
    _case(
        "fills the shared memory",
        "try:\n    with open('/dev/shm/redteam', 'wb') as f:\n        for _ in range(150): f.write(b'x' * (1 << 20))\n"
        "    os.unlink('/dev/shm/redteam')\n    print('UN' + 'LIMITED')\n"
        "except OSError:\n    try: os.unlink('/dev/shm/redteam')\n    except OSError: pass",
        modes=("shared",),
        achieved=_unlimited,
    ),
    _case(
        "opens files without end",
        "import resource\n_kept = []\ntry:\n    for _ in range(5000): _kept.append(os.open('/dev/null', 0))\n"
        "    print('UN' + 'LIMITED')\nexcept OSError:\n    pass\nfinally:\n    for fd in _kept: os.close(fd)",
        modes=("sealed",),
        achieved=_unlimited,
    ),
    _case(
        "makes folders without end",
        "_here = os.getcwd()\ntry:\n    for _ in range(1500):\n        os.mkdir('d' * 50)\n        os.chdir('d' * 50)\n"
        "except OSError:\n    pass\nos.chdir(_here)",
        modes=("sealed",),
    ),
    _case(
        "makes files with names that break things",
        "for n in (b'\\xff\\xfe', b'new\\nline', b'-rf', b'\\x1b[31m', b'a' * 255, '\\u202e.txt'.encode()):\n"
        "    open(n, 'w').close()",
    ),
    _case("floods its output", "for _ in range(150): print('x' * 100_000)", modes=("sealed",)),
    _case(
        "floods its output through programs",
        "import subprocess\nsubprocess.run('head -c 15000000 /dev/zero; head -c 15000000 /dev/zero >&2', shell=True)",
        modes=("shared",),
    ),
    _case("floods with displays", "for n in range(1500): display(n)", modes=("sealed",)),
    _case("raises an error with a huge message", "raise ValueError('x' * 12_000_000)", modes=("shared",)),
    _case("recurses through C", "import json\nx = []\nfor _ in range(100_000): x = [x]\nrepr(x)"),
    _case("never ends", "while True: pass", "shared"),
    _case("never ends, and ignores all signals", _DEAF, "sealed"),
    _case("never ends, in C", "import re\nre.match('(a+)+$', 'a' * 40 + 'b')", "shared"),
    Case(
        "never ends while it is tested",
        "harm",
        answers={"double": "def double(x):\n    while True: pass"},
        modes=("sealed",),
    ),
    _case("stops itself", "import signal\nos.kill(os.getpid(), signal.SIGSTOP)", "shared"),
    _case("stops its whole group", "import signal\nos.killpg(0, signal.SIGSTOP)", "sealed"),
    _case("waits for input", "try: input()\nexcept BaseException: pass\nsys.stdin.read()\nos.read(0, 1)"),
    _case(
        "waits for input of a program",
        "import subprocess\nsubprocess.run(['cat'], check=False)\nsubprocess.run(['sh', '-c', 'read x </dev/tty'])",
    ),
    _case("never ends at its exit", "import atexit, time\natexit.register(time.sleep, 60)", "shared"),
    _case(
        "goes on in a thread that can't be stopped",
        "import threading\ndef work():\n    while True: print('x')\nthreading.Thread(target=work, daemon=True).start()",
        "shared",
    ),
    _case("closes all descriptors", "os.closerange(0, 200)"),
    _case("crashes the interpreter", "import ctypes\nctypes.string_at(0)"),
    _case(
        "crashes with an exhausted stack",
        "import sys\nsys.setrecursionlimit(10**8)\ndef f(): return f()\nf()",
        "sealed",
    ),
    _case("aborts", "os.abort()"),
]
