"""The judge's end of the channel against a learner's process that keeps to no rule."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.exceptions import StudentWorkError
from autograder.judge.channel import Channel, LearnerGoneError, Messages
from autograder.judge.wire import decode, encode

Peer = Callable[[socket.socket], None]


class Bench:
    """A channel whose other side is a function."""

    def __init__(self, end: socket.socket, limit: float | None) -> None:
        self.commands: list[str] = []
        self.shown: list[list[object]] = []
        self.channel = Channel(Messages(end), self.commands.append, lambda: limit, self.shown.extend, patience=0.2)


@contextmanager
def against(peer: Peer, limit: float | None = 5) -> Iterator[Bench]:
    ours, theirs = socket.socketpair()
    thread = threading.Thread(target=_played, args=(peer, theirs))
    thread.start()
    try:
        yield Bench(ours, limit)
    finally:
        ours.close()
        thread.join()


def _played(peer: Peer, end: socket.socket) -> None:
    with end:
        try:
            peer(end)
        except (OSError, struct.error):  # the judge has hung up
            return


def _question(end: socket.socket) -> list[object]:
    (length,) = struct.unpack(">I", end.recv(4, socket.MSG_WAITALL))
    return decode(end.recv(length, socket.MSG_WAITALL))  # type: ignore[return-value]


def _say(end: socket.socket, data: bytes) -> None:
    end.sendall(struct.pack(">I", len(data)) + data)


def test_an_answer_and_what_was_printed_arrive() -> None:
    def peer(end: socket.socket) -> None:
        number, verb, details = _question(end)
        _say(end, encode([number, True, [verb, details], [["text", "printed"]]]))

    with against(peer) as bench:
        assert bench.channel.ask("call", "f", [1]) == ["call", ["f", [1]]]
        assert bench.shown == [["text", "printed"]]
        assert bench.commands == []


@pytest.mark.parametrize(
    "answer",
    [
        encode([0, True, 1, []]),  # to no question
        encode([True, True, 1, []]),
        encode("yes"),
        encode([1, 2, 3]),
        b"\xff\xff",
        b"",
    ],
)
def test_an_answer_to_nothing_ends_the_learners_process(answer: bytes) -> None:
    with against(lambda end: _say(end, answer)) as bench, pytest.raises(LearnerGoneError):
        bench.channel.ask("value", "x")
    assert bench.commands == ["kill"]


def test_a_message_that_claims_to_be_huge_is_not_read() -> None:
    with against(lambda end: end.sendall(b"\xff\xff\xff\xff")) as bench, pytest.raises(LearnerGoneError):
        bench.channel.ask("value", "x")


def test_nothing_can_be_asked_of_a_process_that_is_gone() -> None:
    with against(lambda end: None) as bench:
        for _ in range(2):
            with pytest.raises(LearnerGoneError, match="has ended"):
                bench.channel.ask("value", "x")


def test_a_late_answer_is_not_taken_for_that_of_the_next_question() -> None:
    interrupted = threading.Event()

    def peer(end: socket.socket) -> None:
        first = _question(end)[0]
        interrupted.wait(5)
        _say(end, encode([first, True, "late", []]))
        second = _question(end)[0]
        _say(end, encode([first, True, "late again", []]))
        _say(end, encode([second, True, "in time", []]))

    with against(peer, limit=0.1) as bench:
        bench.channel._command = lambda word: (bench.commands.append(word), interrupted.set())  # type: ignore[assignment]
        with pytest.raises(StudentWorkError, match=r"`f\(1\)` took longer than 0.1 s and was stopped"):
            bench.channel.ask("call", "f", doing="`f(1)`")
        assert bench.commands == ["interrupt"]
        bench.channel._limit = lambda: 5.0
        assert bench.channel.ask("call", "f") == "in time"


def test_a_process_that_does_not_stop_is_ended() -> None:
    done = threading.Event()

    def peer(end: socket.socket) -> None:
        _question(end)
        done.wait(10)

    with against(peer, limit=0.05) as bench:
        with pytest.raises(StudentWorkError, match="took longer"):
            bench.channel.ask("call", "f", doing="`f()`")
        assert bench.commands == ["interrupt", "kill"]
        with pytest.raises(LearnerGoneError, match="did not stop"):
            bench.channel.ask("call", "f")
        done.set()


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=200)
    | st.fixed_dictionaries(
        {
            key: st.text(max_size=5) | st.lists(st.text(max_size=5), max_size=3) | st.none() | st.booleans()
            for key in ("name", "names", "classes", "learners", "text", "args", "attributes", "notes")
        }
    )
)
def test_any_answer_gives_a_failed_test_and_nothing_else(content: object) -> None:
    def peer(end: socket.socket) -> None:
        number = _question(end)[0]
        _say(end, content if type(content) is bytes else encode([number, False, content, []]))

    with against(peer) as bench, pytest.raises(StudentWorkError):
        bench.channel.ask("call", "f")
