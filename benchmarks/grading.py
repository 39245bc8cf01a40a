"""How fast the engine grades, against nbgrader and against its own floor; `make bench` runs it.

Everything that is compared is measured in one run, in turns, and given as the median of several ratios: milliseconds
differ from machine to machine and from minute to minute, ratios hardly. The marks are compared too, and the benchmark
fails if they differ.

    python benchmarks/grading.py            against nbgrader and the floor; two workers; first result; nothing to do
    python benchmarks/grading.py --quick    the same with fewer repeats
    python benchmarks/grading.py --all      also otter run, two Dask workers, and 10,000 submissions
"""

from __future__ import annotations

import argparse
import json
import platform
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

from grading_courses import KINDS, add_submissions, make_first_notebook, make_flask, make_quickstart, nbgrader_command
from grading_otter import OTTER, Otter, answers_of
from rich.console import Console
from rich.table import Table

HERE = Path(__file__).parent
FEW, MANY = 1, 11
SOME, LOTS = 12, 132

_GRADES = """
    select s.student_id, n.name, c.name, c.type, g.auto_score, g.needs_manual_grade
    from grade g join base_cell c on c.id = g.cell_id join submitted_notebook sn on sn.id = g.notebook_id
    join notebook n on n.id = sn.notebook_id join submitted_assignment s on s.id = sn.assignment_id"""

console = Console()


class Bench:
    """One course to grade over and over."""

    def __init__(self, folder: Path, make: Callable[[Path], str], kinds: tuple[str, ...]) -> None:
        self.course = folder
        folder.mkdir()
        self.assignment = make(folder)
        self._kinds = kinds
        self._fresh = folder / "gradebook.fresh"
        shutil.copy(folder / "gradebook.db", self._fresh)
        self._aside = folder / "aside"
        self._aside.mkdir()

    def prepare(self, count: int) -> None:
        """Have exactly `count` submissions, none of them graded.

        Nothing is removed: for minutes after that, some file systems (ext4 without a journal) make new files slowly.
        """
        if (self.course / "autograded").exists():
            (self.course / "autograded").rename(Path(tempfile.mkdtemp(dir=self._aside)) / "autograded")
        shutil.copy(self._fresh, self.course / "gradebook.db")
        submitted = self.course / "submitted"
        submitted.mkdir(exist_ok=True)
        for spare in sorted(self._aside.glob("student-*"))[: max(0, count - len(list(submitted.iterdir())))]:
            spare.rename(submitted / spare.name)
        add_submissions(self.course, self.assignment, count, self._kinds)
        for extra in sorted(submitted.iterdir())[count:]:
            extra.rename(self._aside / extra.name)

    def by_nbgrader(self, count: int) -> float:
        """Return the seconds that `nbgrader autograde` takes."""
        self.prepare(count)
        began = time.perf_counter()
        nbgrader_command(self.course, "autograde", self.assignment)
        return time.perf_counter() - began

    def by_engine(self, count: int, workers: int = 1, *more: str) -> dict[str, Any]:
        """Return what a run of the engine took."""
        self.prepare(count)
        return self.run_engine(workers, *more)

    def run_engine(self, workers: int = 1, *more: str) -> dict[str, Any]:
        """Run the engine on what is there."""
        words = [sys.executable, str(HERE / "grading_run.py"), str(self.course), self.assignment, str(workers), *more]
        done = subprocess.run(words, check=True, capture_output=True, text=True)
        result: dict[str, Any] = json.loads(done.stdout)
        if result["failed"]:
            raise SystemExit(f"{result['failed']} submissions of {self.assignment} could not be graded.")
        return result

    def marks(self) -> list[tuple[Any, ...]]:
        """Return all rows of marks in the gradebook."""
        with sqlite3.connect(self.course / "gradebook.db") as connection:
            return sorted(connection.execute(_GRADES), key=repr)

    def floor(self, count: int, at_once: int = 1) -> float:
        """Return the seconds a submission takes in a bare warm shell that is forked; the mean where several run."""
        submissions = []
        for student in sorted((self.course / "submitted").iterdir())[:count]:
            notebooks = [json.loads(path.read_text()) for path in sorted((student / self.assignment).glob("*.ipynb"))]
            submissions.append(
                [["".join(c["source"]) for c in nb["cells"] if c["cell_type"] == "code"] for nb in notebooks]
            )
        imports = ["flask", "pytest", "autograder.student"] if self.assignment != "ps1" else []
        folder = str(self.course / "source" / self.assignment)
        request = json.dumps({"submissions": submissions, "imports": imports, "folder": folder})
        words = [sys.executable, str(HERE / "grading_floor.py")]
        running = [subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) for _ in range(at_once)]
        for one in running:
            assert one.stdin is not None
            one.stdin.write(request.encode())
            one.stdin.close()
        times = [float(one.stdout.read()) for one in running if one.stdout is not None]
        if any(one.wait() for one in running):
            raise SystemExit("The floor could not be measured; see above.")
        return statistics.mean(times) / 1000


