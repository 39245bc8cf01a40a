"""Checks on a warm process: one at a time, outside the server's event loop, and stopped when the learner says so."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

import msgspec
import nbformat
from nbformat.v4 import new_markdown_cell, new_notebook

from autograder.engine import Grader, Task
from autograder.results import NotebookResult
from curriculum.exceptions import CurriculumError
from curriculum.lab.exercises import Prepared


class CheckStoppedError(CurriculumError):
    """The learner stopped the check before it came to its end."""

    def __init__(self) -> None:
        super().__init__("The check was stopped. Nothing was recorded; press Check to try again.")


class Checker:
    """Grades notebooks for a server; close it when the server ends.

    Attributes:
        running: the name of the check that is being graded; empty if none is.
    """

    def __init__(self) -> None:
        self._grader: Grader | None = None
        self._turn = asyncio.Lock()
        self._stops: dict[str, asyncio.Event] = {}
        self._warm: set[str] = set()
        self.running = ""

    async def warm(self, exercise: Prepared | None = None) -> None:
        """Start the process if there is none, and let it import what an exercise needs; a no-op if it has."""
        if exercise is not None and exercise.source.id in self._warm:
            return
        async with self._turn:
            grader = self._started()
            if exercise is not None:
                # everything is imported, nothing of the learner's is run, and the first test that fails ends it
                task = msgspec.structs.replace(exercise.answered(_EMPTY), stop_at_failure=True)
                await asyncio.to_thread(_grade, grader, task)
                self._warm.add(exercise.source.id)

    async def check(self, name: str, exercise: Prepared, notebook: bytes) -> NotebookResult:
        """Grade a notebook; the server goes on meanwhile.

        Args:
            name: the check's own name, by which it can be stopped.
            exercise: what the notebook answers.
            notebook: the bytes of its file.

        Raises:
            CheckStoppedError: it was stopped.
        """
        stop = self._stops.setdefault(name, asyncio.Event())
        try:
            async with self._turn:
                if stop.is_set():
                    raise CheckStoppedError
                self.running = name
                result = await self._grade_or_stop(exercise.answered(notebook), stop)
                self._warm.add(exercise.source.id)
                return result
        finally:
            self.running = "" if self.running == name else self.running
            self._stops.pop(name, None)

    async def stop(self, name: str) -> None:
        """End a check, with every process that it started; one that has not begun yet never does."""
        self._stops.setdefault(name, asyncio.Event()).set()

    async def _grade_or_stop(self, task: Task, stop: asyncio.Event) -> NotebookResult:
        grading = asyncio.create_task(asyncio.to_thread(_grade, self._started(), task))
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({grading, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if not stop.is_set():
            stopping.cancel()
            return grading.result()
        grading.add_done_callback(lambda ended: ended.cancelled() or ended.exception())  # nobody waits for it any more
        # a process that is only starting takes a while to end; the learner need not wait for that
        threading.Thread(target=self._let_go(), daemon=True).start()
        self._started()
        raise CheckStoppedError

    def close(self) -> None:
        """End the process and what it is running."""
        self._let_go()()

    def _let_go(self) -> Callable[[], None]:
        """Forget the process, so that the next check starts another; return what ends it."""
        grader, self._grader = self._grader, None
        self._warm.clear()
        return grader.kill if grader is not None else lambda: None

    def _started(self) -> Grader:
        if self._grader is None:
            self._grader = Grader(1)
        return self._grader


def _grade(grader: Grader, task: Task) -> NotebookResult:
    return next(iter(grader.map([task])))


_EMPTY = nbformat.writes(
    new_notebook(
        # a tag makes the grader look closely, as at many a notebook that JupyterLab saved: it loads what that needs
        cells=[new_markdown_cell("Nothing to run.", metadata={"tags": ["empty"]})],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )
).encode()
"""A notebook that answers nothing."""
