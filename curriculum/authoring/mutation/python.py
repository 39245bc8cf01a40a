"""Mutations of Python: small mistakes that a good test notices.

The operators are the sufficient ones of Offutt et al., "An experimental determination of sufficient mutant operators"
(1996), and a few that answers in this course call for: texts, results, keyword arguments, clean-up calls such as
`.strip()`. Each replaces a node by one alternative, or two, not by all that parse: a test that notices one of twelve
wrong signs notices nearly all of them.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator

from curriculum.authoring.mutation.edit import Edit
from curriculum.authoring.mutation.tokens import sql_edits

_COMPARISONS: dict[type[ast.cmpop], tuple[str, str]] = {
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.Is: ("is", "is not"),
    ast.IsNot: (r"is\s+not", "is"),
    ast.In: ("in", "not in"),
    ast.NotIn: (r"not\s+in", "in"),
}
_ARITHMETIC: dict[type[ast.operator], tuple[str, str]] = {
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "/"),
    ast.Div: ("/", "*"),
    ast.FloorDiv: ("//", "/"),
    ast.Mod: ("%", "*"),
    ast.Pow: ("**", "*"),
    ast.BitAnd: ("&", "|"),
    ast.BitOr: ("|", "&"),
    ast.BitXor: ("^", "|"),
    ast.LShift: ("<<", ">>"),
    ast.RShift: (">>", "<<"),
}
_CLEANING = {"strip", "lstrip", "rstrip", "lower", "upper", "casefold", "title", "capitalize"}
_WRAPPING = {"sorted", "reversed", "abs", "round", "set", "frozenset"}
# Leaving these out changes nothing on the grader's system, or only what wrong use of Python does.
_HARMLESS_KEYWORDS = {"encoding", "strict", "newline"}
_SQL = re.compile(r"\s*(--[^\n]*\n\s*)*(SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|WITH|REPLACE|MERGE)\b", re.I)
_LITERAL = re.compile(r"""[A-Za-z]{0,2}(?P<quote>\"{3}|'{3}|"|')(?P<body>.*?)(?<!\\)(?P=quote)""", re.DOTALL)


class _Text:
    """A Python text and the places of its nodes, in bytes."""

    def __init__(self, text: str) -> None:
        self.data = text.encode()
        starts = [0]
        for line in self.data.split(b"\n"):
            starts.append(starts[-1] + len(line) + 1)
        self._starts = starts

    def start(self, node: ast.expr | ast.stmt) -> int:
        return self._starts[node.lineno - 1] + node.col_offset

    def end(self, node: ast.expr | ast.stmt) -> int:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return self._starts[node.end_lineno - 1] + node.end_col_offset

    def of(self, node: ast.expr | ast.stmt) -> str:
        return self.data[self.start(node) : self.end(node)].decode()

    def replace(self, operator: str, node: ast.expr | ast.stmt, text: str) -> Edit:
        return Edit(operator, self.start(node), self.end(node), text)

    def between(self, operator: str, left: int, right: int, pattern: str, text: str) -> Iterator[Edit]:
        """Yield the edit that puts `text` for what `pattern` matches between two places."""
        match = re.search(pattern.encode(), self.data[left:right])
        if match:
            yield Edit(operator, left + match.start(), left + match.end(), text)


Operator = Callable[[ast.AST, _Text], Iterator[Edit]]


def python_edits(text: str) -> Iterator[Edit]:
    """Yield every mutation of a Python text, in the order of the text.

    Raises:
        SyntaxError: the text is not Python.
    """
    tree = ast.parse(text)
    skipped = _skipped(tree)
    source = _Text(text)
    edits = [
        edit
        for node in ast.walk(tree)
        if id(node) not in skipped
        for operator in OPERATORS
        for edit in operator(node, source)
    ]
    yield from sorted(edits, key=lambda edit: (edit.start, edit.end, edit.operator, edit.text))


def is_sql(text: str) -> bool:
    """Return whether a text is an SQL statement, by its first word."""
    return bool(_SQL.match(text))


def _skipped(tree: ast.AST) -> set[int]:
    """Return the nodes that no operator touches: they can't change what a test sees, or have no place in the text.

    Annotations, docstrings and assertions change nothing; the parts of an f-string have wrong places before Python
    3.12; what an exception says to a person is for a person to judge.
    """
    roots: list[ast.AST] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            roots += node.values
        elif isinstance(node, ast.Assert):
            roots.append(node)
        elif isinstance(node, ast.AnnAssign):
            roots.append(node.annotation)
        elif isinstance(node, ast.arg):
            roots += [node.annotation] if node.annotation else []
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.returns:
            roots.append(node.returns)
        elif isinstance(node, ast.Raise):
            roots += [part for part in ast.walk(node) if isinstance(part, ast.JoinedStr) or _is_text(part)]
        if isinstance(node, ast.Expr) and _is_text(node.value):
            roots.append(node)
    return {id(node) for root in roots for node in ast.walk(root)}


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _comparison(node: ast.AST, text: _Text) -> Iterator[Edit]:
    """`<` becomes `<=`, `==` becomes `!=`, `in` becomes `not in`, and back."""
    if isinstance(node, ast.Compare):
        operands = [node.left, *node.comparators]
        for left, operator, right in zip(operands, node.ops, operands[1:], strict=False):
            pattern, other = _COMPARISONS[type(operator)]
            yield from text.between("comparison", text.end(left), text.start(right), pattern, other)


def _arithmetic(node: ast.AST, text: _Text) -> Iterator[Edit]:
    """`+` becomes `-`, `*` becomes `/`, and so on; also in `+=`."""
    if isinstance(node, ast.BinOp):
        sign, other = _ARITHMETIC.get(type(node.op), ("", ""))
        left, right = text.end(node.left), text.start(node.right)
    elif isinstance(node, ast.AugAssign):
        sign, other = _ARITHMETIC.get(type(node.op), ("", ""))
        left, right = text.end(node.target), text.start(node.value)
    else:
        return
    if sign:
        yield from text.between("arithmetic", left, right, re.escape(sign), other)


def _boolean(node: ast.AST, text: _Text) -> Iterator[Edit]:
    """`and` becomes `or`, and back; `not` goes."""
    if isinstance(node, ast.BoolOp):
        word, other = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
        for left, right in zip(node.values, node.values[1:], strict=False):
            yield from text.between("boolean", text.end(left), text.start(right), rf"\b{word}\b", other)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield text.replace("boolean", node, f"({text.of(node.operand)})")


def _condition(node: ast.AST, text: _Text) -> Iterator[Edit]:
    """A condition is turned round, where no other operator does it."""
    tests = [node.test] if isinstance(node, ast.If | ast.While | ast.IfExp) else []
    if isinstance(node, ast.comprehension):
        tests = node.ifs
    for test in tests:
        turned_elsewhere = (isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)) or (
            isinstance(test, ast.Compare)
            and len(test.ops) == 1
            and not isinstance(test.ops[0], ast.Lt | ast.LtE | ast.Gt | ast.GtE)
        )
        if not turned_elsewhere and not isinstance(test, ast.Constant):
            yield text.replace("condition", test, f"(not ({text.of(test)}))")


