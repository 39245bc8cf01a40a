"""Tests are compiled once, not once for each submission: their text is the same in all of them.

A process that no learner's code has been near translates and compiles the judge's cells, and runs none of them; the
judge's processes then get what came out along with each text. IPython runs it as it runs any cell: only its compiler
takes what is there instead of compiling.
"""

from __future__ import annotations

import ast
import codeop
import marshal
import os
import warnings
from collections.abc import Sequence
from types import CodeType
from typing import Any, Final

import msgspec
from ipykernel.compiler import XCachingCompiler

from autograder.assertions import SpeakingAsserts
from autograder.engine.control import Spawn

_CODE: Final = "autograder_code"
_PIECE: Final = 1 << 20


class CompiledCell(msgspec.Struct, frozen=True):
    """A cell's text, compiled.

    Attributes:
        text: the text as Python, without magics.
        codes: the code of each statement, marshalled, in order.
        shows: whether the last one is an expression, whose value is shown.
        speaks: whether asserts in it were made to speak, which happens only where `student` is known.
    """

    text: str
    codes: bytes
    shows: bool
    speaks: bool


_decode = msgspec.msgpack.Decoder(CompiledCell).decode  # made before the fork: it takes a while


def compile_cells(kernel: Any, wish: Spawn, descriptors: Sequence[int]) -> None:
    """Be the process that compiles cells: read their texts, and write what came out, by text, to descriptor 1.

    Args:
        kernel: the warm kernel.
        wish: what was asked for.
        descriptors: where the texts come from.
    """
    with os.fdopen(descriptors[0], "rb") as source:
        texts = msgspec.msgpack.decode(source.read(), type=list[str])
    cells = {text: cell for text in texts if (cell := _compiled(kernel.shell, text)) is not None}
    left = memoryview(msgspec.msgpack.encode(cells))
    while left:
        left = left[os.write(1, left[:_PIECE]) :]


def _compiled(shell: Any, source: str) -> CompiledCell | None:
    """Return a cell compiled; nothing where that depends on more than its text, fails, or puts out a warning."""
    try:
        with warnings.catch_warnings(action="error"):
            return _compile(shell, source)
    except (SyntaxError, ValueError, TypeError, OverflowError, MemoryError, Warning):
        return None  # whoever runs the cell will say so


def _compile(shell: Any, source: str) -> CompiledCell | None:
    text = shell.input_transformer_manager.transform_cell(source)
    tree = shell.compile.ast_parse(text)
    if len(text.splitlines()) == 1 or not tree.body:  # a single line may be a call of what its first word names
        return None
    shows = isinstance(tree.body[-1], ast.Expr)
    before = ast.dump(tree)
    tree = ast.fix_missing_locations(SpeakingAsserts().visit(tree))
    *others, last = tree.body
    with shell.compile.extra_flags(ast.PyCF_ALLOW_TOP_LEVEL_AWAIT):
        codes = [shell.compile(ast.Module([node], []), "<cell>", "exec") for node in others]
        wrapped, mode = (ast.Interactive([last]), "single") if shows else (ast.Module([last], []), "exec")
        codes.append(shell.compile(wrapped, "<cell>", mode))
    return CompiledCell(text, marshal.dumps(codes), shows, ast.dump(tree) != before)


class Compiler(XCachingCompiler):  # type: ignore[misc]
    """A shell's compiler that takes what was compiled before, where the shell would compile the same.

    Args:
        shell: the shell; what its compiler knows of cells that ran before is taken over.
    """

    def __init__(self, shell: Any) -> None:
        super().__init__()
        self.__dict__.update(vars(shell.compile))
        self._shell = shell
        self._cells: dict[str, CompiledCell] = {}

    def know(self, source: str, compiled: bytes) -> None:
        """Take a cell, by its text as it stands in the notebook: a `CompiledCell` in MessagePack."""
        cell = _decode(compiled)
        self._cells[cell.text] = cell
        self._shell.input_transformer_manager.transform_cell.known[source] = cell.text

    def ast_parse(self, source: str, filename: str = "<unknown>", symbol: str = "exec") -> ast.AST:
        """Return the syntax tree of a text; of one that is known, statements that only stand for their code."""
        cell = self._cells.get(source)
        if cell is None or not self._fits(cell):
            tree: ast.AST = super().ast_parse(source, filename, symbol)
            return tree
        codes = marshal.loads(cell.codes)  # noqa: S302 - a fork of the warm process wrote them, which saw the tests alone
        statements: list[ast.stmt] = [ast.Pass() for _ in codes]
        if cell.shows:
            statements[-1] = ast.Expr(ast.Constant(None))
        for statement, code in zip(statements, codes, strict=True):
            setattr(statement, _CODE, code)
        return ast.Module(statements, [])

    def __call__(self, source: Any, filename: str, symbol: str, **options: Any) -> CodeType:
        """Return the code of a statement, which lies in the file of that name."""
        statements = source.body if isinstance(source, ast.Module | ast.Interactive) else []
        code: CodeType | None = getattr(statements[0], _CODE, None) if statements else None
        if code is None:
            compiled: CodeType = super().__call__(source, filename, symbol, **options)
            return compiled
        for feature in codeop._features:  # type: ignore[attr-defined]
            self.flags |= code.co_flags & feature.compiler_flag  # a `from __future__ import` holds for later cells too
        return _in_file(code, filename)

    def _fits(self, cell: CompiledCell) -> bool:
        """Whether the shell would make the same of a cell's text: nobody has changed how it reads and shows cells."""
        shell = self._shell
        transformers = [type(one) for one in shell.ast_transformers]
        usual = transformers == [SpeakingAsserts] or (not transformers and not cell.speaks)
        return usual and shell.ast_node_interactivity == "last_expr" and shell.autoawait is True


def _in_file(code: CodeType, name: str) -> CodeType:
    """Return code, with all that is defined in it, as compiled from a file of that name."""
    constants = tuple(_in_file(one, name) if isinstance(one, CodeType) else one for one in code.co_consts)
    return code.replace(co_filename=name, co_consts=constants)
