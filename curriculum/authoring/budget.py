"""The proof that an exercise is graded within the time that it allows itself, and the memory that all have."""

from __future__ import annotations

from autograder.engine import Grader
from curriculum.authoring.finding import Finding
from curriculum.authoring.trial import Trial

MOST_MEMORY = 512
"""What a process may take while an exercise is graded, in MiB: many are graded at a time, and on laptops too.

About 100 of them are Python with the grader's imports.
"""

_FURTHER_TRIES = 2


def check_budget(grader: Grader, trial: Trial) -> tuple[float, list[Finding]]:
    """Return how long grading the slowest known answer takes, in seconds, and a finding if that is too long.

    An answer that takes more than half of the budget is graded twice more, alone, and the shortest time counts: a busy
    machine is not the exercise's fault.
    """
    slowest = max(trial.whole, key=lambda name: trial.results[name].seconds)
    seconds = trial.results[slowest].seconds
    budget = trial.bench.exercise.header.seconds
    for _ in range(_FURTHER_TRIES):
        if seconds <= budget / 2:
            break
        (again,) = grader.map([trial.task(trial.whole[slowest])])
        seconds = min(seconds, again.seconds)
    findings = _check_memory(trial)
    if seconds > budget:
        problem = f"Grading {slowest} takes {seconds:.1f} s, more than the {budget:g} s in the header."
        remedy = "Make the tests do less, or raise `seconds` if that is what they need."
        findings.append(Finding(trial.bench.exercise.path, 1, "budget", problem, remedy))
    return seconds, findings


def _check_memory(trial: Trial) -> list[Finding]:
    largest = max(trial.results, key=lambda name: trial.results[name].memory)
    memory = trial.results[largest].memory
    if memory <= MOST_MEMORY:
        return []
    problem = f"Grading {largest} takes {memory:.0f} MiB of memory, more than the {MOST_MEMORY} MiB that there are."
    return [Finding(trial.bench.exercise.path, 1, "budget", problem, "Let the tests use less data.")]
