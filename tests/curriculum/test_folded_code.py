"""A lesson's code that only draws is folded away in JupyterLab."""

from pathlib import Path

from curriculum.build import lesson_notebook, read_lesson

LESSON = """\
---
title: Pictures
minutes: 20
kernelspec:
  name: python3
  display_name: Python 3
---

# Pictures

```{code-cell}
:tags: [hide-input]

draw = print
```

Text.

```{code-cell}
draw("a picture")
```
"""


def test_only_the_cell_that_says_so_is_folded(tmp_path: Path):
    path = tmp_path / "module" / "pictures.md"
    path.parent.mkdir()
    path.write_text(LESSON, encoding="utf-8")

    drawing, plain = [cell for cell in lesson_notebook(read_lesson(path)).cells if cell.cell_type == "code"]

    assert drawing.source == "draw = print"
    assert drawing.metadata["jupyter"] == {"source_hidden": True}
    assert "jupyter" not in plain.metadata
