"""An exercise under proof: what is to be graded, and what has been found so far."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Literal, get_args

import msgspec

from autograder.engine import Task
from autograder.results import NotebookResult
from curriculum.authoring.answers import known_submissions
from curriculum.authoring.bench import Bench, read_bench
from curriculum.authoring.cheats import universal_cheats
from curriculum.authoring.comparing import compared_answers
from curriculum.authoring.finding import Finding
from curriculum.authoring.leaks import find_leaks
from curriculum.authoring.mutation import Mutant, choose, find_mutants
from curriculum.authoring.proof import MutantCount, Proof
from curriculum.authoring.reasons import Reason, read_reasons

MOST_MUTANTS = 40
"""How many mutants of one exercise are graded, if its budget is 5 seconds; of one with a larger budget, fewer.

`mutation.choose` says which.
"""


class Trial(msgspec.Struct):
    """An exercise under proof.

    Attributes:
        bench: the exercise.
        source: its source version, as the bytes of its file.
        shortened: the same without the tests above a task, by the task's `grade_id`.
        known: the notebooks whose marks are known beforehand, by name.
        compared: the notebooks that nbgrader marks as well, by name.
        cheats: the answers of universal cheats, by the cheat's name.
        made: how many mutants there are.
        mutants: those that are graded.
        reasons: why some mutants may survive.
        findings: what must be mended.
        results: what the known and the compared notebooks earned.
        count: how the tests dealt with the mutants.
        seconds: wall time of grading the slowest known answer, in seconds.
        took: wall time of all its gradings, in seconds.
    """

    bench: Bench
    source: bytes
    known: dict[str, bytes]
    compared: dict[str, bytes]
    cheats: dict[str, dict[str, str]]
    made: int
    mutants: list[Mutant]
    reasons: tuple[Reason, ...]
    findings: list[Finding]
    results: dict[str, NotebookResult] = {}
    shortened: dict[str, bytes] = {}
    count: MutantCount = MutantCount()
    seconds: float = 0
    took: float = 0

    @property
    def sound(self) -> bool:
        """Whether the model solution is right: if not, cheats and mutants can't tell anything."""
        return self.results["model"].passed

    @property
    def only_compared(self) -> dict[str, bytes]:
        """The notebooks that are graded only to be compared."""
        return {name: data for name, data in self.compared.items() if name not in self.known}

    @property
    def gradings(self) -> int:
        """How many gradings there are beyond those of the known notebooks."""
        return len(self.only_compared) + len(self.cheats) + len(self.mutants) + len(self.compared)

    def task(self, submitted: bytes) -> Task:
        """Return the grading of one notebook, given as the bytes of its file."""
        exercise = self.bench.exercise
        return Task(self.source, exercise.notebook_name, submitted, self.bench.files, exercise.header.seconds)

    def further_tasks(self) -> list[Task]:
        """Return the gradings of what is only compared, of the cheats, and of the mutants.

        A mutant's grading ends with the first test that fails.

        A mutant's cell may run well longer than the whole model solution does; beyond that it counts as hung.
        """
        cheats = [self.task(self.bench.submission(cells)) for cells in self.cheats.values()]
        return [*map(self.task, self.only_compared.values()), *cheats, *map(self._mutant_task, self.mutants)]

    def _mutant_task(self, mutant: Mutant) -> Task:
        """Return the grading of a mutant: without the tests above its task, which ran before they could notice it."""
        task = self.task(self.bench.submission({mutant.grade_id: mutant.source}, mutant.grade_id))
        seconds = min(self.bench.exercise.header.seconds, 1 + 3 * self.results["model"].seconds)
        if mutant.grade_id not in self.shortened:
            self.shortened[mutant.grade_id] = self.bench.source_bytes(mutant.grade_id)
        source = self.shortened[mutant.grade_id]
        return msgspec.structs.replace(task, source=source, seconds=seconds, stop_at_failure=True)

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
            memory=max(result.memory for result in self.results.values()),
            took=self.took,
        )


Part = Literal["answers", "cheats", "mutants", "nbgrader"]
"""A part of a proof: the known answers, which are always graded; cheats; mutants; and what nbgrader gives."""

WHOLE: frozenset[Part] = frozenset(get_args(Part))
QUICK: frozenset[Part] = frozenset({"answers"})


def make_trial(path: Path, parts: Collection[Part] = WHOLE) -> Trial:
    """Read an exercise and prepare its proof.

    Args:
        path: its file `exercise.py`.
        parts: what to prove.

    Raises:
        SourceError: something in the text is malformed.
    """
    bench = read_bench(path)
    reasons = read_reasons(bench.folder) if "mutants" in parts else ()
    known = known_submissions(bench)
    compared = {name: known[name] for name in ("model", "starter")}
    compared |= {name: bench.submission(answers) for name, answers in compared_answers(bench).items()}
    mutants = find_mutants(bench.exercise) if "mutants" in parts else []
    return Trial(
        bench=bench,
        source=bench.source_bytes(),
        known=known,
        compared=compared if "nbgrader" in parts else {},
        cheats=universal_cheats(bench) if "cheats" in parts else {},
        made=len(mutants),
        mutants=choose(
            mutants, round(MOST_MUTANTS * 5 / max(5, bench.exercise.header.seconds)), (reason.key for reason in reasons)
        ),
        reasons=reasons,
        findings=find_leaks(bench),
    )
