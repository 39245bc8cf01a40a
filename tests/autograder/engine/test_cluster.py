"""A Dask cluster of real processes does the same work."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from autograder.engine.cluster import ClusterError, ClusterPool
from autograder.engine.coordinator import Wish, grade_assignment

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0", silence_logs=50
    ) as cluster:
        yield cluster.scheduler_address


def _grade(course, scheduler: str, **wishes: object):
    return {
        r.student: r for r in grade_assignment(Wish(course.root, "quick", **wishes), lambda: ClusterPool(scheduler))
    }


def test_a_cluster_gives_the_same_marks(course, scheduler: str) -> None:
    for number in range(6):
        course.hand_in(f"s{number}", f"value = {number % 2}")
    results = _grade(course, scheduler)
    assert [results[f"s{number}"].points for number in range(6)] == [0, 3, 0, 3, 0, 3]
    assert course.graded() == set(results)


def test_a_submission_that_kills_its_workers_is_set_aside(course, scheduler: str) -> None:
    killer = (
        "import os, signal\n"
        "pid = os.getppid()\n"
        "for _ in range(2): pid = int(open(f'/proc/{pid}/stat').read().rpartition(')')[2].split()[1])\n"
        "os.kill(pid, signal.SIGKILL)\n"
        "import time; time.sleep(60)"
    )
    course.hand_in("a-right")
    course.hand_in("b-killer", killer)
    course.hand_in("c-right")
    results = _grade(course, scheduler, isolation="none")  # in the sandbox it can't reach them
    assert {student: result.points for student, result in results.items() if not result.problem} == {
        "a-right": 3,
        "c-right": 3,
    }
    assert "was set aside" in results["b-killer"].problem


def test_when_all_workers_die_at_once_nothing_is_lost_but_time(course, scheduler: str) -> None:
    from distributed import Client

    for number in range(4):
        course.hand_in(f"s{number}", f"import time\ntime.sleep(2)\nvalue = {number % 2}")

    def kill_all() -> None:
        with Client(scheduler, set_as_default=False) as client:
            while not any(client.processing().values()):
                time.sleep(0.05)
            for process in client.run(os.getpid).values():
                os.kill(process, signal.SIGKILL)

    killing = threading.Thread(target=kill_all)
    killing.start()
    results = _grade(course, scheduler)
    killing.join()
    assert [results[f"s{number}"].points for number in range(4)] == [0, 3, 0, 3]


def test_another_machine_offers_its_workers_by_a_command(course) -> None:
    from distributed import LocalCluster

    for number in range(4):
        course.hand_in(f"s{number}", f"value = {number % 2}")
    with LocalCluster(n_workers=0, dashboard_address="127.0.0.1:0", silence_logs=50) as cluster:
        words = ["worker", cluster.scheduler_address, "--workers", "2"]
        offered = subprocess.Popen(
            [sys.executable, "-c", "from autograder.cli import main; main()", *words], stderr=subprocess.DEVNULL
        )
        try:
            results = _grade(course, cluster.scheduler_address)
        finally:
            offered.terminate()
            offered.wait(30)
    assert [results[f"s{number}"].points for number in range(4)] == [0, 3, 0, 3]


def test_a_scheduler_that_is_not_there_is_named() -> None:
    with pytest.raises(ClusterError, match=r"The Dask scheduler at tcp://127\.0\.0\.1:9 (does not answer|can't be)"):
        ClusterPool("tcp://127.0.0.1:9")
