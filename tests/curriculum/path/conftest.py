"""A small curriculum in files, for tests to load, break and ask."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import curriculum

PATH = """\
id: small
title: A small path
description: Enough to test with.
version: "1.0"
modules: [web, flask]
"""

COVERAGE = """\
- id: S1
  text: What serves a request
  modules: [web]
- id: S2
  text: Flask
  modules: [flask]
- id: S3
  text: Who invented it
  modules: [web]
  fact: true
"""

WEB = """\
id: web
title: The web
summary: Requests and responses.
outcomes: [read a request]
skills:
  - {id: http.messages, name: Messages, definition: Read a message., level: foundation}
  - id: http.methods
    name: Methods
    definition: Choose a method.
    level: foundation
    prerequisites: [http.messages]
    phrases: [http verbs]
    links: {onet: [15-1254.00], sfia: [PROG]}
lessons:
  - {id: web/messages, title: Messages, minutes: 30, skills: [http.messages], coverage: [S1, S3], status: planned}
  - {id: web/methods, title: Methods, minutes: 20, skills: [http.methods], status: planned}
exercises:
  - id: web/messages
    title: Read messages
    kind: function
    minutes: 40
    points: 5
    skills: [http.messages]
    coverage: [S1]
    status: planned
"""

FLASK = """\
id: flask
title: Flask
summary: A framework.
outcomes: [route requests]
skills:
  - id: flask.routing
    name: Routing
    definition: Route requests.
    level: working
    prerequisites: [http.methods]
lessons:
  - {id: flask/routing, title: Routing, minutes: 25, skills: [flask.routing], coverage: [S2], status: planned}
exercises:
  - id: flask/mini-api
    title: The mini API
    kind: http
    minutes: 60
    points: 12.5
    skills: [flask.routing, http.methods]
    coverage: [S2]
    status: planned
"""

FILES = {"path.yaml": PATH, "coverage.yaml": COVERAGE, "modules/web.yaml": WEB, "modules/flask.yaml": FLASK}


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small curriculum, in files."""
    place = tmp_path / "small"
    for name, text in FILES.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text, encoding="utf-8")
    return place


@pytest.fixture
def replace(folder: Path) -> Callable[[str, str, str], Path]:
    """Replaces a text, which is there once, in a file of the small curriculum."""

    def replaced(name: str, old: str, new: str) -> Path:
        text = (folder / name).read_text(encoding="utf-8")
        assert text.count(old) == 1
        (folder / name).write_text(text.replace(old, new), encoding="utf-8")
        return folder / name

    return replaced


@pytest.fixture
def small(folder: Path) -> curriculum.Path:
    """The small curriculum, loaded."""
    return curriculum.load(folder)


@pytest.fixture(scope="session")
def own() -> curriculum.Path:
    """This course's own curriculum."""
    return curriculum.load()
