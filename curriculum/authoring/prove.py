"""Proving exercises: every claim that makes one a good exercise is tried in the grader.

The work is a stream of notebooks to grade: first the answers whose marks are known, then, where the model solution is
right, cheats and mutants; last, nbgrader itself grades some of the answers once more.
"""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

from autograder.engine import Grader, Task
from autograder.results import NotebookResult
from curriculum.authoring.answers import answer_name, check_answers, is_caught
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
    with contextlib.nullcontext(grader) if grader else Grader(workers) as ready:
        _try_known_answers(ready, trials, counter)
        sound = [trial for trial in trials if trial.sound]
        _try_cheats(ready, sound, counter)
        _try_mutants(ready, sound, counter)
        _try_what_is_compared(ready, sound, counter)
    _try_nbgrader([trial for trial in sound if trial.compared], workers, counter)


def _try_known_answers(grader: Grader, trials: list[Trial], counter: _Counter) -> None:
    whole = [(trial, trial.task(data)) for trial in trials for data in trial.whole.values()]
    wrong = [(trial, trial.wrong_task(answer)) for trial in trials for answer in trial.bench.wrong]
    results = counter.grade(grader, [*whole, *wrong])
    for trial in trials:
        trial.results = dict(zip(trial.whole, results, strict=False))
    strange = []
    for trial in trials:
        for answer, result in zip(trial.bench.wrong, results, strict=False):
            trial.results[answer_name(answer)] = result
            if not is_caught(trial.bench, answer, result):
                strange.append((trial, answer))
    # what its own test didn't catch as it should is graded by all, to say what does catch it
    again = [(trial, trial.task(trial.bench.submission(answer.cells))) for trial, answer in strange]
    for (trial, answer), result in zip(strange, counter.grade(grader, again), strict=True):
        trial.results[answer_name(answer)] = result
    for trial in trials:
        trial.findings += check_answers(trial.bench, trial.results)
        trial.seconds, found = check_budget(grader, trial)
        trial.findings += found


def _try_cheats(grader: Grader, trials: list[Trial], counter: _Counter) -> None:
    work = [(t, t.task(t.bench.submission(cells))) for t in trials for cells in t.cheats.values()]
    results = counter.grade(grader, work)
    for trial in trials:
        trial.findings += check_cheats(trial.bench, dict(zip(trial.cheats, results, strict=False)))


def _try_mutants(grader: Grader, trials: list[Trial], counter: _Counter) -> None:
    models = [(trial, task) for trial in trials for task in trial.mutated]
    graded = counter.grade(grader, [(trial, trial.model_task(task)) for trial, task in models])
    for (trial, task), result in zip(models, graded, strict=True):
        if not result.passed:
            trial.tied.add(task)
    results = counter.grade(
        grader, [(trial, trial.mutant_task(mutant)) for trial in trials for mutant in trial.mutants]
    )
    for trial in trials:
        mutated = list(itertools.islice(results, len(trial.mutants)))
        trial.count, found = check_mutants(trial.bench, trial.made, trial.mutants, mutated, trial.reasons)
        trial.findings += found


def _try_what_is_compared(grader: Grader, trials: list[Trial], counter: _Counter) -> None:
    results = counter.grade(
        grader, [(trial, trial.task(data)) for trial in trials for data in trial.only_compared.values()]
    )
    for trial in trials:
        trial.results |= dict(zip(trial.only_compared, results, strict=False))


def _try_nbgrader(trials: list[Trial], workers: int, counter: _Counter) -> None:
    counter.expect(sum(len(trial.compared) for trial in trials))
    for trial, marks in marks_by_nbgrader(trials, workers):
        counter.done(len(marks), trial)
        trial.findings += check_same_marks(trial, marks)


class _Counter:
    """Grades, counts what is graded, and tells how far the work is."""

    def __init__(self, tell: Progress) -> None:
        self._tell = tell
        self._done = 0
        self._all = 0

    def expect(self, gradings: int) -> None:
        self._all += gradings

    def done(self, gradings: int, trial: Trial) -> None:
        self._done += gradings
        self._tell(self._done, self._all, trial.bench.exercise.id)

    def grade(self, grader: Grader, work: Sequence[tuple[Trial, Task]]) -> Iterator[NotebookResult]:
        """Return the results of gradings in their order, all of them when it returns."""
        self.expect(len(work))
        results = []
        for (trial, _), result in zip(work, grader.map(task for _, task in work), strict=True):
            results.append(result)
            trial.took += result.seconds
            self.done(1, trial)
        return iter(results)


def _tell_nobody(done: int, of: int, exercise: str) -> None:
    """Show no progress."""
