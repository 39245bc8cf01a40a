"""The front end's files: modules that a browser can read, and no way by which data could become markup."""

from __future__ import annotations

import json
import re
import shutil
import subprocess

import pytest

from autograder.languages import LANGUAGES
from curriculum.lab import EXTENSIONS

FOLDER = EXTENSIONS / "backend-path"
SCRIPTS = sorted(FOLDER.glob("*.js"))


def test_jupyterlab_finds_what_the_package_names():
    package = json.loads((FOLDER / "package.json").read_text())
    assert package["name"] == FOLDER.name
    assert (FOLDER / package["jupyterlab"]["_build"]["load"]).is_file()


def test_every_import_leads_to_a_file():
    imported = {
        name
        for path in SCRIPTS
        for name in re.findall(r'(?:from|URL\() ?"(?:\./)?([\w-]+\.(?:js|css))"', path.read_text())
    }
    assert imported >= {"dom.js", "plugin.js", "shared.js", "style.css"}
    assert [name for name in imported if not (FOLDER / name).is_file()] == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_script_makes_markup_of_text_or_names_another_machine(path):
    text = path.read_text()
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text)
    assert set(re.findall(r"https?://[^\s\"'`]+", text)) <= {"http://www.w3.org/2000/svg"}


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_every_script_parses(path, tmp_path):
    copy = tmp_path / ("script.js" if path.name == "entry.js" else "script.mjs")
    copy.write_text(path.read_text())
    node = LANGUAGES["node"].find() or shutil.which("node")
    done = subprocess.run([node, "--check", copy], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
