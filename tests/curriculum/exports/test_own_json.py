"""Our own JSON comes back exactly, and its JSON Schema draws the same line as the loader."""

from __future__ import annotations

import copy
import json
import tempfile
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import curriculum
from curriculum.exports import export


@pytest.fixture(scope="session")
def validator():
    schema = json.loads(export(curriculum.load(), "schema")["backend-path.schema.json"])
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker(["uuid"]))


@pytest.fixture(scope="session")
def own_values(own):
    return json.loads(export(own, "json")["backend-path.json"])


def read_back(content: bytes) -> curriculum.Path:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "path.json")
        file.write_bytes(content)
        return curriculum.load(file)


def test_the_whole_path_comes_back_equal_and_is_written_the_same_again(own):
    written = export(own, "json")["backend-path.json"]
    again = read_back(written)
    assert again == own
    assert export(again, "json")["backend-path.json"] == written


@given(data=st.data())
@settings(max_examples=20, deadline=None)
def test_any_path_comes_back_equal_and_follows_the_schema(data, curricula, validator):
    path = data.draw(curricula)
    written = export(path, "json")["backend-path.json"]
    assert read_back(written) == path
    validator.validate(json.loads(written))


def test_the_whole_path_follows_the_schema(own_values, validator):
    validator.validate(own_values)


def test_the_schema_describes_every_field(own):
    schema = json.loads(export(own, "schema")["backend-path.schema.json"])
    assert schema["$defs"].keys() >= {"PathData", "Module", "Skill", "Lesson", "Exercise", "CoverageItem", "Links"}
    for name, definition in schema["$defs"].items():
        assert definition["description"], name
        for field, described in definition["properties"].items():
            assert described.get("description"), f"{name}.{field}"


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("title",), 7),
        (("format",), "backend-path/2"),
        (("modules", 0, "id"), "Not An Id"),
        (("modules", 0, "colour"), "blue"),
        (("modules", 0, "outcomes"), []),
        (("modules", 0, "skills", 0, "level"), "expert"),
        (("modules", 0, "skills", 0, "id"), "no-namespace"),
        (("modules", 0, "lessons", 0, "minutes"), 0),
        (("modules", 0, "lessons", 0, "skills"), []),
        (("modules", 0, "exercises", 0, "kind"), "quiz"),
        (("modules", 0, "exercises", 0, "points"), -1),
        (("modules", 0, "exercises", 0, "uuid"), "not-a-uuid"),
        (("coverage", 0, "id"), "S 1"),
    ],
)
def test_what_the_schema_refuses_the_loader_refuses_too(own_values, validator, place, value):
    broken = copy.deepcopy(own_values)
    holder = broken
    for step in place[:-1]:
        holder = holder[step]
    holder[place[-1]] = value
    assert not validator.is_valid(broken)
    with pytest.raises(curriculum.DataError) as raised:
        read_back(json.dumps(broken).encode())
    assert str(place[-1]) in f"{raised.value.place} {raised.value.problem}"
