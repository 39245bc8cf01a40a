"""The file of a learner's memory: made, migrated, shared by processes, cut off in mid-write, damaged."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

import curriculum
from curriculum.progress import ProgressError, folding, open_progress
from curriculum.progress.events import Opened, new_event
from curriculum.progress.ids import new_id
from curriculum.progress.schema import APPLICATION_ID, MIGRATIONS, bring_up_to_date
from curriculum.progress.store import FILE

LESSON = "flask/routing"
AT = datetime(2027, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def file(tmp_path):
    """Where the memory of the workspace `tmp_path` is."""
    (tmp_path / FILE).parent.mkdir()
    return tmp_path / FILE


def raw(file, *statements):
    """Run SQL on a file as another program would; give the rows of the last statement."""
    connection = sqlite3.connect(file, isolation_level=None)
    try:
        for statement in statements:
            rows = connection.execute(statement).fetchall()
    finally:
        connection.close()
    return rows


def test_it_is_made_where_there_is_none_and_found_again(tmp_path):
    with open_progress(tmp_path / "new") as memory:
        memory.record_opened("lesson", LESSON)
    with open_progress(tmp_path / "new") as memory:
        assert [event.about for event in memory.events()] == [f"lesson:{LESSON}"]
    file = tmp_path / "new" / FILE
    assert raw(file, "PRAGMA journal_mode") == [("wal",)]
    assert raw(file, "PRAGMA user_version") == [(len(MIGRATIONS),)]
    assert raw(file, "PRAGMA application_id") == [(APPLICATION_ID,)]


def test_events_are_never_changed_or_removed(tmp_path, file):
    with open_progress(tmp_path) as memory:
        memory.record_opened("lesson", LESSON)
    for statement in ("DELETE FROM event", "UPDATE event SET kind = 'finished'"):
        with pytest.raises(sqlite3.IntegrityError, match="events"):
            raw(file, statement)


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("INSERT INTO event (id, at, kind, about, data) VALUES ('1', 'now', 'opened', 'x', 'not json')", "CHECK"),
        ("INSERT INTO event (id, at, kind, about, data) VALUES ('1', 'now', 'opened', 'x', NULL)", "NOT NULL"),
    ],
)
def test_the_file_itself_refuses_what_is_no_event(tmp_path, file, statement, problem):
    with open_progress(tmp_path):
        pass
    with pytest.raises(sqlite3.IntegrityError, match=problem):
        raw(file, statement)


# Migrations


STEP = ("ALTER TABLE event ADD COLUMN machine TEXT NOT NULL DEFAULT ''", "CREATE INDEX by_machine ON event (machine)")


def test_an_older_file_is_brought_up_to_date_with_all_that_is_in_it(tmp_path, file):
    with open_progress(tmp_path) as memory:
        memory.record_opened("lesson", LESSON)
    connection = sqlite3.connect(file, isolation_level=None)
    bring_up_to_date(connection, file, [*MIGRATIONS, STEP])
    assert connection.execute("SELECT about, machine FROM event").fetchall() == [(f"lesson:{LESSON}", "")]
    assert connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS) + 1,)
    bring_up_to_date(connection, file, [*MIGRATIONS, STEP])  # nothing is left to do
    connection.close()


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path, file):
    with open_progress(tmp_path) as memory:
        memory.record_opened("lesson", LESSON)
    connection = sqlite3.connect(file, isolation_level=None)
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        bring_up_to_date(connection, file, [*MIGRATIONS, (STEP[0], "DROP TABLE nonsense")])
    assert connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
    assert "machine" not in [row[1] for row in connection.execute("PRAGMA table_info(event)")]
    connection.close()
    with open_progress(tmp_path) as memory:
        assert len(memory.events()) == 1


def test_a_file_of_version_1_is_read(tmp_path, file):
    raw(
        file,
        f"PRAGMA application_id = {0x42504154}",
        "PRAGMA user_version = 1",
        "CREATE TABLE event (seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, at TEXT NOT NULL, "
        "kind TEXT NOT NULL, about TEXT NOT NULL, data TEXT NOT NULL CHECK (json_valid(data))) STRICT",
        "INSERT INTO event (id, at, kind, about, data) VALUES ('0a0b0c0d-0000-4000-8000-000000000001', "
        "'2027-03-01T09:00:00.000000+00:00', 'check', 'exercise:flask/mini-api', "
        '\'{"kind":"check","tests":[{"name":"test_read","points":2.0,"max_points":2.0,"status":"passed"}]}\')',
    )
    with open_progress(tmp_path) as memory:
        (event,) = memory.events()
        assert memory.snapshot(curriculum.load()).exercises["flask/mini-api"].state == "solved"
    assert event.at == AT
    assert event.what.tests[0].name == "test_read"


# What can be wrong


def test_a_file_of_a_newer_version_is_left_alone(tmp_path, file):
    with open_progress(tmp_path) as memory:
        memory.record_opened("lesson", LESSON)
    raw(file, "PRAGMA user_version = 99")
    with pytest.raises(ProgressError, match=r"written by a newer backend-path \(form 99; .*pip install --upgrade"):
        open_progress(tmp_path)
    assert raw(file, "SELECT count(*) FROM event") == [(1,)]


def test_an_event_of_a_newer_version_is_left_alone(tmp_path, file):
    with open_progress(tmp_path) as memory:
        memory.record_opened("lesson", LESSON)
        raw(
            file,
            f"INSERT INTO event (id, at, kind, about, data) VALUES ('{new_id()}', '2027-03-01T09:00:00.000000+00:00', "
            "'sung', 'lesson:flask/routing', '{\"kind\": \"sung\"}')",
        )
        with pytest.raises(ProgressError, match=r"can't read: Invalid value 'sung'.*Update backend-path"):
            memory.events()


def test_another_programs_database_is_left_alone(tmp_path, file):
    raw(file, "CREATE TABLE recipe (name TEXT)")
    with pytest.raises(ProgressError, match=r"database of another program. Move it away"):
        open_progress(tmp_path)
    assert raw(file, "SELECT name FROM sqlite_schema") == [("recipe",)]


def test_a_file_that_was_only_begun_is_finished(tmp_path, file):
    """What is left when a program is killed while it makes the file."""
    for prepare in (lambda: file.touch(), lambda: raw(file, "PRAGMA journal_mode = WAL")):
        prepare()
        with open_progress(tmp_path) as memory:
            memory.record_opened("lesson", LESSON)
            assert len(memory.events()) == 1
        file.unlink()


def test_a_full_disk_says_so_and_loses_nothing(tmp_path, file):
    with open_progress(tmp_path) as memory:
        memory.record_opened("lesson", LESSON)
        memory._store._connection.execute("PRAGMA max_page_count = 1")  # as if the disk had no more room
        many = [new_event(AT, f"lesson:{LESSON}", Opened()) for _ in range(100)]
        with pytest.raises(ProgressError, match=r"can't be read or written .*Look whether the disk is full"):
            memory.add(many)
    with open_progress(tmp_path) as memory:
        assert len(memory.events()) == 1
        assert memory.add(many) == 100


def test_a_file_that_is_no_database_is_left_alone(tmp_path, file):
    file.write_bytes(b"Dear diary, " * 500)
    with pytest.raises(ProgressError, match=r"is damaged .*Nothing was changed. Move it away.*progress import"):
        open_progress(tmp_path)
    assert file.read_bytes() == b"Dear diary, " * 500


def test_a_file_with_a_damaged_page_says_so(tmp_path, file):
    with open_progress(tmp_path) as memory:
        for _ in range(200):
            memory.record_hint("flask/mini-api", "read", "id-type", 1)
    content = bytearray(file.read_bytes())
    for page in range(2 * 4096, len(content), 4096):
        content[page : page + 100] = b"\xff" * 100
    file.write_bytes(content)
    with open_progress(tmp_path) as memory, pytest.raises(ProgressError, match="is damaged"):
        memory.events()
    assert file.read_bytes() == content


def test_a_workspace_that_cannot_be_made_says_so(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(ProgressError, match=r"can't be made: Not a directory .*Choose a workspace"):
        open_progress(tmp_path / "file" / "workspace")


READER = """
import os, sys
from curriculum.progress import ProgressError, open_progress
if os.geteuid() == 0:
    os.seteuid(65534)  # nothing is read-only for root
