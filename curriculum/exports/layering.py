"""Laying out a graph in rows, after Sugiyama: what a node needs stands above it, and few lines cross.

The steps are the usual ones. Every node gets a row; a line that passes a row gets a place of its own in it; the order
within the rows is improved by means and swaps while that removes crossings; then the places are moved as near to their
neighbours as order and width allow. Nothing is random: the same graph gives the same picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import msgspec

Needs = Mapping[str, Sequence[str]]
"""For each node what it needs; a node stands after all that it needs."""

_SWEEPS = 24
_STRAIGHT = 6.0


class Layout(msgspec.Struct, frozen=True):
    """Where everything stands.

    Attributes:
        rows: the places of each row, from left to right; a place is a node, or a line's that passes the row.
        across: the middle of each place, from the left edge of the drawing.
        width: how wide the drawing is.
        lines: each line's places: the node needed, the places in the rows between, the node that needs it.
    """

    rows: tuple[tuple[str, ...], ...]
    across: dict[str, float]
    width: float
    lines: tuple[tuple[str, ...], ...]


def lay_out(needs: Needs, *, node: float, passing: float, gap: float, most: int) -> Layout:
    """Return the layout of a graph.

    Args:
        needs: the graph, without lines that follow from others.
        node: the width of a node.
        passing: the width that a line needs to pass between nodes.
        gap: the least distance between neighbours in a row.
        most: how many nodes may stand in a row.
    """
    row_of = _rows(needs, most)
    lines, rows = _threaded(needs, row_of)
    rows = _ordered(rows, _neighbours(lines))
    widths = {place: node if place in needs else passing for row in rows for place in row}
    across = _placed(needs, rows, _neighbours(lines), widths, gap)
    left = min(across[place] - widths[place] / 2 for place in across)
    across = {place: x - left for place, x in across.items()}
    width = max(across[place] + widths[place] / 2 for place in across)
    return Layout(tuple(map(tuple, rows)), across, width, tuple(lines))


def _rows(needs: Needs, most: int) -> dict[str, int]:
    """Return each node's row: below all it needs, and where room is short, those first that most has to follow."""
    height = dict.fromkeys(needs, 0)
    for name in reversed(list(needs)):
        for other in needs[name]:
            height[other] = max(height[other], height[name] + 1)
    row: dict[str, int] = {}
    waiting = list(needs)
    while waiting:
        number = 1 + max(row.values(), default=-1)
        free = [name for name in waiting if all(other in row for other in needs[name])]
        for name in sorted(free, key=lambda name: -height[name])[:most]:
            row[name] = number
        waiting = [name for name in waiting if name not in row]
    _pull_down(needs, row, most)
    return row


def _pull_down(needs: Needs, row: dict[str, int], most: int) -> None:
    """Move each node that has more lines below than above as far down as they and the room allow."""
    needed_by: dict[str, list[str]] = {name: [] for name in needs}
    for name, before in needs.items():
        for other in before:
            needed_by[other].append(name)
    for name in reversed(list(needs)):
        if len(needed_by[name]) > len(needs[name]):
            lowest = min(row[other] for other in needed_by[name]) - 1
            room = (number for number in range(lowest, row[name], -1) if list(row.values()).count(number) < most)
            row[name] = next(room, row[name])


def _threaded(needs: Needs, row_of: Mapping[str, int]) -> tuple[list[tuple[str, ...]], list[list[str]]]:
    """Return the lines, each with a place in every row it passes, and the rows with those places."""
    rows: list[list[str]] = [[] for _ in range(1 + max(row_of.values(), default=0))]
    for name in needs:
        rows[row_of[name]].append(name)
    lines = []
    for name, before in needs.items():
        for other in before:
            passed = range(row_of[other] + 1, row_of[name])
            places = [f"{other}>{name}@{row}" for row in passed]
            for row, place in zip(passed, places, strict=True):
                rows[row].append(place)
            lines.append((other, *places, name))
    return lines, rows


