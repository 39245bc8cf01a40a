"""What all tests share: system packages, the checkout's folders, and where pictures for people go."""

from __future__ import annotations

import importlib.util
import os
from functools import cache
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent


def _packages_module():
    specification = importlib.util.spec_from_file_location("debian_packages", CHECKOUT / "tests/debian_packages.py")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


_PACKAGES = _packages_module()


@cache
def _is_there(package: str) -> bool:
    probes = _PACKAGES.probes()
    if package not in probes:
        raise pytest.UsageError(f"The package '{package}' is not in {_PACKAGES.LIST}; add it there.")
    return _PACKAGES.is_there(probes[package])


# What is costly to prepare is prepared once: all tests of such a module, or folder, go to the same worker.
_TOGETHER = (
    "autograder/engine/test_agrees_with_nbgrader.py",
    "autograder/engine/test_cluster.py",
    "autograder/engine/test_feedback.py",
    "autograder/sandbox/",
    "contract/",
    "e2e/test_learner.py",
    "e2e/test_learning_in_jupyterlab.py",
    "e2e/test_nbgrader_course.py",
    "e2e/test_wheel.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep tests together that share what is costly to prepare."""
    for item in items:
        group = next((part for part in _TOGETHER if part in item.path.as_posix()), None)
        if group is not None:
            item.add_marker(pytest.mark.xdist_group(group))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test whose system packages are missing; on CI that is a failure, so that nothing goes unseen."""
    wanted = [package for marker in item.iter_markers("needs") for package in marker.args]
    absent = [package for package in wanted if not _is_there(package)]
    if not absent:
        return
    sentence = f"needs the Debian package {', '.join(absent)}"
    if os.environ.get("CI") == "true":
        pytest.fail(f"{sentence}, which is missing", pytrace=False)
    pytest.skip(sentence)


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The checkout's root."""
    return CHECKOUT


@pytest.fixture(scope="session")
def artefacts() -> Path:
    """A folder, ignored by git, for pictures that a person looks at after the tests."""
    folder = CHECKOUT / "artefacts"
    folder.mkdir(exist_ok=True)
    return folder
