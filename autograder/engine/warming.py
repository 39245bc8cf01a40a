"""What the warm process has before it is forked: IPython's kernel, used to its work, and what assignments import."""

from __future__ import annotations

import atexit
import gc
import importlib
import importlib.util
import os
import sys
import threading
from collections.abc import Iterable
from typing import Any

from autograder.engine import hugepages
from autograder.engine.guarding import Guard
from autograder.engine.kernel import build_kernel
from autograder.engine.rehearsal import rehearse
from autograder.engine.shortcuts import take_shortcuts
from autograder.engine.tracebacks import keep_tracebacks_cheap

_COMPANIONS = {
    "autograder.student": (
        "autograder.applications",
        "autograder.judge.compiled",
        "autograder.judge.entries",
        "autograder.judge.learner",
        "autograder.judge.remote",
        "autograder.magics",
        "autograder.services",
        "yaml",  # for hints
    ),
    "matplotlib": ("matplotlib_inline.backend_inline",),
    "matplotlib.pyplot": ("matplotlib_inline.backend_inline",),
}
_HOOKS = ("ast_transformers", "input_transformers_post")


def warm_up(profile: str) -> Any:
    """Return a kernel that is ready to be forked.

    Args:
        profile: a folder for IPython's own files.
    """
    os.environ.pop("PYTHONSAFEPATH", None)  # it was for this process, not for what notebooks start
    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    kernel = build_kernel(profile)
    launcher = importlib.util.find_spec("ipykernel_launcher")
    sys.argv = [str(launcher and launcher.origin), "-f", "kernel.json", "--HistoryManager.hist_file=:memory:"]
    keep_tracebacks_cheap(kernel.shell)
    take_shortcuts(kernel.shell)
    rehearse(kernel)
    if hasattr(kernel.shell.magics_manager, "load_all_lazy_magics"):  # older IPython has loaded them by now
        kernel.shell.magics_manager.load_all_lazy_magics()  # a notebook with one would take 2 to 10 ms for it
    load(kernel, ())
    return kernel


def load(kernel: Any, modules: Iterable[str]) -> tuple[str, ...]:
    """Import modules, so that every fork has them; one that can't be imported is left to the notebook.

    Returns:
        Modules that must not be imported beforehand: they write something when they are imported, which a notebook
        would show, or start a thread, which a fork would lack.
    """
    written: list[bytes] = []
    unfit: list[str] = []
    kernel.session.emit = written.append
    for module in [one for name in modules for one in (name, *_COMPANIONS.get(name, ()))]:
        threads = threading.active_count()
        hooks = [list(getattr(kernel.shell, name)) for name in _HOOKS]
        try:
            importlib.import_module(module)
            if hooks != [list(getattr(kernel.shell, name)) for name in _HOOKS]:
                for name, hook in zip(_HOOKS, hooks, strict=True):
                    getattr(kernel.shell, name)[:] = hook
                del sys.modules[module]  # it changes the shell, which only a notebook that imports it may
        except BaseException:  # noqa: BLE001, S112 - a notebook that needs it will say so
            continue
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
        if written or threading.active_count() != threads:
            unfit.append(module)
            written.clear()
    kernel.session.emit = None
    kernel.guard = Guard(kernel, tuple(modules))
    atexit._clear()  # what imports left there is for the end of this process, not of a notebook
    gc.collect()
    gc.freeze()
    hugepages.collapse()
    return tuple(unfit)
