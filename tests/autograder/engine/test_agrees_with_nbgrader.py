"""The same submissions graded by nbgrader and by the engine: same rows in the gradebook, same files."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

SETTINGS = "c.Execute.timeout = 15\nc.LateSubmissionPlugin.penalty_method = 'zero'"


@pytest.fixture(scope="module")
def courses(
    tmp_path_factory: pytest.TempPathFactory,
    make_course: Callable[..., Path],
    corpus: ModuleType,
    nbgrader: Callable[..., str],
    grade: Callable[..., object],
) -> tuple[Path, Path]:
    """Return the corpus as nbgrader graded it, and as the engine did."""
    folder = tmp_path_factory.mktemp("courses")
    theirs = make_course(folder / "course", corpus.CASES, SETTINGS)
    nbgrader(theirs, "db", "assignment", "add", "work", "--duedate", "2030-01-01 00:00:00 UTC")
    (theirs / "submitted" / "01-right" / "work" / "extra.ipynb").write_bytes(b"{}")
    (theirs / "submitted" / "02-untouched" / "work" / "second.ipynb").unlink()
    ours = folder / "ours"
    shutil.copytree(theirs, ours)
    nbgrader(theirs, "autograde", "work")
    grade(ours, workers=2)
    return theirs, ours


def test_the_gradebooks_hold_the_same(courses: tuple[Path, Path], comparing: ModuleType) -> None:
    theirs, ours = (comparing.marks(course / "gradebook.db") for course in courses)
    assert ours == theirs


def test_the_same_submissions_are_graded(courses: tuple[Path, Path], corpus: ModuleType) -> None:
    theirs, ours = (sorted(path.name for path in (course / "autograded").iterdir()) for course in courses)
    assert ours == theirs == sorted(corpus.CASES)


def test_the_graded_files_are_the_same(courses: tuple[Path, Path], corpus: ModuleType, comparing: ModuleType) -> None:
    for student in corpus.CASES:
        theirs, ours = (comparing.files(course / "autograded" / student / "work") for course in courses)
        assert sorted(ours) == sorted(theirs), student
        for name, content in theirs.items():
            assert ours[name] == content, (student, name)
