"""A MariaDB server of one's own: in a temporary folder, on a Unix socket, as an ordinary user, gone at exit.

For lessons and for tests:

    from autograder.mariadb import running_server

    with running_server() as server:
        connection = pymysql.connect(**server.parameters(), database="mysql")

It keeps no data and has no network. Its administrator is `root@localhost`, without a password: the socket's folder lets
nobody else in.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import re
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final, TypedDict

from autograder import processes
from autograder.exceptions import DatabaseError, MissingToolchainError

_PLACES: Final = (
    "/usr/sbin",
    "/usr/local/sbin",
    "/usr/local/bin",
    "/opt/homebrew/bin",
    "/opt/homebrew/opt/mariadb/bin",
)
_NAMES: Final = ("mariadbd", "mysqld")
_SMALL: Final = (
    "--innodb-log-file-size=4M",
    "--innodb-data-file-path=ibdata1:3M:autoextend",
    "--innodb-autoextend-increment=1",
    "--innodb-temp-data-file-path=ibtmp1:3M:autoextend",
    "--innodb-buffer-pool-size=16M",
)
_QUICK: Final = (
    "--skip-networking",
    "--skip-log-bin",
    "--skip-name-resolve",
    "--performance-schema=OFF",
    "--innodb-flush-log-at-trx-commit=0",
    "--innodb-doublewrite=OFF",
    "--innodb-lock-wait-timeout=1",
    "--character-set-server=utf8mb4",
    "--collation-server=utf8mb4_unicode_ci",
)
_START_SECONDS: Final = 30.0

PRIVATE: Final = "AUTOGRADER_PRIVATE"
"""The environment variable that names a folder for databases, where the usual temporary folder is open to others."""
_PAUSE: Final = 0.01


class Parameters(TypedDict):
    """What `pymysql.connect` needs to reach the server."""

    unix_socket: str
    user: str
    password: str
    charset: str
    ssl_disabled: bool


class Server:
    """A running server.

    Attributes:
        version: what it says of its version, for example "5.5.5-10.11.6-MariaDB" (the first part is for old clients).
    """

    def __init__(self, program: str, folder: Path) -> None:
        self._folder = folder
        self._socket = folder / "s"
        self._password = ""
        self._open_folder: Path | None = None
        if os.environ.get(PRIVATE):  # the socket must be where others reach it, so it asks for a password
            self._open_folder = Path(tempfile.mkdtemp(prefix="mariadb-"))
            self._open_folder.chmod(0o711)
            self._socket = self._open_folder / "s"
        self._log = folder / "log"
        command = [program, "--no-defaults", *_SMALL, *_QUICK, f"--datadir={folder / 'data'}"]
        command += [f"--socket={self._socket}", f"--pid-file={folder / 'pid'}", f"--tmpdir={folder}", *_as_this_user()]
        with self._log.open("wb") as log:
            self._process = processes.Process(command, folder, {}, stdout=log, stderr=subprocess.STDOUT)
        try:
            self.version = self._wait_until_ready()
            if self._open_folder is not None:
                self._ask_for_a_password()
        except BaseException:
            self.stop()
            raise

    @property
    def socket(self) -> Path:
        """The Unix socket on which it listens."""
        return self._socket

    def parameters(self) -> Parameters:
        """Return what `pymysql.connect(**…)` needs; add `database=`.

        A socket in a folder of one's own needs no TLS, and PyMySQL takes 0.1 s to prepare it for each connection.
        """
        return {
            "unix_socket": str(self._socket),
            "user": "root",
            "password": self._password,
            "charset": "utf8mb4",
            "ssl_disabled": True,
        }

    def url(self, database: str) -> str:
        """Return SQLAlchemy's address of a database."""
        password = f":{self._password}" if self._password else ""
        return f"mysql+pymysql://root{password}@localhost/{database}?unix_socket={self._socket}&charset=utf8mb4&ssl_disabled=true"

    def stop(self) -> None:
        """Stop the server and remove its data; does nothing the second time."""
        self._process.kill()
        shutil.rmtree(self._folder, ignore_errors=True)
        if self._open_folder is not None:
            shutil.rmtree(self._open_folder, ignore_errors=True)

    def _ask_for_a_password(self) -> None:
        """Have the administrator, and nobody else, come in by a password."""
        import pymysql

        password = secrets.token_hex(16)
        with pymysql.connect(**self.parameters()) as connection, connection.cursor() as cursor:
            cursor.execute("ALTER USER root@localhost IDENTIFIED BY %s", (password,))
            cursor.execute("DROP USER IF EXISTS ''@localhost")  # through the socket everybody comes from localhost
        self._password = password

    def _wait_until_ready(self) -> str:
        import pymysql

        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            if self._process.popen.poll() is not None:
                break
            if self._listens():
                with contextlib.suppress(pymysql.err.OperationalError):
                    connection = pymysql.connect(**self.parameters())
                    with connection:
                        return str(connection.get_server_info())  # type: ignore[no-untyped-call]
            time.sleep(_PAUSE)
        log = self._log.read_text(encoding="utf-8", errors="replace")
        errors = [line for line in log.splitlines() if "[ERROR]" in line] or log.splitlines()
        ending = " | ".join(errors[-3:]) or "nothing"
        raise DatabaseError(f"MariaDB did not start within {_START_SECONDS:g} s. Its log ends with: {ending}")

    def _listens(self) -> bool:
        """Whether something listens on the socket; PyMySQL would leave its own open when nothing does."""
        with socket.socket(socket.AF_UNIX) as probe:
            return probe.connect_ex(str(self._socket)) == 0


