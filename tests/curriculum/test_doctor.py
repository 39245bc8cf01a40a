"""`backend-path doctor`: what is there, what isn't, and what to do about it."""

from __future__ import annotations

import json
import sys

import pytest
from click.testing import CliRunner

from autograder.languages import NODE, PHP
from curriculum import doctor
from curriculum.cli import cli
from curriculum.doctor import Found, Part, examine, located, package, program, python


@pytest.fixture
def nowhere(monkeypatch, tmp_path):
    """A machine on whose search path there are no programs."""
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.fixture
def with_parts(monkeypatch):
    def replace(*parts: Part) -> None:
        monkeypatch.setattr(doctor, "PARTS", parts)

    return replace


def part(look, kind="optional") -> Part:
    return Part("Thing", kind, "does things", "apt install thing", look)


def test_what_the_course_itself_needs_is_found_here():
    required = [it for it in examine() if it.kind == "required"]
    assert {"Python", "JupyterLab", "nbgrader"} <= {it.name for it in required}
    assert all(it.found and it.version for it in required)


def test_every_part_says_what_it_is_for_and_how_to_get_it():
    assert all(it.purpose and it.remedy for it in doctor.PARTS)
    assert len({it.name for it in doctor.PARTS}) == len(doctor.PARTS)


def test_a_python_that_is_too_old_is_missing():
    assert python((3, 11))() == Found(".".join(map(str, sys.version_info[:3])), sys.executable)
    assert python((99, 0))() is None


def test_a_package_is_found_without_importing_it():
    sys.modules.pop("nbgrader.apps.baseapp", None)
    assert package("nbgrader")().version
    assert "nbgrader.apps.baseapp" not in sys.modules
    assert package("no-such-package-anywhere")() is None


def test_a_program_tells_its_version(tmp_path, nowhere):
    tool = tmp_path / "thing"
    tool.write_text("#!/bin/sh\necho thing version 4.5.6 >&2\n")
    tool.chmod(0o755)
    assert program("thing")() == Found("4.5.6", str(tool))


def test_a_program_that_does_not_run_is_missing(tmp_path, nowhere):
    tool = tmp_path / "thing"
    tool.write_text("#!/bin/sh\nexit 1\n")
    tool.chmod(0o755)
    assert program("thing")() is None
    assert located(lambda: str(tool))() is None
    assert located(lambda: None)() is None


def test_php_and_node_are_found_in_their_packages_where_the_system_has_none(nowhere):
    found = {it.name: it for it in examine()}
    assert found["PHP"].where == PHP.toolchain()
    assert found["Node"].where == NODE.toolchain()
    assert not found["Ruby"].found
    assert not found["Git"].found
    assert found["Git"].remedy == "apt install git"


@pytest.mark.parametrize(("kind", "status"), [("optional", 0), ("required", 1)])
def test_only_a_missing_required_part_makes_the_answer_no(with_parts, kind, status):
    with_parts(part(lambda: None, kind))
    done = CliRunner().invoke(cli, ["doctor"], standalone_mode=False)
    assert done.return_value == status
    assert f"Thing is missing ({kind}). To get it: apt install thing" in done.output


def test_json_says_the_same(with_parts):
    with_parts(part(lambda: Found("1.2", "/bin/thing")))
    told = json.loads(CliRunner().invoke(cli, ["doctor", "--json"], standalone_mode=False).output)
    assert told == [
        {
            "name": "Thing",
            "kind": "optional",
            "found": True,
            "version": "1.2",
            "where": "/bin/thing",
            "purpose": "does things",
            "remedy": "",
        }
    ]
