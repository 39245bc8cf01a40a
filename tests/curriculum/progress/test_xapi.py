"""Statements of xAPI: held against the rules of the specification 1.0.3 on the structure of statements."""

from __future__ import annotations

import re
from datetime import datetime
from uuid import UUID

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.progress import ProgressError
from curriculum.progress.xapi import Account, statements

# Written after part two, chapters 2.2 to 2.4 and 4, of the specification: what a statement must and must not have.
IRI = {"type": "string", "pattern": r"^[A-Za-z][A-Za-z0-9+.-]*:\S+$"}
LANGUAGE_MAP = {
    "type": "object",
    "minProperties": 1,
    "patternProperties": {"^[a-z]{2,3}(-[A-Za-z0-9]+)*$": {"type": "string"}},
    "additionalProperties": False,
}
ACTIVITY = {
    "type": "object",
    "required": ["id"],
    "additionalProperties": False,
    "properties": {
        "objectType": {"const": "Activity"},
        "id": IRI,
        "definition": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"name": LANGUAGE_MAP, "description": LANGUAGE_MAP, "type": IRI, "moreInfo": IRI},
        },
    },
}
AGENT = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "objectType": {"const": "Agent"},
        "mbox": {"type": "string", "pattern": r"^mailto:[^@\s]+@[^@\s]+$"},
        "account": {
            "type": "object",
            "required": ["homePage", "name"],
            "additionalProperties": False,
            "properties": {"homePage": IRI, "name": {"type": "string", "minLength": 1}},
        },
    },
    "oneOf": [{"required": ["mbox"]}, {"required": ["account"]}],  # exactly one identifier
}
STATEMENT = {
    "type": "object",
    "required": ["id", "actor", "verb", "object", "timestamp"],
    "additionalProperties": False,
    "properties": {
        "id": {
            "type": "string",
            "pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$",
        },
        "actor": AGENT,
        "verb": {
            "type": "object",
            "required": ["id", "display"],
            "additionalProperties": False,
            "properties": {"id": IRI, "display": LANGUAGE_MAP},
        },
        "object": ACTIVITY,
        "result": {
            "type": "object",
            "minProperties": 1,
            "additionalProperties": False,
            "properties": {
                "score": {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {
                        "scaled": {"type": "number", "minimum": -1, "maximum": 1},
                        "raw": {"type": "number"},
                        "min": {"type": "number"},
                        "max": {"type": "number"},
                    },
                },
                "success": {"type": "boolean"},
                "completion": {"type": "boolean"},
                "response": {"type": "string"},
                "duration": {"type": "string", "pattern": r"^PT[0-9]+(\.[0-9]{1,2})?S$"},
            },
        },
        "context": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "platform": {"type": "string"},
                "language": {"type": "string", "pattern": "^[a-z]{2,3}$"},
                "contextActivities": {
                    "type": "object",
                    "additionalProperties": False,
                    "patternProperties": {
                        "^(parent|grouping|category|other)$": {"type": "array", "minItems": 1, "items": ACTIVITY}
                    },
                },
            },
        },
        "timestamp": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$"},
    },
}
VALIDATOR = jsonschema.Draft202012Validator(STATEMENT)

VERBS = {  # of ADL's registry; each is at http://adlnet.gov/expapi/verbs/
    "answered", "asked", "attempted", "completed", "experienced", "failed", "initialized", "passed",
}  # fmt: skip


def assert_valid(statement):
    VALIDATOR.validate(statement)
    score = statement.get("result", {}).get("score", {})
    if "raw" in score:
        assert score["min"] <= score["raw"] <= score["max"]
        assert score["min"] < score["max"]
    assert statement["verb"]["id"].removeprefix("http://adlnet.gov/expapi/verbs/") in VERBS
    datetime.fromisoformat(statement["timestamp"])


@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_whatever_happened_gives_valid_statements_one_for_each_event(logs, path, data):
    events = data.draw(logs)
    made = statements(path, events, "ann@example.org")
    for statement in made:
        assert_valid(statement)
    assert len({statement["id"] for statement in made}) == len(events)
    assert made == statements(path, events, "ann@example.org")


