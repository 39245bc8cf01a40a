"""The red team's bench: hostile submissions, graded all together, and what each of them achieved.

A case is data (`Case`): what is handed in, the mark that an honest grader gives, and a look at what the attacker
wanted beyond a mark. Modules named `<class>_*.py` in this folder hold a list `CASES`; `all_cases` finds them. `Bench`
makes one course with the same two tasks twice, as the assignment `sealed` (tests written with `student`) and as
`shared` (tests that call the learner's functions as nbgrader's tests do), hands in each case followed by an honest
submission, and grades an assignment in one run.

In answers and files, `@OUTSIDE@` stands for a folder beside the course in which nothing may change, `@COURSE@` for the
course, `@HOME@` for the grader's home, `@PORT@` for a port of 127.0.0.1 on which the attacker listens, and `@NAME@` for
an abstract Unix socket on which they listen too. Nothing here does harm where it succeeds.
"""

from __future__ import annotations

import contextlib
import dataclasses
import importlib
import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
import sysconfig
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

Kind = Literal["forging", "secrets", "harm", "malformed", "viewer", "honest"]
Mode = Literal["sealed", "shared"]
Edit = Callable[[Any], None]

KINDS: tuple[Kind, ...] = ("forging", "secrets", "harm", "malformed", "viewer", "honest")
MODES: tuple[Mode, ...] = ("sealed", "shared")
SECRETS = {
    "hidden test": "CANARY-hidden-7d41",
    "gradebook": "CANARY-gradebook-9c02",
    "other submission": "CANARY-neighbour-51fe",
    "home": "CANARY-home-e8a3",
    "environment": "CANARY-environment-20bb",
    "source": "CANARY-source-66d9",
}
"""What nobody may learn, by where it lies."""

FULL = 8.0
RIGHT = {
    "double": "def double(x):\n    return 2 * x",
    "greet": "def greet(name):\n    return f'Hello, {name}!'",
    "words": "Because it is so.",
}
WRONG = {"double": "def double(x):\n    return 0", "greet": "def greet(name):\n    return ''", "words": "?"}

_SECONDS = 2
_MADE_BY_OTHERS = (
    "home/.cache",
    "home/.local",
    "home/.ipython/profile_default/startup/README",
    "home/.jupyter/migrated",
)
_SHARING = ("forging", "viewer", "honest")
_TOGETHER = 6
_MOST_READ = 50_000_000
_SETTINGS = f"""c = get_config()
c.Execute.timeout = {_SECONDS}
c.Execute.iopub_timeout = 1
c.AutograderSandbox.memory = 700
c.AutograderSandbox.disk = 100
c.AutograderSandbox.files = 3000
c.AutograderSandbox.processes = 100
c.AutograderSandbox.wall_seconds = 20
c.ClearSolutions.code_stub = {{"python": "raise NotImplementedError()"}}
"""
_SETUP = {
    "sealed": "from unittest import TestCase\n\nfrom autograder.student import hint, student\n\n\n"
    "def check(got, want):\n    assert got == want",
    "shared": "from unittest import TestCase\n\n\ndef check(got, want):\n    assert got == want",
}
_TESTS = {
    "test_double": (
        2,
        (
            "assert {s}double(3) == 6\n### BEGIN HIDDEN TESTS\n"
            f"secret = '{SECRETS['hidden test']}'\nassert {{s}}double(21) == 42, secret\n### END HIDDEN TESTS"
        ),
    ),
    "test_greet": (
        2,
        (
            "TestCase().assertEqual({s}greet('Ada'), 'Hello, Ada!')\n### BEGIN HIDDEN TESTS\n"
            "check({s}greet('Bo'), 'Hello, Bo!')\n### END HIDDEN TESTS"
        ),
    ),
    "test_part": (
        4,
        (
            "points = 0\nif {s}double(5) == 10:\n    points += 1\n### BEGIN HIDDEN TESTS\n"
            "if {s}double(-2) == -4:\n    points += 3\n### END HIDDEN TESTS\npoints"
        ),
    ),
}

_WITHOUT = """
import json, sys
from pathlib import Path
from autograder.engine.coordinator import Wish, grade_assignment
from autograder.engine.pool import LocalPool
from autograder.report import as_data
wish = Wish(Path(sys.argv[1]), sys.argv[2], without=(sys.argv[3],))
print(json.dumps([as_data(result) for result in grade_assignment(wish, lambda: LocalPool(2))]))
"""


