"""Which answers nbgrader grades as well, so that its marks can be compared with the engine's."""

from __future__ import annotations

import hashlib

from curriculum.authoring.answers import answer_name
from curriculum.authoring.bench import Answer, Bench


def compared_answers(bench: Bench) -> dict[str, dict[str, str]]:
    """Return the answers that both graders mark, beside the model solution, by a name for reports.

    It is one notebook, since nbgrader takes a second or two for each: wrong answers to different tasks, as many as go
    together, as a learner may well hand them in. Which of several to a task is taken is left to chance, but the same
    each time.
    """
    together: list[Answer] = []
    for answer in sorted(bench.wrong, key=lambda one: hashlib.sha256(answer_name(one).encode()).digest()):
        if not any(answer.cells.keys() & other.cells.keys() for other in together):
            together.append(answer)
    if not together:
        return {}
    name = " + ".join(map(answer_name, together))
    return {name: {task: text for answer in together for task, text in answer.cells.items()}}
