"""Every code cell of every lesson runs from top to bottom in a clean kernel, offline, within its budget."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from curriculum import content
from curriculum.authoring.preview import build_preview

LESSONS = sorted(content.notebooks_root().glob("*/*.md"))
LESSON_SECONDS = 90
RUNNER = Path(__file__).parent / "run_lesson.py"
# The kernel and its client share a network namespace that holds nothing but a loopback of its own.
OFFLINE = ["bwrap", "--dev-bind", "/", "/", "--proc", "/proc", "--unshare-net", "--die-with-parent"]


def offline(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*OFFLINE, *command], capture_output=True, text=True, timeout=LESSON_SECONDS, check=False)


@pytest.mark.needs("bubblewrap")
def test_nothing_outside_can_be_reached_from_where_lessons_run():
    done = offline(sys.executable, "-c", "import socket; print(socket.create_server(('127.0.0.1', 0)).fileno() > 0)")
    assert done.stdout == "True\n", done.stderr
    done = offline(sys.executable, "-c", "import socket; socket.create_connection(('192.0.2.1', 9), 5)")
    assert "Network is unreachable" in done.stderr


@pytest.mark.needs("bubblewrap", "mariadb-server", "php-cli", "ruby", "default-jdk-headless")
@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_lesson_runs_from_top_to_bottom(lesson, tmp_path):
    notebook = build_preview(lesson, tmp_path, solution=False)
    done = offline(sys.executable, RUNNER, notebook)
    assert done.returncode == 0, done.stderr
