"""Malformed exercises and lessons: each slip gives one error with the file, the line and what to write instead."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curriculum.build import read_answers, read_exercise, read_lesson
from curriculum.exceptions import SourceError


def line_of(text: str, fragment: str) -> int:
    return next(number for number, line in enumerate(text.split("\n"), start=1) if fragment in line)


SLIPS = {
    "a metadata value without quotes": (
        'grade_id="slugify"',
        "grade_id=slugify",
        "grade_id=slugify",
        "metadata can't be read",
        'grade_id="test_name"',
    ),
    "a duplicate grade_id": (
        'grade_id="test_slugify"',
        'grade_id="slugify"',
        'tags=["test"]',
        "'slugify' stands on line 13 already",
        "name of its own",
    ),
    "a test without points": (
        ' points=3 skills=["python.text"]',
        ' skills=["python.text"]',
        'tags=["test"]',
        "A test cell has no points",
        "points=",
    ),
    "negative points": ("points=3", "points=-1", "points=-1", "-1", "from 0"),
    "points that are text": ("points=3", 'points="three"', 'points="three"', "'three'", "number"),
    "an unclosed solution": (
        '    ### END SOLUTION\n\n# %% tags=["test"]',
        '\n# %% tags=["test"]',
        "    ### BEGIN SOLUTION",
        "never closed",
        "### END SOLUTION",
    ),
    "a solution that ends without a beginning": (
        "    ### BEGIN SOLUTION\n    return",
        "    return",
        "    ### END SOLUTION",
        "without a beginning",
        "### BEGIN SOLUTION",
    ),
    "unclosed hidden tests": ("### END HIDDEN TESTS\n", "", "### BEGIN HIDDEN TESTS", "never closed", "END HIDDEN"),
    "a solution in a test": (
        'assert student.slugify("Hello") == "hello"',
        "# here\n### BEGIN SOLUTION\n### END SOLUTION",
        "# here",
        "outside a task",
        'tags=["task"]',
    ),
    "a task without a solution": (
        "    ### BEGIN SOLUTION\n    return title.lower()\n    ### END SOLUTION\n",
        "    return title.lower()\n",
        'tags=["task"]',
        "no solution",
        "### BEGIN SOLUTION",
    ),
    "an unknown tag": ('tags=["task"]', 'tags=["taks"]', 'tags=["taks"]', "taks", "`task`"),
    "unknown metadata": ("points=3", "points=3 weight=2", "weight=2", "weight", "Known are"),
    "a task without a name": (' grade_id="slugify"', "", 'tags=["task"]', "no `grade_id`", "grade_id="),
    "a bad name": ('grade_id="slugify"', 'grade_id="slug ify"', "slug ify", "slug ify", "letters"),
    "a free cell with points": (
        'tags=["setup"] grade_id="setup"',
        "points=1",
        "points=1",
        "without a role",
        "Add `tags`",
    ),
    "text before the first cell": (
        "# %% [markdown]\n# # Slugs",
        "import os\n\n# %% [markdown]\n# # Slugs",
        "import os",
        "before the first cell",
        "# %%",
    ),
    "a header that is not closed": ("# seconds: 5\n# ---", "# seconds: 5", "# ---", "not closed", "# ---"),
    "an unknown field in the header": ("# seconds: 5", "# second: 5", "# title", "second", "`seconds`"),
    "a kind that there is not": ("# kind: function", "# kind: functoin", "# title", "functoin", "docs/authoring.md"),
    "a header that is not YAML": ("# title: Slugs", "# title: [Slugs", "# kind", "not YAML", "field: value"),
    "too many seconds": ("# seconds: 5", "# seconds: 500", "# title", "500", "1 to 60"),
    "a prose cell that is a test": (
        '# %% [markdown] tags=["manual"]',
        '# %% [markdown] tags=["test"]',
        '# %% [markdown] tags=["test"]',
        "markdown",
        "`manual`",
    ),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_in_an_exercise_is_named_with_its_line_and_its_remedy(slip, exercise_text, write_exercise):
    old, new, place, problem, remedy = SLIPS[slip]
    assert old in exercise_text
    text = exercise_text.replace(old, new, 1)
    path = write_exercise(text)
    with pytest.raises(SourceError) as raised:
        read_exercise(path)
    message = str(raised.value)
    assert message.startswith(f"{path}:{raised.value.line}: ")
    assert raised.value.line == line_of(text, place) + (place == "# here")
    assert problem in raised.value.problem
    assert remedy in raised.value.remedy


def test_an_exercise_that_gives_no_marks_is_refused(exercise_text, write_exercise):
    text = exercise_text[: exercise_text.index('# %% tags=["test"]')]
    with pytest.raises(SourceError, match="No cell gives marks"):
        read_exercise(write_exercise(text))


def test_an_exercise_that_is_not_utf_8_is_refused(write_exercise):
    path = write_exercise()
    path.write_bytes(path.read_bytes() + "# Grüße".encode("latin-1"))
    with pytest.raises(SourceError, match="not UTF-8"):
        read_exercise(path)


def test_windows_line_ends_change_nothing(exercise_text, write_exercise):
    cells = read_exercise(write_exercise()).cells
    path = write_exercise()
    path.write_bytes(exercise_text.replace("\n", "\r\n").encode())
    assert read_exercise(path).cells == cells


ANSWER = "# ---\n# misconception: titles stay as they are\n# caught_by: test_slugify\n# hint: accents\n# ---\n"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (ANSWER.replace("test_slugify", "test_slug") + '# %% grade_id="slugify"\n1\n', "`caught_by` names `test_slug`"),
        (ANSWER + '# %% grade_id="slugfy"\n1\n', "`slugfy` is not a task"),
        (ANSWER, "no cells"),
        (ANSWER.replace("hint:", "hints:") + '# %% grade_id="slugify"\n1\n', "unknown field `hints`"),
    ],
)
def test_a_slip_in_a_wrong_answer_is_named(text, problem, write_exercise, tmp_path):
    exercise = read_exercise(write_exercise())
    path = tmp_path / "answer.py"
    path.write_text(text)
    with pytest.raises(SourceError, match=problem):
        read_answers(path, exercise)


@pytest.mark.parametrize(
    ("old", "new", "place", "problem"),
    [
        ("---\ntitle", "title", "title", "header is missing"),
        ("minutes: 30", "minutes: soon", "title", "soon|int"),
        ("minutes: 30\n", "", "title", "minutes"),
        ("```{code-cell}", "```{note}", "```{note}", "does not show the directive `note`"),
        ("1 + 1\n```", "1 + 1\n", "```{code-cell}", "never closed"),
        ('"question": "sum"', '"question": "The Sum"', "+++ {", "The Sum"),
        ("<details><summary>Answer</summary>", "Answer:", "+++ {", "folds no answer away"),
    ],
)
def test_a_slip_in_a_lesson_is_named_with_its_line(old, new, place, problem, lesson_text, write_lesson):
    text = lesson_text.replace(old, new, 1)
    path = write_lesson(text)
    with pytest.raises(SourceError, match=problem) as raised:
        read_lesson(path)
    assert raised.value.line == line_of(text, place)
    assert str(raised.value).startswith(f"{path}:{raised.value.line}: ")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(start=st.integers(0, 900), length=st.integers(0, 200), put=st.text(max_size=30))
def test_whatever_is_done_to_an_exercise_it_is_read_or_refused(start, length, put, exercise_text, write_exercise):
    text = exercise_text[:start] + put + exercise_text[start + length :]
    try:
        path = write_exercise(text)
    except UnicodeEncodeError:
        return
    try:
        exercise = read_exercise(path)
    except SourceError as error:
        assert 1 <= error.line <= text.count("\n") + text.count("\r") + 2  # noqa: PT017 - any line of the text
    else:
        assert exercise.cells
