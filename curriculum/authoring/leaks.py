"""What a release must not hold: lines of the solution, and of hidden tests."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from autograder.hints import HINTS_FILE
from curriculum.authoring.bench import Bench
from curriculum.authoring.finding import Finding
from curriculum.authoring.places import numbered_lines
from curriculum.build import SourceCell

_MARK = re.compile(r"(BEGIN|END) (SOLUTION|HIDDEN TESTS)")
_SHORTEST = 18
"""Lines of fewer characters that aren't spaces tell nothing: `return None`, `for line in lines:`."""

_WORD = re.compile(r"\w+")
_FEWEST_WORDS = 3


def find_leaks(bench: Bench) -> list[Finding]:
    """Return a finding for each line of the solution or of a hidden test that the learner is given.

    Lines that are too short to tell anything are left out, and imports: they say what is used, not how. A line of a
    hidden test may stand in a visible test as well: what leads up to two assertions is often the same.
    """
    everywhere, outside_tests = _released(bench)
    shown = {"SOLUTION": everywhere, "HIDDEN TESTS": outside_tests}
    kept = Counter(_bare(line) for cell in bench.exercise.cells for _, line, inside in _lines(cell) if not inside)
    return [
        Finding(
            bench.exercise.path,
            number,
            "leak",
            f"The release shows this line of {'the solution' if inside == 'SOLUTION' else 'a hidden test'}: "
            f"`{line.strip()}`.",
            "Say it in other words where the learner sees it, or move it out of the secret part.",
        )
        for cell in bench.exercise.cells
        for number, line, inside in _lines(cell)
        if inside and _tells_something(line)
        if shown[inside][_bare(line)] or everywhere[_bare(line)] > kept[_bare(line)]
    ]


def _released(bench: Bench) -> tuple[Counter[str], Counter[str]]:
    """Count the lines that the learner is given: all of them, and those that stand in no test or setup cell."""
    everywhere: Counter[str] = Counter()
    outside_tests: Counter[str] = Counter()
    for cell in bench.release.cells:
        lines = [_bare(line) for line in cell.source.split("\n")]
        everywhere.update(lines)
        if not cell.metadata.get("nbgrader", {}).get("locked"):
            outside_tests.update(lines)
    for name, data in bench.files.items():
        if name != HINTS_FILE:
            outside_tests.update(_bare(line) for line in data.decode("utf-8", "replace").split("\n"))
    return everywhere + outside_tests, outside_tests


def _lines(cell: SourceCell) -> Iterator[tuple[int, str, str]]:
    """Yield a cell's lines but the marks: their number in the file, their text, and the secret part they stand in."""
    inside = ""
    for number, line in numbered_lines(cell):
        mark = _MARK.search(line)
        if mark:
            inside = mark[2] if mark[1] == "BEGIN" else ""
        else:
            yield number, line, inside


def _tells_something(line: str) -> bool:
    bare = _bare(line)
    if re.match(r"(import|from) \w", line.strip()) or bare.startswith("#"):
        return False
    return len(bare) >= _SHORTEST and len(_WORD.findall(line)) >= _FEWEST_WORDS


def _bare(line: str) -> str:
    return "".join(line.split())
