"""Writing a curriculum as a folder of YAML files, which `load` reads back exactly."""

from __future__ import annotations

import os
from pathlib import Path as FilePath
from typing import Any

import msgspec

from curriculum.exceptions import CurriculumError
from curriculum.model import Path, derived_uuid


def save(path: Path, folder: str | os.PathLike[str]) -> None:
    """Write a path as a folder in the form of docs/data.md.

    What has its default value is left out, and so are UUIDs that follow from the id.

    Args:
        path: the path.
        folder: where to; made if it isn't there, and empty otherwise.

    Raises:
        CurriculumError: the folder is not empty, or can't be written.
    """
    place = FilePath(folder)
    data = msgspec.to_builtins(path.data)
    try:
        if place.exists() and (not place.is_dir() or any(place.iterdir())):
            raise CurriculumError(f"{place} is there already and not empty. Name a new folder.")
        (place / "modules").mkdir(parents=True, exist_ok=True)
        head = {name: value for name, value in data.items() if name not in ("format", "modules", "coverage")}
        head["modules"] = [module["id"] for module in data["modules"]]
        _write(place / "path.yaml", _bare(head, "path"))
        _write(place / "coverage.yaml", [_bare(item, "coverage") for item in data["coverage"]])
        for module in data["modules"]:
            for field, kind in (("skills", "skill"), ("lessons", "lesson"), ("exercises", "exercise")):
                module[field] = [_bare(entity, kind) for entity in module[field]]
            _write(place / "modules" / f"{module['id']}.yaml", _bare(module, "module"))
    except OSError as error:
        raise CurriculumError(f"{place} can't be written: {error.strerror}. Name another folder.") from error


def _bare(entity: dict[str, Any], kind: str) -> dict[str, Any]:
    """Return an entity's fields without what goes without saying."""
    bare = {name: value for name, value in entity.items() if name == "modules" or (value != [] and value is not False)}
    if bare["uuid"] == str(derived_uuid(kind, entity["id"])):
        del bare["uuid"]
    links = {name: ids for name, ids in entity.get("links", {}).items() if ids}
    bare.pop("links", None)
    return bare | {"links": links} if links else bare


def _write(file: FilePath, value: object) -> None:
    import yaml

    text = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=110)
    file.write_text(text, encoding="utf-8", newline="\n")
