"""Grading single notebooks against their source versions: for a learner's check, and for proving exercises."""

from __future__ import annotations

import atexit
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future
from types import TracebackType

import msgspec
import nbformat
from nbformat import NotebookNode

from autograder.engine.jobs import Assignment, GradedNotebook, Job, Outcome, Rules
from autograder.engine.pool import LocalPool, WarmProcess, grade_with
from autograder.engine.sources import assignment_from_source
from autograder.exceptions import NotebookError
from autograder.results import NotebookResult
from autograder.sandbox.settings import Settings

_SANDBOX = Settings(isolation="best")  # one's own work, or an author's: better run than refused
_STUB = "raise NotImplementedError()"
_AHEAD = 4


class Task(msgspec.Struct, frozen=True):
    """One notebook to be graded.

    Attributes:
        source: the source version, as the bytes of its file.
        name: the notebook's name, without `.ipynb`.
        submitted: the learner's notebook, as the bytes of its file.
        files: other files of the assignment, by name relative to the notebook.
        seconds: wall time that one cell may take, in seconds.
        stop_at_failure: whether the first test that fails ends the run; the tests after it earn nothing.
    """

    source: bytes
    name: str
    submitted: bytes
    files: dict[str, bytes]
    seconds: float
    stop_at_failure: bool = False


class Grader:
    """Grades many notebooks on warm processes; a context manager, which ends the processes.

    Args:
        workers: how many processes.
    """

    def __init__(self, workers: int = 1) -> None:
        self._workers = workers
        self._pool = LocalPool(workers)
        self._assignments: dict[tuple[bytes, str, float, bool, tuple[tuple[str, bytes], ...]], Assignment] = {}

    def __enter__(self) -> Grader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self._pool.shutdown()
        else:
            self._pool.kill()

    def map(self, tasks: Iterable[Task]) -> Iterator[NotebookResult]:
        """Grade notebooks; give the results in the order of the tasks, each as soon as it can be given.

        A notebook that could not be graded gives a result with its `problem`, so that the others go on.
        """
        waiting: deque[tuple[Task, Future[Outcome]]] = deque()
        for task in tasks:
            job, assignment = self._prepare(task)
            waiting.append((task, self._pool.grade(job, assignment)))
            while len(waiting) > _AHEAD * self._workers:
                yield _result(*waiting.popleft())
        while waiting:
            yield _result(*waiting.popleft())

    def kill(self) -> None:
        """End the processes now, whatever they do; who waits for a result gets one that says so."""
        self._pool.kill()

    def _prepare(self, task: Task) -> tuple[Job, Assignment]:
        key = (task.source, task.name, task.seconds, task.stop_at_failure, tuple(sorted(task.files.items())))
        if key not in self._assignments:
            source = nbformat.reads(task.source.decode(), as_version=4)
            self._assignments[key] = _assignment(
                source, task.name, task.files, task.seconds, stop_at_failure=task.stop_at_failure
            )
        assignment = self._assignments[key]
        return Job(assignment.key, {task.name: task.submitted}, label="check"), assignment


def grade_notebook(
    source: NotebookNode, name: str, submitted: bytes, files: Mapping[str, bytes], seconds: float
) -> NotebookResult:
    """Grade one notebook against its source version, from a clean start, in a process that stays warm.

    Args:
        source: the source version, with solutions and hidden tests.
        name: the notebook's name, without `.ipynb`.
        submitted: the learner's notebook, as the bytes of its file.
        files: other files of the assignment, by name relative to the notebook.
        seconds: wall time that one cell may take, in seconds.

    Raises:
        NotebookError: the learner's file is not a notebook, or it could not be graded.
    """
    assignment = _assignment(source, name, files, seconds)
    with _lock:
        outcome = grade_with(_process(), Job(assignment.key, {name: submitted}, label="check"), assignment)
    if outcome.problem:
        raise NotebookError(outcome.problem)
    graded = outcome.notebooks[0]
    return _as_result(name, graded, outcome)


_lock = threading.Lock()
_kept: list[WarmProcess] = []


def _process() -> WarmProcess:
    """Return the process that this one keeps warm."""
    if not _kept:
        _kept.append(WarmProcess())
        atexit.register(_kept[0].close)
    return _kept[0]


def _assignment(
    source: NotebookNode, name: str, files: Mapping[str, bytes], seconds: float, *, stop_at_failure: bool = False
) -> Assignment:
    rules = Rules(timeout=max(1.0, seconds), keep_notebooks=False, stop_at_failure=stop_at_failure, sandbox=_SANDBOX)
    return assignment_from_source(source, name, files, rules, stub=_STUB)


def _result(task: Task, future: Future[Outcome]) -> NotebookResult:
    outcome = future.result()
    if outcome.problem:
        return NotebookResult(task.name, (), outcome.seconds, outcome.problem)
    graded = outcome.notebooks[0]
    return _as_result(task.name, graded, outcome)


def _as_result(name: str, graded: GradedNotebook, outcome: Outcome) -> NotebookResult:
    isolation = str(outcome.isolation)
    return NotebookResult(
        name, graded.cells, outcome.seconds, memory=graded.memory, isolation=isolation, noticed=graded.noticed
    )
