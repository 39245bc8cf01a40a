"""A course's configuration is honoured, or refused by name."""

from __future__ import annotations

import stat
from datetime import datetime
from pathlib import Path

import pytest

from autograder.engine.course import read_course
from autograder.engine.submissions import parse_timestamp
from autograder.exceptions import CourseError


@pytest.fixture
def config(tmp_path: Path):
    def write(*settings: str) -> Path:
        (tmp_path / "nbgrader_config.py").write_text("\n".join(["c = get_config()", *settings]))
        return tmp_path

    return write


@pytest.mark.parametrize(
    ("setting", "named"),
    [
        ("c.Execute.kernel_manager_class = 'x.Y'", "Execute.kernel_manager_class"),
        ("c.ExecutePreprocessor.timeout_func = max", "ExecutePreprocessor.timeout_func"),
        ("c.Execute.interrupt_on_timeout = False", "Execute.interrupt_on_timeout = False"),
        ("c.Execute.extra_arguments = ['--pylab']", "Execute.extra_arguments = ['--pylab']"),
        ("c.DeduplicateIds.enabled = False", "DeduplicateIds.enabled = False"),
        ("c.ClearMetadataPreprocessor.enabled = True", "ClearMetadataPreprocessor.enabled = True"),
        ("c.NotebookExporter.nbformat_version = 3", "NotebookExporter.nbformat_version"),
        ("c.Autograde.autograde_preprocessors = ['my.Own']", "Autograde.autograde_preprocessors"),
        ("c.BaseConverter.exporter_class = 'my.Exporter'", "BaseConverter.exporter_class"),
    ],
)
def test_what_is_not_honoured_is_refused_by_name(config, setting: str, named: str) -> None:
    with pytest.raises(CourseError) as caught:
        read_course(config(setting))
    assert f"sets {named}, which this grader does not honour" in str(caught.value)


def test_what_bears_on_other_steps_is_left_alone(config) -> None:
    course = read_course(config("c.Exchange.root = '/srv'", "c.GenerateAssignment.create_assignment = False"))
    assert course.rules.timeout == 30


def test_a_folder_without_configuration_is_no_course(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="is not there, so this is no course directory"):
        read_course(tmp_path)


def test_a_broken_configuration_is_named(config) -> None:
    with pytest.raises(CourseError, match=r"nbgrader_config.py can't be read: ZeroDivisionError: division by zero"):
        read_course(config("1 / 0"))


def test_a_hook_that_cannot_be_imported_is_named(config) -> None:
    with pytest.raises(CourseError, match=r"names 'no\.such\.hook', which can't be imported"):
        read_course(config("c.Autograde.post_convert_hook = 'no.such.hook'"))


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2015-02-02 15:58:23.948203 UTC", datetime(2015, 2, 2, 15, 58, 23, 948203)),
        ("2015-02-02 15:58:23 America/Los_Angeles", datetime(2015, 2, 2, 23, 58, 23)),
        ("2015-02-02 15:58:23 +0100", datetime(2015, 2, 2, 15, 56, 43)),  # a hundred seconds: nbgrader's reading
        ("2015-02-02T15:58:23+01:00", datetime(2015, 2, 2, 14, 58, 23)),
        ("2015-02-02", datetime(2015, 2, 2)),
        ("soon", None),
    ],
)
def test_times_are_read_as_nbgrader_reads_them(text: str, time: datetime | None) -> None:
    from nbgrader.utils import parse_utc

    assert parse_timestamp(text) == time
    if time is not None:
        assert parse_utc(text) == time


def test_folders_and_permissions_are_the_courses_own(course, grade) -> None:
    course.hand_in("a")
    (course.root / "submitted" / "a" / "quick" / "notes.bak").write_text("x")
    (course.root / "submitted").rename(course.root / "handed_in")
    course.configure(
        "c.CourseDirectory.submitted_directory = 'handed_in'",
        "c.CourseDirectory.autograded_directory = 'marked'",
        "c.CourseDirectory.ignore = ['*.bak']",
        "c.CourseDirectory.groupshared = True",
        "c.CourseDirectory.student_id_exclude = 'b,c'",
    )
    assert grade(course.root, "quick")["a"].points == 3
    graded = course.root / "marked" / "a" / "quick"
    assert sorted(path.name for path in graded.iterdir()) == ["given.txt", "nb.ipynb"]
    assert stat.S_IMODE((graded / "nb.ipynb").stat().st_mode) == 0o664
    assert graded.stat().st_mode & 0o2770 == 0o2770


def test_files_that_learners_may_change_are_kept(course, grade) -> None:
    folder = course.hand_in("a", "value = 1 if open('given.txt').read() == 'mine' else 0")
    (folder / "given.txt").write_text("mine")
    assert grade(course.root, "quick")["a"].points == 0
    course.configure("c.Autograde.exclude_overwriting = {'quick': ['given.txt']}")
    assert grade(course.root, "quick", force=True)["a"].points == 3
    assert (course.root / "autograded" / "a" / "quick" / "given.txt").read_text() == "mine"


def test_students_who_may_not_be_added_are_named(course, grade) -> None:
    course.hand_in("stranger")
    course.configure("c.Autograde.create_student = False")
    assert "The gradebook has no student 'stranger'" in grade(course.root, "quick")["stranger"].problem
    assert course.graded() == set()


def test_hooks_and_the_late_plugin_of_the_course_are_called(course, grade) -> None:
    folder = course.hand_in("a")
    (folder / "timestamp.txt").write_text("2030-01-02 00:00:00 UTC")
    import sqlite3

    with sqlite3.connect(course.root / "gradebook.db") as connection:
        connection.execute("update assignment set duedate = '2030-01-01 00:00:00.000000'")
    connection.close()
    course.configure(
        "from nbgrader.plugins import BasePlugin",
        "class HalfADay(BasePlugin):",
        "    def late_submission_penalty(self, student_id, score, seconds):",
        "        return score * seconds / 86400 / 2",
        "c.AssignLatePenalties.plugin_class = HalfADay",
        "def before(assignment, student, notebooks):",
        f"    with open('{course.root}/called', 'a') as file:",
        "        file.write(f'{assignment} {student} {len(notebooks)};')",
        "c.Autograde.pre_convert_hook = before",
    )
    assert grade(course.root, "quick")["a"].late_penalty == 1.5
    assert (course.root / "called").read_text() == "quick a 1;"


def test_only_the_notebooks_and_students_that_are_wanted_are_graded(course, grade, command) -> None:
    course.hand_in("a")
    course.hand_in("b")
    assert set(grade(course.root, "quick", students=("b",))) == {"b"}
    assert set(grade(course.root, "quick", notebook="n?")) == {"a"}
    assert course.scores("a")["test_value"] == (2.0, False)
    missing = command("grade", "quick", "--course", course.root, "--student", "nobody")
    assert missing.returncode == 2
    assert "No submission of 'quick' by nobody" in missing.stderr
