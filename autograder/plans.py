"""Query plans of SQLite and MariaDB, in the same words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

Access = Literal["scan", "search"]

_SQLITE_STEP: Final = re.compile(r"(SCAN|SEARCH) (?:TABLE )?(\S+)(?: AS (\S+))?(?: USING (.*))?")
_SQLITE_INDEX: Final = re.compile(r"(AUTOMATIC )?(?:PARTIAL )?(COVERING )?INDEX (\S+)")


@dataclass(frozen=True, slots=True)
class Step:
    """How a plan reads one table.

    Attributes:
        table: the table's name or alias in the query.
        access: `scan` reads all of it (or all of an index), `search` only what fits.
        index: the index that is used, `PRIMARY` for the primary key; empty if none.
        covering: the index alone answers, without the table.
    """

    table: str
    access: Access
    index: str
    covering: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """How the database will run a query.

    Attributes:
        steps: how each table is read, in order.
        sorts: rows are sorted in a step of their own, because no index gives the order.
        text: the plan as the database tells it.
    """

    steps: tuple[Step, ...]
    sorts: bool
    text: str

    def uses(self, index: str) -> bool:
        """Whether an index is used."""
        return any(step.index == index for step in self.steps)

    def scans(self, table: str) -> bool:
        """Whether all of a table is read."""
        return any(step.table == table and step.access == "scan" for step in self.steps)

    def __describe__(self) -> str:
        return f"The plan was:\n{self.text}"


def sqlite_plan(rows: Sequence[tuple[object, ...]]) -> Plan:
    """Return the plan that `EXPLAIN QUERY PLAN` gave.

    >>> sqlite_plan([(3, 0, 0, "SEARCH orders USING INDEX by_day (day=?)")]).steps
    (Step(table='orders', access='search', index='by_day', covering=False),)
    """
    details = [str(row[3]) for row in rows]
    steps = []
    for detail in details:
        found = _SQLITE_STEP.match(detail)
        if found and not found[2].startswith("("):
            how = found[4] or ""
            index = _SQLITE_INDEX.match(how)
            name = "PRIMARY" if "PRIMARY KEY" in how else index[3] if index and not index[1] else ""
            access: Access = "scan" if found[1] == "SCAN" else "search"
            steps.append(Step(found[3] or found[2], access, name, bool(index and index[2])))
    return Plan(tuple(steps), any("TEMP B-TREE FOR ORDER BY" in detail for detail in details), "\n".join(details))


def mariadb_plan(rows: Sequence[Mapping[str, object]]) -> Plan:
    """Return the plan that `EXPLAIN` gave."""
    steps = []
    lines = []
    for row in rows:
        table, kind, extra = (str(row.get(name) or "") for name in ("table", "type", "Extra"))
        lines.append(", ".join(f"{key}: {value}" for key, value in row.items() if value is not None))
        if table and not table.startswith("<"):
            access: Access = "scan" if kind in ("ALL", "index") else "search"
            steps.append(Step(table, access, str(row.get("key") or ""), "Using index" in extra.split("; ")))
    return Plan(tuple(steps), any("Using filesort" in line for line in lines), "\n".join(lines))
