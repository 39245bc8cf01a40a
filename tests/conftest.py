"""What all tests share: system packages, the checkout's folders, and where pictures for people go."""

from __future__ import annotations

import importlib.util
import os
from functools import cache
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent


def _module(name):
    specification = importlib.util.spec_from_file_location(name, CHECKOUT / f"tests/{name}.py")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


_PACKAGES = _module("debian_packages")


@cache
def _is_there(package: str) -> bool:
    probes = _PACKAGES.probes()
    if package not in probes:
        raise pytest.UsageError(f"The package '{package}' is not in {_PACKAGES.LIST}; add it there.")
    return _PACKAGES.is_there(probes[package])


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


# The costliest first, so that no worker is left alone with one of them at the end; the rest as they stand.
_COSTLY = (
    "curriculum/authoring/test_all_exercises.py",
    "redteam/test_redteam.py",
    "autograder/engine/test_agrees_with_nbgrader.py",
    "e2e/test_lessons_run.py",
    "e2e/test_learner.py",
    "e2e/test_nbgrader_course.py",
    "e2e/test_learning_in_jupyterlab.py",
    "e2e/test_wheel.py",
    "autograder/engine/test_cluster.py",
    "autograder/engine/test_differences.py",
    "autograder/engine/test_bad_input.py",
    "curriculum/authoring/test_proving_mutants_and_cheats.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the costliest files first."""
    ranks = {CHECKOUT / "tests" / name: rank for rank, name in enumerate(_COSTLY)}
    items.sort(key=lambda item: ranks.get(item.path, len(ranks)))


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


@pytest.fixture(scope="session")
def warm_nbgrader():
    """nbgrader's command, in a process that has imported it."""
    process = _module("warm_nbgrader").WarmNbgrader()
    yield process
    process.close()


@pytest.fixture(scope="session")
def empty_gradebook(tmp_path_factory) -> Path:
    """A gradebook with nothing in it."""
    from autograder import reference

    file = tmp_path_factory.mktemp("empty") / "gradebook.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", os.environ["PATH"])  # put back afterwards: the reference adds to it
        file.write_bytes(reference.empty_gradebook())
    return file
