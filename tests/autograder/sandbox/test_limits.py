"""What a submission may use has an end, and reaching it is told."""

from __future__ import annotations

import pytest

from autograder.sandbox import Limits, Settings

SMALL = Settings(limits=Limits(memory=300, wall_seconds=3, processes=40, open_files=64, disk=8, files=100, file_size=4))


def told(ran: object) -> str:
    return " ".join(ran.outcome.notebooks[0].noticed)


@pytest.mark.parametrize("hiding", ["", "import ctypes\nctypes.CDLL(None).prctl(4, 0)\n"], ids=["openly", "hidden"])
def test_too_much_memory_in_many_processes_ends_the_submission(run_cell, hiding: str) -> None:
    code = (
        f"import os, time\n{hiding}r, w = os.pipe()\n"
        "for _ in range(5):\n"
        "    if os.fork() == 0:\n        data = bytearray(b'x') * (100 << 20)\n        os.write(w, b'x')\n"
        "        time.sleep(60)\n"
        "for _ in range(5): os.read(r, 1)\n"
        "time.sleep(10)"
    )
    ran = run_cell(code, SMALL)
    assert "its processes took more than 300 MiB of memory together" in told(ran)
    assert ran.outcome.notebooks[0].cells[0].points == 0


def test_too_much_time_in_all_ends_the_submission(run_cell) -> None:
    ran = run_cell("import time\ntime.sleep(30)", SMALL, seconds=60)
    assert "it took more than 3 s in all" in told(ran)
    assert ran.outcome.seconds < 10


def test_processes_files_and_sizes_have_an_end(run_cell) -> None:
    code = """
import os, errno
def end_of(step, most=200):
    for number in range(most):
        try:
            step(number)
        except OSError as error:
            return errno.errorcode[error.errno]
    return 'none'
kept = []
print(end_of(lambda n: kept.append(os.open('/dev/null', 0))))
for fd in kept: os.close(fd)
print(end_of(lambda n: open(f'f{n}', 'w').close()))
import glob
for name in glob.glob('f[0-9]*'): os.unlink(name)
file = open('big', 'wb', buffering=0)
print(end_of(lambda n: file.write(bytes(1 << 20))))
print(end_of(lambda n: open(f'part{n}', 'wb').write(bytes(3 << 20))))
def fork(n):
    if os.fork() == 0:
        import time
        time.sleep(30)
print(end_of(fork))
"""
    assert run_cell(code, SMALL).output.split() == ["EMFILE", "ENOSPC", "EFBIG", "ENOSPC", "EAGAIN"]


def test_the_next_submission_finds_everything_as_it_should_be(run_cell) -> None:
    ran = run_cell("import os\nprint(*(os.listdir(p) for p in ('.', os.environ['TMPDIR'], '/dev/shm')))", SMALL)
    assert ran.output == "['n.ipynb'] [] []\n"
    assert ran.outcome.notebooks[0].cells[0].points == 1
