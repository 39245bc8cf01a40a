"""An exercise under proof: what is to be graded, and what has been found so far."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Literal, get_args

import msgspec

from autograder.engine import Task
from autograder.results import NotebookResult
from curriculum.authoring.answers import whole_submissions
from curriculum.authoring.bench import Answer, Bench, read_bench
from curriculum.authoring.cheats import universal_cheats
from curriculum.authoring.comparing import compared_answers
from curriculum.authoring.finding import Finding
from curriculum.authoring.leaks import find_leaks
from curriculum.authoring.mutation import Mutant, choose, find_mutants
from curriculum.authoring.proof import MutantCount, Proof
from curriculum.authoring.reasons import Reason, read_reasons

MOST_MUTANTS = 16
"""How many mutants of one exercise are graded, if its budget is 5 seconds; of one with a larger budget, fewer.

`mutation.choose` says which.
"""


class Trial(msgspec.Struct):
    """An exercise under proof.

    Attributes:
        bench: the exercise.
        whole: the notebooks of which every mark is known beforehand, by name.
        compared: the notebooks that nbgrader marks as well, by name.
        cheats: the answers of universal cheats, by the cheat's name.
        made: how many mutants there are.
        mutants: those that are graded.
        reasons: why some mutants may survive.
        findings: what must be mended.
        results: what the known and the compared answers earned, by name.
        sources: the source version with some of the tests, as the bytes of its file, by the tests.
        tied: the tasks whose mutants need all tests, because tests use what tests above them define.
        count: how the tests dealt with the mutants.
        seconds: wall time of grading the slowest known answer, in seconds.
        took: wall time of all its gradings, in seconds.
    """

    bench: Bench
    whole: dict[str, bytes]
    compared: dict[str, bytes]
    cheats: dict[str, dict[str, str]]
    made: int
    mutants: list[Mutant]
    reasons: tuple[Reason, ...]
    findings: list[Finding]
    results: dict[str, NotebookResult] = {}
    sources: dict[frozenset[str], bytes] = {}
    tied: set[str] = set()
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
        return {name: data for name, data in self.compared.items() if name not in self.whole}

    @property
    def mutated(self) -> list[str]:
        """The tasks that have mutants and tests above them."""
        tasks = dict.fromkeys(mutant.grade_id for mutant in self.mutants)
        return [task for task in tasks if self.bench.tests_below(task) != self.bench.tests]

    def task(self, submitted: bytes, tests: frozenset[str] | None = None) -> Task:
        """Return a grading.

        Args:
            submitted: the notebook, as the bytes of its file.
            tests: those tests that are in it; None for all.
        """
        exercise = self.bench.exercise
        kept = self.bench.tests if tests is None else tests
        if kept not in self.sources:
            self.sources[kept] = self.bench.source_bytes(kept)
        return Task(self.sources[kept], exercise.notebook_name, submitted, self.bench.files, exercise.header.seconds)

    def wrong_task(self, answer: Answer) -> Task:
        """Return the grading of a wrong answer by the one test that must catch it."""
        tests = frozenset({answer.header.caught_by}) & self.bench.tests or self.bench.tests
        return self.task(self.bench.submission(answer.cells, tests), tests)

    def model_task(self, task: str) -> Task:
        """Return the grading of the model solution by the tests below a task, which must do without those above."""
        tests = self.bench.tests_below(task)
        return self.task(self.bench.submission({}, tests), tests)

    def mutant_task(self, mutant: Mutant) -> Task:
        """Return the grading of a mutant by the tests below its task, up to the first that fails.

        A cell may run well longer than the whole model solution does; beyond that the mutant counts as hung.
        """
        tests = self.bench.tests if mutant.grade_id in self.tied else self.bench.tests_below(mutant.grade_id)
        seconds = min(self.bench.exercise.header.seconds, 1 + 3 * self.results["model"].seconds)
        task = self.task(self.bench.submission({mutant.grade_id: mutant.source}, tests), tests)
        return msgspec.structs.replace(task, seconds=seconds, stop_at_failure=True)

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
    whole = whole_submissions(bench)
    compared = {"model": whole["model"]} | {
        name: bench.submission(answers) for name, answers in compared_answers(bench).items()
    }
    mutants = find_mutants(bench.exercise) if "mutants" in parts else []
    cap = round(MOST_MUTANTS * 5 / max(5, bench.exercise.header.seconds))
    return Trial(
        bench=bench,
        whole=whole,
        compared=compared if "nbgrader" in parts else {},
        cheats=universal_cheats(bench) if "cheats" in parts else {},
        made=len(mutants),
        mutants=choose(mutants, cap, (reason.key for reason in reasons)),
        reasons=reasons,
        findings=find_leaks(bench),
    )
