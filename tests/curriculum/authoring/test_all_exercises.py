"""Every exercise and lesson of the course keeps the rules, and every exercise is proved.

Proofs that held are remembered by content, so a second run costs nothing.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.engine import Grader
from curriculum import content
from curriculum.authoring.lint import lint
from curriculum.authoring.proofreport import total_score
from curriculum.authoring.prove import prove

EXERCISES = sorted(content.exercises_root().glob("*/*/exercise.py"))
LESSONS = sorted(content.notebooks_root().glob("*/*.md"))
LEAST_SCORE = 0.95


def _id(path: Path) -> str:
    place = path.parent if path.name == "exercise.py" else path.with_suffix("")
    return f"{place.parent.name}/{place.name}"


@pytest.mark.parametrize("source", EXERCISES, ids=_id)
def test_an_exercise_keeps_the_rules(source, path):
    assert [finding.text for finding in lint([source], [], path)] == []


@pytest.mark.parametrize("source", LESSONS, ids=_id)
def test_a_lesson_keeps_the_rules(source, path):
    assert [finding.text for finding in lint([], [source], path)] == []


@pytest.fixture(scope="module")
def proofs():
    """The proof of each exercise; all at once, so that while one waits for a lock or a server another is tried."""
    with Grader(2) as grader:
        return dict(zip(EXERCISES, prove(EXERCISES, workers=2, grader=grader), strict=True))


@pytest.mark.timeout(1500)
@pytest.mark.needs("mariadb-server", "php-cli", "ruby", "default-jdk-headless")
@pytest.mark.parametrize("source", EXERCISES, ids=_id)
def test_an_exercise_is_proved(source, proofs):
    assert [finding.text for finding in proofs[source].findings] == []
    assert proofs[source].wrong >= 3


@pytest.mark.timeout(1500)
@pytest.mark.needs("mariadb-server", "php-cli", "ruby", "default-jdk-headless")
def test_nearly_all_mutants_of_all_exercises_are_killed(proofs):
    assert total_score(list(proofs.values())) >= LEAST_SCORE