try:
    open_progress(sys.argv[1]).record_opened("lesson", "flask/routing")
except ProgressError as error:
    print(error)
"""


def test_a_read_only_folder_says_so():
    with tempfile.TemporaryDirectory() as workspace:  # pytest's own folders are closed to other users
        with open_progress(workspace):
            pass
        file = Path(workspace).resolve() / FILE
        Path(workspace).chmod(0o755)
        file.chmod(0o444)
        file.parent.chmod(0o555)
        done = subprocess.run([sys.executable, "-c", READER, workspace], capture_output=True, text=True, check=True)
        file.parent.chmod(0o755)
    assert f"{file} can't be written" in done.stdout, done.stderr
    assert f"Make the folder {file.parent} and the files in it writable" in done.stdout


def test_a_file_that_stays_locked_says_so(tmp_path, file, monkeypatch):
    with open_progress(tmp_path):
        pass
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr("curriculum.progress.store.PATIENCE", 0.05)
    with open_progress(tmp_path) as memory, pytest.raises(ProgressError, match=r"is in use .*Close that one and try"):
        memory.record_opened("lesson", LESSON)
    other.execute("COMMIT")
    other.close()


@pytest.mark.parametrize(
    "record",
    [
        lambda memory: memory.record_time("lesson", LESSON, 0),
        lambda memory: memory.record_time("lesson", LESSON, 4000),
        lambda memory: memory.record_time("lesson", LESSON, float("nan")),
        lambda memory: memory.record_opened("lesson", "no slash"),
        lambda memory: memory.record_opened("module", "flask/routing"),
        lambda memory: memory.record_hint("flask/mini-api", "read", "id-type", 0),
    ],
)
def test_a_value_out_of_bounds_is_refused(tmp_path, record):
    with open_progress(tmp_path) as memory:
        with pytest.raises(ProgressError, match="This can't be recorded of"):
            record(memory)
        assert memory.events() == []


# Several at a time


WRITER = """
import sys
from curriculum.progress import open_progress
for number in range(int(sys.argv[2])):
    with open_progress(sys.argv[1]) as memory:
        memory.record_hint("flask/mini-api", sys.argv[3], "key", number % 3 + 1)
