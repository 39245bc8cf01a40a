"""What holds for every curriculum, shown on random ones."""

from __future__ import annotations

import itertools
import random
import tempfile
from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import curriculum
from curriculum import CoverageItem, Exercise, Lesson, Links, Module, PathData, Skill

# a line must not have control characters, and starts with something to see
TRICKY = st.sampled_from(
    ["yes", "null", "1.5", "0x10", "- a", "a: b", "# x", "2027-01-04", "'", '"', "{", "*a", "~", "1e3"]
)
LINES = TRICKY | st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=20).filter(
    lambda text: not text[0].isspace()
)
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"], include_characters="\n\t"), max_size=40).map(
    lambda text: f"x{text}"
)
STATUS = ["ready", "planned"]


def shaped(count: int, seed: int, *, in_order: bool = False) -> curriculum.Path:
    """Return a curriculum of `count` skills whose lessons can be put in an order: each teaches one skill.

    Args:
        count: how many skills; a failure shrinks to few.
        seed: what all else follows from.
        in_order: whether each skill stands after its prerequisites.
    """
    rng = random.Random(seed)
    names = [f"s.n{i}" for i in range(count)]
    order = names if in_order else rng.sample(names, count)
    before = {name: order[:i] for i, name in enumerate(order)}
    modules: list[Module] = []
    left = names
    while left:
        size = rng.randint(1, len(left))
        modules.append(shaped_module(f"m{len(modules)}", left[:size], names, before, rng))
        left = left[size:]
    data = PathData(id="random", title="Random", description="Random", version="1", modules=tuple(modules))
    return curriculum.path_from_values(msgspec.to_builtins(data), Path("random.json"))


def shaped_module(
    module: str, skills: list[str], names: list[str], before: dict[str, list[str]], rng: random.Random
) -> Module:
    taught = [name for name in skills if rng.random() < 0.8]  # some skills have no lesson
    return Module(
        id=module,
        title="M",
        summary="M",
        outcomes=("M",),
        skills=tuple(
            Skill(
                id=name,
                name="S",
                definition="S",
                level="working",
                prerequisites=tuple(rng.sample(before[name], min(len(before[name]), rng.randint(0, 3)))),
            )
            for name in skills
        ),
        lessons=tuple(
            Lesson(
                id=f"{module}/l{i}", title="L", minutes=rng.randint(1, 400), skills=(name,), status=rng.choice(STATUS)
            )
            for i, name in enumerate(taught)
        ),
        exercises=tuple(
            Exercise(
                id=f"{module}/e{i}",
                title="E",
                kind="function",
                minutes=rng.randint(1, 400),
                points=rng.randint(0, 10),
                skills=tuple(rng.sample(names, rng.randint(1, min(3, len(names))))),
                status=rng.choice(STATUS),
            )
            for i in range(rng.randint(0, 4))
        ),
    )


SIZES = st.integers(1, 25)
SEEDS = st.integers(0, 2**32)
PATHS = st.builds(shaped, SIZES, SEEDS)


@st.composite
def questions(draw: st.DrawFn) -> tuple[curriculum.Path, list[str] | None, list[str]]:
    """A curriculum, a goal and what is known."""
    path = draw(PATHS)
    some = st.lists(st.sampled_from([*path.skills, *path.modules, *path.exercises]), max_size=4)
    return path, draw(st.none() | some), draw(some)


@st.composite
def worded(draw: st.DrawFn) -> curriculum.Path:
    """Small curricula with words, numbers and lists of every kind in every field."""
    skill = Skill(
        id="s.one",
        name=draw(LINES),
        definition=draw(LINES),
        level=draw(st.sampled_from(["foundation", "working", "advanced"])),
        phrases=tuple(draw(st.lists(LINES, max_size=2))),
        links=Links(sfia=tuple(draw(st.lists(st.just("PROG"), max_size=1)))),
        uuid=draw(st.uuids(version=4)),
    )
    coverage = tuple(draw(st.lists(st.sampled_from(["C1", "C2", "C-3"]), unique=True, max_size=3)))
    common = {"title": draw(LINES), "skills": ("s.one",), "coverage": coverage, "status": draw(st.sampled_from(STATUS))}
    module = Module(
        id="m",
        title=draw(LINES),
        summary=draw(TEXTS),
        outcomes=tuple(draw(st.lists(TEXTS, min_size=1, max_size=2))),
        skills=(skill,),
        lessons=(Lesson(id="m/l", minutes=draw(st.integers(1, 6000)), **common),),
        exercises=(Exercise(id="m/e", kind="prose", minutes=1, points=draw(st.floats(0, 1000)), **common),),
    )
    data = PathData(
        id="random",
        title=draw(LINES),
        description=draw(TEXTS),
        version=draw(LINES),
        links=Links(onet=tuple(draw(st.lists(st.just("15-1254.00"), max_size=1)))),
        modules=(module,),
        coverage=tuple(CoverageItem(id=name, text=draw(TEXTS), fact=draw(st.booleans())) for name in coverage),
    )
    return curriculum.path_from_values(msgspec.to_builtins(data), Path("random.json"))


def needed_by(path: curriculum.Path, names: list[str]) -> set[str]:
    """Plainly computed: the skills that names mean, and all their prerequisites."""
    from curriculum.ordering import skills_meant

    found: set[str] = set()
    open_ = list(skills_meant(path, names))
    while open_:
        name = open_.pop()
        if name not in found:
            found.add(name)
            open_ += path.skills[name].prerequisites
    return found


