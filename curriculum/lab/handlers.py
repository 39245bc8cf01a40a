"""The addresses under `/backend-path/`: JSON in, JSON out, behind the Jupyter server's own token and XSRF check."""

from __future__ import annotations

import asyncio
import inspect
import json
from collections.abc import Callable
from typing import Annotated, Any

import msgspec
from jupyter_server.base.handlers import APIHandler
from msgspec import Meta
from tornado import web

from autograder.exceptions import UserError
from curriculum.lab.learner import Learner
from curriculum.progress import Grade

Name = Annotated[str, Meta(min_length=1, max_length=100)]
Place = Annotated[str, Meta(min_length=1, max_length=4000)]


class Nothing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A request that needs to say nothing more."""


class OfNotebook(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A request about a notebook.

    Attributes:
        path: the notebook, as JupyterLab calls it.
    """

    path: Place


class OfCheck(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A request for a check: the notebook, and a name by which the check can be stopped."""

    path: Place
    id: Name


class OfStop(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A request to stop a check."""

    id: Name


class OfHint(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A request for a hint: for a test, or for the first that fails."""

    path: Place
    test: Annotated[str, Meta(max_length=100)] = ""


class OfReset(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A request to put an answer or, without one, the whole notebook back to its beginning."""

    path: Place
    answer: Annotated[str, Meta(max_length=100)] = ""


class OfActivity(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Seconds of activity in a notebook since they were last reported."""

    path: Place
    seconds: Annotated[float, Meta(gt=0, le=300)]


class OfAnswer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How well a question was remembered."""

    card: Annotated[str, Meta(min_length=1, max_length=400)]
    rating: Grade


Answer = Callable[[Learner, Any], object]

ASKED: dict[str, tuple[type[msgspec.Struct], Answer]] = {
    "home": (Nothing, lambda learner, _: learner.home()),
    "notebook": (OfNotebook, lambda learner, asked: learner.about(asked.path)),
    "look": (OfNotebook, lambda learner, asked: learner.look(asked.path)),
    "review": (Nothing, lambda learner, _: learner.review()),
}
"""What can be got: what a request has to say, and what answers it."""

DONE: dict[str, tuple[type[msgspec.Struct], Answer]] = {
    "check": (OfCheck, lambda learner, asked: learner.check(asked.id, asked.path)),
    "stop": (OfStop, lambda learner, asked: learner.checker.stop(asked.id)),
    "hint": (OfHint, lambda learner, asked: learner.hint(asked.path, asked.test)),
    "solution": (OfNotebook, lambda learner, asked: learner.solution(asked.path)),
    "submit": (OfCheck, lambda learner, asked: learner.submit(asked.id, asked.path)),
    "reset": (OfReset, lambda learner, asked: learner.reset(asked.path, asked.answer)),
    "repair": (OfNotebook, lambda learner, asked: learner.repair(asked.path)),
    "finished": (OfNotebook, lambda learner, asked: learner.finished(asked.path)),
    "activity": (OfActivity, lambda learner, asked: learner.active(asked.path, asked.seconds)),
    "review": (OfAnswer, lambda learner, asked: learner.answer(asked.card, asked.rating)),
}
"""What can be had done, in the same form."""


class LearnerHandler(APIHandler):
    """Answers requests of the learner's front end."""

    def initialize(self, learner: Learner) -> None:
        """Take whose requests these are."""
        self.learner = learner

    @web.authenticated
    async def get(self, what: str) -> None:
        """Answer a question."""
        said = {name: values[-1].decode("utf-8", "replace") for name, values in self.request.query_arguments.items()}
        # an address may hold the server's token as well, and JupyterLab adds the time to it
        known = ASKED[what][0].__struct_fields__ if what in ASKED else ()
        await self._answer(ASKED, what, {name: said[name] for name in known if name in said})

    @web.authenticated
    async def post(self, what: str) -> None:
        """Do something."""
        try:
            said = json.loads(self.request.body or b"{}")
        except ValueError as error:
            self._refuse(400, f"The request is not JSON: {error}.")
            return
        await self._answer(DONE, what, said)

    async def _answer(self, known: dict[str, tuple[type[msgspec.Struct], Answer]], what: str, said: object) -> None:
        if what not in known:
            self._refuse(404, f"There is no '{what}' here; there are {', '.join(known)}.")
            return
        kind, answer = known[what]
        try:
            asked = msgspec.convert(said, kind)
        except msgspec.ValidationError as error:
            self._refuse(400, f"The request '{what}' is malformed: {error}.")
            return
        try:
            answered = await asyncio.to_thread(answer, self.learner, asked)
            if inspect.isawaitable(answered):
                answered = await answered
        except UserError as error:
            self._refuse(409, str(error))
        except OSError as error:
            self._refuse(409, f"{error.filename or 'A file'} can't be read or written: {error.strerror or error}.")
        else:
            self.finish(msgspec.json.encode(answered))

    def _refuse(self, status: int, problem: str) -> None:
        self.set_status(status)
        self.finish(json.dumps({"problem": problem}))
