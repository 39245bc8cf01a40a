"""The server extension's life: it begins with the Jupyter server, and its processes end with it."""

from __future__ import annotations

import atexit
import secrets
from pathlib import Path

from jupyter_server.serverapp import ServerApp
from jupyter_server.utils import url_path_join
from tornado.ioloop import IOLoop

import curriculum
from curriculum.lab.handlers import LearnerHandler
from curriculum.lab.learner import Learner

_SECONDS_TO_OPEN = 3.0
"""How long the browser is left alone to open JupyterLab before the next exercise is made ready."""


def serve(server: ServerApp) -> None:
    """Answer the learner's requests on a Jupyter server, in the folder that it shows."""
    learner = Learner(Path(server.root_dir), curriculum.load())
    pattern = url_path_join(server.web_app.settings["base_url"], "backend-path", r"([a-z]+)")
    server.web_app.add_handlers(".*$", [(pattern, LearnerHandler, {"learner": learner})])  # type: ignore[no-untyped-call]
    # the front end opens the course home once for each start of the server
    page = server.web_app.settings.setdefault("page_config_data", {})
    page["backendPathStart"] = secrets.token_hex(8)
    IOLoop.current().add_callback(learner.checker.warm)
    IOLoop.current().call_later(_SECONDS_TO_OPEN, learner.get_ready)
    atexit.register(learner.checker.close)