def test_the_verbs_say_what_happened(learner, path):
    memory, exercise, lesson = learner.memory, learner.exercise, learner.lesson
    memory.record_opened("lesson", lesson)
    memory.record_time("lesson", lesson, 90)
    memory.record_finished(lesson)
    memory.record_opened("exercise", exercise)
    memory.record_hint(exercise, "read", "id-type", 2)
    learner.fail()
    learner.check()
    memory.record_submitted(exercise)
    memory.record_solution(exercise)
    memory.record_reset(exercise, "read")
    memory.answer(path, "question:flask/routing:flask-url-for", "hard")
    made = statements(path, memory.events(), "ann@example.org")
    assert [statement["verb"]["display"]["en"] for statement in made] == [
        "experienced", "experienced", "completed", "attempted", "asked", "failed", "passed", "completed",
        "experienced", "initialized", "answered",
    ]  # fmt: skip
    results = [statement.get("result") for statement in made]
    assert results[1] == {"duration": "PT90.00S"}
    assert results[4] == {"response": "read/id-type/2"}
    assert results[5] == {"score": {"raw": 2, "min": 0, "max": 3, "scaled": 0.6667}, "success": False}
    assert results[6] == {"score": {"raw": 3, "min": 0, "max": 3, "scaled": 1}, "success": True}
    assert results[10] == {"success": True, "response": "hard"}


def test_activities_are_named_by_the_paths_lasting_ids(learner, path):
    learner.check()
    learner.memory.answer(path, "question:flask/routing:flask-url-for", "good")
    made = statements(path, learner.memory.events(), "ann@example.org")
    check, answer = made
    assert check["object"]["id"] == path.exercises[learner.exercise].uuid.urn
    assert check["object"]["definition"]["name"] == {"en": path.exercises[learner.exercise].title}
    around = check["context"]["contextActivities"]
    assert [around["parent"][0]["id"], around["grouping"][0]["id"]] == [path.modules["flask"].uuid.urn, path.uuid.urn]
    assert answer["context"]["contextActivities"]["parent"][0]["id"] == path.lessons[learner.lesson].uuid.urn
    assert UUID(answer["object"]["id"].removeprefix("urn:uuid:"))


def test_a_check_without_marks_claims_none(learner, path):
    graded = learner.result()
    learner.memory.record_check(learner.exercise, graded)
    (statement,) = statements(path, learner.memory.events(), "ann@example.org")
    assert_valid(statement)
    assert (statement["verb"]["display"]["en"], statement.get("result")) == ("attempted", None)


def test_what_the_path_has_no_longer_is_still_named(learner, path):
    learner.memory.record_opened("lesson", "flask/was-here")
    learner.memory.record_opened("exercise", "gone/too")
    for statement, name in zip(
        statements(path, learner.memory.events(), "ann@example.org"), ("flask/was-here", "gone/too"), strict=True
    ):
        assert_valid(statement)
        assert statement["object"]["definition"]["name"]["en"] == name


def test_the_learner_is_whom_they_say(path, learner):
    learner.memory.record_opened("lesson", learner.lesson)
    events = learner.memory.events()
    account = Account(home_page="https://lms.example.org", name="17")
    for who, actor in (
        ("ann@example.org", {"objectType": "Agent", "mbox": "mailto:ann@example.org"}),
        ("mailto:ann@example.org", {"objectType": "Agent", "mbox": "mailto:ann@example.org"}),
        (account, {"objectType": "Agent", "account": {"homePage": "https://lms.example.org", "name": "17"}}),
    ):
        (statement,) = statements(path, events, who)
        assert_valid(statement)
        assert statement["actor"] == actor


@pytest.mark.parametrize("who", ["", "ann", "ann@", "@example.org", "a b@example.org", "ann@@example.org", "ann@x\n"])
def test_a_bad_address_is_refused(path, who):
    with pytest.raises(ProgressError, match="is no e-mail address"):
        statements(path, [], who)


@pytest.mark.parametrize("account", [("lms.example.org", "17"), ("https://lms.example.org", ""), ("https://a b", "1")])
def test_a_bad_account_is_refused(path, account):
    with pytest.raises(ProgressError, match=re.escape(account[0])):
        statements(path, [], Account(home_page=account[0], name=account[1]))
