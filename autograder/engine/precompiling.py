"""The judge's cells are compiled once for all submissions of an assignment, as soon as a second one comes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec

from autograder.engine.control import Spawn
from autograder.engine.exchange import exchange
from autograder.engine.forking import Zygote

_SECONDS: Final = 30.0
_MOST_NOTEBOOKS: Final = 100

_known: dict[tuple[str, ...], dict[str, bytes] | None] = {}


def compiled(warm: Zygote, texts: Sequence[str], folder: Path, scratch: Path, watched: int | None) -> dict[str, bytes]:
    """Return what cells were compiled to, each as the `CompiledCell` of `autograder.judge.compiled`, in MessagePack.

    Args:
        warm: the warm process, a fork of which compiles them.
        texts: the texts of all cells that the judge runs in a notebook, in order.
        folder: a folder for that process, where no learner's files lie.
        scratch: a folder for its temporary files.
        watched: a descriptor; when its other side closes, the work is given up.

    Returns:
        What is known, by text. A cell that isn't there is compiled where it is run.
    """
    key = tuple(texts)
    if key not in _known:
        if len(_known) >= _MOST_NOTEBOOKS:
            _known.clear()
        _known[key] = None  # a single submission would wait longer than it gains
        return {}
    found = _known[key]
    if found is None:
        found = _known[key] = _compile(warm, key, folder, scratch, watched)
    return found


def _compile(
    warm: Zygote, texts: tuple[str, ...], folder: Path, scratch: Path, watched: int | None
) -> dict[str, bytes]:
    request = msgspec.msgpack.encode(texts)
    wish = Spawn("autograder.judge.compiled:compile_cells", str(folder), str(scratch))
    most = 100 * len(request) + 1_000_000
    done = exchange(warm, wish, request, seconds=_SECONDS, most=most, watched=watched)
    try:
        cells = msgspec.msgpack.decode(done.answer, type=dict[str, msgspec.Raw])
        return {text: bytes(cell) for text, cell in cells.items()}
    except msgspec.DecodeError as error:
        why = done.errors.decode("utf-8", "replace").strip() or str(error)
        print(f"Tests are compiled for each submission, because compiling them once failed: {why}", file=sys.stderr)
        return {}
