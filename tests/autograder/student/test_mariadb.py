"""A MariaDB server of one's own."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pymysql
import pytest

from autograder import mariadb
from autograder.exceptions import DatabaseError, MissingToolchainError

needs_server = pytest.mark.needs("mariadb-server")


@needs_server
def test_a_server_runs_for_a_block_and_leaves_nothing() -> None:
    with mariadb.running_server() as server:
        with pymysql.connect(**server.parameters(), database="mysql") as connection, connection.cursor() as cursor:
            cursor.execute("SELECT CURRENT_USER(), @@skip_networking, @@character_set_server")
            assert cursor.fetchone() == ("root@localhost", 1, "utf8mb4")
        folder = server.socket.parent
        assert server.url("mysql").startswith("mysql+pymysql://root@localhost/mysql?unix_socket=")
    assert not folder.exists()
    server.stop()


@needs_server
def test_two_servers_do_not_know_each_other() -> None:
    with mariadb.running_server() as one, mariadb.running_server() as two:
        with pymysql.connect(**one.parameters()) as connection, connection.cursor() as cursor:
            cursor.execute("CREATE DATABASE only_here")
        with pymysql.connect(**two.parameters()) as connection, connection.cursor() as cursor:
            cursor.execute("SHOW DATABASES")
            assert ("only_here",) not in cursor.fetchall()


@needs_server
def test_the_installed_data_are_kept_for_the_next_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with mariadb.running_server():
        (kept,) = (tmp_path / "backend-path").iterdir()
        assert (kept / "mysql").is_dir()
    monkeypatch.setattr(mariadb, "_install", None)
    with mariadb.running_server():
        pass


@needs_server
def test_without_a_cache_to_write_to_it_starts_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    with mariadb.running_server():
        pass


@needs_server
@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="needs pidfd_open")
def test_the_server_ends_when_its_process_is_killed() -> None:
    script = textwrap.dedent(
        """
        import sys
        from autograder import mariadb
        server = mariadb.start()
        print(server._process.popen.pid, server.socket, flush=True)
        sys.stdin.read()
        """
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with parent:
        pid, socket = parent.stdout.readline().split()
        descriptor = os.pidfd_open(int(pid))
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    ended, _, _ = select.select([descriptor], [], [], 10)
    os.close(descriptor)
    assert ended
    import shutil

    shutil.rmtree(Path(socket).parent)


def test_a_missing_server_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTOGRADER_MARIADB", "")
    with pytest.raises(MissingToolchainError, match=r"sudo apt install mariadb-server.*brew install mariadb"):
        mariadb.start()


@needs_server
def test_a_server_that_does_not_start_shows_its_log(tmp_path: Path) -> None:
    program = tmp_path / "mariadbd"
    program.write_text("#!/bin/sh\necho '[ERROR] no luck today'\nexit 1\n")
    program.chmod(0o755)
    with pytest.raises(DatabaseError, match="no luck today"):
        mariadb.Server(str(program), tmp_path)
