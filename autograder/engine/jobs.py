"""What travels between the coordinator and its workers: plain data, the same on one machine and on a cluster."""

from __future__ import annotations

from typing import Literal

import msgspec

from autograder.results import CellResult
from autograder.sandbox.settings import Level, Settings

CellType = Literal["code", "markdown", "raw"]


class SourceCell(msgspec.Struct, frozen=True):
    """A protected or graded cell of the source version, as nbgrader's gradebook keeps it.

    Attributes:
        name: its `grade_id`.
        cell_type: `code`, `markdown` or `raw`.
        locked: whether its text is put back before grading.
        source: its text, with hidden tests.
        checksum: nbgrader's checksum of the source version.
        max_score: its points; nothing if it is not graded.
        task: whether it is a task, which a person marks.
        solution: whether the learner answers in it.
    """

    name: str
    cell_type: str
    locked: bool
    source: str
    checksum: str | None = None
    max_score: float | None = None
    task: bool = False
    solution: bool = False


class SourceNotebook(msgspec.Struct, frozen=True):
    """What grading needs of a notebook's source version.

    Attributes:
        name: the notebook's name, without `.ipynb`.
        cells: its protected and graded cells, in order.
        kernelspec: the kernel that it was written for; nothing if it names none.
        answers: the names that its answer cells define, which are the learner's to define.
    """

    name: str
    cells: tuple[SourceCell, ...]
    kernelspec: dict[str, object] | None = None
    answers: tuple[str, ...] = ()


class Rules(msgspec.Struct, frozen=True):
    """nbgrader's settings that bear on how one submission is graded; the defaults are nbgrader's own.

    Attributes:
        timeout: wall time that a cell may take, in seconds; nothing for no limit.
        grace: wall time between a cell's interruption and its end by force, in seconds.
        timeout_error: the error output that a cell gets when its time is over.
        kernel_name: the kernel to use instead of the one that the notebook names; empty for the notebook's.
        skip_tag: cells with this tag are not run.
        record_timing: whether cells get the times of their execution as metadata.
        store_widgets: whether the notebook gets the state of its widgets as metadata.
        ignore_pattern: what is written to standard error and matches this is forgotten; empty for nothing.
        max_lines: lines of output kept of a cell; -1 for all.
        max_traceback: entries of a traceback kept; -1 for all.
        add_missing_cells: whether graded cells that the learner deleted are put back.
        missing_cell_text: what stands above a cell that was put back.
        cleared_metadata: metadata of code cells that is removed together with outputs.
        strict: whether the engine's deliberate differences from nbgrader hold (docs/differences.md).
        max_output: bytes of output that a cell may give before the rest is dropped.
        keep_notebooks: whether the graded notebooks and files are returned, or only what the cells earned.
        stop_at_failure: whether the first test that fails ends the run; the tests after it earn nothing.
        sealed: whether tests that are written for it run apart from the learner's code.
        sandbox: how submissions are shut in.
    """

    timeout: float | None = 30
    grace: float = 4
    timeout_error: dict[str, object] = msgspec.field(
        default_factory=lambda: {
            "ename": "CellTimeoutError",
            "evalue": "",
            "traceback": ["\x1b[0;31mCellTimeoutError\x1b[0m: No reply from kernel before timeout"],
        }
    )
    kernel_name: str = ""
    skip_tag: str = "skip-execution"
    record_timing: bool = True
    store_widgets: bool = True
    ignore_pattern: str = ""
    max_lines: int = 1000
    max_traceback: int = 100
    add_missing_cells: bool = False
    missing_cell_text: str = (
        "This cell (id:{cell_id}) was missing from the submission. It was added back by nbgrader.\n\n"
    )
    cleared_metadata: tuple[str, ...] = ("collapsed", "scrolled")
    strict: bool = True
    max_output: int = 10_000_000
    keep_notebooks: bool = True
    stop_at_failure: bool = False
    sealed: bool = True
    sandbox: Settings = Settings()


