"""An exercise's mutants: its model solution with one small mistake each."""

from __future__ import annotations

import ast
import difflib
import hashlib
import re
from collections.abc import Iterable, Iterator

import msgspec

from curriculum.authoring.mutation.edit import Edit
from curriculum.authoring.mutation.python import is_sql, python_edits
from curriculum.authoring.mutation.tokens import program_edits, sql_edits
from curriculum.authoring.places import numbered_lines
from curriculum.build import ExerciseSource, SourceCell

_MARK = re.compile("(BEGIN|END) SOLUTION")
_MAGIC = re.compile(r"%%(\w+)")


class Mutant(msgspec.Struct, frozen=True):
    """A model answer with one small mistake.

    Attributes:
        grade_id: the task.
        line: the line of `exercise.py` on which the mistake stands.
        operator: the name of the mutation operator.
        was: the changed lines of the model answer, without the white space around them.
        becomes: what they are in the mutant, in the same form.
        source: the whole answer with the mistake.
    """

    grade_id: str
    line: int
    operator: str
    was: str
    becomes: str
    source: str

    @property
    def key(self) -> tuple[str, str, str]:
        """What a reason names it by: its task and its change, whatever stands around them."""
        return self.grade_id, self.was, self.becomes

    @property
    def digest(self) -> str:
        """A number that looks random and is always the same for the same content: the order in which a cap keeps."""
        return hashlib.sha256("\n".join((*self.key, self.source)).encode()).hexdigest()


def find_mutants(exercise: ExerciseSource) -> list[Mutant]:
    """Return the mutants of an exercise's model solution: different from it and from each other, in its order."""
    return [mutant for cell in exercise.cells if cell.role == "task" for mutant in _mutants_of(cell)]


def choose(mutants: Iterable[Mutant], cap: int, always: Iterable[tuple[str, str, str]] = ()) -> list[Mutant]:
    """Return at most `cap` of the mutants, the same ones each time, and all whose key is in `always`.

    Every line of the solution gives one before any line gives a second, and so on; within a line the digests decide.
    So a cap thins out the lines with many mutants first, and no line goes untested.
    """
    ranked: dict[tuple[str, int], list[Mutant]] = {}
    everything = list(mutants)
    for mutant in sorted(everything, key=lambda mutant: mutant.digest):
        ranked.setdefault((mutant.grade_id, mutant.line), []).append(mutant)
    by_rank = sorted((rank, mutant.digest) for line in ranked.values() for rank, mutant in enumerate(line))
    kept = {digest for _, digest in by_rank[:cap]}
    keys = set(always)
    return [mutant for mutant in everything if mutant.digest in kept or mutant.key in keys]


def diff(cell_source: str, mutant: Mutant) -> str:
    """Return a mutant as a unified diff against the model answer."""
    name = mutant.grade_id
    lines = difflib.unified_diff(
        cell_source.split("\n"), mutant.source.split("\n"), f"{name} (model)", f"{name} (mutant)", lineterm="", n=2
    )
    return "\n".join(lines)


def _mutants_of(cell: SourceCell) -> Iterator[Mutant]:
    model, places = unmarked(cell)
    seen = {_meaning(model)}
    for edit in _edits(model):
        first, last = edit.line(model), Edit("", edit.end, edit.end, "").line(model)
        if not all(places[index][1] for index in range(first, last + 1)):
            continue
        source = edit.apply(model)
        try:
            meaning = _meaning(source)
        except SyntaxError:
            continue
        if meaning not in seen:
            seen.add(meaning)
            was, becomes = _changed(model, source)
            yield Mutant(cell.grade_id, places[first][0], edit.operator, was, becomes, source)


def unmarked(cell: SourceCell) -> tuple[str, list[tuple[int, bool]]]:
    """Return a task's model answer without its marks, and each line's number in the file and whether it is solution.

    A cell's other lines, such as the head of a function, are given to the learner.
    """
    lines: list[str] = []
    places: list[tuple[int, bool]] = []
    inside = False
    for number, line in numbered_lines(cell):
        mark = _MARK.search(line)
        if mark:
            inside = mark[1] == "BEGIN"
            continue
        lines.append(line)
        places.append((number, inside))
    return "\n".join(lines), places


def _edits(text: str) -> Iterable[Edit]:
    magic = _MAGIC.match(text)
    if magic is None:
        return python_edits(text)
    head, _, body = text.partition("\n")
    shift = len(head.encode()) + 1
    edits = sql_edits(body) if "sql" in magic[1] or is_sql(body) else program_edits(body)
    return [Edit(edit.operator, edit.start + shift, edit.end + shift, edit.text) for edit in edits]


def _meaning(text: str) -> str:
    """Return a form of a text that is the same for texts that can't behave differently."""
    if _MAGIC.match(text):
        return "\n".join(" ".join(line.split()) for line in text.split("\n"))
    return ast.dump(ast.parse(text))


def _changed(model: str, mutant: str) -> tuple[str, str]:
    before, after = model.split("\n"), mutant.split("\n")
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    changes = [step for step in matcher.get_opcodes() if step[0] != "equal"]
    was = "\n".join(line.strip() for _, i, j, _, _ in changes for line in before[i:j])
    becomes = "\n".join(line.strip() for _, _, _, i, j in changes for line in after[i:j])
    return was, becomes
