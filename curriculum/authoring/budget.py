"""The proof that an exercise is graded within the time that it allows itself."""

from __future__ import annotations

from autograder.engine import Grader
from curriculum.authoring.finding import Finding
from curriculum.authoring.trial import Trial

_FURTHER_TRIES = 2


def check_budget(grader: Grader, trial: Trial) -> tuple[float, list[Finding]]:
    """Return how long grading the slowest known answer takes, in seconds, and a finding if that is too long.

    An answer that takes more than half of the budget is graded twice more, alone, and the shortest time counts: a busy
    machine is not the exercise's fault.
    """
    slowest = max(trial.results, key=lambda name: trial.results[name].seconds)
    seconds = trial.results[slowest].seconds
    budget = trial.bench.exercise.header.seconds
    for _ in range(_FURTHER_TRIES):
        if seconds <= budget / 2:
            break
        (again,) = grader.map([trial.task(trial.known[slowest])])
        seconds = min(seconds, again.seconds)
    if seconds <= budget:
        return seconds, []
    return seconds, [
        Finding(
            trial.bench.exercise.path,
            1,
            "budget",
            f"Grading {slowest} takes {seconds:.1f} s, more than the {budget:g} s in the header.",
            "Make the tests do less, or raise `seconds` if that is what they need.",
        )
    ]
