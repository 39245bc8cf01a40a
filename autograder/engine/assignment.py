"""What workers must know of an assignment, from the gradebook and the folder `source/`."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from autograder.engine.cells import is_solution
from autograder.engine.course import Course
from autograder.engine.gradebook import Gradebook
from autograder.engine.imports import imports_in, names_defined
from autograder.engine.jobs import Assignment, SourceNotebook
from autograder.engine.submissions import read_safely, walk
from autograder.exceptions import CourseError, NotebookError


def read_assignment(course: Course, gradebook: Gradebook, name: str) -> Assignment:
    """Return an assignment as workers need it.

    Args:
        course: the course.
        gradebook: its gradebook.
        name: the assignment's name.

    Raises:
        CourseError: it was never generated, or its files can't be read.
    """
    notebooks = gradebook.source_notebooks()
    if not notebooks:
        raise CourseError(
            f"The gradebook has no notebooks of '{name}'. Run `nbgrader generate_assignment {name}` first."
        )
    folder = Path(course.place("source", ".", name))
    kept = course.keep_submitted.get(name, ())
    files: dict[str, bytes] = {}
    executable: list[str] = []
    solved: dict[str, list[str]] = {}
    texts = [cell.source for notebook in notebooks.values() for cell in notebook.cells if cell.cell_type == "code"]
    try:
        for path in walk(folder, course):
            data, mode = read_safely(folder, path)
            if path.endswith(".ipynb"):
                cells = _code(data)
                texts += [text for text, _ in cells]
                solved[path.removesuffix(".ipynb")] = [text for text, is_answer in cells if is_answer]
            elif path not in kept:
                files[path] = data
                if mode & 0o100:
                    executable.append(path)
    except NotebookError as error:
        raise CourseError(str(error)) from error
    notebooks = {key: _with_answers(notebook, solved.get(key, [])) for key, notebook in notebooks.items()}
    imports = imports_in(texts, {Path(path).parts[0].removesuffix(".py") for path in files})
    key = hashlib.sha256(msgspec.msgpack.encode((name, notebooks, files, course.rules, imports))).hexdigest()
    return Assignment(key, notebooks, files, tuple(executable), course.rules, imports)


def _with_answers(notebook: SourceNotebook, solved: Sequence[str]) -> SourceNotebook:
    """Return a notebook with the names that its answers define, in the source version or in what was released."""
    released = [cell.source for cell in notebook.cells if cell.solution and cell.cell_type == "code"]
    return msgspec.structs.replace(notebook, answers=names_defined([*solved, *released]))


def _code(data: bytes) -> list[tuple[str, bool]]:
    """Return the texts of a source notebook's code cells, and whether each is an answer."""
    found: list[tuple[str, bool]] = []
    try:
        notebook: dict[str, Any] = msgspec.json.decode(data)
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                text = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
                found.append((text, is_solution(cell)))
    except (msgspec.DecodeError, KeyError, TypeError):
        return found
    return found
