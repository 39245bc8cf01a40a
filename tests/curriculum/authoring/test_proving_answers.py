"""Proofs about whole answers: each is seen to fail."""

from __future__ import annotations


def test_a_complete_exercise_is_proved_so_far(proved):
    proof = proved()
    assert proof.holds
    assert (proof.points, proof.wrong) == (10, 3)
    assert 0 < proof.seconds < proof.budget
    assert 20 < proof.memory < 512


def test_a_model_solution_that_misses_points_is_found_with_what_the_test_says(edit, proved, line_of):
    edit("return 100 * int(euros) + int(cents)", "return 10 * int(euros) + int(cents)")
    found = [finding for finding in proved().findings if finding.rule == "model"]
    assert [finding.line for finding in found] == [line_of("test_parse_price"), line_of("test_total")]
    assert "test_parse_price gives the model solution 0 of 5 points: AssertionError" in found[0].problem
    assert "1999" in found[0].problem
    assert "289" in found[0].problem


def test_a_test_that_the_starter_passes_is_found(edit, proved, the_one, line_of):
    edit(
        'assert student.total(["1.50", "0.25"]) == 175, hint("cents")',
        'assert hint("cents")',
    )
    edit('assert student.total(["0.10"] * 3) == 30, hint("cents")\n', "")
    edit('assert student.total([]) == 0, hint("empty")\n', "")
    found = the_one(proved().findings, "starter")
    assert found.line == line_of("test_total")
    assert found.problem == "test_total gives the untouched starter 5 of 5 points."


def test_a_wrong_answer_that_passes_the_test_it_names_is_found(edit, proved, the_one):
    edit('assert student.parse_price("19.99") == 1999, hint("exact")\n', "")
    edit('assert student.parse_price("0.29") == 29, hint("exact")\n', "")
    found = the_one(proved().findings, "wrong")
    assert found.path.name == "float-times-hundred.py"
    assert found.problem == "test_parse_price passes; nothing catches it."


def test_a_wrong_answer_that_another_test_catches_is_told_which(edit, proved, the_one):
    edit("caught_by: test_total", "caught_by: test_parse_price", "wrong/sum-in-euros.py")
    found = the_one(proved().findings, "wrong")
    assert found.problem == "test_parse_price passes; it is caught by test_total."


def test_a_wrong_answer_that_is_shown_another_hint_is_found(edit, proved, the_one):
    edit("hint: exact", "hint: parts", "wrong/float-times-hundred.py")
    found = the_one(proved().findings, "wrong")
    assert "doesn't show the hint `parts` but says: AssertionError Expected 1999, but got 1998." in found.problem


def test_a_right_answer_that_is_refused_is_found(exercise, proved, the_one):
    (exercise / "accepted").mkdir()
    (exercise / "accepted" / "decimal.py").write_text(
        "# ---\n# note: exact decimals\n# ---\n"
        '# %% grade_id="parse_price"\n'
        "from decimal import Decimal\n\n\n"
        "def parse_price(text):\n    return Decimal(text)\n"
    )
    found = next(finding for finding in proved().findings if finding.rule == "accepted")
    assert found.path.name == "decimal.py"
    assert found.problem.startswith("test_parse_price gives this right answer 0 of 5 points: AssertionError")


def test_a_right_answer_earns_all_points(exercise, proved):
    (exercise / "accepted").mkdir()
    (exercise / "accepted" / "decimal.py").write_text(
        "# ---\n# note: exact decimals\n# ---\n"
        '# %% grade_id="parse_price"\n'
        "from decimal import Decimal\n\n\n"
        "def parse_price(text):\n    return int(100 * Decimal(text))\n"
    )
    proof = proved()
    assert proof.holds
    assert proof.accepted == 1


def test_an_exercise_that_takes_longer_than_it_says_is_found(edit, proved, the_one):
    edit("# seconds: 5", "# seconds: 1")
    for name in ("parse_price", "total"):
        edit(f'grade_id="test_{name}" points=5\n', f'grade_id="test_{name}" points=5\nimport time; time.sleep(0.6)\n')
    found = the_one(proved().findings, "budget")
    assert found.line == 1
    assert "more than the 1 s in the header" in found.problem


def test_an_exercise_that_takes_too_much_memory_is_found(edit, proved, the_one):
    edit('grade_id="test_total" points=5\n', 'grade_id="test_total" points=5\nmuch = b"x" * (600 << 20)\n')
    found = the_one(proved().findings, "budget")
    assert "MiB of memory, more than the 512 MiB" in found.problem


def test_a_malformed_exercise_is_a_finding_with_its_line(edit, proved, the_one, line_of):
    edit("points=5", "points=many")
    assert the_one(proved().findings, "form").line == line_of("test_parse_price")
