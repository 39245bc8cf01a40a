"""`backend-path progress`, its `export`, `import` and `xapi`, and `backend-path review`, as a person types them."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from autograder import console
from curriculum.build import fill_answers, notebook_bytes, read_exercise, release_notebook
from curriculum.cli import cli
from curriculum.content import exercise_source
from curriculum.placing import Item, place_files
from curriculum.progress import open_progress

EXERCISE = "python/small-algorithm"
LESSON = "flask/routing"


@pytest.fixture
def workspace(tmp_path):
    """A workspace with one exercise in it, as `learn` makes it."""
    exercise = read_exercise(exercise_source(EXERCISE))
    place_files(
        tmp_path / "workspace",
        [
            Item(f"exercise:{EXERCISE}:{name}", name, data)
            for name, data in [
                ("small-algorithm.ipynb", notebook_bytes(release_notebook(exercise))),
                *((name, file.read_bytes()) for name, file in exercise.files),
            ]
        ],
    )
    return tmp_path / "workspace"


@pytest.fixture
def run(capsys, monkeypatch, workspace):
    """Run a command in the workspace; gives what it printed to standard output and error."""
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.chdir(workspace)
    for stream in (console.stdout, console.stderr):
        monkeypatch.setattr(stream, "_width", None)

    def run_it(*words, status=0):
        with pytest.raises(SystemExit) as ended:
            console.run(cli, [str(word) for word in words])
        printed = capsys.readouterr()
        assert ended.value.code == status, printed.err
        return SimpleNamespace(out=printed.out, err=printed.err)

    return run_it


@pytest.fixture
def reader(workspace, path):
    """Somebody who read a lesson two days ago and solved an exercise."""
    past = [datetime.now(UTC) - timedelta(days=2)]
    with open_progress(workspace, lambda: past[0]) as memory:
        for _ in range(30):
            memory.record_time("lesson", LESSON, 60)
        memory.record_finished(LESSON)


def test_a_beginner_sees_where_to_begin(run):
    printed = run("progress").out
    assert "Next: lesson “Data structures" in printed
    assert "The path begins here." in printed
    assert "planned: backend-path path" in printed
    assert "Review" not in printed
    assert "Time" not in printed.splitlines()[-1]


def test_progress_says_what_was_done_and_what_is_due(run, reader):
    printed = run("progress").out
    flask = next(line for line in printed.splitlines() if line.strip().startswith("Flask"))
    assert flask.split()[1:4] == ["in-progress", "1/8", "0/88"]
    assert flask.rstrip().endswith("0:30")
    assert "Review: 4 questions are due, 4 min. Start: backend-path review" in printed


def test_modules_keep_their_names_in_a_narrow_window(run, reader, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    printed = run("progress").out
    assert {"Python", "Flask", "PHP"} <= set(printed.split())
    assert max(map(len, printed.splitlines())) <= 60


def test_progress_as_json_is_the_snapshot(run, reader):
    data = json.loads(run("progress", "--json").out)
    assert data["lessons"][LESSON]["state"] == "studied"
    assert data["reviews"]["due"] == 4
    assert data["next"]["kind"] == "lesson"


def test_a_workspace_is_found_around_and_by_name(run, workspace, monkeypatch, tmp_path):
    (workspace / "deep" / "er").mkdir(parents=True)
    monkeypatch.chdir(workspace / "deep" / "er")
    run("progress")
    monkeypatch.chdir(tmp_path)
    run("progress", "--dir", workspace)
    run("progress", "--dir", workspace, "export", "-")
    error = run("progress", "--dir", tmp_path, status=2).err
    assert f"{tmp_path} is no workspace. Name yours with --dir, or make one" in error


def test_what_was_done_moves_to_another_machine(run, reader, tmp_path):
    run("progress", "export", tmp_path / "all.jsonl")
    place_files(tmp_path / "laptop", [Item("home", "Home.md", b"home")])
    assert (
        "31 new, 0 known already."
        in run("progress", "import", tmp_path / "all.jsonl", "--dir", tmp_path / "laptop").out
    )
    assert (
        "0 new, 31 known already."
        in run("progress", "import", tmp_path / "all.jsonl", "--dir", tmp_path / "laptop").out
    )
    here, there = (json.loads(run("progress", "--json", "--dir", place).out) for place in (".", tmp_path / "laptop"))
    assert {**here, "at": 0} == {**there, "at": 0}


def test_a_bad_import_names_file_and_line(run, tmp_path):
    (tmp_path / "bad.jsonl").write_text('{"format":"backend-path-progress/1"}\n{"id":"1"}\n')
    error = run("progress", "import", tmp_path / "bad.jsonl", status=2).err
    assert f"{tmp_path / 'bad.jsonl'}:2: This is no event" in error
    assert "can't be read: No such file" in run("progress", "import", tmp_path / "none", status=2).err
    assert "can't be written" in run("progress", "export", tmp_path / "bad.jsonl" / "x", status=2).err


def test_an_export_goes_through_a_pipe(run, reader, monkeypatch):
    exported = run("progress", "export", "-").out
    result = CliRunner().invoke(cli, ["progress", "import", "-"], input=exported)
    assert result.exit_code == 0, result.output
    assert "0 new, 31 known already." in result.output


def test_statements_are_made_for_whom_one_names(run, reader, tmp_path):
    made = json.loads(run("progress", "xapi", "--mbox", "ann@example.org").out)
    assert len(made) == 31
    assert {statement["actor"]["mbox"] for statement in made} == {"mailto:ann@example.org"}
    run("progress", "xapi", tmp_path / "made.json", "--account", "https://lms.example.org", "17")
    (actor,) = {json.dumps(statement["actor"]) for statement in json.loads((tmp_path / "made.json").read_text())}
    assert '"name": "17"' in actor


@pytest.mark.parametrize("who", [(), ("--mbox", "ann@example.org", "--account", "https://lms.example.org", "17")])
def test_nobody_is_guessed(run, who):
    assert "Say who you are, with either --mbox ADDRESS or" in run("progress", "xapi", *who, status=2).err


# Reviews


def review(*lines, options=()):
    """Type lines into `backend-path review`."""
    result = CliRunner().invoke(cli, ["review", *options], input="\n".join(lines) + "\n")
    assert result.exit_code == 0, result.output
    return result.output


def test_nothing_is_due_at_the_beginning(run):
    assert "Nothing is due for review." in run("review").out
    assert json.loads(run("review", "--json").out) == []


def test_a_review_asks_shows_and_takes_the_answer_in(run, reader, workspace):
    printed = review("", "3", "", "1", "", "4", "", "2")
    assert "1 of 4" in printed
    assert "4 of 4" in printed
    assert printed.index("rather than") < printed.index("The path stands in one place")
    assert "1 again (tomorrow)  2 hard (tomorrow)  3 good (in 2 days)  4 easy (in 8 days)" in printed
    assert "4 answered." in printed
    with open_progress(workspace) as memory:
        assert [event.what.rating for event in memory.events() if event.about.startswith("question:")] == [
            "good", "again", "easy", "hard",
        ]  # fmt: skip
    assert "Nothing is due" in run("review").out


def test_a_review_ends_when_one_has_enough(run, reader):
    assert "1 answered." in review("", "3", "q")
    assert "0 answered." in review("", "q")
    assert len(json.loads(run("review", "--json").out)) == 3


def test_a_review_takes_no_other_key(run, reader):
    assert "is not one of" in review("", "5", "3", "q")


def test_a_review_holds_as_many_questions_as_the_minutes(run, reader):
    assert "1 of 2" in review("q", options=["--minutes", "2"])


def test_exercises_that_are_due_are_named_after_a_review(run, workspace, learner):
    with open_progress(workspace, lambda: datetime.now(UTC) - timedelta(days=30)) as memory:
        memory.record_check(EXERCISE, learner.result(True))
    assert (
        f"To be solved again from scratch, when you have the time (reset them first): {EXERCISE}" in run("review").out
    )
    assert f"Solve again from scratch: {EXERCISE}" in run("progress").out


# Checks are kept


def events(workspace):
    with open_progress(workspace) as memory:
        return memory.events()


def test_a_check_in_a_workspace_is_kept(run, workspace):
    notebook = workspace / "small-algorithm.ipynb"
    run("check", notebook, status=1)
    (untouched,) = events(workspace)
    assert (untouched.about, untouched.what.changed) == (f"exercise:{EXERCISE}", False)
    assert {test.status for test in untouched.what.tests} == {"failed"}
    notebook.write_bytes(notebook_bytes(fill_answers(read_exercise(exercise_source(EXERCISE)))))
    run("check", notebook, "--json")
    assert events(workspace)[1].what.changed
    standing = json.loads(run("progress", "--json").out)["exercises"][EXERCISE]
    assert (standing["state"], standing["checks"]) == ("solved", 2)
    assert standing["best_points"] == standing["points"]


def test_a_check_elsewhere_is_kept_nowhere(run, workspace, tmp_path):
    notebook = tmp_path / "small-algorithm.ipynb"
    notebook.write_bytes((workspace / "small-algorithm.ipynb").read_bytes())
    run("check", notebook, status=1)
    assert not (tmp_path / ".backend-path").exists()
    assert events(workspace) == []


def test_a_check_stands_when_it_cannot_be_kept(run, workspace):
    (workspace / ".backend-path" / "progress.sqlite3").write_text("Dear diary, " * 500)
    printed = run("check", workspace / "small-algorithm.ipynb", "--json", status=1)
    assert json.loads(printed.out)["exercise"] == EXERCISE
    assert "The result was not kept" in printed.err
    assert "is damaged" in printed.err


def test_progress_does_not_load_what_builds_notebooks(workspace):
    """So that it answers at once."""
    import subprocess

    program = (
        "import sys\nfrom curriculum.progress import open_progress\nimport curriculum\n"
        f"open_progress({str(workspace)!r}).snapshot(curriculum.load())\n"
        "print([name for name in ('jupytext', 'nbformat', 'nbgrader', 'networkx', 'torch') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
