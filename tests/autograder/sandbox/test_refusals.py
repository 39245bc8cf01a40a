"""Refused system calls that nobody makes by chance are told to whoever marks, whichever process tries them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap

import pytest

from autograder.sandbox import Settings, syscalls
from autograder.sandbox.refusals import Refusals, in_words, put_on
from autograder.sandbox.seccomp import PURPOSES, Filter

MOUNT = "libc.mount(b'none', b'/tmp', b'tmpfs', 0, None)"
ATTEMPTS = {
    "mount a file system": MOUNT,
    "enter other namespaces": "libc.unshare(0x10000000)",
    "reach into another process": "libc.ptrace(16, 1, 0, 0)",
    "load code into the kernel": "libc.syscall(*map(ctypes.c_long, (321 if x86 else 280, 0, 0, 0)))",
    "open a file past its folders": "libc.open_by_handle_at(0, None, 0)",
    "change how the machine runs": "libc.sethostname(b'mine', 4)",
}
TRIED = """
import ctypes, errno, os
libc, x86 = ctypes.CDLL(None, use_errno=True), os.uname().machine == 'x86_64'
print({call} < 0 and ctypes.get_errno() == errno.EPERM)
"""


def tried(call: str) -> str:
    return TRIED.replace("{call}", call)


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_call_is_refused_and_told(run_cell, purpose):
    ran = run_cell(tried(ATTEMPTS[purpose]))
    assert ran.output == "True\n"
    (told,) = ran.outcome.notebooks[0].noticed
    assert told.startswith(f"it tried to {purpose}, which was refused (the system call ")
    assert ran.outcome.notebooks[0].cells[0].points == 1


def test_a_clone_into_a_namespace_is_told_and_one_without_is_not(run_cell):
    new_user = "libc.syscall(*map(ctypes.c_long, (56 if x86 else 220, 0x10000011, 0, 0, 0, 0)))"
    ran = run_cell(tried(new_user))
    assert ran.output == "True\n"
    assert "the system call clone" in ran.outcome.notebooks[0].noticed[0]
    ran = run_cell("import os\npid = os.fork()\nif not pid:\n    os._exit(0)\nprint(os.waitpid(pid, 0)[1])")
    assert (ran.output, ran.outcome.notebooks[0].noticed) == ("0\n", ())


def test_what_a_program_tries_that_a_cell_started_is_told(run_cell):
    ran = run_cell(f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {tried(MOUNT)!r}])")
    assert ran.output == "True\n"
    assert "mount a file system" in ran.outcome.notebooks[0].noticed[0]


def test_what_a_process_tries_that_left_its_session_is_told(run_cell):
    daemon = f"if not os.fork():\n    os.setsid()\n    exec({tried(MOUNT)!r})\n    os._exit(0)"
    daemon = f"import os, time\n{daemon}\ntime.sleep(1)"
    assert "mount a file system" in run_cell(daemon).outcome.notebooks[0].noticed[0]


def test_a_flood_of_calls_from_many_processes_does_not_stop_the_grader(run_cell):
    flood = f"""
        import ctypes, os
        libc = ctypes.CDLL(None, use_errno=True)
        for _ in range(8):
            if not os.fork():
                while True:
                    {MOUNT}
        for _ in range(2000):
            {MOUNT}
        print('done')
        """
    ran = run_cell(textwrap.dedent(flood))
    assert ran.output == "done\n"
    (told,) = ran.outcome.notebooks[0].noticed
    assert "mount a file system" in told
    assert run_cell("print('next')").outcome.notebooks[0].noticed == ()


def test_the_listener_is_not_left_in_the_process(run_cell):
    listed = "[name for number in os.listdir('/proc/self/fd') if 'seccomp' in (name := at(f'/proc/self/fd/{number}'))]"
    ran = run_cell(f"import os\nat = os.path.realpath\nprint({listed})")
    assert ran.output == "[]\n"


@pytest.mark.parametrize(
    "code",
    [
        "import subprocess\nsubprocess.run('ls /; ps ax; id', shell=True, capture_output=True)",
        "import multiprocessing\nwith multiprocessing.Pool(2) as pool:\n    print(pool.map(abs, [-1, -2]))",
        "import threading\nt = threading.Thread(target=print)\nt.start()\nt.join()",
        "import socket\nsocket.create_server(('127.0.0.1', 0)).close()\nprint(socket.gethostname())",
        "import tempfile, shutil\nshutil.rmtree(tempfile.mkdtemp())",
        "import time\nprint(time.clock_gettime(time.CLOCK_REALTIME))",
    ],
    ids=["programs", "processes", "threads", "sockets", "files", "clock"],
)
def test_ordinary_work_is_under_no_suspicion(run_cell, code):
    ran = run_cell(code)
    assert ran.errors == []
    assert ran.outcome.notebooks[0].noticed == ()


def test_where_the_layer_is_off_nothing_is_told(run_cell):
    ran = run_cell(tried("libc.ptrace(16, 1, 0, 0)"), Settings(without=("seccomp",)))
    assert ran.outcome.notebooks[0].noticed == ()


def test_words_name_all_calls():
    assert in_words({}) == []
    assert in_words({"setns": 1, "unshare": 9, "clone": 2, "bpf": 1}) == [
        "it tried to enter other namespaces, which was refused (the system calls unshare, setns and clone)",
        "it tried to load code into the kernel, which was refused (the system call bpf)",
    ]


EXAMINED = """
import struct, sys
import msgspec
from autograder.doctor import examine
from autograder.sandbox import seccomp, syscalls
syscalls.prctl(syscalls.PR_SET_NO_NEW_PRIVS, 1)
seccomp.Filter()._put_on(seccomp._Ready(struct.pack("HBBI", 6, 0, 0, 0x7fff0000)), {flags})  # all is allowed
sys.stdout.write(msgspec.json.encode(examine().level).decode())
"""


def level_under_another_filter(flags: int) -> dict[str, object]:
    """Return what doctor finds in a process that has a filter already, put on with these flags."""
    code = EXAMINED.replace("{flags}", str(flags))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=True)
    return json.loads(done.stdout)


def test_inside_a_sandbox_that_listens_itself_calls_are_refused_and_doctor_says_that_they_are_not_told():
    level = level_under_another_filter(8)  # with a listener
    assert "seccomp" in level["layers"]
    assert "refused without being told" in level["remarks"][0]


def test_otherwise_there_is_nothing_to_remark():
    assert level_under_another_filter(0)["remarks"] == []


def test_nobody_listens_any_more_when_the_last_process_has_ended():
    refusals = Refusals()
    pid = os.fork()
    if pid == 0:
        syscalls.prctl(syscalls.PR_SET_NO_NEW_PRIVS, 1)
        put_on(Filter(), refusals.mouth)
        os._exit(0)
    refusals.forked()
    refusals.hear()
    assert refusals.fileno() >= 0
    os.waitpid(pid, 0)
    refusals.hear()
    assert refusals.fileno() == -1  # otherwise whoever waits for it would not get to sleep
    refusals.close()
