"""A course directory of nbgrader's: where its files are, and what its configuration says about grading.

nbgrader itself takes a second to import, so its configuration is read here without it. What the engine does not honour
it refuses by name: a setting that is silently ignored would give other marks.
"""

from __future__ import annotations

import importlib
import os
import re
from collections.abc import Callable
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import msgspec
from jupyter_core.paths import jupyter_config_path
from traitlets.config import Config
from traitlets.config.loader import ConfigFileNotFound, JSONFileConfigLoader, PyFileConfigLoader

from autograder.engine.jobs import Rules
from autograder.exceptions import CourseError
from autograder.sandbox.settings import Limits, Settings

_CONFIGURATION = "nbgrader_config"
_STEPS = ("source", "submitted", "autograded")
_IGNORED = (".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback")

_SANDBOX = "AutograderSandbox"
_CONVERTER = ("BaseConverter", "Autograde")
_EXECUTE = ("NotebookClient", "ExecutePreprocessor", "NbGraderPreprocessor", "Execute")
_HONOURED: dict[str, set[str]] = {
    "CourseDirectory": {
        "root", "db_url", "course_id", "student_id", "student_id_exclude", "assignment_id", "notebook_id",
        "directory_structure", "source_directory", "release_directory", "source_with_tests_directory",
        "submitted_directory", "autograded_directory", "feedback_directory", "solution_directory", "groupshared",
        "ignore", "include", "max_file_size", "max_dir_size",
    },
    "BaseConverter": {"force", "permissions", "pre_convert_hook", "post_convert_hook"},
    "Autograde": {
        "force", "permissions", "pre_convert_hook", "post_convert_hook", "create_student", "exclude_overwriting",
        "sanitize_preprocessors", "autograde_preprocessors",
    },
    "Execute": {
        "timeout", "iopub_timeout", "error_on_timeout", "kernel_name", "skip_cells_with_tag", "record_timing",
        "store_widget_state", "extra_arguments", "execute_retries", "startup_timeout", "shutdown_kernel",
        "ipython_hist_file", "interrupt_on_timeout", "raise_on_iopub_timeout", "coalesce_streams", "enabled",
    },
    "IgnorePattern": {"enabled", "pattern"},
    "LimitOutput": {"enabled", "max_lines", "max_traceback"},
    "ClearOutput": {"enabled", "remove_metadata_fields"},
    "OverwriteCells": {"enabled", "add_missing_cells", "missing_cell_notification"},
    "DeduplicateIds": {"enabled"},
    "OverwriteKernelspec": {"enabled"},
    "CheckCellMetadata": {"enabled"},
    "SaveAutoGrades": {"enabled"},
    "AssignLatePenalties": {"enabled", "plugin_class"},
    "ClearMetadataPreprocessor": {"enabled"},
    "Exporter": set(), "NotebookExporter": set(), "FilesWriter": set(), "WriterBase": set(),
    "NbConvertBase": set(), "Preprocessor": {"enabled"},
}  # fmt: skip
for _base in ("NotebookClient", "ExecutePreprocessor", "NbGraderPreprocessor"):
    _HONOURED[_base] = _HONOURED["Execute"]
_HONOURED["ClearOutputPreprocessor"] = _HONOURED["ClearOutput"]

# Settings that are honoured only while they are as nbgrader has them.
_FIXED: tuple[tuple[tuple[str, ...], str, object], ...] = (
    (_EXECUTE, "interrupt_on_timeout", True),
    (_EXECUTE, "raise_on_iopub_timeout", True),
    (_EXECUTE, "coalesce_streams", False),
    (("NbGraderPreprocessor", "Execute"), "enabled", True),
    (("ClearOutput",), "enabled", True),
    (("OverwriteCells",), "enabled", True),
    (("DeduplicateIds",), "enabled", True),
    (("OverwriteKernelspec",), "enabled", True),
    (("CheckCellMetadata",), "enabled", True),
    (("SaveAutoGrades",), "enabled", True),
    (("ClearMetadataPreprocessor",), "enabled", False),
)
_PREPROCESSORS = {
    "sanitize_preprocessors": [
        "ClearOutput",
        "DeduplicateIds",
        "OverwriteKernelspec",
        "OverwriteCells",
        "CheckCellMetadata",
    ],
    "autograde_preprocessors": [
        "Execute",
        "IgnorePattern",
        "ClearMetadataPreprocessor",
        "LimitOutput",
        "SaveAutoGrades",
        "AssignLatePenalties",
        "CheckCellMetadata",
    ],
}
_HARMLESS_ARGUMENTS = ("--HistoryManager.", "--IPKernelApp.log_level", "--log-level")

Penalty = Callable[[str, float, float], float | None]


