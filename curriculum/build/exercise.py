"""Exercises as text: `exercise.py`, a notebook in jupytext's py:percent format, read and checked.

The form is described in docs/authoring.md. Reading finds every slip that text alone can show, and says the file, the
line and what to write instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, TypeVar

import jupytext
import msgspec
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from autograder.languages import COMMENT_SIGNS, magic_of
from curriculum.build.header import decode_header
from curriculum.exceptions import SourceError

Role = Literal["free", "setup", "task", "test", "manual"]
Kind = Literal["function", "http", "database", "program", "prose"]

_ROLES: tuple[Role, ...] = ("setup", "task", "test", "manual")
_GRADE_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_MARKER = re.compile(r"# ?%%(?!%)(.*)")
_MAGIC_LINE = re.compile(r"%%(\w+)")
_LANGUAGE = re.compile(r'\s+\b(language|magic_args)="([^"]*)"')
_KNOWN = {"tags", "grade_id", "points", "skills", "coverage"}


class ExerciseHeader(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands at the top of `exercise.py`.

    Attributes:
        title: what the learner sees.
        kind: how tests reach the answer.
        seconds: wall time that grading the whole notebook may take, in seconds.
    """

    title: str
    kind: Kind
    seconds: float


class AnswerHeader(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands at the top of a file in `wrong/` or `accepted/`.

    Attributes:
        misconception: what the learner who answers so believes.
        caught_by: the `grade_id` of the test that fails; empty for an accepted answer.
        hint: the key of the hint that the failure shows; empty for an accepted answer.
        note: for an accepted answer, how it differs from the model solution.
    """

    misconception: str = ""
    caught_by: str = ""
    hint: str = ""
    note: str = ""


class SourceCell(msgspec.Struct, frozen=True):
    """One cell of an exercise.

    Attributes:
        cell_type: `code`, `markdown` or `raw`, as in a notebook.
        source: the text of the cell, with solution and hidden tests.
        line: the line of the file on which the cell's marker stands, counted from 1.
        role: what the cell is for; `free` when it has no role tag.
        grade_id: nbgrader's name of the cell; empty for a free cell.
        points: what a test or manual cell is worth; 0 elsewhere.
        skills: skill ids that a test cell assesses; empty means all of the exercise's.
        coverage: coverage ids that a test cell assesses; empty means all of the exercise's.
    """

    cell_type: str
    source: str
    line: int
    role: Role = "free"
    grade_id: str = ""
    points: float = 0
    skills: tuple[str, ...] = ()
    coverage: tuple[str, ...] = ()


class ExerciseSource(msgspec.Struct, frozen=True):
    """An exercise as its author wrote it.

    Attributes:
        id: `module/name`.
        path: the file `exercise.py`.
        header: its header.
        cells: its cells, in order.
        files: other files that go beside the notebook, as (name with `/`, path).
    """

    id: str
    path: Path
    header: ExerciseHeader
    cells: tuple[SourceCell, ...]
    files: tuple[tuple[str, Path], ...]

    @property
    def notebook_name(self) -> str:
        """The notebook's name without `.ipynb`: the exercise's own name."""
        return self.id.rpartition("/")[2]

    @property
    def assignment(self) -> str:
        """The name of the nbgrader assignment."""
        return self.id.replace("/", "-")

    @property
    def points(self) -> float:
        """The points of all test and manual cells."""
        return sum(cell.points for cell in self.cells)


def read_exercise(path: Path) -> ExerciseSource:
    """Read and check one exercise.

    Args:
        path: its file `exercise.py`, in a folder `module/name`.

    Raises:
        SourceError: something in the text is malformed.
    """
    folder = path.parent
    header, cells = _read_percent(path, ExerciseHeader)
    if not 1 <= header.seconds <= 60:
        raise SourceError(
            path,
            2,
            f"`seconds` is {header.seconds:g}.",
            "Give the wall time that grading may take, from 1 to 60.",
        )
    if not any(cell.role in ("test", "manual") for cell in cells):
        raise SourceError(
            path, 1, "No cell gives marks.", 'Add a test: `# %% tags=["test"] grade_id="test_name" points=1`.'
        )
    return ExerciseSource(
        id=f"{folder.parent.name}/{folder.name}",
        path=path,
        header=header,
        cells=cells,
        files=tuple(_files(folder)),
    )


def read_answers(path: Path, exercise: ExerciseSource) -> tuple[AnswerHeader, dict[str, str]]:
    """Read a file of `wrong/` or `accepted/`.

    Args:
        path: the file.
        exercise: the exercise that it answers.

    Returns:
        The header, and the text of each answered cell by its `grade_id`.

    Raises:
        SourceError: the text is malformed, or names a cell or test that the exercise doesn't have.
    """
    header, cells = _read_percent(path, AnswerHeader, answers=True)
    answerable = {cell.grade_id for cell in exercise.cells if cell.role in ("task", "manual")}
    tests = {cell.grade_id for cell in exercise.cells if cell.role == "test"}
    if header.caught_by and header.caught_by not in tests:
        raise SourceError(
            path, 2, f"`caught_by` names `{header.caught_by}`.", f"The exercise's tests are {_listed(tests)}."
        )
    answers: dict[str, str] = {}
    for cell in cells:
        if cell.grade_id not in answerable:
            raise SourceError(
                path,
                cell.line,
                f"`{cell.grade_id}` is not a task of {exercise.id}.",
                f"Its tasks are {_listed(answerable)}.",
            )
        answers[cell.grade_id] = cell.source
    if not answers:
        raise SourceError(path, 1, "The file answers no task.", 'Add a cell: `# %% grade_id="task_name"`.')
    return header, answers


H = TypeVar("H", ExerciseHeader, AnswerHeader)


def _read_percent(path: Path, header_type: type[H], *, answers: bool = False) -> tuple[H, tuple[SourceCell, ...]]:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise SourceError(path, 1, f"The file is not UTF-8 (byte {error.start}).", "Save it as UTF-8.") from error
    lines = text.replace("\r\n", "\n").split("\n")
    end = _header_end(lines, path)
    header_text = "\n".join(line[1:].removeprefix(" ") for line in lines[1:end])
    header = decode_header(header_text, header_type, path, 2)
    body = lines[end + 1 :]
    markers: list[int] = [end + 2 + index for index, line in enumerate(body) if _MARKER.fullmatch(line)]
    if not markers:
        raise SourceError(path, end + 1, "There are no cells.", "Begin each cell with a line `# %%`.")
    before = next((i for i, line in enumerate(body[: markers[0] - end - 2]) if line.strip()), None)
    if before is not None:
        raise SourceError(path, end + 2 + before, "Text before the first cell.", "Put a line `# %%` above it.")
    stops: list[int] = [*markers[1:], len(lines) + 1]
    nodes = [_read_cell(lines, line, stop, path) for line, stop in zip(markers, stops, strict=True)]
    cells = tuple(_cell(node, line, path, answers=answers) for node, line in zip(nodes, markers, strict=True))
    _refuse_duplicates(cells, path)
    return header, cells


def _header_end(lines: list[str], path: Path) -> int:
    """Return the index of the line that closes the header."""
    remedy = "Begin the file with `# ---`, lines `# field: value`, and `# ---`."
    if lines[0].rstrip() != "# ---":
        raise SourceError(path, 1, "The header is missing.", remedy)
    for index, line in enumerate(lines[1:], start=1):
        if line.rstrip() == "# ---":
            return index
        if not line.startswith("#"):
            break
    raise SourceError(path, 1, "The header is not closed.", remedy)


def _read_cell(lines: list[str], line: int, stop: int, path: Path) -> NotebookNode:
    """Read the one cell whose marker is on `line` and that ends before line `stop`."""
    magic = _MAGIC_LINE.match(next((text for text in lines[line : stop - 1] if text.strip()), ""))
    if magic:
        raise SourceError(
            path,
            line + 1,
            f"A cell that begins with `{magic[0]}` is not Python.",
            f'Write `# %% language="{magic[1]}" magic_args="…"`, and `# ` before each line of the cell.',
        )
    options = dict(_LANGUAGE.findall(lines[line - 1]))
    if "language" in options:
        return _read_foreign_cell(lines, line, stop, path, options)
    text = "\n".join(lines[line - 1 : stop - 1]).rstrip() + "\n"
    try:
        cells = jupytext.reads(text, fmt="py:percent").cells
    except (TypeError, ValueError, KeyError) as error:
        raise _bad_metadata(path, line, lines[line - 1]) from error
    if len(cells) != 1:
        raise SourceError(path, line, "The cell can't be read as one cell.", "Look for a stray `# %%` inside it.")
    return cells[0]


def _read_foreign_cell(lines: list[str], line: int, stop: int, path: Path, options: dict[str, str]) -> NotebookNode:
    """Read a cell in another language: its lines are Python's comments, and its magic stands in the marker."""
    language, arguments = options["language"], options.get("magic_args", "")
    if language not in COMMENT_SIGNS:
        raise SourceError(
            path, line, f"`language` is {language!r}.", f"Use one of {_listed(COMMENT_SIGNS)}; Python needs none."
        )
    content = lines[line : stop - 1]
    while content and not content[-1].strip():
        content.pop()
    for number, text in enumerate(content, start=line + 1):
        if text.strip() and not text.startswith("#"):
            raise SourceError(
                path, number, f"`{text.strip()[:60]}` is not commented out.", "Begin each line of the cell with `# `."
            )
    marker = _LANGUAGE.sub("", lines[line - 1])
    cell = _read_cell([marker], 1, 2, path) if marker.strip("# %") else new_code_cell("")
    cell.source = "\n".join([f"%%{language} {arguments}".rstrip(), *(text[1:].removeprefix(" ") for text in content)])
    return cell


def _bad_metadata(path: Path, line: int, marker: str) -> SourceError:
    return SourceError(
        path,
        line,
        f"The cell's metadata can't be read: `{marker.strip()}`.",
        'Write `# %% tags=["test"] grade_id="test_name" points=2`.',
    )


def _cell(node: NotebookNode, line: int, path: Path, *, answers: bool) -> SourceCell:
    metadata = {key: value for key, value in node.metadata.items() if key != "lines_to_next_cell"}
    if "incorrectly_encoded_metadata" in metadata:
        raise _bad_metadata(path, line, str(metadata["incorrectly_encoded_metadata"]))
    unknown = sorted(set(metadata) - _KNOWN)
    if unknown:
        value = f" ({metadata['title']!r})" if unknown == ["title"] else ""
        raise SourceError(
            path,
            line,
            f"Unknown cell metadata {_listed(unknown)}{value}.",
            f"Known are {_listed(sorted(_KNOWN))}.",
        )
    grade_id = metadata.get("grade_id", "")
    role = "task" if answers else _role(metadata.get("tags", []), path, line)
    if role != "free":
        _check_grade_id(grade_id, role, path, line)
    elif metadata:
        raise SourceError(
            path,
            line,
            f"A cell without a role has {_listed(sorted(metadata))}.",
            f"Add `tags` with {_listed(_ROLES)}.",
        )
    points = _points(metadata.get("points"), role, path, line)
    cell = SourceCell(
        cell_type=node.cell_type,
        source=node.source,
        line=line,
        role=role,
        grade_id=grade_id,
        points=points,
        skills=_ids(metadata.get("skills", []), "skills", role, path, line),
        coverage=_ids(metadata.get("coverage", []), "coverage", role, path, line),
    )
    if cell.cell_type != "code" and role in ("task", "test"):
        raise SourceError(
            path,
            line,
            f"A {role} cell is {cell.cell_type}.",
            "Make it a code cell, or tag it `manual` for prose.",
        )
    if not answers:
        _check_regions(cell, path)
    return cell


def _role(tags: object, path: Path, line: int) -> Role:
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        raise SourceError(path, line, f"`tags` is {tags!r}.", 'Write a list: `tags=["task"]`.')
    roles = [role for role in _ROLES if role in tags]
    strange = [tag for tag in tags if tag not in _ROLES]
    if strange or len(roles) > 1:
        raise SourceError(path, line, f"`tags` is {tags!r}.", f"Give one of {_listed(_ROLES)}.")
    return roles[0] if roles else "free"


def _check_grade_id(grade_id: object, role: Role, path: Path, line: int) -> None:
    if not grade_id:
        raise SourceError(path, line, f"A {role} cell has no `grade_id`.", f'Add `grade_id="{role}_name"`.')
    if not isinstance(grade_id, str) or not _GRADE_ID.fullmatch(grade_id):
        raise SourceError(
            path, line, f"`grade_id` is {grade_id!r}.", "Use 1 to 64 letters, digits, `_` and `-`, in quotes."
        )


def _points(value: object, role: Role, path: Path, line: int) -> float:
    if role not in ("test", "manual"):
        if value is not None:
            raise SourceError(path, line, f"A {role} cell has points.", "Only `test` and `manual` cells have them.")
        return 0
    if value is None:
        raise SourceError(path, line, f"A {role} cell has no points.", "Add `points=1`, or `points=0` for none.")
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1000:
        raise SourceError(path, line, f"`points` is {value!r}.", "Give a number from 0 to 999.")
    return value


def _ids(value: object, name: str, role: Role, path: Path, line: int) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise SourceError(path, line, f"`{name}` is {value!r}.", f'Write a list of ids: `{name}=["…"]`.')
    if value and role not in ("test", "manual"):
        raise SourceError(path, line, f"A {role} cell has `{name}`.", "Only `test` and `manual` cells assess.")
    return tuple(value)


def _check_regions(cell: SourceCell, path: Path) -> None:
    solutions = _regions(cell, "SOLUTION", path)
    hidden = _regions(cell, "HIDDEN TESTS", path)
    if solutions and cell.role not in ("task", "manual"):
        raise SourceError(path, solutions[0], "A solution outside a task.", 'Tag the cell `tags=["task"]`.')
    if hidden and cell.role != "test":
        raise SourceError(path, hidden[0], "Hidden tests outside a test cell.", 'Tag the cell `tags=["test"]`.')
    if cell.role == "task" and not solutions:
        raise SourceError(
            path,
            cell.line,
            f"The task `{cell.grade_id}` has no solution.",
            "Put the model answer between lines `### BEGIN SOLUTION` and `### END SOLUTION`.",
        )


def _regions(cell: SourceCell, name: str, path: Path) -> list[int]:
    """Return the lines on which regions `### BEGIN name` begin; refuse what doesn't pair up."""
    begins: list[int] = []
    open_at: int | None = None
    first = cell.line + (0 if magic_of(cell.source) else 1)  # a magic stands on the marker's own line
    for number, text in enumerate(cell.source.split("\n"), start=first):
        if f"BEGIN {name}" in text:
            if open_at is not None:
                raise SourceError(
                    path,
                    number,
                    f"`BEGIN {name}` inside the one of line {open_at}.",
                    f"Close that first: `### END {name}`.",
                )
            open_at = number
            begins.append(number)
        elif f"END {name}" in text:
            if open_at is None:
                raise SourceError(path, number, f"`END {name}` without a beginning.", f"Add `### BEGIN {name}` above.")
            open_at = None
    if open_at is not None:
        raise SourceError(
            path, open_at, f"`BEGIN {name}` is never closed.", f"Add a line `### END {name}` in this cell."
        )
    return begins


def _refuse_duplicates(cells: Iterable[SourceCell], path: Path) -> None:
    seen: dict[str, int] = {}
    for cell in cells:
        if not cell.grade_id:
            continue
        if cell.grade_id in seen:
            raise SourceError(
                path,
                cell.line,
                f"`grade_id` {cell.grade_id!r} stands on line {seen[cell.grade_id]} already.",
                "Give each cell a name of its own.",
            )
        seen[cell.grade_id] = cell.line


def _files(folder: Path) -> Iterable[tuple[str, Path]]:
    hints = folder / "hints.yaml"
    if hints.is_file():
        yield hints.name, hints
    files = folder / "files"
    for path in sorted(files.rglob("*")) if files.is_dir() else ():
        if path.is_file() and "__pycache__" not in path.parts:
            yield path.relative_to(files).as_posix(), path


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names)) or "none"
