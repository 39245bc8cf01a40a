"""Grading by nbgrader itself: the reference that every faster way must agree with.

A single notebook is graded in a throw-away course, a submission in its own course directory.
"""

from __future__ import annotations

import contextlib
import functools
import os
import re
import sysconfig
import tempfile
import time
import warnings
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec
import nbformat
from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.exc import SAWarning
from traitlets.config import Config

from autograder.exceptions import CourseError, NotebookError
from autograder.reading import cell_result
from autograder.results import NotebookResult, SubmissionResult
from autograder.stubs import release_preprocessors

_NAMED_ERROR = re.compile(r"[\w.]+(Error|Exception|Timeout)\b")
_STUDENT = "learner"
_ASSIGNMENT = "check"


def grade_notebook(
    source: NotebookNode, name: str, submitted: bytes, files: Mapping[str, bytes], seconds: float
) -> NotebookResult:
    """Grade one notebook against its source version, from a clean start.

    Args:
        source: the source version, with solutions and hidden tests.
        name: the notebook's name, without `.ipynb`.
        submitted: the learner's notebook, as the bytes of its file.
        files: other files of the assignment, by name relative to the notebook.
        seconds: wall time that one cell may take, in seconds.

    Raises:
        NotebookError: the learner's file is not a notebook, or nbgrader could not grade it.
    """
    began = time.monotonic()
    result = grade_notebooks(source, name, {_STUDENT: submitted}, files, seconds)[_STUDENT]
    return msgspec.structs.replace(result, seconds=time.monotonic() - began)


def grade_notebooks(
    source: NotebookNode, name: str, submitted: Mapping[str, bytes], files: Mapping[str, bytes], seconds: float
) -> dict[str, NotebookResult]:
    """Grade several learners' notebooks as `grade_notebook` does one, in one course: what they share is done once.

    Args:
        source: the source version, with solutions and hidden tests.
        name: the notebook's name, without `.ipynb`.
        submitted: the notebooks, as the bytes of their files, by the learner's id (letters, digits, `_` and `-`).
        files: other files of the assignment, by name relative to the notebook.
        seconds: wall time that one cell may take, in seconds.

    Returns:
        The results, by the learner's id.

    Raises:
        NotebookError: a learner's file is not a notebook, or nbgrader could not grade it.
    """
    for data in submitted.values():
        _refuse_what_is_no_notebook(name, data)
    with tempfile.TemporaryDirectory(prefix="autograder-") as folder:
        course = Path(folder)
        api = _api(course, seconds)
        original = course / "source" / _ASSIGNMENT
        _write_files(course, {"gradebook.db": empty_gradebook()})
        _write_files(original, {**files, f"{name}.ipynb": nbformat.writes(source).encode()})
        for student, data in submitted.items():
            _write_files(course / "submitted" / student / _ASSIGNMENT, {**files, f"{name}.ipynb": data})
        with _quiet():
            _demand(api.generate_assignment(_ASSIGNMENT), "the source version could not be released")
        return {student: _grade_in(api, course, student, name) for student in submitted}


def _grade_in(api: NbGraderAPI, course: Path, student: str, name: str) -> NotebookResult:
    began = time.monotonic()
    with _quiet():
        _demand(api.autograde(_ASSIGNMENT, student), "the notebook could not be graded")
    graded = nbformat.read(course / "autograded" / student / _ASSIGNMENT / f"{name}.ipynb", as_version=4)
    return read_results(graded, name, time.monotonic() - began)


@functools.cache
def empty_gradebook() -> bytes:
    """Return a gradebook with nothing in it, as the bytes of its file: to make one, nbgrader starts another program."""
    _find_alembic()
    with tempfile.TemporaryDirectory(prefix="autograder-") as folder:
        path = Path(folder) / "gradebook.db"
        with _quiet(), Gradebook(f"sqlite:///{path}"):
            pass
        return path.read_bytes()


def _write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    for file, data in files.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_bytes(data)


def grade_submissions(
    course: Path, assignment: str, students: Iterable[str] = (), *, force: bool = False
) -> list[SubmissionResult]:
    """Grade an assignment's submissions as `nbgrader autograde` does: same rows, same files.

    Args:
        course: the course directory, with its `nbgrader_config.py`.
        assignment: the assignment's name.
        students: the students' ids; by default, all who submitted.
        force: grade again what is graded already.

    Returns:
        What each submission earned, in the order of the students' ids.

    Raises:
        CourseError: there is no such course, assignment or submission.
    """
    api = _course_api(course)
    if not (course / "source" / assignment).is_dir():
        have = sorted(path.name for path in (course / "source").glob("*") if path.is_dir())
        raise CourseError(
            f"{course / 'source' / assignment} is not there. The course's assignments are {', '.join(have) or 'none'}."
        )
    submitted = sorted(api.get_submitted_students(assignment))
    wanted = list(students) or submitted
    missing = [student for student in wanted if student not in submitted]
    if missing:
        raise CourseError(
            f"No submission of '{assignment}' by {', '.join(missing)} in {course / 'submitted'}. "
            f"There are {len(submitted)}: {', '.join(submitted[:10])}."
        )
    return [_grade_submission(api, course, assignment, student, force=force) for student in wanted]


