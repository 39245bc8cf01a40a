"""The back-end developer's learning path: typed data, lessons, exercises, and the learner's side of the course.

>>> import curriculum
>>> path = curriculum.load()
>>> path.modules["flask"].title
'Flask'
"""

from curriculum.exceptions import CurriculumError, DataError, PlanError, SourceError, UnknownNameError, WorkspaceError
from curriculum.loading import load, path_from_values
from curriculum.model import CoverageItem, Exercise, Lesson, Links, Module, Path, PathData, Skill
from curriculum.saving import save

__all__ = [
    "CoverageItem",
    "CurriculumError",
    "DataError",
    "Exercise",
    "Lesson",
    "Links",
    "Module",
    "Path",
    "PathData",
    "PlanError",
    "Skill",
    "SourceError",
    "UnknownNameError",
    "WorkspaceError",
    "load",
    "path_from_values",
    "save",
]
