"""Placeholders in SQL: `?` and `:name` for one driver, `%s` and `%(name)s` for another."""

from __future__ import annotations

import re
from typing import Final

_TOKEN: Final = re.compile(
    r"""
      (?P<kept> '(?:[^'\\]|''|\\.)*' | "(?:[^"]|"")*" | `[^`]*` | --[^\n]* | \#[^\n]* | /\*.*?\*/ )
    | (?P<question> \? )
    | (?P<colon> (?<![:\w]):(?P<colon_name>[A-Za-z_]\w*) )
    | (?P<format> %s )
    | (?P<pyformat> %\((?P<pyformat_name>\w+)\)s )
    | (?P<escaped> %% )
    | (?P<percent> % )
    """,
    re.VERBOSE | re.DOTALL,
)


def to_format(sql: str) -> str:
    """Return SQL with `?` and `:name` as PyMySQL wants it.

    >>> to_format("SELECT '?' FROM t WHERE a = ? AND b LIKE :b AND c % 2 = 0")
    "SELECT '?' FROM t WHERE a = %s AND b LIKE %(b)s AND c %% 2 = 0"
    """

    def replaced(found: re.Match[str]) -> str:
        if found["question"]:
            return "%s"
        if found["colon"]:
            return f"%({found['colon_name']})s"
        return found[0].replace("%", "%%")

    return _TOKEN.sub(replaced, sql)


def from_format(sql: str) -> str:
    """Return SQL with `%s` and `%(name)s` as `sqlite3` wants it.

    >>> from_format("SELECT '50%%' FROM t WHERE a = %s AND b = %(b)s AND c %% 2 = 0")
    "SELECT '50%' FROM t WHERE a = ? AND b = :b AND c % 2 = 0"
    """

    def replaced(found: re.Match[str]) -> str:
        if found["format"]:
            return "?"
        if found["pyformat"]:
            return f":{found['pyformat_name']}"
        return found[0].replace("%%", "%")

    return _TOKEN.sub(replaced, sql)
