"""What `import curriculum` brings along: little."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

LOADED = """\
import json, sys
before = set(sys.modules)
{code}
print(json.dumps(sorted({{name.partition(".")[0] for name in set(sys.modules) - before}} - sys.stdlib_module_names)))
"""


def loaded_by(code: str) -> set[str]:
    output = subprocess.run(
        [sys.executable, "-c", LOADED.format(code=code)], capture_output=True, text=True, check=True
    )
    return set(json.loads(output.stdout))


def test_the_import_brings_msgspec_and_nothing_else():
    assert loaded_by("import curriculum") - loaded_by("import msgspec") == {"autograder", "curriculum"}


@pytest.mark.usefixtures("own")
def test_loading_orders_and_plans_bring_nothing_more_once_the_cache_is_there():
    loaded_by("import curriculum; curriculum.load()")  # fills the cache
    code = (
        "import curriculum, datetime; path = curriculum.load(); path.order(); path.coverage();"
        "path.plan(hours_per_week=6, start=datetime.date(2027, 1, 4))"
    )
    assert loaded_by(code) - loaded_by("import msgspec") == {"autograder", "curriculum"}


def test_every_public_name_is_there_and_documented():
    import curriculum

    for name in curriculum.__all__:
        assert getattr(curriculum, name).__doc__, name
    assert curriculum.__all__ == sorted(curriculum.__all__)
