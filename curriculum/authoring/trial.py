"""An exercise under proof: what is to be graded, and what has been found so far."""

from __future__ import annotations

from pathlib import Path

import msgspec

from autograder.engine import Task
from autograder.results import NotebookResult
from curriculum.authoring.answers import known_submissions
from curriculum.authoring.bench import Bench, read_bench
from curriculum.authoring.cheats import universal_cheats
from curriculum.authoring.finding import Finding
from curriculum.authoring.leaks import find_leaks
from curriculum.authoring.mutation import Mutant, choose, find_mutants
from curriculum.authoring.proof import MutantCount, Proof
from curriculum.authoring.reasons import Reason, read_reasons
from curriculum.build import notebook_bytes

MOST_MUTANTS = 60
"""How many mutants of one exercise are graded; `mutation.choose` says which."""


class Trial(msgspec.Struct):
    """An exercise under proof.

    Attributes:
        bench: the exercise.
        source: its source version, as the bytes of its file.
        known: the notebooks whose marks are known beforehand, by name.
        cheats: the answers of universal cheats, by the cheat's name.
        made: how many mutants there are.
        mutants: those that are graded.
        reasons: why some mutants may survive.
        findings: what must be mended.
        results: what the known notebooks earned.
        count: how the tests dealt with the mutants.
        seconds: wall time of grading the slowest known answer, in seconds.
        took: wall time of all its gradings, in seconds.
    """

    bench: Bench
    source: bytes
    known: dict[str, bytes]
    cheats: dict[str, dict[str, str]]
    made: int
    mutants: list[Mutant]
    reasons: tuple[Reason, ...]
    findings: list[Finding]
    results: dict[str, NotebookResult] = {}
    count: MutantCount = MutantCount()
    seconds: float = 0
    took: float = 0

    @property
    def sound(self) -> bool:
        """Whether the model solution is right: if not, cheats and mutants can't tell anything."""
        return self.results["model"].passed

    @property
    def gradings(self) -> int:
        """How many gradings there are beyond those of the known notebooks."""
        return len(self.cheats) + len(self.mutants)

    def task(self, submitted: bytes) -> Task:
        """Return the grading of one notebook, given as the bytes of its file."""
        exercise = self.bench.exercise
        return Task(self.source, exercise.notebook_name, submitted, self.bench.files, exercise.header.seconds)

    def further_tasks(self) -> list[Task]:
        """Return the gradings of the cheats, then those of the mutants, which end with the first test that fails.

        A mutant's cell may run well longer than the whole model solution does; beyond that it counts as hung.
        """
        cheats = [self.task(self.bench.submission(cells)) for cells in self.cheats.values()]
        seconds = min(self.bench.exercise.header.seconds, 1 + 3 * self.results["model"].seconds)
        mutants = [self.task(self.bench.submission({mutant.grade_id: mutant.source})) for mutant in self.mutants]
        hurried = [msgspec.structs.replace(task, seconds=seconds, stop_at_failure=True) for task in mutants]
        return [*cheats, *hurried]

    def conclude(self) -> Proof:
        """Return what was found."""
        exercise = self.bench.exercise
        return Proof(
            exercise=exercise.id,
            findings=tuple(sorted(self.findings, key=lambda found: (found.path, found.line, found.rule))),
            points=exercise.points,
            wrong=len(self.bench.wrong),
            accepted=len(self.bench.accepted),
            cheats=len(self.cheats),
            mutants=self.count,
            seconds=self.seconds,
            budget=exercise.header.seconds,
            took=self.took,
        )


def make_trial(path: Path, *, quick: bool) -> Trial:
    """Read an exercise and prepare its proof.

    Args:
        path: its file `exercise.py`.
        quick: whether to leave out cheats and mutants.

    Raises:
        SourceError: something in the text is malformed.
    """
    bench = read_bench(path)
    reasons = read_reasons(bench.folder)
    mutants = [] if quick else find_mutants(bench.exercise)
    return Trial(
        bench=bench,
        source=notebook_bytes(bench.source),
        known=known_submissions(bench),
        cheats={} if quick else universal_cheats(bench),
        made=len(mutants),
        mutants=choose(mutants, MOST_MUTANTS, (reason.key for reason in reasons)),
        reasons=reasons,
        findings=find_leaks(bench),
    )
