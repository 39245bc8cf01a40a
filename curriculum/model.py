"""The learning path as typed data: frozen structs, and the questions a path can answer.

A `Path` holds modules, a module its skills, lessons and exercises. The work behind the methods is done in modules of
their own (`curriculum.graph`, `planning`, `trace`, …), imported where they are used, so that `import curriculum` stays
light.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
from msgspec import Meta

if TYPE_CHECKING:
    pass

Level = Literal["foundation", "working", "advanced"]
Kind = Literal["function", "http", "database", "program", "prose"]
Status = Literal["ready", "planned"]

NAMESPACE = uuid.UUID("6f1d0f2c-5d0b-5a53-9a38-6a1c6c3e3a55")
"""The namespace of all derived UUIDs: `uuid5(NAMESPACE, "skill:sql.joins")`."""

NIL = uuid.UUID(int=0)

FORMAT = "backend-path/1"
"""What stands in the field `format` of our own JSON."""

_NAME = "[a-z0-9]+(-[a-z0-9]+)*"

Text = Annotated[str, Meta(min_length=1, max_length=10_000)]
ModuleId = Annotated[str, Meta(pattern=rf"^{_NAME}\z".replace(r"\z", r"\Z"), max_length=100)]
SkillId = Annotated[str, Meta(pattern=rf"^{_NAME}\.{_NAME}\Z", max_length=200)]
PartId = Annotated[str, Meta(pattern=rf"^{_NAME}/{_NAME}\Z", max_length=200)]
CoverageId = Annotated[str, Meta(pattern=r"^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*\Z", max_length=100)]
OnetCode = Annotated[str, Meta(pattern=r"^[0-9]{2}-[0-9]{4}\.[0-9]{2}\Z")]
EscoUri = Annotated[str, Meta(pattern=r"^http://data\.europa\.eu/esco/[a-z]+/[A-Za-z0-9.-]+\Z")]
SfiaCode = Annotated[str, Meta(pattern=r"^[A-Z]{4}\Z")]
Minutes = Annotated[int, Meta(ge=1, le=6000)]
Points = Annotated[float, Meta(ge=0, le=1000)]


def derived_uuid(kind: str, identifier: str) -> uuid.UUID:
    """Return the stable UUID of the entity `identifier` of a kind (`path`, `module`, `skill`, …).

    >>> derived_uuid("skill", "sql.joins")
    UUID('5e1f1d3c-0000-5000-8000-000000000000')
    """
    return uuid.uuid5(NAMESPACE, f"{kind}:{identifier}")


class _Entity(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What modules, skills, lessons, exercises and coverage items share: an id, and a UUID that lasts."""

    id: str
    uuid: uuid.UUID = NIL

    def __post_init__(self) -> None:
        if self.uuid == NIL:
            kind = type(self).__name__.removesuffix("Item").lower()
            msgspec.structs.force_setattr(self, "uuid", derived_uuid(kind, self.id))
