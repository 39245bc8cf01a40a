"""The CASE package keeps to the published schema's rules, and hangs together.

1EdTech's JSON Schema of the CFPackage (https://purl.imsglobal.org/spec/case/v1p1/schema/json/) isn't under a licence by
which it could be copied into this project, and no Python package carries it. `RULES` says again, in few words, what
it asks of the parts used here: which fields there are, which must be there, their types, and that there are no others.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime

import jsonschema
import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.exports import Naming, export

TEXT = {"type": "string"}
TEXTS = {"type": "array", "items": TEXT}
UUID = {"type": "string", "format": "uuid"}
TIME = {"type": "string", "format": "date-time"}
FREE = {"type": "object"}


def a_thing(required: dict, **optional: object) -> dict:
    """Return the schema of an object that has all the required fields, perhaps some optional, and no other."""
    return {
        "type": "object",
        "properties": {**required, **optional},
        "required": list(required),
        "additionalProperties": False,
    }


def several(schema: dict) -> dict:
    return {"type": "array", "items": schema}


IDENTITY = {"identifier": UUID, "uri": TEXT, "lastChangeDateTime": TIME}
LINK = a_thing({"title": TEXT, "identifier": UUID, "uri": TEXT})
NODE_LINK = a_thing({"title": TEXT, "identifier": TEXT, "uri": TEXT}, targetType=TEXT)
KINDS = [
    "isChildOf",
    "isPeerOf",
    "isPartOf",
    "exactMatchOf",
    "precedes",
    "isRelatedTo",
    "replacedBy",
    "exemplar",
    "hasSkillLevel",
    "isTranslationOf",
]
RULES = a_thing(
    {
        "CFDocument": a_thing(
            {**IDENTITY, "creator": TEXT, "title": TEXT},
            caseVersion={"enum": ["1.1"]},
            frameworkType=TEXT,
            officialSourceURL=TEXT,
            publisher=TEXT,
            description=TEXT,
            subject=TEXTS,
            subjectURI=several(LINK),
            language=TEXT,
            version=TEXT,
            adoptionStatus=TEXT,
            licenseURI=LINK,
            notes=TEXT,
            extensions=FREE,
        )
    },
    CFItems=several(
        a_thing(
            {**IDENTITY, "fullStatement": TEXT},
            alternativeLabel=TEXT,
            CFItemType=TEXT,
            CFItemTypeURI=LINK,
            humanCodingScheme=TEXT,
            listEnumeration=TEXT,
            abbreviatedStatement=TEXT,
            conceptKeywords=TEXTS,
            notes=TEXT,
            subject=TEXTS,
            language=TEXT,
            educationLevel=TEXTS,
            extensions=FREE,
        )
    ),
    CFAssociations=several(
        a_thing(
            {
                **IDENTITY,
                "associationType": {"enum": KINDS},
                "originNodeURI": NODE_LINK,
                "destinationNodeURI": NODE_LINK,
            },
            sequenceNumber={"type": "integer"},
            notes=TEXT,
            extensions=FREE,
        )
    ),
    CFDefinitions=a_thing(
        {},
        CFItemTypes=several(
            a_thing(
                {**IDENTITY, "title": TEXT, "description": TEXT, "hierarchyCode": TEXT}, typeCode=TEXT, extensions=FREE
            )
        ),
    ),
)


@pytest.fixture(scope="session")
def validator():
    jsonschema.Draft201909Validator.check_schema(RULES)
    return jsonschema.Draft201909Validator(RULES, format_checker=jsonschema.FormatChecker(["uuid"]))


def package_of(path, naming=None):
    return json.loads(export(path, "case", naming)["case-package.json"])


@pytest.fixture(scope="module")
def package(own):
    return package_of(own)


def test_the_package_keeps_to_the_published_rules(package, validator):
    validator.validate(package)
    changed = datetime.fromisoformat(package["CFDocument"]["lastChangeDateTime"])
    assert changed.tzinfo is UTC
    assert changed <= datetime.now(UTC)


@given(data=st.data())
@settings(max_examples=10, deadline=None)
def test_so_does_the_package_of_any_path(data, curricula, validator):
    package = package_of(data.draw(curricula))
    validator.validate(package)
    assert_links_meet(package)


def assert_links_meet(package):
    things = [package["CFDocument"], *package["CFItems"], *package["CFDefinitions"]["CFItemTypes"]]
    uris = {thing["identifier"]: thing["uri"] for thing in things}
    assert len(uris) == len(things)
    links = [it[end] for it in package["CFAssociations"] for end in ("originNodeURI", "destinationNodeURI")]
    links += [item["CFItemTypeURI"] for item in package["CFItems"]]
    assert all(uris[link["identifier"]] == link["uri"] for link in links)
    identifiers = [it["identifier"] for it in package["CFAssociations"]]
    assert len(set(identifiers)) == len(identifiers)


def test_every_link_meets_what_it_names(package):
    assert_links_meet(package)


def graph_of(package, kind):
    graph = networkx.DiGraph()
    for it in package["CFAssociations"]:
        if it["associationType"] == kind:
            graph.add_edge(it["originNodeURI"]["identifier"], it["destinationNodeURI"]["identifier"])
    return graph


def test_all_items_hang_below_the_document_as_one_tree(package):
    tree = graph_of(package, "isChildOf").reverse()
    assert networkx.is_arborescence(tree)
    assert next(node for node, count in tree.in_degree() if count == 0) == package["CFDocument"]["identifier"]
    assert set(tree) == {it["identifier"] for it in package["CFItems"]} | {package["CFDocument"]["identifier"]}


def test_prerequisites_precede_and_never_in_a_circle(own, package):
    order = graph_of(package, "precedes")
    assert networkx.is_directed_acyclic_graph(order)
    assert set(order.edges) == {
        (str(own.skills[name].uuid), str(skill.uuid)) for skill in own.skills.values() for name in skill.prerequisites
    }


def test_identifiers_are_the_paths_own_and_stay_the_same(own, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    package = package_of(own)
    items = {it.get("humanCodingScheme"): it["identifier"] for it in package["CFItems"]}
    assert items["flask.routing"] == str(own.skills["flask.routing"].uuid)
    assert package_of(own) == package


def test_the_time_can_be_given_from_outside(own, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    assert package_of(own)["CFDocument"]["lastChangeDateTime"] == "2027-01-15T08:00:00Z"


def test_published_addresses_replace_the_names(own, validator):
    package = package_of(own, Naming(base="https://school.example/case/"))
    validator.validate(package)
    assert all(it["uri"] == f"https://school.example/case/{it['identifier']}" for it in package["CFItems"])
