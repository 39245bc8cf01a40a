"""Gradebooks and graded folders in a form in which two of them can be compared."""

from __future__ import annotations

import itertools
import json
import re
import sqlite3
from pathlib import Path
from typing import Any

_ROWS = {
    "students": "select id from student",
    "courses": "select id from course",
    "submissions": """
        select a.name, s.student_id, s.timestamp, s.extension
        from submitted_assignment s join assignment a on a.id = s.assignment_id""",
    "notebooks": """
        select a.name, s.student_id, n.name, sn.flagged, sn.late_submission_penalty
        from submitted_notebook sn join notebook n on n.id = sn.notebook_id
        join submitted_assignment s on s.id = sn.assignment_id join assignment a on a.id = s.assignment_id""",
    "grades": """
        select a.name, s.student_id, n.name, c.name, c.type, g.auto_score, g.manual_score, g.extra_credit,
               g.needs_manual_grade
        from grade g join base_cell c on c.id = g.cell_id join submitted_notebook sn on sn.id = g.notebook_id
        join notebook n on n.id = sn.notebook_id join submitted_assignment s on s.id = sn.assignment_id
        join assignment a on a.id = s.assignment_id""",
    "comments": """
        select a.name, s.student_id, n.name, c.name, c.type, m.auto_comment, m.manual_comment
        from comment m join base_cell c on c.id = m.cell_id join submitted_notebook sn on sn.id = m.notebook_id
        join notebook n on n.id = sn.notebook_id join submitted_assignment s on s.id = sn.assignment_id
        join assignment a on a.id = s.assignment_id""",
}
_VOLATILE = (
    # Submissions have a home of their own, so IPython writes paths in tracebacks out that it shortens under nbgrader.
    (re.compile(re.escape(str(Path.home())) + r"(?=/)"), "~"),
    (re.compile(r"0x[0-9a-f]{6,}"), "0xADDRESS"),
    (re.compile(r"/[\w./-]*ipykernel_\d+/\d+\.py"), "CELL.py"),
    (re.compile(r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])"), "UUID"),
    (re.compile(r"\d+ times"), "N times"),
    (re.compile(r"Task-\d+"), "Task-N"),
    (re.compile(r"\b20\d\d-\d\d-\d\d[T ]\d\d:\d\d:\d\d[.\d]*(?:\+00:00|Z)?"), "TIME"),
)


def marks(database: Path) -> dict[str, list[tuple[Any, ...]]]:
    with sqlite3.connect(database) as connection:
        found = {name: sorted(connection.execute(query), key=repr) for name, query in _ROWS.items()}
    connection.close()
    found["comments"] = [tuple(None if _is_ours(value) else value for value in row) for row in found["comments"]]
    return found


def _is_ours(value: object) -> bool:
    """Whether a comment says what a submission tried, which nbgrader doesn't (docs/differences.md)."""
    return isinstance(value, str) and value.startswith("The grader noticed: ")


def files(folder: Path) -> dict[str, object]:
    found: dict[str, object] = {}
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        name = path.relative_to(folder).as_posix()
        if name.endswith(".ipynb"):
            found[name] = comparable_notebook(path.read_text(encoding="utf-8"))
        else:
            found[name] = path.read_bytes()
        found[f"mode of {name}"] = oct(path.stat().st_mode)
    return found


def comparable_notebook(text: str) -> dict[str, Any]:
    notebook: dict[str, Any] = json.loads(text)
    for number, cell in enumerate(notebook["cells"]):
        if re.fullmatch("[0-9a-f]{8}", cell.get("id", "")):  # made up on the way
            cell["id"] = f"made-up-{number}"
        cell["metadata"].get("execution", {}).update(dict.fromkeys(cell["metadata"].get("execution", {}), "TIME"))
        cell["source"] = "".join(cell["source"])
        if "outputs" in cell:
            cell["outputs"] = [_steady(output) for output in _joined(cell["outputs"])]
    widgets = notebook["metadata"].pop("widgets", None)
    if widgets is not None:
        states = widgets["application/vnd.jupyter.widget-state+json"]["state"].values()
        notebook["metadata"]["widgets"] = sorted(json.dumps(_steady(state), sort_keys=True) for state in states)
    return notebook


def _joined(outputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Put pieces of a stream together; which of two streams a busy kernel sends first is chance."""
    joined: list[dict[str, Any]] = []
    for streams, run in itertools.groupby(outputs, lambda output: output["output_type"] == "stream"):
        if not streams:
            joined += run
            continue
        texts: dict[str, str] = {}
        for output in run:
            texts[output["name"]] = texts.get(output["name"], "") + "".join(output["text"])
        joined += [{"output_type": "stream", "name": name, "text": texts[name]} for name in sorted(texts)]
    return joined


def _steady(value: Any) -> Any:
    if isinstance(value, dict):
        return {_steady(key): _steady(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_steady(item) for item in value]
    if isinstance(value, str):
        for pattern, name in _VOLATILE:
            value = pattern.sub(name, value)
    return value
