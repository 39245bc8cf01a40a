"""`backend-path`: its help, its tables and JSON, its errors, and how it behaves in pipes and narrow windows."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import curriculum
from autograder import console
from curriculum.cli import cli
from curriculum.commands.reference import reference
from curriculum.exports import FORMATS

SHOWING = [
    ["path"],
    ["path", "--all"],
    ["path", "--module", "flask"],
    ["skills"],
    ["skills", "--module", "flask"],
    ["skills", "--goal", "flask", "--known", "python"],
    ["plan", "--goal", "flask", "--start", "2027-01-04"],
    ["coverage"],
    ["trace", "S21"],
    ["doctor"],
]


@pytest.fixture
def backend_path(capsys, monkeypatch):
    """Run the command line as a program does; returns what it printed, to standard output and to standard error."""
    monkeypatch.delenv("COLUMNS", raising=False)
    for stream in (console.stdout, console.stderr):  # made at import, when a parallel run has COLUMNS set
        monkeypatch.setattr(stream, "_width", None)

    def run(*words: str | Path, status: int = 0) -> tuple[str, str]:
        with pytest.raises(SystemExit) as ended:
            console.run(cli, list(map(str, words)))
        printed = capsys.readouterr()
        assert ended.value.code == status, printed.err
        return printed.out, printed.err

    return run


@pytest.fixture(scope="module")
def path():
    return curriculum.load()


def test_the_help_names_every_command_and_where_to_start(backend_path):
    out, _ = backend_path("--help")
    assert "Start with: backend-path learn" in out
    for name in (
        "learn",
        "check",
        "path",
        "skills",
        "plan",
        "match",
        "coverage",
        "trace",
        "export",
        "import",
        "doctor",
    ):
        assert f"\n  {name} " in out
    assert out.index("\n  learn ") < out.index("\n  path ") < out.index("\n  doctor ")


def test_starting_it_loads_nothing_heavy():
    heavy = ["jupyterlab", "nbgrader", "networkx", "numpy", "pandas", "rapidfuzz", "flask", "nbformat", "distributed"]
    code = f"import sys, curriculum.cli; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"


def test_the_reference_in_the_docs_is_current(checkout):
    made = reference()
    assert (checkout / "docs/cli.md").read_text(encoding="utf-8") == made, (
        "Make it again: python -m curriculum.commands.reference docs/cli.md"
    )
    for name in [*cli.commands, *(f"course {name}" for name in cli.commands["course"].commands)]:
        assert f"### `backend-path {name}`" in made
    assert "## `autograder grade`" in made


def test_the_page_on_exports_names_every_format(checkout):
    page = (checkout / "docs/exports.md").read_text(encoding="utf-8")
    assert all(page.count(f"`{name}`") >= 2 for name in FORMATS)


@pytest.mark.parametrize("words", SHOWING, ids=" ".join)
def test_tables_keep_to_a_narrow_window(backend_path, monkeypatch, words):
    monkeypatch.setenv("COLUMNS", "60")
    out, _ = backend_path(*words)
    assert max(map(len, out.splitlines())) <= 60


@pytest.mark.parametrize("words", SHOWING, ids=" ".join)
def test_a_pipe_gets_whole_lines_without_colours(backend_path, words):
    out, _ = backend_path(*words)
    assert "\x1b" not in out
    assert "…" not in out
    assert all(line == line.rstrip() for line in out.splitlines())


@pytest.mark.parametrize("words", SHOWING, ids=" ".join)
def test_json_is_json_and_nothing_else(backend_path, words):
    out, err = backend_path(*words, "--json")
    assert json.loads(out)
    assert err == ""


def test_the_tree_has_every_module_with_its_time_and_status(backend_path, path):
    lines = backend_path("path")[0].splitlines()
    for module in path.modules.values():
        line = next(line for line in lines if f"─ {module.title}  {module.id} " in line)
        ready = sum(part.status == "ready" for part in module.parts)
        assert line.endswith(f"{ready} of {len(module.parts)} ready")
        assert "min" in line or " h " in line


def test_the_whole_tree_has_every_lesson_and_exercise(backend_path, path):
    out, _ = backend_path("path", "--all")
    assert all(f"─ {part.title} " in out for module in path.modules.values() for part in module.parts)


def test_a_module_is_shown_with_outcomes_parts_and_skills(backend_path, path):
    out, _ = backend_path("path", "--module", "flask")
    module = path.modules["flask"]
    shown = [*module.outcomes, *(part.title for part in module.parts), *(skill.id for skill in module.skills)]
    assert all(text in out for text in shown)
    told = json.loads(backend_path("path", "--module", "flask", "--json")[0])
    assert (told["id"], told["minutes"]) == ("flask", module.minutes)


def test_skills_to_a_goal_come_in_order_and_leave_out_what_is_known(backend_path, path):
    told = json.loads(backend_path("skills", "--goal", "flask.routing", "--known", "python", "--json")[0])
    assert [it["id"] for it in told] == [it.id for it in path.order(goal="flask.routing", known="python")]
    assert not any(it["module"] == "python" for it in told)


def test_known_without_a_goal_is_refused(backend_path):
    assert "--goal" in backend_path("skills", "--known", "python", status=2)[1]


def test_a_plan_is_the_librarys_plan(backend_path):
    told = json.loads(backend_path("plan", "--hours", "4", "--start", "2027-01-04", "--goal", "python", "--json")[0])
    assert told["start"] == "2027-01-04"
    assert all(
        sum(task["minutes"] for session in week["sessions"] for task in session["tasks"]) <= 4 * 60
        for week in told["weeks"]
    )


def test_a_posting_is_matched_from_a_file_and_from_standard_input(backend_path, tmp_path, monkeypatch):
    text = "You know Flask and SQL joins. No PHP, please."
    posting = tmp_path / "posting.txt"
    posting.write_text(text, encoding="utf-8")
    out, _ = backend_path("match", posting)
    assert "flask" in out
    assert "PHP (negated)" in out
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert backend_path("match", "-")[0] == out
    told = json.loads(backend_path("match", posting, "--json")[0])
    assert all(text[hit["start"] : hit["end"]] == hit["phrase"] for hit in told["hits"])


def test_coverage_lists_every_line_and_what_is_missing_of_it(backend_path, path):
    told = json.loads(backend_path("coverage", "--json")[0])
    assert [it["id"] for it in told] == list(path.coverage_items)
    missing = json.loads(backend_path("coverage", "--missing", "--json")[0])
    assert [it["id"] for it in missing] == [it["id"] for it in told if it["status"] != "ready"]


def test_a_trace_leads_from_a_coverage_id_to_lessons_and_exercises(backend_path):
    told = json.loads(backend_path("trace", "S21", "--json")[0])
    assert any(name.startswith("mongodb/") for name in told["lessons"])
    assert any(name.startswith("mongodb/") for name in told["exercises"])


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_written(backend_path, tmp_path, name):
    out, err = backend_path("export", "--format", name, "--output", tmp_path / "out")
    assert out == ""
    assert str(tmp_path / "out") in err
    written = tmp_path / "out"
    files = list(written.iterdir()) if written.is_dir() else [written]
    assert written.is_dir() == (FORMATS[name].file == "")
    assert all(file.stat().st_size for file in files)


def test_several_files_go_into_a_zip_the_same_each_time(backend_path, tmp_path):
    backend_path("export", "--format", "csv", "--output", tmp_path / "a.zip")
    backend_path("export", "--format", "csv", "--output", tmp_path / "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    assert "skills.csv" in zipfile.ZipFile(tmp_path / "a.zip").namelist()


def test_several_files_need_a_place(backend_path):
    assert "--output DIR" in backend_path("export", "--format", "csv", status=2)[1]


def test_what_is_exported_is_imported_and_used(backend_path, tmp_path, path):
    backend_path("export", "--output", tmp_path / "path.json")
    told = json.loads(backend_path("import", tmp_path / "path.json", "--json")[0])
    assert told["modules"] == list(path.modules)
    assert told["skills"] == len(path.skills)
    again, _ = backend_path("path", "--curriculum", tmp_path / "path.json")
    assert again == backend_path("path")[0]


def test_a_schools_own_module_is_added_to_the_path(backend_path, tmp_path):
    module = tmp_path / "graphql.yaml"
    module.write_text(
        """\
