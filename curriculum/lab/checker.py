"""Checks on a warm process: one at a time, outside the server's event loop, and stopped when the learner says so."""

from __future__ import annotations

import asyncio
from concurrent.futures import CancelledError

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
        self.running = ""
        self._stopped: set[str] = set()
        self._warm: set[str] = set()

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
        try:
            async with self._turn:
                if name in self._stopped:
                    raise CheckStoppedError
                self.running = name
                try:
                    result = await asyncio.to_thread(_grade, self._started(), exercise.answered(notebook))
                except (RuntimeError, CancelledError):  # its process was ended before it took the notebook
                    if name not in self._stopped:
                        raise
                    raise CheckStoppedError from None
                finally:
                    self.running = ""
                if name in self._stopped:
                    raise CheckStoppedError
                self._warm.add(exercise.source.id)
                return result
        finally:
            self._stopped.discard(name)

    async def stop(self, name: str) -> None:
        """End a check now, with every process that it started; one that is waiting never begins."""
        self._stopped.add(name)  # it may not have come as far as here yet
        if name == self.running:
            await asyncio.to_thread(self.close)
            self._started()  # so that the next check finds a process that is getting warm

    def close(self) -> None:
        """End the process and what it is running."""
        grader, self._grader = self._grader, None
        self._warm.clear()
        if grader is not None:
            grader.kill()

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
