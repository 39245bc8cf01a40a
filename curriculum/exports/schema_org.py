"""The path as schema.org's courses, in JSON-LD: one `Course` for the path, one for each module.

A lesson or an exercise is a `Syllabus` section of its module's course, a skill a `DefinedTerm` that the course teaches.
What is not written yet says so (`creativeWorkStatus`). https://schema.org/Course
"""

from __future__ import annotations

from uuid import UUID, uuid5

import msgspec

from curriculum.exports.modulemap import needed_modules
from curriculum.exports.naming import Naming
from curriculum.model import Lesson, Module, Part, Path, Skill

Node = dict[str, object]

_LANGUAGE = "en"


def courses(path: Path, naming: Naming) -> bytes:
    """Return the JSON-LD document."""
    needs = needed_modules(path)
    provider: Node = {
        "@type": "Organization",
        "@id": naming.uri(naming.provider_uuid(path)),
        "name": naming.provider_of(path),
    }
    whole: Node = {
        "@type": "Course",
        "@id": naming.uri(path.uuid),
        "courseCode": path.id,
        "name": path.title,
        "description": path.description,
        "version": path.version,
        "inLanguage": _LANGUAGE,
        "provider": provider,
        "timeRequired": duration(sum(module.minutes for module in path.modules.values())),
        "hasPart": [_mention("Course", module, naming) for module in path.modules.values()],
        "hasCourseInstance": [_instance(sum(module.minutes for module in path.modules.values()))],
    }
    modules = [_course(path, module, needs[module.id], provider, naming) for module in path.modules.values()]
    terms: Node = {
        "@type": "DefinedTermSet",
        "@id": naming.uri(_terms_uuid(path)),
        "name": f"Skills of {path.title}",
        "isPartOf": _mention("Course", path, naming),
    }
    document = {"@context": "https://schema.org", "@graph": [whole, *modules, terms]}
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"


def duration(minutes: int) -> str:
    """Return a time in minutes as an ISO 8601 duration.

    >>> duration(30), duration(60), duration(95), duration(0)
    ('PT30M', 'PT1H', 'PT1H35M', 'PT0M')
    """
    hours, rest = divmod(minutes, 60)
    return f"PT{f'{hours}H' if hours else ''}{f'{rest}M' if rest or not hours else ''}"


def _course(path: Path, module: Module, needs: tuple[str, ...], provider: Node, naming: Naming) -> Node:
    course: Node = {
        "@type": "Course",
        "@id": naming.uri(module.uuid),
        "courseCode": module.id,
        "name": module.title,
        "description": module.summary,
        "inLanguage": _LANGUAGE,
        "provider": provider,
        "isPartOf": _mention("Course", path, naming),
        "timeRequired": duration(module.minutes),
        "teaches": [*map(_capitalised, module.outcomes), *(_term(path, skill, naming) for skill in module.skills)],
        "syllabusSections": [
            _section(path, part, position, naming) for position, part in enumerate(module.parts, start=1)
        ],
        "hasCourseInstance": [_instance(module.minutes)],
    }
    if needs:
        course["coursePrerequisites"] = [_mention("Course", path.modules[name], naming) for name in needs]
    return course


def _section(path: Path, part: Part, position: int, naming: Naming) -> Node:
    lesson = isinstance(part, Lesson)
    return {
        "@type": "Syllabus",
        "@id": naming.uri(part.uuid),
        "identifier": part.id,
        "name": part.title,
        "position": position,
        "learningResourceType": "lesson" if lesson else "exercise",
        "creativeWorkStatus": part.status,
        "timeRequired": duration(part.minutes),
        "teaches" if lesson else "assesses": [
            {"@type": "DefinedTerm", "@id": naming.uri(path.skills[name].uuid), "name": path.skills[name].name}
            for name in part.skills
        ],
    }


def _term(path: Path, skill: Skill, naming: Naming) -> Node:
    term: Node = {
        "@type": "DefinedTerm",
        "@id": naming.uri(skill.uuid),
        "termCode": skill.id,
        "name": skill.name,
        "description": skill.definition,
        "inDefinedTermSet": naming.uri(_terms_uuid(path)),
    }
    if skill.links.esco:
        term["sameAs"] = list(skill.links.esco)
    return term


def _instance(minutes: int) -> Node:
    """Return the one way in which the course runs: online, at the learner's own pace."""
    return {"@type": "CourseInstance", "courseMode": ["online", "self-paced"], "courseWorkload": duration(minutes)}


def _mention(kind: str, thing: Module | Path, naming: Naming) -> Node:
    return {"@type": kind, "@id": naming.uri(thing.uuid), "name": thing.title}


def _terms_uuid(path: Path) -> UUID:
    return uuid5(path.uuid, "skills")


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
