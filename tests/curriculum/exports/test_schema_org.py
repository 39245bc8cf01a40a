"""The JSON-LD says what schema.org's vocabulary can say, and nothing that it can't."""

from __future__ import annotations

import json
import re

import pytest
from pyld import jsonld

from curriculum.exports import Naming, export
from curriculum.exports.schema_org import duration

# what https://schema.org serves as its context comes down to this for the terms used here
CONTEXT = {"@vocab": "http://schema.org/", "inDefinedTermSet": {"@type": "@id"}, "sameAs": {"@type": "@id"}}


@pytest.fixture(scope="module")
def document(own):
    return json.loads(export(own, "jsonld")["courses.jsonld"])


@pytest.fixture(scope="module")
def courses(document):
    return {node["courseCode"]: node for node in document["@graph"] if node["@type"] == "Course"}


def test_every_type_property_and_value_is_one_of_schema_orgs(document, schema_org):
    def built(value):
        """Make the library's strict models of the nodes, the innermost first."""
        if isinstance(value, list):
            return [built(item) for item in value]
        if not isinstance(value, dict):
            return value
        return getattr(schema_org, value["@type"]).model_validate({name: built(it) for name, it in value.items()})

    for node in document["@graph"]:
        again = built(node).to_jsonld()
        del again["@context"]
        assert again == node
    wrong = {"@type": "Course", "name": "x", "courseWorkload": "PT1H"}
    with pytest.raises(ValueError, match="courseWorkload"):
        built(wrong)


def test_a_json_ld_processor_drops_nothing(document):
    local = {**document, "@context": CONTEXT}
    compacted = jsonld.compact(jsonld.expand(local), CONTEXT, options={"graph": True})

    def listed(value):
        """Return a value with no list of one: to JSON-LD it is the same as the one."""
        if isinstance(value, dict):
            return {name: it if name == "@id" else listed(it) for name, it in value.items()}
        return [listed(it) for it in value][0 if len(value) == 1 else slice(None)] if isinstance(value, list) else value

    assert listed(compacted["@graph"]) == listed(document["@graph"])


def test_a_module_is_a_course_with_what_the_search_engines_ask_for(own, courses):
    assert set(courses) == {own.id, *own.modules}
    for name, module in own.modules.items():
        course = courses[name]
        assert course["name"] == module.title
        assert course["description"] == module.summary
        assert course["provider"]["name"] == own.title
        assert [it["termCode"] for it in course["teaches"] if isinstance(it, dict)] == [it.id for it in module.skills]
        assert [it["identifier"] for it in course["syllabusSections"]] == [it.id for it in module.parts]
        assert course["hasCourseInstance"][0]["courseMode"]
        assert course["hasCourseInstance"][0]["courseWorkload"] == duration(module.minutes)


def test_prerequisites_are_courses_of_the_same_document(document, courses):
    known = {node["@id"] for node in document["@graph"]}
    asked = {it["@id"] for course in courses.values() for it in course.get("coursePrerequisites", ())}
    assert asked
    assert asked <= known
    assert "tools" not in {name for name, course in courses.items() if "coursePrerequisites" in course}


def test_what_is_planned_is_not_called_ready(own, courses):
    said = {
        it["identifier"]: it["creativeWorkStatus"] for name in own.modules for it in courses[name]["syllabusSections"]
    }
    assert said == {part.id: part.status for module in own.modules.values() for part in module.parts}


def test_a_school_gives_its_own_name_and_address(own):
    naming = Naming(base="https://school.example/path", provider="The School")
    document = json.loads(export(own, "jsonld", naming)["courses.jsonld"])
    course = next(node for node in document["@graph"] if node.get("courseCode") == "flask")
    assert course["provider"]["name"] == "The School"
    assert course["@id"] == f"https://school.example/path/{own.modules['flask'].uuid}"
    assert not re.search("urn:uuid", json.dumps(document))
