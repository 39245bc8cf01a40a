"""Rules on the text of lessons: each is seen to fire, in the right line."""

from __future__ import annotations

from pathlib import Path

import pytest

from curriculum.authoring.lint import lint
from curriculum.authoring.rules.page import lesson_page
from curriculum.authoring.rules.reading import WORDS_A_MINUTE, estimated_minutes
from curriculum.build import read_lesson

LESSON = """\
---
title: Prices
minutes: 3
kernelspec:
  name: python3
  display_name: Python 3
---

# Prices

**Why does a shop compute in cents?**

After this lesson you can

- say what a float can't hold;
- add prices exactly.

+++

Run this, and look at the last digit:

```{code-cell}
print(0.1 + 0.2)
```

%s

+++ {"question": "prices-float"}

**What is 0.1 + 0.2?**

<details><summary>Answer</summary>

Nearly 0.3, but not quite: a float holds neither number exactly.

</details>

+++

## What next

Do the exercise **Prices** (`%s`).
"""


@pytest.fixture
def lesson(tmp_path: Path):
    """Writes a lesson and lints it."""
    file = tmp_path / "shop" / "prices.md"
    file.parent.mkdir()

    def write(old: str = "", new: str = "", *, middle: str = "Whole cents are exact. " * 60, path=None, name="shop/x"):
        text = LESSON % (middle, name)
        assert old in text
        file.write_text(text.replace(old, new) if old else text)
        return lint([], [file], path)

    write.file = file
    return write


def test_a_complete_lesson_breaks_no_rule(lesson):
    assert lesson() == []


@pytest.mark.parametrize(
    ("rule", "at", "old", "new"),
    [
        ("opening", "Prices", "# Prices\n\n**", "Prices\n\n**"),
        ("opening", "# Prices", "**Why does a shop compute in cents?**", "Why a shop computes in cents."),
        ("outcomes", "# Prices", "After this lesson you can", "After this lesson"),
        ("outcomes", "# Prices", "- add prices exactly.\n", ""),
        ("minutes", "minutes: 1", "minutes: 3", "minutes: 1"),
        ("minutes", "minutes: 90", "minutes: 3", "minutes: 90"),
        ("questions", "## What next", '+++ {"question": "prices-float"}', "+++"),
        ("end", "## And now", "## What next", "## And now"),
        ("form", '{"question": "Float"}', '{"question": "prices-float"}', '+++ {"question": "Float"}'[4:]),
        (
            "alone",
            "a = 1",
            "Run this, and look",
            "One.\n\n" + "".join(f"```{{code-cell}}\n{name} = 1\n```\n\n" for name in "bac") + "Run this, and look",
        ),
        ("alt", "![x](", "Run this, and look", "![x](https://example.org/x.png)\n\nRun this, and look"),
        ("alt", "<img", "Run this, and look", '<img src="https://example.org/x.png">\n\nRun this, and look'),
        ("alt", "<svg", "print(0.1 + 0.2)", 'HTML("<svg></svg>")'),
        ("link", "](other.md)", "Run this, and look", "See [that](other.md).\n\nRun this, and look"),
    ],
)
def test_a_rule_is_broken(lesson, rule, at, old, new):
    findings = lesson(old, new)
    assert [finding.rule for finding in findings] == [rule], [finding.text for finding in findings]
    assert at in lesson.file.read_text().split("\n")[findings[0].line - 1]


def test_code_far_below_the_opening_is_found(lesson, the_one):
    findings = lesson("+++\n\nRun this", "+++\n\nOne.\n\n+++\n\nTwo.\n\n+++\n\nThree.\n\n+++\n\nRun this")
    assert the_one(findings, "early").problem == "Nothing runs in the first cells."


def test_links_in_code_are_no_links(lesson):
    assert lesson("Run this, and look", "`[a](b)`\n\n```\n![](c)\n```\n\nRun this, and look") == []


def test_a_name_like_an_id_must_be_in_the_path(lesson, path):
    findings = lesson(path=path, name="flask/no-such")
    assert "`flask/no-such` is neither a lesson nor an exercise of the path." in [f.problem for f in findings]
    assert not [f for f in lesson(path=path, name="flask/mini-api") if f.rule == "name"]


def test_a_lesson_that_the_path_does_not_know_is_found(lesson, path, the_one):
    assert the_one(lesson(path=path), "data").problem == "The path has no lesson `shop/prices`."


def test_minutes_are_estimated_from_words_code_and_questions(lesson):
    lesson(middle="word " * WORDS_A_MINUTE)
    with_words = estimated_minutes(lesson_page(read_lesson(lesson.file)))
    lesson(middle="")
    without = estimated_minutes(lesson_page(read_lesson(lesson.file)))
    assert with_words - without == pytest.approx(1)
    assert without > 1  # the question alone is a minute
