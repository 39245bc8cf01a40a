"""Makes the bench known to the modules that hold cases, and grades each mode's cases in one run."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import harness


@pytest.fixture(scope="session")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[harness.Bench]:
    made = harness.Bench(tmp_path_factory.mktemp("redteam") / "bench")
    yield made
    made.close()


@pytest.fixture(scope="session")
def graded(bench: harness.Bench) -> Callable[[str], dict[str, harness.Result]]:
    """Return the results of a mode's cases by name; graded when first asked for."""
    known: dict[str, dict[str, harness.Result]] = {}

    def results(mode: harness.Mode) -> dict[str, harness.Result]:
        if mode not in known:
            cases = [case for case in harness.all_cases() if mode in case.modes]
            found = bench.hand_in(cases, mode)
            bench.grade(mode, found)
            known[mode] = {result.case.name: result for result in found}
        return known[mode]

    return results
