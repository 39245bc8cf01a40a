"""The learner's side of JupyterLab: a Jupyter Server extension, and the front end that it serves.

`backend-path learn` switches both on for its own server, and no other: the server extension is this module, and the
front end is the folder `EXTENSIONS`, which JupyterLab loads as a prebuilt extension. It is plain JavaScript, and
nothing builds it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from jupyter_server.serverapp import ServerApp

EXTENSIONS: Final = Path(__file__).resolve().parent / "extension"
"""Where JupyterLab finds the front end."""

__all__ = ["EXTENSIONS"]


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "curriculum.lab"}]


def _load_jupyter_server_extension(server: ServerApp) -> None:
    """Add the addresses under `/backend-path/` to a server, and start what checks need."""
    from curriculum.lab.serving import serve

    serve(server)