class Course(msgspec.Struct, frozen=True):
    """A course directory and its settings.

    Attributes:
        root: the directory.
        db_url: the gradebook, as SQLAlchemy names it.
        course_id: the course's name in the gradebook.
        structure: where a step's files are, relative to `root`.
        steps: what the folders of the steps `source`, `submitted` and `autograded` are called.
        ignore: patterns of file names that are not copied.
        excluded: students who are passed over.
        student_id: the pattern that students' ids must match.
        groupshared: whether graded files are writable for the group.
        permissions: the mode of graded files.
        create_students: whether students who are not in the gradebook are added.
        keep_submitted: by assignment, files of a submission that the source version does not replace.
        rules: how to grade.
        penalty: gives the penalty for late work from the student's id, the score and the seconds; nothing for none.
        before: called before each submission.
        after: called after each submission.
        force: whether everything is graded anew.
    """

    root: Path
    db_url: str
    course_id: str
    structure: str
    steps: dict[str, str]
    ignore: tuple[str, ...]
    excluded: frozenset[str]
    student_id: str
    groupshared: bool
    permissions: int
    create_students: bool
    keep_submitted: dict[str, tuple[str, ...]]
    rules: Rules
    penalty: Penalty | None = None
    before: Callable[..., object] | None = None
    after: Callable[..., object] | None = None
    force: bool = False

    def place(self, step: str, student: str, assignment: str) -> str:
        """Return the path of the folder of a student's files of an assignment, at a step."""
        relative = self.structure.format(nbgrader_step=self.steps[step], student_id=student, assignment_id=assignment)
        return os.path.join(self.root, relative)  # noqa: PTH118 - asked for each of very many submissions

    def pattern(self, step: str) -> re.Pattern[str]:
        """Return what a submission's folder looks like, with the groups `student` and `assignment`."""
        root = "" if self.structure.startswith("/") else re.escape(str(self.root)) + "/"
        text = re.escape(self.structure)
        for key, value in (
            ("nbgrader_step", re.escape(self.steps[step])),
            ("student_id", "(?P<student>[^/]*)"),
            ("assignment_id", "(?P<assignment>[^/]*)"),
        ):
            text = text.replace(re.escape("{" + key + "}"), value, 1)
        return re.compile(root + text + r"\Z", re.DOTALL)

    def ignores(self, name: str) -> bool:
        """Return whether a file or folder of this name is not copied."""
        return any(
            fnmatchcase(name, pattern) and (not name.startswith(".") or pattern.startswith("."))
            for pattern in self.ignore
        )


def read_course(root: Path, *, strict: bool = True) -> Course:
    """Read a course directory's configuration.

    Args:
        root: the directory.
        strict: whether the engine's deliberate differences from nbgrader hold.

    Raises:
        CourseError: the configuration can't be read, or asks for what the engine doesn't do.
    """
    root = root.resolve()
    config = load_config(root)
    _refuse_unknown(config, root)
    course = _values(config, "CourseDirectory")
    converter = _values(config, *_CONVERTER)
    groupshared = bool(course.get("groupshared", False))
    place = Path(str(course.get("root") or root)).absolute()
    return Course(
        root=place,
        db_url=str(course.get("db_url") or f"sqlite:///{place / 'gradebook.db'}"),
        course_id=str(course.get("course_id", "")).strip(),
        structure=str(course.get("directory_structure", "{nbgrader_step}/{student_id}/{assignment_id}")),
        steps={step: str(course.get(f"{step}_directory", step)) for step in _STEPS},
        ignore=tuple(course.get("ignore", _IGNORED)),
        excluded=frozenset(filter(None, str(course.get("student_id_exclude", "")).split(","))),
        student_id=str(course.get("student_id", "*")).strip(),
        groupshared=groupshared,
        permissions=int(str(converter.get("permissions", 664 if groupshared else 444)), 8),
        create_students=bool(converter.get("create_student", True)),
        keep_submitted={key: tuple(value) for key, value in dict(converter.get("exclude_overwriting", {})).items()},
        rules=_rules(config, strict=strict),
        penalty=_penalty(config),
        before=_hook(converter.get("pre_convert_hook")),
        after=_hook(converter.get("post_convert_hook")),
        force=bool(converter.get("force", False)),
    )


def load_config(root: Path) -> Config:
    """Return what all configuration files say, the course's own last."""
    config = Config()
    found = False
    for folder in (*reversed(jupyter_config_path()), str(root)):
        for loader, ending in ((PyFileConfigLoader, ".py"), (JSONFileConfigLoader, ".json")):
            name = _CONFIGURATION + ending
            try:
                config.merge(loader(name, path=folder).load_config())
            except ConfigFileNotFound:
                continue
            except Exception as error:
                raise CourseError(
                    f"{Path(folder) / name} can't be read: {type(error).__name__}: {error}. Mend it and try again."
                ) from error
            found = found or folder == str(root)
    if not found:
        raise CourseError(
            f"{root / _CONFIGURATION}.py is not there, so this is no course directory. Name one with --course, "
            "or make one with `nbgrader quickstart`."
        )
    return config


def _values(config: Config, *sections: str) -> dict[str, Any]:
    """Return the settings of some classes, the later ones first in rank."""
    values: dict[str, Any] = {}
    for section in sections:
        if section in config:
            values.update(config[section])
    return values


