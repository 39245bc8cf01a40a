"""What end-to-end tests share: the real command lines, and answers as three students would give them."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

Run = Callable[..., subprocess.CompletedProcess[str]]

_SHOWN = 3000


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Show with a browser test's failure what its pages said."""
    report = yield
    context = getattr(item, "funcargs", {}).get("context")
    if report.when == "call" and report.failed and context is not None:
        from playwright.sync_api import Error

        for page in context.pages:
            try:
                text = page.inner_text("body", timeout=5_000)[:_SHOWN]
            except Error as error:  # a page that has crashed; the test's own failure must still be told
                text = f"It can't be read: {error}"
            report.sections.append((f"What stood on {page.url}", text))
    return report


@pytest.fixture(scope="session")
def run(warm_nbgrader) -> Run:
    """Run one of this environment's programs; a failure shows all that it printed."""
    scripts = Path(sys.executable).parent

    def run_program(*words: str | Path, cwd: Path | None = None, status: int = 0, **environment: str):
        path = os.pathsep.join([str(scripts), os.environ.get("PATH", os.defpath)])
        surroundings = {**os.environ, "PATH": path, "COLUMNS": "120", **environment}
        if words[0] == "nbgrader":
            result = warm_nbgrader.run(*words[1:], cwd=cwd, environment=surroundings)
        else:
            result = subprocess.run(
                [str(scripts / str(words[0])), *map(str, words[1:])],
                cwd=cwd,
                env=surroundings,
                capture_output=True,
                text=True,
                timeout=240,
                check=False,
            )
        assert result.returncode == status, f"{words} ended with {result.returncode}:\n{result.stdout}\n{result.stderr}"
        return result

    return run_program


@dataclass
class Jupyter:
    """A running Jupyter server: its root, its token, the address that it printed for people to open, its process."""

    root: str
    token: str
    printed: str
    process: subprocess.Popen[str]

    def url(self, path: str) -> str:
        """Return the address of a page, with the token."""
        return f"{self.root}{path}?token={self.token}"


@pytest.fixture(scope="module")
def jupyter() -> Iterator[Callable[..., Jupyter]]:
    """Start one of this environment's programs that runs a Jupyter server; it is stopped after the module's tests."""
    running: list[subprocess.Popen[str]] = []
    readers: list[threading.Thread] = []
    scripts = Path(sys.executable).parent

    def start(program: str, *words: str | Path, cwd: Path) -> Jupyter:
        path = os.pathsep.join([str(scripts), os.environ.get("PATH", os.defpath)])
        root = ["--allow-root"] if program.startswith("jupyter") and os.geteuid() == 0 else []
        process = subprocess.Popen(
            [str(scripts / program), *map(str, words), *root],
            cwd=cwd,
            env={**os.environ, "PATH": path},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        running.append(process)
        printed = []
        for line in process.stdout:
            printed.append(line)
            match = re.search(r"(http://127\.0\.0\.1:\d+/)\S*\?token=(\w+)", line)
            if match:
                reader = threading.Thread(target=process.stdout.read, daemon=True)  # so that the pipe never fills
                reader.start()
                readers.append(reader)
                _wait_until_it_answers(match[1])
                return Jupyter(match[1], match[2], match[0], process)
        raise AssertionError(f"{program} did not start:\n{''.join(printed)}")

    yield start
    for process in running:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(60)
    for thread in readers:
        thread.join(10)
    for process in running:
        process.stdout.close()


def _wait_until_it_answers(root: str) -> None:
    """Wait until somebody listens: a server says its address a moment before it does."""
    address = urlsplit(root)
    until = time.monotonic() + 60
    while True:
        try:
            socket.create_connection((address.hostname, address.port), 5).close()
        except ConnectionRefusedError:
            if time.monotonic() > until:
                raise
            threading.Event().wait(0.1)
        else:
            return


@pytest.fixture
def page() -> Iterator[Page]:
    """A page in a headless Chromium of 1280 by 720 pixels."""
    from playwright.sync_api import sync_playwright

    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu", "--no-first-run", *quiet]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        page.set_default_timeout(120_000)
        yield page
        browser.close()
