import networkx as nx
import pytest

import curriculum
from curriculum.matching.words import Words

LEVELS = ("foundation", "working", "advanced")


@pytest.fixture(scope="module")
def path() -> curriculum.Path:
    return curriculum.load()


@pytest.fixture(scope="module")
def graph(path: curriculum.Path) -> "nx.DiGraph[str]":
    return nx.DiGraph((before, skill.id) for skill in path.skills.values() for before in skill.prerequisites)


def test_the_path_is_as_large_as_the_field(path: curriculum.Path, graph: "nx.DiGraph[str]") -> None:
    assert len(path.modules) >= 27
    assert len(path.skills) >= 150
    assert len(path.exercises) >= 75
    assert graph.number_of_edges() >= 400


def test_no_prerequisite_is_implied_by_another(graph: "nx.DiGraph[str]") -> None:
    assert set(graph.edges) - set(nx.transitive_reduction(graph).edges) == set()


def test_modules_in_path_order_never_need_a_later_one(path: curriculum.Path) -> None:
    place = {module.id: i for i, module in enumerate(path.modules.values())}
    assert [
        (skill.id, before)
        for skill in path.skills.values()
        for before in skill.prerequisites
        if place[path.module_of(before).id] > place[path.module_of(skill.id).id]
    ] == []


def test_lessons_of_a_module_in_order_never_need_a_later_one(path: curriculum.Path) -> None:
    for module in path.modules.values():
        taught: dict[str, int] = {}
        for i, lesson in enumerate(module.lessons):
            for name in lesson.skills:
                taught.setdefault(name, i)
        for name, i in taught.items():
            assert all(taught.get(before, i) <= i for before in path.skills[name].prerequisites), name


def test_no_skill_needs_one_of_a_higher_level(path: curriculum.Path) -> None:
    assert [
        (skill.id, before)
        for skill in path.skills.values()
        for before in skill.prerequisites
        if LEVELS.index(path.skills[before].level) > LEVELS.index(skill.level)
    ] == []


def test_every_skill_is_taught_by_a_lesson_and_assessed_by_an_exercise(path: curriculum.Path) -> None:
    taught = {name for lesson in path.lessons.values() for name in lesson.skills}
    assessed = {name for exercise in path.exercises.values() for name in exercise.skills}
    assert set(path.skills) - taught == set()
    assert set(path.skills) - assessed == set()


def test_every_coverage_item_is_taught_and_assessed(path: curriculum.Path) -> None:
    taught = {name for lesson in path.lessons.values() for name in lesson.coverage}
    assessed = {name for exercise in path.exercises.values() for name in exercise.coverage}
    assert [item.id for item in path.coverage_items.values()] == [f"S{n:02d}" for n in range(1, 56)]
    assert set(path.coverage_items) - taught == set()
    assert {item.id for item in path.coverage_items.values() if not item.fact} - assessed == set()


def test_a_coverage_item_is_found_in_each_module_that_it_names(path: curriculum.Path) -> None:
    for item in path.coverage_items.values():
        for name in item.modules:
            assert any(item.id in part.coverage for part in path.modules[name].parts), (item.id, name)


def test_every_skill_has_phrases_and_shares_none_with_another(path: curriculum.Path) -> None:
    owners: dict[tuple[str, ...], set[str]] = {}
    for named in (*path.modules.values(), *path.skills.values()):
        for phrase in named.phrases:
            owners.setdefault(tuple(Words.of(phrase).low), set()).add(named.id)
    assert {phrase: names for phrase, names in owners.items() if len(names) > 1} == {}
    assert [skill.id for skill in path.skills.values() if not skill.phrases] == []


def test_times_are_those_of_a_lesson_and_an_exercise(path: curriculum.Path) -> None:
    assert all(20 <= lesson.minutes <= 45 for lesson in path.lessons.values())
    assert all(
        20 <= exercise.minutes <= 120 for exercise in path.exercises.values() if not exercise.id.startswith("capstone/")
    )
