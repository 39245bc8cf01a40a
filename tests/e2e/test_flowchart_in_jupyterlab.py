"""Mermaid itself, as JupyterLab ships it, understands the path's flowchart."""

from __future__ import annotations

import re
from urllib.parse import unquote

import nbformat
import pytest

import curriculum
from curriculum.exports import export
from curriculum.exports.modulemap import needed_modules, reduced


@pytest.mark.needs("chromium")
def test_jupyterlab_draws_the_flowchart(jupyter, page, tmp_path):
    path = curriculum.load()
    chart = export(path, "mermaid")["path.mmd"].decode()
    nonsense = "flowchart LR\n  a[ -->\n"
    cells = [nbformat.v4.new_markdown_cell(f"```mermaid\n{text}```") for text in (chart, nonsense)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "map.ipynb")
    lab = jupyter("jupyter-lab", "--no-browser", "--ServerApp.port=8941", "--ServerApp.port_retries=50", cwd=tmp_path)
    page.goto(lab.url("lab/tree/map.ipynb"))

    source = unquote(page.locator(".jp-RenderedMermaid:not(.jp-mod-warning) img").get_attribute("src"))
    assert all(module.title in source.replace("&amp;", "&") for module in path.modules.values())
    assert source.count('class="node ') == len(path.modules)
    assert len(re.findall(r"[^.]flowchart-link", source)) == sum(map(len, reduced(needed_modules(path)).values()))
    # what isn't a flowchart is refused: the first one was understood, not merely shown
    assert "a[ -->" in page.locator(".jp-RenderedMermaid.jp-mod-warning").inner_text()
