"""Text and HTML that a learner wrote or caused, made harmless for whoever views it."""

from __future__ import annotations

import base64
import re
from typing import Any, Final

import bleach  # type: ignore[import-untyped]
from bleach.css_sanitizer import CSSSanitizer  # type: ignore[import-untyped]

_TAGS: Final = frozenset(
    (
        "a", "abbr", "b", "blockquote", "br", "caption", "code", "col", "colgroup", "dd", "del", "details", "div", "dl",
        "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li",
        "mark", "ol", "p", "pre", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "summary", "sup",
        "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul", "var",
    )
)  # fmt: skip
_ATTRIBUTES: Final = frozenset(
    (
        "align", "alt", "class", "colspan", "height", "lang", "open", "rowspan", "scope", "start", "style", "title",
        "width",
    )
)  # fmt: skip
_STYLES: Final = CSSSanitizer(
    allowed_css_properties=[
        "background-color", "border", "border-collapse", "caption-side", "color", "font-family", "font-size",
        "font-style", "font-weight", "height", "margin", "max-width", "min-width", "padding", "text-align",
        "text-decoration", "vertical-align", "white-space", "width",
    ]
)  # fmt: skip
_PICTURE: Final = re.compile(r"data:image/(png|jpeg|gif|webp|svg\+xml);base64,[A-Za-z0-9+/=\s]*\Z")
_LINK: Final = re.compile(r"(https?://|mailto:|#)", re.IGNORECASE)
_ACTIVE_MATH: Final = re.compile(r"\\(href|url|cssId|class|style|require|html\w*|toggle|action|includegraphics)\b")
_PATH: Final = re.compile(r"(?<![\w/.:<-])/(?:[\w.@+~-]+/)+[\w.@+~-]*")
_HOSTS_OWN: Final = re.compile(
    r"/(home|root|Users|usr|opt|tmp|var|srv|mnt|media|etc|proc|sys|run|dev|private|nix|work|workspace)/"
)
_MOST_HTML: Final = 2_000_000


def clean_html(html: str) -> str:
    """Return HTML in which nothing runs and nothing is fetched.

    >>> clean_html('<b onclick="x()">bold</b><script>alert(1)</script>')
    '<b>bold</b>alert(1)'
    """
    if len(html) > _MOST_HTML:
        return "<p>(This output is too long to be shown.)</p>"
    cleaned = bleach.clean(
        html,
        tags=_TAGS,
        attributes=_is_allowed,
        protocols={"http", "https", "mailto", "data"},
        css_sanitizer=_STYLES,
        strip=True,
        strip_comments=True,
    )
    return clean_math(cleaned)


def clean_math(text: str) -> str:
    """Return a text in whose formulas no command of MathJax does more than show something."""
    return _ACTIVE_MATH.sub(r"\\text", text)


def picture(svg: str) -> str:
    """Return HTML that shows a drawing as a picture, in which no script runs."""
    data = base64.b64encode(svg.encode("utf-8", "replace")).decode("ascii")
    return f'<img alt="drawing" src="data:image/svg+xml;base64,{data}">'


def without_paths(text: str) -> str:
    """Return a text with paths of the grader's machine cut down to the file's name.

    >>> without_paths("File /usr/lib/python3.11/json/decoder.py:337, in decode; GET /items/1")
    'File …/decoder.py:337, in decode; GET /items/1'
    """
    return _PATH.sub(lambda found: _shortened(found[0]), text)


def _shortened(path: str) -> str:
    return f"…/{path.rstrip('/').rpartition('/')[2]}" if _HOSTS_OWN.match(path) else path


def _is_allowed(tag: str, name: str, value: str) -> bool:
    if tag == "a" and name == "href":
        return bool(_LINK.match(value.strip()))
    if tag == "img" and name == "src":
        return bool(_PICTURE.match(value.strip()))
    return name in _ATTRIBUTES


def clean_data(data: dict[str, Any]) -> dict[str, Any]:
    """Return an output's forms, those that could run something cleaned or left out."""
    kept: dict[str, Any] = {}
    for kind, value in data.items():
        text = "".join(value) if isinstance(value, list) else value
        if kind in ("image/png", "image/jpeg", "image/gif") and isinstance(text, str):
            kept[kind] = re.sub(r"[^A-Za-z0-9+/=\n]", "", text)
        elif kind == "text/plain" and isinstance(text, str):
            kept[kind] = without_paths(text)
        elif kind == "text/html" and isinstance(text, str):
            kept[kind] = without_paths(clean_html(text))
        elif kind == "text/latex" and isinstance(text, str):
            kept[kind] = clean_math(bleach.clean(text, tags=set(), strip=True))
        elif kind == "image/svg+xml" and isinstance(text, str):
            kept.setdefault("text/html", picture(text))
    return kept or {"text/plain": "(This output is of a kind that is not shown here.)"}
