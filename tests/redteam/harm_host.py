"""Harm to the host and to whoever comes next: files, programs, processes, what is left behind."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from harness import Bench, Case, Result, wait_for

_STUB = "\ndef double(x): return 0"
_LEFT = "autograder-redteam-canary"
_PORT = 47391


def _case(name: str, code: str, **more: Any) -> Case:
    return Case(name, "harm", answers={"double": f"import os, sys\n{code}{_STUB}"}, **more)


def _processes(mark: str) -> Callable[[Bench, Result], str]:
    """Return what looks for a process that a case left running, and ends it: later runs must not find it."""

    def running() -> list[int]:
        found = []
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                if mark.encode() in path.read_bytes():
                    found.append(int(path.parent.name))
            except OSError:
                continue
        return found

    def look(bench: Bench, result: Result) -> str:
        if wait_for(lambda: not running(), 2):
            return ""
        for process in running():
            os.kill(process, signal.SIGKILL)
        return "a process of it is left"

    return look


def _canaries(bench: Bench, result: Result) -> str:
    """Look for files in the interpreter's folders, and take them away."""
    found = ""
    for folder in (*sys.path, *os.environ["PATH"].split(os.pathsep), "/tmp", "/var/tmp", "/dev/shm"):
        path = Path(folder, _LEFT)
        if path.exists():
            path.unlink()
            found = f"it wrote to {folder}"
    return found


def _trigger(bench: Bench, result: Result) -> str:
    with sqlite3.connect(bench.course / "gradebook.db") as connection:
        names = [name for (name,) in connection.execute("select name from sqlite_master where type = 'trigger'")]
        for name in names:
            connection.execute(f"drop trigger {name}")
    connection.close()
    return "the gradebook has a trigger of its own" if names else ""


def _shared_memory(bench: Bench, result: Result) -> str:
    for line in Path("/proc/sysvipc/shm").read_text().splitlines()[1:]:
        if int(line.split()[0]) == 0x5EED:
            subprocess.run(["ipcrm", "-M", "0x5eed"], check=True)
            return "its shared memory is still there"
    return ""


def _port(bench: Bench, result: Result) -> str:
    with socket.socket() as probe:
        return "its server still answers" if probe.connect_ex(("127.0.0.1", _PORT)) == 0 else ""


def _graded_link(bench: Bench, result: Result) -> str:
    path = bench.course / "autograded" / result.student / result.mode / "work.ipynb"
    return "the graded notebook is a link" if path.is_symlink() else ""


def _timestamp(bench: Bench, result: Result) -> str:
    path = bench.course / "autograded" / result.student / result.mode / "timestamp.txt"
    return "the time of handing in was changed" if path.exists() and "2001" in path.read_text() else ""


def _handed_in_at(folder: Path, bench: Bench) -> None:
    (folder / "timestamp.txt").write_text("2026-01-02 03:04:05 UTC")


def _fifo_as_notebook(folder: Path, bench: Bench) -> None:
    (folder / "work.ipynb").unlink()
    os.mkfifo(folder / "work.ipynb")


def _link_as_notebook(target: str) -> Callable[[Path, Bench], None]:
    def lay(folder: Path, bench: Bench) -> None:
        (folder / "work.ipynb").unlink()
        (folder / "work.ipynb").symlink_to(bench.filled(target, Case("x", "harm")).replace("@MODE@", folder.name))

    return lay


def _device(folder: Path, bench: Bench) -> None:
    try:
        os.mknod(folder / "null", stat.S_IFCHR | 0o666, os.makedev(1, 3))
    except PermissionError:  # an ordinary user can't hand in such a thing
        (folder / "null").symlink_to("/dev/zero")


def _locked_folder(folder: Path, bench: Bench) -> None:
    (folder / "locked").mkdir()
    (folder / "locked" / "file").write_text("x")
    (folder / "locked").chmod(0)


_DAEMON = """
import subprocess
subprocess.Popen(['setsid', 'sh', '-c', '(sleep 1; echo @CASE@ > @OUTSIDE@/daemon) & sleep 4711.25'],
                 start_new_session=True)
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.closerange(0, 100)
        os.execvp('sleep', ['sleep', '4711.25'])
    os._exit(0)
os.wait()
"""
_KILLER = """
import signal
_inside = os.path.exists('/canary')  # elsewhere it only asks whether it could
for _pid in [*range(1, 300), os.getppid(), -1]:
    if _pid not in (0, os.getpid()):
        try:
            os.kill(_pid, signal.SIGKILL if _inside else 0)
            if not _inside:
                print('COULD KILL')
        except OSError:
            pass
"""
_STARTUP = """
_text = 'open("@OUTSIDE@/startup", "a").write("@CASE@")\\n'
for _home in (os.path.expanduser('~'), '@HOME@', os.path.expanduser('~root'), '/worker', os.environ['IPYTHONDIR']):
    for _place in ('.ipython/profile_default/startup/00-x.py', 'profile_default/startup/00-x.py',
                   '.jupyter/nbgrader_config.py', '.config/matplotlib/matplotlibrc', '.local/bin/python3',
                   '.local/lib/python3.11/site-packages/usercustomize.py', '.pythonrc.py', '.bashrc'):
        try:
            _path = os.path.join(_home, _place)
            os.makedirs(os.path.dirname(_path), exist_ok=True)
            open(_path, 'a').write(_text)
        except OSError:
            pass
"""
_SWAP = """
_here = os.getcwd()
os.chdir('/')
try:
    os.rename(_here, _here + '-old')
    os.symlink('@OUTSIDE@', _here)
except OSError:
    pass
"""
_NOTEBOOK_LINK = """
os.unlink('work.ipynb')
os.symlink('@OUTSIDE@/new-file', 'work.ipynb')
"""
_EVERYWHERE = f"""
import glob, tempfile
for _folder in [*sys.path, *os.environ['PATH'].split(':'), '/tmp', '/var/tmp', '/dev/shm']:
    try:
        open(os.path.join(_folder, '{_LEFT}'), 'w').close()
    except OSError:
        pass
"""
_SYSV = """
import ctypes
_libc = ctypes.CDLL(None)
_id = _libc.shmget(0x5EED, 4096, 0o1600)
_libc.semget(0x5EED, 1, 0o1600)
_libc.msgget(0x5EED, 0o1600)
"""
_PRIORITY = """
try: os.nice(-20)
except OSError: pass
for _pid in os.listdir('/proc'):
    if _pid.isdigit() and os.path.exists('/canary'):
        try:
            os.setpriority(os.PRIO_PROCESS, int(_pid), 19)
            os.sched_setaffinity(int(_pid), {0})
        except OSError: pass
"""

