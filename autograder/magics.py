"""Cell magics for other languages: `%%php main.php`, `%%ruby`, `%%java`, `%%node`, `%%sql name`.

A cell is kept under its name, so that tests can run it with inputs of their own, and is run once to show what it does.
"""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable
from typing import Final

from autograder.attaching import attach, folder, programs
from autograder.languages import LANGUAGES, Language
from autograder.sqlcells import sql

_KEEP_ONLY: Final = "--save"
_KEEP_ONLY_HELP: Final = (
    f"With `{_KEEP_ONLY}` before the name the program is kept and not run: for one that answers requests."
)


def load_ipython_extension(shell: object) -> None:
    """Register the magics: `%load_ext autograder.magics`. Importing `student` does the same."""
    attach()


def register(shell: object) -> None:
    """Register the magics with a shell."""
    shell.register_magic_function(sql, magic_kind="cell", magic_name="sql")  # type: ignore[attr-defined]
    for language in LANGUAGES.values():
        shell.register_magic_function(_magic(language), magic_kind="cell", magic_name=language.magic)  # type: ignore[attr-defined]


def _magic(language: Language) -> Callable[[str, str], None]:
    def magic(line: str, cell: str) -> None:
        __tracebackhide__ = True
        words = shlex.split(line)
        keep_only = _KEEP_ONLY in words
        name, *args = [word for word in words if word != _KEEP_ONLY] or [""]
        kept = programs()
        kept.save(name, cell, language)
        if keep_only:
            return
        completed = kept.run(name, args=args, folder=folder())
        sys.stdout.write(completed.stdout)
        sys.stderr.write(completed.stderr)
        if completed.exit_code:
            sys.stderr.write(f"{name} ended with exit status {completed.exit_code}.\n")

    usage = f"%%{language.magic} main{language.suffixes[0]} ARGUMENTS"
    magic.__name__ = language.magic
    magic.__doc__ = f"Keep a {language.title} program and run it once: `{usage}`.\n\n{_KEEP_ONLY_HELP}"
    return magic
