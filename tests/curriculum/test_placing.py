"""Files put into a person's folder: what they changed is never overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.exceptions import WorkspaceError
from curriculum.placing import Item, manifest_path, place_files, read_manifest

KEY = "exercise:flask/mini-api:mini-api.ipynb"
PLACE = "05-flask/exercises/1-mini-api/mini-api.ipynb"


def item(text: str, path: str = PLACE, key: str = KEY) -> Item:
    return Item(key, path, text.encode())


def only(changes):
    assert len(changes) == 1
    return changes[0]


def test_a_new_file_is_created(tmp_path):
    change = only(place_files(tmp_path, [item("one")]))
    assert change.outcome == "created"
    assert (tmp_path / PLACE).read_text() == "one"


def test_a_second_run_changes_nothing(tmp_path):
    place_files(tmp_path, [item("one")])
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    assert only(place_files(tmp_path, [item("one")])).outcome == "unchanged"
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_an_untouched_file_is_brought_up_to_date(tmp_path):
    place_files(tmp_path, [item("one")])
    assert only(place_files(tmp_path, [item("two")])).outcome == "updated"
    assert (tmp_path / PLACE).read_text() == "two"


def test_a_changed_file_stays_and_the_newer_version_is_put_beside_it(tmp_path):
    place_files(tmp_path, [item("one")])
    (tmp_path / PLACE).write_text("my answer")
    change = only(place_files(tmp_path, [item("two")]))
    assert change.outcome == "newer beside"
    assert (tmp_path / PLACE).read_text() == "my answer"
    assert (tmp_path / change.beside).read_text() == "two"
    assert change.beside == PLACE.replace("mini-api.ipynb", "mini-api (new version).ipynb")


def test_a_newer_version_is_offered_once(tmp_path):
    place_files(tmp_path, [item("one")])
    (tmp_path / PLACE).write_text("my answer")
    beside = only(place_files(tmp_path, [item("two")])).beside
    (tmp_path / beside).unlink()
    assert only(place_files(tmp_path, [item("two")])).outcome == "kept"
    assert not (tmp_path / beside).exists()


def test_a_learners_work_in_the_newer_version_is_kept_too(tmp_path):
    place_files(tmp_path, [item("one")])
    (tmp_path / PLACE).write_text("my answer")
    second = only(place_files(tmp_path, [item("two")])).beside
    (tmp_path / second).write_text("my second answer")
    third = only(place_files(tmp_path, [item("three")])).beside
    texts = {(tmp_path / name).read_text() for name in (PLACE, second, third)}
    assert texts == {"my answer", "my second answer", "three"}


def test_a_file_that_the_learner_deleted_comes_back(tmp_path):
    place_files(tmp_path, [item("one")])
    (tmp_path / PLACE).unlink()
    assert only(place_files(tmp_path, [item("one")])).outcome == "created"


def test_a_file_of_the_learners_own_in_that_place_is_not_overwritten(tmp_path):
    (tmp_path / PLACE).parent.mkdir(parents=True)
    (tmp_path / PLACE).write_text("mine, from before")
    assert only(place_files(tmp_path, [item("one")])).outcome == "newer beside"
    assert (tmp_path / PLACE).read_text() == "mine, from before"


def test_a_lost_manifest_loses_no_work(tmp_path):
    place_files(tmp_path, [item("one")])
    (tmp_path / PLACE).write_text("my answer")
    manifest_path(tmp_path).unlink()
    place_files(tmp_path, [item("two")])
    assert (tmp_path / PLACE).read_text() == "my answer"


def test_a_damaged_manifest_is_named_and_nothing_is_touched(tmp_path):
    place_files(tmp_path, [item("one")])
    manifest_path(tmp_path).write_text("{not json")
    with pytest.raises(WorkspaceError, match=r"manifest\.json can't be read") as raised:
        place_files(tmp_path, [item("two")])
    assert "Move that one file away" in str(raised.value)
    assert (tmp_path / PLACE).read_text() == "one"


def test_a_manifest_of_a_later_version_is_refused(tmp_path):
    place_files(tmp_path, [item("one")])
    manifest_path(tmp_path).write_text('{"format": 99, "files": {}}')
    with pytest.raises(WorkspaceError, match="format 99"):
        read_manifest(tmp_path)


def test_a_folder_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(WorkspaceError, match="can't be written"):
        place_files(tmp_path / "taken", [item("one")])


def test_no_temporary_file_stays(tmp_path):
    place_files(tmp_path, [item("one")])
    names = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert names == {"mini-api.ipynb", "manifest.json"}


@given(st.lists(st.one_of(st.tuples(st.just("edit"), st.text()), st.tuples(st.just("release"), st.text()))))
def test_whatever_the_learner_wrote_is_somewhere_in_the_folder(steps):
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        mine: str | None = None
        for step, text in steps:
            target = folder / PLACE
            if step == "edit" and target.exists():
                target.write_text(text, encoding="utf-8", newline="")
                mine = text
            elif step == "release":
                outcome = only(place_files(folder, [item(text)])).outcome
                if outcome in ("created", "updated"):
                    mine = None
        if mine is not None:
            assert mine.encode() in {path.read_bytes() for path in folder.rglob("*") if path.is_file()}
