"""The proof that `nbgrader autograde` gives the same marks as the engine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import msgspec
import nbformat

from autograder.results import NotebookResult
from curriculum.authoring.answers import line_of, what_happened
from curriculum.authoring.finding import Finding
from curriculum.authoring.trial import Trial

Marks = dict[str, NotebookResult]


class _Work(msgspec.Struct, frozen=True):
    """Notebooks of one exercise for nbgrader to grade.

    Attributes:
        source: the source version, as the bytes of its file.
        name: the notebook's name.
        submitted: the notebooks, as the bytes of their files, by what they are called here.
        files: the files beside the notebook, by name.
        seconds: wall time that a cell may take, in seconds.
    """

    source: bytes
    name: str
    submitted: dict[str, bytes]
    files: dict[str, bytes]
    seconds: float


def marks_by_nbgrader(trials: Sequence[Trial], workers: int) -> Iterator[tuple[Trial, Marks]]:
    """Have nbgrader grade the answers of exercises that are compared, and yield what they earned.

    Args:
        trials: the exercises.
        workers: how many processes do it; one exercise alone is shared out among them. With one, it is done here.
    """
    if not trials:
        return
    shares = max(1, workers // len(trials))
    parts = [_shares(trial, shares) for trial in trials]
    if workers == 1:
        for trial, works in zip(trials, parts, strict=True):
            yield trial, _together(map(_grade, works))
        return
    # nbgrader drives kernels from an event loop: processes of its own, begun afresh, keep that out of this one
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        futures = [[pool.submit(_grade, work) for work in works] for works in parts]
        for trial, waiting in zip(trials, futures, strict=True):
            yield trial, _together(future.result() for future in waiting)


def check_same_marks(trial: Trial, marks: Marks) -> list[Finding]:
    """Compare nbgrader's marks with the engine's, test by test."""
    findings = []
    for name, by_nbgrader in marks.items():
        by_engine = {cell.grade_id: cell for cell in trial.results[name].cells}
        for cell in by_nbgrader.cells:
            ours = by_engine.get(cell.grade_id)
            points = ours.points if ours else 0
            if cell.points != points:
                said = f" ({what_happened(cell)})" if cell.status == "failed" else ""
                findings.append(
                    Finding(
                        trial.bench.exercise.path,
                        line_of(trial.bench, cell.grade_id),
                        "nbgrader",
                        f"{cell.grade_id} gives {name} {points:g} points, and {cell.points:g} under nbgrader{said}.",
                        "Keep to what docs/authoring.md says of `student`: tests must not reach the learner's objects.",
                    )
                )
    return findings


def _shares(trial: Trial, count: int) -> list[_Work]:
    names = list(trial.compared)
    bench = trial.bench
    return [
        _Work(
            trial.bench.source_bytes(),
            bench.exercise.notebook_name,
            {name: trial.compared[name] for name in names[start::count]},
            bench.files,
            bench.exercise.header.seconds,
        )
        for start in range(count)
    ]


def _grade(work: _Work) -> Marks:
    """Grade notebooks in a throw-away course."""
    from autograder.reference import grade_notebooks

    students = {f"student-{number}": name for number, name in enumerate(work.submitted)}
    source = nbformat.reads(work.source.decode(), as_version=4)
    submitted = {student: work.submitted[name] for student, name in students.items()}
    results = grade_notebooks(source, work.name, submitted, work.files, work.seconds)
    return {students[student]: result for student, result in results.items()}


def _together(parts: Iterator[Marks]) -> Marks:
    return {name: result for part in parts for name, result in part.items()}
