"""The same submissions graded by nbgrader and by the engine: same rows in the gradebook, same files."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from nbgrader.api import Gradebook

SETTINGS = "c.Execute.timeout = 8\nc.LateSubmissionPlugin.penalty_method = 'zero'"


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


def test_marks_given_by_hand_outlast_another_grading(
    courses: tuple[Path, Path],
    comparing: ModuleType,
    nbgrader: Callable[..., str],
    grade: Callable[..., object],
) -> None:
    theirs, ours = courses
    for course in courses:
        with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
            for name, points in (("by_hand", 3), ("test_f", 2)):
                mark = gradebook.find_grade(name, "main", "work", "01-right")
                mark.manual_score, mark.extra_credit, mark.needs_manual_grade = points, 0.5, False
            gradebook.find_comment("in_words", "main", "work", "01-right").manual_comment = "Well put."
            gradebook.db.commit()
    nbgrader(theirs, "autograde", "work", "--student", "01-right", "--force")
    grade(ours, students=("01-right",), force=True)
    again = [comparing.marks(course / "gradebook.db") for course in (theirs, ours)]
    assert again[1] == again[0]
    assert "Well put." in repr(again[0])
