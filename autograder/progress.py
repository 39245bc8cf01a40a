"""A live line about a run: how many are done, how fast, how long it will take, how many failed."""

from __future__ import annotations

from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.text import Text


class _Rate(ProgressColumn):
    """Submissions a second."""

    def render(self, task: Task) -> Text:
        """Return the rate as text."""
        speed = task.finished_speed or task.speed
        return Text(f"{speed:.1f}/s" if speed else "–/s", style="dim")


class Progress:
    """The live line; a context manager. On what is no terminal it shows nothing.

    Args:
        console: where it is shown.
        title: what is being graded.
        hidden: whether to show nothing at all.
    """

    def __init__(self, console: Console, title: str, *, hidden: bool = False) -> None:
        self.already = 0
        self._failed = 0
        self._bar = Bar(
            TextColumn("[bold]{task.description}[/]"),
            BarColumn(),
            MofNCompleteColumn(),
            _Rate(),
            TextColumn("[dim]left[/]"),
            TimeRemainingColumn(elapsed_when_finished=True),
            TextColumn("{task.fields[failed]}"),
            console=console,
            transient=True,
            disable=hidden or not console.is_terminal,
        )
        self._task = self._bar.add_task(title, total=None, failed="")

    def __enter__(self) -> Progress:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def announce(self, due: int, already: int) -> None:
        """Say how many are to be done, and how many were done before."""
        self.already = already
        self._bar.update(self._task, total=due)

    def count(self, *, failed: bool) -> None:
        """Count one that is done."""
        self._failed += failed
        note = f"[red]{self._failed} not graded[/]" if self._failed else ""
        self._bar.update(self._task, advance=1, failed=note)