"""


def start(workspace, count, name):
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, workspace, str(count), name], stderr=subprocess.PIPE, text=True
    )


def test_two_processes_write_at_once_and_nothing_is_lost(tmp_path):
    """Both begin with no file at all, so they also make it at once."""
    writers = [start(tmp_path, 60, name) for name in ("one", "two")]
    for writer in writers:
        assert writer.communicate()[1] == ""
    with open_progress(tmp_path) as memory:
        tasks = [event.what.task for event in memory.events()]
    assert (tasks.count("one"), tasks.count("two")) == (60, 60)


def test_threads_share_one_memory(tmp_path):
    path = curriculum.load()
    with open_progress(tmp_path) as memory, ThreadPoolExecutor(4) as pool:

        def work(number):
            memory.record_hint("flask/mini-api", str(number), "key", 1)
            return memory.snapshot(path).exercises["flask/mini-api"].hints

        seen = list(pool.map(work, range(40)))
        assert max(seen) == memory.snapshot(path).exercises["flask/mini-api"].hints == 40


def test_a_process_killed_in_mid_write_loses_nothing_that_was_recorded(tmp_path):
    program = f"{WRITER.rstrip()}\n        print(number, flush=True)\n"
    writer = subprocess.Popen(
        [sys.executable, "-c", program, tmp_path, "100000", "one"], stdout=subprocess.PIPE, text=True
    )
    for line in writer.stdout:
        if int(line) == 50:
            writer.send_signal(signal.SIGKILL)
            break
    said = [51 + number for number, _ in enumerate(writer.stdout)]
    writer.stdout.close()
    assert writer.wait() == -signal.SIGKILL
    with open_progress(tmp_path) as memory:
        count = len(memory.events())
        memory.record_opened("lesson", LESSON)
    assert count in (51 + len(said), 52 + len(said))  # the last may be recorded and not yet said
    assert raw(tmp_path / FILE, "PRAGMA integrity_check") == [("ok",)]


def test_what_another_process_wrote_is_seen_at_once(tmp_path):
    path = curriculum.load()
    with open_progress(tmp_path) as memory:
        assert memory.snapshot(path).exercises["flask/mini-api"].hints == 0
        assert start(tmp_path, 2, "other").communicate()[1] == ""
        assert memory.snapshot(path).exercises["flask/mini-api"].hints == 2


def test_a_file_put_in_place_of_another_is_read_from_its_beginning(tmp_path):
    path = curriculum.load()
    for number in range(3):  # three memories of different lengths, one after the other at the same place
        with open_progress(tmp_path) as memory:
            for _ in range(3 - number):
                memory.record_hint("flask/mini-api", "read", "key", 1)
            assert memory.snapshot(path).exercises["flask/mini-api"].hints == 3 - number
        for file in (tmp_path / FILE).parent.iterdir():
            file.unlink()


def test_few_histories_are_kept(tmp_path):
    path = curriculum.load()
    for number in range(folding.KEPT + 3):
        with open_progress(tmp_path / str(number)) as memory:
            memory.snapshot(path)
    assert len(folding._kept) == folding.KEPT


def test_ids_sort_as_they_were_made():
    ids = [new_id() for _ in range(5000)]
    assert ids == sorted(ids)
    assert len(set(ids)) == 5000


def test_what_was_stopped_half_way_is_not_counted_twice(tmp_path, monkeypatch):
    path = curriculum.load()
    with open_progress(tmp_path) as memory:
        for _ in range(4):
            memory.record_hint("flask/mini-api", "read", "key", 1)
        take, taken = folding.History.take, []

        def stopped(history, event):
            take(history, event)
            taken.append(event)
            if len(taken) == 2:
                raise KeyboardInterrupt

        monkeypatch.setattr(folding.History, "take", stopped)
        with pytest.raises(KeyboardInterrupt):
            memory.snapshot(path)
        monkeypatch.undo()
        assert memory.snapshot(path).exercises["flask/mini-api"].hints == 4
