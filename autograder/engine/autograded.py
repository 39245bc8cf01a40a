"""The folder `autograded/` of a course: whole submissions are put there, or nothing.

A submission is made ready under `.autograder/` on the same disk, and moved into its place in one step once its marks
are in the gradebook. An older version is taken away before: whoever finds neither grades it again.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from autograder.engine.course import Course
from autograder.engine.submissions import Contents, Submission

HIDDEN = ".autograder"


class Staged:
    """A graded submission that is ready to be moved into its place.

    Args:
        ready: where its files are.
        place: where they go.
    """

    def __init__(self, ready: Path, place: Path) -> None:
        self._ready = ready
        self._place = place
        self._old: Path | None = None

    def make_room(self) -> None:
        """Take away an older version, before the new marks are written."""
        if os.path.lexists(self._place):
            self._old = Path(tempfile.mkdtemp(dir=self._ready.parent, prefix="old-"))
            self._place.rename(self._old / "old")

    def move_in(self) -> None:
        """Put the submission in its place, after its marks were written."""
        self._place.parent.mkdir(parents=True, exist_ok=True)
        self._ready.rename(self._place)
        if self._old is not None:
            _remove(self._old)

    def give_up(self) -> None:
        """Remove what was made ready, and put an older version back."""
        if self._old is not None and not os.path.lexists(self._place):
            (self._old / "old").rename(self._place)
        _remove(self._ready)


def stage(
    submission: Submission,
    contents: Contents,
    source: Mapping[str, bytes],
    changed: Mapping[str, bytes],
    removed: tuple[str, ...],
    notebooks: Mapping[str, bytes],
    course: Course,
    *,
    whole: bool,
) -> Staged:
    """Write a graded submission's files to a folder aside.

    Args:
        submission: the submission.
        contents: what was handed in.
        source: the assignment's own files, which replace the learner's.
        changed: files that the notebooks made or changed.
        removed: files that the notebooks removed.
        notebooks: the graded notebooks, by name.
        course: the course.
        whole: whether these are all the notebooks; otherwise the others stay as they are.
    """
    aside = course.root / HIDDEN / "staging"
    aside.mkdir(parents=True, exist_ok=True)
    ready = Path(tempfile.mkdtemp(dir=aside))
    try:
        ready.chmod(0o777 & ~_umask())
        if not whole and submission.graded.is_dir():
            shutil.copytree(submission.graded, ready, dirs_exist_ok=True)
        files = {**contents.files, **source, **changed}
        for name in removed:
            files.pop(name, None)
        files |= {f"{name}.ipynb": data for name, data in notebooks.items()}
        for name, data in files.items():
            path = ready / name
            if "/" in name:
                path.parent.mkdir(parents=True, exist_ok=True)
            if not whole:
                path.unlink(missing_ok=True)
            path.write_bytes(data)
            path.chmod(course.permissions)
        if course.groupshared:
            _share(ready)
    except BaseException:
        _remove(ready)
        raise
    return Staged(ready, submission.graded)


def clear_leftovers(course: Course) -> None:
    """Remove what a run that was killed left aside; call it only while no other run is on."""
    shutil.rmtree(course.root / HIDDEN / "staging", ignore_errors=True)


def _share(folder: Path) -> None:
    for parent, _, _ in os.walk(folder):
        mode = Path(parent).stat().st_mode
        Path(parent).chmod((mode | 0o2770) & 0o2777)


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
