"""Proofs about mutants: each must fail a test, or survive for a written reason."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.results import NotebookResult
from curriculum.authoring.bench import Bench
from curriculum.authoring.finding import Finding
from curriculum.authoring.mutation import Mutant, diff
from curriculum.authoring.proof import MutantCount
from curriculum.authoring.reasons import REASONS_FILE, Reason, check_reasons, reason_to_paste


def check_mutants(
    bench: Bench, made: int, mutants: Sequence[Mutant], results: Sequence[NotebookResult], reasons: Sequence[Reason]
) -> tuple[MutantCount, list[Finding]]:
    """Count the mutants that tests killed, and return a finding for each that survived without a reason.

    A mutant that could not be graded, or whose time was over, is killed: it failed.

    Args:
        bench: the exercise.
        made: how many mutants there are.
        mutants: those that were graded.
        results: what each earned.
        reasons: why some may survive.
    """
    survivors = [mutant for mutant, result in zip(mutants, results, strict=True) if result.passed]
    allowed = {reason.key for reason in reasons}
    unexcused = [mutant for mutant in survivors if mutant.key not in allowed]
    count = MutantCount(
        made=made,
        run=len(mutants),
        killed=len(mutants) - len(survivors),
        excused=len(survivors) - len(unexcused),
        survived=len(unexcused),
    )
    findings = [_survived(bench, mutant) for mutant in unexcused]
    return count, [*findings, *check_reasons(bench.folder, reasons, survivors)]


def _survived(bench: Bench, mutant: Mutant) -> Finding:
    return Finding(
        bench.exercise.path,
        mutant.line,
        "mutant",
        f"No test of {mutant.grade_id} notices this mistake ({mutant.operator}).",
        f"Add an assertion that does, or put the entry below, with a reason, into {REASONS_FILE}.",
        f"{diff(bench.solution[mutant.grade_id], mutant)}\n{reason_to_paste(mutant)}",
    )