def against_nbgrader(bench: Bench, repeats: int) -> tuple[float, float, list[float], list[float]]:
    """Measure in turns; return seconds a submission of nbgrader's and ours, the ratios, and those to the floor."""
    theirs, ours, ratios, floors = [], [], [], []
    for _ in range(repeats):
        slow = (bench.by_nbgrader(MANY) - bench.by_nbgrader(FEW)) / (MANY - FEW)
        fast = per_submission(bench)
        theirs.append(slow)
        ours.append(fast)
        ratios.append(slow / fast)
        floors.append(fast / bench.floor(SOME))
    bench.by_nbgrader(3)
    expected = bench.marks()
    bench.by_engine(3)
    if bench.marks() != expected:
        raise SystemExit(f"The marks of {bench.assignment} differ from nbgrader's.")
    return statistics.median(theirs), statistics.median(ours), ratios, floors


def per_submission(bench: Bench, workers: int = 1) -> float:
    """Return the seconds that one submission more takes, start-up apart."""
    return (bench.by_engine(LOTS, workers)["seconds"] - bench.by_engine(SOME, workers)["seconds"]) / (LOTS - SOME)


def main() -> None:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--quick", action="store_true", help="three repeats instead of five")
    parser.add_argument("--all", action="store_true", help="also Otter-Grader, a Dask cluster, 10,000 submissions")
    options = parser.parse_args()
    repeats = 3 if options.quick else 5
    print_versions()
    with tempfile.TemporaryDirectory(prefix="grading-bench-") as name:
        folder = Path(name)
        solved = Bench(folder / "solved", make_quickstart, ("solved",))
        mixed = Bench(folder / "mixed", make_quickstart, KINDS)
        flask = Bench(folder / "flask", make_flask, KINDS)
        print_ratios({"quickstart's ps1, solved": solved, "ps1, mixed": mixed, "mini Flask API, mixed": flask}, repeats)
        print_run(mixed, repeats)
        if options.all:
            print_otter(Bench(folder / "first", make_first_notebook, ("solved",)), folder, repeats)
            print_cluster(mixed, repeats)
            print_scale(solved)


def print_versions() -> None:
    """Say what is compared, and on what."""
    names = ("nbgrader", "nbclient", "nbconvert", "ipykernel", "ipython", "sqlalchemy", "distributed")
    console.print(
        f"Python {platform.python_version()}; " + ", ".join(f"{name} {version(name)}" for name in names), soft_wrap=True
    )


