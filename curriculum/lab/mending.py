"""Damaged exercises: what is wrong with a learner's notebook, and how it is put right without losing their text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import Any, Literal

import msgspec

from curriculum.lab.places import Notebook

Cell = dict[str, Any]


class Trouble(msgspec.Struct, frozen=True):
    """Something that is wrong with a notebook.

    Attributes:
        kind: what happened.
        cells: the `grade_id` of each cell that it happened to.
        text: the same for a person.
    """

    kind: Literal["missing", "doubled", "changed", "unnamed", "unreadable"]
    cells: tuple[str, ...]
    text: str


UNREADABLE = Trouble(
    "unreadable",
    (),
    "The file of this notebook can't be read. Repair keeps it under another name and takes a fresh copy.",
)


def troubles(notebook: Notebook, release: Notebook, *, named: bool) -> tuple[Trouble, ...]:
    """Return what is wrong with a learner's notebook.

    Args:
        notebook: the learner's.
        release: what they began with.
        named: whether the notebook says which exercise it is.
    """
    wanted = _graded(release["cells"])
    there = _by_name(notebook["cells"])
    lost = _nameless(notebook["cells"], [name for name in wanted if name not in there])
    missing = [name for name in wanted if name not in there and name not in lost]
    doubled = [name for name, cells in there.items() if name in wanted and len(cells) > 1]
    changed = [*lost, *(name for name in wanted if name in there and not _is_intact(there[name][-1], wanted[name]))]
    found = []
    if not named:
        found.append(Trouble("unnamed", (), "The notebook does not say any more which exercise it is."))
    if missing:
        found.append(Trouble("missing", tuple(missing), f"{_cells(missing)} deleted."))
    if doubled:
        found.append(
            Trouble(
                "doubled", tuple(doubled), f"{_cells(doubled, 'there twice', 'there twice each')}; only one can count."
            )
        )
    if changed:
        found.append(
            Trouble("changed", tuple(changed), f"{_cells(changed, 'marked wrongly')}: a check can't read that.")
        )
    return tuple(found)


def repaired(notebook: Notebook, release: Notebook) -> Notebook:
    """Return a notebook with all cells that a check needs, each once, and everything else as the learner left it."""
    wanted = _graded(release["cells"])
    mended = deepcopy(notebook)
    cells: list[Cell] = mended["cells"]
    for name, cell in _nameless(cells, [name for name in wanted if name not in _by_name(cells)]).items():
        _mark(cell, wanted[name])
    for name, doubles in _by_name(cells).items():
        if name in wanted:
            counts = _one_that_counts(doubles, wanted[name])
            for cell in doubles:
                if cell is counts:
                    _mark(cell, wanted[name])
                else:
                    _unmark(cell)
    _put_back(cells, release["cells"])
    metadata = mended["metadata"] if isinstance(mended.get("metadata"), dict) else {}
    kept = {"backend_path", "kernelspec"}
    mended["metadata"] = {**metadata, **{key: release["metadata"][key] for key in kept if key in release["metadata"]}}
    mended["nbformat"], mended["nbformat_minor"] = release["nbformat"], release["nbformat_minor"]
    _give_ids(cells)
    return mended


def with_fresh_answers(notebook: Notebook, release: Notebook, names: Iterable[str]) -> Notebook:
    """Return a notebook in which some answers are as they were at the beginning."""
    fresh = _graded(release["cells"])
    reset = deepcopy(notebook)
    for name, cells in _by_name(reset["cells"]).items():
        if name in names and name in fresh:
            for cell in cells:
                cell["source"] = fresh[name]["source"]
                if cell.get("cell_type") == "code":
                    cell["outputs"], cell["execution_count"] = [], None
    return reset


def answers_in(notebook: Notebook) -> dict[str, str]:
    """Return the text of each cell that has a `grade_id`; of doubles the last, which is the one that counts."""
    return {name: _text(cells[-1]) for name, cells in _by_name(notebook["cells"]).items()}


def _graded(cells: list[Cell]) -> dict[str, Cell]:
    return {name: cell for cell in cells if (name := _name(cell))}


def _by_name(cells: list[Cell]) -> dict[str, list[Cell]]:
    found: dict[str, list[Cell]] = {}
    for cell in cells:
        if name := _name(cell):
            found.setdefault(name, []).append(cell)
    return found


def _name(cell: Cell) -> str:
    metadata = cell.get("metadata")
    marks = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    name = marks.get("grade_id") if isinstance(marks, dict) else None
    return name if isinstance(name, str) else ""


def _nameless(cells: list[Cell], names: list[str]) -> dict[str, Cell]:
    """Return cells that lost their marks and still have the id that the course gave them."""
    return {str(cell["id"]): cell for cell in cells if not _name(cell) and cell.get("id") in names}


def _is_intact(cell: Cell, original: Cell) -> bool:
    marks, wanted = cell["metadata"]["nbgrader"], original["metadata"]["nbgrader"]
    keys = ("grade", "locked", "solution", "points", "task", "schema_version")
    same = all(marks.get(key) == wanted.get(key) for key in keys)
    return same and cell.get("cell_type") == original["cell_type"]


def _one_that_counts(cells: list[Cell], original: Cell) -> Cell:
    """Return the last cell that was worked on, or the last."""
    return next((cell for cell in reversed(cells) if _text(cell) != _text(original)), cells[-1])


def _mark(cell: Cell, original: Cell) -> None:
    metadata = cell["metadata"] if isinstance(cell.get("metadata"), dict) else {}
    cell["metadata"] = {**metadata, **deepcopy(original["metadata"])}
    if cell.get("cell_type") != original["cell_type"]:
        cell["cell_type"] = original["cell_type"]
        for key in ("outputs", "execution_count"):
            cell.pop(key, None)
            if key in original:
                cell[key] = deepcopy(original[key])


def _unmark(cell: Cell) -> None:
    for key in ("nbgrader", "editable", "deletable"):
        cell["metadata"].pop(key, None)


def _put_back(cells: list[Cell], originals: list[Cell]) -> None:
    """Put each cell that is missing behind the one that it stood behind at the beginning."""
    behind = -1
    for original in originals:
        at = next((index for index, cell in enumerate(cells) if _is_same(cell, original)), None)
        if at is not None:
            behind = at
        elif _name(original):
            behind += 1
            cells.insert(behind, deepcopy(original))


def _is_same(cell: Cell, original: Cell) -> bool:
    name = _name(original)
    return _name(cell) == name if name else not _name(cell) and cell.get("id") == original.get("id")


def _give_ids(cells: list[Cell]) -> None:
    seen: set[str] = set()
    for number, cell in enumerate(cells):
        name = str(cell.get("id") or f"cell-{number}")
        while name in seen:
            name = f"{name[:50]}-{number}"
        cell["id"] = name
        seen.add(name)


def _text(cell: Cell) -> str:
    source = cell.get("source", "")
    return "".join(source) if isinstance(source, list) else str(source)


def _cells(names: list[str], what: str = "", whats: str = "") -> str:
    listed = ", ".join(_quoted(names))
    if len(names) == 1:
        return f"The cell {listed} {'is ' + what if what else 'was'}"
    return f"The cells {listed} {'are ' + (whats or what) if what else 'were'}"


def _quoted(names: Iterable[str]) -> Iterator[str]:
    return (f"“{name}”" for name in names)