MANY = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@MANY
@given(questions())
def test_an_order_respects_prerequisites_and_has_nothing_superfluous(question):
    path, goal, known = question
    order = [skill.id for skill in path.order(goal, known)]
    already = needed_by(path, known)
    assert len(set(order)) == len(order)
    assert set(order) == needed_by(path, list(path.skills) if goal is None else goal) - already
    seen = set(already)
    for name in order:
        assert set(path.skills[name].prerequisites) <= seen
        seen.add(name)


@MANY
@given(SIZES, SEEDS)
def test_an_order_is_the_paths_own_where_prerequisites_let_it(count, seed):
    path = shaped(count, seed, in_order=True)
    assert [skill.id for skill in path.order()] == list(path.skills)
    goal = list(path.modules)[-1]
    needed = needed_by(path, [goal])
    assert [skill.id for skill in path.order(goal)] == [name for name in path.skills if name in needed]


@MANY
@given(questions())
def test_lessons_and_exercises_come_after_what_they_build_on(question):
    path, goal, known = question
    learned = needed_by(path, known)
    wanted = {skill.id for skill in path.order(goal, known)}
    steps = path.steps(goal, known)
    assert len({id(step) for step in steps}) == len(steps)
    without_lesson = wanted - {skill for lesson in path.lessons.values() for skill in lesson.skills}
    for step in steps:
        if isinstance(step, Lesson):
            (skill,) = step.skills
            assert skill in wanted
            before = needed_by(path, [skill]) - {skill}
            assert before - without_lesson <= learned
            learned.add(skill)
        else:
            assert set(step.skills) - without_lesson <= learned
            assert wanted & set(step.skills)


@MANY
@given(questions(), st.floats(0.5, 40), st.floats(0, 0.5), st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.booleans())
def test_a_plan_never_exceeds_the_hours_and_leaves_nothing_out(question, hours, slack, start, only_ready):
    path, goal, known = question
    plan = path.plan(hours_per_week=hours, start=start, goal=goal, known=known, slack=slack, only_ready=only_ready)
    assert all(week.minutes <= hours * 60 for week in plan.weeks)
    days = [session.day for session in plan.sessions]
    assert days == sorted(set(days))
    assert all(week.start <= session.day for week in plan.weeks for session in week.sessions)
    assert all((session.day - week.start).days < 7 for week in plan.weeks for session in week.sessions)
    tasks = [(session.day, task) for session in plan.sessions for task in session.tasks]
    steps = [step for step in path.steps(goal, known) if step.status == "ready" or not only_ready]
    done = [(task.kind, task.id) for _, task in tasks if task.kind != "review" and not task.left]
    assert done == [(type(step).__name__.lower(), step.id) for step in steps]
    new = sum(task.minutes for _, task in tasks if task.kind != "review")
    assert new == sum(step.minutes for step in steps)
    learned = {task.id: day for day, task in tasks if task.kind == "lesson" and not task.left}
    reviews = [(task.id, day) for day, task in tasks if task.kind == "review"]
    assert len(reviews) == 3 * len(learned)
    assert all((day - learned[lesson]).days >= 7 for lesson, day in reviews)


@MANY
@given(worded())
def test_a_path_saved_as_yaml_is_read_back_exactly(path):
    with tempfile.TemporaryDirectory() as folder:
        curriculum.save(path, Path(folder) / "saved")
        assert curriculum.load(Path(folder) / "saved") == path


@MANY
@given(worded())
def test_a_path_written_as_json_is_read_back_exactly(path):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "path.json"
        file.write_bytes(msgspec.json.encode(path.data))
        assert curriculum.load(file) == path


@MANY
@given(PATHS, st.data())
def test_one_prerequisite_the_wrong_way_is_a_cycle_with_its_chain(path, data):
    with_needs = [skill for skill in path.skills.values() if skill.prerequisites]
    if not with_needs:
        return
    chosen = data.draw(st.sampled_from(with_needs))
    first = data.draw(st.sampled_from(sorted(needed_by(path, [chosen.id]) - {chosen.id})))
    raw = msgspec.to_builtins(path.data)
    for module in raw["modules"]:
        for skill in module["skills"]:
            if skill["id"] == first:
                skill["prerequisites"] = [*skill["prerequisites"], chosen.id]
    with pytest.raises(curriculum.DataError) as caught:
        curriculum.path_from_values(raw, Path("random.json"))
    chain = caught.value.problem.removeprefix("Prerequisites run in a circle: ").removesuffix(".").split(" → ")
    assert chain[0] == chain[-1]
    needs = {skill["id"]: skill["prerequisites"] for module in raw["modules"] for skill in module["skills"]}
    assert all(after in needs[before] for before, after in itertools.pairwise(chain))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300) | TEXTS.map(str.encode) | st.lists(TRICKY).map(lambda some: "\n".join(some).encode()))
def test_any_bytes_are_refused_with_one_error_of_one_line(content):
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "path.yaml").write_bytes(content)
        (Path(folder) / "path.json").write_bytes(content)
        for place in (Path(folder), Path(folder) / "path.json"):  # such bytes never make a whole curriculum
            with pytest.raises(curriculum.DataError, match=r"\A.*\Z"):
                curriculum.load(place)
