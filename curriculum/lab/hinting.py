"""Which hint comes next: the steps of the one that answers the mistake, then those of the test's other hints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from curriculum.lab.guide import Guide, Test
from curriculum.lab.remembering import Shown, ShownHint

Steps = Mapping[str, Sequence[str]]
"""The steps of each hint, by key."""


def helped_test(guide: Guide, shown: Shown, wanted: str) -> Test | None:
    """Return the test that a hint is to help with: the one that was asked for, the first that failed, or the first."""
    failed = shown.check.failed if shown.check else None
    for name in (wanted, failed.id if failed else ""):
        if name and (test := guide.test(name)) is not None:
            return test
    return next((test for test in guide.tests if test.hints), None)


def next_hint(test: Test, shown: Shown, steps: Steps) -> ShownHint | None:
    """Return the next step to show for a test, or None when all were shown."""
    keys = hint_keys(test, shown, steps)
    for key in keys:
        seen = {hint.step for hint in shown.hints if hint.key == key}
        for number, text in enumerate(steps[key], start=1):
            if number not in seen:
                return ShownHint(test.id, key, number, text)
    return None


def hint_keys(test: Test, shown: Shown, steps: Steps) -> list[str]:
    """Return the keys of a test's hints, the one that answers the present mistake first."""
    report = shown.check.test(test.id) if shown.check else None
    keys = [report.key, *test.hints] if report and report.key else list(test.hints)
    return [key for key in dict.fromkeys(keys) if key in steps]
