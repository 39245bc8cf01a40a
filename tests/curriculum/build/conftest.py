"""A small exercise and a small lesson, whole and well-formed, for tests to spoil."""

from __future__ import annotations

from pathlib import Path

import pytest

EXERCISE = '''\
# ---
# title: Slugs
# kind: function
# seconds: 5
# ---

# %% [markdown]
# # Slugs

# %% tags=["setup"] grade_id="setup"
from autograder.student import hint, student

# %% tags=["task"] grade_id="slugify"
def slugify(title: str) -> str:
    """Return the title in lower case."""
    ### BEGIN SOLUTION
    return title.lower()
    ### END SOLUTION

# %% tags=["test"] grade_id="test_slugify" points=3 skills=["python.text"] coverage=["S07"]
assert student.slugify("Hello") == "hello"
### BEGIN HIDDEN TESTS
assert student.slugify("ÜN") == "ün", hint("accents")
### END HIDDEN TESTS

# %% [markdown] tags=["manual"] grade_id="why" points=2
# ### BEGIN SOLUTION
# Because.
# ### END SOLUTION
'''

LESSON = """\
---
title: From a request to a response
minutes: 30
kernelspec:
  name: python3
  display_name: Python 3
---

# From a request to a response

```{code-cell}
1 + 1
```

+++ {"question": "sum"}

**What is 1 + 1?**

<details><summary>Answer</summary>

2

</details>

+++

What next.
"""


@pytest.fixture
def exercise_text() -> str:
    return EXERCISE


@pytest.fixture
def lesson_text() -> str:
    return LESSON


@pytest.fixture
def write_exercise(tmp_path):
    """Write the text of an exercise, with files beside it, and return its `exercise.py`."""

    def write(text: str = EXERCISE, **files: str) -> Path:
        folder = tmp_path / "exercises" / "python" / "slugs"
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name.replace("__", ".")).write_text(content)
        path = folder / "exercise.py"
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def write_lesson(tmp_path):
    """Write the text of a lesson and return its file."""

    def write(text: str = LESSON) -> Path:
        folder = tmp_path / "notebooks" / "flask"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "request-to-response.md"
        path.write_text(text, encoding="utf-8")
        return path

    return write
