"""A disk that is full costs what doesn't fit, and nothing else; made real by a small file system of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or not shutil.which("unshare"), reason="a small file system is mounted with unshare(1)"
)

_SCRIPT = """
set -e
mount -t tmpfs -o size=6m tmpfs "$PLACE"
cp -r "$COURSE/." "$PLACE"
head -c 3000000 /dev/zero > "$PLACE/filler"
set +e
"$PYTHON" -c "$COMMAND" grade quick --course "$PLACE" --workers 1 --json > "$RESULTS/first" 2> "$RESULTS/said"
echo $? > "$RESULTS/status"
ls "$PLACE/autograded" > "$RESULTS/graded"
ls -A "$PLACE/.autograder/staging" > "$RESULTS/left"
rm "$PLACE/filler"
"$PYTHON" -c "$COMMAND" grade quick --course "$PLACE" --workers 1 --json > "$RESULTS/second" 2>> "$RESULTS/said"
echo $? >> "$RESULTS/status"
"""


def test_what_does_not_fit_is_named_and_graded_when_there_is_room(course, tmp_path: Path) -> None:
    course.hand_in("a")
    (course.hand_in("b") / "big.bin").write_bytes(os.urandom(2_000_000))
    course.hand_in("c")
    place, results = tmp_path / "small", tmp_path / "results"
    place.mkdir()
    results.mkdir()
    private = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--user", "--map-root-user", "--mount"]
    subprocess.run(
        [*private, "sh", "-c", _SCRIPT],
        check=True,
        env={
            **os.environ,
            "PLACE": str(place),
            "COURSE": str(course.root),
            "RESULTS": str(results),
            "PYTHON": sys.executable,
            "COMMAND": "from autograder.cli import main; main()",
        },
    )
    said = (results / "said").read_text()
    first = {entry["student"]: entry for entry in json.loads((results / "first").read_text())}
    assert "No space left on device. Make room" in first["b"]["problem"], said
    assert {student for student, entry in first.items() if not entry["problem"]} == {"a", "c"}
    assert (results / "graded").read_text().split() == ["a", "c"]
    assert (results / "left").read_text() == ""
    (second,) = json.loads((results / "second").read_text())
    assert (second["student"], second["problem"], second["points"]) == ("b", "", 3), said
    assert (results / "status").read_text().split() == ["1", "0"]
