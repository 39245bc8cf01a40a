"""Proofs about mutants, universal cheats, and nbgrader's own marks: each is seen to fail."""

from __future__ import annotations

import pytest
import yaml

WEAK = 'assert student.parse_price("1200.00") == 120000, hint("parts")'


def test_the_mutants_of_a_complete_exercise_are_killed(proved):
    proof = proved("mutants", "cheats")
    assert proof.holds
    assert proof.mutants.killed == proof.mutants.run == proof.mutants.made > 4
    assert proof.mutants.score == 1
    assert proof.cheats == 12


@pytest.fixture
def weak(edit):
    """An exercise whose tests never see a whole euro."""
    edit('assert student.parse_price("19.99") == 1999, hint("exact")', 'assert student.parse_price("0.99") == 99')
    edit('assert student.parse_price("3.05") == 305, hint("parts")\n', "")
    edit('assert student.parse_price("0.29") == 29, hint("exact")\n', "")
    edit(WEAK, 'assert student.parse_price("0.05") == 5')
    edit('assert student.total(["1.50", "0.25"]) == 175, hint("cents")', 'assert student.total(["0.25"]) == 25')


@pytest.mark.usefixtures("weak")
def test_a_weak_test_is_found_by_the_mutant_that_survives_it(proved, the_one, line_of):
    proof = proved("mutants")
    survivor = the_one(proof.findings, "mutant")
    assert proof.mutants.survived == 1
    assert proof.mutants.score < 1
    assert survivor.line == line_of("return 100 *")
    assert "-    return 100 * int(euros) + int(cents)" in survivor.detail
    assert "+    return 101 * int(euros) + int(cents)" in survivor.detail


@pytest.mark.usefixtures("weak")
def test_a_survivor_with_a_written_reason_is_excused_and_not_counted_as_killed(exercise, proved):
    entries = [
        {**yaml.safe_load(finding.detail[finding.detail.index("- task:") :])[0], "reason": "It is only an example."}
        for finding in proved("mutants").findings
        if finding.rule == "mutant"
    ]
    (exercise / "mutants.yaml").write_text(yaml.safe_dump(entries))
    proof = proved("mutants")
    assert [finding for finding in proof.findings if finding.rule in ("mutant", "reason")] == []
    assert proof.mutants.excused == len(entries)
    assert proof.mutants.killed == proof.mutants.run - len(entries)
    assert proof.mutants.score < 1


def test_a_reason_that_no_survivor_needs_must_go(exercise, proved, the_one):
    reason = {"task": "total", "was": "return sum(…)", "becomes": "return 0", "reason": "It was needed once."}
    (exercise / "mutants.yaml").write_text(yaml.safe_dump([reason], allow_unicode=True))
    found = the_one(proved("mutants").findings, "reason")
    assert found.path.name == "mutants.yaml"
    assert "no mutant survives" in found.problem


@pytest.mark.usefixtures("weak")
def test_a_reason_that_says_nothing_is_refused(exercise, proved):
    detail = next(finding.detail for finding in proved("mutants").findings if finding.rule == "mutant")
    (exercise / "mutants.yaml").write_text(detail[detail.index("- task:") :])
    assert any("for the reason ''" in finding.problem for finding in proved("mutants").findings)


def test_reasons_that_are_malformed_are_a_finding_with_the_line(exercise, proved, the_one):
    (exercise / "mutants.yaml").write_text("- task: total\n  because: no\n")
    assert "because" in the_one(proved("mutants").findings, "form").problem


def test_a_mutant_that_never_ends_is_killed(edit, proved):
    edit(
        "return sum(parse_price(price) for price in prices)",
        "at = done = 0\n"
        "    while at < len(prices):\n"
        "        done += parse_price(prices[at])\n"
        "        at += 1\n"
        "    return done",
    )
    proof = proved("mutants")
    assert proof.holds
    assert proof.mutants.killed == proof.mutants.run


def test_a_test_that_a_constant_passes_is_found(edit, proved, the_one, line_of):
    edit(
        'assert student.total(["1.50", "0.25"]) == 175, hint("cents")',
        'assert student.total(["1.50", "0.25"]), hint("cents")',
    )
    edit('assert student.total(["0.10"] * 3) == 30, hint("cents")\n', "")
    edit('assert student.total([]) == 0, hint("empty")\n', "")
    found = the_one(proved("cheats").findings, "cheat")
    assert found.line == line_of("test_total")
    assert "the constant True" in found.problem
    assert "the constant 1" in found.problem


def test_a_test_that_the_argument_itself_passes_is_found(edit, proved, the_one):
    edit(
        'assert student.parse_price("19.99") == 1999, hint("exact")', 'assert "9" in str(student.parse_price("19.99"))'
    )
    edit('assert student.parse_price("3.05") == 305, hint("parts")\n', "")
    edit('assert student.parse_price("0.29") == 29, hint("exact")\n', "")
    edit(WEAK, "")
    assert "functions that return their argument" in the_one(proved("cheats").findings, "cheat").problem


def test_a_test_whose_marks_differ_under_nbgrader_is_found(edit, proved, the_one, line_of):
    edit(
        'assert student.total([]) == 0, hint("empty")',
        'assert student.total([]) == 0, hint("empty")\n'
        'import os; assert "TMPDIR" in os.environ, "only the engine sets it"',
    )
    found = the_one(proved("nbgrader").findings, "nbgrader")
    assert found.line == line_of("test_total")
    assert found.problem.startswith("test_total gives model 5 points, and 0 under nbgrader (AssertionError")
