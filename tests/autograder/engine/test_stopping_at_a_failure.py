"""A run that ends with its first failed test: for whoever only asks whether all tests pass."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import nbformat
import pytest
from nbformat import NotebookNode

from autograder import reference
from autograder.engine import Grader, Task
from autograder.results import NotebookResult

Grade = Callable[[str, bool], NotebookResult]


@pytest.fixture(scope="module")
def source(
    notebook: Callable[..., NotebookNode],
    answer_cell: Callable[..., NotebookNode],
    test_cell: Callable[..., NotebookNode],
) -> NotebookNode:
    return notebook(
        answer_cell("value", "x = 1"),
        test_cell("test_first", "assert x > 0"),
        test_cell("test_second", "assert x < 3", 2),
        test_cell("test_third", "open('third', 'w').close()", 4),
    )


@pytest.fixture(scope="module")
def grade(source: NotebookNode, submit: Callable[..., bytes]) -> Iterator[Grade]:
    with Grader() as grader:

        def run(answer: str, stop: bool) -> NotebookResult:
            data = nbformat.writes(source).encode()
            (result,) = grader.map([Task(data, "n", submit(source, {"value": answer}), {}, 10, stop_at_failure=stop)])
            return result

        yield run


def test_the_tests_after_the_first_that_fails_are_not_run_and_earn_nothing(grade: Grade) -> None:
    result = grade("x = 9", True)
    assert [cell.points for cell in result.cells] == [1, 0, 0]
    assert (result.cells[1].error, result.cells[2].error) == ("AssertionError", "NotRun")
    assert "a test before it failed" in result.cells[2].message
    assert not result.passed


def test_without_it_they_are_run(grade: Grade) -> None:
    assert [cell.points for cell in grade("x = 9", False).cells] == [1, 0, 4]


def test_a_run_in_which_no_test_fails_goes_to_its_end(grade: Grade) -> None:
    assert grade("x = 1", True).passed


def test_an_answer_that_raises_does_not_end_the_run(grade: Grade) -> None:
    assert [cell.points for cell in grade("x = 1\nraise OSError", True).cells] == [1, 2, 4]


def test_memory_is_measured(grade: Grade) -> None:
    little, much = grade("x = 1", False).memory, grade("x = 1\ny = b'1' * (200 << 20)", False).memory
    assert 20 < little < 200
    assert much > little + 150


def test_nbgrader_grades_several_notebooks_in_one_course(source: NotebookNode, submit: Callable[..., bytes]) -> None:
    submitted = {name: submit(source, {"value": f"x = {x}"}) for name, x in (("ann", 1), ("bo", 9), ("cy", -1))}
    results = reference.grade_notebooks(source, "n", submitted, {}, 10)
    assert {name: result.points for name, result in results.items()} == {"ann": 7, "bo": 5, "cy": 6}
