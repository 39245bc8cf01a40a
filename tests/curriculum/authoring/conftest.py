from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import curriculum
from autograder.engine import Grader
from curriculum.authoring.finding import Finding
from curriculum.authoring.new import new_exercise
from curriculum.authoring.proof import Proof
from curriculum.authoring.prove import prove


@pytest.fixture(scope="session")
def grader() -> Iterator[Grader]:
    """A warm grader."""
    with Grader(1) as warm:
        yield warm


@pytest.fixture(scope="session")
def path() -> curriculum.Path:
    """The learning path."""
    return curriculum.load()


@pytest.fixture
def exercises(tmp_path: Path) -> Path:
    """A folder for exercises."""
    return tmp_path / "exercises"


@pytest.fixture
def exercise(exercises: Path, path: curriculum.Path) -> Path:
    """The folder of a small exercise that is complete."""
    return new_exercise("shop/prices", "function", exercises, path)[0]


@pytest.fixture
def edit(exercise: Path) -> Callable[..., None]:
    """Replaces text in a file of the exercise; each piece must be there."""

    def replace(old: str, new: str, file: str = "exercise.py") -> None:
        target = exercise / file
        text = target.read_text()
        assert old in text, f"{file} has no {old!r}"
        target.write_text(text.replace(old, new))

    return replace


@pytest.fixture
def line_of(exercise: Path) -> Callable[[str], int]:
    """Tells the first line of the exercise that holds a text."""

    def find(text: str) -> int:
        lines = (exercise / "exercise.py").read_text().split("\n")
        return next(number for number, line in enumerate(lines, start=1) if text in line)

    return find


@pytest.fixture
def proved(exercise: Path, grader: Grader) -> Callable[..., Proof]:
    """Proves parts of the exercise as it is now."""

    def run(*parts: str) -> Proof:
        (proof,) = prove(
            [exercise / "exercise.py"], parts=("answers", *parts), workers=1, use_cache=False, grader=grader
        )
        return proof

    return run


@pytest.fixture
def the_one() -> Callable[..., Finding]:
    """Returns the only finding of a rule."""

    def find(findings: list[Finding] | tuple[Finding, ...], rule: str) -> Finding:
        (found,) = [finding for finding in findings if finding.rule == rule]
        return found

    return find
