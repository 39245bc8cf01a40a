"""Times as people read them."""

from __future__ import annotations


def in_words(minutes: int) -> str:
    """Return a time in minutes in hours and minutes.

    >>> in_words(45), in_words(60), in_words(95), in_words(0)
    ('45 min', '1 h', '1 h 35 min', '0 min')
    """
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest} min" if rest else f"{hours} h"
