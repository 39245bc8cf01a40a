"""The modules as Open Badges 3.0 achievement definitions, in JSON-LD: one file each, ready to be awarded by an issuer.

A definition names what was learned (`alignment`, with the same URIs as the CASE package), what it takes (`criteria`)
and which marks can be shown (`resultDescription`). A module that isn't finished says so in its criteria.
https://www.imsglobal.org/spec/ob/v3p0
"""

from __future__ import annotations

from uuid import uuid5

import msgspec

from curriculum.exports.naming import Naming
from curriculum.model import Module, Path, Skill

Node = dict[str, object]

CONTEXT = ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]


def badges(path: Path, naming: Naming) -> dict[str, bytes]:
    """Return the files: `flask.json` for the module flask, and so on, in path order."""
    return {
        f"{name}.json": msgspec.json.format(msgspec.json.encode(achievement(path, module, naming)), indent=2) + b"\n"
        for name, module in path.modules.items()
    }


def achievement(path: Path, module: Module, naming: Naming) -> Node:
    """Return the achievement definition of a module."""
    identity = uuid5(module.uuid, "achievement")
    definition: Node = {
        "@context": CONTEXT,
        "id": naming.uri(identity),
        "type": ["Achievement"],
        "name": module.title,
        "description": module.summary,
        "humanCode": module.id,
        "inLanguage": "en",
        "version": path.version,
        "achievementType": "Badge",
        "fieldOfStudy": path.title,
        "creator": {
            "id": naming.uri(naming.provider_uuid(path)),
            "type": ["Profile"],
            "name": naming.provider_of(path),
        },
        "criteria": {"narrative": criteria(module)},
        "tag": [skill.name for skill in module.skills],
        "alignment": [_alignment(path, skill, naming) for skill in module.skills],
    }
    if module.points:
        definition["resultDescription"] = [
            {
                "id": naming.uri(uuid5(identity, "marks")),
                "type": ["ResultDescription"],
                "name": "Marks",
                "resultType": "RawScore",
                "valueMin": "0",
                "valueMax": f"{module.points:g}",
            }
        ]
    return definition


def criteria(module: Module) -> str:
    """Return what it takes to earn the module's badge, in Markdown."""
    lines = ["Who earns this can:", "", *(f"- {outcome}" for outcome in module.outcomes)]
    if module.exercises:
        lines += ["", f"It takes all {module.points:g} marks of the module's exercises:", ""]
        for exercise in module.exercises:
            note = "" if exercise.status == "ready" else " (planned: not to be had yet)"
            lines.append(f"- {exercise.title}, {exercise.points:g} marks{note}")
    return "\n".join(lines)


def _alignment(path: Path, skill: Skill, naming: Naming) -> Node:
    return {
        "type": ["Alignment"],
        "targetType": "CFItem",
        "targetName": skill.name,
        "targetDescription": skill.definition,
        "targetCode": skill.id,
        "targetFramework": path.title,
        "targetUrl": naming.uri(skill.uuid),
    }
