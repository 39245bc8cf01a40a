"""Proving exercises: every claim that makes one a good exercise is tried in the grader.

The work is a stream of notebooks to grade: first the answers whose marks are known, then, where the model solution is
right, cheats and mutants; last, nbgrader itself grades the known answers once more.
"""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path

from autograder.engine import Grader
from autograder.results import NotebookResult
from curriculum.authoring.answers import check_answers
from curriculum.authoring.budget import check_budget
from curriculum.authoring.cache import recall, remember
from curriculum.authoring.cheats import check_cheats
from curriculum.authoring.finding import as_finding
from curriculum.authoring.nbgradermarks import check_same_marks, marks_by_nbgrader
from curriculum.authoring.proof import Proof
from curriculum.authoring.survivors import check_mutants
from curriculum.authoring.trial import WHOLE, Part, Trial, make_trial
from curriculum.exceptions import SourceError

Progress = Callable[[int, int, str], None]
"""Is told how many gradings are done, of how many, and which exercise they belong to."""


def prove(
    paths: Sequence[Path],
    *,
    parts: Collection[Part] = WHOLE,
    workers: int = 2,
    use_cache: bool = True,
    grader: Grader | None = None,
    progress: Progress | None = None,
) -> list[Proof]:
    """Prove exercises.

    Args:
        paths: their files `exercise.py`.
        parts: what to prove; an author who is writing leaves most of it for later.
        workers: how many gradings run at a time.
        use_cache: whether an exercise that held before, and is unchanged, need not be tried again.
        grader: grades, and stays warm afterwards; by default one is started, and ended.
        progress: is told how far the work is.

    Returns:
        A proof for each, in the order of the paths. Only whole proofs that hold are remembered.
    """
    remembering = use_cache and set(parts) >= WHOLE
    proofs: dict[Path, Proof] = {}
    trials: dict[Path, Trial] = {}
    for path in paths:
        remembered = recall(path) if remembering else None
        if remembered:
            proofs[path] = remembered
            continue
        try:
            trials[path] = make_trial(path, parts)
        except SourceError as error:
            proofs[path] = Proof(f"{path.parent.parent.name}/{path.parent.name}", (as_finding(error),))
    if trials:
        _try(list(trials.values()), workers, grader, _Counter(progress or _tell_nobody))
    for path, trial in trials.items():
        proofs[path] = trial.conclude()
        if remembering and proofs[path].holds:
            remember(path, proofs[path])
    return [proofs[path] for path in paths]


def _try(trials: list[Trial], workers: int, grader: Grader | None, counter: _Counter) -> None:
    counter.expect(sum(len(trial.known) for trial in trials))
    with contextlib.nullcontext(grader) if grader else Grader(workers) as ready:
        _try_known_answers(ready, trials, counter)
        sound = [trial for trial in trials if trial.sound]
        counter.expect(sum(trial.gradings for trial in sound))
        _try_cheats_and_mutants(ready, sound, counter)
    _try_nbgrader([trial for trial in sound if trial.compared], workers, counter)


def _try_known_answers(grader: Grader, trials: list[Trial], counter: _Counter) -> None:
    results = grader.map(trial.task(data) for trial in trials for data in trial.known.values())
    for trial in trials:
        graded = counter.take(len(trial.known), results, trial)
        trial.results = dict(zip(trial.known, graded, strict=True))
        trial.findings += check_answers(trial.bench, trial.results)
    for trial in trials:
        trial.seconds, found = check_budget(grader, trial)
        trial.findings += found


def _try_cheats_and_mutants(grader: Grader, trials: list[Trial], counter: _Counter) -> None:
    results = grader.map(task for trial in trials for task in trial.further_tasks())
    for trial in trials:
        compared = counter.take(len(trial.only_compared), results, trial)
        trial.results |= dict(zip(trial.only_compared, compared, strict=True))
        cheated = counter.take(len(trial.cheats), results, trial)
        trial.findings += check_cheats(trial.bench, dict(zip(trial.cheats, cheated, strict=True)))
        mutated = counter.take(len(trial.mutants), results, trial)
        trial.count, found = check_mutants(trial.bench, trial.made, trial.mutants, mutated, trial.reasons)
        trial.findings += found


def _try_nbgrader(trials: list[Trial], workers: int, counter: _Counter) -> None:
    for trial, marks in marks_by_nbgrader(trials, workers):
        counter.done(len(marks), trial)
        trial.findings += check_same_marks(trial, marks)


class _Counter:
    """Counts gradings and tells how far the work is."""

    def __init__(self, tell: Progress) -> None:
        self._tell = tell
        self._done = 0
        self._all = 0

    def expect(self, gradings: int) -> None:
        self._all += gradings

    def done(self, gradings: int, trial: Trial) -> None:
        self._done += gradings
        self._tell(self._done, self._all, trial.bench.exercise.id)

    def take(self, count: int, results: Iterable[NotebookResult], trial: Trial) -> list[NotebookResult]:
        """Return the next results of a trial, and count each when it comes."""
        taken = []
        for result in itertools.islice(results, count):
            taken.append(result)
            trial.took += result.seconds
            self.done(1, trial)
        return taken


def _tell_nobody(done: int, of: int, exercise: str) -> None:
    """Show no progress."""
