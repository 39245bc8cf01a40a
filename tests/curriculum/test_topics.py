import pathlib
import re

import pytest

import curriculum

PAGE = pathlib.Path(__file__).resolve().parents[2] / "docs" / "topics.md"
ROW = re.compile(
    r"^\| (?P<topic>[^|]+) \| (?P<how>taught|placed|left out) \| (?P<where>[^|]*)\| (?P<note>[^|]*)\|$", re.M
)


@pytest.fixture(scope="module")
def page() -> str:
    return PAGE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def rows(page: str) -> list[dict[str, str]]:
    return [{key: value.strip() for key, value in row.groupdict().items()} for row in ROW.finditer(page)]


def test_every_topic_of_the_map_has_its_row(rows: list[dict[str, str]]) -> None:
    assert len(rows) == 136
    names = [row["topic"] for row in rows]
    assert [name for name in set(names) if names.count(name) > 1] == ["Redis"]  # as a cache and as a store


def test_every_module_and_skill_named_on_the_page_exists(page: str) -> None:
    path = curriculum.load()
    named = set(re.findall(r"`([^`]+)`", page))
    assert len(named) > 100
    assert [name for name in sorted(named) if name not in path.modules and name not in path.skills] == []


def test_a_topic_is_either_in_the_path_or_left_out_for_a_reason(rows: list[dict[str, str]]) -> None:
    for row in rows:
        if row["how"] == "left out":
            assert not row["where"], row
            assert row["note"], row
        else:
            assert "`" in row["where"], row
