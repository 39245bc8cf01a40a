"""The learner's days: one begins at four in the morning, because who learns past midnight is still at it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo

DAY_BEGINS = time(4)

_SHIFT = timedelta(hours=DAY_BEGINS.hour)


class Calendar:
    """Tells on which day of the learner's something happened.

    Changing time zones is slow, and most events are of the same day as the one before; so the bounds of that are kept.

    >>> from datetime import timezone
    >>> calendar = Calendar(timezone(timedelta(hours=2)))
    >>> calendar.day(datetime(2027, 1, 5, 1, 30, tzinfo=UTC))
    datetime.date(2027, 1, 4)
    >>> calendar.day(datetime(2027, 1, 5, 2, 0, tzinfo=UTC))
    datetime.date(2027, 1, 5)

    Args:
        zone: the learner's time zone; the system's when None.
    """

    def __init__(self, zone: tzinfo | None = None) -> None:
        self._zone = zone
        self._day = date.min
        self._begin = self._end = datetime.min.replace(tzinfo=UTC)

    def day(self, at: datetime) -> date:
        """Return the day of a moment."""
        if not self._begin <= at < self._end:
            self._day = (at.astimezone(self._zone) - _SHIFT).date()
            self._begin, self._end = self._start(self._day), self._start(self._day + timedelta(days=1))
        return self._day

    def _start(self, day: date) -> datetime:
        local = datetime.combine(day, DAY_BEGINS)
        return (local.replace(tzinfo=self._zone) if self._zone else local.astimezone()).astimezone(UTC)
