"""What the author's tools find: a place, a rule, what is wrong there, and what to do about it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import msgspec

from curriculum.exceptions import SourceError


class Finding(msgspec.Struct, frozen=True):
    """One thing that an author should mend.

    Attributes:
        path: the file.
        line: the line in it, counted from 1.
        rule: the name of the rule or proof that it breaks.
        problem: what is there, with the value seen.
        remedy: what to do next.
        detail: further lines, such as a diff; empty for most.
    """

    path: Path
    line: int
    rule: str
    problem: str
    remedy: str
    detail: str = ""

    @property
    def text(self) -> str:
        """The finding as one line: `file:line: problem remedy [rule]`, and the detail below it."""
        head = f"{shown(self.path)}:{self.line}: {self.problem} {self.remedy} [{self.rule}]"
        return f"{head}\n{self.detail.rstrip()}" if self.detail else head


def shown(path: Path) -> str:
    """Return a path as short as it can be said from the current folder."""
    current = Path.cwd()
    resolved = path.resolve()
    return os.fspath(resolved.relative_to(current) if resolved.is_relative_to(current) else resolved)


def as_finding(error: SourceError, rule: str = "form") -> Finding:
    """Return what a reader of sources raised, as a finding."""
    return Finding(Path(str(error.path)), error.line, rule, error.problem, error.remedy)


def finding_data(finding: Finding) -> dict[str, Any]:
    """Return a finding as plain data, for JSON."""
    return {**msgspec.structs.asdict(finding), "path": shown(finding.path)}