def _constant(node: ast.AST, text: _Text) -> Iterator[Edit]:
    """A number becomes one more and one less, `True` becomes `False`, a text becomes empty."""
    if not isinstance(node, ast.Constant):
        return
    value = node.value
    if isinstance(value, bool):
        yield text.replace("constant", node, str(not value))
    elif isinstance(value, int | float):
        # status codes and the like: one neighbour is as good as the other
        for step in (1,) if value >= 100 else (1, -1):
            yield text.replace("constant", node, f"({value + step!r})" if value + step < 0 else repr(value + step))
    elif isinstance(value, str) and not is_sql(value):
        yield text.replace("text", node, '""' if value else '"mutant"')
    elif isinstance(value, bytes):
        yield text.replace("text", node, 'b""' if value else 'b"mutant"')


def _formatted(node: ast.AST, text: _Text) -> Iterator[Edit]:
    """An f-string becomes empty."""
    if isinstance(node, ast.JoinedStr) and not _holds_sql(node, text):
        yield text.replace("text", node, '""')


def _sql(node: ast.AST, text: _Text) -> Iterator[Edit]:
    """A statement of SQL inside a text is mutated as SQL."""
    if not isinstance(node, ast.JoinedStr | ast.Constant) or not _holds_sql(node, text):
        return
    literals = text.of(node)
    for literal in _LITERAL.finditer(literals):
        offset = text.start(node) + len(literals[: literal.start("body")].encode())
        for edit in sql_edits(literal["body"]):
            yield Edit(f"SQL {edit.operator}", offset + edit.start, offset + edit.end, edit.text)


