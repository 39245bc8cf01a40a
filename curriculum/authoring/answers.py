"""Proofs about whole answers: the model solution, the untouched starter, `wrong/` and `accepted/`."""

from __future__ import annotations

from collections.abc import Iterator

from autograder.results import CellResult, NotebookResult
from curriculum.authoring.bench import Answer, Bench
from curriculum.authoring.finding import Finding


def whole_submissions(bench: Bench) -> dict[str, bytes]:
    """Return the notebooks of which every mark is known beforehand, by name: `model`, `starter`, `accepted/…`."""
    return {
        "model": bench.submission({}),
        "starter": bench.starter,
        **{answer_name(answer): bench.submission(answer.cells) for answer in bench.accepted},
    }


def answer_name(answer: Answer) -> str:
    """Return how an answer is called in reports: `wrong/string-id`."""
    return f"{answer.path.parent.name}/{answer.path.stem}"


def check_answers(bench: Bench, results: dict[str, NotebookResult]) -> list[Finding]:
    """Compare what the known answers earned with what they must earn.

    Args:
        bench: the exercise.
        results: what each of them earned, by its name.
    """
    return [
        *_check_full(bench, "model", results["model"]),
        *_check_starter(bench, results["starter"]),
        *(found for answer in bench.wrong for found in _check_wrong(bench, answer, results[answer_name(answer)])),
        *(
            found
            for answer in bench.accepted
            for found in _check_full(bench, "accepted", results[answer_name(answer)], answer)
        ),
    ]


def _check_full(bench: Bench, rule: str, result: NotebookResult, answer: Answer | None = None) -> Iterator[Finding]:
    """Every point that a program gives must be earned, by the model solution or by another right answer."""
    who = "this right answer" if answer else "the model solution"
    if result.problem:
        path = answer.path if answer else bench.exercise.path
        problem = f"Grading {who} failed: {result.problem.rstrip('.')}."
        yield Finding(path, 1, rule, problem, "Run the notebook's cells and mend what fails.")
    for cell in result.cells:
        if cell.status not in ("passed", "needs grading"):
            problem = f"{cell.grade_id} gives {who} {_share(cell)}: {what_happened(cell)}."
            path, line = (answer.path, 2) if answer else (bench.exercise.path, line_of(bench, cell.grade_id))
            yield Finding(path, line, rule, problem, "Mend the answer or the test.")


def _check_starter(bench: Bench, result: NotebookResult) -> Iterator[Finding]:
    """What the learner is given must earn nothing."""
    for cell in result.cells:
        if cell.points > 0:
            yield Finding(
                bench.exercise.path,
                line_of(bench, cell.grade_id),
                "starter",
                f"{cell.grade_id} gives the untouched starter {_share(cell)}.",
                "Test something that only an answer can do.",
            )


def _check_wrong(bench: Bench, answer: Answer, result: NotebookResult) -> Iterator[Finding]:
    """A wrong answer must fail the test that it names, and be shown the hint that it names."""
    header = answer.header
    for field, example in (("misconception", "what the learner believes"), ("caught_by", "test_name"), ("hint", "key")):
        if not getattr(header, field):
            yield Finding(answer.path, 2, "wrong", f"`{field}` is missing.", f"Add `# {field}: {example}`.")
    if not header.caught_by:
        return
    cell = next((cell for cell in result.cells if cell.grade_id == header.caught_by), None)
    if cell is None:
        yield Finding(
            answer.path, 2, "wrong", f"Grading it failed: {result.problem}.", "Run its cells and mend what fails."
        )
        return
    if cell.status == "passed":
        others = [other.grade_id for other in result.cells if other.status in ("failed", "partial")]
        instead = f"; it is caught by {', '.join(others)}" if others else "; nothing catches it"
        yield Finding(
            answer.path,
            2,
            "wrong",
            f"{header.caught_by} passes{instead}.",
            "Add an assertion to that test which this answer fails, or name the right test.",
        )
        return
    if header.hint and not shows_hint(bench, cell, header.hint):
        yield Finding(
            answer.path,
            2,
            "wrong",
            f"{header.caught_by} doesn't show the hint `{header.hint}` but says: {what_happened(cell)}.",
            f'Give the assertion that fails first `, hint("{header.hint}")`, or name the hint that it has.',
        )


def is_caught(bench: Bench, answer: Answer, result: NotebookResult) -> bool:
    """Return whether a wrong answer failed the test that it names and was shown the hint that it names."""
    return not list(_check_wrong(bench, answer, result))


def shows_hint(bench: Bench, cell: CellResult, key: str) -> bool:
    """Return whether what a failed test says holds the first step of a hint."""
    steps = bench.hints.get(key)
    return bool(steps and _words(steps[0]) in _words(cell.message))


def line_of(bench: Bench, grade_id: str) -> int:
    """Return the line of `exercise.py` on which a graded cell begins."""
    return next((cell.line for cell in bench.exercise.cells if cell.grade_id == grade_id), 1)


def what_happened(cell: CellResult) -> str:
    """Return in a line why a cell did not pass."""
    said = " ".join(filter(None, [cell.error, " ".join(cell.message.split())]))
    return (said or "it gave only a part of the points")[:400].rstrip(".")


def _share(cell: CellResult) -> str:
    return f"{cell.points:g} of {cell.max_points:g} points"


def _words(text: str) -> str:
    return " ".join(text.split())
