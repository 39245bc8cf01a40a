"""docs/data.md: every code block in it is run."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

BLOCK = re.compile(r"^```(?P<language>[^\n]*)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"`([\w/-]+\.yaml)`")


def test_every_block_of_the_data_page_is_true(checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    page = checkout / "docs/data.md"
    text = page.read_text(encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    ran = {"python": 0, "yaml": 0}
    end = 0
    for block in BLOCK.finditer(text):
        line = text.count("\n", 0, block.start()) + 1
        language = block["language"]
        assert language in ran, f"line {line}: nobody runs a block in {language!r}"
        if language == "yaml":  # the file is named by the paragraph before
            file = Path(FILE.findall(text[end : block.start()])[-1])
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block["code"], encoding="utf-8")
        else:
            assert ">>>" in block["code"], f"line {line}: a block without a prompt is not run"
            example = doctest.DocTestParser().get_doctest(block["code"], names, page.name, str(page), line)
            runner = doctest.DocTestRunner(verbose=False)
            report: list[str] = []
            runner.run(example, out=report.append, clear_globs=False)
            assert not runner.failures, "".join(report)
            names = example.globs
        ran[language] += 1
        end = block.end()
    assert ran["python"] >= 10
    assert ran["yaml"] == 3
    assert text.count("```") == 2 * sum(ran.values())