@dataclasses.dataclass(frozen=True)
class Case:
    """One submission, and what it must not achieve.

    Attributes:
        name: what it tries, as a short phrase; no two cases share one.
        kind: its class.
        honest: the mark that an honest grader gives (of 8), or several that are all right.
        answers: the learner's answers by `grade_id` (`double`, `greet`, `words`); the others are wrong for an attack
            and right for an honest control.
        before: code cells that the learner added at the very top.
        between: code cells that the learner added just before the first test.
        edit: changes the notebook, as nbformat reads it, before it is handed in.
        raw: changes the bytes of the notebook's file.
        lay: does something in the folder of the submission, with the bench, after the notebook lies there.
        files: further files of the submission, by name.
        achieved: looks at the bench after the run and says in words what the attacker achieved; empty for nothing.
        modes: where it makes sense.
        beyond: modes in which it is known to succeed and docs/security.md says so.
        luck: modes in which it succeeds now and then, and docs/security.md says so.
        refusal: whether refusing the submission by name is right as well.
        seen: what the result must say was noticed (a regular expression), by mode; tried only if it is not empty.
    """

    name: str
    kind: Kind
    honest: float | tuple[float, ...] = 0.0
    answers: Mapping[str, str] = dataclasses.field(default_factory=dict)
    before: tuple[str, ...] = ()
    between: tuple[str, ...] = ()
    edit: Edit | None = None
    raw: Callable[[bytes], bytes] | None = None
    lay: Callable[[Path, Bench], None] | None = None
    files: Mapping[str, str | bytes] = dataclasses.field(default_factory=dict)
    achieved: Callable[[Bench, Result], str] | None = None
    modes: tuple[Mode, ...] = MODES
    beyond: tuple[Mode, ...] = ()
    luck: tuple[Mode, ...] = ()
    refusal: bool = False
    seen: Mapping[Mode, str] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass
class Result:
    """What became of one case.

    Attributes:
        case: the case.
        mode: how it was graded.
        student: whose submission it was.
        next_student: whose honest submission comes after it.
        points: its mark; nothing if it was not graded.
        problem: why it was not graded.
        noticed: what the grader says that it noticed.
        data: the grader's whole account of it; empty for a grader that gives none.
        next_points: the mark of the honest submission after it.
        harm: further things that the attacker achieved.
    """

    case: Case
    mode: Mode
    student: str
    next_student: str = ""
    points: float | None = None
    problem: str = ""
    noticed: str = ""
    data: dict[str, Any] = dataclasses.field(default_factory=dict)
    next_points: float | None = None
    harm: list[str] = dataclasses.field(default_factory=list)

    @property
    def achieved(self) -> list[str]:
        """What the attacker achieved, or an honest learner lost; empty when all is well."""
        honest = self.case.honest if isinstance(self.case.honest, tuple) else (self.case.honest,)
        found = list(self.harm)
        if self.points is None:
            if not self.case.refusal:
                found.append(f"not graded: {self.problem or 'the grader says nothing'}")
        elif self.case.kind == "honest" and self.points not in honest:
            found.append(f"an honest learner got {self.points:g}, not {honest[0]:g}")
        elif self.points > max(honest):
            found.append(f"a mark of {self.points:g}, not {max(honest):g}")
        elif self.points < min(honest):
            found.append(f"lost marks once earned: {self.points:g}, not {min(honest):g}")
        if self.next_points != FULL:
            found.append(f"the next submission got {self.next_points}, not {FULL:g}")
        return found


def all_cases() -> list[Case]:
    """Return the cases of all modules in this folder."""
    cases: list[Case] = []
    folder = str(Path(__file__).parent)
    if folder not in sys.path:
        sys.path.insert(0, folder)
    for path in sorted(Path(folder).glob("*_*.py")):
        if path.stem.partition("_")[0] in KINDS:
            cases += importlib.import_module(path.stem).CASES
    names = [case.name for case in cases]
    doubled = {name for name in names if names.count(name) > 1}
    assert not doubled, f"cases of the same name: {doubled}"
    return cases


def cell_of(notebook: Any, grade_id: str) -> Any:
    """Return the cell of a notebook that has a `grade_id`."""
    return next(c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == grade_id)