id: graphql-extra
title: GraphQL
summary: One endpoint, many questions.
outcomes: [answer a GraphQL query]
skills:
  - id: graphql-extra.queries
    name: Queries
    definition: Answer a query.
    level: working
    prerequisites: [http.methods]
lessons:
  - {id: graphql-extra/queries, title: Queries, minutes: 30, skills: [graphql-extra.queries], status: planned}
""",
        encoding="utf-8",
    )
    out, _ = backend_path("import", module)
    assert "is valid" in out
    assert "graphql-extra" in out
    assert "GraphQL" in backend_path("path", "--curriculum", module)[0]
    backend_path("import", module, "--output", tmp_path / "merged.json")
    assert "graphql-extra" in curriculum.load(tmp_path / "merged.json").modules


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["path", "--module", "flsk"], "flask"),
        (["skills", "--goal", "sql.join"], "sql.joins"),
        (["trace", "S99"], "S99"),
        (["plan", "--hours", "0"], "0.5"),
        (["match", "no-such-file.txt"], "no-such-file.txt"),
        (["import", "no-such-file.json"], "no-such-file.json"),
        (["path", "--curriculum", "nowhere"], "nowhere"),
        (["export", "--output", "/dev/null/x"], "/dev/null/x"),
    ],
    ids=lambda it: " ".join(it) if isinstance(it, list) else "",
)
def test_an_error_is_one_line_that_says_what_to_do(backend_path, words, said):
    out, err = backend_path(*words, status=2)
    assert out == ""
    assert err.count("\n") == 1
    assert err.startswith("Error: ")
    assert said in err


def test_a_reader_that_stops_early_sees_no_traceback():
    program = Path(sys.executable).with_name("backend-path")
    done = subprocess.run(
        ["bash", "-c", f"'{program}' skills | head -n 1"], capture_output=True, text=True, check=True, timeout=60
    )
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == ""
