"""A submission never sees another's state, nor the engine's; what it leaves behind is gone."""

from __future__ import annotations

import json
from pathlib import Path

LOOK = """
import builtins, json, os, random, sys, tempfile, threading
seen = {{
    "marks": [hasattr(builtins, "mark"), hasattr(random, "mark"), os.environ.get("MARK"), "json_mark" in sys.modules],
    "folder": sorted(os.listdir(".")),
    "temporary": os.listdir(tempfile.gettempdir()),
    "descriptors": sorted(int(name) for name in os.listdir("/proc/self/fd")),
    "threads": [thread.name for thread in threading.enumerate()],
    "random": random.random(),
    "path": sys.path.count("/marked"),
    "names": [name for name in globals() if name.startswith("mark")],
    "numpy": float(__import__("numpy").random.random()),
    "store": os.system("true"),
}}
builtins.mark = random.mark = mark = 1
os.environ["MARK"] = "1"
sys.modules["json_mark"] = json
sys.path.append("/marked")
open("left-behind-{student}", "w").close()
tempfile.mkdtemp()
kept_open = open(__file__ if "__file__" in globals() else "/dev/null")
threading.Thread(target=__import__("time").sleep, args=(1000,), daemon=True).start()
get_ipython().run_line_magic("store", "mark")
value = 1
print(json.dumps(seen))
"""


def test_submissions_on_one_worker_do_not_meet(course, grade) -> None:
    for student in ("a", "b", "c"):
        course.hand_in(student, LOOK.format(student=student))
    results = grade(course.root, "quick", workers=1)
    assert [result.points for result in results.values()] == [3, 3, 3], results
    seen = {}
    for student in results:
        text = next(o["text"] for o in course.outputs(student)[1] if o.get("name") == "stdout")
        seen[student] = json.loads(next(line for line in text.splitlines() if line.startswith("{")))
    for student, found in seen.items():
        assert found["marks"] == [False, False, None, False], student
        assert found["folder"] == ["given.txt", "nb.ipynb"]
        assert found["temporary"] == []
        assert found["threads"] == ["MainThread"]
        assert found["path"] == 0
        assert found["names"] == []
        assert len(found["descriptors"]) <= 9
    assert len({found["random"] for found in seen.values()}) == 3
    assert len({found["numpy"] for found in seen.values()}) == 3


def test_processes_that_a_submission_leaves_behind_are_killed(course, grade) -> None:
    course.hand_in(
        "a",
        "import subprocess\n"
        "one = subprocess.Popen(['sleep', '1000.0517'])\n"
        "two = subprocess.Popen(['setsid', 'sleep', '1000.0517'])\n"
        "value = 1",
    )
    assert grade(course.root, "quick")["a"].points == 3
    assert not [path for path in Path("/proc").glob("[0-9]*/cmdline") if b"1000.0517" in read(path)]


def read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # it has ended meanwhile
        return b""


def test_a_forked_learner_cannot_speak_for_the_notebook(course, grade) -> None:
    course.hand_in("a", "import os\nif os.fork() == 0:\n    value = 1\nelse:\n    os.wait()\n    value = 2")
    assert grade(course.root, "quick")["a"].points == 0


def test_what_is_no_message_ends_the_submission_and_not_the_engine(course, grade) -> None:
    course.hand_in("a", "import os\nos.write(3, b'\\x7f' * 100)\nimport time; time.sleep(100)")
    course.hand_in("b", "import os\nos.write(3, b'\\0\\0\\0\\2[]')\nimport time; time.sleep(100)")
    course.hand_in("c")
    results = grade(course.root, "quick")
    assert [result.points for result in results.values()] == [0, 0, 3]
    assert {cell.error for cell in results["a"].notebooks[0].cells[:2]} == {"NotRun"}


def test_the_scratch_folders_are_gone(course, grade, tmp_path: Path, monkeypatch) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    course.hand_in(
        "a", "import os\nos.mkdir('locked'); open('locked/x', 'w').close(); os.chmod('locked', 0)\nvalue = 1"
    )
    course.hand_in("b", "import os; os._exit(9)")
    grade(course.root, "quick")
    assert list(scratch.iterdir()) == []
