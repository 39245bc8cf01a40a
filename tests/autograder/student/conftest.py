"""A notebook's shell in this process, in which tests run cells as a kernel would."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from IPython.core.interactiveshell import InteractiveShell


class Notebook:
    """Runs cells in one shell; a failing cell's exception is raised."""

    def __init__(self, shell: InteractiveShell) -> None:
        self.shell = shell

    def run(self, *cells: str) -> object:
        """Run cells and return the value of the last one."""
        result = None
        for cell in cells:
            result = self.shell.run_cell(cell)
            result.raise_error()
        return result.result if result else None

    def failure(self, *cells: str) -> BaseException:
        """Run cells, of which the last must end with an exception, and return that."""
        *before, last = cells
        self.run(*before)
        error = self.shell.run_cell(last).error_in_exec
        assert error is not None, "the cell ended well"
        return error

    def __getitem__(self, name: str) -> object:
        return self.shell.user_ns[name]


@pytest.fixture
def notebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Notebook]:
    """A notebook in a folder of its own, with `hint` and `student` imported."""
    monkeypatch.chdir(tmp_path)
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance(colors="nocolor")
    shell.history_manager.enabled = False
    book = Notebook(shell)
    book.run("from autograder.student import hint, student")
    yield book
    InteractiveShell.clear_instance()


@pytest.fixture
def hints(tmp_path: Path) -> Callable[[str], None]:
    """Writes the notebook's `hints.yaml`."""
    return lambda text: (tmp_path / "hints.yaml").write_text(text, encoding="utf-8") and None