CASES = [
    _case("writes beside the course", "open('@OUTSIDE@/made', 'w').write('@CASE@')"),
    _case(
        "changes what lies beside the course",
        "for n in os.listdir('@OUTSIDE@'): open(os.path.join('@OUTSIDE@', n), 'a').write('@CASE@')",
    ),
    _case("writes to the source version", "open('@COURSE@/source/shared/work.ipynb', 'a').write('@CASE@')"),
    _case("writes to the course's settings", "open('@COURSE@/nbgrader_config.py', 'a').write('# @CASE@')"),
    _case("leaves start-up files for the next run", _STARTUP),
    _case("writes where the interpreter looks", _EVERYWHERE, achieved=_canaries),
    _case(
        "plants a trigger in the gradebook",
        "import sqlite3\nc = sqlite3.connect('@COURSE@/gradebook.db', timeout=0)\n"
        "c.execute('create trigger t after update on grade begin update student set last_name = last_name; end')\n"
        "c.commit()",
        achieved=_trigger,
    ),
    _case("kills all processes that it can reach", _KILLER),
    _case("leaves a daemon", _DAEMON, achieved=_processes("4711.25")),
    _case(
        "leaves a server on a port",
        f"import subprocess\nsubprocess.Popen([sys.executable, '-c', 'import socket, time; "
        f's = socket.create_server(("127.0.0.1", {_PORT})); s.listen(); time.sleep(4711.5)\'])',
        achieved=_port,
    ),
    _case(
        "leaves sockets that others would bind",
        "import socket\nfor n in ('\\0redteam-left', 'left.sock', '/tmp/left.sock'):\n"
        "    s = socket.socket(socket.AF_UNIX)\n    s.bind(n)\n    s.listen()\n    os.set_inheritable(s.fileno(), 1)",
    ),
    _case("leaves shared memory", _SYSV, achieved=_shared_memory),
    _case("puts a link to elsewhere in its notebook's place", _NOTEBOOK_LINK, achieved=_graded_link),
    _case("puts a link to elsewhere in its folder's place", _SWAP),
    _case("puts a pipe in its notebook's place", "os.unlink('work.ipynb')\nos.mkfifo('work.ipynb')"),
    _case("puts a folder in its notebook's place", "os.unlink('work.ipynb')\nos.makedirs('work.ipynb/a')"),
    _case("removes its folder", "import shutil\nshutil.rmtree(os.getcwd(), ignore_errors=True)"),
    _case(
        "makes pipes, sockets and links without end",
        "import socket\nos.mkfifo('pipe')\nos.symlink('loop', 'loop')\nos.symlink('/dev/zero', 'endless')\n"
        "os.symlink('..', 'up')\nsocket.socket(socket.AF_UNIX).bind('sock')",
    ),
    _case(
        "makes a device",
        "import stat\nfor major, minor in ((1, 1), (8, 0), (254, 0)):\n"
        "    try:\n        os.mknod(f'dev{major}', stat.S_IFBLK | 0o600, os.makedev(major, minor))\n"
        "        open(f'dev{major}', 'rb').read(1)\n        print('DEVICE OPENED')\n    except OSError: pass",
        achieved=lambda bench, result: "it opened a device" if "DEVICE OPENED" in bench._told(result) else "",
    ),
    _case(
        "takes its own permissions away",
        "os.makedirs('a/b')\nopen('a/b/c', 'w').close()\nos.chmod('a/b', 0)\n"
        "os.chmod('a', 0)\nos.chmod('work.ipynb', 0)\nos.chmod('.', 0)",
    ),
    _case("slows others down", _PRIORITY),
    _case(
        "changes the time of its handing in",
        "open('timestamp.txt', 'w').write('2001-01-01 00:00:00 UTC')",
        lay=_handed_in_at,
        achieved=_timestamp,
    ),
    Case("hands in a pipe as notebook", "harm", lay=_fifo_as_notebook, refusal=True),
    Case(
        "hands in a link to another's notebook",
        "harm",
        lay=_link_as_notebook("@COURSE@/submitted/neighbour/@MODE@/work.ipynb"),
        refusal=True,
    ),
    Case("hands in a link to an endless device", "harm", lay=_link_as_notebook("/dev/zero"), refusal=True),
    Case("hands in a device", "harm", lay=_device, refusal=True),
    Case("hands in a locked folder", "harm", lay=_locked_folder, refusal=True),
]
