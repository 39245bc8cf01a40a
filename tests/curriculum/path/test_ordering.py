"""What to learn for a goal, and in which order."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

import curriculum
from curriculum.graph import after_needs


def ids(things) -> list[str]:
    return [thing.id for thing in things]


def test_without_a_goal_it_is_the_whole_path_in_order(small):
    assert ids(small.order()) == ["http.messages", "http.methods", "flask.routing"]


def test_a_goal_brings_what_it_needs_and_nothing_else(small):
    assert ids(small.order(goal="http.messages")) == ["http.messages"]
    assert ids(small.order(goal="flask.routing")) == ["http.messages", "http.methods", "flask.routing"]


@pytest.mark.parametrize("goal", ["flask", "flask.routing", "flask/routing", "flask/mini-api", "S2", ["flask", "web"]])
def test_goals_may_be_of_any_kind(small, goal):
    assert ids(small.order(goal=goal)) == ["http.messages", "http.methods", "flask.routing"]


def test_who_knows_a_skill_knows_its_prerequisites(small):
    assert ids(small.order(goal="flask", known="http.methods")) == ["flask.routing"]
    assert ids(small.order(known={"http.messages", "flask"})) == []


def test_an_unknown_goal_names_the_nearest(small):
    with pytest.raises(curriculum.UnknownNameError, match=r"'flask\.routes'\. Nearest: flask\.routing"):
        small.order(goal="flask.routes")
    with pytest.raises(curriculum.UnknownNameError, match="'htp'"):
        small.order(known=["web", "htp"])


def test_exercises_come_as_soon_as_their_skills_are_taught(small):
    assert [(type(part).__name__, part.id) for part in small.steps()] == [
        ("Lesson", "web/messages"),
        ("Exercise", "web/messages"),
        ("Lesson", "web/methods"),
        ("Lesson", "flask/routing"),
        ("Exercise", "flask/mini-api"),
    ]


def test_what_is_known_needs_no_lesson_and_no_exercise(small):
    assert ids(small.steps(known="web")) == ["flask/routing", "flask/mini-api"]


def test_an_exercise_that_asks_for_more_than_the_goal_is_left_out(folder, replace):
    replace("modules/web.yaml", "    skills: [http.messages]", "    skills: [http.messages, http.methods]")
    assert ids(curriculum.load(folder).steps(goal="http.messages")) == ["web/messages"]


def test_an_exercise_waits_for_its_modules_turn(folder, replace):
    replace("modules/flask.yaml", "skills: [flask.routing, http.methods]", "skills: [http.messages]")
    steps = ids(curriculum.load(folder).steps())
    assert steps.index("flask/mini-api") > steps.index("web/methods")


def test_a_lesson_of_a_later_module_comes_before_what_builds_on_it(folder, replace):
    replace("path.yaml", "[web, flask]", "[flask, web]")
    path = curriculum.load(folder)
    assert ids(path.order()) == ["http.messages", "http.methods", "flask.routing"]
    lessons = [part.id for part in path.steps() if isinstance(part, curriculum.Lesson)]
    assert lessons == ["web/messages", "web/methods", "flask/routing"]


def test_the_own_path_stands_in_an_order_in_which_it_can_be_learned(own):
    assert ids(own.order()) == list(own.skills)
    assert [part.id for part in own.steps() if isinstance(part, curriculum.Lesson)] == list(own.lessons)
    assert sorted(map(id, own.steps())) == sorted(map(id, own.parts))


@pytest.fixture(scope="module")
def chain():
    """A path of 20,000 skills, each of which needs the one before, and the path has them the other way round."""
    count = 20_000
    skills = tuple(
        curriculum.Skill(
            id=f"s.n{i}",
            name="S",
            definition="S",
            level="working",
            prerequisites=(f"s.n{i - 1}",) if i else (),
        )
        for i in reversed(range(count))
    )
    lessons = tuple(
        curriculum.Lesson(id=f"m/l{i}", title="L", minutes=30, skills=(f"s.n{i}",), status="planned")
        for i in reversed(range(count))
    )
    module = curriculum.Module(id="m", title="M", summary="M", outcomes=("M",), skills=skills, lessons=lessons)
    data = curriculum.PathData(id="chain", title="Chain", description="Chain", version="1", modules=(module,))
    return curriculum.path_from_values(msgspec.to_builtins(data), Path("chain.json"))


def test_a_chain_of_any_length_is_put_in_order(chain):
    assert ids(chain.order()) == [f"s.n{i}" for i in range(20_000)]
    assert ids(chain.order(goal="s.n12000", known="s.n11990")) == [f"s.n{i}" for i in range(11_991, 12_001)]
    assert ids(chain.steps()) == [f"m/l{i}" for i in range(20_000)]


def test_a_walk_asks_each_node_once_for_what_it_needs(chain):
    asked = []

    def needs(name: str) -> tuple[str, ...]:
        asked.append(name)
        return chain.skills[name].prerequisites

    assert len(list(after_needs(chain.skills, needs))) == 20_000
    assert len(asked) == len(set(asked)) == 20_000
