"""Feedback for learners: nbgrader's own pages, without hidden tests, paths of the grader's machine, and scripts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from autograder.exceptions import CourseError

_STEPS = (
    "nbgrader.preprocessors.GetGrades",
    "autograder.feedback.page.ForLearners",
    "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
)

__all__ = ["generate", "use"]


def use(c: Any, *, show_hidden_tests: bool = False) -> None:
    """Have `nbgrader generate_feedback`, and formgrader, make such pages; for `nbgrader_config.py`.

    Args:
        c: what `get_config()` returned.
        show_hidden_tests: whether learners get to see hidden tests, and what failed in them.
    """
    c.GenerateFeedback.preprocessors = list(_STEPS)
    c.GenerateFeedback.exporter_class = "autograder.feedback.page.SafePage"
    c.ForLearners.show_hidden_tests = show_hidden_tests


def generate(
    course: Path,
    assignment: str,
    students: tuple[str, ...] = (),
    *,
    force: bool = False,
    show_hidden_tests: bool = False,
) -> list[str]:
    """Make the feedback of an assignment, in the course's folder for it.

    Args:
        course: the course directory.
        assignment: the assignment's name.
        students: the students' ids; by default, all whose work is graded.
        force: whether pages that are there are made anew.
        show_hidden_tests: whether learners get to see hidden tests, and what failed in them.

    Returns:
        The ids of the students for whom a page was made, or was there.

    Raises:
        CourseError: a page could not be made.
    """
    from nbgrader.apps import NbGrader  # slow to import
    from nbgrader.converters import GenerateFeedback, NbGraderException
    from nbgrader.coursedir import CourseDirectory

    from autograder.engine.course import load_config

    done: list[str] = []
    for student in students or ("*",):
        config = load_config(course)
        use(config, show_hidden_tests=show_hidden_tests)
        config.CourseDirectory.root = str(course.resolve())
        config.CourseDirectory.assignment_id = assignment
        config.CourseDirectory.student_id = student
        config.GenerateFeedback.force = force
        app = NbGrader(config=config)
        folders = CourseDirectory(parent=app, config=config)
        try:
            GenerateFeedback(coursedir=folders, parent=app, config=config).start()
        except NbGraderException as error:
            raise CourseError(
                f"The feedback of '{assignment}' could not be made: {error}. Was it graded with `autograder grade`?"
            ) from error
        step = folders.format_path(folders.feedback_directory, student, assignment)
        done += [path.parent.name for path in sorted(Path("/").glob(step.lstrip("/")))]
    return done