def _refuse_unknown(config: Config, root: Path) -> None:
    for section, honoured in _HONOURED.items():
        for name in config.get(section, ()):
            if name not in honoured:
                raise _refused(f"{section}.{name}", root)
    for sections, name, usual in _FIXED:
        if _values(config, *sections).get(name, usual) != usual:
            raise _refused(f"{sections[-1]}.{name} = {_values(config, *sections)[name]!r}", root)
    converter = _values(config, *_CONVERTER)
    for name, usual in _PREPROCESSORS.items():
        if name in converter and [_class_name(item) for item in converter[name]] != usual:
            raise _refused(f"Autograde.{name}", root)
    for argument in _values(config, *_EXECUTE).get("extra_arguments", ()):
        if not str(argument).startswith(_HARMLESS_ARGUMENTS):
            raise _refused(f"Execute.extra_arguments = [{argument!r}]", root)


def _refused(setting: str, root: Path) -> CourseError:
    return CourseError(
        f"The configuration of {root} sets {setting}, which this grader does not honour. "
        "Remove the setting, or grade this course with `nbgrader autograde`."
    )


def _class_name(item: object) -> str:
    return item.rpartition(".")[2] if isinstance(item, str) else str(getattr(item, "__name__", item))


def _rules(config: Config, *, strict: bool) -> Rules:
    execute = _values(config, *_EXECUTE)
    pattern = _values(config, "IgnorePattern")
    limits = _values(config, "LimitOutput")
    limited = bool(limits.get("enabled", True))
    overwrite = _values(config, "OverwriteCells")
    usual = Rules()
    timeout = execute.get("timeout", usual.timeout)
    return Rules(
        timeout=float(timeout) if timeout and timeout > 0 else None,
        grace=float(execute.get("iopub_timeout", usual.grace)),
        timeout_error=dict(execute.get("error_on_timeout", usual.timeout_error)),
        kernel_name=str(execute.get("kernel_name", "")),
        skip_tag=str(execute.get("skip_cells_with_tag", usual.skip_tag)),
        record_timing=bool(execute.get("record_timing", True)),
        store_widgets=bool(execute.get("store_widget_state", True)),
        ignore_pattern=str(pattern.get("pattern", "")) if pattern.get("enabled", False) else "",
        max_lines=int(limits.get("max_lines", usual.max_lines)) if limited else -1,
        max_traceback=int(limits.get("max_traceback", usual.max_traceback)) if limited else -1,
        add_missing_cells=bool(overwrite.get("add_missing_cells", False)),
        missing_cell_text=str(overwrite.get("missing_cell_notification", usual.missing_cell_text)),
        cleared_metadata=tuple(
            sorted(
                _values(config, "ClearOutputPreprocessor", "ClearOutput").get(
                    "remove_metadata_fields", usual.cleared_metadata
                )
            )
        ),
        strict=strict,
        sandbox=_sandbox(config),
    )


def _sandbox(config: Config) -> Settings:
    """Return what the course says of how submissions are shut in.

    Raises:
        CourseError: there is no such setting, or its value is of the wrong kind.
    """
    given = _values(config, _SANDBOX)
    allow_read = given.pop("allow_read", ())
    try:
        limits = msgspec.convert(given, type=_StrictLimits)
        paths = msgspec.convert(list(allow_read), type=tuple[str, ...])
    except (msgspec.ValidationError, TypeError) as error:
        names = ", ".join(("allow_read", *Limits.__struct_fields__))
        raise CourseError(
            f"The configuration's c.{_SANDBOX} is not as it should be: {error}. There are: {names}."
        ) from error
    return Settings(limits=Limits(**msgspec.structs.asdict(limits)), allow_read=paths)


class _StrictLimits(Limits, frozen=True, forbid_unknown_fields=True):
    """Limits, read from a configuration: a name that is mistyped is an error."""


def _penalty(config: Config) -> Penalty | None:
    """Return what gives penalties for late work; nbgrader is imported only for a course that has its own way."""
    late = _values(config, "AssignLatePenalties")
    if not late.get("enabled", True):
        return None
    if "plugin_class" not in late:
        method = _values(config, "LateSubmissionPlugin").get("penalty_method", "none")
        return _all_of_it if method == "zero" else None
    chosen = late["plugin_class"]
    plugin = _imported(chosen, "AssignLatePenalties.plugin_class")(config=config)
    give: Penalty = plugin.late_submission_penalty
    return give


def _all_of_it(student: str, score: float, seconds: float) -> float | None:
    return score


def _hook(value: object) -> Callable[..., object] | None:
    if value is None:
        return None
    hook = _imported(value, "a convert hook")
    if not callable(hook):
        raise CourseError(f"The configuration names {value!r} as a convert hook, which is not callable.")
    return hook  # type: ignore[no-any-return]


def _imported(value: object, setting: str) -> Any:
    if not isinstance(value, str):
        return value
    module, _, name = value.rpartition(".")
    try:
        return getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError, ValueError) as error:
        raise CourseError(f"{setting} names {value!r}, which can't be imported: {error}.") from error
