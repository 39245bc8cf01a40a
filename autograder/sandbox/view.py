"""What of the host can be seen from inside: the interpreter, its packages, the system's programs, and nothing else.

No home, no course, no gradebook: what isn't listed here isn't mounted. A course that needs data from elsewhere names it
(`allow_read`). An installed package that holds answers, as one that brings a course along, keeps itself out by an entry
point of the group `autograder.hidden`, whose value is the package's name.
"""

from __future__ import annotations

import functools
import importlib.metadata
import importlib.util
import os
import site
import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

SYSTEM: Final = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
DEVICES: Final = ("null", "zero", "full", "random", "urandom")

SETTINGS: Final = (
    "alternatives",
    "ca-certificates.conf",
    "debian_version",
    "fonts",
    "ImageMagick-6",
    "java-*",
    "julia",
    "ld.so.cache",
    "ld.so.conf",
    "ld.so.conf.d",
    "localtime",
    "magic",
    "mime.types",
    "os-release",
    "perl",
    "php",
    "protocols",
    "python3*",
    "R",
    "ruby*",
    "services",
    "shells",
    "ssl/certs",
    "ssl/openssl.cnf",
    "terminfo",
    "timezone",
)
"""What of `/etc` can be seen, as patterns; all of it is world-readable."""

PREPARED: Final = {"matplotlib": "fontlist-*.json", "backend-path": "mariadb-*"}
"""What of the user's `~/.cache` can be seen, as patterns by folder: a list of fonts, a freshly installed database."""

HIDDEN_GROUP: Final = "autograder.hidden"
"""The group of entry points by which packages keep themselves out."""

CACHES: Final = ("/var/cache/fontconfig",)

WRITTEN: Final = {
    "passwd": "root:x:0:0:root:/:/usr/sbin/nologin\nlearner:x:1000:1000::/run/submission/home:/bin/sh\n",
    "group": "root:x:0:\nlearner:x:1000:\n",
    "hosts": "127.0.0.1 localhost sandbox\n::1 localhost sandbox\n",
    "hostname": "sandbox\n",
    "nsswitch.conf": "passwd: files\ngroup: files\nhosts: files\n",
    "resolv.conf": "",
}
"""Files of `/etc` that are not the host's."""


def visible(allow_read: Iterable[str] = ()) -> list[str]:
    """Return the files and folders of the host that can be seen, but for devices and settings.

    Args:
        allow_read: more of them.
    """
    found = [*SYSTEM, *CACHES, sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix]
    found += _packages()
    found += kernels()
    found += _tools()
    found += _prepared()
    found += allow_read
    out = {"/", *hidden()}
    return [path for path in dict.fromkeys(map(os.path.abspath, found)) if path not in out and os.path.lexists(path)]


@functools.cache
def hidden() -> tuple[str, ...]:
    """Return the folders of installed packages that submissions must not see, because they hold answers.

    Looked up once: it goes through all installed packages, and a worker asks several times at its start.
    """
    found: list[str] = []
    for entry in importlib.metadata.entry_points(group=HIDDEN_GROUP):
        try:
            package = importlib.util.find_spec(entry.value)
        except (ImportError, ValueError):  # it is registered, but not there
            continue
        found += (package.submodule_search_locations or []) if package is not None else []
    return tuple(sorted({os.path.realpath(path) for path in found}))


def _packages() -> Iterator[str]:
    """Give where modules are imported from.

    A folder of packages is seen whole; of any other folder on the path (a project's, say, that is installed from its
    checkout) only the packages and modules are: a course may lie beside them.
    """
    for entry in sys.path:
        if not entry or not entry.startswith("/"):
            continue
        if Path(entry).name in ("site-packages", "dist-packages") or not Path(entry).is_dir():
            yield entry
        elif not _is_below(entry, (*SYSTEM, sys.prefix, sys.base_prefix)):
            for path in Path(entry).iterdir():
                if path.suffix in (".py", ".so") or (path / "__init__.py").is_file():
                    yield str(path)
    if site.ENABLE_USER_SITE:
        yield site.getusersitepackages()


def kernels() -> Iterator[str]:
    """Give where kernels are described that this environment doesn't have itself."""
    from jupyter_core.paths import jupyter_path

    for folder in jupyter_path("kernels"):
        if Path(folder).is_dir():
            yield folder


def _tools() -> Iterator[str]:
    """Give programs that the environment names, and what lies below `/opt` on its path."""
    for name, value in os.environ.items():
        if name.startswith("AUTOGRADER_") and value.startswith("/") and Path(value).is_file():
            yield value
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        if folder.startswith("/opt/"):
            yield "/".join(folder.split("/")[:3])


def _prepared() -> Iterator[str]:
    """Give what was prepared once for this user, and would have to be made anew for each submission."""
    for name, pattern in PREPARED.items():
        for path in (Path.home() / ".cache" / name).glob(pattern):
            if path.is_dir() and os.geteuid() == 0:
                _open_up(path)
            yield str(path)


def _open_up(folder: Path) -> None:
    """Let everyone read a folder of root's: inside, nobody is root. What is prepared holds no secret."""
    if not folder.stat().st_mode & stat.S_IXOTH:
        for parent, _, names in os.walk(folder):
            for path in (parent, *(f"{parent}/{name}" for name in names)):
                Path(path).chmod(Path(path).stat().st_mode | (0o055 if path == parent else 0o044))


def _is_below(path: str, folders: Iterable[str]) -> bool:
    return any(path == folder or path.startswith(f"{folder}/") for folder in folders)


KEPT_VARIABLES: Final = (
    "HOME",  # for what was prepared there; inside it is another
    "JAVA_HOME",
    "JUPYTER_PATH",
    "LANG",
    "LANGUAGE",
    "MKL_NUM_THREADS",
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "PATH",
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONHASHSEED",
    "PYTHONUTF8",
    "PYTHONWARNINGS",
    "TZ",
    "VIRTUAL_ENV",
)
"""The environment variables that go in, with all that begin with `LC_` or `AUTOGRADER_`."""


def environment(given: dict[str, str]) -> dict[str, str]:
    """Return what of an environment goes in.

    >>> environment({"LANG": "C", "LC_ALL": "C", "API_TOKEN": "secret"})
    {'LANG': 'C', 'LC_ALL': 'C'}
    """
    return {
        name: value
        for name, value in given.items()
        if name in KEPT_VARIABLES or name.startswith(("LC_", "AUTOGRADER_"))
    }