def _holds_sql(node: ast.JoinedStr | ast.Constant, text: _Text) -> bool:
    if isinstance(node, ast.Constant) and not isinstance(node.value, str):
        return False
    literal = _LITERAL.match(text.of(node))
    return bool(literal and is_sql(literal["body"]))


def _result(node: ast.AST, text: _Text) -> Iterator[Edit]:
    """`return x` becomes `return None`."""
    if isinstance(node, ast.Return) and node.value is not None and text.of(node.value) != "None":
        yield text.replace("result", node.value, "None")


def _statement(node: ast.AST, text: _Text) -> Iterator[Edit]:
    """A statement that works by its effect goes."""
    is_effect = (
        (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call | ast.Await))
        or isinstance(node, ast.AugAssign | ast.Raise | ast.Delete)
        or (isinstance(node, ast.Assign) and not any(isinstance(part, ast.Name | ast.Tuple) for part in node.targets))
    )
    if is_effect:
        assert isinstance(node, ast.stmt)
        yield text.replace("statement", node, "pass")


def _loop_exit(node: ast.AST, text: _Text) -> Iterator[Edit]:
    """`break` becomes `continue`, and back."""
    if isinstance(node, ast.Break):
        yield text.replace("loop exit", node, "continue")
    elif isinstance(node, ast.Continue):
        yield text.replace("loop exit", node, "break")


def _handler(node: ast.AST, text: _Text) -> Iterator[Edit]:
    """`except X` catches nothing."""
    if isinstance(node, ast.ExceptHandler) and node.type is not None:
        yield text.replace("handler", node.type, "()")


def _decorator(node: ast.AST, text: _Text) -> Iterator[Edit]:
    """A decorator goes."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        for decorator in node.decorator_list:
            start = text.data.rindex(b"@", 0, text.start(decorator))
            line_end = text.data.index(b"\n", text.end(decorator))
            yield Edit("decorator", start, line_end, "# no decorator")


def _keyword(node: ast.AST, text: _Text) -> Iterator[Edit]:
    """A keyword argument goes."""
    if not isinstance(node, ast.Call):
        return
    for keyword in node.keywords:
        if keyword.arg is None or keyword.arg in _HARMLESS_KEYWORDS:
            continue
        start = text.data.rindex(keyword.arg.encode(), 0, text.start(keyword.value))
        end = text.end(keyword.value)
        rest = re.match(rb"[\s)]*?,[ \t]*", text.data[end:])
        if rest and b")" not in rest[0]:
            yield Edit("keyword argument", start, end + len(rest[0]), "")
        elif not rest:
            before = re.search(rb",\s*\Z", text.data[:start])
            yield Edit("keyword argument", before.start() if before else start, end, "")


def _call(node: ast.AST, text: _Text) -> Iterator[Edit]:
    """A call that cleans or orders a value goes; the value stays."""
    if not isinstance(node, ast.Call):
        return
    function = node.func
    if isinstance(function, ast.Attribute) and function.attr in _CLEANING and not node.keywords:
        yield text.replace("call", node, text.of(function.value))
    elif isinstance(function, ast.Name) and function.id in _WRAPPING and node.args:
        first = node.args[0]
        if not isinstance(first, ast.Starred | ast.GeneratorExp):
            yield text.replace("call", node, f"({text.of(first)})")


OPERATORS: tuple[Operator, ...] = (
    _comparison,
    _arithmetic,
    _boolean,
    _condition,
    _constant,
    _formatted,
    _sql,
    _result,
    _statement,
    _loop_exit,
    _handler,
    _decorator,
    _keyword,
    _call,
)
"""The operators; a text is mutated by one of them at a time."""
