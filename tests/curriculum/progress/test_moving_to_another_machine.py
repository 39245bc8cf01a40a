"""Two machines' logs put together are their union: nothing is lost, nothing doubled, the order doesn't matter."""

from __future__ import annotations

import contextlib
import tempfile
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.progress import Event, ProgressError, open_progress
from curriculum.progress.events import HintAsked, Opened, new_event
from curriculum.progress.transfer import from_lines, to_lines

HEAD = b'{"format":"backend-path-progress/1"}\n'
NOW = datetime(2028, 1, 1, tzinfo=UTC)


def carried(events):
    """Return events as they come out of an export on another machine."""
    return from_lines(to_lines(events), "export.jsonl")


@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_an_export_says_all_and_always_the_same(logs, data):
    events = data.draw(logs)
    assert carried(events) == events
    assert to_lines(carried(events)) == to_lines(events)


@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_imports_in_any_order_and_number_give_the_same_memory(logs, path, data):
    events = data.draw(logs)
    owners = data.draw(st.lists(st.integers(1, 3), min_size=len(events), max_size=len(events)))
    here = [event for event, owner in zip(events, owners, strict=True) if owner & 1]
    there = [event for event, owner in zip(events, owners, strict=True) if owner & 2]
    with ExitStack() as stack:
        one, two = (
            stack.enter_context(open_progress(stack.enter_context(tempfile.TemporaryDirectory()), lambda: NOW, UTC))
            for _ in range(2)
        )
        assert one.add(here) == len(here)
        one.snapshot(path)  # what is folded already must give way to what comes in between
        assert two.add(there) == len(there)
        known = {event.id for event in here}
        assert one.add(carried(two.events())) == sum(event.id not in known for event in there)
        assert two.add(carried(one.events())) == len(events) - len(there)
        assert one.add(carried(two.events())) == 0
        assert one.events() == two.events() == events
        assert one.snapshot(path) == two.snapshot(path)
        assert to_lines(one.events()) == to_lines(two.events())


def test_work_goes_on_after_an_import_of_older_events(learner, laptop):
    learner.fail()
    assert learner.state == "in-progress"
    laptop.now = learner.now - timedelta(days=3)
    laptop.check()
    learner.memory.add(carried(laptop.memory.events()))
    assert learner.state == "solved"
    assert [check.passed for check in learner.snapshot().checks] == [False, True]


def test_one_bad_line_and_nothing_is_imported(learner, laptop):
    for _ in range(3):
        laptop.check()
    lines = to_lines(laptop.memory.events()).split(b"\n")
    lines[2] = lines[2].replace(b"exercise:", b"lesson:")
    with pytest.raises(ProgressError, match=r"^export.jsonl:3: This is no event: .*`check`.*`lesson`.*Nothing was imp"):
        learner.memory.add(from_lines(b"\n".join(lines), "export.jsonl"))
    assert learner.memory.events() == []


EVENT = {
    "id": "0a0b0c0d-0000-4000-8000-000000000001",
    "at": "2027-03-01T09:00:00Z",
    "about": "exercise:flask/mini-api",
    "what": {"kind": "submitted"},
}


def test_a_line_written_by_hand_is_read():
    (event,) = from_lines(HEAD + msgspec.json.encode(EVENT) + b"\n\n", "x")
    assert msgspec.to_builtins(event) == EVENT


def test_another_zones_time_is_the_same_moment():
    (event,) = from_lines(HEAD + msgspec.json.encode(EVENT | {"at": "2027-03-01T11:00:00+02:00"}), "x")
    assert msgspec.to_builtins(event) == EVENT


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"id": "1"}, "Expected `str` matching regex.*`\\$.id`"),
        ({"at": "2027-03-01T09:00:00"}, "The time has no zone"),
        ({"at": "yesterday"}, "Invalid RFC3339"),
        ({"at": "9999-12-31T23:59:59Z"}, "The time is not between the years 1969 and 2200"),
        ({"at": "0001-01-01T00:00:00+14:00"}, "The time is not between"),
        ({"about": "exercise:flask"}, "matching regex.*`\\$.about`"),
        ({"about": "exercise:flask/mini-api\n"}, "matching regex"),
        ({"about": "lesson:flask/routing"}, "No event of kind `submitted` can happen"),
        ({"what": {"kind": "sung"}}, "Invalid value 'sung'"),
        ({"what": {"kind": "time", "seconds": -5}}, "Expected `float` > 0"),
        ({"what": {"kind": "submitted", "mark": 5}}, "unknown field `mark`"),
        ({"extra": 1}, "unknown field `extra`"),
    ],
)
def test_a_damaged_line_is_refused_with_its_number(changes, problem):
    with pytest.raises(ProgressError, match=rf"^x:2: This is no event: .*{problem}.*Export again"):
        from_lines(HEAD + msgspec.json.encode(EVENT | changes), "x")


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe", b"[]\n", b'{"id": 1}\n', b"SQLite format 3\0"])
def test_a_file_that_is_no_export_is_refused(content):
    with pytest.raises(ProgressError, match=r"^x:1: This is no export of a memory. Make one: backend-path progress ex"):
        from_lines(content, "x")


def test_an_export_of_a_newer_version_is_refused():
    with pytest.raises(
        ProgressError, match=r"^x:1: The format is 'backend-path-progress/2'; this version knows.*Update"
    ):
        from_lines(HEAD.replace(b"/1", b"/2"), "x")


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content):
    for data in (content, HEAD + content):
        with contextlib.suppress(ProgressError):
            assert all(isinstance(event, Event) for event in from_lines(data, "x"))


def test_an_id_that_says_something_else_here_is_refused_whole(learner):
    first = new_event(learner.now, "lesson:flask/routing", Opened())
    other = msgspec.structs.replace(first, about="lesson:flask/request-to-response")
    new = new_event(learner.now, "exercise:flask/mini-api", HintAsked(task="read", hint="key", step=1))
    learner.memory.add([first])
    with pytest.raises(ProgressError, match=rf"{first.id} is there already and says something else .*Export again"):
        learner.memory.add([new, other])
    assert learner.memory.events() == [first]
