"""Lessons as text: MyST Markdown notebooks, read and checked."""

from __future__ import annotations

import re
from pathlib import Path

import jupytext
import msgspec
from nbformat import NotebookNode

from curriculum.build.header import decode_header
from curriculum.exceptions import SourceError

_QUESTION_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_FENCE = re.compile(r"(`{3,}|~{3,})\s*\{([^}]*)\}")


class Kernelspec(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which kernel runs a lesson: always Python's."""

    name: str
    display_name: str


class LessonHeader(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands at the top of a lesson.

    Attributes:
        title: what the learner sees.
        minutes: how long a learner takes, in minutes.
        kernelspec: the notebook's kernel.
    """

    title: str
    minutes: int
    kernelspec: Kernelspec


class LessonSource(msgspec.Struct, frozen=True):
    """A lesson as its author wrote it.

    Attributes:
        id: `module/name`.
        path: the file.
        header: its header.
        notebook: what jupytext reads from it; metadata as in the text.
    """

    id: str
    path: Path
    header: LessonHeader
    notebook: NotebookNode


def read_lesson(path: Path) -> LessonSource:
    """Read and check one lesson.

    Args:
        path: its file, in a folder named for the module.

    Raises:
        SourceError: something in the text is malformed.
    """
    try:
        text = path.read_text(encoding="utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise SourceError(path, 1, f"The file is not UTF-8 (byte {error.start}).", "Save it as UTF-8.") from error
    lines = text.split("\n")
    if lines[0].rstrip() != "---" or "---" not in (line.rstrip() for line in lines[1:]):
        raise SourceError(path, 1, "The header is missing or not closed.", "Begin with `---`, fields, `---`.")
    end = next(index for index, line in enumerate(lines) if index and line.rstrip() == "---")
    header = decode_header("\n".join(lines[1:end]), LessonHeader, path, 2)
    _check_directives(lines, path)
    try:
        notebook = jupytext.reads(text, fmt="md:myst")
    except Exception as error:  # jupytext raises many kinds for malformed text; each is the author's to mend
        raise SourceError(path, end + 1, f"The text can't be read as MyST Markdown: {error}.", "Mend it.") from error
    _check_questions(notebook, lines, path)
    return LessonSource(id=f"{path.parent.name}/{path.stem}", path=path, header=header, notebook=notebook)


def _check_directives(lines: list[str], path: Path) -> None:
    """Refuse what only MyST renderers show: JupyterLab would print it as it stands. Fences must close."""
    open_fence: tuple[str, int] | None = None
    for number, line in enumerate(lines, start=1):
        stripped = line.strip()
        if open_fence is not None:
            if stripped.startswith(open_fence[0]) and not stripped.strip(open_fence[0][0]):
                open_fence = None
            continue
        match = _FENCE.match(stripped)
        if match and match[2] != "code-cell":
            raise SourceError(
                path,
                number,
                f"JupyterLab does not show the directive `{match[2]}`.",
                "Use ordinary Markdown.",
            )
        fence = re.match(r"`{3,}|~{3,}", stripped)
        if fence:
            open_fence = (fence[0], number)
    if open_fence is not None:
        raise SourceError(path, open_fence[1], "A code fence is never closed.", f"Add a line {open_fence[0]}.")


def _check_questions(notebook: NotebookNode, lines: list[str], path: Path) -> None:
    seen: set[str] = set()
    for cell in notebook.cells:
        question = cell.metadata.get("question")
        if question is None:
            continue
        line = next(
            (i for i, text in enumerate(lines, start=1) if text.startswith("+++") and f'"{question}"' in text),
            1,
        )
        if not isinstance(question, str) or not _QUESTION_ID.fullmatch(question):
            raise SourceError(path, line, f"The question's id is {question!r}.", "Use lower-case words with `-`.")
        if question in seen:
            raise SourceError(path, line, f"The question `{question}` is there already.", "Give it its own id.")
        if cell.cell_type != "markdown" or "<details>" not in cell.source:
            raise SourceError(
                path,
                line,
                f"The question `{question}` folds no answer away.",
                "Add `<details><summary>Answer</summary>`.",
            )
        seen.add(question)
