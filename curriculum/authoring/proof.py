"""What a proof of an exercise found."""

from __future__ import annotations

import msgspec

from curriculum.authoring.finding import Finding


class MutantCount(msgspec.Struct, frozen=True):
    """How an exercise's tests dealt with mutants of its model solution.

    Attributes:
        made: how many different mutants there are.
        run: how many were graded; fewer than were made when there is a cap on their number.
        killed: how many failed a test.
        excused: how many survived with a written reason.
        survived: how many survived without one.
    """

    made: int = 0
    run: int = 0
    killed: int = 0
    excused: int = 0
    survived: int = 0

    @property
    def score(self) -> float:
        """The share, from 0 to 1, of the mutants run that were killed; an excused one is not."""
        return self.killed / self.run if self.run else 1.0


class Proof(msgspec.Struct, frozen=True):
    """What proving one exercise found.

    Attributes:
        exercise: its id.
        findings: what must be mended; none when the exercise is proved.
        points: what its tests and manual cells are worth.
        wrong: how many wrong answers were tried.
        accepted: how many other right answers were tried.
        cheats: how many universal cheats were tried.
        mutants: how its tests dealt with mutants.
        seconds: wall time of grading the slowest known answer, in seconds.
        budget: wall time that the exercise allows, in seconds.
        memory: the most memory that a process had at a time while known answers were graded, in MiB.
        took: how long proving took, in seconds.
        cached: whether this is what an earlier run found.
    """

    exercise: str
    findings: tuple[Finding, ...]
    points: float = 0
    wrong: int = 0
    accepted: int = 0
    cheats: int = 0
    mutants: MutantCount = MutantCount()
    seconds: float = 0
    budget: float = 0
    memory: float = 0
    took: float = 0
    cached: bool = False

    @property
    def holds(self) -> bool:
        """Whether there is nothing to mend."""
        return not self.findings
