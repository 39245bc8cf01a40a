"""Mutations of texts that Python can't parse: SQL, and programs in other languages, by their tokens.

A small set, for what every such language has: numbers, texts, comparisons, and the words that decide. A mutant that the
language refuses fails its tests at once and counts as killed: that can't be told from here.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

import msgspec

from curriculum.authoring.mutation.edit import Edit


class Token(msgspec.Struct, frozen=True):
    """A word, number, text or sign, and where it stands, in characters."""

    kind: str
    text: str
    start: int
    end: int


_SQL_TOKENS = re.compile(
    r"(?P<comment>--[^\n]*|/\*.*?\*/)|(?P<text>'(?:[^'\\]|''|\\.)*')|(?P<name>`[^`]*`|\"[^\"]*\")"
    r"|(?P<parameter>%\(\w+\)s|%s|[:@]\w+)|(?P<number>\b\d+(?:\.\d+)?\b)|(?P<word>\w+)|(?P<sign><>|<=|>=|!=|[^\s\w])",
    re.DOTALL,
)
_PROGRAM_TOKENS = re.compile(
    r"(?P<comment>//[^\n]*|/\*.*?\*/|(?<![\w$&])\#[^\n{\[]*(?=\n|\Z))"
    r"|(?P<text>'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\"|`(?:[^`\\]|\\.)*`)"
    r"|(?P<number>(?<![\w.$])\d+(?:\.\d+)?(?![\w.]))|(?P<word>[\w$]+)"
    r"|(?P<sign><\?php|\?>|<=>|===|!==|==|!=|<=|>=|=>|->|&&|\|\||\+\+|--|\+=|-=|\*=|/=|<<|>>|::|[^\s\w])",
    re.DOTALL,
)
_COMPARISONS = {
    "===": "!==",
    "!==": "===",
    "==": "!=",
    "!=": "==",
    "<=": "<",
    ">=": ">",
    "<": "<=",
    ">": ">=",
    "&&": "||",
    "||": "&&",
}
_ARITHMETIC = {"+": "-", "-": "+", "*": "/", "/": "*", "%": "*", "+=": "-=", "-=": "+="}
_PROGRAM_WORDS = {"true": "false", "false": "true", "break": "continue", "continue": "break"}
_SQL_SIGNS = {"=": "<>", "<>": "=", "!=": "=", "<": "<=", "<=": "<", ">": ">=", ">=": ">"}
_SQL_WORDS = {
    "AND": "OR",
    "OR": "AND",
    "ASC": "DESC",
    "DESC": "ASC",
    "MIN": "MAX",
    "MAX": "MIN",
    "AVG": "SUM",
    "SUM": "COUNT",
    "DISTINCT": "",
    "UNIQUE": "",
    "LEFT": "",
    "INNER": "LEFT",
    "NOT": "",
    "CASCADE": "RESTRICT",
    "COMMIT": "ROLLBACK",
}
_CLAUSES = {"WHERE", "HAVING", "ORDER", "LIMIT"}
_CLAUSE_ENDS = _CLAUSES | {"GROUP", "UNION", "EXCEPT", "INTERSECT", "WINDOW", "OFFSET", "FOR", "ON", "RETURNING"}
# A number in a type says how wide a column is; one more changes nothing that a test can see.
_SIZED = {"CHAR", "VARCHAR", "BINARY", "VARBINARY", "DECIMAL", "NUMERIC", "INT", "INTEGER", "BIGINT", "DATETIME"}


def sql_edits(text: str) -> Iterator[Edit]:
    """Yield every mutation of SQL text, in its order."""
    tokens = [token for token in _tokens(_SQL_TOKENS, text) if token.kind != "comment"]
    for index, token in enumerate(tokens):
        before = [other.text.upper() for other in tokens[max(0, index - 4) : index]]
        after = [other.text.upper() for other in tokens[index + 1 : index + 3]]
        for operator, replacement in _sql_changes(token, before, after):
            yield _edit(operator, text, token.start, token.end, replacement)
        if token.text.upper() in _CLAUSES:
            yield _edit("clause", text, token.start, _end_of_clause(tokens, index), "")


def _end_of_clause(tokens: list[Token], begin: int) -> int:
    """Return where the clause that begins with a token ends: before the next clause, `;`, or a bracket that closes."""
    depth = 0
    for before, token in itertools.pairwise(tokens[begin:]):
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        if depth < 0 or (depth == 0 and (token.text == ";" or token.text.upper() in _CLAUSE_ENDS)):
            return before.end
    return tokens[-1].end


def program_edits(text: str) -> Iterator[Edit]:
    """Yield every mutation of a program in a language with braces and C's operators, or Ruby's, in its order."""
    tokens = [token for token in _tokens(_PROGRAM_TOKENS, text) if token.kind != "comment"]
    for index, token in enumerate(tokens):
        before = tokens[index - 1] if index else None
        for operator, replacement in _program_changes(token, before, text):
            yield _edit(operator, text, token.start, token.end, replacement)


def _sql_changes(token: Token, before: list[str], after: list[str]) -> Iterator[tuple[str, str]]:
    word = token.text.upper()
    previous = before[-1] if before else ""
    following = after[0] if after else ""
    if token.kind == "number":
        if not any(part in _SIZED for part in before):
            yield from (("constant", number) for number in _neighbours(token.text))
    elif token.kind == "text":
        yield "text", "''" if token.text != "''" else "'mutant'"
    elif token.kind == "sign" and word in _SQL_SIGNS:
        yield "comparison", _SQL_SIGNS[word]
    elif token.kind == "word":
        yield from _sql_word_changes(word, before, previous, following)


def _sql_word_changes(word: str, before: list[str], previous: str, following: str) -> Iterator[tuple[str, str]]:
    if word == "AND" and "BETWEEN" in before:
        return
    if word in _SQL_WORDS:
        yield "word", _SQL_WORDS[word]
    elif word == "JOIN" and previous not in ("LEFT", "RIGHT", "FULL", "OUTER", "CROSS", "NATURAL", "INNER"):
        yield "word", "LEFT JOIN"
    elif word == "UNION" and following != "ALL":
        yield "word", "UNION ALL"
    elif word == "ALL" and previous == "UNION":
        yield "word", ""
    elif word == "IS" and following != "NOT":
        yield "word", "IS NOT"


def _program_changes(token: Token, before: Token | None, text: str) -> Iterator[tuple[str, str]]:
    spaced = text[token.start - 1 : token.start].isspace() and text[token.end : token.end + 1].isspace()
    if token.kind == "number":
        yield from (("constant", number) for number in _neighbours(token.text))
    elif token.kind == "text" and len(token.text) >= 2:
        quote = token.text[0]
        yield "text", quote * 2 if token.text != quote * 2 else f"{quote}mutant{quote}"
    elif token.kind == "word" and token.text in _PROGRAM_WORDS:
        yield "word", _PROGRAM_WORDS[token.text]
    elif token.kind == "sign" and spaced and token.text in _COMPARISONS:
        yield "comparison", _COMPARISONS[token.text]
    elif token.kind == "sign" and spaced and token.text in _ARITHMETIC:
        yield "arithmetic", _ARITHMETIC[token.text]
    elif token.text == "!" and (before is None or before.kind == "sign"):
        yield "boolean", ""


def _neighbours(number: str) -> list[str]:
    """Return the number plus one, and minus one unless it is large; one neighbour of a status code is enough."""
    value = float(number) if "." in number else int(number)
    steps = (1,) if value >= 100 or value < 1 else (1, -1)
    return [repr(value + step) for step in steps]


def _tokens(pattern: re.Pattern[str], text: str) -> Iterator[Token]:
    for match in pattern.finditer(text):
        yield Token(match.lastgroup or "", match[0], match.start(), match.end())


def _edit(operator: str, text: str, start: int, end: int, replacement: str) -> Edit:
    return Edit(operator, len(text[:start].encode()), len(text[:end].encode()), replacement)
