"""Cells in other languages: how they are written, and what stands in the place of their solutions."""

from __future__ import annotations

import os
import subprocess
import sysconfig
from pathlib import Path

import nbformat
import pytest

import curriculum
from curriculum.build import fill_answers, notebook_bytes, read_exercise, release_notebook, source_notebook
from curriculum.course import init_course
from curriculum.exceptions import SourceError

CELLS = {
    "php": ("//", "main.php", "<?php\n// Double the number.\n", "echo 2 * (int) fgets(STDIN);"),
    "ruby": ("#", "main.rb", "# Double the number.\n\n", "puts 2 * gets.to_i"),
    "java": ("//", "Main.java", "public class Main {\n", "    static int n = 2;"),
    "node": ("//", "main.js", "", "console.log(2);"),
    "sql": ("--", "totals", "", "SELECT 2;"),
}


def commented(text: str) -> str:
    return "\n".join(f"# {line}" if line else "#" for line in text.split("\n"))


def cell(language: str) -> str:
    sign, name, before, solution = CELLS[language]
    indent = solution[: len(solution) - len(solution.lstrip())]
    body = f"{before}{indent}{sign} ### BEGIN SOLUTION\n{solution}\n{indent}{sign} ### END SOLUTION"
    return f'# %% tags=["task"] grade_id="{language}" language="{language}" magic_args="{name}"\n{commented(body)}\n'


TEXT = f"""\
# ---
# title: Doubles
# kind: program
# seconds: 5
# ---
# %% tags=["setup"] grade_id="setup"
from autograder.student import hint, student
{"".join(cell(language) for language in CELLS)}
# %% language="php" magic_args="free.php"
# <?php echo 1;

# %% tags=["task"] grade_id="plain"
### BEGIN SOLUTION
x = 1
### END SOLUTION

# %% tags=["test"] grade_id="test" points=1
assert student["x"] == 1
"""


def expected_release(language: str) -> str:
    sign, name, before, solution = CELLS[language]
    indent = solution[: len(solution) - len(solution.lstrip())]
    return f"%%{language} {name}\n{before}{indent}{sign} YOUR CODE HERE"


def by_id(notebook: nbformat.NotebookNode) -> dict[str, str]:
    return {cell.metadata.nbgrader.grade_id: cell.source for cell in notebook.cells if "nbgrader" in cell.metadata}


@pytest.mark.parametrize("language", CELLS)
def test_the_release_holds_the_languages_own_stub(language: str, write_exercise) -> None:
    exercise = read_exercise(write_exercise(TEXT))
    assert by_id(release_notebook(exercise))[language] == expected_release(language)


@pytest.mark.parametrize("language", CELLS)
def test_a_filled_answer_is_the_program_without_marks(language: str, write_exercise) -> None:
    _, name, before, solution = CELLS[language]
    filled = by_id(fill_answers(read_exercise(write_exercise(TEXT))))
    assert filled[language] == f"%%{language} {name}\n{before}{solution}"


def test_python_and_free_cells_stay_as_they_were(write_exercise) -> None:
    release = release_notebook(read_exercise(write_exercise(TEXT)))
    assert by_id(release)["plain"] == "# YOUR CODE HERE\nraise NotImplementedError()"
    assert "%%php free.php\n<?php echo 1;" in [cell.source for cell in release.cells]


def test_nbgraders_own_command_makes_the_same_release(write_exercise, tmp_path: Path) -> None:
    exercise = read_exercise(write_exercise(TEXT))
    course = tmp_path / "course"
    init_course(course, curriculum.load())
    folder = course / "source" / "doubles"
    folder.mkdir()
    (folder / "doubles.ipynb").write_bytes(notebook_bytes(source_notebook(exercise)))
    scripts = sysconfig.get_path("scripts")
    command = [str(Path(scripts) / "nbgrader"), "generate_assignment", "doubles"]
    environment = {**os.environ, "PATH": os.pathsep.join([scripts, os.environ["PATH"]])}
    done = subprocess.run(command, cwd=course, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    made = nbformat.read(course / "release" / "doubles" / "doubles.ipynb", as_version=4)
    assert by_id(made) == by_id(release_notebook(exercise))


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ('# %% language="cobol"\n# x', 8, "`language` is 'cobol'"),
        ('# %% language="php" magic_args="a.php"\n# <?php\necho 1;', 10, "`echo 1;` is not commented out"),
        ("# %%\n%%php main.php\n<?php", 9, "begins with `%%php` is not Python"),
        ('# %% tags=["task"] grade_id="p" language="php"\n# <?php\n# // ### BEGIN SOLUTION', 10, "never closed"),
    ],
)
def test_a_slip_in_such_a_cell_is_named_with_its_line(text: str, line: int, problem: str, write_exercise) -> None:
    before, after = TEXT.split('# %% tags=["task"] grade_id="php"', 1)
    _, after = after.split('# %% tags=["task"] grade_id="plain"', 1)
    path = write_exercise(f'{before}{text}\n# %% tags=["task"] grade_id="plain"{after}')
    with pytest.raises(SourceError, match=problem) as caught:
        read_exercise(path)
    assert f":{line}:" in str(caught.value) or f"line {line}" in str(caught.value)
