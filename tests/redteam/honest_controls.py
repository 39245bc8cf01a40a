"""Odd but honest notebooks, which must keep their marks."""

from __future__ import annotations

from typing import Any

from harness import FULL, Case
from nbformat.v4 import new_code_cell, new_markdown_cell

_SUBCLASS = "class Number(int):\n    pass\ndef double(x):\n    return Number(2 * x)"


def _old_format(notebook: Any) -> None:
    for cell in notebook.cells:
        cell.pop("id", None)
    notebook.nbformat_minor = 4


def _cells_added(notebook: Any) -> None:
    notebook.cells.insert(2, new_markdown_cell("My notes: <script>alert(1)</script> and $x^2$"))
    notebook.cells.insert(4, new_code_cell("double(3), [double(n) for n in range(3)]"))
    notebook.cells.append(new_code_cell(""))
    notebook.cells.append(new_code_cell("raise ValueError('I try something after the tests')"))


CASES = [
    Case(
        "prints while it is called",
        "honest",
        FULL,
        answers={"double": "def double(x):\n    print('doubling', x)\n    return 2 * x"},
    ),
    Case("returns a subclass of int", "honest", FULL, answers={"double": _SUBCLASS}),
    Case(
        "warns and logs",
        "honest",
        FULL,
        answers={
            "double": "import logging, warnings\ndef double(x):\n    logging.getLogger(__name__).debug('x')\n"
            "    with warnings.catch_warnings():\n        warnings.simplefilter('ignore')\n"
            "        warnings.warn('slow')\n    return 2 * x"
        },
    ),
    Case(
        "works with helpers of its own, in cells of its own",
        "honest",
        FULL,
        between=("def twice(x):\n    return x + x",),
        answers={"double": "def double(x):\n    return twice(x)"},
    ),
    Case("has cells added, with notes and tries", "honest", FULL, edit=_cells_added),
    Case("comes in an older format", "honest", FULL, edit=_old_format),
    Case(
        "uses a thread and waits for it",
        "honest",
        FULL,
        answers={
            "double": "import threading\ndef double(x):\n    out = []\n"
            "    t = threading.Thread(target=lambda: out.append(2 * x))\n    t.start()\n    t.join()\n    return out[0]"
        },
    ),
    Case(
        "gives a builtin another meaning in its own code",
        "honest",
        FULL,
        answers={"double": "def sum(values):\n    return 2 * values[0]\ndef double(x):\n    return sum([x])"},
    ),
    Case(
        "keeps state between calls",
        "honest",
        FULL,
        answers={"double": "calls = []\ndef double(x):\n    calls.append(x)\n    return 2 * calls[-1]"},
    ),
    Case(
        "writes and reads a file",
        "honest",
        FULL,
        answers={
            "double": "from pathlib import Path\ndef double(x):\n    Path('x.txt').write_text(str(x))\n"
            "    return 2 * int(Path('x.txt').read_text())"
        },
    ),
    Case(
        "has an async cell and a magic",
        "honest",
        FULL,
        between=("import asyncio\nawait asyncio.sleep(0)", "%time double(2)", "%%capture kept\nprint('quiet')"),
    ),
    Case(
        "writes in other alphabets",
        "honest",
        FULL,
        answers={"greet": "def greet(имя):\n    привет = 'Hello'\n    return f'{привет}, {имя}!'  # 你好 🎉"},
    ),
    Case(
        "traces and profiles its own code, and ends that",
        "honest",
        FULL,
        answers={
            "double": "import sys\ndef double(x):\n    old = sys.gettrace()\n    sys.settrace(lambda *a: None)\n"
            "    try:\n        return 2 * x\n    finally:\n        sys.settrace(old)"
        },
    ),
    Case(
        "gets one task right only",
        "honest",
        6.0,
        answers={"greet": "def greet(name):\n    return name"},
    ),
    Case(
        "gets half of the points of a test",
        "honest",
        (3.0,),
        answers={"double": "def double(x):\n    return abs(2 * x) if x == 5 else 2 * x if x < 20 and x != -2 else 0"},
        modes=(),
    ),
]