def print_ratios(benches: dict[str, Bench], repeats: int) -> None:
    """Print the comparison with nbgrader and with the floor."""
    table = Table(title="Wall time a submission, one worker each, start-up apart; marks compared and equal")
    for column in ("submissions", "nbgrader ms", "engine ms", "times faster", "from … to", "of the floor"):
        table.add_column(column, justify="left" if column == "submissions" else "right")
    for name, bench in benches.items():
        theirs, ours, ratios, floors = against_nbgrader(bench, repeats)
        table.add_row(
            name,
            f"{theirs * 1000:.0f}",
            f"{ours * 1000:.1f}",
            f"{statistics.median(ratios):.0f}×",
            f"{min(ratios):.0f} … {max(ratios):.0f}",
            f"{statistics.median(floors):.1f}×",
        )
    console.print(table)


def print_run(bench: Bench, repeats: int) -> None:
    """Print what a run is like: the first result, two workers, nothing to do."""
    gains, machine, firsts, idle = [], [], [], []
    for _ in range(2 * repeats + 1):  # a ratio of two times, each of which varies by a quarter here
        gains.append(per_submission(bench) / per_submission(bench, 2))
    for _ in range(repeats):
        machine.append(2 * bench.floor(3 * SOME) / bench.floor(3 * SOME, at_once=2))
        firsts.append(bench.by_engine(SOME)["first"])
        idle.append(bench.run_engine()["seconds"])
    console.print(
        f"Two workers against one: {statistics.median(gains):.2f}× as fast ({min(gains):.2f} … {max(gains):.2f}); "
        f"the machine itself, two floors at once against one: {statistics.median(machine):.2f}×"
    )
    console.print(f"First result: {statistics.median(firsts):.2f} s after the start")
    console.print(f"Nothing to do: {statistics.median(idle):.2f} s")


def print_otter(bench: Bench, folder: Path, repeats: int) -> None:
    """Print how the engine compares with Otter-Grader on the quickstart's first notebook, solved."""
    otter = Otter(folder / "otter")
    answers = answers_of(bench.course)
    ratios, theirs = [], []
    for _ in range(repeats):
        slow = statistics.median(otter.grade(answers, 3))
        theirs.append(slow)
        ratios.append(slow / per_submission(bench))
    console.print(
        f"Against otter run ({OTTER}; {statistics.median(theirs) * 1000:.0f} ms a submission): "
        f"{statistics.median(ratios):.0f}× faster ({min(ratios):.0f} … {max(ratios):.0f})"
    )


def print_scale(bench: Bench) -> None:
    """Print what ten thousand submissions cost, against a hundred."""
    table = Table(title="Many submissions, two workers; start-up apart")
    for column in ("submissions", "ms each", "against 100", "coordinator's peak MB"):
        table.add_column(column, justify="right")
    start_up = statistics.median(bench.by_engine(1, 2)["seconds"] for _ in range(3))
    first = 0.0
    for count in (100, 1_000, 10_000):
        run = bench.by_engine(count, 2)
        each = (run["seconds"] - start_up) / (count - 1)
        first = first or each
        table.add_row(f"{count:,}", f"{each * 1000:.1f}", f"{each / first:.2f}×", f"{run['peak_kb'] / 1024:.0f}")
    console.print(table)
    idle = [bench.run_engine(2)["seconds"] for _ in range(5)]
    console.print(
        f"Nothing to do at 10,000 graded: {statistics.median(idle):.2f} s ({min(idle):.2f} … {max(idle):.2f})"
    )


def print_cluster(bench: Bench, repeats: int) -> None:
    """Print how a Dask cluster of two workers compares with two local ones."""
    ratios = []
    with _cluster() as address:
        bench.by_engine(SOME, 2, address)  # its processes are warm after this
        for _ in range(repeats):
            local = per_submission(bench, 2)
            remote = bench.by_engine(LOTS, 2, address)["seconds"] - bench.by_engine(SOME, 2, address)["seconds"]
            ratios.append(remote / (LOTS - SOME) / local)
    console.print(f"Two Dask workers against two local ones: {statistics.median(ratios):.2f}× the time")


@contextmanager
def _cluster() -> Iterator[str]:
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        yield cluster.scheduler_address


if __name__ == "__main__":
    main()
