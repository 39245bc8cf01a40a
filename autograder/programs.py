"""Programs in other languages: kept by the cells that hold them, run by tests."""

from __future__ import annotations

import atexit
import hashlib
import re
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from autograder import processes
from autograder.exceptions import MissingToolchainError, StudentWorkError
from autograder.languages import JAVA, Language, of_file

_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*")
_MAX_FILE: Final = 1024 * 1024
_SHOWN: Final = 600


@dataclass(frozen=True, slots=True)
class Completed:
    """What a program did.

    Attributes:
        stdout: what it wrote to standard output.
        stderr: what it wrote to standard error.
        exit_code: its exit status; 0 says that all went well.
        files: the files that it left in its folder, by name, and that were not given to it unchanged.
    """

    stdout: str
    stderr: str
    exit_code: int
    files: dict[str, bytes] = field(default_factory=dict)

    def __describe__(self) -> str:
        parts = [f"The program ended with exit status {self.exit_code}."]
        for name, text in (("output", self.stdout), ("standard error", self.stderr)):
            if text.strip():
                shown = text.rstrip() if len(text) <= _SHOWN else text[:_SHOWN] + " …"
                parts.append(f"Its {name} was:\n{shown}")
        return "\n".join(parts)


class Programs:
    """The programs of one notebook, in a folder of their own."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._compiled: dict[str, processes.Outcome] = {}

    @property
    def folder(self) -> Path:
        """The folder, made when it is first needed and removed at exit."""
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="programs-")).resolve()
            atexit.register(shutil.rmtree, self._folder, ignore_errors=True)
        return self._folder

    def save(self, name: str, text: str, language: Language) -> None:
        """Keep a program.

        Raises:
            StudentWorkError: the name is not a plain file name of the language.
        """
        if not _NAME.fullmatch(name) or not name.endswith(language.suffixes):
            raise StudentWorkError(
                f"`{name}` is not a name for a {language.title} program. "
                f"Write `%%{language.magic} main{language.suffixes[0]}`."
            )
        (self.folder / name).write_text(text, encoding="utf-8")

    def run(
        self,
        name: str,
        stdin: str | bytes = "",
        args: Iterable[str] = (),
        env: Mapping[str, str] | None = None,
        files: Mapping[str, str | bytes] | None = None,
        seconds: float = 10,
        folder: Path | None = None,
    ) -> Completed:
        """Run a program that was kept; see `Student.run`.

        Args:
            name: its name.
            stdin: what it reads.
            args: its arguments.
            env: environment variables.
            files: files in its folder, by name.
            seconds: wall time that it may take, in seconds.
            folder: its current folder; by default a new, empty one, which is removed afterwards.

        Raises:
            StudentWorkError: there is no such program, or it was stopped because it took too long or wrote too much.
            MissingToolchainError: its language isn't installed.
        """
        __tracebackhide__ = True
        language = self.language(name)
        data = stdin.encode() if isinstance(stdin, str) else stdin
        with tempfile.TemporaryDirectory(prefix="run-", ignore_cleanup_errors=True) as scratch:
            place = folder or Path(scratch)
            given = _place_files(place, files or {})
            began = self.compile(name, language)
            if began.exit_code:
                outcome = began
            else:
                command = [language.toolchain(), *language.options, *self.words(name, language), *map(str, args)]
                outcome = processes.run(command, place, dict(env or {}), data, seconds)
            left = {} if folder else _files_left(place, given)
        completed = Completed(self.text(outcome.stdout), self.text(outcome.stderr), outcome.exit_code, left)
        if outcome.timed_out:
            raise StudentWorkError(
                f"`{name}` was still running after {seconds:g} s and was stopped. {_so_far(completed)}"
            )
        if outcome.too_much:
            raise StudentWorkError(
                f"`{name}` wrote more than {processes.MAX_OUTPUT // 1024} KB and was stopped. {_so_far(completed)}"
            )
        return completed

    def language(self, name: str) -> Language:
        """Return the language of a program that was kept.

        Raises:
            StudentWorkError: there is no such program.
        """
        __tracebackhide__ = True
        language = of_file(name)
        if language is None or not (self.folder / name).is_file():
            magic = language.magic if language else "php"
            have = sorted(path.name for path in self.folder.iterdir() if path.is_file())
            raise StudentWorkError(
                f"There is no program `{name}`: no cell that ran begins with `%%{magic} {name}`. "
                f"There {'is' if len(have) == 1 else 'are'} {', '.join(f'`{other}`' for other in have) or 'none'}."
            )
        return language

    def words(self, name: str, language: Language) -> list[str]:
        """Return what stands for the program itself on its command line."""
        if language is JAVA:
            return ["-cp", str(self.folder / "classes"), Path(name).stem]
        return [str(self.folder / name)]

    def compile(self, name: str, language: Language) -> processes.Outcome:
        """Compile a program whose language wants that, once for each text; exit status 0 says that it can be run.

        Raises:
            MissingToolchainError: there is no compiler.
        """
        __tracebackhide__ = True
        if language is not JAVA:
            return processes.Outcome(b"", b"", 0)
        sources = sorted(self.folder.glob("*.java"))
        key = hashlib.sha256(b"\0".join([name.encode(), *(path.read_bytes() for path in sources)])).hexdigest()
        if key not in self._compiled:
            command = [_java_compiler(), "-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC", "-encoding", "UTF-8"]
            command += ["-d", "classes", "-sourcepath", ".", name]
            self._compiled = {key: processes.run(command, self.folder, {}, b"", 30)}
        return self._compiled[key]

    def text(self, data: bytes) -> str:
        """Return what a program wrote as text, with its files named as the learner knows them."""
        text = data.decode("utf-8", errors="replace").replace("\r\n", "\n")
        return text.replace(f"file://{self.folder}/", "").replace(f"{self.folder}/", "")


def _java_compiler() -> str:
    java = JAVA.toolchain()
    beside = Path(java).resolve().parent / "javac"
    found = shutil.which("javac") or (str(beside) if beside.is_file() else None)
    if found:
        return found
    debian, macos, windows = JAVA.install
    raise MissingToolchainError(
        f"Java programs can be run here but not compiled: {java} belongs to a runtime (JRE) without `javac`. "
        f"Install a JDK 17 or newer: on Debian or Ubuntu `{debian}`, on macOS `{macos}`, on Windows `{windows}`."
    )


def _place_files(folder: Path, files: Mapping[str, str | bytes]) -> dict[str, bytes]:
    given = {name: data.encode() if isinstance(data, str) else data for name, data in files.items()}
    for name, data in given.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return given


def _files_left(folder: Path, given: Mapping[str, bytes]) -> dict[str, bytes]:
    left = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not path.is_symlink() and path.stat().st_size <= _MAX_FILE:
            data = path.read_bytes()
            if given.get(name) != data:
                left[name] = data
    return left


def _so_far(completed: Completed) -> str:
    text = (completed.stderr.strip() or completed.stdout.strip())[:_SHOWN]
    return f"It had written:\n{text}" if text else "It had written nothing."
