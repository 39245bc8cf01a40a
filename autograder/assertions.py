"""Plain asserts that speak: `assert student.f(1) == 2` says what was expected and what came.

A cell's syntax tree is changed before it runs, so that a failing assert keeps the two sides that it compared. What the
cell does stays the same: the same expressions are evaluated once, in the same order, and the same class of exception is
raised in the same line; the message is evaluated only on failure. Only cells that name `student` or `hint` are changed.
"""

from __future__ import annotations

import ast
from typing import Final, TypeVar

from autograder.comparing import comparison, shown
from autograder.exceptions import StudentWorkError
from autograder.plaindata import is_plain_type

EXPLAINER: Final = "@explain"
"""The name under which a cell finds this module; no name that Python code could write."""

_LEFT: Final = "@left"
_RIGHT: Final = "@right"
_PART: Final = "@part"
_RAISED: Final = "@raised"
_OPERATORS: Final[dict[type[ast.cmpop], str]] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Is: "is",
    ast.IsNot: "is not",
    ast.In: "in",
    ast.NotIn: "not in",
}
_NAMES: Final = {"student", "hint"}

_BLOCKS: Final = ("body", "orelse", "finalbody")

Tree = TypeVar("Tree", bound=ast.AST)
Made = TypeVar("Made", bound=ast.AST)


class SpeakingAsserts:
    """Rewrites the asserts of a cell; one of IPython's `ast_transformers`."""

    def visit(self, node: Tree) -> Tree:
        """Rewrite a cell that names `student` or `hint`."""
        if isinstance(node, ast.Module) and any(
            isinstance(part, ast.Name) and part.id in _NAMES for part in ast.walk(node)
        ):
            node.body = _rewritten_block(node.body)
        return node


def explain_comparison(
    operator: str, sides: tuple[object, object], mirrored: bool, part: tuple[str, object] | None, message: object
) -> AssertionError:
    """Return the error of a failed comparison.

    Args:
        operator: the operator, such as `==`.
        sides: the value on its left and the value on its right.
        mirrored: the expected value stood on the left.
        part: a part of the expression that tells more: its text and its value.
        message: the assert's own message, or None.
    """
    came = sides[1] if mirrored else sides[0]
    return _error(comparison(operator, *sides, mirrored=mirrored), part, message, came)


def explain_truth(
    wanted: bool, text: str, value: object, part: tuple[str, object] | None, message: object
) -> AssertionError:
    """Return the error of an expression that should have been true (or false) and was not.

    Args:
        wanted: what it should have been.
        text: the expression.
        value: what it was.
        part: a part of the expression that tells more: its text and its value.
        message: the assert's own message, or None.
    """
    said = f"Expected {text} to be {'true' if wanted else 'false'}, but got {shown(value)}."
    return _error(said, part, message, value)


def add_hint(error: BaseException, message: object) -> None:
    """Add an assert's message to an exception that the compared expression raised."""
    said = _for_answer(message, type(error).__name__)
    if isinstance(error, StudentWorkError):
        error.args = (f"{error}\n{said}",)
    else:
        error.add_note(str(said))


def _for_answer(message: object, came: object) -> object:
    from autograder.hints import for_answer  # which needs the module that registers this one

    return for_answer(message, came)


def _error(said: str, part: tuple[str, object] | None, message: object, came: object) -> AssertionError:
    lines = [said]
    if part is not None:
        text, value = part
        described = getattr(type(value), "__describe__", None)
        if described is not None:
            lines.append(str(described(value)))
        elif is_plain_type(value):
            lines.append(f"{text} was {shown(value)}.")
    if message is not None:
        lines.append(str(_for_answer(message, came)))
    return AssertionError("\n".join(lines))


def _rewritten_block(statements: list[ast.stmt]) -> list[ast.stmt]:
    """Return statements with the asserts among them, and within them, rewritten.

    Classes are left as they are: names used on the way would become attributes.
    """
    block: list[ast.stmt] = []
    for statement in statements:
        if isinstance(statement, ast.Assert):
            block += _rewritten_assert(statement)
            continue
        if not isinstance(statement, ast.ClassDef):
            for holder in (statement, *getattr(statement, "handlers", ()), *getattr(statement, "cases", ())):
                for field in _BLOCKS:
                    if inner := getattr(holder, field, None):
                        setattr(holder, field, _rewritten_block(inner))
        block.append(statement)
    return block


def _rewritten_assert(node: ast.Assert) -> list[ast.stmt]:
    """Return what stands for one assert; `assert a and b` becomes two."""
    if isinstance(node.test, ast.BoolOp) and isinstance(node.test.op, ast.And):
        parts = [ast.copy_location(ast.Assert(test=test, msg=node.msg), node) for test in node.test.values]
        return [statement for part in parts for statement in _rewritten_assert(part)]
    # Put where the assert stood, so that tracebacks point at it.
    return [_placed(statement, node) for statement in _rewritten(node)]