class Bench:
    """A course in which cases are handed in and graded.

    Args:
        folder: where it is to be.
        made: whether it is there already, a copy of another one.
    """

    def __init__(self, folder: Path, *, made: bool = False) -> None:
        self.folder = folder
        self.course = folder / "course"
        self.outside = folder / "outside"
        self.home = folder / "home"
        self.ears = Ears(f"redteam-{os.getpid()}-{folder.name}")
        if not made:
            self._make()
        self._release = {mode: (self.course / "release" / mode / "work.ipynb").read_text() for mode in MODES}

    def close(self) -> None:
        """Stop listening."""
        self.ears.close()

    def environment(self) -> dict[str, str]:
        """Return the grader's environment, which holds a secret."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
        path = f"{sysconfig.get_path('scripts')}{os.pathsep}{os.environ['PATH']}"
        return {**kept, "PATH": path, "HOME": str(self.home), "GRADER_TOKEN": SECRETS["environment"]}

    def hand_in(self, cases: Iterable[Case], mode: Mode, *, number: int = 0) -> list[Result]:
        """Hand in cases, each followed by an honest submission; of classes that only want marks, some share one."""
        results: list[Result] = []
        alone = 0
        for place, case in enumerate(cases, start=number):
            student = f"c{place:03}a"
            results.append(Result(case, mode, student))
            self._lay(case, mode, student)
            alone += 1
            if case.kind not in _SHARING or alone == _TOGETHER:
                self._lay_next(mode, results[-alone:])
                alone = 0
        if alone:
            self._lay_next(mode, results[-alone:])
        return results

    def _lay_next(self, mode: Mode, before: list[Result]) -> None:
        student = f"{before[-1].student[:-1]}b"
        self._lay(_NEXT, mode, student)
        for result in before:
            result.next_student = student

    def grade(self, mode: Mode, results: list[Result], *, seconds: float = 300, without: str = "") -> None:
        """Grade in one run with `autograder grade`, or without a layer of the sandbox; fill in the results."""
        before = self._state()
        program = [sys.executable, "-W", "ignore", "-c", "from autograder.cli import main; main()"]
        command = [*program, "grade", mode, "--course", str(self.course), "--json", "--workers", "2"]
        if without:
            command = [sys.executable, "-W", "ignore", "-c", _WITHOUT, str(self.course), mode, without]
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=seconds, env=self.environment(), check=False
        )
        assert done.returncode in (0, 1), done.stderr[-4000:]
        found = {item["student"]: item for item in json.loads(done.stdout)}
        for result in results:
            item = found.get(result.student, {})
            result.data = item
            result.problem = item.get("problem", "")
            result.points = item.get("points") if item and not result.problem else None
            result.noticed = "\n".join(
                warning for notebook in item.get("notebooks", ()) for warning in notebook.get("noticed", ())
            )
            result.next_points = found.get(result.next_student, {}).get("points")
            gradebook = self.points(mode, result.student)
            if result.points is not None and gradebook != result.points:
                result.harm.append(f"the gradebook says {gradebook}, the results {result.points}")
        self.make_feedback(mode, results)
        self.look(results, before)

    def grade_with_nbgrader(self, result: Result, seconds: float) -> None:
        """Grade a case and the submission after it with `nbgrader autograde`; fill in the result."""
        before = self._state()
        try:
            done = self.nbgrader("autograde", result.mode, seconds=seconds)
            result.problem = "" if done.returncode == 0 else done.stderr[-300:]
        except subprocess.TimeoutExpired:
            result.harm.append(f"the run did not end within {seconds:g} s")
        result.points = self.points(result.mode, result.student)
        result.next_points = self.points(result.mode, result.next_student)
        if result.case.kind == "viewer":
            self.nbgrader("generate_feedback", result.mode)
        self.look([result], before)

    def make_feedback(self, mode: Mode, results: list[Result]) -> None:
        """Make the pages that the learners of viewer cases get to see, with our own command."""
        students = [result.student for result in results if result.case.kind == "viewer" and result.points is not None]
        if not students:
            return
        program = [sys.executable, "-W", "ignore", "-c", "from autograder.cli import main; main()"]
        words = [word for student in students for word in ("--student", student)]
        done = subprocess.run(
            [*program, "feedback", mode, "--course", str(self.course), *words],
            capture_output=True,
            text=True,
            timeout=120,
            env=self.environment(),
            check=False,
        )
        assert done.returncode == 0, done.stderr[-4000:]

    def feedback(self, result: Result) -> str:
        """Return the page that a learner gets to see."""
        path = self.course / "feedback" / result.student / result.mode / "work.html"
        return path.read_text(encoding="utf-8") if path.is_file() else ""

    def look(self, results: list[Result], before: dict[str, bytes]) -> None:
        """Look at what the cases achieved beyond marks."""
        changed = sorted(set(self._state().items()) ^ set(before.items()))
        heard = self.ears.heard()
        for result in results:
            if result.case.kind == "honest":
                continue
            tag = result.case.name
            result.harm += [f"{name} was changed" for name, data in changed if tag.encode() in data]
            for place, secret in SECRETS.items():
                if secret in self._told(result):
                    result.harm.append(f"the secret of the {place} came out")
                if any(tag.encode() in data and secret.encode() in data for data in heard):
                    result.harm.append(f"the secret of the {place} came out over the network")
            if any(tag.encode() in data for data in heard):
                result.harm.append("it could speak to the outside")
            if result.case.achieved is not None and (what := result.case.achieved(self, result)):
                result.harm.append(what)
        unexplained = [name for name, data in changed if not any(r.case.name.encode() in data for r in results)]
        for result in results[:1]:
            result.harm += [f"(of some case) {name} was changed" for name in unexplained]

    def graded(self, result: Result) -> Any:
        """Return the graded notebook as it was filed; nothing if there is none."""
        path = self.course / "autograded" / result.student / result.mode / "work.ipynb"
        return nbformat.read(path, 4) if path.is_file() else None

    def points(self, mode: Mode, student: str) -> float | None:
        """Return the automatic marks in the gradebook; nothing if there is no submission."""
        with contextlib.closing(sqlite3.connect(self.course / "gradebook.db")) as connection:
            rows = connection.execute(
                """select g.auto_score from grade g join submitted_notebook n on n.id = g.notebook_id
                join submitted_assignment s on s.id = n.assignment_id join assignment a on a.id = s.assignment_id
                where s.student_id = ? and a.name = ?""",
                (student, mode),
            ).fetchall()
        return sum(score or 0 for (score,) in rows) if rows else None

    def filled(self, text: str, case: Case) -> str:
        """Return a text with what stands for places filled in; `@CASE@` is the case's name."""
        for mark, value in (
            ("@OUTSIDE@", self.outside),
            ("@COURSE@", self.course),
            ("@HOME@", self.home),
            ("@PORT@", self.ears.port),
            ("@NAME@", self.ears.name),
            ("@CASE@", case.name),
        ):
            text = text.replace(mark, str(value))
        return text

    def submission(self, mode: Mode, student: str) -> Path:
        """Return the folder of a submission."""
        return self.course / "submitted" / student / mode

    def _make(self) -> None:
        self.outside.mkdir(parents=True)
        self.home.mkdir()
        (self.outside / "mark").write_text("untouched")
        (self.home / ".token").write_text(SECRETS["home"])
        self.course.mkdir()
        (self.course / "nbgrader_config.py").write_text(_SETTINGS)
        for mode in MODES:
            place = self.course / "source" / mode
            place.mkdir(parents=True)
            (place / "given.txt").write_text("given")
            nbformat.write(_source(mode), place / "work.ipynb")
            self.nbgrader("generate_assignment", mode)
            # what only the instructor has, beside what was handed out
            (self.course / "source" / f"solutions-{mode}.txt").write_text(SECRETS["source"])
        self._release = {mode: (self.course / "release" / mode / "work.ipynb").read_text() for mode in MODES}
        for mode in MODES:
            neighbour = dataclasses.replace(_NEXT, answers={**RIGHT, "words": SECRETS["other submission"]})
            self._lay(neighbour, mode, "neighbour")
        with contextlib.closing(sqlite3.connect(self.course / "gradebook.db")) as connection, connection:
            connection.execute(
                "insert into student (id, first_name, last_name, email, lms_user_id) values (?, 'N', ?, null, null)",
                ("neighbour", SECRETS["gradebook"]),
            )

    def nbgrader(self, *words: str, seconds: float = 120) -> subprocess.CompletedProcess[str]:
        """Run nbgrader's own command in the course."""
        command = [sys.executable, "-W", "ignore", "-m", "nbgrader", *words]
        done = subprocess.run(
            command,
            cwd=self.course,
            capture_output=True,
            text=True,
            timeout=seconds,
            env=self.environment(),
            check=False,
        )
        if words[0] == "generate_assignment":
            assert done.returncode == 0, done.stderr[-4000:]
        return done

    def _lay(self, case: Case, mode: Mode, student: str) -> None:
        folder = self.submission(mode, student)
        folder.mkdir(parents=True)
        notebook = nbformat.reads(self._release[mode], 4)
        usual = RIGHT if case.kind == "honest" else WRONG
        for grade_id, text in {**usual, **case.answers}.items():
            cell_of(notebook, grade_id).source = self.filled(text, case)
        first = notebook.cells.index(cell_of(notebook, "test_double"))
        for number, text in enumerate(case.between):
            notebook.cells.insert(first + number, new_code_cell(self.filled(text, case)))
        for number, text in enumerate(case.before):
            notebook.cells.insert(number, new_code_cell(self.filled(text, case)))
        if case.edit is not None:
            case.edit(notebook)
        data = json.dumps(notebook, indent=1).encode()  # nbformat would mend it, and warn
        (folder / "work.ipynb").write_bytes(case.raw(data) if case.raw is not None else data)
        (folder / "given.txt").write_text("given")
        for name, content in case.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else self.filled(content, case).encode())
        if case.lay is not None:
            case.lay(folder, self)

    def _state(self) -> dict[str, bytes]:
        """Return what must not change: the folder outside, the home, the course but for what grading writes."""
        state: dict[str, bytes] = {}
        places = [self.outside, self.home, self.course / "source", self.course / "release"]
        for top in places:
            for path in sorted(top.rglob("*")):
                name = str(path.relative_to(self.folder))
                if path.is_symlink():
                    state[name] = os.fsencode(path.readlink())
                elif path.is_file():
                    state[name] = path.read_bytes()
        for path in (self.course / "nbgrader_config.py",):
            state[str(path.relative_to(self.folder))] = path.read_bytes()
        return {name: data for name, data in state.items() if not name.startswith(_MADE_BY_OTHERS)}

    def _told(self, result: Result) -> str:
        """Return all that a learner could get to see: outputs of their own cells, files, the grader's account."""
        texts = [json.dumps(result.data, ensure_ascii=False)] if result.data else []
        notebook = self.graded(result)
        if notebook is not None:
            for cell in notebook.cells:
                if not cell.metadata.get("nbgrader", {}).get("grade") and cell.cell_type == "code":
                    texts.append(json.dumps(cell.outputs))
        folder = self.course / "autograded" / result.student / result.mode
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if path.is_file() and not path.is_symlink() and path.name != "work.ipynb":
                with path.open("rb") as file:  # of which nothing else says how large it may be
                    texts.append(file.read(_MOST_READ).decode("utf-8", "replace"))
                texts.append(path.name)
        # a failing test may show the line that failed, to whom the instructor lets see it
        return re.sub(r'"(line|message)": "[^"]*"', "", "\n".join(texts))


