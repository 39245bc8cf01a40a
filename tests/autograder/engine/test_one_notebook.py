from collections.abc import Callable, Iterator

import nbformat
import pytest
from nbformat import NotebookNode

from autograder import reference
from autograder.engine import Grader, Task, grade_notebook
from autograder.exceptions import NotebookError
from autograder.results import CellResult


@pytest.fixture(scope="module")
def source(
    notebook: Callable[..., NotebookNode],
    answer_cell: Callable[..., NotebookNode],
    test_cell: Callable[..., NotebookNode],
) -> NotebookNode:
    return notebook(
        answer_cell("add", "def add(a, b):\n    return a + b"),
        test_cell(
            "test_add",
            "import pytest\nassert add(1, 2) == 3, 'sums'\n"
            "### BEGIN HIDDEN TESTS\nassert add(2, 2) == 4\n### END HIDDEN TESTS",
            3,
        ),
        test_cell("test_part", "0.5", 2),
        test_cell("test_read", "open('data.txt').read()\nassert True"),
    )


@pytest.fixture(scope="module")
def grader() -> Iterator[Grader]:
    with Grader() as it:
        yield it


def _seen(cells: tuple[CellResult, ...]) -> list[tuple[object, ...]]:
    return [(c.grade_id, c.points, c.max_points, c.status, c.error, c.message, c.line) for c in cells]


@pytest.mark.parametrize(
    "answer",
    [
        "def add(a, b):\n    return a + b",
        "def add(a, b):\n    return 3",
        "raise NotImplementedError()",
        "def add(a, b)\n    return 3",
        "import sys\ndef add(a, b):\n    print('oh', file=sys.stderr)\n    return a + b",
    ],
    ids=["right", "fooled by hidden tests", "untouched", "syntax error", "writes to stderr"],
)
def test_a_notebook_earns_what_nbgrader_gives(answer: str, source: NotebookNode, submit: Callable[..., bytes]) -> None:
    submitted, files = submit(source, {"add": answer}), {"data.txt": b"1"}
    expected = reference.grade_notebook(source, "sums", submitted, files, 10)
    assert _seen(grade_notebook(source, "sums", submitted, files, 10).cells) == _seen(expected.cells)


def test_what_is_no_notebook_is_refused(source: NotebookNode) -> None:
    with pytest.raises(NotebookError, match=r"sums\.ipynb is not a notebook that can be read: it is not JSON"):
        grade_notebook(source, "sums", b"{", {}, 10)


def test_many_are_graded_in_the_order_given_and_a_bad_one_does_not_stop_the_others(
    grader: Grader, source: NotebookNode, submit: Callable[..., bytes]
) -> None:
    original = nbformat.writes(source).encode()
    answers = ["def add(a, b):\n    return a + b", None, "import os\nos._exit(3)", "def add(a, b):\n    return a - b"]
    tasks = [
        Task(original, "sums", submit(source, {"add": answer}) if answer else b"nonsense", {"data.txt": b"1"}, 10)
        for answer in answers
    ]
    results = list(grader.map(tasks))
    assert [result.points for result in results] == [4.5, 0, 0, 1.5]
    assert "is not JSON" in results[1].problem
    assert [cell.error for cell in results[2].cells] == ["NotRun"] * 3


def test_an_endless_loop_costs_its_cell_and_no_other(
    grader: Grader, source: NotebookNode, submit: Callable[..., bytes]
) -> None:
    endless = submit(source, {"add": "def add(a, b):\n    while True:\n        pass"})
    (result,) = grader.map([Task(nbformat.writes(source).encode(), "sums", endless, {"data.txt": b"1"}, 1)])
    assert [(cell.points, cell.error) for cell in result.cells] == [(0, "KeyboardInterrupt"), (0.5, ""), (1, "")]


def test_a_process_that_cannot_be_interrupted_is_killed_with_its_children(
    grader: Grader, source: NotebookNode, submit: Callable[..., bytes], tmp_path: object
) -> None:
    answer = (
        "import subprocess, signal\n"
        "subprocess.Popen(['sleep', '1000'], start_new_session=True)\n"
        "signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
        "while True:\n    pass"
    )
    (result,) = grader.map(
        [Task(nbformat.writes(source).encode(), "sums", submit(source, {"add": answer}), {"data.txt": b"1"}, 1)]
    )
    assert result.points == 0
    assert "did not stop when its time was over" in result.cells[0].message
