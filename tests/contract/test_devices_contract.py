"""One contract, in five languages: kept by five implementations, and broken by each that should be caught."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from autograder.exceptions import StudentWorkError

RULES = [
    "test_create",
    "test_read",
    "test_refuse",
    "test_conflict",
    "test_filter",
    "test_pages",
    "test_replace",
    "test_delete",
    "test_errors",
    "test_storage",
]

BROKEN = yaml.safe_load((Path(__file__).parent / "broken.yaml").read_text(encoding="utf-8"))


def test_the_contracts_rules_are_the_ones_tested_here(contract) -> None:
    assert list(contract.rules) == RULES


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(
    "implementation",
    [
        "flask",
        pytest.param("php", marks=pytest.mark.needs("php-cli")),
        pytest.param("service.rb", marks=pytest.mark.needs("ruby", "ruby-webrick")),
        pytest.param("Service.java", marks=pytest.mark.needs("default-jdk-headless")),
        "service.mjs",
    ],
    indirect=True,
)
def test_the_contract_holds_in_every_language(implementation, rule: str) -> None:
    implementation.keeps(rule)


@pytest.mark.parametrize(
    ("rule", "case"),
    [pytest.param(rule, case, id=case["wrong"]) for rule, cases in BROKEN.items() for case in cases],
)
def test_the_contract_catches_what_breaks_it(in_node, rule: str, case: dict[str, str]) -> None:
    broken = in_node(case["was"], case["becomes"])
    with pytest.raises((AssertionError, StudentWorkError)):
        broken.keeps(rule)


def test_every_rule_has_been_seen_to_catch_something() -> None:
    assert list(BROKEN) == RULES


def test_the_exercise_in_php_asks_for_the_whole_contract(contract, rules_in_php, statements) -> None:
    assert list(rules_in_php.rules) == RULES
    for rule in RULES:
        asked = iter(statements(rules_in_php.rules[rule]))
        missing = [line for line in statements(contract.rules[rule]) if line not in asked]
        assert missing == [], f"{rule} of php/http-service lacks what flask/mini-api asks for"


def test_both_exercises_state_the_contract_in_the_same_words(mini_api, http_service) -> None:
    stated, again = (
        [cell.source for cell in exercise.cells if cell.source.startswith("## The contract")]
        for exercise in (mini_api, http_service)
    )
    assert len(stated) == 1
    assert again == stated
