"""What learner's code may have changed in the process that it shares with the tests, and how it is put right.

nbgrader's tests run in the learner's own interpreter. Before each cell of the instructor's, what such a test relies on
is compared with how it was: builtins, IPython's own classes and hooks, the libraries that the instructor's cells
import, the helpers that they define. What was changed is put back and told. Objects are compared by identity alone, so
that nothing of the learner's is asked. What runs *while* a test runs can't be stopped from within; docs/security.md
lists it.
"""

from __future__ import annotations

import ast
import builtins
import importlib
import operator
import sys
import threading
import types
from collections.abc import Collection, Iterable
from typing import Any

from autograder.engine.namespaces import Place, is_code, is_learners, methods
from autograder.engine.pinning import PINNED, Pinning, hidden_names
from autograder.engine.unchanged import Dictionary, Functions

_MACHINERY = (
    "IPython.core.async_helpers",
    "IPython.core.compilerop",
    "IPython.core.display_functions",
    "IPython.core.displayhook",
    "IPython.core.events",
    "IPython.core.formatters",
    "IPython.core.interactiveshell",
    "IPython.core.inputtransformer2",
    "autograder.engine.child",
    "autograder.engine.guarding",
    "autograder.engine.kernel",
    "autograder.engine.namespaces",
    "autograder.engine.pinning",
    "autograder.engine.unchanged",
    "ipykernel.displayhook",
    "ipykernel.ipkernel",
    "ipykernel.kernelbase",
    "ipykernel.zmqshell",
)
_PARTS = (
    "compile", "display_formatter", "display_pub", "displayhook", "events", "input_transformer_manager",
    "magics_manager", "InteractiveTB", "builtin_trap", "display_trap", "custom_exceptions", "CustomTB",
    "ast_node_interactivity", "loop_runner",
)  # fmt: skip


