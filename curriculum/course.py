"""An nbgrader course directory made of the path's exercises."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from nbformat.v4 import new_markdown_cell, new_notebook

from curriculum import content
from curriculum.build import notebook_bytes, read_exercise, source_notebook
from curriculum.build.exercise import ExerciseSource
from curriculum.model import Path as LearningPath
from curriculum.placing import Change, Item, place_files

_HEADER = """\
Before you hand this in, make sure that it runs: **Kernel → Restart Kernel and Run All Cells…**, and save it.

Write your answers where it says `YOUR CODE HERE` or `YOUR ANSWER HERE`, and leave the test cells as they are.
"""

_CONFIGURATION = '''\
"""nbgrader's configuration of this course: run nbgrader and autograder in this folder."""

from pathlib import Path

from autograder.stubs import release_preprocessors

c = get_config()  # noqa: F821 - nbgrader provides it
course = Path(__file__).resolve().parent

c.CourseDirectory.root = str(course)
c.CourseDirectory.course_id = "backend-path"
c.GenerateAssignment.preprocessors = release_preprocessors()  # stubs in the language of each cell
c.IncludeHeaderFooter.header = str(course / "source" / "header.ipynb")
c.Execute.timeout = {seconds}  # seconds that one cell may take
'''


def init_course(folder: Path, path: LearningPath) -> list[Change]:
    """Make a course directory, or bring it up to date; what the instructor changed stays.

    Args:
        folder: the course directory; made if it isn't there.
        path: the learning path; each exercise that is `ready` becomes an assignment.

    Returns:
        What was done, file by file.

    Raises:
        WorkspaceError: the folder can't be written.
        SourceError: an exercise is malformed; nothing has been written then.
    """
    exercises = [
        read_exercise(content.exercise_source(exercise.id))
        for module in path.modules.values()
        for exercise in module.exercises
        if exercise.status == "ready"
    ]
    return place_files(folder, list(_items(exercises)))


def _items(exercises: list[ExerciseSource]) -> Iterator[Item]:
    seconds = round(max((exercise.header.seconds for exercise in exercises), default=30))
    yield Item("course:config", "nbgrader_config.py", _CONFIGURATION.format(seconds=seconds).encode())
    header = new_notebook(cells=[new_markdown_cell(_HEADER.rstrip(), id="header")])
    yield Item("course:header", "source/header.ipynb", notebook_bytes(header))
    for exercise in exercises:
        folder = f"source/{exercise.assignment}"
        notebook = f"{exercise.notebook_name}.ipynb"
        yield Item(
            f"source:{exercise.id}:{notebook}", f"{folder}/{notebook}", notebook_bytes(source_notebook(exercise))
        )
        for name, location in exercise.files:
            yield Item(f"source:{exercise.id}:{name}", f"{folder}/{name}", location.read_bytes())