def server_program() -> str | None:
    """Return the path of the MariaDB server's program, or None where there is none.

    The environment variable `AUTOGRADER_MARIADB` names another one; empty, it says that there is none.
    """
    if "AUTOGRADER_MARIADB" in os.environ:
        return os.environ["AUTOGRADER_MARIADB"] or None
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), *_PLACES])
    return next((found for name in _NAMES if (found := shutil.which(name, path=path))), None)


def start() -> Server:
    """Start a server with empty data; it is stopped at exit at the latest, even if this process is killed.

    Raises:
        MissingToolchainError: there is no MariaDB here, or PyMySQL is missing.
        DatabaseError: it did not start.
    """
    program = _needed_program()
    folder = Path(tempfile.mkdtemp(prefix="mariadb-", dir=os.environ.get(PRIVATE)))
    try:
        _copy_data(program, folder / "data")
        server = Server(program, folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    atexit.register(server.stop)
    return server


@contextlib.contextmanager
def running_server() -> Iterator[Server]:
    """Run a server for the time of a block.

    Raises:
        MissingToolchainError: there is no MariaDB here, or PyMySQL is missing.
        DatabaseError: it did not start.
    """
    server = start()
    try:
        yield server
    finally:
        server.stop()
        atexit.unregister(server.stop)


def _needed_program() -> str:
    try:
        import pymysql  # noqa: F401 - only to say early what is missing
    except ImportError:
        raise MissingToolchainError("PyMySQL is missing. Install it: pip install 'backend-path[mysql]'.") from None
    program = server_program()
    if program is None or os.name != "posix":
        raise MissingToolchainError(
            "There is no MariaDB server here (`mariadbd`). Install it: on Debian or Ubuntu "
            "`sudo apt install mariadb-server`, on macOS `brew install mariadb`; on Windows, use WSL."
        )
    return program


def _copy_data(program: str, target: Path) -> None:
    """Copy freshly installed data to `target`; they are made once for each version, and kept in the user's cache."""
    cached = _cache_folder() / f"mariadb-{_version(program)}"
    if not (cached / "mysql").is_dir():
        made = target.parent / "made"
        _install(program, made)
        try:
            cached.parent.mkdir(parents=True, exist_ok=True)
            kept = Path(tempfile.mkdtemp(prefix=f"{cached.name}.", dir=cached.parent))
            shutil.copytree(made, kept, dirs_exist_ok=True)
            kept.rename(cached)  # one step: whoever comes at the same time sees all of it or nothing
        except OSError:  # no cache to write to, or another process was first
            made.rename(target)
            return
        shutil.rmtree(made)
    shutil.copytree(cached, target)


def _install(program: str, folder: Path) -> None:
    beside = Path(program).resolve().parent
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), str(beside), str(beside.parent / "bin")])
    found = [shutil.which(name, path=path) for name in ("mariadb-install-db", "mysql_install_db")]
    installer = next((name for name in found if name), None)
    if installer is None:
        raise MissingToolchainError(f"`mariadb-install-db`, which belongs to {program}, is not on the PATH.")
    options = ["--no-defaults", "--skip-test-db", "--auth-root-authentication-method=normal", f"--datadir={folder}"]
    outcome = processes.run([installer, *options, *_SMALL, *_as_this_user()], folder.parent, {}, b"", 120)
    if outcome.exit_code:
        text = (outcome.stderr + outcome.stdout).decode("utf-8", errors="replace")
        raise DatabaseError(f"MariaDB's data could not be set up: {text.strip()[-500:]}")


def _version(program: str) -> str:
    outcome = processes.run([program, "--no-defaults", "--version"], Path(tempfile.gettempdir()), {}, b"", 30)
    found = re.search(rb"Ver (\S+)", outcome.stdout)
    if found is None:
        raise DatabaseError(f"{program} does not tell its version; it said {outcome.stdout[:200]!r}.")
    return re.sub(r"[^\w.-]", "_", found[1].decode())


def _cache_folder() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "backend-path"


def _as_this_user() -> list[str]:
    """Return the option without which the server refuses to run as root."""
    return ["--user=root"] if os.geteuid() == 0 else []
