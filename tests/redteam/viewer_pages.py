"""What reaches the person who looks at a submission: scripts, hidden tests, paths, in the page of feedback."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

from harness import SECRETS, Bench, Case, Result, cell_of
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell

_ACTIVE = ("script", "iframe", "object", "embed", "form", "base", "meta", "link", "svg", "math", "video", "audio")
_SVG = "<svg xmlns='http://www.w3.org/2000/svg'><script>REDTEAM()</script></svg>"


class _Page(HTMLParser):
    """Finds what a browser would run or fetch, and that names the red team."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag if tag in ("script", "style") else ""
        for name, value in attrs:
            text = f"{name}={value}"
            if (
                "REDTEAM" in text
                and not text.startswith("src=data:image/")
                and (tag in _ACTIVE or name.startswith("on") or name in ("href", "src", "style"))
            ):
                self.found.append(f"<{tag} {text[:80]}>")

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside and "REDTEAM" in data:
            self.found.append(f"<{self._inside}>{data[:80]}")


def _runs(bench: Bench, result: Result) -> str:
    page = bench.feedback(result)
    if not page:
        return "there is no page"
    return "; ".join(_Page(page).found)


def _shows(*patterns: str) -> Callable[[Bench, Result], str]:
    def look(bench: Bench, result: Result) -> str:
        page = bench.feedback(result)
        if not page:
            return "there is no page"
        return "; ".join(f"the page shows {found[0]!r}" for text in patterns if (found := re.search(text, page)))

    return look


def _host_paths(bench: Bench, result: Result) -> str:
    page = bench.feedback(result)
    known = (str(bench.folder), str(bench.course), "/site-packages/", "/autograder/engine/")
    return "; ".join(f"the page shows the path {path}" for path in known if path in page) if page else "no page"


def _markdown(text: str) -> Callable[[Any], None]:
    def edit(notebook: Any) -> None:
        cell_of(notebook, "words").source = text
        notebook.cells.insert(1, new_markdown_cell(text))
        notebook.cells.insert(1, new_raw_cell(text))

    return edit


def _metadata(notebook: Any) -> None:
    notebook.metadata["title"] = "</title><script>REDTEAM()</script>"
    notebook.metadata["widgets"] = {
        "application/vnd.jupyter.widget-state+json": {"state": {"x": "</script><script>REDTEAM()</script>"}}
    }
    notebook.metadata["kernelspec"]["display_name"] = "<script>REDTEAM()</script>"
    cell = new_code_cell("1")
    cell.metadata["tags"] = ["'><script>REDTEAM()</script>"]
    notebook.cells.append(cell)


CASES = [
    Case(
        "scripts in HTML that is displayed",
        "viewer",
        between=(
            (
                "from IPython.display import HTML, Javascript, display\n"
                "display(HTML('<script>REDTEAM()</script><img src=x onerror=REDTEAM()>'"
                r"'<a href=\'javascript:REDTEAM()\'>a</a>'"
                r"'<iframe src=\'javascript:REDTEAM()\'></iframe>'"
                r"'<p style=\'background:url(javascript:REDTEAM())\'>b</p>'"
                "'<form action=REDTEAM><input></form><style>@import REDTEAM</style>'))\n"
                "display(Javascript('REDTEAM()'))"
            ),
        ),
        achieved=_runs,
    ),
    Case(
        "scripts in a drawing",
        "viewer",
        between=(
            (
                f'from IPython.display import SVG, display\ndisplay(SVG("""{_SVG}"""))\n'
                f'display({{"image/svg+xml": """{_SVG}""", "text/html": """{_SVG}"""}}, raw=True)'
            ),
        ),
        achieved=_runs,
    ),
    Case(
        "scripts in other forms of output",
        "viewer",
        between=(
            (
                "for kind in ('text/markdown', 'text/latex', 'application/javascript', 'image/png',\n"
                "             'application/vnd.plotly.v1+json', 'application/vnd.jupyter.widget-view+json',\n"
                "             'application/pdf'):\n"
                "    display({kind: '\">< /script><script>REDTEAM()</script><img src=x onerror=REDTEAM()>'}, raw=True)"
            ),
        ),
        achieved=_runs,
    ),
    Case(
        "scripts in Markdown",
        "viewer",
        edit=_markdown(
            "<script>REDTEAM()</script>\n\n<img src=x onerror='REDTEAM()'>\n\n[a](javascript:REDTEAM())\n\n"
            "![b](x' onerror='REDTEAM())\n\n<details open ontoggle=REDTEAM()>\n\n"
            "<a href='&#106;avascript:REDTEAM()'>c</a>"
        ),
        achieved=_runs,
    ),
    Case(
        "scripts in formulas",
        "viewer",
        edit=_markdown(r"$\href{javascript:REDTEAM()}{x}$ and $$\require{html}\cssId{REDTEAM}{y}\style{REDTEAM}{z}$$"),
        achieved=_shows(r"\\href\{javascript", r"\\require\{html", r"\\cssId"),
    ),
    Case("scripts in metadata", "viewer", edit=_metadata, achieved=_runs),
    Case(
        "scripts in an error and in what is printed",
        "viewer",
        between=(
            "print('<script>REDTEAM()</script>\\x1b]8;;javascript:REDTEAM()\\x07x')",
            "raise ValueError('<img src=x onerror=REDTEAM()>')",
        ),
        achieved=_runs,
    ),
    Case(
        "hidden tests in the page",
        "viewer",
        answers={
            "double": "def double(x):\n    return 6 if x == 3 else 0",
            "greet": "def greet(name): return 'Hello, Ada!'",
        },
        # nothing of what stands between the marks: neither the line that failed, nor its message, nor what is near it
        achieved=_shows(SECRETS["hidden test"], r"double\(21\)", r"Hello, Bo", r"BEGIN HIDDEN", r"points \+= 3"),
    ),
    Case(
        "hidden tests by what is printed when they call",
        "viewer",
        answers={"greet": "def greet(name):\n    print('called with', name)\n    return 'Hello, Ada!'"},
        honest=(0.0, 2.0),
        achieved=_shows(r"called with Bo"),
    ),
    Case(
        "paths of the grader's machine",
        "viewer",
        between=(
            "import os, sys, json\nprint(os.getcwd(), sys.prefix, json.__file__)",
            "import json\njson.loads('{')",
            "import logging\nlogging.warning(os.path.join(sys.prefix, 'lib', 'x'))",
        ),
        achieved=_host_paths,
    ),
]
