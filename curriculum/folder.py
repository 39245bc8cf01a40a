"""The files of a curriculum's folder, and the way back from a place in the data to the file and line it came from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

import msgspec

from curriculum.datafile import Place, read_file, written
from curriculum.decoding import decode
from curriculum.exceptions import DataError
from curriculum.model import PathData

T = TypeVar("T")


class FolderFiles(msgspec.Struct, frozen=True):
    """The files as they were read.

    Attributes:
        folder: where they are.
        content: the bytes of each, by its name in the folder: `path.yaml`, `coverage.yaml`, `modules/flask.yaml`.
        modules: ids of the path's modules in order, once they are known.
    """

    folder: Path
    content: Mapping[str, bytes]
    modules: tuple[str, ...] = ()

    @classmethod
    def read(cls, folder: Path) -> FolderFiles:
        """Read every data file of a folder.

        Raises:
            DataError: one is missing, can't be read or is far too large.
        """
        content = {"path.yaml": read_file(folder / "path.yaml")}
        if (folder / "coverage.yaml").exists():
            content["coverage.yaml"] = read_file(folder / "coverage.yaml")
        for file in sorted((folder / "modules").glob("*.y*ml")):
            content[f"modules/{file.name}"] = read_file(file)
        return cls(folder, content)

    def holding(self, data: PathData) -> FolderFiles:
        """Return the same files, knowing what was decoded from them."""
        return msgspec.structs.replace(self, modules=tuple(module.id for module in data.modules))

    def decoded(self, name: str, kind: type[T]) -> T:
        """Return a file's YAML as a struct.

        Raises:
            DataError: it does not parse or does not fit.
        """
        from curriculum.yamltext import parse  # PyYAML is not needed while the cache serves

        raw = parse(self.content[name], self.folder / name)
        return decode(raw, kind, lambda place, problem, remedy: self.error_in(name, place, problem, remedy))

    def error_in(self, name: str, place: Place, problem: str, remedy: str) -> DataError:
        """Return the error for a place in one file."""
        return DataError(self.folder / name, written(place), problem, remedy, line=self.line(name, place))

    def error_at(self, place: Place, problem: str, remedy: str) -> DataError:
        """Return the error for a place in the `PathData` that the files make."""
        return self.error_in(*self._located(place), problem, remedy)

    def where(self, place: Place) -> str:
        """Say in words where a place in the `PathData` is."""
        name, rest = self._located(place)
        return f"{self.folder / name}:{self.line(name, rest)}"

    def line(self, name: str, place: Place) -> int:
        """Return the line, counted from 1, of a place in one file; for what is missing, of what it is missing from."""
        from curriculum.yamltext import lines

        known = lines(self.content[name], self.folder / name)
        while place not in known:
            place = place[:-1]
        return known[place]

    def _located(self, place: Place) -> tuple[str, Place]:
        if place[:1] == ("coverage",):
            return "coverage.yaml", place[1:]
        if len(place) > 1 and place[0] == "modules" and isinstance(place[1], int):
            return f"modules/{self.modules[place[1]]}.yaml", place[2:]
        return "path.yaml", place
