"""Which answers nbgrader grades as well, so that its marks can be compared with the engine's."""

from __future__ import annotations

import hashlib

from curriculum.authoring.answers import answer_name
from curriculum.authoring.bench import Answer, Bench

MOST_TOGETHER = 3
"""How many notebooks with wrong answers nbgrader grades of one exercise; each takes it most of a second."""


def compared_answers(bench: Bench) -> dict[str, dict[str, str]]:
    """Return the answers that both graders mark, beside the model solution and the starter, by a name for reports.

    Wrong answers to different tasks go into one notebook, as a learner may well hand them in together: so nearly all
    are compared in a few notebooks. Of more than three such notebooks, three are taken, the same ones each time.
    """
    together: list[list[Answer]] = []
    for answer in bench.wrong:
        fitting = (group for group in together if not any(answer.cells.keys() & other.cells.keys() for other in group))
        group = next(fitting, None)
        if group is None:
            together.append([answer])
        else:
            group.append(answer)
    notebooks = {
        " + ".join(map(answer_name, group)): {task: text for answer in group for task, text in answer.cells.items()}
        for group in together
    }
    chosen = sorted(notebooks, key=lambda name: hashlib.sha256(name.encode()).hexdigest())[:MOST_TOGETHER]
    return {name: notebooks[name] for name in notebooks if name in chosen}
