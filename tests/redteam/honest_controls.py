"""Odd but honest notebooks, which must keep their marks."""

from __future__ import annotations

from harness import FULL, Case

CASES = [
    Case(
        "prints while it is called",
        "honest",
        FULL,
        answers={"double": "def double(x):\n    print('doubling', x)\n    return 2 * x"},
    ),
]
