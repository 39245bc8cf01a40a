"""Runs one built notebook from top to bottom in a clean kernel; what a cell raises goes to standard error."""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

CELL_SECONDS = 30


def main(path: Path) -> None:
    client = NotebookClient(
        nbformat.read(path, as_version=4),
        timeout=CELL_SECONDS,
        kernel_name="python3",
        resources={"metadata": {"path": str(path.parent)}},
    )
    try:
        client.execute()
    except CellExecutionError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