class Ears:
    """Where an attacker listens: TCP and UDP on 127.0.0.1, and an abstract Unix socket."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._heard: list[bytes] = []
        self._tcp = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._tcp.getsockname()[1])
        self._udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._udp.bind(("127.0.0.1", self.port))
        self._unix = socket.socket(socket.AF_UNIX)
        self._unix.bind(f"\0{name}")
        self._unix.listen()
        for listen in (self._streams(self._tcp), self._streams(self._unix), self._datagrams):
            threading.Thread(target=listen, daemon=True).start()

    def heard(self) -> list[bytes]:
        """Return what came until now."""
        return list(self._heard)

    def close(self) -> None:
        """Stop listening."""
        for end in (self._tcp, self._udp, self._unix):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _streams(self, end: socket.socket) -> Callable[[], None]:
        def listen() -> None:
            while True:
                try:
                    connection, _ = end.accept()
                except OSError:
                    return
                with connection:
                    connection.settimeout(5)
                    with contextlib.suppress(OSError):
                        while data := connection.recv(1 << 16):
                            self._heard.append(data)

        return listen

    def _datagrams(self) -> None:
        while True:
            try:
                self._heard.append(self._udp.recv(1 << 16))
            except OSError:
                return


_NEXT = Case("the next submission", "honest", FULL, answers=RIGHT)


def _source(mode: Mode) -> Any:
    caller = "student." if mode == "sealed" else ""
    kernel = {"name": "python3", "language": "python", "display_name": "Python 3 (ipykernel)"}
    cells = [
        new_markdown_cell("# Doubles and greetings", id="title"),
        _role(_SETUP[mode], "setup", locked=True),
        _role(f"### BEGIN SOLUTION\n{RIGHT['double']}\n### END SOLUTION", "double", solution=True),
        _role(f"### BEGIN SOLUTION\n{RIGHT['greet']}\n### END SOLUTION", "greet", solution=True),
        *(
            _role(text.format(s=caller), grade_id, grade=True, locked=True, points=points)
            for grade_id, (points, text) in _TESTS.items()
        ),
        _role("Say why.", "words", kind="markdown", grade=True, solution=True, points=3),
    ]
    return new_notebook(cells=cells, metadata={"kernelspec": kernel})


def _role(text: str, grade_id: str, *, kind: str = "code", **roles: object) -> Any:
    metadata = {"schema_version": 3, "grade": False, "locked": False, "solution": False, "task": False}
    new = new_code_cell if kind == "code" else new_markdown_cell
    return new(text, metadata={"nbgrader": {**metadata, "grade_id": grade_id, **roles}}, id=grade_id)


def wait_for(condition: Callable[[], bool], seconds: float) -> bool:
    """Return whether a condition comes true in time; for what a case left running."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return condition()
