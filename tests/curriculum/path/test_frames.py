"""The path in networkx and pandas."""

from __future__ import annotations

import sys

import networkx
import pytest

import curriculum


def test_the_graph_leads_from_prerequisites_to_what_needs_them(own):
    graph = own.to_networkx()
    assert set(graph) == set(own.skills)
    assert networkx.is_directed_acyclic_graph(graph)
    for skill in own.skills.values():
        assert set(graph.predecessors(skill.id)) == set(skill.prerequisites)
    assert graph.nodes["flask.routing"]["module"] == "flask"
    assert set(networkx.ancestors(graph, "flask.routing")) == {s.id for s in own.order("flask.routing")[:-1]}


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ("modules", "modules"),
        ("skills", "skills"),
        ("lessons", "lessons"),
        ("exercises", "exercises"),
        ("coverage", "coverage_items"),
    ],
)
def test_each_table_has_a_row_for_each_id(own, table, rows):
    frame = own.to_dataframe(table)
    assert list(frame.index) == list(getattr(own, rows))


def test_the_frames_hold_what_the_path_says(small):
    assert small.to_dataframe().loc["flask.routing", "prerequisites"] == ["http.methods"]
    assert small.to_dataframe("exercises").groupby("module").points.sum().to_dict() == {"web": 5, "flask": 12.5}
    assert small.to_dataframe("coverage").loc["S1", "lessons"] == ["web/messages"]


def test_an_unknown_table_names_the_nearest(small):
    with pytest.raises(curriculum.UnknownNameError, match="Nearest: skills"):
        small.to_dataframe("skill")


def test_without_pandas_the_error_says_how_to_get_it(small, monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(curriculum.CurriculumError, match=r"pip install 'backend-path\[dataframe\]'"):
        small.to_dataframe()
