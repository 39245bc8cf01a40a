"""`backend-path author`: new, lint, prove, preview, from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner, Result

from curriculum import content
from curriculum.authoring.lint import lint
from curriculum.authoring.new import KINDS, new_exercise
from curriculum.authoring.preview import build_preview
from curriculum.authoring.prove import prove
from curriculum.cli import cli
from curriculum.exceptions import CurriculumError


def run(*words: object) -> Result:
    return CliRunner().invoke(cli, ["author", *map(str, words)], standalone_mode=False)


@pytest.mark.needs("php-cli")
@pytest.mark.parametrize("kind", KINDS)
def test_a_new_exercise_of_each_kind_breaks_no_rule_and_is_proved(kind, exercises, path, grader):
    folder, entry = new_exercise("shop/first-one", kind, exercises, path)
    source = folder / "exercise.py"
    assert f"kind: {kind}" in entry
    assert lint([source], []) == []
    (proof,) = prove([source], parts=("answers", "cheats", "mutants"), workers=1, use_cache=False, grader=grader)
    assert [finding.text for finding in proof.findings] == []
    assert proof.points == 10


def test_a_new_exercise_takes_title_and_points_from_the_curriculum_data(exercises, path):
    entry = next(exercise for exercise in path.data.modules[0].exercises)
    folder, missing = new_exercise(entry.id, entry.kind, exercises, path)
    assert missing == ""
    assert lint([folder / "exercise.py"], [], path) == []


def test_a_new_exercise_never_overwrites_one(exercise, exercises, path):
    before = (exercise / "exercise.py").read_bytes()
    (exercise / "exercise.py").write_bytes(before + b"# mine\n")
    with pytest.raises(CurriculumError, match="is there already; nothing was changed"):
        new_exercise("shop/prices", "http", exercises, path)
    assert (exercise / "exercise.py").read_bytes() == before + b"# mine\n"


@pytest.mark.parametrize("name", ["prices", "Shop/Prices", "shop/../prices", "shop/prices/", "shop/a--b"])
def test_a_new_exercise_has_a_proper_id(name, exercises, path):
    with pytest.raises(CurriculumError, match="is no exercise id"):
        new_exercise(name, "function", exercises, path)
    assert not exercises.exists()


def test_a_new_exercise_is_of_the_kind_that_the_data_say(exercises, path):
    with pytest.raises(CurriculumError, match="Use --kind http"):
        new_exercise("flask/mini-api", "prose", exercises, path)


def test_new_says_what_to_do_next(tmp_path, monkeypatch):
    monkeypatch.setattr(content, "exercises_root", lambda: tmp_path)
    result = run("new", "shop/prices", "--kind", "function")
    assert result.exception is None
    assert "backend-path author prove --quick shop/prices" in result.output
    assert "  - id: shop/prices\n    title: Prices\n" in result.output
    assert (tmp_path / "shop" / "prices" / "exercise.py").is_file()


def test_lint_prints_a_line_for_each_finding_and_says_no(exercise, edit, line_of):
    edit('== 305, hint("parts")', "== 305")
    result = run("lint", exercise)
    assert result.return_value == 1
    line = line_of("== 305")
    assert f"exercise.py:{line}: A learner who fails this assertion gets no hint." in result.output
    assert result.output.endswith("1 exercises and 0 lessons: 2 to mend.\n")


def test_lint_prints_json(exercise, edit):
    edit('== 305, hint("parts")', "== 305")
    findings = json.loads(run("lint", exercise, "--json").output)
    assert {finding["rule"] for finding in findings} == {"data", "assert-hint"}
    assert set(findings[0]) == {"path", "line", "rule", "problem", "remedy", "detail"}


def test_prove_prints_json_and_says_no_when_something_is_to_be_mended(exercise, edit):
    edit("hint: exact", "hint: parts", "wrong/float-times-hundred.py")
    result = run("prove", "--quick", "--workers", 1, "--json", exercise)
    assert result.return_value == 1
    data = json.loads(result.output)
    assert data["holds"] is False
    (proof,) = data["exercises"]
    assert [finding["rule"] for finding in proof["findings"]] == ["wrong"]
    assert proof["mutants"]["run"] == 0


def test_prove_prints_a_row_for_each_exercise(exercise):
    result = run("prove", "--quick", "--workers", 1, exercise)
    assert result.return_value == 0
    assert result.output.splitlines()[-1].split()[:2] == ["shop/prices", "3"]


def test_a_path_that_is_not_there_is_an_error_that_says_what_to_name(tmp_path):
    result = run("lint", tmp_path / "nowhere")
    assert isinstance(result.exception, CurriculumError)
    assert "Name a folder, a file, or an id such as flask/mini-api" in str(result.exception)


def test_any_file_of_an_exercise_and_its_id_stand_for_it():
    from curriculum.authoring.sources import find_exercises

    source = content.exercise_source("flask/mini-api").resolve()
    assert find_exercises([source.parent / "hints.yaml"]) == [source]
    assert find_exercises([source.parent / "wrong"]) == [source]
    assert find_exercises([Path("flask/mini-api")]) == [source]
    assert source in find_exercises([])


def test_a_preview_shows_the_release_and_on_request_the_solution(exercise, tmp_path):
    (exercise / "files").mkdir()
    (exercise / "files" / "prices.csv").write_text("1.50\n")
    released = build_preview(exercise / "exercise.py", tmp_path / "a", solution=False)
    solved = build_preview(exercise / "exercise.py", tmp_path / "b", solution=True)
    assert "return sum(" not in released.read_text()
    assert "return sum(" in solved.read_text()
    assert (tmp_path / "a" / "prices.csv").read_text() == "1.50\n"
    nbformat.validate(nbformat.read(released, as_version=4))


def test_a_lesson_has_a_preview_too(tmp_path):
    lesson = next(content.notebooks_root().glob("*/*.md"))
    notebook = build_preview(lesson, tmp_path, solution=False)
    assert notebook.name == f"{lesson.stem}.ipynb"
    nbformat.validate(nbformat.read(notebook, as_version=4))
