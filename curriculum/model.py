"""The learning path as typed data: frozen structs, and the questions a path can answer.

A `Path` holds modules, a module its skills, lessons and exercises. The work behind the methods is done in modules of
their own (`curriculum.graph`, `planning`, `tracing`, …), imported where they are used, so that `import curriculum`
stays light.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal
from uuid import UUID, uuid5

import msgspec
from msgspec import Meta

from curriculum.naming import Named

if TYPE_CHECKING:
    from datetime import date

    import networkx
    import pandas

    from curriculum.exceptions import CurriculumError
    from curriculum.frames import Table
    from curriculum.matching import Match
    from curriculum.ordering import Names
    from curriculum.planning import Plan
    from curriculum.tracing import Covered, Trace

Level = Literal["foundation", "working", "advanced"]
Kind = Literal["function", "http", "database", "program", "prose"]
Status = Literal["ready", "planned"]

NAMESPACE = UUID("6f1d0f2c-5d0b-5a53-9a38-6a1c6c3e3a55")
"""The namespace of all derived UUIDs: `uuid5(NAMESPACE, "skill:sql.joins")`."""

NIL = UUID(int=0)

FORMAT: Literal["backend-path/1"] = "backend-path/1"
"""What stands in the field `format` of our own JSON."""

# Patterns are kept to what JSON Schema's dialect of regular expressions knows as well; `(?!\n)$` is the end of the
# text, where `$` alone would let a final newline through.
_NAME = "[a-z0-9]+(-[a-z0-9]+)*"
_END = r"(?!\n)$"

Line = Annotated[str, Meta(pattern=r"^(?=\S)[^\x00-\x1f\x7f-\x9f]*(?!\n)$", max_length=500)]
Text = Annotated[str, Meta(pattern=r"^(?=\s*\S)[^\x00-\x08\x0b-\x1f\x7f-\x9f]*$", max_length=10_000)]
ModuleId = Annotated[str, Meta(pattern=f"^{_NAME}{_END}", max_length=100)]
SkillId = Annotated[str, Meta(pattern=rf"^{_NAME}\.{_NAME}{_END}", max_length=200)]
PartId = Annotated[str, Meta(pattern=f"^{_NAME}/{_NAME}{_END}", max_length=200)]
CoverageId = Annotated[str, Meta(pattern=rf"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*{_END}", max_length=100)]
OnetCode = Annotated[str, Meta(pattern=rf"^[0-9]{{2}}-[0-9]{{4}}\.[0-9]{{2}}{_END}")]
EscoUri = Annotated[str, Meta(pattern=rf"^http://data\.europa\.eu/esco/[a-z]+/[A-Za-z0-9.-]+{_END}")]
SfiaCode = Annotated[str, Meta(pattern=f"^[A-Z]{{4}}{_END}")]
Minutes = Annotated[int, Meta(ge=1, le=6000)]
Points = Annotated[float, Meta(ge=0, le=1000)]


def derived_uuid(kind: str, identifier: str) -> UUID:
    """Return the stable UUID of the entity `identifier` of a kind (`path`, `module`, `skill`, …).

    >>> derived_uuid("skill", "sql.joins")
    UUID('a8755ac6-973b-56f8-bdee-51394038ca74')
    """
    return uuid5(NAMESPACE, f"{kind}:{identifier}")


class _Entity(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What has an `id` and a `uuid`: derived from kind and id, or given in the data (and so kept after a rename)."""

    kind_name: ClassVar[str] = ""

    def __post_init__(self) -> None:
        if self.uuid == NIL:  # type: ignore[attr-defined]
            msgspec.structs.force_setattr(self, "uuid", derived_uuid(self.kind_name, self.id))  # type: ignore[attr-defined]


