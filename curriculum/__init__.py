"""The back-end developer's learning path: typed data, lessons, exercises, and the learner's side of the course.

>>> import curriculum
>>> path = curriculum.load()
>>> path.modules["flask"].title
'Flask'
"""

from curriculum.exceptions import CurriculumError, DataError, PlanError, SourceError, UnknownNameError, WorkspaceError
from curriculum.loading import load, path_from_values
from curriculum.model import CoverageItem, Exercise, Lesson, Links, Module, Part, Path, PathData, Skill
from curriculum.planning import Plan, Session, Task, Week
from curriculum.saving import save
from curriculum.tracing import Cell, Covered, Question, Trace

__all__ = [
    "Cell",
    "CoverageItem",
    "Covered",
    "CurriculumError",
    "DataError",
    "Exercise",
    "Lesson",
    "Links",
    "Module",
    "Part",
    "Path",
    "PathData",
    "Plan",
    "PlanError",
    "Question",
    "Session",
    "Skill",
    "SourceError",
    "Task",
    "Trace",
    "UnknownNameError",
    "Week",
    "WorkspaceError",
    "load",
    "path_from_values",
    "save",
]
