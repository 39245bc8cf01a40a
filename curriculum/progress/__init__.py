"""The learner's memory: what they did, where they stand, what comes back for review.

>>> import tempfile
>>> import curriculum
>>> path = curriculum.load()
>>> with tempfile.TemporaryDirectory() as workspace, open_progress(workspace) as progress:
...     progress.record_opened("lesson", "flask/routing")
...     snapshot = progress.snapshot(path)
>>> snapshot.lessons["flask/routing"].state
'in-progress'

Everything is worked out from a log of events, in one SQLite file in the workspace (`docs/progress.md`). Nothing is sent
anywhere.
"""

from curriculum.exceptions import ProgressError
from curriculum.progress.cards import Card
from curriculum.progress.events import Clock, Event, Grade, PartKind
from curriculum.progress.nextstep import next_step
from curriculum.progress.progress import Progress, open_progress
from curriculum.progress.snapshot import (
    Activity,
    CheckSummary,
    DueDay,
    ExerciseProgress,
    LessonProgress,
    ModuleProgress,
    NextStep,
    Reviews,
    Snapshot,
    State,
)

__all__ = [
    "Activity",
    "Card",
    "CheckSummary",
    "Clock",
    "DueDay",
    "Event",
    "ExerciseProgress",
    "Grade",
    "LessonProgress",
    "ModuleProgress",
    "NextStep",
    "PartKind",
    "Progress",
    "ProgressError",
    "Reviews",
    "Snapshot",
    "State",
    "next_step",
    "open_progress",
]
