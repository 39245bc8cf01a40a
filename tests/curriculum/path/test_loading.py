"""Loading a curriculum: what comes, and in which forms it may be given."""

from __future__ import annotations

import uuid
from pathlib import Path

import msgspec
import pytest
import yaml

import curriculum
from curriculum import yamltext
from curriculum.model import NAMESPACE


def test_things_are_found_by_their_id_in_path_order(small):
    assert list(small.modules) == ["web", "flask"]
    assert list(small.skills) == ["http.messages", "http.methods", "flask.routing"]
    assert [exercise.id for exercise in small.modules["flask"].exercises] == ["flask/mini-api"]
    assert small.skills["flask.routing"].prerequisites == ("http.methods",)
    assert small.lessons["web/messages"].title == "Messages"
    assert small.exercises["web/messages"].title == "Read messages"
    assert small.coverage_items["S3"].fact
    assert small.module_of("flask.routing").id == "flask"


def test_a_module_sums_up_its_parts(small):
    assert small.modules["web"].minutes == 90
    assert small.modules["flask"].points == 12.5
    assert [part.id for part in small.modules["flask"].parts] == ["flask/routing", "flask/mini-api"]


def test_an_unknown_id_names_the_nearest(small):
    with pytest.raises(curriculum.UnknownNameError, match=r"no module 'flsk'\. Nearest: flask") as caught:
        small.modules["flsk"]
    assert isinstance(caught.value, KeyError)
    with pytest.raises(curriculum.UnknownNameError, match=r"no skill 'http\.method'\. Nearest: http\.methods"):
        small.skills["http.method"]
    with pytest.raises(curriculum.UnknownNameError, match=r"no coverage id 'zzz'\. .*list what there is"):
        small.coverage_items["zzz"]
    assert small.modules.get("flsk") is None


def test_what_was_loaded_cannot_be_changed(small):
    with pytest.raises(AttributeError):
        small.modules["flask"].title = "Other"
    with pytest.raises(TypeError):
        small.modules["other"] = small.modules["flask"]
    with pytest.raises(AttributeError):
        small.data = None


def test_uuids_follow_from_kind_and_id_or_are_given(small, replace):
    assert small.skills["flask.routing"].uuid == uuid.uuid5(NAMESPACE, "skill:flask.routing")
    assert small.lessons["web/messages"].uuid != small.exercises["web/messages"].uuid
    given = "0b5c6f9e-5a87-4b5e-9d5c-3a4cfd1f9d10"
    replace("modules/flask.yaml", "id: flask\n", f"id: flask\nuuid: {given}\n")
    assert curriculum.load(Path(small.origin)).modules["flask"].uuid == uuid.UUID(given)


def test_every_uuid_of_the_own_path_is_its_own(own):
    entities = [own.data, *own.modules.values(), *own.skills.values(), *own.parts, *own.coverage_items.values()]
    assert len({entity.uuid for entity in entities}) == len(entities)


def test_json_gives_the_same_path(small, tmp_path):
    file = tmp_path / "small.json"
    file.write_bytes(msgspec.json.encode(small.data))
    assert curriculum.load(file) == small


def test_a_saved_path_is_loaded_again_exactly(own, tmp_path):
    curriculum.save(own, tmp_path / "saved")
    assert curriculum.load(tmp_path / "saved") == own


def test_saving_leaves_a_folder_alone_that_is_not_empty(small, folder):
    before = (folder / "path.yaml").read_text()
    with pytest.raises(curriculum.CurriculumError, match="not empty"):
        curriculum.save(small, folder)
    assert (folder / "path.yaml").read_text() == before


def test_one_module_in_a_file_is_added_to_the_own_path(own, tmp_path):
    file = tmp_path / "haskell.yaml"
    file.write_text(
        "id: haskell\ntitle: Haskell\nsummary: Pure functions.\noutcomes: [write a parser]\n"
        "skills:\n  - {id: haskell.types, name: Types, definition: Read a type., level: advanced,"
        " prerequisites: [python.functions]}\n"
        "lessons:\n  - {id: haskell/types, title: Types, minutes: 30, skills: [haskell.types], status: planned}\n"
    )
    path = curriculum.load(file)
    assert list(path.modules) == [*own.modules, "haskell"]
    assert "python.functions" in [skill.id for skill in path.order(goal="haskell")]


def test_an_added_module_is_checked_with_the_own_path(tmp_path):
    file = tmp_path / "more.yaml"
    file.write_text(
        "id: more\ntitle: More\nsummary: More.\noutcomes: [more]\n"
        "skills:\n  - {id: more.x, name: X, definition: X., level: working, prerequisites: [python.function]}\n"
    )
    with pytest.raises(curriculum.DataError, match=r"more\.yaml:6: skills\[0\]\.prerequisites\[0\].*python\.functions"):
        curriculum.load(file)


def test_a_path_without_a_coverage_list_is_fine(folder):
    (folder / "coverage.yaml").unlink()
    for name in ("web", "flask"):
        file = folder / "modules" / f"{name}.yaml"
        lines = file.read_text().splitlines()
        file.write_text(
            "\n".join(
                line.partition(", coverage")[0] + ", status: planned}" if ", coverage" in line else line
                for line in lines
                if not line.strip().startswith("coverage")
            )
        )
    assert curriculum.load(folder).coverage() == {}


@pytest.mark.parametrize("name", ["nowhere", "nowhere.json", "nowhere.yaml", "nowhere.txt"])
def test_a_place_that_is_not_there_says_so(tmp_path, name):
    with pytest.raises(curriculum.DataError, match=f"{name}: No such|{name}: There is no such file"):
        curriculum.load(tmp_path / name)


def test_without_libyaml_the_data_are_the_same(small, folder, monkeypatch):
    monkeypatch.setattr(yamltext, "_LOADER", yaml.SafeLoader)
    assert curriculum.load(folder) == small


def test_the_own_path_is_loaded_once(own):
    assert curriculum.load() is own


def test_the_own_path_has_the_size_that_was_promised(own):
    assert len(own.modules) >= 25
    assert len(own.skills) >= 150
    assert len(own.exercises) >= 75


def test_every_skill_of_the_own_path_is_taught_and_assessed(own):
    taught = {skill for lesson in own.lessons.values() for skill in lesson.skills}
    assessed = {skill for exercise in own.exercises.values() for skill in exercise.skills}
    assert set(own.skills) - taught == set()
    assert set(own.skills) - assessed == set()
