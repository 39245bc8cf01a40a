"""Which files an author means: exercises and lessons under the paths that were named."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from curriculum import content
from curriculum.exceptions import CurriculumError


def find_exercises(paths: Iterable[Path]) -> list[Path]:
    """Return the files `exercise.py` that `paths` mean, sorted; all of the course's when there are no paths.

    Args:
        paths: an exercise's folder or any file in it, a folder of exercises, or an id such as `flask/mini-api`.

    Raises:
        CurriculumError: a path isn't there.
    """
    return [path for path in _found(paths) if path.name == "exercise.py"]


def find_lessons(paths: Iterable[Path]) -> list[Path]:
    """Return the lessons (`.md`) that `paths` mean, sorted; all of the course's when there are no paths.

    Raises:
        CurriculumError: a path isn't there.
    """
    return [path for path in _found(paths) if path.suffix == ".md"]


def find_one(path: Path) -> Path:
    """Return the one exercise or lesson that `path` means.

    Raises:
        CurriculumError: it isn't there, or means several.
    """
    found = _found([path])
    if len(found) != 1:
        raise CurriculumError(f"{path} means {len(found)} exercises and lessons. Name one of them.")
    return found[0]


def _found(paths: Iterable[Path]) -> list[Path]:
    wanted = list(paths) or [content.exercises_root(), content.notebooks_root()]
    return sorted({found for path in wanted for found in _sources(path)})


def _sources(path: Path) -> Iterable[Path]:
    place = _resolve(path)
    if place.is_file():
        if place.suffix == ".md":
            return [place]
        folder = next((parent for parent in place.parents if (parent / "exercise.py").is_file()), None)
        if folder is None:
            raise CurriculumError(f"{path} belongs to no exercise and is no lesson (`.md`). Name an exercise's folder.")
        return [folder / "exercise.py"]
    holder = next((folder for folder in (place, *place.parents) if (folder / "exercise.py").is_file()), None)
    if holder:
        return [holder / "exercise.py"]
    return [*place.glob("**/exercise.py"), *_lessons_in(place)]


def _lessons_in(folder: Path) -> Iterable[Path]:
    """Return the Markdown files below a folder that are lessons: outside of exercises, one folder below the root."""
    root = content.notebooks_root().resolve()
    for path in folder.glob("**/*.md"):
        inside = path.resolve().is_relative_to(root)
        if inside or path.read_text(encoding="utf-8", errors="replace").startswith("---\n"):
            yield path


def _resolve(path: Path) -> Path:
    """Return the place that `path` names: as it stands, or as the id of an exercise or a lesson."""
    candidates = [path]
    if not path.is_absolute():
        candidates += [content.exercises_root() / path, content.notebooks_root() / f"{path}.md"]
    for candidate in candidates:
        if candidate.exists():
            return candidate.resolve()
    raise CurriculumError(
        f"{path} is not there. Name a folder, a file, or an id such as flask/mini-api; "
        f"exercises are in {content.exercises_root()}."
    )
