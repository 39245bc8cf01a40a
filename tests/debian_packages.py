"""The Debian packages that tests need: which are there, and installing them where that is possible.

The list is debian-packages.txt, beside this file. `--install` installs what is missing where the user is root and has
apt; elsewhere the tests that need a missing package are skipped, and say so.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

LIST = Path(__file__).with_name("debian-packages.txt")
_SYSTEM_FOLDERS = "/usr/local/sbin:/usr/sbin:/sbin"


def probes() -> dict[str, list[str]]:
    """Return the command that shows that a package is there, by the package's name."""
    lines = [line for line in LIST.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return {name: shlex.split(probe) for name, probe in (line.split(None, 1) for line in lines)}


def is_there(probe: list[str]) -> bool:
    """Say whether a probe finds its package."""
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), _SYSTEM_FOLDERS])
    program = shutil.which(probe[0], path=path)
    if program is None or len(probe) == 1:
        return program is not None
    return subprocess.run([program, *probe[1:]], capture_output=True, check=False).returncode == 0


def missing() -> list[str]:
    """Return the packages of the list that are not there."""
    return [name for name, probe in probes().items() if not is_there(probe)]


def install(packages: list[str]) -> None:
    """Install packages with apt-get.

    Raises:
        subprocess.CalledProcessError: apt-get failed; it has said why.
    """
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update", "-qq"], ["install", "-qq", "--yes", "--no-install-recommends", *packages]):
        subprocess.run(["apt-get", *words], check=True, env=environment, stdout=subprocess.DEVNULL)


def main() -> int:
    """Install what is missing if asked and possible; say what stays missing."""
    absent = missing()
    if absent and "--install" in sys.argv[1:] and os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"Installing {', '.join(absent)} …", flush=True)
        install(absent)
        absent = missing()
    for name in absent:
        print(f"The Debian package {name} is missing: the tests that need it are skipped.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
