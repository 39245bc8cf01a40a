"""Every exercise and lesson of the course keeps the rules, and every exercise is proved.

Proofs that held are remembered by content, so a second run costs nothing.
"""

from __future__ import annotations

from pathlib import Path

import pytest

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


@pytest.mark.needs("mariadb-server", "php-cli", "ruby", "default-jdk-headless")
@pytest.mark.parametrize("source", EXERCISES, ids=_id)
def test_an_exercise_is_proved(source, grader):
    (proof,) = prove([source], workers=1, grader=grader)
    assert [finding.text for finding in proof.findings] == []
    assert proof.wrong >= 3


@pytest.mark.after_all_proofs
@pytest.mark.needs("mariadb-server", "php-cli", "ruby", "default-jdk-headless")
def test_nearly_all_mutants_of_all_exercises_are_killed(grader):
    assert total_score(prove(EXERCISES, workers=1, grader=grader)) >= LEAST_SCORE
