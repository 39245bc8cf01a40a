"""docs/authoring.md names every rule and proof that the tools have, and none that they don't."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from curriculum import authoring
from curriculum.authoring.finding import as_finding
from curriculum.exceptions import SourceError

# Where the name of the rule stands in a call that makes a finding.
ARGUMENT = {"Finding": 2, "_found": 2, "finding": 1, "_check_full": 1}


def rules_in_code() -> set[str]:
    found = {as_finding(SourceError("x", 1, "p", "r")).rule}
    for file in Path(authoring.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                place = ARGUMENT.get(name, 99)
                if len(node.args) > place and isinstance(node.args[place], ast.Constant):
                    found.add(node.args[place].value)
    return found


def rules_in_docs(checkout: Path) -> set[str]:
    text = (checkout / "docs/authoring.md").read_text()
    part = text[text.index("### Rules on the text") : text.index("`--quick` leaves out")]
    cells = re.findall(r"^\| (`[^|]*`) \|", part, re.MULTILINE)
    return {rule for cell in cells for rule in re.findall(r"`([^`]+)`", cell)}


def test_the_docs_name_the_rules_that_there_are(checkout):
    assert rules_in_docs(checkout) == rules_in_code()
