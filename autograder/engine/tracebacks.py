"""IPython's tracebacks at a tenth of their cost, and the same to the letter.

Rendering one took 15 to 50 ms: IPython builds the colours of its styles anew each time, and a lexer for each frame;
asks every imported module whether a cell's text is its own; and renders each error twice. Here colours and lexers'
rules are kept, the question is answered at once, and the second rendering is the first one's copy.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import types
from typing import Any


def keep_tracebacks_cheap(shell: Any) -> None:
    """Change how a shell, and this process, come by what a traceback needs; what is shown stays the same."""
    stack_data: Any = importlib.import_module("stack_data")
    stack_data.style_with_executing_node = functools.cache(stack_data.style_with_executing_node)
    _keep_colours(importlib.import_module("pygments.formatters.terminal256").Terminal256Formatter)
    _keep_rules(importlib.import_module("pygments.lexer").RegexLexerMeta)
    _answer_at_once(shell)
    _render_once(shell)


def _keep_colours(formatter: Any) -> None:
    """Compute the table of colours, and the escape sequences of a style, once."""
    build, compute = formatter._build_color_table, formatter._setup_styles
    table: list[tuple[int, int, int]] = []
    known: dict[tuple[object, ...], dict[str, tuple[str, str]]] = {}

    def build_color_table(self: Any) -> None:
        if not table:
            build(self)
            table.extend(self.xterm_colors)
        self.xterm_colors = list(table)

    def setup_styles(self: Any) -> None:
        key = (self.style, self.usebold, self.useunderline, self.useitalic)
        if key not in known:
            compute(self)
            known[key] = dict(self.style_string)
        self.style_string = dict(known[key])

    formatter._build_color_table, formatter._setup_styles = build_color_table, setup_styles


def _keep_rules(meta: Any) -> None:
    """Let a class of lexers that adds no rules of its own, as is made for each frame, have its base's."""
    make = meta.__call__

    def call(cls: Any, *arguments: Any, **keywords: Any) -> Any:
        own, (base, *others) = vars(cls), cls.__bases__
        if not others and not {"_tokens", "tokens", "token_variants"} & own.keys() and isinstance(base, meta):
            if "_tokens" not in vars(base):
                base()
            cls._all_tokens, cls._tmpname, cls._tokens = base._all_tokens, base._tmpname, base._tokens
        return make(cls, *arguments, **keywords)

    meta.__call__ = call


def _answer_at_once(shell: Any) -> None:
    """Let `inspect.getmodule` know that a cell's code belongs to no module, without asking all of them."""
    look_up: Any = inspect.getmodule
    cells = shell.compile._filename_map

    @functools.wraps(look_up)
    def getmodule(thing: object, _filename: str | None = None) -> Any:
        code = thing.f_code if isinstance(thing, types.FrameType) else thing
        if isinstance(code, types.CodeType) and code.co_filename in cells:
            return None
        return look_up(thing, _filename)

    vars(inspect)["getmodule"] = getmodule


def _render_once(shell: Any) -> None:
    """Keep for the history the traceback that was shown, instead of rendering another."""
    render = shell._format_exception_for_storage

    def stored(exception: BaseException, *arguments: Any, **keywords: Any) -> list[str]:
        shown: list[str] | None = shell._last_traceback
        return list(shown) if shown else render(exception, *arguments, **keywords)

    shell._format_exception_for_storage = stored
