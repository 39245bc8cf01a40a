"""A sealed notebook is run: the learner's cells in one process, the tests in another, in the notebook's order."""

from __future__ import annotations

import shutil
import socket
import tempfile
from collections import deque
from collections.abc import Collection, Mapping
from pathlib import Path

import msgspec

from autograder.engine.control import Spawn
from autograder.engine.forking import Zygote
from autograder.engine.outputs import NotebookOutputs
from autograder.engine.precompiling import compiled
from autograder.engine.running import Run, Watch, start, until_end
from autograder.judge.entries import JudgeOptions
from autograder.judge.plan import Side

_GONE = {
    "status": "error",
    "ename": "LearnerGoneError",
    "evalue": "The process of the learner's code came to an end in this test, so it earns nothing.",
    "traceback": [],
}


class Step(msgspec.Struct, frozen=True):
    """A cell to be run.

    Attributes:
        index: its place in the notebook.
        source: its text.
        side: who runs it.
    """

    index: int
    source: str
    side: Side


class SealedRun(msgspec.Struct):
    """How a run went.

    Attributes:
        run: how it went on both sides together.
        warnings: what the learner's process tried or met, a line each.
    """

    run: Run
    warnings: list[str]


def run_sealed(
    warm: Zygote,
    steps: list[Step],
    outputs: NotebookOutputs,
    *,
    folder: Path,
    scratch: Path,
    files: Mapping[str, bytes],
    timeout: float | None,
    grace: float,
    environment: dict[str, str],
    watched: int | None,
    decisive: Collection[int],
) -> SealedRun:
    """Run a notebook's cells on two sides and gather what they put out.

    Args:
        warm: the warm process.
        steps: the cells, in order.
        outputs: takes the outputs.
        folder: the submission's folder, in which the learner's code runs.
        scratch: a folder for what this run needs.
        files: the assignment's own files, which lie beside the tests.
        timeout: wall time that a cell may take, in seconds; nothing for no limit.
        grace: wall time between a cell's interruption and its end by force, in seconds.
        environment: variables set for both.
        watched: a descriptor; when its other side closes, the run is given up.
        decisive: the tests whose failure ends the run.
    """
    between = Path(tempfile.mkdtemp(prefix="between-", dir=scratch))
    court = Path(tempfile.mkdtemp(prefix="judge-", dir=scratch))
    private = court / ".private"
    private.mkdir()
    for name, data in files.items():
        path = court / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    texts = [step.source for step in steps if step.side != "learner"]
    known = compiled(warm, texts, court, between, watched)
    options = msgspec.msgpack.encode(JudgeOptions(timeout, grace, str(private)))
    entry = "autograder.judge.entries:"
    ours, theirs = socket.socketpair()
    trial = _Trial(steps, outputs, decisive, known)
    learner = start(
        warm,
        Spawn(f"{entry}learner", str(folder), str(between), environment, hidden=(str(court),)),
        trial.learners_outputs,
        timeout=timeout,
        grace=grace,
        descriptors=(theirs.detach(),),
    )
    try:
        judge = start(
            warm,
            Spawn(f"{entry}judge", str(court), str(between), {**environment, "HOME": str(court)}, options),
            trial.judges_outputs,
            timeout=timeout,
            grace=grace,
            descriptors=(ours.detach(),),
            heed=lambda word: trial.heed(word),
        )
    except BaseException:
        learner.clean_up()
        raise
    trial.learner, trial.judge = learner, judge
    until_end(warm, [learner, judge], trial.go_on, watched)
    shutil.rmtree(court, ignore_errors=True)
    return trial.result()


class _Trial:
    """Gives cells to the two sides, each in its turn.

    Args:
        steps: the cells.
        outputs: takes the outputs of both sides.
        decisive: the tests whose failure ends the run.
        compiled: what the judge's cells were compiled to, by text, as far as that is known.
    """

    learner: Watch
    judge: Watch

    def __init__(
        self, steps: list[Step], outputs: NotebookOutputs, decisive: Collection[int], compiled: Mapping[str, bytes]
    ) -> None:
        self._compiled = compiled
        self._left = deque(enumerate(steps, start=1))
        self._tests = {step.index for step in steps if step.side == "judge"}
        self._decisive = decisive
        self._doubtful: set[int] = set()
        self._broken = self._killed = False
        self.learners_outputs = outputs
        self.judges_outputs = NotebookOutputs(outputs.limit)
        self.warnings: list[str] = []

    def heed(self, word: str) -> None:
        """Do what the judge asks for: interrupt the learner's process, or end it."""
        if word == "interrupt":
            self.learner.interrupt()
        elif word == "kill":
            self._doubtful.add(self.judge.run.at)
            self._killed = not self.learner.ended
            self.learner.kill()

    def go_on(self) -> None:
        """Give the next cell, if both sides are ready for one."""
        learner, judge = self.learner, self.judge
        if learner.ended and not self._broken:
            self._broken = True
            if not judge.idle:
                self._doubtful.add(judge.run.at)
        if judge.ended:
            if not learner.ended:
                learner.finish()
            return
        if not judge.idle or not (learner.idle or learner.ended):
            return
        at = judge.run.at
        if at in self._decisive and judge.run.replies[at]["status"] == "error":
            self._left.clear()
        if self._broken or not self._left:
            self._finish()
            return
        count, step = self._left.popleft()
        learner.rest()
        judge.rest()
        if step.side in ("learner", "both"):
            learner.give(step.index, step.source, count)
        if step.side in ("judge", "both"):
            judge.give(step.index, step.source, count, self._compiled.get(step.source, b""))

    def result(self) -> SealedRun:
        """Return how it went, both sides put together."""
        run, judged = self.learner.run, self.judge.run
        setup_failed = sorted(
            index
            for index, reply in judged.replies.items()
            if index not in self._tests
            and reply["status"] == "error"
            and run.replies.get(index, {}).get("status") != "error"
        )
        self.warnings += [
            f"Cell {index + 1} failed beside the tests: {judged.replies[index]['ename']}." for index in setup_failed
        ]
        for index in self._tests & judged.times.keys():
            run.times[index] = judged.times[index]
            self.learners_outputs.take_over(index, self.judges_outputs)
            if index in judged.replies:
                run.replies[index] = judged.replies[index]
            if index in judged.timed_out:
                run.timed_out.add(index)
            if index in self._doubtful and judged.replies.get(index, {}).get("status") == "ok":
                run.replies[index] = dict(_GONE)
        learner_ended = run.ended
        run.memory = max(run.memory, judged.memory)
        if judged.ended != "done":
            run.ended, run.at, run.reason = judged.ended, judged.at, judged.reason
        elif learner_ended != "done" or self._killed:
            run.ended, run.at = "died", max(run.at, judged.at)
            if self._killed:
                run.reason = "ended by the judge, because it did not stop or gave answers that are none"
        return SealedRun(run, self.warnings)

    def _finish(self) -> None:
        self.judge.finish()
        if not self.learner.ended:
            self.learner.finish()
