"""What the learner's side of JupyterLab asks for, answered from the workspace, the course and the learner's memory."""

from __future__ import annotations

import asyncio
from pathlib import Path

import msgspec

from autograder.results import NotebookResult
from curriculum.exceptions import WorkspaceError
from curriculum.lab import clock
from curriculum.lab.answers import About, Checked, Copied, HandedIn, Hinted
from curriculum.lab.checker import Checker
from curriculum.lab.exercises import Prepared, prepared
from curriculum.lab.guide import hint_steps
from curriculum.lab.hinting import helped_test, next_hint
from curriculum.lab.homepage import Home, home_of
from curriculum.lab.mending import UNREADABLE, answers_in, repaired, troubles, with_fresh_answers
from curriculum.lab.places import Identity, Notebook, identify, keep_copy, locate, read_notebook, write_notebook
from curriculum.lab.remembering import Shown, recall, remember
from curriculum.lab.reports import CheckReport, report_of
from curriculum.lab.solutions import Solution, solutions_of
from curriculum.lab.submitting import exchange_config, hand_in
from curriculum.model import Path as LearningPath
from curriculum.progress import Card, Grade, Progress, State, open_progress

REVIEW_MINUTES = 5.0
"""How long a review takes: it ends before it becomes a burden."""


class Learner:
    """The learner of one workspace.

    Args:
        workspace: the folder that JupyterLab shows.
        path: the learning path.
    """

    def __init__(self, workspace: Path, path: LearningPath) -> None:
        self.workspace = workspace
        self.path = path
        self.checker = Checker()

    async def get_ready(self) -> None:
        """Get the exercise that comes next warm, before anyone opens it: the first takes longest."""
        exercise = await asyncio.to_thread(self._likely)
        await self.checker.warm(exercise)

    def home(self) -> Home:
        """Return what the course home shows."""
        with self._progress() as progress:
            return home_of(self.workspace, self.path, progress.snapshot(self.path))

    async def about(self, place: str) -> About:
        """Return what a notebook is; an exercise's process gets warm meanwhile, and its opening is recorded."""
        about = await asyncio.to_thread(self._about, place, opened=True)
        if about.guide is not None:
            exercise = await asyncio.to_thread(prepared, about.id)
            self._getting_warm = asyncio.create_task(self.checker.warm(exercise))
        return about

    def look(self, place: str) -> About:
        """Return what a notebook is, without opening it."""
        return self._about(place)

    async def check(self, name: str, place: str) -> Checked:
        """Grade a saved notebook and record what it earned.

        Args:
            name: the check's own name, by which it can be stopped.
            place: the notebook, as JupyterLab calls it.
        """
        file, exercise = await asyncio.to_thread(self._exercise, place)
        result = await self.checker.check(name, exercise, file.read_bytes())
        if result.problem:
            raise WorkspaceError(f"{file.name} could not be checked: {result.problem}")
        return await asyncio.to_thread(self._record_check, file, exercise, result)

    def hint(self, place: str, test: str) -> Hinted:
        """Return the next step of the hint that helps with a test, and record that it was asked for."""
        _, exercise = self._exercise(place)
        shown = recall(self.workspace, exercise.source.id)
        steps = hint_steps(exercise.source)
        chosen = helped_test(exercise.guide, shown, test)
        if chosen is None:
            raise WorkspaceError(f"{exercise.source.header.title} has no hints. Read the task once more.")
        hint = next_hint(chosen, shown, steps)
        with self._progress() as progress:
            if hint is not None:
                progress.record_hint(exercise.source.id, chosen.answer, hint.key, hint.step)
                remember(self.workspace, exercise.source.id, Shown(shown.check, (*shown.hints, hint)))
            _, offered = self._standing(progress, exercise.source.id)
        return Hinted(chosen.id, chosen.label, hint, len(steps[hint.key]) if hint else 0, offered)

    def solution(self, place: str) -> tuple[Solution, ...]:
        """Return the model solution, and record that it was seen.

        Raises:
            WorkspaceError: it is not offered yet.
        """
        _, exercise = self._exercise(place)
        with self._progress() as progress:
            _, offered = self._standing(progress, exercise.source.id)
            if not offered:
                raise WorkspaceError(
                    "The solution is shown after an honest try: a check of your own answer that failed, or three hints."
                )
            solutions = solutions_of(exercise.source, exercise.guide)
            progress.record_solution(exercise.source.id)
        return solutions

    async def submit(self, name: str, place: str) -> HandedIn:
        """Check a notebook, record that it is handed in, and hand it in where there is an instructor's course."""
        checked = await self.check(name, place)
        return await asyncio.to_thread(self._submit, place, checked.report)

    def reset(self, place: str, answer: str) -> Copied:
        """Put one answer or, without one, the whole notebook back to its beginning; the old one is kept beside it."""
        file = locate(self.workspace, place)
        exercise = prepared(self._identify(file, self._read(file)).id)
        copy = keep_copy(file, clock.now())
        release = msgspec.json.decode(exercise.release)
        if answer:
            write_notebook(file, with_fresh_answers(read_notebook(file), release, [answer]))
        else:
            write_notebook(file, release)
            remember(self.workspace, exercise.source.id, Shown())
        with self._progress() as progress:
            progress.record_reset(exercise.source.id, answer)
        return Copied(copy.name, self._about(place))

    def repair(self, place: str) -> Copied:
        """Put right what is wrong with an exercise's notebook; the old one is kept beside it."""
        file = locate(self.workspace, place)
        notebook = self._read(file)
        exercise = prepared(self._identify(file, notebook).id)
        release = msgspec.json.decode(exercise.release)
        copy = keep_copy(file, clock.now())
        write_notebook(file, repaired(notebook, release) if notebook else release)
        return Copied(copy.name, self._about(place))

    def finished(self, place: str) -> About:
        """Record that the learner has read a lesson."""
        identity = self._identify(*self._file(place))
        if identity.kind != "lesson":
            raise WorkspaceError(f"'{place}' is no lesson.")
        with self._progress() as progress:
            progress.record_finished(identity.id)
        return self._about(place)

    def active(self, place: str, seconds: float) -> None:
        """Record that the learner was active in a notebook."""
        identity = self._identify(*self._file(place))
        if identity.kind:
            with self._progress() as progress:
                progress.record_time(identity.kind, identity.id, seconds)

    def review(self) -> list[Card]:
        """Return the questions that are due, as many as five minutes allow."""
        with self._progress() as progress:
            return progress.due_cards(self.path, REVIEW_MINUTES)

    def answer(self, card: str, rating: Grade) -> list[Card]:
        """Record how well a question was remembered, and return those that are due now."""
        with self._progress() as progress:
            progress.answer(self.path, card, rating)
            return progress.due_cards(self.path, REVIEW_MINUTES)

    def _likely(self) -> Prepared | None:
        with self._progress() as progress:
            snapshot = progress.snapshot(self.path)
        ready = [exercise for exercise in snapshot.exercises.values() if exercise.state != "planned"]
        open_ones = [exercise for exercise in ready if exercise.state == "in-progress"]
        likely = next(iter([*open_ones, *(exercise for exercise in ready if exercise.state == "new"), *ready]), None)
        return prepared(likely.id) if likely else None

    def _about(self, place: str, *, opened: bool = False) -> About:
        file, notebook = self._file(place)
        identity = self._identify(file, notebook)
        if not identity.kind:
            return About()
        with self._progress() as progress:
            if identity.kind == "lesson":
                return self._about_lesson(progress, identity.id, opened=opened)
            exercise = prepared(identity.id)
            state, offered = self._standing(progress, identity.id)
            if opened:
                progress.record_opened("exercise", identity.id)
        release = msgspec.json.decode(exercise.release)
        return About(
            kind="exercise",
            id=identity.id,
            title=exercise.source.header.title,
            state=state,
            guide=exercise.guide,
            shown=recall(self.workspace, identity.id),
            troubles=troubles(notebook, release, named=identity.named) if notebook else (UNREADABLE,),
            solution=offered,
            exchange=exchange_config(self.workspace) is not None,
        )

    def _about_lesson(self, progress: Progress, name: str, *, opened: bool) -> About:
        if name not in self.path.lessons:
            return About()  # of another path, or an older one
        if opened:
            progress.record_opened("lesson", name)
        lesson = progress.snapshot(self.path).lessons[name]
        return About("lesson", name, lesson.title, lesson.state)

    def _standing(self, progress: Progress, exercise: str) -> tuple[State, bool]:
        """Return how far one is with an exercise, and whether its solution is offered.

        One that the path doesn't have, as an author's that is not in the data yet, is new for ever.
        """
        found = progress.snapshot(self.path).exercises.get(exercise)
        return (found.state, found.solution_offered) if found else ("new", False)

    def _exercise(self, place: str) -> tuple[Path, Prepared]:
        file = locate(self.workspace, place)
        notebook = read_notebook(file)
        identity = self._identify(file, notebook)
        if identity.kind != "exercise":
            raise WorkspaceError(f"'{place}' is no exercise of this course. Open one from Course home.")
        return file, prepared(identity.id)

    def _record_check(self, file: Path, exercise: Prepared, result: NotebookResult) -> Checked:
        name = exercise.source.id
        report = report_of(result, exercise.source, exercise.guide, hint_steps(exercise.source), clock.now())
        release, notebook = msgspec.json.decode(exercise.release), read_notebook(file)
        began, now = answers_in(release), answers_in(notebook)
        changed = any(now.get(answer.id, began[answer.id]) != began[answer.id] for answer in exercise.guide.answers)
        tasks = {test.id: test.answer for test in exercise.guide.tests}
        remember(self.workspace, name, Shown(report, recall(self.workspace, name).hints))
        with self._progress() as progress:
            progress.record_check(name, result, tasks=tasks, changed=changed)
            state, offered = self._standing(progress, name)
        wrong = troubles(notebook, release, named=self._identify(file, notebook).named)
        return Checked(report, wrong, offered, state)

    def _submit(self, place: str, report: CheckReport) -> HandedIn:
        file, exercise = self._exercise(place)
        config = exchange_config(self.workspace)
        problem = hand_in(self.workspace, file, exercise) if config else ""
        if problem:
            raise WorkspaceError(
                f"It was not handed in: {problem}. Your result is recorded here. "
                f"Ask your instructor, or look into {config}."
            )
        with self._progress() as progress:
            progress.record_submitted(exercise.source.id)
        text = "Handed in to your course." if config else "Recorded as handed in. There is no instructor's course here."
        return HandedIn(report, config is not None, text)

    def _file(self, place: str) -> tuple[Path, Notebook | None]:
        file = locate(self.workspace, place)
        return file, self._read(file)

    def _read(self, file: Path) -> Notebook | None:
        try:
            return read_notebook(file)
        except WorkspaceError:
            return None

    def _identify(self, file: Path, notebook: Notebook | None) -> Identity:
        return identify(self.workspace, file, notebook)

    def _progress(self) -> Progress:
        return open_progress(self.workspace, clock.now)
