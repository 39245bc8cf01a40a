"""Workers on a Dask cluster, behind the same interface as those on this machine.

A submission travels as bytes, and its outcome comes back as bytes; nothing needs a shared file system. The assignment
is sent to each worker once. Every worker keeps a warm process of its own, as a machine that works alone does.
"""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import os
import sys
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import CancelledError, Future
from typing import NoReturn

import msgspec
from distributed import Client, KilledWorker, wait
from distributed import Future as ClusterFuture

from autograder.engine.jobs import Assignment, Job, Outcome
from autograder.engine.pool import POISON, WarmProcess, grade_with
from autograder.exceptions import AutograderError

_CONNECT_SECONDS = 10
_DEATHS = 1
_TRIES = 3
_WORKERS_SECONDS = 60
_GATHER_SECONDS = 0.1  # each worker has more ahead than that


class ClusterError(AutograderError):
    """The cluster can't be reached, or was lost."""


class ClusterPool:
    """The workers of a Dask cluster.

    Args:
        scheduler: the scheduler's address, such as `tcp://host:8786`.
        workers: how many submissions may be under way at a time; by default as many as the cluster has threads.

    Raises:
        ClusterError: the scheduler can't be reached, or has no workers.
    """

    def __init__(self, scheduler: str, workers: int | None = None) -> None:
        try:
            self._client = Client(scheduler, timeout=_CONNECT_SECONDS, set_as_default=False)
            self._client.wait_for_workers(1, timeout=_WORKERS_SECONDS)
        except TimeoutError as error:
            raise ClusterError(
                f"The Dask scheduler at {scheduler} does not answer, or has no workers. "
                f"Start one with `dask scheduler` and workers with `autograder worker {scheduler}`."
            ) from error
        except (OSError, ValueError) as error:
            raise ClusterError(f"The Dask scheduler at {scheduler} can't be reached: {error}.") from error
        self._client.run_on_scheduler(_allow_few_deaths)
        threads: int = sum(self._client.nthreads().values())
        self._size = min(workers, threads) if workers else threads
        self._assignments: dict[str, ClusterFuture] = {}
        self._finished: list[tuple[ClusterFuture, asyncio.Future[bytes]]] = []
        self._ended = False

    @property
    def size(self) -> int:
        """How many submissions the cluster grades at a time."""
        return self._size

    def grade(self, job: Job, assignment: Assignment) -> Future[Outcome]:
        """Have one submission graded somewhere on the cluster."""
        local: Future[Outcome] = Future()
        local.set_running_or_notify_cancel()
        self._send(msgspec.msgpack.encode(job), assignment, local, _TRIES)
        return local

    def _send(self, job: bytes, assignment: Assignment, local: Future[Outcome], tries: int) -> None:
        """Have a submission graded, and its outcome passed on to `local`."""
        sent = self._assignments.get(assignment.key)
        if sent is None:
            data = msgspec.msgpack.encode(assignment)
            # A task's result, not scattered data: the scheduler has it made again when all workers that had it died.
            sent = self._assignments[assignment.key] = self._client.submit(_held, data, pure=False)

        async def again() -> None:
            if not tries or self._ended:
                raise CancelledError("all workers that had the assignment died")
            if self._assignments.get(assignment.key) is sent:
                del self._assignments[assignment.key]
            await self._client.wait_for_workers(1, timeout=_WORKERS_SECONDS)
            self._send(job, assignment, local, tries - 1)

        remote = self._client.submit(grade_here, job, sent, pure=False)
        # In the thread where the outcome comes in: to wait for it in one of its own is dearer.
        self._client.loop.add_callback(self._pass_on, remote, local, again)

    async def _pass_on(
        self, remote: ClusterFuture, local: Future[Outcome], again: Callable[[], Awaitable[None]]
    ) -> None:
        """Pass an outcome on to who waits for it here; what was lost with all workers is sent `again`."""
        try:
            try:
                local.set_result(msgspec.msgpack.decode(await self._fetched(remote), type=Outcome))
            except KilledWorker as error:
                if error.task == remote.key:
                    local.set_result(Outcome(problem=POISON))
                else:  # the workers died while they were given the assignment
                    await again()
            except CancelledError:
                await again()
        except BaseException as error:  # noqa: BLE001 - it belongs to whoever waits for the result
            reason = f"The cluster lost a submission: {type(error).__name__}: {error}. Run the command again."
            local.set_exception(ClusterError(reason))

    async def _fetched(self, remote: ClusterFuture) -> bytes:
        """Return a result when it is there: fetched with others, since each fetching takes several messages."""
        with self._client.as_current():
            there = wait([remote])
        await there
        if remote.status != "finished":
            return bytes(await remote)  # which raises what happened
        loop = asyncio.get_running_loop()
        fetched: asyncio.Future[bytes] = loop.create_future()
        self._finished.append((remote, fetched))
        if len(self._finished) > 2 * self._size:
            await self._fetch()
        elif len(self._finished) == 1:
            await asyncio.sleep(_GATHER_SECONDS)
            await self._fetch()
        return await fetched

    async def _fetch(self) -> None:
        """Fetch the results that are there."""
        there, self._finished = self._finished, []
        try:
            results = await self._client.gather([remote for remote, _ in there])
        except Exception:  # noqa: BLE001 - one of them is lost; each is asked for by itself, and says so
            results = await asyncio.gather(*(remote for remote, _ in there), return_exceptions=True)
        for (_, fetched), result in zip(there, results, strict=True):
            if isinstance(result, BaseException):
                fetched.set_exception(result)
            else:
                fetched.set_result(result)

    def shutdown(self) -> None:
        """Leave the cluster; its workers go on."""
        self._ended = True
        self._client.close()

    def kill(self) -> None:
        """Leave the cluster at once; what is under way there is dropped."""
        self._ended = True
        with contextlib.suppress(TimeoutError):  # which is what "at once" may mean
            self._client.close(timeout=0)


