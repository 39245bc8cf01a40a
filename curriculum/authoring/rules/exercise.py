"""Rules on an exercise: its parts, its tests, its wrong answers, and what the curriculum data says of it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from curriculum.authoring.bench import Bench
from curriculum.authoring.finding import Finding
from curriculum.authoring.places import numbered_lines
from curriculum.model import Path as LearningPath

_LONGEST = {"function": 5, "http": 5, "prose": 5, "database": 20, "program": 20}
"""Seconds that grading may take, by kind: starting a database server or a compiler takes time of its own."""

_FEWEST_WRONG = 3
_FEWEST_TASKS, _MOST_TASKS = 2, 5
_MISSPELT_MARK = re.compile(r"#+\s*(begin|end)[ _-]+(solution|hidden|test)", re.IGNORECASE)
_MARK = re.compile(r"### (BEGIN|END) (SOLUTION|HIDDEN TESTS)\s*$")


def check_exercise(bench: Bench, path: LearningPath | None) -> Iterator[Finding]:
    """Yield findings on an exercise's parts.

    Args:
        bench: the exercise.
        path: the learning path; nothing leaves what it says unchecked.
    """
    yield from _check_opening(bench)
    yield from _check_budget(bench)
    yield from _check_tasks(bench)
    yield from _check_tests(bench)
    yield from _check_marks(bench)
    yield from _check_wrong_answers(bench)
    if path is not None:
        yield from _check_data(bench, path)
        yield from _check_assessed(bench, path)


def _found(bench: Bench, line: int, rule: str, problem: str, remedy: str) -> Finding:
    return Finding(bench.exercise.path, line, rule, problem, remedy)


def _check_opening(bench: Bench) -> Iterator[Finding]:
    first = bench.exercise.cells[0]
    if first.cell_type != "markdown" or not first.source.startswith("# "):
        yield _found(
            bench,
            first.line,
            "opening",
            "It doesn't open with a title.",
            "Begin with a cell `# %% [markdown]` and `# # Title`, and the situation below it.",
        )


def _check_budget(bench: Bench) -> Iterator[Finding]:
    header = bench.exercise.header
    most = _LONGEST[header.kind]
    if header.seconds > most:
        yield _found(
            bench,
            2,
            "budget",
            f"`seconds` is {header.seconds:g}.",
            f"Grading an exercise of kind `{header.kind}` may take {most} s at most.",
        )


def _check_tasks(bench: Bench) -> Iterator[Finding]:
    """There are two to five tasks, each with its text; cells with no test and no text between them are one task."""
    tasks = []
    has_text = False
    goes_on = False
    for cell in bench.exercise.cells:
        if cell.role in ("task", "manual"):
            if not has_text and not goes_on:
                remedy = "Add a Markdown cell that says exactly what is asked: names, types, units, errors, edge cases."
                yield _found(bench, cell.line, "task-text", f"No text stands above the task `{cell.grade_id}`.", remedy)
            if has_text or not goes_on:
                tasks.append(cell)
            has_text, goes_on = False, True
        elif cell.role == "test":
            has_text = goes_on = False
        elif cell.cell_type == "markdown":
            has_text = True
    if not _FEWEST_TASKS <= len(tasks) <= _MOST_TASKS:
        line = tasks[0].line if tasks else 1
        yield _found(bench, line, "tasks", f"It has {len(tasks)} tasks.", "Give two to five, rising in difficulty.")


def _check_tests(bench: Bench) -> Iterator[Finding]:
    tests = [cell for cell in bench.exercise.cells if cell.role == "test"]
    if tests and not any("### BEGIN HIDDEN TESTS" in cell.source for cell in tests):
        yield _found(
            bench,
            tests[0].line,
            "hidden-tests",
            "No test is hidden.",
            "Hide the cases that a professional would think of: `### BEGIN HIDDEN TESTS` … `### END HIDDEN TESTS`.",
        )
    if bench.exercise.points == 0:
        yield _found(bench, 1, "points", "The exercise gives no points.", "Give its tests points.")
    imported = any(
        re.search(r"^from autograder\.student import ", cell.source, re.MULTILINE)
        for cell in bench.exercise.cells
        if cell.role == "setup"
    )
    for cell in tests:
        try:
            ast.parse(cell.source)
        except SyntaxError as error:
            line = cell.line + (error.lineno or 1)
            yield _found(bench, line, "test-python", f"The test is not Python: {error.msg}.", "Mend it.")
        if not imported and re.search(r"\bstudent[.\[]|\bhint\(", cell.source):
            yield _found(
                bench,
                cell.line,
                "setup",
                f"{cell.grade_id} uses what no setup cell imports.",
                "Add a cell tagged `setup` with `from autograder.student import hint, student`.",
            )
            return


def _check_marks(bench: Bench) -> Iterator[Finding]:
    """A line that is nearly a mark marks nothing, and what it should hide is shown."""
    for cell in bench.exercise.cells:
        for number, line in numbered_lines(cell):
            if _MISSPELT_MARK.search(line) and not _MARK.search(line):
                yield _found(
                    bench,
                    number,
                    "marks",
                    f"`{line.strip()}` is no mark.",
                    "Marks are `### BEGIN …` and `### END …`, with `SOLUTION` or `HIDDEN TESTS`.",
                )


def _check_wrong_answers(bench: Bench) -> Iterator[Finding]:
    count = len(bench.wrong)
    if count < _FEWEST_WRONG:
        yield _found(
            bench,
            1,
            "wrong-count",
            f"`wrong/` has {count} of at least three answers.",
            "Add answers that learners really give, each with its misconception, its test and its hint.",
        )
    hints = {answer.header.hint for answer in bench.wrong if answer.header.hint}
    if count >= _FEWEST_WRONG and len(hints) < _FEWEST_WRONG:
        yield _found(
            bench,
            1,
            "wrong-hints",
            f"The answers in `wrong/` lead to {len(hints)} of at least three different hints.",
            "Let different misconceptions lead to hints of their own.",
        )
    for answer in bench.wrong:
        for field in ("misconception", "caught_by", "hint"):
            if not getattr(answer.header, field):
                yield Finding(answer.path, 2, "wrong-header", f"`{field}` is missing.", f"Add a line `# {field}: …`.")


def _check_data(bench: Bench, path: LearningPath) -> Iterator[Finding]:
    """What the curriculum data says of the exercise must be so."""
    exercise = bench.exercise
    if exercise.id not in path.exercises:
        module = exercise.id.partition("/")[0]
        remedy = f"Add it to curriculum/data/modules/{module}.yaml."
        yield _found(bench, 1, "data", f"The path has no exercise `{exercise.id}`.", remedy)
        return
    entry = path.exercises[exercise.id]
    for line, field, here, there in (
        (2, "title", exercise.header.title, entry.title),
        (3, "kind", exercise.header.kind, entry.kind),
        (1, "points", exercise.points, entry.points),
    ):
        if here != there:
            problem = f"`{field}` is {here!r} here and {there!r} in the curriculum data."
            yield _found(bench, line, "data", problem, "Make them the same.")


def _check_assessed(bench: Bench, path: LearningPath) -> Iterator[Finding]:
    """What a test says that it assesses must be what the curriculum data has, and lists for the exercise."""
    exercise = bench.exercise
    entry = path.exercises.get(exercise.id)
    for cell in exercise.cells:
        for field, names, known in (
            ("skills", cell.skills, path.skills),
            ("coverage", cell.coverage, path.coverage_items),
        ):
            listed = getattr(entry, field) if entry else names
            for name in names:
                if name not in known:
                    problem = f"{cell.grade_id} assesses `{name}`, which the curriculum data doesn't have."
                    yield _found(bench, cell.line, "assesses", problem, f"Correct `{field}`, or add it to the data.")
                elif name not in listed:
                    problem = f"{cell.grade_id} assesses `{name}`, which the data doesn't list for {exercise.id}."
                    yield _found(bench, cell.line, "assesses", problem, f"Add it to the exercise's `{field}` there.")
