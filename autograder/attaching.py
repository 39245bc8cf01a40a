"""Makes a notebook ready for tests, and keeps what belongs to it: its folder, programs and databases.

What belongs to a notebook hangs on its shell, not on a module: a grader's warm process imports the modules once, long
before the notebooks that it starts have shells of their own.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from autograder import assertions, work
from autograder.closing import close_all
from autograder.databases import Databases
from autograder.programs import Programs

_MARK: Final = "_autograder_belongings"


class Belongings:
    """What belongs to one notebook."""

    def __init__(self) -> None:
        self.folder = Path.cwd()
        self.programs = Programs()
        self.databases = Databases(self.folder)


_without_shell: list[Belongings] = []


def attach() -> None:
    """Make the running notebook ready: asserts that speak, cell magics, services that end with their cell.

    Does nothing the second time, and nothing outside of IPython.
    """
    shell = work.shell()
    if shell is None or hasattr(shell, _MARK):
        return
    from autograder import magics  # which needs this module

    setattr(shell, _MARK, Belongings())
    shell.ast_transformers.append(assertions.SpeakingAsserts())  # type: ignore[attr-defined]
    shell.user_ns[assertions.EXPLAINER] = assertions  # type: ignore[attr-defined]
    shell.user_ns_hidden[assertions.EXPLAINER] = assertions  # type: ignore[attr-defined]
    shell.events.register("post_run_cell", _end_cell)  # type: ignore[attr-defined]
    magics.register(shell)


def folder() -> Path:
    """Return the notebook's folder: the current one when the notebook was made ready, wherever its code went since."""
    shell = work.shell()
    return _belongings().folder if shell is not None and hasattr(shell, _MARK) else Path.cwd()


def programs() -> Programs:
    """Return the programs that the notebook's cells hold."""
    return _belongings().programs


def databases() -> Databases:
    """Return the notebook's databases and the SQL that its cells hold."""
    return _belongings().databases


def _belongings() -> Belongings:
    shell = work.shell()
    if shell is not None:
        attach()
        found = getattr(shell, _MARK)
        assert isinstance(found, Belongings)
        return found
    if not _without_shell:
        _without_shell.append(Belongings())
    return _without_shell[0]


def _end_cell(_: object) -> None:
    close_all()
    databases().end_cell()
