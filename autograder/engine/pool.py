"""Workers on this machine: warm processes behind the interface of `concurrent.futures`."""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import msgspec

from autograder.engine.frames import read_frame, write_frame
from autograder.engine.jobs import Answer, Assignment, Execution, Job, Outcome, Ready, Request
from autograder.exceptions import AutograderError
from autograder.sandbox import view
from autograder.sandbox.settings import LAYERS, NEEDED, Level, Settings

POISON = "It ended the process that graded it, twice, and was set aside. Run it by itself to see what it does."


class WorkerDiedError(RuntimeError):
    """The warm process came to an end while it was at work."""


class IsolationError(AutograderError):
    """Strangers' work is not run here, because it can't be shut in."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"Submissions can't be shut in here, so they are not run. {reason} `autograder doctor` shows what is "
            "missing and how to get it; --isolation none grades without protection, which is for work that you trust."
        )


class WarmProcess:
    """A worker, seen from outside: started when first asked, started anew when it died or is to shut in otherwise."""

    def __init__(self) -> None:
        self.level = Level()
        self._settings = Settings()
        self._waits_for_ready = False
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = False
        self._known: set[str] = set()
        self._unfit: set[str] = set()
        self._encode = msgspec.msgpack.Encoder().encode
        self._decode = msgspec.msgpack.Decoder(Answer).decode
        self._decode_ready = msgspec.msgpack.Decoder(Ready).decode

    def start(self) -> None:
        """Start the process, without waiting until it is warm."""
        self._known = set()
        environment = dict(os.environ)
        if "environment" in self._settings.wanted:
            environment = view.environment(environment)
            # `python` in a notebook is this environment's, also where it was not activated.
            environment["PATH"] = os.pathsep.join(
                [str(Path(sys.executable).parent), environment.get("PATH", os.defpath)]
            )
        self._process = subprocess.Popen(
            [sys.executable, "-m", "autograder.engine"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
            env={**environment, "PYTHONSAFEPATH": "1"},
        )
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # the first question will find out
            write_frame(self._process.stdin.fileno(), self._encode(self._settings))
        self._waits_for_ready = True

    def grade(self, job: Job, assignment: Assignment) -> Outcome:
        """Have one submission graded; blocks until it is.

        Raises:
            WorkerDiedError: the process ended before it gave an answer.
            IsolationError: submissions can't be shut in here as the settings want it.
        """
        if self._stopped:
            raise WorkerDiedError
        self._make_ready(assignment.rules.sandbox)
        fresh = assignment.key not in self._known
        answer = self._ask(Request(job, self._fitting(assignment) if fresh else None))
        while answer.outcome is None:
            if answer.unfit:  # their import can't be undone in that process
                self._unfit.update(answer.unfit)
                self.close()
                self.start()
            answer = self._ask(Request(job, self._fitting(assignment)))
        self._known.add(assignment.key)
        return msgspec.structs.replace(answer.outcome, isolation=self.level)

    def execute(self, execution: Execution) -> Outcome:
        """Have a notebook run; blocks until it is.

        Raises:
            WorkerDiedError: the process ended before it gave an answer.
            IsolationError: submissions can't be shut in here as the settings want it.
        """
        self._make_ready(execution.rules.sandbox)
        while True:
            imports = tuple(name for name in execution.imports if name not in self._unfit)
            answer = self._ask(Request(execution=msgspec.structs.replace(execution, imports=imports)))
            if answer.outcome is not None:
                return answer.outcome
            self._unfit.update(answer.unfit)
            self.close()
            self.start()

    def _make_ready(self, settings: Settings) -> None:
        """Have a process that shuts in as wanted; one that runs and does otherwise is ended."""
        if settings != self._settings:
            self.close()
            self._settings = settings
        if self._process is None or self._process.poll() is not None:
            self.start()

    def _hear_that_it_is_ready(self) -> None:
        """Read the first answer, which says how far submissions are shut in.

        Raises:
            IsolationError: not as far as the settings need it.
        """
        self._waits_for_ready = False
        ready = self._decode_ready(self._frame())
        if ready.problem and self._settings.isolation == "best" and ready.level.missing.keys() - self._settings.without:
            missing = ready.level.missing
            asked = self._settings
            self._settings = msgspec.structs.replace(asked, without=(*asked.without, *missing))
            self.close()
            self.start()
            self._hear_that_it_is_ready()
            self._settings = asked
            self.level = msgspec.structs.replace(self.level, missing={**missing, **self.level.missing})
            return
        missing = ready.level.missing
        needed = NEEDED - set(self._settings.without) if self._settings.isolation == "full" else frozenset()
        if ready.problem or needed & missing.keys():
            self.close()
            raise IsolationError(
                ready.problem or next(missing[layer] for layer in LAYERS if layer in needed & missing.keys())
            )
        self.level = ready.level

    def _fitting(self, assignment: Assignment) -> Assignment:
        """Return an assignment without the imports that were found to be unfit."""
        imports = tuple(name for name in assignment.imports if name not in self._unfit)
        return msgspec.structs.replace(assignment, imports=imports)

    def examine(self, settings: Settings) -> Level:
        """Return how far submissions would be shut in; the process ends afterwards.

        Raises:
            WorkerDiedError: the process ended before it gave an answer.
            IsolationError: not as far as the settings need it.
        """
        self._make_ready(settings)
        self._hear_that_it_is_ready()
        self.close()
        return self.level

    def stop(self) -> None:
        """Tell the process to drop what it does and end; whoever waits for an answer of it gets none."""
        self._stopped = True
        process = self._process
        if process is not None:
            process.terminate()

    def close(self) -> None:
        """End the process and whatever it is running."""
        if self._process is None:
            return
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()
        self._process = None

    @property
    def pid(self) -> int | None:
        """The process's id, if it runs."""
        return self._process.pid if self._process is not None else None

    def _ask(self, request: Request) -> Answer:
        assert self._process is not None
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        if self._waits_for_ready:
            self._hear_that_it_is_ready()
        try:
            write_frame(self._process.stdin.fileno(), self._encode(request))
        except BrokenPipeError:
            self.close()
            raise WorkerDiedError from None
        return self._decode(self._frame())

    def _frame(self) -> bytes:
        assert self._process is not None
        assert self._process.stdout is not None
        frame = read_frame(self._process.stdout.fileno())
        if frame is None:
            self.close()
            raise WorkerDiedError
        return frame


