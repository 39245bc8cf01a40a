"""A memory as statements of xAPI 1.0.3, for those who collect them. They are made, never sent.

Each event gives one statement, whose id follows from the event's: a store that gets it twice keeps it once. Verbs are
those of ADL (http://adlnet.gov/expapi/verbs/), activities are named by the lasting UUIDs of the path.
"""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import msgspec

from curriculum.exceptions import ProgressError
from curriculum.model import Path, derived_uuid
from curriculum.progress.events import (
    Checked,
    Event,
    Finished,
    HintAsked,
    Opened,
    PartKind,
    Reset,
    Reviewed,
    SolutionSeen,
    Submitted,
    Worked,
)
from curriculum.progress.history import score

Json = dict[str, Any]

_VERBS = "http://adlnet.gov/expapi/verbs/"
_TYPES = "http://adlnet.gov/expapi/activities/"
_LANGUAGE = "en"
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\S+")


class Account(msgspec.Struct, frozen=True, rename="camel"):
    """A learner's account in some system.

    Attributes:
        home_page: the system's address.
        name: the learner's name or number there.
    """

    home_page: str
    name: str


def statements(path: Path, events: list[Event], who: str | Account) -> list[Json]:
    """Return a statement for each event.

    Args:
        path: the path.
        events: what happened.
        who: the learner's e-mail address, or their account.

    Raises:
        ProgressError: that is no e-mail address, or the account's system has no address.
    """
    actor = {"objectType": "Agent", **_identity(who)}
    return [_statement(path, event, actor) for event in events]


def _identity(who: str | Account) -> Json:
    if isinstance(who, Account):
        if not _IRI.fullmatch(who.home_page) or not who.name:
            raise ProgressError(
                f"'{who.home_page}' with the name '{who.name}' is no account. "
                "Give the system's whole address, such as https://lms.example.org, and your name there."
            )
        return {"account": msgspec.to_builtins(who)}
    address = who.removeprefix("mailto:")
    if not _ADDRESS.fullmatch(address):
        raise ProgressError(f"'{who}' is no e-mail address. Give one such as ann@example.org.")
    return {"mbox": f"mailto:{address}"}


def _statement(path: Path, event: Event, actor: Json) -> Json:
    verb, result = _said(event)
    kind, _, name = event.about.partition(":")
    statement: Json = {
        "id": str(derived_uuid("statement", event.id)),  # version 5: some stores refuse later ones
        "actor": actor,
        "verb": {"id": f"{_VERBS}{verb}", "display": {_LANGUAGE: verb}},
        "object": _activity(path, kind, name),
        "context": {
            "platform": path.title,
            "language": _LANGUAGE,
            "contextActivities": _around(path, kind, name),
        },
        "timestamp": event.at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    }
    if result:
        statement["result"] = result
    return statement


def _said(event: Event) -> tuple[str, Json]:
    """Return the verb for what happened, and its result."""
    match event.what:
        case Opened():
            return ("experienced" if event.about.startswith("lesson:") else "attempted"), {}
        case Finished():
            return "completed", {"completion": True}
        case Checked() as check:
            return _checked(event, check)
        case HintAsked(task=task, hint=hint, step=step):
            return "asked", {"response": f"{task}/{hint}/{step}"}
        case SolutionSeen(task=task):
            return "experienced", {"response": f"solution of {task}" if task else "solution"}
        case Submitted():
            return "completed", {"completion": True}
        case Reset(task=task):
            return "initialized", {"response": task} if task else {}
        case Reviewed(rating=rating):
            return "answered", {"success": rating != "again", "response": rating}
        case Worked(seconds=seconds):
            return "experienced", {"duration": f"PT{seconds:.2f}S"}


def _checked(event: Event, check: Checked) -> tuple[str, Json]:
    gave = score(event.about, event.at, check)
    if gave.problem or not gave.tests:
        return "attempted", {}
    points = {"raw": gave.points, "min": 0, "max": gave.max_points, "scaled": round(gave.share, 4)}
    if not 0 <= gave.points <= gave.max_points or not gave.max_points:
        points = {"scaled": points["scaled"]}  # a raw score must lie between its bounds, which must differ
    return ("passed" if gave.full else "failed"), {"score": points, "success": gave.full}


def _activity(path: Path, kind: str, name: str) -> Json:
    """Return the activity that a key names; one that the path doesn't have any more keeps its identity."""
    if kind == "question":
        title, identity = f"Question {name}", derived_uuid("question", name)
        sort = "question"
    else:
        part = (path.lessons if kind == "lesson" else path.exercises).get(name)
        title = part.title if part else name
        identity = part.uuid if part else derived_uuid(kind, name)
        sort = "lesson" if kind == "lesson" else "assessment"
    return _named(identity, title, sort)


def _around(path: Path, kind: str, name: str) -> Json:
    """Return the activities that one is a part of."""
    course = _named(path.uuid, path.title, "course")
    part = name.partition(":")[0]
    home: PartKind = "exercise" if kind == "exercise" else "lesson"
    if part not in (path.exercises if home == "exercise" else path.lessons):
        return {"grouping": [course]}
    module = path.module_of(part)
    above = _activity(path, home, part) if kind == "question" else _named(module.uuid, module.title, "module")
    return {"parent": [above], "grouping": [course]}


def _named(identity: UUID, title: str, sort: str) -> Json:
    return {
        "objectType": "Activity",
        "id": identity.urn,
        "definition": {"name": {_LANGUAGE: title}, "type": f"{_TYPES}{sort}"},
    }