class Guard:
    """Keeps how things were.

    Args:
        kernel: the kernel, as it is before any learner's cell.
        modules: the modules that the instructor's cells import.
    """

    def __init__(self, kernel: Any, modules: Collection[str] = ()) -> None:
        self._kernel, self._shell = kernel, kernel.shell
        self._given: dict[str, object] = {}
        self._own: dict[str, object] = dict(self._shell.user_ns)  # `open`, `exit`, `display` are IPython's
        self._before: dict[str, object] = {}
        self._places = [Place("builtins", vars(builtins), builtins)]
        self._functions: list[types.FunctionType] = []
        self._wanted = {*_MACHINERY, *modules}
        self._packages = {name.partition(".")[0] for name in modules}
        self._seen: set[int] = {id(builtins)}
        for name in (*_MACHINERY, *modules):
            self._add_module(name)
        for one in (kernel, self._shell, *(getattr(self._shell, part) for part in _PARTS)):
            self._add_classes(type(one))
        self._codes = [_code(one) for one in self._functions]
        self._watched = Functions()
        for one in self._functions:
            self._watched.add(one)
        self._modules = {name: sys.modules[name] for name in _with_parents(modules) if name in sys.modules}
        self._parts = {part: getattr(self._shell, part) for part in _PARTS}
        self._hooks = [(hooks, list(hooks)) for hooks in self._hook_lists()]
        self._tables = [(table, dict(table), Dictionary(table)) for table in self._hook_tables()]
        self._methods = {id(one): methods(type(one)) for one in (self._shell, kernel)}
        self._displayhook = sys.displayhook
        self._translate = self._shell.input_transformer_manager.transform_cell
        self._translating = [(cell, cell.cell_contents) for cell in self._translate.__closure__]
        self._translated: dict[str, str] = self._translate.known

    def begin(self, index: int, given: Collection[int]) -> list[str]:
        """Put right what was changed, before a cell of the instructor's.

        Returns:
            What was changed, in words.
        """
        if index not in given:
            return []
        found = [f"a {kind} function of its own was set" for kind in _stop_tracing()]
        found += [f"{what} was changed" for what in self._put_right()]
        self._before = dict(self._shell.user_ns)
        return found

    def end(self, index: int, given: Collection[int]) -> None:
        """Keep what a cell of the instructor's has defined."""
        if index not in given:
            return
        before = self._before
        for name, value in self._shell.user_ns.items():
            if type(name) is str and before.get(name) is not value and is_code(value):
                self._given[name] = value
                if type(value) is types.FunctionType:
                    self._functions.append(value)
                    self._codes.append(_code(value))
                    self._watched.add(value)

    def pinning(self, source: str, answers: Collection[str]) -> tuple[ast.NodeTransformer | None, list[str]]:
        """Return what makes a test use the builtins and helpers that its author meant, where the learner hid them.

        Args:
            source: the test.
            answers: the names that are the learner's to define.

        Returns:
            A transformer of its syntax tree, or nothing when there is no need; and what was hidden, in words.
        """
        names = self._shell.user_ns
        hidden = hidden_names(source, names, {**self._own, **self._given}, answers)
        for name, meant in hidden.items():
            names[f"{PINNED}{name}"] = meant
        return (Pinning(set(hidden)) if hidden else None), [f"`{name}` was replaced" for name in sorted(hidden)]

    def threads(self) -> list[str]:
        """Return, in words, the threads that learner's code left running."""
        others = [t for t in threading.enumerate() if t is not threading.main_thread() and is_learners(t)]
        return [f"{len(others)} thread{'s' if len(others) > 1 else ''} of its own went on"] if others else []

    def _put_right(self) -> list[str]:
        changed = [what for place in self._places for what in place.put_right()]
        for number in self._watched.changed():
            function = self._functions[number]
            changed.append(f"the function {function.__qualname__}")
            function.__code__, function.__defaults__, function.__kwdefaults__ = self._codes[number]
        if not all(map(operator.is_, map(sys.modules.get, self._modules), self._modules.values())):
            for name, module in self._modules.items():
                if sys.modules.get(name) is not module and isinstance(module, types.ModuleType):
                    changed.append(f"the module {name}")
                    sys.modules[name] = module
        for part, value in self._parts.items():
            if getattr(self._shell, part) is not value:
                changed.append(f"IPython's {part}")
                setattr(self._shell, part, value)
        for one in (self._shell, self._kernel):
            for name in [name for name in vars(one).keys() & self._methods[id(one)] if is_learners(vars(one)[name])]:
                changed.append(f"IPython's {name}")
                del vars(one)[name]
        if sys.displayhook is not self._displayhook:
            if is_learners(sys.displayhook):
                changed.append("sys.displayhook")
            sys.displayhook = self._displayhook
        return changed + self._with_own_translation() + self._without_learners_hooks()

    def _with_own_translation(self) -> list[str]:
        """Put back how cells are translated into Python, and forget what texts were translated to."""
        changed = self._shell.input_transformer_manager.transform_cell is not self._translate
        if changed:
            self._shell.input_transformer_manager.transform_cell = self._translate
        for cell, value in self._translating:
            if cell.cell_contents is not value:
                cell.cell_contents = value
                changed = True
        self._translated.clear()
        return ["how IPython translates cells"] * changed

    def _without_learners_hooks(self) -> list[str]:
        """Take out hooks whose code is the learner's; those of libraries (`%matplotlib`, extensions) stay."""
        changed: list[str] = []
        for hooks, usual in self._hooks:
            for hook in list(hooks):
                if not any(hook is known for known in usual) and is_learners(hook):
                    hooks[:] = [one for one in hooks if one is not hook]
                    changed.append("a hook of IPython or Python")
            missing = [known for known in usual if not any(hook is known for hook in hooks)]
            hooks += missing
            changed += ["a hook of IPython or Python"] * bool(missing)
        for table, known, dictionary in self._tables:
            if not dictionary.has_changed():
                continue
            # what is known comes first: to look into a magic that is not loaded yet would load it
            for key in [key for key in table if table[key] is not known.get(key) and is_learners(table[key])]:
                changed.append("how IPython shows values, or a magic")
                if key in known:
                    table[key] = known[key]
                else:
                    del table[key]
        return changed

    def _hook_lists(self) -> list[list[Any]]:
        manager = self._shell.input_transformer_manager
        return [
            self._shell.ast_transformers,
            self._shell.input_transformers_post,
            manager.cleanup_transforms,
            manager.line_transforms,
            manager.token_transformers,
            *self._shell.events.callbacks.values(),
            sys.meta_path,
            sys.path_hooks,
        ]

    def _hook_tables(self) -> list[dict[Any, Any]]:
        formatters = self._shell.display_formatter.formatters.values()
        return [
            *(getattr(one, kind) for one in formatters for kind in ("type_printers", "singleton_printers")),
            *self._shell.magics_manager.magics.values(),
        ]

    def _add_module(self, name: str) -> None:
        try:
            module = importlib.import_module(name) if name in _MACHINERY else sys.modules.get(name)
        except ImportError:
            return
        if not isinstance(module, types.ModuleType) or id(module) in self._seen:
            return
        self._seen.add(id(module))
        self._places.append(Place(name, vars(module), module))
        top = name.partition(".")[0]
        for value in list(vars(module).values()):
            if isinstance(value, type) and value.__module__.partition(".")[0] == top:
                self._add_classes(value)
            elif type(value) is types.FunctionType and value.__module__.partition(".")[0] == top:
                self._functions.append(value)

    def _add_classes(self, kind: type) -> None:
        for one in kind.__mro__:
            if id(one) not in self._seen and one.__flags__ & 1 << 9:  # a class that can be changed: made by Python code
                self._seen.add(id(one))
                self._places.append(Place(one.__qualname__, vars(one), one))
                if one.__module__ in self._wanted or one.__module__.partition(".")[0] in self._packages:
                    self._functions += [value for value in vars(one).values() if type(value) is types.FunctionType]


def _stop_tracing() -> list[str]:
    """End what looks on at each line or call; return what there was."""
    found = [kind for kind, one in (("trace", sys.gettrace()), ("profile", sys.getprofile())) if one is not None]
    sys.settrace(None)
    sys.setprofile(None)
    threading.settrace(None)
    threading.setprofile(None)
    return found


def _code(function: types.FunctionType) -> tuple[Any, Any, Any]:
    return function.__code__, function.__defaults__, function.__kwdefaults__


def _with_parents(modules: Iterable[str]) -> set[str]:
    """Return the names of modules and of the packages that they are in."""
    parts = [name.split(".") for name in modules]
    return {".".join(words[: n + 1]) for words in parts for n in range(len(words))}
