"""What is installed here, what is missing, what each part is for, and how to get it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from importlib import metadata
from pathlib import Path
from typing import Literal

import msgspec

from autograder.exceptions import MissingToolchainError
from autograder.languages import NODE, PHP, RUBY, Language

Kind = Literal["required", "optional"]

_SECONDS = 15
_VERSION = re.compile(r"\d+(?:\.\d+)+")


class Found(msgspec.Struct, frozen=True):
    """Where a part is, and which version (an empty string when it doesn't say)."""

    version: str
    where: str


class Part(msgspec.Struct, frozen=True):
    """Something the course uses: what for, how to get it, and how to look for it."""

    name: str
    kind: Kind
    purpose: str
    remedy: str
    look: Callable[[], Found | None]


class Finding(msgspec.Struct, frozen=True):
    """What came of looking for a part."""

    name: str
    kind: Kind
    found: bool
    version: str
    where: str
    purpose: str
    remedy: str


def examine(parts: Iterable[Part] | None = None) -> list[Finding]:
    """Look for the parts (all of the course's by default) and say what was found, in the same order."""
    wanted = list(PARTS if parts is None else parts)
    with ThreadPoolExecutor(max_workers=8) as pool:  # each look waits for another program
        return list(pool.map(_examine_one, wanted))


def _examine_one(part: Part) -> Finding:
    found = part.look()
    return Finding(
        name=part.name,
        kind=part.kind,
        found=found is not None,
        version=found.version if found else "",
        where=found.where if found else "",
        purpose=part.purpose,
        remedy="" if found else part.remedy,
    )


def python(lowest: tuple[int, int]) -> Callable[[], Found | None]:
    """Look at the Python that runs this: found when it is at least the `lowest` version."""

    def look() -> Found | None:
        version = ".".join(map(str, sys.version_info[:3]))
        return Found(version, sys.executable) if sys.version_info[:2] >= lowest else None

    return look


def package(distribution: str) -> Callable[[], Found | None]:
    """Look for an installed Python distribution, without importing it."""

    def look() -> Found | None:
        try:
            return Found(metadata.version(distribution), "Python package")
        except metadata.PackageNotFoundError:
            return None

    return look


def program(*names: str, arguments: tuple[str, ...] = ("--version",)) -> Callable[[], Found | None]:
    """Look for the first of the programs `names` on the search path and where Debian puts servers; ask its version."""

    def look() -> Found | None:
        for name in names:
            path = shutil.which(name) or shutil.which(name, path=_servers())
            if path and (answer := _ask([path, *arguments])) is not None:
                return Found(answer, path)
        return None

    return look


def located(find: Callable[[], str | None], arguments: tuple[str, ...] = ("--version",)) -> Callable[[], Found | None]:
    """Look for the very program that grading uses: `find` returns its path, or None. Ask its version."""

    def look() -> Found | None:
        path = find()
        answer = _ask([path, *arguments]) if path else None
        return None if path is None or answer is None else Found(answer, path)

    return look


def toolchain(language: Language) -> Callable[[], str | None]:
    """Return the way to find the program that runs a language's cells."""

    def find() -> str | None:
        try:
            return language.toolchain()
        except MissingToolchainError:
            return None

    return find


def _mariadb() -> str | None:
    from autograder.mariadb import server_program

    return server_program()


def _servers() -> str:
    """Return the folders of database servers, which Debian keeps off an ordinary user's search path."""
    newest_first = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: path.parent.name, reverse=True)
    return os.pathsep.join(["/usr/sbin", "/usr/local/sbin", *map(str, newest_first)])


def _ask(command: list[str]) -> str | None:
    """Return the version that a program tells, "" when it tells none, and None when it doesn't run."""
    try:
        answer = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=_SECONDS, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    told = _VERSION.search(f"{answer.stdout}\n{answer.stderr}")
    return told.group() if told else ""


_AGAIN = "pip install backend-path"

PARTS: tuple[Part, ...] = (
    Part("Python", "required", "runs everything", "install Python 3.11 or newer", python((3, 11))),
    Part("JupyterLab", "required", "where you read and work", _AGAIN, package("jupyterlab")),
    Part("IPython kernel", "required", "runs the notebooks' Python", _AGAIN, package("ipykernel")),
    Part("nbgrader", "required", "the assignments' form and the gradebook", _AGAIN, package("nbgrader")),
    Part("Flask", "required", "the module flask, and most HTTP exercises", _AGAIN, package("flask")),
    Part("Git", "optional", "version control, in the module tools", "apt install git", program("git")),
    Part(
        "bubblewrap",
        "optional",
        "keeps submitted notebooks away from your system while they are graded (Linux)",
        "apt install bubblewrap",
        program("bwrap"),
    ),
    Part(
        "PHP",
        "optional",
        "the PHP lessons and exercises",
        "pip install 'backend-path[polyglot]', or apt install php-cli",
        located(toolchain(PHP)),
    ),
    Part(
        "Node",
        "optional",
        "the JavaScript exercises that run on a server",
        "pip install 'backend-path[polyglot]', or apt install nodejs",
        located(toolchain(NODE)),
    ),
    Part("Ruby", "optional", "the Ruby lessons and exercises", "apt install ruby", located(toolchain(RUBY))),
    Part(
        "Ruby's WEBrick",
        "optional",
        "serving HTTP from Ruby",
        "apt install ruby-webrick",
        located(toolchain(RUBY), ("-e", "require 'webrick'; puts WEBrick::VERSION")),
    ),
    Part(
        "Ruby's Sinatra",
        "optional",
        "the web framework of the Ruby exercises",
        "apt install ruby-sinatra",
        located(toolchain(RUBY), ("-e", "require 'sinatra/base'; puts Sinatra::VERSION")),
    ),
    Part(
        "Java compiler",
        "optional",
        "the Java lessons and exercises",
        "apt install default-jdk-headless",
        program("javac", arguments=("-version",)),
    ),
    Part(
        "MariaDB server",
        "optional",
        "the MySQL exercises on a real server (SQLite stands in without it)",
        "apt install mariadb-server",
        located(_mariadb),
    ),
    Part(
        "PyMySQL",
        "optional",
        "reaching MySQL and MariaDB from Python",
        "pip install 'backend-path[mysql]'",
        package("pymysql"),
    ),
    Part(
        "SQLAlchemy",
        "optional",
        "the lessons on object-relational mapping",
        "pip install 'backend-path[mysql]'",
        package("sqlalchemy"),
    ),
    Part(
        "PostgreSQL server",
        "optional",
        "the PostgreSQL exercises",
        "apt install postgresql",
        program("postgres"),
    ),
    Part(
        "Web browser",
        "optional",
        "shows JupyterLab; any browser will do, on this machine or another",
        "apt install chromium",
        program("chromium", "chromium-browser", "google-chrome", "firefox", "firefox-esr"),
    ),
    Part(
        "Dask",
        "optional",
        "grading on several machines",
        "pip install 'backend-path[cluster]'",
        package("distributed"),
    ),
    Part(
        "pandas",
        "optional",
        "the path as a data frame",
        "pip install 'backend-path[dataframe]'",
        package("pandas"),
    ),
)
"""What the course uses, the necessary first."""
