"""Starting JupyterLab at the course home, on loopback, with its token."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path

from curriculum.lab import EXTENSIONS
from curriculum.placing import write_atomically

# What a learner needs to know stands in the lines before; JupyterLab says its address itself.
_LOG_LEVEL = "WARN"
# nbgrader's pages for instructors: slow to import, and they warn of a configuration that a learner need not have.
_NBGRADERS = ("assignment_list", "course_list", "formgrader", "validate_assignment")
# Panels that a learner has no use for: for people who make and grade assignments, and for installing extensions, which
# would ask a server outside for what there is.
_NO_USE = {"@jupyter/nbgrader": True, "@jupyterlab/extensionmanager-extension": True}

_SECONDS_TO_END = 5.0


def default_workspace() -> Path:
    """Return where the workspace is made by default: `workspace` in a checkout, `~/backend-path` when installed."""
    checkout = Path(__file__).resolve().parent.parent
    return checkout / "workspace" if (checkout / "pyproject.toml").is_file() else Path.home() / "backend-path"


def start_jupyterlab(workspace: Path, *, port: int, browser: bool, page: str = "") -> int:
    """Run JupyterLab in the workspace, with the course home and the exercises' buttons, until it is stopped.

    Args:
        workspace: the folder that JupyterLab shows.
        port: the port on 127.0.0.1; the next free one is taken when it is in use.
        browser: whether to open the learner's browser.
        page: the file that is opened first, relative to the workspace; the course home if empty.

    Returns:
        JupyterLab's exit status.
    """
    # JupyterLab is slow to import, and only this command needs it
    from jupyterlab.labapp import LabApp

    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(
        filter(None, [str(_settings(workspace)), os.environ.get("JUPYTER_CONFIG_PATH", "")])
    )
    arguments = [
        f"--ServerApp.log_level={_LOG_LEVEL}",
        f"--LabApp.log_level={_LOG_LEVEL}",
        f"--ServerApp.root_dir={workspace}",
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=50",
        f"--LabApp.default_url={f'/lab/tree/{page}' if page else '/lab'}",
        # for this server only: nothing is installed into the learner's Jupyter
        "--ServerApp.jpserver_extensions=curriculum.lab=True",
        *(f"--ServerApp.jpserver_extensions=nbgrader.server_extensions.{name}=False" for name in _NBGRADERS),
        f"--LabApp.extra_labextensions_path={EXTENSIONS}",
        # JupyterLab would keep what was open in one place for all folders
        f"--LabApp.workspaces_dir={workspace / '.backend-path' / 'jupyter' / 'workspaces'}",
    ]
    if not browser:
        arguments.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--allow-root")
    sys.argv = ["jupyter-lab", *arguments]  # JupyterLab starts itself anew with these when asked to restart
    try:
        result = LabApp.launch_instance(argv=arguments)
    finally:
        _drop_what_is_pending()
    return result if isinstance(result, int) else 0


def _drop_what_is_pending() -> None:
    """Cancel what the server's event loop had not finished, as `asyncio.run` does at its end.

    Jupyter's server leaves such tasks as they are. One that reads or writes a file holds a thread of AnyIO's, which
    ends with the task; Python waits for that thread, so the program would never end.
    """
    from tornado.ioloop import IOLoop

    current = IOLoop.current(instance=False)
    loop = getattr(current, "asyncio_loop", None)
    if loop is None or loop.is_closed():
        return
    pending = asyncio.all_tasks(loop)
    for task in pending:
        task.cancel()

    async def end() -> None:
        if pending:
            await asyncio.wait(pending, timeout=_SECONDS_TO_END)

    loop.run_until_complete(end())


def _settings(workspace: Path) -> Path:
    """Write the settings of the learner's JupyterLab and return the folder that holds them."""
    folder = workspace / ".backend-path" / "jupyter"
    defaults = (Path(__file__).resolve().parent / "jupyter" / "overrides.json").read_bytes()
    page = {"disabledExtensions": _NO_USE}
    write_atomically(folder / "labconfig" / "page_config.json", json.dumps(page, indent=2).encode())
    write_atomically(folder / "labconfig" / "default_setting_overrides.json", defaults)
    return folder