def grade_with(process: WarmProcess, job: Job, assignment: Assignment) -> Outcome:
    """Grade a submission; one that ends the worker twice is set aside."""
    for _ in range(2):
        try:
            return process.grade(job, assignment)
        except WorkerDiedError:
            continue
    return Outcome(problem=POISON)


class LocalPool(Executor):
    """Warm processes on this machine, a thread of this process minding each.

    Args:
        workers: how many.
    """

    def __init__(self, workers: int) -> None:
        self._tasks: queue.SimpleQueue[tuple[Future[Any], Any, tuple[Any, ...], dict[str, Any]] | None] = (
            queue.SimpleQueue()
        )
        self._taking = threading.Lock()
        self._ending = False
        self._here = threading.local()
        self._processes = [WarmProcess() for _ in range(workers)]
        self._threads = [
            threading.Thread(target=self._mind, args=(process,), daemon=True) for process in self._processes
        ]
        for process, thread in zip(self._processes, self._threads, strict=True):
            process.start()
            thread.start()

    @property
    def size(self) -> int:
        """How many submissions are graded at a time."""
        return len(self._processes)

    def submit(self, function: Any, /, *arguments: Any, **keywords: Any) -> Future[Any]:
        """Have `function` called in one of the threads, which minds a process.

        Raises:
            RuntimeError: the pool was shut down, or killed.
        """
        future: Future[Any] = Future()
        with self._taking:
            if self._ending:
                raise RuntimeError("The pool has ended; nothing more can be graded with it.")
            self._tasks.put((future, function, arguments, keywords))
        return future

    def grade(self, job: Job, assignment: Assignment) -> Future[Outcome]:
        """Have one submission graded."""
        return self.submit(self._grade, job, assignment)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes: when all is done that was asked, or at once if `cancel_futures`."""
        self._take_no_more()
        if cancel_futures:
            for future in self._waiting():
                future.cancel()
        for _ in self._threads:
            self._tasks.put(None)
        if wait:
            for thread in self._threads:
                thread.join()

    def kill(self) -> None:
        """End the processes now, whatever they do."""
        self._take_no_more()
        for future in self._waiting():
            future.cancel()
        for _ in self._threads:
            self._tasks.put(None)
        for process in self._processes:
            process.stop()
        for thread in self._threads:
            thread.join()

    def _take_no_more(self) -> None:
        with self._taking:
            self._ending = True

    def _grade(self, job: Job, assignment: Assignment) -> Outcome:
        return grade_with(self._here.process, job, assignment)

    def _waiting(self) -> Iterator[Future[Any]]:
        while True:
            try:
                task = self._tasks.get_nowait()
            except queue.Empty:
                return
            if task is not None:
                yield task[0]

    def _mind(self, process: WarmProcess) -> None:
        self._here.process = process
        while (task := self._tasks.get()) is not None:
            future, function, arguments, keywords = task
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(function(*arguments, **keywords))
            except BaseException as error:  # noqa: BLE001 - it belongs to whoever waits for the future
                future.set_exception(error)
        process.close()