def _neighbours(lines: Iterable[tuple[str, ...]]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return what each place is joined to in the row above it, and in the row below it."""
    above: dict[str, list[str]] = {}
    below: dict[str, list[str]] = {}
    for line in lines:
        for upper, lower in pairwise(line):
            above.setdefault(lower, []).append(upper)
            below.setdefault(upper, []).append(lower)
    return above, below


Neighbours = tuple[Mapping[str, Sequence[str]], Mapping[str, Sequence[str]]]


def _ordered(rows: list[list[str]], neighbours: Neighbours) -> list[list[str]]:
    """Return the rows in an order with few crossings."""
    above, below = neighbours
    best, fewest = [list(row) for row in rows], _crossings(rows, below)
    for sweep in range(_SWEEPS):
        downwards = sweep % 2 == 0
        side = above if downwards else below
        order = range(1, len(rows)) if downwards else range(len(rows) - 2, -1, -1)
        for i in order:
            fixed = {place: x for x, place in enumerate(rows[i - 1 if downwards else i + 1])}
            now = {place: x for x, place in enumerate(rows[i])}
            wish = {place: _mean([fixed[other] for other in side.get(place, ())], now[place]) for place in rows[i]}
            rows[i].sort(key=lambda place: (wish[place], now[place]))
        _swap(rows, neighbours)
        if (count := _crossings(rows, below)) < fewest:
            best, fewest = [list(row) for row in rows], count
    return best


def _swap(rows: list[list[str]], neighbours: Neighbours) -> None:
    """Exchange neighbours in a row as long as that removes crossings."""
    above, below = neighbours
    improved = True
    while improved:
        improved = False
        for i, row in enumerate(rows):
            sides = []
            if i > 0:
                sides.append((above, {place: x for x, place in enumerate(rows[i - 1])}))
            if i + 1 < len(rows):
                sides.append((below, {place: x for x, place in enumerate(rows[i + 1])}))
            for j in range(len(row) - 1):
                left, right = row[j], row[j + 1]
                gain = 0
                for side, at in sides:
                    lefts = [at[other] for other in side.get(left, ())]
                    rights = [at[other] for other in side.get(right, ())]
                    gain += sum(a > b for a in lefts for b in rights) - sum(a < b for a in lefts for b in rights)
                if gain > 0:
                    row[j], row[j + 1] = right, left
                    improved = True


def _crossings(rows: Sequence[Sequence[str]], below: Mapping[str, Sequence[str]]) -> int:
    count = 0
    for upper, lower in pairwise(rows):
        at = {place: x for x, place in enumerate(lower)}
        ends = [at[other] for place in upper for other in sorted(below.get(place, ()), key=at.__getitem__)]
        count += sum(a > b for i, a in enumerate(ends) for b in ends[i + 1 :])
    return count


def _placed(
    needs: Needs, rows: Sequence[Sequence[str]], neighbours: Neighbours, widths: Mapping[str, float], gap: float
) -> dict[str, float]:
    """Return the middle of every place: near its neighbours, in the order of its row, and never too close.

    No row comes out wider than the fullest one must be.
    """
    above, below = neighbours
    steps = {tuple(row): _steps(row, needs, widths, gap) for row in rows}
    edges = {tuple(row): (widths[row[0]] / 2, widths[row[-1]] / 2) for row in rows}
    bound = max(offsets[-1] + sum(edges[row]) for row, offsets in steps.items()) / 2
    across = {
        place: offset - offsets[-1] / 2
        for row, offsets in steps.items()
        for place, offset in zip(row, offsets, strict=True)
    }
    # a line that passes rows pulls harder than a box does: long lines come out straight
    pull = {place: 1.0 if place in needs else _STRAIGHT for place in widths}
    for sweep in range(4 * _SWEEPS):
        for row, offsets in steps.items() if sweep % 2 == 0 else reversed(steps.items()):
            wishes = []
            for place in row:
                near = [(across[other], pull[place] * pull[other]) for other in _joined(place, above, below)]
                total = sum(weight for _, weight in near)
                wishes.append(sum(x * weight for x, weight in near) / total if near else across[place])
            first, last = -bound + edges[row][0], bound - edges[row][1]
            places = _apart(wishes, [pull[place] for place in row], offsets)
            low, high = first, last - offsets[-1]
            for place, x, offset in zip(row, places, offsets, strict=True):
                across[place] = min(max(x - offset, low), high) + offset
    return across


def _steps(row: Sequence[str], needs: Needs, widths: Mapping[str, float], gap: float) -> list[float]:
    """Return how far each place of a row must be from the first; lines that pass may run close to each other."""
    offsets = [0.0]
    for left, right in pairwise(row):
        between = gap if left in needs or right in needs else gap / 2
        offsets.append(offsets[-1] + (widths[left] + widths[right]) / 2 + between)
    return offsets


def _joined(place: str, above: Mapping[str, Sequence[str]], below: Mapping[str, Sequence[str]]) -> list[str]:
    return [*above.get(place, ()), *below.get(place, ())]


def _apart(wishes: Sequence[float], pulls: Sequence[float], offsets: Sequence[float]) -> list[float]:
    """Return positions as near to the wishes as the distances allow (least squares, by pooling adjacent violators).

    >>> _apart([10.0, 10.0], [1.0, 1.0], [0.0, 6.0])
    [7.0, 13.0]
    """
    pools: list[tuple[float, float, int]] = []  # the pulled wishes' sum, the pulls' sum, how many places
    for wish, pull, offset in zip(wishes, pulls, offsets, strict=True):
        total, weight, count = (wish - offset) * pull, pull, 1
        while pools and pools[-1][0] / pools[-1][1] >= total / weight:
            earlier = pools.pop()
            total, weight, count = total + earlier[0], weight + earlier[1], count + earlier[2]
        pools.append((total, weight, count))
    middles = [total / weight for total, weight, count in pools for _ in range(count)]
    return [middle + offset for middle, offset in zip(middles, offsets, strict=True)]


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise
