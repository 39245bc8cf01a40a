"""Grading an assignment: submissions go out to workers, marks come back to the one writer of the gradebook."""

from __future__ import annotations

import itertools
import logging
import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from pathlib import Path
from typing import Protocol

import msgspec

from autograder.engine.assignment import read_assignment
from autograder.engine.autograded import Staged, clear_leftovers, stage
from autograder.engine.batch import Batch, Marked, StudentUnknownError
from autograder.engine.course import Course, read_course
from autograder.engine.gradebook import Gradebook
from autograder.engine.jobs import Assignment, Job, Outcome
from autograder.engine.lock import only_run
from autograder.engine.problems import Problems
from autograder.engine.submissions import Contents, Submission, find_submissions, is_due, read_submission
from autograder.exceptions import CourseError, NotebookError
from autograder.results import NotebookResult, SubmissionResult
from autograder.sandbox.settings import Isolation

_AHEAD = 3  # for each worker, so that none waits while a batch is written
_BATCH = 32
_BATCH_SECONDS = 1.0


class Pool(Protocol):
    """Workers, here or elsewhere."""

    @property
    def size(self) -> int:
        """How many submissions they grade at a time."""

    def grade(self, job: Job, assignment: Assignment) -> Future[Outcome]:
        """Have one submission graded."""

    def shutdown(self) -> None:
        """Let the workers go when all is done."""

    def kill(self) -> None:
        """Let the workers go at once."""


class Wish(msgspec.Struct, frozen=True):
    """What is to be graded, and how.

    Attributes:
        course: the course directory.
        assignment: the assignment's name.
        students: the students' ids; by default, all who submitted.
        notebook: a pattern for the names of the notebooks.
        force: whether to grade again what is graded already.
        strict: whether the engine's deliberate differences from nbgrader hold.
        isolation: how far submissions are to be shut in.
        allow_read: files and folders, besides those that the course names, that submissions may read.
        without: layers of the sandbox that are left out, for tests that show what each of them is for.
    """

    course: Path
    assignment: str
    students: tuple[str, ...] = ()
    notebook: str = "*"
    force: bool = False
    strict: bool = True
    isolation: Isolation = "full"
    allow_read: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


def grade_assignment(
    wish: Wish, make_pool: Callable[[], Pool], announce: Callable[[int, int], None] | None = None
) -> Iterator[SubmissionResult]:
    """Grade an assignment's submissions; give each result as soon as it is written.

    Args:
        wish: what is to be graded.
        make_pool: makes the workers; called only when there is something to do.
        announce: told how many submissions will be graded, and how many were already.

    Yields:
        What each submission earned, or why it could not be graded, in the order in which they come.

    Raises:
        CourseError: the course, its configuration or its gradebook is not as it should be.
    """
    course = _shutting_in(read_course(wish.course, strict=wish.strict), wish)
    submissions = find_submissions(course, wish.assignment, wish.students, wish.notebook)
    whole = wish.notebook == "*"
    due = [item for item in submissions if is_due(item, force=wish.force or course.force, whole=whole)]
    if announce is not None:
        announce(len(due), len(submissions) - len(due))
    if not due:
        return
    with only_run(course.root):
        clear_leftovers(course)
        gradebook = Gradebook(course.db_url, course.course_id, wish.assignment)
        try:
            yield from _Run(course, gradebook, wish, whole=whole).through(due, make_pool)
        finally:
            gradebook.close()


def _shutting_in(course: Course, wish: Wish) -> Course:
    """Return a course with the sandbox that is wished for."""
    paths = (*course.rules.sandbox.allow_read, *wish.allow_read)
    for path in paths:
        if not (course.root / path).exists():
            raise CourseError(f"Submissions are to read {path}, which is not there. Mend the path or leave it out.")
    sandbox = msgspec.structs.replace(
        course.rules.sandbox,
        isolation=wish.isolation,
        allow_read=tuple(str((course.root / path).resolve()) for path in paths),
        without=wish.without,
    )
    return msgspec.structs.replace(course, rules=msgspec.structs.replace(course.rules, sandbox=sandbox))


class _Graded(msgspec.Struct):
    """A submission whose outcome is known, on its way into the gradebook."""

    submission: Submission
    contents: Contents | None
    outcome: Outcome
    staged: Staged | None = None


class _Run:
    """One run over an assignment's submissions."""

    def __init__(self, course: Course, gradebook: Gradebook, wish: Wish, *, whole: bool) -> None:
        self._course = course
        self._gradebook = gradebook
        self._wish = wish
        self._whole = whole
        self._problems = Problems(course, wish.assignment)
        self._assignment = read_assignment(course, gradebook, wish.assignment)

    def through(self, due: list[Submission], make_pool: Callable[[], Pool]) -> Iterator[SubmissionResult]:
        """Grade the submissions that are due."""
        pool = make_pool()
        todo = iter(due)
        under_way: dict[Future[Outcome], tuple[Submission, Contents | None]] = {}
        ready: list[_Graded] = []
        written = time.monotonic()
        try:
            while True:
                for submission in itertools.islice(todo, pool.size * (1 + _AHEAD) - len(under_way)):
                    contents, future = self._send(submission, pool)
                    under_way[future] = submission, contents
                if not under_way:
                    break
                done, _ = wait(under_way, return_when=FIRST_COMPLETED)
                for future in done:
                    ready.append(self._stage(*under_way.pop(future), future.result()))
                if len(ready) >= _BATCH or time.monotonic() - written > _BATCH_SECONDS:
                    yield from self._write(ready)
                    ready, written = [], time.monotonic()
            if ready:
                yield from self._write(ready)
            pool.shutdown()
        except BaseException:
            pool.kill()
            for item in ready:
                if item.staged is not None:
                    item.staged.give_up()
            raise

    def _send(self, submission: Submission, pool: Pool) -> tuple[Contents | None, Future[Outcome]]:
        if self._course.before is not None:
            self._call(self._course.before, submission)
        try:
            contents = read_submission(submission, self._course)
        except NotebookError as error:
            return None, _known(Outcome(problem=str(error)))
        known = {name: data for name, data in contents.notebooks.items() if name in self._assignment.notebooks}
        if not known:
            names = ", ".join(sorted(self._assignment.notebooks))
            return contents, _known(Outcome(problem=f"It has none of the assignment's notebooks: {names}."))
        job = Job(self._assignment.key, known, contents.files, contents.executable, label=submission.assignment)
        return contents, pool.grade(job, self._assignment)

    def _stage(self, submission: Submission, contents: Contents | None, outcome: Outcome) -> _Graded:
        graded = _Graded(submission, contents, outcome)
        if contents is None or outcome.problem:
            return graded
        try:
            graded.staged = stage(
                submission,
                contents,
                self._assignment.files,
                outcome.files,
                outcome.removed,
                {notebook.name: notebook.data for notebook in outcome.notebooks},
                self._course,
                whole=self._whole,
            )
        except OSError as error:
            graded.outcome = Outcome(
                problem=f"Its graded files can't be written to {self._course.root}: {error.strerror}. "
                "Make room or mend the permissions, then run the command again."
            )
        return graded

    def _write(self, ready: list[_Graded]) -> Iterator[SubmissionResult]:
        """Commit a batch of submissions, then move their files into place."""
        results: list[SubmissionResult] = []
        for item in ready:
            if item.staged is not None:
                item.staged.make_room()
        with self._gradebook.batch() as batch:
            for item in ready:
                results.append(self._save(batch, item))
        for item, result in zip(ready, results, strict=True):
            if item.staged is not None:
                if result.problem:
                    item.staged.give_up()
                else:
                    item.staged.move_in()
            self._problems.note(result)
            if self._course.after is not None:
                self._call(self._course.after, item.submission)
        yield from results

    def _save(self, batch: Batch, item: _Graded) -> SubmissionResult:
        submission, outcome = item.submission, item.outcome
        there = set(item.contents.notebooks) if item.contents is not None else set(submission.notebooks)
        missing = set()
        if item.contents is not None:
            missing = {
                name
                for name in self._assignment.notebooks
                if name not in there and not (submission.folder / f"{name}.ipynb").exists()
            }
        marked = Marked(
            submission.student,
            item.contents.timestamp if item.contents is not None else None,
            {notebook.name: notebook for notebook in outcome.notebooks},
            missing,
        )
        try:
            penalty = batch.save(
                marked,
                create_student=self._course.create_students,
                penalty=self._course.penalty,
                strict=self._wish.strict,
            )
        except StudentUnknownError:
            problem = (
                f"The gradebook has no student '{submission.student}', and the course does not add students by itself. "
                f"Run `nbgrader db student add {submission.student}`."
            )
            return SubmissionResult(submission.student, submission.assignment, (), problem=problem)
        notebooks = tuple(
            NotebookResult(notebook.name, notebook.cells, notebook.seconds, noticed=notebook.noticed)
            for notebook in outcome.notebooks
        )
        return SubmissionResult(
            submission.student,
            submission.assignment,
            notebooks,
            late_penalty=penalty,
            problem=outcome.problem,
            isolation=str(outcome.isolation),
        )

    def _call(self, hook: Callable[..., object], submission: Submission) -> None:
        """Call a course's own hook; nbgrader logs its errors and goes on."""
        paths = [str(submission.folder / f"{name}.ipynb") for name in submission.notebooks]
        try:
            hook(assignment=submission.assignment, student=submission.student, notebooks=paths)
        except Exception:
            logging.getLogger(__name__).exception("A convert hook of the course failed for %s", submission.student)


def _known(outcome: Outcome) -> Future[Outcome]:
    future: Future[Outcome] = Future()
    future.set_result(outcome)
    return future
