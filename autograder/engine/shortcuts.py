"""What IPython computes anew for every cell although it depends on the cell's text, or on IPython itself, alone."""

from __future__ import annotations

import functools
import struct
from typing import Any

from ipykernel import compiler, ipkernel
from IPython.core import interactiveshell

_MULTIPLIER = 0x5BD1E995  # of MurmurHash2
_MASK = 0xFFFFFFFF


def take_shortcuts(shell: Any) -> None:
    """Have a shell do the same with less work; nothing that can be seen from a notebook changes."""
    _remember_transforms(shell.input_transformer_manager)
    compiler.murmur2_x86 = murmur2
    interactiveshell._should_be_async = _unless_plain(interactiveshell._should_be_async)
    ipkernel._accepts_parameters = _remembering(ipkernel._accepts_parameters)


def _remember_transforms(manager: Any) -> None:
    """Have a cell's text be translated into Python (magics, shell commands, help) once, not twice for each execution.

    What comes out depends on the text alone, as long as nobody has changed the list of transformations.
    """
    transform = manager.transform_cell
    usual = _transformations(manager)
    known: dict[str, str] = {}

    def transform_cell(cell: str) -> str:
        if _transformations(manager) != usual:
            return str(transform(cell))
        if cell not in known:
            known[cell] = transform(cell)
        return known[cell]

    transform_cell.known = known  # type: ignore[attr-defined]
    manager.transform_cell = transform_cell


def _transformations(manager: Any) -> list[object]:
    return [*manager.cleanup_transforms, None, *manager.line_transforms, None, *manager.token_transformers]


def murmur2(data: str, seed: int) -> int:
    """Return what ipykernel names a cell's file by: the 32-bit MurmurHash2 of its text in UTF-8.

    >>> murmur2("print(1)", 0xC70F6907) == compiler.murmur2_x86("print(1)", 0xC70F6907)
    True
    """
    encoded = data.encode()
    whole = len(encoded) & ~3
    value = seed ^ len(encoded)
    for word in struct.unpack(f"<{whole // 4}I", encoded[:whole]):
        mixed = word * _MULTIPLIER & _MASK
        mixed ^= mixed >> 24
        value = (value * _MULTIPLIER & _MASK) ^ (mixed * _MULTIPLIER & _MASK)
    if len(encoded) > whole:
        value = (value ^ int.from_bytes(encoded[whole:], "little")) * _MULTIPLIER & _MASK
    value = (value ^ value >> 13) * _MULTIPLIER & _MASK
    return value ^ value >> 15


def _unless_plain(should_be_async: Any) -> Any:
    """Spare compiling a text, twice, to see whether it is to be awaited, where it has neither of the words for that."""

    def _should_be_async(cell: str) -> bool:
        return ("await" in cell or "async" in cell) and bool(should_be_async(cell))

    return _should_be_async


def _remembering(accepts_parameters: Any) -> Any:
    """Ask once which of some parameters a method has."""
    remembered = functools.lru_cache(maxsize=16)(accepts_parameters)

    def _accepts_parameters(meth: Any, param_names: list[str]) -> Any:
        try:
            return remembered(meth, tuple(param_names))
        except TypeError:  # somebody put in its place what can't be a key
            return accepts_parameters(meth, param_names)

    return _accepts_parameters
