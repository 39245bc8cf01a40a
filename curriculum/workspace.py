"""The learner's workspace: a folder of notebooks in path order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from curriculum import content
from curriculum.build import lesson_notebook, notebook_bytes, read_exercise, read_lesson, release_notebook
from curriculum.model import Module
from curriculum.model import Path as LearningPath
from curriculum.placing import Change, Item, Manifest, place_files, read_manifest


def update_workspace(workspace: Path, path: LearningPath) -> list[Change]:
    """Make the workspace, or bring it up to date; what the learner changed stays.

    Args:
        workspace: its folder; made if it isn't there.
        path: the learning path; what is `ready` in it is built.

    Returns:
        What was done, file by file.

    Raises:
        WorkspaceError: the folder can't be written, or its manifest can't be read.
        SourceError: a lesson or an exercise is malformed; nothing has been written then.
    """
    return place_files(workspace, list(_items(path, read_manifest(workspace))))


def exercise_of(workspace: Path, notebook: Path) -> str | None:
    """Return the id of the exercise whose notebook stands at `notebook`, or None if the workspace has no such file."""
    notebook, workspace = notebook.resolve(), workspace.resolve()
    if not notebook.is_relative_to(workspace):
        return None
    relative = notebook.relative_to(workspace).as_posix()
    for key, entry in read_manifest(workspace).files.items():
        if entry.path == relative and key.startswith("exercise:") and key.endswith(".ipynb"):
            return key.split(":")[1]
    return None


def _items(path: LearningPath, manifest: Manifest) -> Iterator[Item]:
    for position, module in enumerate(path.modules.values(), start=1):
        folder = f"{position:02d}-{module.id}"
        for key, name, data in _module_files(module):
            known = manifest.files.get(key)
            yield Item(key, known.path if known else f"{folder}/{name}", data)


def _module_files(module: Module) -> Iterator[tuple[str, str, bytes]]:
    ready_lessons = [lesson for lesson in module.lessons if lesson.status == "ready"]
    for number, lesson in enumerate(ready_lessons, start=1):
        name = lesson.id.rpartition("/")[2]
        notebook = lesson_notebook(read_lesson(content.lesson_source(lesson.id)))
        yield f"lesson:{lesson.id}", f"{number}-{name}.ipynb", notebook_bytes(notebook)
    ready_exercises = [exercise for exercise in module.exercises if exercise.status == "ready"]
    for number, exercise in enumerate(ready_exercises, start=1):
        source = read_exercise(content.exercise_source(exercise.id))
        folder = f"exercises/{number}-{source.notebook_name}"
        files = [(f"{source.notebook_name}.ipynb", notebook_bytes(release_notebook(source)))]
        files += [(file, location.read_bytes()) for file, location in source.files]
        for file, data in files:
            yield f"exercise:{exercise.id}:{file}", f"{folder}/{file}", data
