"""The path as a 1EdTech CASE 1.1 package: modules, outcomes and skills as items, and how they hang together.

A skill or an outcome `isChildOf` its module, a module of the document; a prerequisite `precedes` the skill that needs
it. Identifiers are our lasting UUIDs, those of outcomes and associations are derived from them: a package made again
has the same ones. https://www.imsglobal.org/spec/case/v1p1
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path as FilePath
from uuid import UUID, uuid5

import msgspec

from curriculum.exports.naming import Naming
from curriculum.model import Module, Path, Skill

Node = dict[str, object]

_LANGUAGE = "en"
_ITEM_TYPES = {
    "Module": "A part of the path that is learned together.",
    "Outcome": "What one can do after a module.",
    "Skill": "One thing that a learner can do.",
}


def package(path: Path, naming: Naming, changed: datetime | None = None) -> bytes:
    """Return the CFPackage as JSON.

    Args:
        path: the path.
        naming: how the parts are called outside.
        changed: when the data last changed; by default `last_change` says.
    """
    return _Package(path, naming, changed or last_change(path)).as_json()


def last_change(path: Path) -> datetime:
    """Return when the path's data last changed, in UTC and whole seconds.

    That is the time of the newest file it was read from; the time named by SOURCE_DATE_EPOCH (seconds since 1970, the
    convention of reproducible builds) when that is set; and now for a path made in memory.
    """
    if (seconds := os.environ.get("SOURCE_DATE_EPOCH", "")).isdigit():
        return datetime.fromtimestamp(int(seconds), UTC)
    origin = FilePath(path.origin) if path.origin else None
    times = [file.stat().st_mtime for file in _files(origin)] if origin else []
    return (datetime.fromtimestamp(max(times), UTC) if times else datetime.now(UTC)).replace(microsecond=0)


def _files(origin: FilePath) -> list[FilePath]:
    return [file for file in (origin, *origin.rglob("*")) if file.is_file()]


class _Package:
    """The package in the making: what every part of it needs to know."""

    def __init__(self, path: Path, naming: Naming, changed: datetime) -> None:
        self.path = path
        self.naming = naming
        self.changed = changed.strftime("%Y-%m-%dT%H:%M:%SZ")

    def as_json(self) -> bytes:
        whole = {
            "CFDocument": self._document(),
            "CFItems": list(self._items()),
            "CFAssociations": list(self._associations()),
            "CFDefinitions": {"CFItemTypes": [self._item_type(name) for name in _ITEM_TYPES]},
        }
        return msgspec.json.format(msgspec.json.encode(whole), indent=2) + b"\n"

    def _document(self) -> Node:
        return {
            **self._identity(self.path.uuid),
            "caseVersion": "1.1",
            "title": self.path.title,
            "creator": self.naming.provider_of(self.path),
            "description": self.path.description,
            "language": _LANGUAGE,
            "version": self.path.version,
        }

    def _items(self) -> Iterator[Node]:
        for module in self.path.modules.values():
            yield {
                **self._identity(module.uuid),
                **self._type("Module"),
                "fullStatement": module.summary,
                "abbreviatedStatement": module.title,
                "humanCodingScheme": module.id,
                "language": _LANGUAGE,
            }
            for outcome in module.outcomes:
                yield {
                    **self._identity(_outcome_uuid(module, outcome)),
                    **self._type("Outcome"),
                    "fullStatement": outcome,
                    "language": _LANGUAGE,
                }
            for skill in module.skills:
                yield self._skill(skill)

    def _skill(self, skill: Skill) -> Node:
        item: Node = {
            **self._identity(skill.uuid),
            **self._type("Skill"),
            "fullStatement": skill.definition,
            "abbreviatedStatement": skill.name,
            "humanCodingScheme": skill.id,
            "language": _LANGUAGE,
            "educationLevel": [skill.level],
        }
        if skill.phrases:
            item["conceptKeywords"] = list(skill.phrases)
        links = {name: list(ids) for name, ids in msgspec.structs.asdict(skill.links).items() if ids}
        if links:
            item["extensions"] = links
        return item

    def _associations(self) -> Iterator[Node]:
        for position, module in enumerate(self.path.modules.values(), start=1):
            title = (module.uuid, module.title)
            yield self._association("isChildOf", title, (self.path.uuid, self.path.title), position)
            children = [(_outcome_uuid(module, outcome), outcome) for outcome in module.outcomes]
            children += [(skill.uuid, skill.name) for skill in module.skills]
            for place, child in enumerate(children, start=1):
                yield self._association("isChildOf", child, title, place)
        for skill in self.path.skills.values():
            for name in skill.prerequisites:
                before = self.path.skills[name]
                yield self._association("precedes", (before.uuid, before.name), (skill.uuid, skill.name))

    def _association(
        self, kind: str, origin: tuple[UUID, str], destination: tuple[UUID, str], position: int | None = None
    ) -> Node:
        association: Node = {
            **self._identity(uuid5(origin[0], f"{kind}:{destination[0]}")),
            "associationType": kind,
            "originNodeURI": self._link(*origin),
            "destinationNodeURI": self._link(*destination),
        }
        if position is not None:
            association["sequenceNumber"] = position
        return association

    def _identity(self, identity: UUID) -> Node:
        return {"identifier": str(identity), "uri": self.naming.uri(identity), "lastChangeDateTime": self.changed}

    def _link(self, identity: UUID, title: str) -> Node:
        return {"title": title, "identifier": str(identity), "uri": self.naming.uri(identity)}

    def _type(self, name: str) -> Node:
        return {"CFItemType": name, "CFItemTypeURI": self._link(self._type_uuid(name), name)}

    def _type_uuid(self, name: str) -> UUID:
        return uuid5(self.path.uuid, f"item type:{name}")

    def _item_type(self, name: str) -> Node:
        return {
            **self._identity(self._type_uuid(name)),
            "title": name,
            "description": _ITEM_TYPES[name],
            "hierarchyCode": str(list(_ITEM_TYPES).index(name) + 1),
        }


def _outcome_uuid(module: Module, outcome: str) -> UUID:
    """Return an outcome's identity: it lasts as long as its words."""
    return uuid5(module.uuid, f"outcome:{outcome}")
