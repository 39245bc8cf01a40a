"""What pages of feedback are made with: a step that takes out what learners don't get, and a safe exporter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from nbconvert.exporters import HTMLExporter
from nbconvert.preprocessors import Preprocessor
from traitlets import Bool, Unicode

from autograder.feedback.cleaning import clean_data, clean_html, clean_math, without_paths

_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_NUMBERED = re.compile(r"^\s*(-+>)?\s*\d+\s(.*)$")
_HINT = re.compile(r"^Hint \([^)]*\): .*$", re.MULTILINE)
_SAID = "A hidden test failed."
_WHITE_SPACE_ONLY = 3


class ForLearners(Preprocessor):  # type: ignore[misc]  # nbconvert has no types
    """Takes out of a graded notebook what its learner does not get to see, and what would run on their machine."""

    enabled = Bool(True, help="Whether to do it.").tag(config=True)
    show_hidden_tests = Bool(False, help="Whether learners see hidden tests, and what failed in them.").tag(config=True)
    begin = Unicode("BEGIN HIDDEN TESTS", help="What a line with which a hidden test begins holds.").tag(config=True)
    end = Unicode("END HIDDEN TESTS", help="What a line with which a hidden test ends holds.").tag(config=True)

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Clean a whole notebook."""
        nb.metadata.pop("widgets", None)
        for cell in nb.cells:
            for key in set(cell.metadata) - {"nbgrader"}:
                del cell.metadata[key]
            if cell.cell_type != "code":
                cell.source = clean_math(cell.source)
                if cell.cell_type == "raw":
                    cell.source = clean_html(cell.source)
                continue
            shown, hidden = self._apart(cell.source)
            if hidden and not self.show_hidden_tests:
                cell.source = shown
                cell.outputs = [_without_hidden(output, hidden) for output in cell.outputs if _may_stay(output)]
            for output in cell.outputs:
                _clean(output)
        return nb, resources

    def _apart(self, source: str) -> tuple[str, list[str]]:
        """Return a test without its hidden parts, and the lines of those with their marks."""
        shown: list[str] = []
        hidden: list[str] = []
        inside = False
        for line in source.split("\n"):
            inside = inside or self.begin in line
            (hidden if inside else shown).append(line)
            inside = inside and self.end not in line
        return ("\n".join(shown) if hidden else source), hidden


class SafePage(HTMLExporter):  # type: ignore[misc]
    """nbconvert's HTML, in which what Markdown turns into is cleaned as well."""

    def markdown2html(self, context: Any, source: str) -> str:
        """Return a Markdown cell as HTML in which nothing runs."""
        return clean_html(super().markdown2html(context, source))

    markdown2html.jinja_pass_arg = HTMLExporter.markdown2html.jinja_pass_arg  # type: ignore[attr-defined]


def _may_stay(output: Any) -> bool:
    """Whether an output of a test with hidden parts may be shown: what was printed meanwhile shows what was tried."""
    return bool(output.output_type in ("error", "execute_result"))


def _without_hidden(output: Any, hidden: Sequence[str]) -> Any:
    """Return an output without the lines of hidden tests; if one of them failed, only that, and its hint."""
    if output.output_type != "error":
        return output
    lines = {line.strip() for line in hidden if len(line.strip()) > _WHITE_SPACE_ONLY}
    kept: list[str] = []
    for entry in output.traceback:
        parts = []
        for part in entry.split("\n"):
            found = _NUMBERED.match(_COLOURS.sub("", part))
            if found and found[2].strip() in lines:
                if found[1]:
                    return _only_said(output)
            else:
                parts.append(part)
        kept.append("\n".join(parts))
    output.traceback = kept
    return output


def _only_said(output: Any) -> Any:
    hints = _HINT.findall(_COLOURS.sub("", "\n".join([output.evalue, *output.traceback])))
    output.evalue = "\n".join([_SAID, *dict.fromkeys(hints)])
    output.ename = "AssertionError"
    output.traceback = [output.evalue]
    return output


def _clean(output: Any) -> None:
    if output.output_type == "stream":
        output.text = without_paths(output.text)
    elif output.output_type == "error":
        output.evalue = without_paths(output.evalue)
        output.traceback = [without_paths(line) for line in output.traceback]
    else:
        output.data = type(output)(clean_data(output.data))
        output.metadata = type(output)()
