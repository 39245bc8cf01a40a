"""One timed run of the engine, started by `grading.py`: prints what it took, as JSON."""

from __future__ import annotations

import json
import resource
import sys
import time

began = time.perf_counter()

from pathlib import Path  # noqa: E402 - imports are part of what is measured

from autograder.engine.coordinator import Pool, Wish, grade_assignment  # noqa: E402


def main() -> None:
    """Grade an assignment: COURSE ASSIGNMENT WORKERS [SCHEDULER]."""
    course, assignment, workers, *scheduler = sys.argv[1:]

    def make_pool() -> Pool:
        if scheduler:
            from autograder.engine.cluster import ClusterPool

            return ClusterPool(scheduler[0])
        from autograder.engine.pool import LocalPool

        return LocalPool(int(workers))

    count, first, failed = 0, 0.0, 0
    for result in grade_assignment(Wish(Path(course), assignment), make_pool):
        count += 1
        failed += bool(result.problem)
        first = first or time.perf_counter() - began
    seconds = time.perf_counter() - began
    status = Path("/proc/self/status").read_text()
    peak = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    result = {
        "count": count,
        "failed": failed,
        "first": first,
        "seconds": seconds,
        "peak_kb": peak,
        "coordinator_cpu": own.ru_utime + own.ru_stime,
        "workers_cpu": others.ru_utime + others.ru_stime,
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