def read_results(notebook: NotebookNode, name: str, seconds: float) -> NotebookResult:
    """Return what the cells of an executed notebook earned, as nbgrader itself works it out.

    Args:
        notebook: the notebook after its execution.
        name: its name, without `.ipynb`.
        seconds: wall time of grading, in seconds.
    """
    cells = []
    for cell in notebook.cells:
        if utils.is_grade(cell):
            earned, worth = utils.determine_grade(cell)
            cells.append(cell_result(cell.metadata["nbgrader"]["grade_id"], earned, worth, cell.get("outputs", [])))
        elif utils.is_task(cell):
            worth = float(cell.metadata["nbgrader"]["points"])
            cells.append(cell_result(cell.metadata["nbgrader"]["grade_id"], None, worth, ()))
    return NotebookResult(name, tuple(cells), seconds)


def _grade_submission(
    api: NbGraderAPI, course: Path, assignment: str, student: str, *, force: bool
) -> SubmissionResult:
    began = time.monotonic()
    with _quiet():
        outcome = api.autograde(assignment, student, force=force)
    if not outcome["success"]:
        return SubmissionResult(student, assignment, (), problem=_reason(outcome))
    seconds = time.monotonic() - began
    folder = course / "autograded" / student / assignment
    notebooks = tuple(
        read_results(nbformat.read(path, as_version=4), path.stem, seconds) for path in sorted(folder.glob("*.ipynb"))
    )
    with Gradebook(api.coursedir.db_url, api.coursedir.course_id) as gradebook:
        penalty = gradebook.find_submission(assignment, student).late_submission_penalty or 0
    return SubmissionResult(student, assignment, notebooks, late_penalty=float(penalty))


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep back what nbgrader's use of newer libraries makes them warn of: the reader can do nothing about it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SAWarning)
        warnings.simplefilter("ignore", DeprecationWarning)
        yield


def _find_alembic() -> None:
    """Put this environment's scripts on the PATH: nbgrader starts `alembic` by its bare name."""
    scripts = sysconfig.get_path("scripts")
    path = os.environ.get("PATH", os.defpath)
    if scripts not in path.split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join([scripts, path])


def _course_api(course: Path) -> NbGraderAPI:
    configuration = course / "nbgrader_config.py"
    if not configuration.is_file():
        raise CourseError(
            f"{configuration} is not there. Give the course directory with --course, "
            "or make one with `backend-path course init DIR`."
        )
    from traitlets.config.loader import PyFileConfigLoader

    _find_alembic()
    config = PyFileConfigLoader(configuration.name, path=str(course)).load_config()
    config.CourseDirectory.root = str(course.resolve())
    return NbGraderAPI(CourseDirectory(config=config), config=config)


def _api(course: Path, seconds: float) -> NbGraderAPI:
    _find_alembic()
    config = Config()
    config.CourseDirectory.root = str(course)
    config.CourseDirectory.db_url = f"sqlite:///{course / 'gradebook.db'}"
    config.Execute.timeout = max(1, round(seconds))
    config.Execute.extra_arguments = ["--IPKernelApp.log_level=ERROR"]
    config.GenerateAssignment.preprocessors = release_preprocessors()
    config.ClearSolutions.code_stub = {"python": "raise NotImplementedError()"}
    return NbGraderAPI(CourseDirectory(config=config), config=config)


def _refuse_what_is_no_notebook(name: str, submitted: bytes) -> None:
    try:
        nbformat.reads(submitted.decode("utf-8"), as_version=4)
    except (UnicodeDecodeError, ValueError, AttributeError, KeyError, TypeError, nbformat.ValidationError) as error:
        raise NotebookError(
            f"{name}.ipynb is not a notebook that can be read: {type(error).__name__}: {str(error)[:200]}. "
            "Open it in JupyterLab and save it again, or take a fresh copy."
        ) from error


def _demand(outcome: Mapping[str, object], what: str) -> None:
    if not outcome["success"]:
        raise NotebookError(f"nbgrader: {what}: {_reason(outcome)}")


def _reason(outcome: Mapping[str, object]) -> str:
    """Return the line of nbgrader's log that names the error, or the last line of its own."""
    log = [line.strip() for line in str(outcome.get("log") or "").splitlines() if line.strip()]
    error = [line.strip() for line in str(outcome.get("error") or "").splitlines() if line.strip()]
    named = [line for line in log if _NAMED_ERROR.match(line)]
    return (named or error or log or ["no reason given"])[-1]
