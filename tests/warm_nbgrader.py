"""nbgrader's own command, without its import each time: that takes seconds, and the tests run it some eighty times.

Started as a program, it imports nbgrader once and then, for each line of JSON that it reads, forks, and is nbgrader's
command in the fork: its code, its configuration, its exit status.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import sysconfig
import tempfile
import traceback
from pathlib import Path
from typing import Any


class WarmNbgrader:
    """The process that has nbgrader imported; ended by `close`."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-W", "ignore", __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def run(self, *words: str | Path, cwd: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
        """Run `nbgrader WORDS…` in a folder."""
        command = [str(word) for word in words]
        scripts = f"{sysconfig.get_path('scripts')}{os.pathsep}{environment['PATH']}"
        with tempfile.TemporaryDirectory(prefix="nbgrader-") as folder:
            request = {
                "words": command,
                "cwd": str(cwd),
                "environment": {**environment, "PATH": scripts},
                "folder": folder,
            }
            assert self._process.stdin is not None
            assert self._process.stdout is not None
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
            status = int(self._process.stdout.readline())
            out, err = (Path(folder, name).read_text(errors="replace") for name in ("stdout", "stderr"))
        return subprocess.CompletedProcess(["nbgrader", *command], status, out, err)

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(30)
        self._process.stdout.close()


def _serve() -> None:
    from nbgrader.apps import nbgraderapp

    for line in sys.stdin:
        request = json.loads(line)
        child = os.fork()
        if child == 0:
            _be_nbgrader(request, nbgraderapp.main)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _be_nbgrader(request: dict[str, Any], main: Any) -> None:
    """Be the command, and end."""
    status = 1
    try:
        for descriptor, name in ((1, "stdout"), (2, "stderr")):
            file = os.open(f"{request['folder']}/{name}", os.O_WRONLY | os.O_CREAT)
            os.dup2(file, descriptor)
            os.close(file)
        empty = os.open(os.devnull, os.O_RDONLY)
        os.dup2(empty, 0)
        os.environ.clear()
        os.environ.update(request["environment"])
        os.chdir(request["cwd"])
        sys.argv = ["nbgrader", *request["words"]]
        main()
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    except BaseException:  # noqa: BLE001 - shown, as Python shows it at its end
        traceback.print_exc()
    finally:
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    _serve()
