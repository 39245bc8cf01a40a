"""YAML, read strictly: plain data only, every key once, and the line of every place.

What is read is a part of YAML: mappings, lists and scalars. Tags, anchors and aliases are refused (a few lines of
aliases can stand for gigabytes), and so are mappings with a key that stands twice, of which YAML readers silently keep
the last. `yes`, `no`, dates and octal numbers are plain strings here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from curriculum.datafile import Place, Plain, shortened, written
from curriculum.exceptions import DataError

_DEEPEST = 12
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # PyYAML can be built without libyaml
_NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})(\.[0-9]{1,17}([eE][-+][0-9]{1,3})?)?")
_CONSTANTS: dict[str, bool | None] = {"": None, "~": None, "null": None, "true": True, "false": False}


def parse(text: bytes, path: Path) -> Plain:
    """Return what a YAML text says.

    Args:
        text: the bytes of the file.
        path: its name, for messages.

    Raises:
        DataError: the text is not UTF-8, not YAML, or uses a part of YAML that is refused.
    """
    return _Reader(text, path).document()


def lines(text: bytes, path: Path) -> dict[Place, int]:
    """Return on which line, counted from 1, each place of a YAML text begins (a field: where its name stands)."""
    reader = _Reader(text, path)
    reader.document()
    return reader.lines


class _Reader:
    """One pass over the events of a YAML text."""

    def __init__(self, text: bytes, path: Path) -> None:
        self.path = path
        self.lines: dict[Place, int] = {}
        self._events = self._parsed(self._decoded(text))

    def document(self) -> Plain:
        next(self._events)  # the stream begins
        event = next(self._events)
        if isinstance(event, yaml.StreamEndEvent):
            raise DataError(self.path, "", "The file is empty.", "Fill it in; docs/data.md has the form.")
        data = self._node(next(self._events), ())
        next(self._events)  # the document ends
        event = next(self._events)
        if not isinstance(event, yaml.StreamEndEvent):
            raise self._error(
                event, (), "A second document begins here.", "Keep one document; take out the line `---`."
            )
        return data

    def _decoded(self, text: bytes) -> str:
        try:
            return text.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise DataError(
                self.path,
                "",
                f"The file is not UTF-8: byte {error.start} is 0x{text[error.start]:02x}.",
                "Save it as UTF-8.",
                line=text.count(b"\n", 0, error.start) + 1,
            ) from error

    def _parsed(self, text: str) -> Iterator[yaml.Event]:
        try:
            yield from yaml.parse(text, Loader=_LOADER)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            context = f" ({error.context})" if error.context else ""
            raise DataError(
                self.path,
                "",
                f"The file is not YAML: {error.problem}{context}.",
                "Mend the line or the one before: indentation, quotes around text with `: ` or ` #`, closed brackets.",
                line=mark.line + 1 if mark else 0,
            ) from error
        except yaml.YAMLError as error:
            reason = str(error).splitlines()[0]
            raise DataError(
                self.path, "", f"The file is not YAML: {reason}.", "Take out characters that can't be shown."
            ) from error

    def _node(self, event: yaml.Event, place: Place) -> Plain:
        if len(place) > _DEEPEST:
            raise self._error(event, place, f"More than {_DEEPEST} levels of nesting.", "Nothing here is that deep.")
        if isinstance(event, yaml.AliasEvent):
            raise self._error(
                event,
                place,
                f"The alias `*{shortened(str(event.anchor))}`.",
                "Write the value out; aliases are refused.",
            )
        if isinstance(event, yaml.NodeEvent) and event.anchor:
            raise self._error(
                event, place, f"The anchor `&{shortened(str(event.anchor))}`.", "Take it out; anchors are refused."
            )
        tag = getattr(event, "tag", None)
        if tag not in (None, "!"):
            raise self._error(
                event, place, f"The tag `{shortened(str(tag))}`.", "Take it out; only plain values are read."
            )
        self.lines.setdefault(place, _line(event))
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(place)
        return self._mapping(place)

    def _list(self, place: Place) -> Plain:
        items: list[Plain] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._node(event, (*place, len(items))))
        return items

    def _mapping(self, place: Place) -> Plain:
        fields: dict[str, Plain] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise self._error(event, place, "A key that is no word.", "Write `field: value`.")
            key, at = event.value, (*place, event.value)
            if key in fields:
                first = self.lines[at]
                raise self._error(
                    event, at, f"The field `{shortened(key)}` stands on line {first} already.", "Keep one of them."
                )
            self.lines[at] = _line(event)
            fields[key] = self._node(next(self._events), at)
        return fields

    def _error(self, event: yaml.Event, place: Place, problem: str, remedy: str) -> DataError:
        return DataError(self.path, written(place), problem, remedy, line=_line(event))


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0


def _scalar(event: yaml.ScalarEvent) -> Plain:
    value: str = event.value
    if not event.implicit[0]:  # quoted, or a block
        return value
    if value in _CONSTANTS:
        return _CONSTANTS[value]
    match = _NUMBER.fullmatch(value)
    if not match:
        return value
    return float(value) if match[2] else int(value)
