"""What grading needs of a source version, taken from the notebook as `nbgrader generate_assignment` takes it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from copy import deepcopy
from pathlib import PurePosixPath

import nbformat
from nbformat import NotebookNode

from autograder.engine.cells import is_grade, is_locked, is_solution, is_task
from autograder.engine.imports import imports_in, names_defined
from autograder.engine.jobs import Assignment, Rules, SourceCell, SourceNotebook


def assignment_from_source(
    source: NotebookNode, name: str, files: Mapping[str, bytes], rules: Rules, *, stub: str = ""
) -> Assignment:
    """Return an assignment of one notebook, made from its source version.

    Args:
        source: the source version, with solutions and hidden tests.
        name: the notebook's name, without `.ipynb`.
        files: other files of the assignment, by path.
        rules: how to grade.
        stub: what stands in an answer cell of the release; nbgrader's own text if empty.
    """
    digest = hashlib.sha256(nbformat.writes(source).encode())
    digest.update(repr((name, sorted(files.items()), rules, stub)).encode())
    notebook = source_notebook(source, name, stub)
    local = {PurePosixPath(file).parts[0].removesuffix(".py") for file in files}
    imports = imports_in([cell.source for cell in source.cells if cell.cell_type == "code"], local)
    return Assignment(digest.hexdigest(), {name: notebook}, dict(files), rules=rules, imports=imports)


def source_notebook(source: NotebookNode, name: str, stub: str = "") -> SourceNotebook:
    """Return what nbgrader would keep of a source version in its gradebook."""
    # nbgrader takes half a second to import; whoever grades from a gradebook doesn't need it here.
    from nbgrader.preprocessors import ComputeChecksums
    from traitlets.config import Config

    from autograder.stubs import ClearSolutions

    config = Config()
    if stub:
        config.ClearSolutions.code_stub = {"python": stub}
    notebook = deepcopy(source)
    notebook, _ = ClearSolutions(config=config).preprocess(notebook, {})
    notebook, _ = ComputeChecksums().preprocess(notebook, {})
    cells = tuple(
        _source_cell(cell)
        for cell in notebook.cells
        if is_grade(cell) or is_solution(cell) or is_locked(cell) or is_task(cell)
    )
    solved = [cell.source for cell in source.cells if cell.cell_type == "code" and is_solution(cell)]
    kernel = dict(notebook.metadata.get("kernelspec", {})) or None
    return SourceNotebook(name, cells, kernel, names_defined(solved))


def _source_cell(cell: NotebookNode) -> SourceCell:
    metadata = cell.metadata["nbgrader"]
    graded = is_grade(cell) or is_task(cell)
    return SourceCell(
        name=metadata["grade_id"],
        cell_type=cell.cell_type,
        locked=is_locked(cell),
        source=cell.source,
        checksum=metadata.get("checksum"),
        max_score=float(metadata["points"]) if graded else None,
        task=is_task(cell),
        solution=is_solution(cell),
    )
