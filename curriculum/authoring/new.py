"""A new exercise: a folder that is built, linted and proved before its author has written a word."""

from __future__ import annotations

import re
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import get_args

from curriculum.build.exercise import Kind
from curriculum.exceptions import CurriculumError
from curriculum.model import Exercise
from curriculum.model import Path as LearningPath

KINDS: tuple[str, ...] = get_args(Kind)
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*")
_POINTS = 10.0
_SHARES = {"http": 3}
"""How many test and manual cells the points of a template are shared out among: two, unless it is said here."""

_ENTRY = """\
  - id: {id}
    title: {title}
    kind: {kind}
    minutes: 45
    points: {points:g}
    skills: []        # ids of skills of the path
    coverage: []
    status: ready
"""


def new_exercise(exercise_id: str, kind: str, root: Path, path: LearningPath) -> tuple[Path, str]:
    """Make the folder of a new exercise, filled with a small one that is complete.

    Its title and points are those that the curriculum data have for it, where they have it.

    Args:
        exercise_id: `module/name`.
        kind: how tests reach the answer.
        root: the folder of the exercises.
        path: the learning path.

    Returns:
        The folder; and what the exercise's entry in the curriculum data would be, empty if there is one.

    Raises:
        CurriculumError: the id is malformed, the folder is there already, or the data say another kind.
    """
    if not _ID.fullmatch(exercise_id):
        raise CurriculumError(
            f"'{exercise_id}' is no exercise id. Write MODULE/NAME in lower-case letters, digits and single '-', "
            "such as flask/mini-api."
        )
    folder = root / exercise_id
    if folder.exists():
        raise CurriculumError(f"{folder} is there already; nothing was changed. Choose another name.")
    entry = path.exercises.get(exercise_id)
    if entry and entry.kind != kind:
        raise CurriculumError(
            f"The curriculum data say that {exercise_id} is of kind {entry.kind}, not {kind}. "
            f"Use --kind {entry.kind}, or change curriculum/data/modules/{exercise_id.partition('/')[0]}.yaml."
        )
    values = _values(exercise_id, kind, entry)
    _write(resources.files("curriculum.authoring") / "templates" / kind, folder, values)
    title, points = values["title"], entry.points if entry else _POINTS
    return folder, "" if entry else _ENTRY.format(id=exercise_id, title=title, kind=kind, points=points)


def _values(exercise_id: str, kind: str, entry: Exercise | None) -> dict[str, str]:
    """Return what is put in the places that a template leaves open."""
    name = exercise_id.rpartition("/")[2].replace("-", " ")
    points = entry.points if entry else _POINTS
    shares = _SHARES.get(kind, 2)
    share = points // shares
    last = points - share * (shares - 1)
    worth = [share] * (shares - 1) + [last]
    names = ("first", "second", "third")
    return {
        "title": entry.title if entry else name.capitalize(),
        **{key: f"{value:g}" for key, value in zip(names, worth, strict=False)},
    }


def _write(template: Traversable, folder: Path, values: dict[str, str]) -> None:
    """Write a template's files, without the `.txt` that keeps tools from taking them for code."""
    folder.mkdir(parents=True)
    for part in template.iterdir():
        if part.is_dir():
            _write(part, folder / part.name, values)
        elif part.name.endswith(".txt"):
            text = part.read_text(encoding="utf-8")
            for key, value in values.items():
                text = text.replace("{{" + key + "}}", value)
            (folder / part.name.removesuffix(".txt")).write_text(text, encoding="utf-8")