class Links(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Ids in outside vocabularies.

    Attributes:
        onet: O*NET-SOC occupation codes.
        esco: URIs of ESCO skills or occupations.
        sfia: SFIA skill codes.
    """

    onet: tuple[OnetCode, ...] = ()
    esco: tuple[EscoUri, ...] = ()
    sfia: tuple[SfiaCode, ...] = ()


class Skill(_Entity, frozen=True, kw_only=True):
    """One thing a learner can do.

    Attributes:
        id: `namespace.name`.
        name: what people call it.
        definition: what it means, in a line.
        level: how far along the path it stands.
        prerequisites: ids of the skills that one needs before.
        phrases: other words for it in job postings and conversation.
        links: its ids elsewhere.
        uuid: its lasting identity.
    """

    kind_name: ClassVar[str] = "skill"
    id: SkillId
    name: Line
    definition: Line
    level: Level
    prerequisites: tuple[SkillId, ...] = ()
    phrases: tuple[Line, ...] = ()
    links: Links = msgspec.field(default_factory=Links)
    uuid: UUID = NIL


class Part(_Entity, frozen=True, kw_only=True):
    """What a module is learned by: a lesson or an exercise.

    Attributes:
        id: `module/name`.
        title: what the learner sees.
        minutes: how long it takes.
        skills: ids of the skills it teaches or assesses.
        coverage: ids of the coverage items it teaches or assesses.
        status: `ready` when one can learn with it, `planned` before.
        uuid: its lasting identity.
    """

    id: PartId
    title: Line
    minutes: Minutes
    skills: Annotated[tuple[SkillId, ...], Meta(min_length=1)]
    coverage: tuple[CoverageId, ...] = ()
    status: Status
    uuid: UUID = NIL


class Lesson(Part, frozen=True, kw_only=True):
    """A notebook that teaches: `notebooks/module/name.md` when it is ready."""

    kind_name: ClassVar[str] = "lesson"


class Exercise(Part, frozen=True, kw_only=True):
    """A graded assignment: the folder `exercises/module/name/` when it is ready.

    Attributes:
        kind: how tests reach the answer.
        points: what it is worth.
    """

    kind_name: ClassVar[str] = "exercise"
    kind: Kind
    points: Points


class Module(_Entity, frozen=True, kw_only=True):
    """A part of the path that is learned together.

    Attributes:
        id: its short name.
        title: what the learner sees.
        summary: what it is about, in a sentence or two.
        outcomes: what one can do afterwards; each completes "After this you can …".
        phrases: other words for it in job postings and conversation.
        skills: the skills defined here, in order.
        lessons: in the order of learning.
        exercises: in the order of learning.
        uuid: its lasting identity.
    """

    kind_name: ClassVar[str] = "module"
    id: ModuleId
    title: Line
    summary: Text
    outcomes: Annotated[tuple[Text, ...], Meta(min_length=1)]
    phrases: tuple[Line, ...] = ()
    skills: tuple[Skill, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    exercises: tuple[Exercise, ...] = ()
    uuid: UUID = NIL

    @property
    def parts(self) -> tuple[Part, ...]:
        """Its lessons, then its exercises."""
        return (*self.lessons, *self.exercises)

    @property
    def minutes(self) -> int:
        """How long its lessons and exercises take, in minutes."""
        return sum(part.minutes for part in self.parts)

    @property
    def points(self) -> float:
        """What its exercises are worth."""
        return sum(exercise.points for exercise in self.exercises)


class CoverageItem(_Entity, frozen=True, kw_only=True):
    """One line of the list of what a back-end developer needs.

    Attributes:
        id: `S21`.
        text: what it says.
        modules: ids of the modules in which it is taught or assessed.
        fact: whether a lesson with a question is enough; otherwise an exercise must assess it.
        uuid: its lasting identity.
    """

    kind_name: ClassVar[str] = "coverage"
    id: CoverageId
    text: Text
    modules: tuple[ModuleId, ...] = ()
    fact: bool = False
    uuid: UUID = NIL


class PathData(_Entity, frozen=True, kw_only=True):
    """A whole path as plain data: what our own JSON holds.

    Attributes:
        format: the name of this form.
        id: its short name.
        title: what the learner sees.
        description: what it leads to.
        version: which edition this is.
        links: ids of the occupations it leads to.
        modules: in path order.
        coverage: what it promises to cover.
        uuid: its lasting identity.
    """

    kind_name: ClassVar[str] = "path"
    format: Literal["backend-path/1"] = FORMAT
    id: ModuleId
    title: Line
    description: Text
    version: Line
    links: Links = msgspec.field(default_factory=Links)
    modules: tuple[Module, ...]
    coverage: tuple[CoverageItem, ...] = ()
    uuid: UUID = NIL


class Path(msgspec.Struct, frozen=True, dict=True, eq=False):
    """A learning path, and the questions it can answer.

    Take one from `curriculum.load()`; it has been validated whole. Two paths are equal when their data are.

    Attributes:
        data: all of it, as plain data.
        origin: the folder or file it was read from; empty when it was made in memory.
    """

    data: PathData
    origin: str = ""

    def __eq__(self, other: object) -> bool:
        return self.data == other.data if isinstance(other, Path) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.data.uuid)

    def __repr__(self) -> str:
        return (
            f"<Path {self.id!r}: {len(self.modules)} modules, {len(self.skills)} skills, "
            f"{len(self.lessons)} lessons, {len(self.exercises)} exercises>"
        )

    @property
    def id(self) -> str:
        """Its short name."""
        return self.data.id

    @property
    def uuid(self) -> UUID:
        """Its lasting identity."""
        return self.data.uuid

    @property
    def title(self) -> str:
        """What the learner sees."""
        return self.data.title

    @property
    def description(self) -> str:
        """What it leads to."""
        return self.data.description

    @property
    def version(self) -> str:
        """Which edition this is."""
        return self.data.version

    @property
    def links(self) -> Links:
        """Ids of the occupations it leads to."""
        return self.data.links

    @cached_property
    def modules(self) -> Named[Module]:
        """The modules by id, in path order."""
        return Named("module", self.data.modules)

    @cached_property
    def skills(self) -> Named[Skill]:
        """All skills by id, in path order."""
        return Named("skill", (skill for module in self.data.modules for skill in module.skills))

    @cached_property
    def lessons(self) -> Named[Lesson]:
        """All lessons by id, in path order."""
        return Named("lesson", (lesson for module in self.data.modules for lesson in module.lessons))

    @cached_property
    def exercises(self) -> Named[Exercise]:
        """All exercises by id, in path order."""
        return Named("exercise", (exercise for module in self.data.modules for exercise in module.exercises))

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """All lessons and exercises, module by module."""
        return tuple(part for module in self.data.modules for part in module.parts)

    @cached_property
    def coverage_items(self) -> Named[CoverageItem]:
        """The coverage items by id, in their order."""
        return Named("coverage id", self.data.coverage)

    @cached_property
    def _module_ids(self) -> dict[str, str]:
        return dict(self._module_id_pairs())

    def _module_id_pairs(self) -> Iterator[tuple[str, str]]:
        for module in self.data.modules:
            yield from ((skill.id, module.id) for skill in module.skills)
            yield from ((part.id, module.id) for part in module.parts)

    def module_of(self, name: str) -> Module:
        """Return the module in which a skill, lesson or exercise stands.

        Raises:
            UnknownNameError: the path has none of that id.
        """
        from curriculum.naming import unknown_name

        try:
            return self.modules[self._module_ids[name]]
        except KeyError:
            raise unknown_name("skill, lesson or exercise", name, lambda: self._module_ids) from None

    def order(self, goal: Names | None = None, known: Names = ()) -> list[Skill]:
        """Return the skills that a goal needs and that aren't known yet, each after its prerequisites.

        Nothing superfluous is in it, and beyond prerequisites the order is the path's. Who knows a skill is taken to
        know its prerequisites too.

        >>> import curriculum
        >>> path = curriculum.load()
        >>> [skill.id for skill in path.order(goal="python.functions", known="shell.navigation")]
        ['python.values', 'python.functions']

        Args:
            goal: the id of a module, skill, lesson, exercise or coverage item, or several; the whole path when None.
            known: what the learner knows already, named in the same way.

        Raises:
            UnknownNameError: an id that the path doesn't have.
        """
        from curriculum.ordering import skill_order

        return skill_order(self, goal, known)

    def steps(self, goal: Names | None = None, known: Names = ()) -> list[Part]:
        """Return the lessons and exercises that bring the skills of `order`, in an order in which one can do them.

        >>> import curriculum
        >>> [part.id for part in curriculum.load().steps(goal="flask.wsgi", known=["web", "python"])]
        ['flask/request-to-response', 'flask/wsgi-by-hand']

        Args:
            goal: as in `order`.
            known: as in `order`.

        Raises:
            UnknownNameError: an id that the path doesn't have.
        """
        from curriculum.ordering import part_order

        return part_order(self, goal, known)

    def plan(
        self,
        *,
        hours_per_week: float,
        start: date,
        goal: Names | None = None,
        known: Names = (),
        slack: float = 0.15,
        only_ready: bool = False,
    ) -> Plan:
        """Return a dated schedule of the steps, with reviews and some time left over (rules: `curriculum.planning`).

        >>> from datetime import date
        >>> import curriculum
        >>> plan = curriculum.load().plan(hours_per_week=6, start=date(2027, 1, 4), goal="flask")
        >>> all(week.minutes <= 6 * 60 for week in plan.weeks)
        True
        >>> [session.day.isoformat() for session in plan.weeks[0].sessions]
        ['2027-01-04', '2027-01-06', '2027-01-08']

        Args:
            hours_per_week: how much time there is, from 0.5 to 100 hours; no week takes more.
            start: the first day.
            goal: as in `order`.
            known: as in `order`.
            slack: the share of each week to keep free, from 0 to 0.5.
            only_ready: whether to leave out what is still planned.

        Raises:
            PlanError: the hours or the slack are out of bounds, or the calendar ends before the plan.
            UnknownNameError: an id that the path doesn't have.
        """
        from curriculum.planning import make_plan

        return make_plan(
            self, hours_per_week=hours_per_week, start=start, goal=goal, known=known, slack=slack, only_ready=only_ready
        )

    def match(self, text: str) -> Match:
        """Return which skills a job posting asks for, with the words that say so, and what the path does not cover."""
        from curriculum.matching import match_posting

        return match_posting(self, text)

    def coverage(self) -> dict[str, Covered]:
        """Return for each coverage id where it is taught and assessed, and whether that is ready.

        >>> import curriculum
        >>> covered = curriculum.load().coverage()["S15"]
        >>> covered.item.text, covered.lessons[0].id
        ('Flask', 'flask/routing')
        """
        from curriculum.tracing import coverage_of

        return coverage_of(self)

    def trace(self, name: str) -> Trace:
        """Return all that hangs together with a coverage item, module, skill, lesson, exercise, cell or question.

        >>> import curriculum
        >>> trace = curriculum.load().trace("S15")
        >>> [exercise.id for exercise in trace.exercises]
        ['flask/routes-and-json', 'flask/forms-and-templates', 'flask/mini-api']

        Args:
            name: its id: `S21`, `flask`, `sql.joins`, `flask/mini-api`, `flask/mini-api:test_read` (a cell that gives
                marks) or `flask/request-to-response:wsgi-callable` (a lesson's question).

        Raises:
            UnknownNameError: the path has nothing of that name.
            SourceError: a lesson or exercise that had to be read is malformed.
        """
        from curriculum.tracing import trace

        return trace(self, name)

    def source_problems(self) -> list[CurriculumError]:
        """Return where the data and the texts in `notebooks/` and `exercises/` disagree, in both directions."""
        from curriculum.sourcecheck import source_problems

        return source_problems(self)

    def check_sources(self) -> None:
        """Hold the data against the texts in `notebooks/` and `exercises/`.

        Raises:
            DataError: something is called ready that is not there, or is there and not called ready, or says otherwise.
            SourceError: a text is malformed.
        """
        for problem in self.source_problems():
            raise problem

    def to_networkx(self) -> networkx.DiGraph[str]:
        """Return the skills as a graph: an edge leads from a prerequisite to what needs it.

        >>> import curriculum
        >>> "python.functions" in curriculum.load().to_networkx().predecessors("flask.wsgi")
        True
        """
        from curriculum.frames import to_networkx

        return to_networkx(self)

    def to_dataframe(self, table: Table = "skills") -> pandas.DataFrame:
        """Return a table as a pandas data frame, indexed by id; needs `pip install backend-path[dataframe]`.

        Args:
            table: `modules`, `skills`, `lessons`, `exercises` or `coverage`.

        Raises:
            CurriculumError: pandas is not installed.
        """
        from curriculum.frames import to_dataframe

        return to_dataframe(self, table)