class Assignment(msgspec.Struct, frozen=True):
    """All that a worker must know of an assignment; sent to each worker once.

    Attributes:
        key: tells assignments apart, and versions of one.
        notebooks: its notebooks, by name.
        files: its other files, which replace the learner's, by path with `/`.
        executable: those of the files that may be run.
        rules: how to grade.
        imports: modules that its notebooks import; a worker imports them once, before it forks.
    """

    key: str
    notebooks: dict[str, SourceNotebook]
    files: dict[str, bytes] = {}
    executable: tuple[str, ...] = ()
    rules: Rules = Rules()
    imports: tuple[str, ...] = ()


class Job(msgspec.Struct, frozen=True):
    """One submission to be graded.

    Attributes:
        assignment: the key of its assignment.
        notebooks: the learner's notebooks, by name, as the bytes of their files, in the order in which they run.
        files: the learner's other files, by path with `/`.
        executable: those of the files that may be run.
        label: what the folder that it runs in is called.
    """

    assignment: str
    notebooks: dict[str, bytes]
    files: dict[str, bytes] = {}
    executable: tuple[str, ...] = ()
    label: str = "submission"


class GradedNotebook(msgspec.Struct, frozen=True):
    """One notebook after grading.

    Attributes:
        name: its name, without `.ipynb`.
        scores: what each graded cell earned, by `grade_id`; nothing where a person must mark it.
        comments: nbgrader's own comment on each answer cell, by `grade_id`.
        cells: the same for people, with what failed and why.
        data: the notebook after its execution, as the bytes of its file.
        seconds: wall time of its execution, in seconds.
        warnings: what was found amiss and put right.
        memory: the most memory that a process of the run had at a time, in MiB; 0 where nothing was run.
        noticed: what the submission tried, a line each.
    """

    name: str
    scores: dict[str, float | None]
    comments: dict[str, str | None]
    cells: tuple[CellResult, ...]
    data: bytes
    seconds: float
    warnings: tuple[str, ...] = ()
    memory: float = 0
    noticed: tuple[str, ...] = ()


class Outcome(msgspec.Struct, frozen=True):
    """One submission after grading.

    Attributes:
        notebooks: its notebooks.
        files: files that its execution made or changed, by path with `/`.
        removed: files that its execution removed.
        problem: why it could not be graded; empty if it could.
        seconds: wall time of the whole, in seconds.
        isolation: how far it was shut in.
    """

    notebooks: tuple[GradedNotebook, ...] = ()
    files: dict[str, bytes] = {}
    removed: tuple[str, ...] = ()
    problem: str = ""
    seconds: float = 0
    isolation: Level = Level()


class Execution(msgspec.Struct, frozen=True):
    """One notebook that is only to be run.

    Attributes:
        notebook: the bytes of its file.
        name: its name, without `.ipynb`.
        rules: how to run it.
        files: the files beside it, by path with `/`.
        executable: those of the files that may be run.
        label: what the folder that it runs in is called.
        imports: modules to be imported beforehand.
    """

    notebook: bytes
    name: str
    rules: Rules
    files: dict[str, bytes] = {}
    executable: tuple[str, ...] = ()
    label: str = "submission"
    imports: tuple[str, ...] = ()


class Ready(msgspec.Struct, frozen=True):
    """The first thing that a worker says, after it was told its settings.

    Attributes:
        level: how far it shuts submissions in.
        problem: why it can't work under these settings, and has ended; empty if it can.
    """

    level: Level
    problem: str = ""


class Request(msgspec.Struct, frozen=True):
    """What a warm process is asked: to grade a submission, or to run a notebook.

    Attributes:
        job: the submission.
        assignment: its assignment, when the process may not know it yet.
        execution: the notebook to be run instead.
    """

    job: Job | None = None
    assignment: Assignment | None = None
    execution: Execution | None = None


class Answer(msgspec.Struct, frozen=True):
    """What a warm process answers.

    Attributes:
        outcome: what became of the submission; nothing when the process couldn't take it up.
        unfit: modules that must not be imported beforehand, for which the process has to be started anew.
    """

    outcome: Outcome | None
    unfit: tuple[str, ...] = ()