def _rewritten(node: ast.Assert) -> list[ast.stmt]:
    test = node.test
    if isinstance(test, ast.Compare) and len(test.ops) == 1:
        left, right = test.left, test.comparators[0]
        mirrored = _is_literal(left) and not _is_literal(right)
        text = ""
        if mirrored:
            right, text = _with_part(right)
        else:
            left, text = _with_part(left)
        compared = ast.Compare(left=_load(_LEFT), ops=test.ops, comparators=[_load(_RIGHT)])
        error = _call(
            "explain_comparison",
            ast.Constant(_OPERATORS[type(test.ops[0])]),
            ast.Tuple([_load(_LEFT), _load(_RIGHT)], ast.Load()),
            ast.Constant(mirrored),
            _part(text),
            node.msg or ast.Constant(None),
        )
        evaluated = _evaluated(
            [_assign(_PART, ast.Constant(None)), _assign(_LEFT, left), _assign(_RIGHT, right)], node.msg
        )
        return [*evaluated, _raise_unless(compared, error), _forget()]
    wanted = not (isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not))
    inner = test if wanted else test.operand  # type: ignore[attr-defined]
    value, text = _with_part(inner)
    held: ast.expr = _load(_LEFT) if wanted else ast.UnaryOp(ast.Not(), _load(_LEFT))
    error = _call(
        "explain_truth",
        ast.Constant(wanted),
        ast.Constant(_text(inner)),
        _load(_LEFT),
        _part(text),
        node.msg or ast.Constant(None),
    )
    kept = [_assign(_PART, ast.Constant(None)), _assign(_RIGHT, ast.Constant(None)), _assign(_LEFT, value)]
    evaluated = _evaluated(kept, node.msg)
    return [*evaluated, _raise_unless(held, error), _forget()]


def _evaluated(statements: list[ast.stmt], message: ast.expr | None) -> list[ast.stmt]:
    """Return the statements; an exception that they raise gets the message, where it is a hint or a plain text."""
    hinted = isinstance(message, ast.Call) and isinstance(message.func, ast.Name) and message.func.id == "hint"
    if message is None or not (hinted or isinstance(message, ast.Constant)):
        return statements
    note = ast.Expr(_call("add_hint", _load(_RAISED), message))
    handler = ast.ExceptHandler(_load("Exception"), _RAISED, [note, ast.Raise(None, None)])
    return [ast.Try(statements, [handler], [], [])]


def _with_part(expression: ast.expr) -> tuple[ast.expr, str]:
    """Return the expression with its telling part kept under a name, and that part's text; empty if it has none.

    The telling part of `response.json["id"]` is `response`, that of `len(student.f())` is `student.f()`.
    """
    if isinstance(expression, ast.Subscript):
        value, text = _with_part(expression.value)
        return _placed(ast.Subscript(value, expression.slice, ast.Load()), expression), text
    if isinstance(expression, ast.Attribute):
        attribute = ast.Attribute(_named(expression.value), expression.attr, ast.Load())
        return _placed(attribute, expression), _text(expression.value)
    if isinstance(expression, ast.Call) and isinstance(expression.func, ast.Name) and expression.args:
        first, *others = expression.args
        if not isinstance(first, ast.Starred | ast.GeneratorExp | ast.Constant):
            call = ast.Call(expression.func, [_named(first), *others], expression.keywords)
            return _placed(call, expression), _text(first)
    return expression, ""


def _is_literal(expression: ast.expr) -> bool:
    try:
        ast.literal_eval(expression)
    except (ValueError, TypeError, SyntaxError, RecursionError):
        return False
    return True


def _text(expression: ast.expr) -> str:
    text = ast.unparse(expression)
    return f"`{text if len(text) <= 120 else text[:118] + ' …'}`"


def _named(expression: ast.expr) -> ast.expr:
    return ast.NamedExpr(ast.Name(_PART, ast.Store()), expression)


def _load(name: str) -> ast.Name:
    return ast.Name(name, ast.Load())


def _assign(name: str, value: ast.expr) -> ast.stmt:
    return ast.Assign([ast.Name(name, ast.Store())], value)


def _part(text: str) -> ast.expr:
    return ast.Tuple([ast.Constant(text), _load(_PART)], ast.Load()) if text else ast.Constant(None)


def _call(name: str, *arguments: ast.expr) -> ast.expr:
    return ast.Call(ast.Attribute(_load(EXPLAINER), name, ast.Load()), list(arguments), [])


def _raise_unless(condition: ast.expr, error: ast.expr) -> ast.stmt:
    return ast.If(ast.UnaryOp(ast.Not(), condition), [ast.Raise(error, None)], [])


def _forget() -> ast.stmt:
    """Let go of the names, which `locals()` would show, and of what they hold."""
    return ast.Delete([ast.Name(name, ast.Del()) for name in (_LEFT, _RIGHT, _PART)])


def _placed(node: Made, at: ast.stmt | ast.expr) -> Made:
    """Give what was made the place of what stood there before; what was taken over keeps its own."""
    if "lineno" in node._attributes and not hasattr(node, "lineno"):
        ast.copy_location(node, at)
        for child in ast.iter_child_nodes(node):
            _placed(child, at)
    return node
