"""How the author's tools grade: the one place that knows which grader runs."""

from __future__ import annotations

from collections.abc import Mapping

from autograder.results import NotebookResult
from curriculum.authoring.bench import Bench


def grade_answers(bench: Bench, answers: Mapping[str, str], seconds: float | None = None) -> NotebookResult:
    """Grade the notebook of a learner who wrote `answers`, and the model solution elsewhere.

    Args:
        bench: the exercise.
        answers: the text of each answered cell, by `grade_id`.
        seconds: wall time that grading may take, in seconds; by default the exercise's own budget.
    """
    return grade_submission(bench, bench.submission(answers), seconds)


def grade_submission(bench: Bench, submitted: bytes, seconds: float | None = None) -> NotebookResult:
    """Grade a notebook, given as the bytes of its file."""
    # graders are slow to import, and an unchanged exercise needs none
    from autograder.reference import grade_notebook

    exercise = bench.exercise
    budget = exercise.header.seconds if seconds is None else seconds
    return grade_notebook(bench.source, exercise.notebook_name, submitted, bench.files, budget)
