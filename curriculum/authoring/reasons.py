"""Reasons for which a mutant may survive: `mutants.yaml` in an exercise's folder.

A survivor is named by its task and the lines that it changes, so a reason holds as long as that line does, wherever it
moves, and says to a reader what it is about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
import yaml

from curriculum.authoring.finding import Finding
from curriculum.authoring.mutation import Mutant
from curriculum.exceptions import SourceError

REASONS_FILE = "mutants.yaml"
_FORM = "Write a list of entries with `task`, `was`, `becomes` and `reason`; prove prints them ready to be pasted."


class Reason(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why a mutant may survive.

    Attributes:
        task: the `grade_id` of the task.
        was: the changed lines of the model solution.
        becomes: what they are in the mutant.
        reason: why no test can, or should, tell the two apart.
    """

    task: str
    was: str
    becomes: str
    reason: str

    @property
    def key(self) -> tuple[str, str, str]:
        """The mutant's key."""
        return self.task, _bare(self.was), _bare(self.becomes)


def read_reasons(folder: Path) -> tuple[Reason, ...]:
    """Return the reasons of the exercise in a folder.

    Raises:
        SourceError: the file is malformed.
    """
    path = folder / REASONS_FILE
    if not path.is_file():
        return ()
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        return msgspec.convert(data or [], tuple[Reason, ...])
    except UnicodeDecodeError as error:
        raise SourceError(path, 1, f"The file is not UTF-8 (byte {error.start}).", "Save it as UTF-8.") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise SourceError(path, line, f"The reasons are not YAML: {error.problem}.", _FORM) from error
    except msgspec.ValidationError as error:
        raise SourceError(path, 1, f"The reasons are malformed: {error}.", _FORM) from error


def check_reasons(folder: Path, reasons: Iterable[Reason], survivors: Iterable[Mutant]) -> Iterator[Finding]:
    """Yield a finding for each reason that says nothing, and for each that no survivor needs."""
    path = folder / REASONS_FILE
    needed = {mutant.key for mutant in survivors}
    for reason in reasons:
        if len(reason.reason.split()) < 3:
            yield Finding(
                path,
                _line(path, reason),
                "reason",
                f"`{reason.was}` may become `{reason.becomes}` for the reason {reason.reason!r}.",
                "Say in a sentence why no test should tell the two apart.",
            )
        if reason.key not in needed:
            yield Finding(
                path,
                _line(path, reason),
                "reason",
                f"In `{reason.task}`, no mutant survives that turns `{reason.was}` into `{reason.becomes}`.",
                "Take the reason out: it isn't needed any more.",
            )


def reason_to_paste(mutant: Mutant) -> str:
    """Return the entry that would allow a survivor, with the reason left to be written."""
    entry = {"task": mutant.grade_id, "was": mutant.was, "becomes": mutant.becomes, "reason": ""}
    return yaml.safe_dump([entry], sort_keys=False, allow_unicode=True, width=1000)


def _bare(text: str) -> str:
    """Return changed lines in the form in which mutants have them."""
    return "\n".join(line.strip() for line in text.strip().split("\n"))


def _line(path: Path, reason: Reason) -> int:
    first = reason.was.strip().split("\n")[0]
    lines = path.read_text(encoding="utf-8").split("\n")
    return next((number for number, line in enumerate(lines, start=1) if first in line), 1)
