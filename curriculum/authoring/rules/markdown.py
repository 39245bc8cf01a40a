"""Rules on Markdown, in lessons and exercises alike: links lead somewhere, and pictures say what they show."""

from __future__ import annotations

import re
from collections.abc import Iterator

from curriculum.authoring.finding import Finding
from curriculum.authoring.rules.page import Page, PageCell
from curriculum.model import Path as LearningPath

_CODE = re.compile(r"(?P<fence>`{3,}|~{3,}).*?(?P=fence)|`[^`\n]+`", re.DOTALL)
_LINK = re.compile(r"(?P<picture>!?)\[(?P<label>[^\]]*)\]\((?P<target>[^()\s]*(?:\([^()]*\)[^()\s]*)*)[^)]*\)")
_HTML_PICTURE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_ALT = re.compile(r"""\balt\s*=\s*["'][^"']*\w""", re.IGNORECASE)
_HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*$", re.MULTILINE)
_ID = re.compile(r"`([a-z0-9]+(?:-[a-z0-9]+)*)/([a-z0-9]+(?:-[a-z0-9]+)*)`")
_LEAST_ALT = 3


def check_markdown(page: Page, path: LearningPath | None) -> Iterator[Finding]:
    """Yield findings on the links, pictures and ids in a page's text.

    Args:
        page: the lesson or exercise.
        path: the learning path, whose lessons and exercises a text may name; nothing leaves names unchecked.
    """
    anchors = {_anchor(heading) for cell in _texts(page) for heading in _HEADING.findall(cell.text)}
    for cell in _texts(page):
        prose = _without_code(cell.text)
        for match in _LINK.finditer(prose):
            line = cell.line + prose[: match.start()].count("\n")
            if match["picture"]:
                yield from _check_alternative(page, line, match["label"])
            yield from _check_target(page, line, match["target"], anchors)
        for match in _HTML_PICTURE.finditer(prose):
            if not _ALT.search(match[0]):
                yield from _check_alternative(page, cell.line + prose[: match.start()].count("\n"), "")
        if path is not None:
            yield from _check_ids(page, cell, path)
    yield from _check_drawings(page)


def _texts(page: Page) -> Iterator[PageCell]:
    return (cell for cell in page.cells if cell.kind == "markdown")


def _check_alternative(page: Page, line: int, text: str) -> Iterator[Finding]:
    if len(text.split()) < _LEAST_ALT:
        yield page.finding(
            line,
            "alt",
            f"The picture's alternative text is {text!r}.",
            "Say in a sentence what the picture shows, for those who can't see it.",
        )


def _check_target(page: Page, line: int, target: str, anchors: set[str]) -> Iterator[Finding]:
    if not target:
        yield page.finding(line, "link", "A link leads nowhere.", "Write its target in the brackets.")
    elif target.startswith("#"):
        if target[1:] not in anchors:
            yield page.finding(
                line, "link", f"No heading here has the anchor `{target}`.", "Link to a heading of this page."
            )
    elif target.startswith("http://") and not re.match(r"http://(127\.0\.0\.1|localhost)\b", target):
        yield page.finding(line, "link", f"`{target}` is fetched unprotected.", "Write `https://`.")
    elif not re.match(r"(https?|mailto):", target):
        file = page.source.path.parent / "files" / target.partition("#")[0]
        if not file.exists():
            yield page.finding(
                line,
                "link",
                f"`{target}` is not beside the notebook when it is built.",
                "Name another lesson by its title and id, put a file into `files/`, or link to a page on the web.",
            )


def _check_ids(page: Page, cell: PageCell, path: LearningPath) -> Iterator[Finding]:
    """What is written like the id of a lesson or an exercise must be one, where its first part is a module."""
    for number, text in cell.lines():
        for match in _ID.finditer(text):
            name = f"{match[1]}/{match[2]}"
            if match[1] in path.modules and name not in path.lessons and name not in path.exercises:
                yield page.finding(
                    number,
                    "name",
                    f"`{name}` is neither a lesson nor an exercise of the path.",
                    f"The module `{match[1]}` has {_parts(path, match[1])}.",
                )


def _parts(path: LearningPath, module: str) -> str:
    parts = (*path.modules[module].lessons, *path.modules[module].exercises)
    return ", ".join(f"`{part.id}`" for part in parts) or "none yet"


def _check_drawings(page: Page) -> Iterator[Finding]:
    """A drawing that a code cell writes as SVG must have a title, a label, or an `alt` of the `<img>` around it."""
    for cell in page.cells:
        at = cell.text.find("<svg")
        if cell.kind == "code" and at >= 0 and not re.search(r"<title>|aria-label=|\balt=", cell.text):
            yield page.finding(
                cell.line + cell.text[:at].count("\n"),
                "alt",
                "The drawing has no alternative text.",
                'Give `<svg>` a `<title>`, or `role="img"` and `aria-label="…"`, or its `<img>` an `alt="…"`.',
            )


def _without_code(text: str) -> str:
    """Return the text with code blanked out; every line keeps its number."""
    return _CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def _anchor(heading: str) -> str:
    """Return the anchor that JupyterLab gives a heading."""
    return heading.strip().replace(" ", "-")
