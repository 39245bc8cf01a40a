"""Pages of feedback for learners: with nbgrader's own command and with ours; no hidden test unless it is wished."""

from __future__ import annotations

import nbformat
import pytest

from autograder.feedback.cleaning import clean_data, clean_html, clean_math, without_paths

HIDDEN = """assert f(1) == 2, "one"
### BEGIN HIDDEN TESTS
sesame = 90417
assert f(sesame) == 90418, "Hint (near): Look at the sum."
### END HIDDEN TESTS
assert f(3) == 4"""


@pytest.fixture(scope="module")
def graded(tmp_path_factory, notebook, answer_cell, test_cell, nbgrader, grade):
    root = tmp_path_factory.mktemp("feedback") / "course"
    folder = root / "source" / "work"
    folder.mkdir(parents=True)
    (root / "nbgrader_config.py").write_text(
        "c = get_config()\nimport autograder.feedback\nautograder.feedback.use(c)\n"
    )
    source = notebook(answer_cell("f", "def f(x): return x + 1"), test_cell("test_f", HIDDEN))
    nbformat.write(source, folder / "nb.ipynb")
    nbgrader(root, "generate_assignment", "work")
    answers = {
        "right": "def f(x): return x + 1",
        "hidden": "def f(x):\n    print('asked for', x)\n    return x + 1 if x < 10 else 0",
        "shown": "def f(x): return 0",
    }
    for student, answer in answers.items():
        submitted = nbformat.read(root / "release" / "work" / "nb.ipynb", 4)
        submitted.cells[0].source = answer
        place = root / "submitted" / student / "work"
        place.mkdir(parents=True)
        nbformat.write(submitted, place / "nb.ipynb")
    grade(root)
    return root


def _page(root, student: str) -> str:
    return (root / "feedback" / student / "work" / "nb.html").read_text(encoding="utf-8")


def test_nbgraders_command_shows_no_hidden_test(graded, nbgrader) -> None:
    nbgrader(graded, "generate_feedback", "work")
    pages = {student: _page(graded, student) for student in ("right", "hidden", "shown")}
    for page in pages.values():
        assert "f(1)" in page.replace('<span class="p">', "").replace("</span>", "") or "one" in page
        assert [word for word in ("sesame", "9041", "HIDDEN TESTS", "asked for 1") if word in page] == []
    assert "A hidden test failed." in pages["hidden"]
    assert "Hint (near): Look at the sum." in pages["hidden"]
    assert "A hidden test failed." not in pages["shown"]
    assert "one" in pages["shown"]


def test_our_command_shows_them_if_that_is_wished(graded, command) -> None:
    words = ("feedback", "work", "--course", graded, "--student", "hidden", "--force")
    done = command(*words, "--show-hidden-tests")
    assert done.returncode == 0, done.stderr
    assert "for 1 submission is" in done.stdout
    assert "sesame" in _page(graded, "hidden")
    done = command(*words)
    assert "sesame" not in _page(graded, "hidden")


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<table><tr><td style='color: red'>1</td></tr></table>", "color: red"),
        ("<img src='data:image/png;base64,AAAA'>", "data:image/png"),
        ("<a href='https://example.com/x'>x</a>", "https://example.com/x"),
        ("<details><summary>more</summary>text</details>", "<summary>"),
    ],
)
def test_harmless_html_stays(html: str, kept: str) -> None:
    assert kept in clean_html(html)


@pytest.mark.parametrize(
    "html",
    [
        "<a href='javascript:BAD'>x</a>",
        "<a href='data:text/html,BAD'>x</a>",
        "<a href=' java\nscript:BAD'>x</a>",
        "<img src='https://example.com/BAD.png'>",
        "<img src='data:text/html,BAD'>",
        "<p onmouseover=BAD>x</p>",
        "<p style='background: url(https://example.com/BAD)'>x</p>",
        "<svg><animate onbegin=BAD /></svg>",
        "<iframe srcdoc='BAD'></iframe>",
        "<base href=BAD>",
        "<p id=BAD name=BAD>x</p>",
    ],
)
def test_what_runs_or_is_fetched_goes(html: str) -> None:
    assert "BAD" not in clean_html(html)


def test_outputs_of_unknown_kinds_are_not_shown() -> None:
    assert "application/javascript" not in clean_data({"application/javascript": "alert(1)"})
    assert clean_data({"image/svg+xml": "<svg/>"})["text/html"].startswith('<img alt="drawing" src="data:image/svg+xml')
    assert clean_math(r"\href{javascript:x}{y} \frac{1}{2}") == r"\text{javascript:x}{y} \frac{1}{2}"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("File /home/ann/.venv/lib/json/decoder.py:337", "File …/decoder.py:337"),
        ("open('/tmp/autograder-1/work/a.txt')", "open('…/a.txt')"),
        ("GET /items/1/parts was answered", "GET /items/1/parts was answered"),
        ("https://example.com/usr/lib/x", "https://example.com/usr/lib/x"),
        ("1/2 and/or 3", "1/2 and/or 3"),
    ],
)
def test_only_paths_of_the_machine_are_cut(text: str, shown: str) -> None:
    assert without_paths(text) == shown
