"""The badges are Open Badges 3.0: openbadgeslib reads them, and signs and verifies credentials that award them.

Its verifier brings the published contexts along and refuses a document with a term that they don't define.
"""

from __future__ import annotations

import copy
import json

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from openbadgeslib.ob3 import (
    OB3LdpVerifier,
    OB3VerificationError,
    OpenBadgeCredential,
    add_data_integrity_proof,
    did_key_from_pem,
)

from curriculum.exports import export


@pytest.fixture(scope="module")
def key():
    return Ed25519PrivateKey.generate()


@pytest.fixture(scope="module")
def award(key):
    """Return the signed credential by which a school awards an achievement."""
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    issuer = did_key_from_pem(public_pem(key))

    def awarded(definition):
        achievement = copy.deepcopy(definition)
        credential = {
            "@context": achievement.pop("@context"),
            "id": "urn:uuid:0f0b7f5c-3a52-4d5a-9d1b-0d3f1f3f5a11",
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "name": achievement["name"],
            "issuer": {"id": issuer, "type": ["Profile"], "name": "A school"},
            "validFrom": "2025-01-06T09:00:00Z",
            "credentialSubject": {
                "type": ["AchievementSubject"],
                "id": "mailto:learner@school.example",
                "achievement": achievement,
            },
        }
        return add_data_integrity_proof(credential, private, f"{issuer}#{issuer.removeprefix('did:key:')}")

    return awarded


def public_pem(key) -> bytes:
    return key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


@pytest.fixture(scope="module")
def definitions(own):
    return {name: json.loads(content) for name, content in export(own, "badges").items()}


def test_each_module_has_one(own, definitions):
    assert list(definitions) == [f"{name}.json" for name in own.modules]
    identities = [definition["id"] for definition in definitions.values()]
    assert len(set(identities)) == len(own.modules)


@pytest.mark.parametrize("name", ["tools.json", "flask.json", "capstone.json"])
def test_a_credential_that_awards_it_is_signed_verified_and_read(name, definitions, award, key):
    definition = definitions[name]
    read = OB3LdpVerifier(public_pem(key)).verify(award(definition))
    achievement = read.achievement
    assert (achievement.id, achievement.name) == (definition["id"], definition["name"])
    assert achievement.criteria_narrative == definition["criteria"]["narrative"]
    assert achievement.achievement_type == "Badge"
    assert [it.target_code for it in achievement.alignments] == [it["targetCode"] for it in definition["alignment"]]
    assert achievement.result_descriptions[0].value_max == definition["resultDescription"][0]["valueMax"]


def test_the_verifier_would_not_take_a_term_that_open_badges_does_not_define(definitions, award, key):
    wrong = {**definitions["flask.json"], "marksNeeded": "all"}
    with pytest.raises(OB3VerificationError, match="marksNeeded"):
        OB3LdpVerifier(public_pem(key)).verify(award(wrong))


def test_all_are_read(definitions):
    for definition in definitions.values():
        vc = {
            "@context": definition["@context"],
            "id": "urn:uuid:0f0b7f5c-3a52-4d5a-9d1b-0d3f1f3f5a11",
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "issuer": definition["creator"],
            "validFrom": "2025-01-06T09:00:00Z",
            "credentialSubject": {"type": ["AchievementSubject"], "id": "urn:uuid:0", "achievement": definition},
        }
        read = OpenBadgeCredential.from_vc_document(vc).achievement.to_dict()
        alike = {name: value for name, value in read.items() if name != "alignment"}
        assert alike == {name: definition[name] for name in alike}


def test_alignments_name_the_same_things_as_the_case_package(own, definitions):
    items = {it["uri"] for it in json.loads(export(own, "case")["case-package.json"])["CFItems"]}
    assert all(it["targetUrl"] in items for definition in definitions.values() for it in definition["alignment"])


def test_what_is_planned_is_said_to_be(own, definitions):
    for module in own.modules.values():
        narrative = definitions[f"{module.id}.json"]["criteria"]["narrative"]
        assert narrative.count("planned") >= sum(part.status == "planned" for part in module.exercises)
        assert all(exercise.title in narrative for exercise in module.exercises)
