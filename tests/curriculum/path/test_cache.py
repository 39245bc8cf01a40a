"""The cache of the decoded data: fast when it fits, never stale, and never needed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import curriculum
from curriculum import cache, reading, yamltext


@pytest.fixture
def own_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small curriculum in the place of this course's own, not loaded yet."""
    monkeypatch.setattr(reading, "DATA", folder)
    monkeypatch.setattr(reading, "_loaded", {})
    return folder


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the YAML files that were parsed since."""
    names = []
    parse = yamltext.parse

    def counted(text: bytes, path: Path) -> object:
        names.append(path.name)
        return parse(text, path)

    monkeypatch.setattr(yamltext, "parse", counted)
    return names


def in_a_new_process() -> curriculum.Path:
    reading._loaded.clear()
    return curriculum.load()


def copies() -> list[Path]:
    return list(cache.cache_folder().glob("*"))


def test_the_second_process_parses_no_yaml(own_folder, parsed):
    first = in_a_new_process()
    assert sorted(parsed) == ["coverage.yaml", "flask.yaml", "path.yaml", "web.yaml"]
    parsed.clear()
    assert in_a_new_process() == first
    assert parsed == []
    assert len(copies()) == 1


def test_a_change_is_seen_at_once_even_with_the_old_time_stamp(own_folder, parsed, replace):
    in_a_new_process()
    stamp = (own_folder / "path.yaml").stat()
    replace("path.yaml", "A small path", "A tiny path_")
    os.utime(own_folder / "path.yaml", ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert curriculum.load().title == "A tiny path_"
    assert in_a_new_process().title == "A tiny path_"
    assert len(copies()) == 1


def test_a_change_to_bad_data_is_an_error_and_not_the_old_copy(own_folder, replace):
    in_a_new_process()
    replace("modules/flask.yaml", "[http.methods]", "[http.method]")
    for _ in range(2):
        with pytest.raises(curriculum.DataError, match=r"flask\.yaml:10"):
            curriculum.load()


@pytest.mark.parametrize(
    "damage", [lambda b: b[:-9], lambda b: b"", lambda b: b[:32] + b"\xc1" + b[33:], lambda b: b[:32]]
)
def test_a_damaged_copy_is_read_anew(own_folder, parsed, damage):
    path = in_a_new_process()
    (copy,) = copies()
    copy.write_bytes(damage(copy.read_bytes()))
    parsed.clear()
    assert in_a_new_process() == path
    assert parsed
    parsed.clear()
    assert in_a_new_process() == path
    assert parsed == []


def test_without_a_place_for_the_cache_the_path_is_loaded_all_the_same(own_folder, parsed, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert in_a_new_process() == in_a_new_process()
    assert len(parsed) == 8


def test_other_folders_leave_nothing_in_the_cache(folder):
    curriculum.load(folder)
    assert copies() == []


def test_another_edition_of_the_model_reads_anew(own_folder, parsed, tmp_path, monkeypatch):
    in_a_new_process()
    edition = tmp_path / "model.py"
    edition.write_text(Path(cache.model.__file__).read_text() + "# another edition\n")
    monkeypatch.setattr(cache.model, "__file__", str(edition))
    parsed.clear()
    in_a_new_process()
    assert parsed
