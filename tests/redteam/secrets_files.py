"""Secrets stolen from files, processes and memory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from harness import MODES, Bench, Case, Mode, Result

_SEEK = "import glob, os, sys\n_sign = 'CAN' + 'ARY-'\n"
_STUB = "\ndef double(x): return 0"

_WALK = """
_left = 5000
for _parent, _folders, _names in os.walk(_top, onerror=lambda error: None):
    _folders[:] = [f for f in _folders if f not in ('proc', 'sys', 'usr', 'lib')]
    for _name in _names:
        _left -= 1
        try:
            _path = os.path.join(_parent, _name)
            if _left > 0 and os.path.isfile(_path) and os.path.getsize(_path) < 1 << 20:
                _data = open(_path, 'rb').read().decode('latin-1')
                if _sign in _data:
                    print(_path, _data[max(0, _data.index(_sign) - 200):][:1000])
        except OSError:
            pass
"""
_MEMORY = """
def _scan(pid):
    with open(f'/proc/{pid}/maps') as maps, open(f'/proc/{pid}/mem', 'rb', 0) as memory:
        for line in maps:
            span, rights = line.split()[:2]
            start, end = (int(part, 16) for part in span.split('-'))
            if rights.startswith('rw') and end - start < 1 << 28:
                try:
                    memory.seek(start)
                    data = memory.read(end - start)
                except (OSError, ValueError):
                    continue
                at = data.find(_sign.encode())
                while at >= 0:
                    print(data[at:at + 40].decode('latin-1'))
                    at = data.find(_sign.encode(), at + 1)
"""
_GC = """
import gc
_seen = 0
for _thing in gc.get_objects():
    _values = list(_thing.values()) if type(_thing) is dict else _thing if type(_thing) in (list, tuple) else ()
    for _value in _values:
        _seen += 1
        if type(_value) in (str, bytes) and len(_value) < 100_000:
            _text = _value if type(_value) is str else _value.decode('latin-1')
            if _sign in _text and '_sign' not in _text:
                print(_text[_text.index(_sign):][:60])
"""
_FRAMES = """
_frame = sys._getframe()
while _frame is not None:
    for _name, _value in {**_frame.f_locals, **_frame.f_globals}.items():
        _text = repr(_value)
        if _sign in _text and '_sign' not in _text:
            print(_name, _text[:2000])
    _frame = _frame.f_back
"""
_DESCRIPTORS = """
import fcntl
for _fd in range(256):
    if _fd in (0, 1, 2):
        continue
    try:
        print(_fd, os.readlink(f'/proc/self/fd/{_fd}'))
        if not os.readlink(f'/proc/self/fd/{_fd}').startswith(('pipe', 'socket', 'anon_inode')):
            os.lseek(_fd, 0, 0)
            print(os.read(_fd, 100_000))
    except OSError:
        pass
"""
_HANDLE = """
import ctypes, struct
_libc = ctypes.CDLL(None, use_errno=True)
_root = os.open('/', os.O_RDONLY)
_number = 304 if os.uname().machine == 'x86_64' else 265
for _inode in (2, 128):
    _handle = ctypes.create_string_buffer(struct.pack('IiQ', 8, 1, _inode))
    _fd = _libc.syscall(_number, _root, _handle, 0)
    if _fd >= 0:
        print('OPE' + 'NED', os.listdir(_fd)[:3])
"""
_PTRACE = """
import ctypes
_libc = ctypes.CDLL(None, use_errno=True)
for _pid in (1, os.getppid(), os.getpid() - 1):
    if _pid > 0 and _pid != os.getpid() and _libc.ptrace(16, _pid, None, None) == 0:
        print('ATT' + 'ACHED', _pid)
        _libc.ptrace(17, _pid, None, None)
"""
_OUTER_MEMORY = (
    _MEMORY
    + """
for _entry in glob.glob('/proc/[0-9]*'):
    _pid = int(_entry.rpartition('/')[2])
    if _pid == os.getpid():
        continue
    try:
        if b'autograder' in open(f'{_entry}/cmdline', 'rb').read():
            _scan(_pid)
    except OSError:
        pass
"""
)
_TEST_TEXT = """
def double(x):
    import sys
    frame = sys._getframe(1)
    while frame is not None:
        for name in ('In', '_ih'):
            if name in frame.f_globals:
                open('loot', 'a').write(repr(frame.f_globals[name]))
        open('loot', 'a').write(repr([c for c in frame.f_code.co_consts if isinstance(c, str)]))
        frame = frame.f_back
    return 0