def _held(assignment: bytes) -> bytes:
    """Have an assignment on a worker, from where the others get it."""
    return assignment


def grade_here(job: bytes, assignment: bytes) -> bytes:
    """Grade a submission on the machine of this worker, in the warm process that belongs to its thread."""
    known = _decoded(assignment)
    outcome = grade_with(_own_process(), msgspec.msgpack.decode(job, type=Job), known)
    return msgspec.msgpack.encode(outcome)


def serve_cluster(scheduler: str, workers: int) -> NoReturn:
    """Become a Dask worker, or the nanny of several, until they end or are told to.

    Args:
        scheduler: the scheduler's address.
        workers: how many processes; each works on one submission at a time.
    """
    command = [sys.executable, "-m", "distributed.cli.dask_worker", scheduler]
    # In the place of this process, so that what stops it stops them.
    words = [*command, "--nworkers", str(workers), "--nthreads", "1", "--no-dashboard"]
    os.execv(sys.executable, words)  # noqa: S606 - a list of words, and no shell is wanted


def _allow_few_deaths(dask_scheduler: object) -> None:
    """Let the scheduler give up on a submission when two workers have died of it."""
    dask_scheduler.allowed_failures = _DEATHS  # type: ignore[attr-defined]


_here = threading.local()
_decoded_last: list[tuple[bytes, Assignment]] = []


def _own_process() -> WarmProcess:
    """Return the warm process of this thread; threads of a worker live as long as it does."""
    if not hasattr(_here, "process"):
        _here.process = WarmProcess()
        atexit.register(_here.process.stop)
    process: WarmProcess = _here.process
    return process


def _decoded(assignment: bytes) -> Assignment:
    """Return an assignment from its bytes, without decoding the same ones again."""
    for data, known in _decoded_last:
        if data is assignment:
            return known
    known = msgspec.msgpack.decode(assignment, type=Assignment)
    _decoded_last[:] = [(assignment, known)]
    return known
