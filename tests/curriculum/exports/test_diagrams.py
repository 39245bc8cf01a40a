"""Graphviz draws the digraph; the flowchart has the same modules and lines."""

from __future__ import annotations

import json
import re
import subprocess

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.exports import export
from curriculum.exports.modulemap import needed_modules, reduced


def drawn(content: bytes) -> dict:
    """Let Graphviz read a digraph and say what it understood."""
    done = subprocess.run(["dot", "-Tjson0"], input=content, capture_output=True, check=True, timeout=60)
    assert not done.stderr
    return json.loads(done.stdout)


def titles(graph: dict) -> list[str]:
    return [node["label"].rpartition("\\n")[0] for node in graph["objects"]]


@pytest.mark.needs("graphviz")
def test_graphviz_understands_the_whole_path(own):
    graph = drawn(export(own, "dot")["path.dot"])
    names = [node["name"] for node in graph["objects"]]
    assert names == list(own.modules)
    assert titles(graph) == [module.title for module in own.modules.values()]
    lines = {(names[edge["tail"]], names[edge["head"]]) for edge in graph["edges"]}
    needs = reduced(needed_modules(own))
    assert lines == {(before, after) for after, befores in needs.items() for before in befores}


@pytest.mark.needs("graphviz")
@given(data=st.data())
@settings(max_examples=8, deadline=None)
def test_graphviz_understands_any_title(data, curricula):
    path = data.draw(curricula)
    graph = drawn(export(path, "dot")["path.dot"])
    assert len(graph["objects"]) == len(path.modules)


def test_the_flowchart_names_every_module_and_draws_every_line(own):
    text = export(own, "mermaid")["path.mmd"].decode()
    assert len(re.findall(r'^  m\d+\["', text, re.MULTILINE)) == len(own.modules)
    assert text.count(" --> ") == sum(map(len, reduced(needed_modules(own)).values()))


@given(data=st.data())
@settings(max_examples=12, deadline=None)
def test_a_title_cannot_break_out_of_its_place_in_the_flowchart(data, curricula):
    path = data.draw(curricula)
    for line in export(path, "mermaid")["path.mmd"].decode().splitlines()[3:]:
        assert re.fullmatch(r'  (m\d+\["[^"]*"\](:::planned)?|m\d+ --> m\d+|classDef .*)', line)


@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_the_map_says_all_that_the_skills_say_and_nothing_twice(data, curricula):
    path = data.draw(curricula)
    needs = needed_modules(path)
    whole = networkx.DiGraph([(before, after) for after, befores in needs.items() for before in befores])
    short = networkx.DiGraph([(before, after) for after, befores in reduced(needs).items() for before in befores])
    assert set(short.edges) == set(networkx.transitive_reduction(whole).edges)
