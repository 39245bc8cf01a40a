"""Each layer stops something; with the layer switched off, the same thing succeeds."""

from __future__ import annotations

import ctypes
import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from autograder.sandbox import LAYERS, Limits, Settings

LIMITS = Limits(disk=8, address_space=1024)
_KEY = 0x5EED0

_VM_READV = """
import ctypes, os
text = ctypes.create_string_buffer(b'x')
vector = (ctypes.c_void_p * 2)(ctypes.addressof(text), 1)
number = 310 if os.uname().machine == 'x86_64' else 270
long = ctypes.c_long
if ctypes.CDLL(None).syscall(long(number), long(os.getpid()), vector, long(1), vector, long(1), long(0)) == 1:
    print('GOT IN')
"""


def tried(code: str) -> str:
    lines = "\n".join(f"    {line}" for line in code.strip().split("\n"))
    return f"try:\n{lines}\n    print('GOT IN')\nexcept (OSError, MemoryError) as error:\n    print(error)"


ATTACKS = {
    "environment": "import os\nprint('GOT IN' if 'GRADER_TOKEN' in os.environ else '')",
    "files": tried("open('@SECRET@').read()"),
    "disk": tried("open('big', 'wb').write(bytes(20 << 20))"),
    "processes": "import os\nprint('GOT IN' if len([n for n in os.listdir('/proc') if n.isdigit()]) > 5 else '')",
    "network": tried("import socket\nsocket.create_connection(('127.0.0.1', @PORT@), timeout=1).close()"),
    "ipc": "import socket\nprint('GOT IN' if socket.gethostname() == '@HOST@' else '')",
    "privileges": tried("import socket\nsocket.socket(socket.AF_INET, socket.SOCK_RAW, 1).close()"),
    "seccomp": _VM_READV,
    "landlock": tried("open('/canary').read()"),
    "limits": tried("import mmap\nmmap.mmap(-1, 2 << 30).close()"),
}
ALSO_OFF = {"files": ("landlock",)}  # which hides the same files by itself


@pytest.fixture(scope="module", autouse=True)
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    secret = tmp_path_factory.mktemp("secret") / "secret"
    secret.write_text("secret")
    os.environ["GRADER_TOKEN"] = "secret"
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield {"@SECRET@": str(secret), "@PORT@": str(server.getsockname()[1]), "@HOST@": socket.gethostname()}
    del os.environ["GRADER_TOKEN"]


@pytest.fixture
def attack(run_cell, places: dict[str, str]) -> Callable[[str, tuple[str, ...]], bool]:
    def succeeds(layer: str, without: tuple[str, ...]) -> bool:
        code = ATTACKS[layer]
        for sign, value in places.items():
            code = code.replace(sign, value)
        ran = run_cell(code, Settings(limits=LIMITS, without=without))
        assert ran.outcome.notebooks, ran.outcome.problem
        assert ran.errors == []
        return "GOT IN" in ran.output

    return succeeds


def test_every_layer_has_an_attack() -> None:
    assert tuple(ATTACKS) == LAYERS


@pytest.mark.parametrize("layer", LAYERS)
def test_with_all_layers_on_the_attack_fails(attack, layer: str) -> None:
    assert not attack(layer, ())


@pytest.mark.parametrize("layer", LAYERS)
def test_with_the_layer_off_the_attack_succeeds_and_the_probe_says_so(attack, run_cell, layer: str) -> None:
    without = (layer, *ALSO_OFF.get(layer, ()))
    assert attack(layer, without)
    level = run_cell("pass", Settings(limits=LIMITS, without=without)).outcome.isolation
    assert layer not in level.layers
    # beyond being switched off, the probe has seen what gets through
    assert level.missing[layer].startswith("it is switched off: ")


def test_all_layers_hold_and_every_result_says_so(run_cell) -> None:
    level = run_cell("pass").outcome.isolation
    assert (level.layers, level.missing) == (LAYERS, {})


def test_without_isolation_the_result_says_so(run_cell) -> None:
    level = run_cell("pass", Settings(isolation="none")).outcome.isolation
    assert level.layers == ()
    assert str(level) == "none"


def test_what_is_allowed_can_be_read_and_not_written(run_cell, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "words.txt").write_text("hello")
    (tmp_path / "secret.txt").write_text("secret")
    path = tmp_path / "data"
    code = (
        f"print(open('{path}/words.txt').read())\nimport os\nprint(os.listdir('{tmp_path}'))\n"
        f"try: open('{path}/words.txt', 'a')\nexcept OSError: print('read-only')"
    )
    ran = run_cell(code, Settings(allow_read=(str(path),)))
    assert ran.output.splitlines() == ["hello", "['data']", "read-only"]


def test_shared_memory_of_one_submission_is_gone_for_the_next(run_cell) -> None:
    look = f"import ctypes\nprint(ctypes.CDLL(None).shmget({_KEY}, 0, 0))"
    assert run_cell(look).output == "-1\n"
    assert run_cell(look.replace(", 0, 0)", ", 4096, 0o1600)")).output != "-1\n"
    assert run_cell(look).output == "-1\n"
    assert ctypes.CDLL(None).shmget(_KEY, 0, 0) == -1
