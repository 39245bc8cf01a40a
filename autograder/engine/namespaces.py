"""Namespaces that code lies in: what was in them, who wrote what is in them now, and how they are put right."""

from __future__ import annotations

import operator
import sys
import types
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from autograder.engine.unchanged import Dictionary

_LEFT = {
    "__builtins__",
    "__warningregistry__",
    "__dict__",
    "__weakref__",
    "__doc__",
    "__abstractmethods__",
}
_INSTALLED = tuple(
    {str(place) for path in sys.path if path for place in (Path(path).absolute(), Path(path).resolve())}
    | {str(Path(__file__).parent.parent)}
)
"""Where modules come from before any notebook has added to it: libraries, wherever this environment has them."""


class Place:
    """A namespace, and what was in it.

    Args:
        name: how messages name it.
        names: what is in it.
        owner: the module or class that it belongs to.
    """

    def __init__(self, name: str, names: Mapping[str, object], owner: object) -> None:
        self._name, self._names, self._owner = name, names, owner
        self._usual = {key: value for key, value in names.items() if is_code(value) and key not in _LEFT}
        self._keys, self._values = list(self._usual), list(self._usual.values())
        self._all = set(names)
        self._dictionary = Dictionary(names)

    def put_right(self) -> list[str]:
        """Put back what was replaced; return it in words."""
        if not self._dictionary.has_changed():
            return []
        found = self._compared()
        self._dictionary.has_changed()  # what was put back is no change
        return found

    def _compared(self) -> list[str]:
        added = self._without_added() if len(self._names) != len(self._all) and isinstance(self._owner, type) else []
        if all(map(operator.is_, map(self._names.get, self._keys), self._values)):
            return added
        changed = [key for key in self._keys if self._names.get(key) is not self._usual[key]]
        for key in changed:
            if isinstance(self._owner, type):
                type.__setattr__(self._owner, key, self._usual[key])
            else:
                vars(self._owner)[key] = self._usual[key]
        return added + [f"{self._name}.{key}" for key in changed]

    def _without_added(self) -> list[str]:
        """Take out of a class what hides something that it inherits; return it in words."""
        kind = self._owner
        assert isinstance(kind, type)
        inherited = {name for one in kind.__mro__[1:] for name in vars(one)}
        added = [key for key in self._names if key not in self._all and key in inherited and key not in _LEFT]
        for key in added:
            type.__delattr__(kind, key)
        return [f"{self._name}.{key}" for key in added]


def is_code(value: object) -> bool:
    """Whether a value is something that a test calls, not data that may change."""
    kind = type(value)
    return (
        kind in (types.FunctionType, types.BuiltinFunctionType, types.ModuleType, types.MethodType, property)
        or kind in (staticmethod, classmethod)
        or issubclass(kind, type)
    )


def is_learners(thing: object) -> bool:
    """Whether the code of a hook stands in a cell, or in a file that is no installed module's."""
    target: Any = getattr(thing, "_target", None) or thing  # of a thread, what it runs
    function = getattr(target, "__func__", target)
    code = getattr(function, "__code__", None)
    module = sys.modules.get(getattr((code and function) or type(target), "__module__", "") or "")
    if code is not None and (code.co_filename.startswith("<") or "ipykernel_" in code.co_filename):
        return True
    file = getattr(module, "__file__", None)
    if module is None or module.__name__ == "__main__":
        return True
    return type(file) is str and not file.startswith(_INSTALLED)


def methods(kind: type) -> set[str]:
    """Return the names that stand for something callable in a class."""
    known = _known_methods.get(kind)
    if known is None:
        known = {name for one in kind.__mro__ for name, value in vars(one).items() if callable(value)}
        _known_methods[kind] = known
    return known


_known_methods: dict[type, set[str]] = {}
