"""Which formats there are, and what each one's files are called."""

from __future__ import annotations

import msgspec

from curriculum.exceptions import CurriculumError
from curriculum.exports.naming import Naming
from curriculum.model import Path

Files = dict[str, bytes]


class Format(msgspec.Struct, frozen=True):
    """A format: its name on the command line, what it is, and the one file it makes (empty when it makes several)."""

    name: str
    what: str
    file: str = ""


FORMATS: dict[str, Format] = {
    made.name: made
    for made in (
        Format(
            "json", "our own form, which `backend-path import` and curriculum.load() read back", "backend-path.json"
        ),
        Format("schema", "the JSON Schema (2020-12) of our own form", "backend-path.schema.json"),
        Format("csv", "tables with a header line, one file each"),
        Format("jsonld", "schema.org courses, syllabuses and defined terms, as JSON-LD", "courses.jsonld"),
        Format("case", "a 1EdTech CASE 1.1 package of competencies, in JSON", "case-package.json"),
        Format("badges", "Open Badges 3.0 achievement definitions, one a module, in JSON-LD"),
        Format("mermaid", "the modules as a Mermaid flowchart", "path.mmd"),
        Format("dot", "the modules as a Graphviz digraph", "path.dot"),
        Format("svg", "the picture of the whole path", "path.svg"),
    )
}


def export(path: Path, name: str, naming: Naming | None = None) -> Files:
    """Return the path in a format, as the files that make it up: their names and contents.

    Args:
        path: the path.
        name: one of `FORMATS`.
        naming: how other systems are to call the parts and who offers them.

    Raises:
        CurriculumError: there is no such format.

    >>> import curriculum
    >>> list(export(curriculum.load(), "mermaid"))
    ['path.mmd']
    """
    naming = naming or Naming()
    # each format is imported where it is asked for: starting the command line must not load them all
    match name:
        case "csv":
            from curriculum.exports.tables import tables

            return tables(path)
        case "badges":
            from curriculum.exports.badges import badges

            return badges(path, naming)
        case _ if name in FORMATS:
            return {FORMATS[name].file: _one_file(path, name, naming)}
    raise CurriculumError(f"There is no format {name!r}. The formats are {', '.join(FORMATS)}.")


def _one_file(path: Path, name: str, naming: Naming) -> bytes:
    match name:
        case "json":
            from curriculum.exports.own_json import encode

            return encode(path)
        case "schema":
            from curriculum.exports.own_json import json_schema

            return json_schema()
        case "jsonld":
            from curriculum.exports.schema_org import courses

            return courses(path, naming)
        case "case":
            from curriculum.exports.case import package

            return package(path, naming)
        case "mermaid":
            from curriculum.exports.diagrams import mermaid

            return mermaid(path)
        case "dot":
            from curriculum.exports.diagrams import dot

            return dot(path)
    from curriculum.exports.picture import picture

    return picture(path)
