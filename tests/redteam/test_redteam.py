"""Every hostile submission fails, every honest one keeps its marks, and the one after each is graded right."""

from __future__ import annotations

import re
from collections.abc import Callable

import harness
import pytest

_PAIRS = [(mode, case) for mode in harness.MODES for case in harness.all_cases() if mode in case.modes]


@pytest.mark.parametrize(("mode", "case"), _PAIRS, ids=[f"{mode}-{case.kind}-{case.name}" for mode, case in _PAIRS])
def test_nothing_is_achieved(
    mode: harness.Mode, case: harness.Case, graded: Callable[[str], dict[str, harness.Result]]
) -> None:
    result = graded(mode)[case.name]
    if mode in case.beyond:
        assert result.achieved, "it is stopped by now: take it off docs/security.md's list"
        return
    if mode in case.luck:
        return
    assert result.achieved == []
    if case.kind == "honest":
        assert result.noticed == "", "an honest learner is under suspicion"
    if case.seen.get(mode):
        assert re.search(case.seen[mode], f"{result.noticed}\n{result.problem}"), result.noticed
