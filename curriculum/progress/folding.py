"""Histories that are kept while a program runs, so that only what is new in a file is read and folded in.

A log only grows. When the event that was read last still has its place in the file, all before it are the same, and the
history goes on from there; otherwise (another file stands there now) it begins anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from threading import Lock

from curriculum.model import Path as LearningPath
from curriculum.progress.history import History
from curriculum.progress.store import BEGINNING, Store

KEPT = 4
"""How many files' histories are kept; a program has one, seldom two."""

_BEFORE_ALL = (datetime.min.replace(tzinfo=UTC), "")

_kept: dict[Path, _Fold] = {}
_keeping = Lock()


@contextmanager
def history_of(store: Store, path: LearningPath, zone: tzinfo | None) -> Iterator[History]:
    """Give what the events of a log come to; within the block nobody else changes it.

    Args:
        store: the log.
        path: the learning path.
        zone: the learner's time zone; the system's when None.
    """
    with _keeping:
        fold = _kept.pop(store.file, None)
        if fold is None or fold.path is not path or fold.zone != zone:
            fold = _Fold(path, zone)
        _kept[store.file] = fold
        while len(_kept) > KEPT:
            del _kept[next(iter(_kept))]
    with fold.lock:
        try:
            fold.catch_up(store)
        except BaseException:
            fold.start()  # stopped half way: what was taken in must not be taken in twice
            raise
        yield fold.history


def forget() -> None:
    """Keep nothing: the next to ask has everything read anew."""
    with _keeping:
        _kept.clear()


class _Fold:
    def __init__(self, path: LearningPath, zone: tzinfo | None) -> None:
        self.path = path
        self.zone = zone
        self.lock = Lock()
        self.start()

    def start(self) -> None:
        """Forget what was taken in."""
        self.history = History({lesson.id: lesson.minutes for lesson in self.path.lessons.values()}, self.zone)
        self._last = BEGINNING  # the event that was written last
        self._latest = _BEFORE_ALL  # time and id of the event that happened last

    def catch_up(self, store: Store) -> None:
        """Take in what is new in a log."""
        if not store.has(*self._last):
            self.start()
        events, last = store.events(self._last)
        if events and (events[0].at, events[0].id) < self._latest:  # imported, or recorded while a clock was slow
            self.start()
            events, last = store.events()
        for event in events:
            self.history.take(event)
        if events:
            self._latest = max(self._latest, (events[-1].at, events[-1].id))
        self._last = last