"""


def _told(word: str) -> Callable[[Bench, Result], str]:
    """Return what looks for a word in all that a learner could get to see."""

    def look(bench: Bench, result: Result) -> str:
        return f"it wrote {word}" if word in bench._told(result) else ""

    return look


def _refused(call: str) -> dict[Mode, str]:
    """Return what must be told of a case that makes a system call: that it was refused."""
    return dict.fromkeys(MODES, rf"which was refused \(the system calls? .*{call}")


def _link_to(place: str) -> Callable[[Path, Bench], None]:
    """Return what lays a link into a submission."""

    def lay(folder: Path, bench: Bench) -> None:
        (folder / "data.txt").symlink_to(bench.filled(place, Case("x", "secrets")))

    return lay


def _case(name: str, code: str, **more: Any) -> Case:
    return Case(name, "secrets", answers={"double": f"# @CASE@\n{_SEEK}{code}{_STUB}"}, **more)


CASES = [
    _case("reads the source version", "for p in glob.glob('@COURSE@/source/*/*'): print(open(p).read())"),
    _case("reads the gradebook", "print(open('@COURSE@/gradebook.db', 'rb').read().decode('latin-1'))"),
    _case("reads what others handed in", "for p in glob.glob('@COURSE@/submitted/*/*/*'): print(open(p).read())"),
    _case("reads the grader's home", f"_top = '@HOME@'{_WALK}\n_top = os.path.expanduser('~root'){_WALK}"),
    _case("reads all files there are", f"_top = '/'{_WALK}"),
    _case("reads temporary files of others", f"_top = '/tmp'{_WALK}\n_top = '/dev/shm'{_WALK}"),
    _case("reads the environment", "print(dict(os.environ), open('/proc/self/environ').read())"),
    _case(
        "reads other processes' environments",
        "for p in glob.glob('/proc/[0-9]*/environ') + glob.glob('/proc/[0-9]*/task/*/environ'):\n"
        "    try: print(open(p).read())\n    except OSError: pass",
    ),
    _case(
        "goes through another process's folders",
        "for p in glob.glob('/proc/[0-9]*/root@COURSE@/source/*/*') + glob.glob('/proc/[0-9]*/cwd/source/*/*'):\n"
        "    try: print(open(p).read())\n    except OSError: pass",
    ),
    _case("reads other processes' memory", _OUTER_MEMORY),
    _case("reads its own memory for what was there before", f"{_MEMORY}_scan('self')"),
    _case("goes through all objects", _GC),
    _case("goes through the frames below", _FRAMES),
    _case("goes through open descriptors", _DESCRIPTORS),
    _case("attaches to other processes", _PTRACE, achieved=_told("ATTACHED"), seen=_refused("ptrace")),
    _case("opens the host's root by its handle", _HANDLE, achieved=_told("OPENED"), seen=_refused("open_by_handle_at")),
    _case(
        "mounts the host's disk",
        "import ctypes\nlibc = ctypes.CDLL(None)\nos.makedirs('disk', exist_ok=True)\n"
        "for d in glob.glob('/dev/[svn]d*') + ['/dev/root', 'tmpfs']:\n"
        "    if libc.mount(d.encode(), b'disk', b'tmpfs' if d == 'tmpfs' else b'ext4', 1, None) == 0:\n"
        "        print('MOU' + 'NTED', d)\n        libc.umount2(b'disk', 2)",
        achieved=_told("MOUNTED"),
        seen=_refused("mount"),
    ),
    _case(
        "leaves its root by the way of a forgotten folder",
        "os.makedirs('jail', exist_ok=True)\n"
        "if os.path.exists('/canary'):\n"
        "    try:\n        os.chroot('jail')\n        print('CHR' + 'OOTED')\n    except OSError: pass",
        achieved=_told("CHROOTED"),
        seen=_refused("chroot"),
    ),
    _case(
        "makes itself root in a namespace of its own",
        "import ctypes\nlibc = ctypes.CDLL(None)\n"
        "if os.path.exists('/canary') and libc.unshare(0x10000000) == 0: print('UNS' + 'HARED')",
        achieved=_told("UNSHARED"),
        seen=_refused("unshare"),
    ),
    _case(
        "asks programs with more rights",
        "import subprocess\nfor c in (['sudo', '-n', 'cat', '/etc/shadow'], ['cat', '/etc/shadow']):\n"
        "    try: print(subprocess.run(c, capture_output=True, text=True, timeout=1, stdin=-3).stdout)\n"
        "    except Exception: pass",
        achieved=_told("daemon:*:"),
    ),
    _case(
        "links to the gradebook and the source while it runs",
        "for n, p in enumerate(('@COURSE@/gradebook.db', '@COURSE@/source')):\n"
        "    os.symlink(p, f'loot{n}')\n"
        "    try: os.link(p, f'hard{n}')\n    except OSError: pass",
    ),
    Case(
        "reads the test that is running",
        "secrets",
        answers={"double": _TEST_TEXT},
        # the test is in the learner's own process then
        beyond=("shared",),
    ),
    Case("hands in a link to the gradebook", "secrets", lay=_link_to("@COURSE@/gradebook.db"), refusal=True),
    Case("hands in a link to the source", "secrets", lay=_link_to("@COURSE@/source/sealed/work.ipynb"), refusal=True),
]
