"""Proofs that hold are remembered by content; an unchanged exercise costs nothing."""

from __future__ import annotations

import pytest

from curriculum.authoring import cache
from curriculum.authoring.finding import Finding
from curriculum.authoring.proof import MutantCount, Proof
from curriculum.authoring.prove import prove


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("BACKEND_PATH_PROOFS", str(tmp_path / "proofs"))
    return tmp_path / "proofs"


@pytest.fixture
def source(exercise):
    return exercise / "exercise.py"


PROOF = Proof("shop/prices", (), points=10, wrong=3, mutants=MutantCount(6, 6, 6), seconds=0.5, budget=5)


def test_a_remembered_proof_comes_back_as_it_was(source):
    assert cache.recall(source) is None
    cache.remember(source, PROOF)
    recalled = cache.recall(source)
    assert recalled is not None
    assert recalled.cached
    assert recalled.mutants == PROOF.mutants


def test_an_unchanged_exercise_is_not_graded_again(source, grader):
    cache.remember(source, PROOF)
    told = []
    (proof,) = prove([source], workers=1, grader=grader, progress=lambda *news: told.append(news))
    assert proof.cached
    assert told == []


@pytest.mark.parametrize("file", ["exercise.py", "hints.yaml", "wrong/sum-in-euros.py", "files/new.txt"])
def test_any_change_in_the_folder_makes_it_new(source, file):
    cache.remember(source, PROOF)
    target = source.parent / file
    target.parent.mkdir(exist_ok=True)
    target.write_text((target.read_text() if target.exists() else "") + "\n")
    assert cache.recall(source) is None


def test_moving_text_from_one_file_to_another_makes_it_new(source):
    cache.remember(source, PROOF)
    hints = source.parent / "hints.yaml"
    hints.rename(source.parent / "hints.yml")
    assert cache.recall(source) is None


def test_a_damaged_memory_is_no_memory(source, folder):
    cache.remember(source, PROOF)
    (file,) = folder.iterdir()
    file.write_text("{")
    assert cache.recall(source) is None


def test_a_proof_that_does_not_hold_and_a_part_of_one_are_not_remembered(source, grader, edit, folder):
    prove([source], parts=("answers",), workers=1, grader=grader)
    edit("hint: exact", "hint: parts", "wrong/float-times-hundred.py")
    (proof,) = prove([source], parts=("answers", "cheats"), workers=1, grader=grader)
    assert not proof.holds
    assert not folder.exists()


def test_findings_say_file_line_and_rule(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    finding = Finding(tmp_path / "a" / "b.py", 3, "rule", "It is so.", "Make it otherwise.", "- a\n+ b\n")
    assert finding.text == "a/b.py:3: It is so. Make it otherwise. [rule]\n- a\n+ b"
