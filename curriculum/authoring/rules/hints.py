"""Rules on hints: every key is used, every key used is there, and each has its steps."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from autograder.hints import HINTS_FILE
from curriculum.authoring.bench import Bench
from curriculum.authoring.finding import Finding
from curriculum.build import SourceCell

_FEWEST_STEPS = 3


class _Use(msgspec.Struct, frozen=True):
    key: str
    path: Path
    line: int


def check_hints(bench: Bench) -> Iterator[Finding]:
    """Yield findings on an exercise's hints."""
    path = bench.folder / HINTS_FILE
    uses = [*_uses_in_tests(bench), *_uses_in_answers(bench)]
    for use in uses:
        if use.key not in bench.hints:
            yield Finding(
                use.path,
                use.line,
                "hint-missing",
                f"The hint `{use.key}` is not in {HINTS_FILE}.",
                f"Add it there, or use one of {', '.join(f'`{key}`' for key in sorted(bench.hints)) or 'its hints'}.",
            )
    texts = {text for cell in _tests(bench) for text in _texts(cell)}
    used = {use.key for use in uses}
    for key, steps in bench.hints.items():
        line = _line_of_key(path, key)
        if key not in used and key not in texts:
            yield Finding(
                path,
                line,
                "hint-unused",
                f"No test shows the hint `{key}`.",
                f'Give an assertion `, hint("{key}")`, or take the hint out.',
            )
        if len(steps) < _FEWEST_STEPS:
            yield Finding(
                path,
                line,
                "hint-steps",
                f"The hint `{key}` has {len(steps)} of three steps.",
                "Give it a nudge, an idea, and nearly the answer.",
            )
        if len({" ".join(step.split()) for step in steps}) < len(steps):
            yield Finding(path, line, "hint-steps", f"The hint `{key}` says the same twice.", "Let each step say more.")


def check_assertions(bench: Bench) -> Iterator[Finding]:
    """Every assertion of a test must lead to a hint."""
    for cell in _tests(bench):
        for node in ast.walk(_parsed(cell)):
            if isinstance(node, ast.Assert) and node.msg is None:
                yield Finding(
                    bench.exercise.path,
                    cell.line + node.lineno,
                    "assert-hint",
                    "A learner who fails this assertion gets no hint.",
                    'Add `, hint("key")`.',
                )


def _tests(bench: Bench) -> list[SourceCell]:
    return [cell for cell in bench.exercise.cells if cell.role in ("test", "setup") and cell.cell_type == "code"]


def _uses_in_tests(bench: Bench) -> Iterator[_Use]:
    for cell in _tests(bench):
        for node in ast.walk(_parsed(cell)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "hint" and node.args:
                answers = [
                    part for mapping in node.args[1:] if isinstance(mapping, ast.Dict) for part in mapping.values
                ]
                for key in (node.args[0], *answers):
                    if isinstance(key, ast.Constant) and isinstance(key.value, str):
                        yield _Use(key.value, bench.exercise.path, cell.line + key.lineno)


def _uses_in_answers(bench: Bench) -> Iterator[_Use]:
    return (_Use(answer.header.hint, answer.path, 2) for answer in bench.wrong if answer.header.hint)


def _texts(cell: SourceCell) -> Iterator[str]:
    """Yield the texts in a cell: a test may choose its hint's key by a loop or a table."""
    for node in ast.walk(_parsed(cell)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _parsed(cell: SourceCell) -> ast.Module:
    """Return a cell's syntax tree; an empty one where it is no plain Python, which the rule on tests says."""
    try:
        return ast.parse(cell.source)
    except SyntaxError:
        return ast.Module([], [])


def _line_of_key(path: Path, key: str) -> int:
    if not path.is_file():
        return 1
    pattern = re.compile(rf"""["']?{re.escape(key)}["']?\s*:""")
    lines = path.read_text(encoding="utf-8").split("\n")
    return next((number for number, line in enumerate(lines, start=1) if pattern.match(line)), 1)
