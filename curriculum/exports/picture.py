"""The picture of the whole path, in SVG: the modules in rows, each below what it builds on.

It is drawn on a ground of its own and follows the reader's colour scheme, so it can stand in a page of any colour. What
colour says, words say as well; who can't see it hears its title and, module by module, what builds on what.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from xml.sax.saxutils import escape

from curriculum.exports.layering import Layout, lay_out
from curriculum.exports.modulemap import needed_modules, reduced
from curriculum.model import Module, Path
from curriculum.timing import in_words

_NODE, _TALL, _GAP, _PASSING, _STEP, _MOST = 172.0, 76.0, 14.0, 6.0, 46.0, 4
_MARGIN, _HEAD = 28.0, 92.0
_TITLE_SIZE = 16.0
_PORT = 13.0

_STYLE = """
    .ground { fill: #fbfcfd; stroke: #d5dbe1; }
    text { fill: #16202b; }
    text { font-family: system-ui, -apple-system, "Segoe UI", "Helvetica Neue", Arial, "DejaVu Sans", sans-serif; }
    .head { font-size: 26px; font-weight: 700; }
    .name { font-weight: 600; }
    .small { font-size: 13px; fill: #51606f; }
    .line { fill: none; stroke: #9aa8b6; stroke-width: 1.5; }
    .tip { fill: #7f8e9d; }
    .box { fill: #ffffff; stroke: #aab6c2; stroke-width: 1.25; }
    .ready { stroke: #1a7f4b; }
    .rail { fill: #e4e9ee; }
    .done { fill: #1f9d5c; }
    @media (prefers-color-scheme: dark) {
      .ground { fill: #10161d; stroke: #2b3641; }
      text { fill: #e8eef4; }
      .small { fill: #a3b1bf; }
      .line { stroke: #67788a; }
      .tip { fill: #7d8fa1; }
      .box { fill: #18212b; stroke: #4a5967; }
      .ready { stroke: #3fbf7f; }
      .rail { fill: #2a3541; }
      .done { fill: #3fbf7f; }
    }
"""


def picture(path: Path) -> bytes:
    """Return the picture of the path as SVG. The same path gives the same bytes."""
    needs = reduced(needed_modules(path))
    layout = lay_out(needs, node=_NODE, passing=_PASSING, gap=_GAP, most=_MOST)
    width = layout.width + 2 * _MARGIN
    height = _HEAD + len(layout.rows) * (_TALL + _STEP) - _STEP + _MARGIN
    top = {name: _HEAD + row * (_TALL + _STEP) for row, places in enumerate(layout.rows) for name in places}
    size = f'viewBox="0 0 {_n(width)} {_n(height)}" width="{_n(width)}" height="{_n(height)}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title description">',
        f'  <title id="title">{escape(path.title)}: the whole path</title>',
        f'  <desc id="description">{escape(_in_sentences(path, needs))}</desc>',
        f"  <style>{_STYLE}  </style>",
        f'  <rect class="ground" x="0.5" y="0.5" width="{_n(width - 1)}" height="{_n(height - 1)}" rx="10"/>',
        *_heading(path, width),
        *_lines(layout, needs, top),
        *(line for name in needs for line in _box(path.modules[name], layout.across[name] + _MARGIN, top[name])),
        "</svg>",
    ]
    return ("\n".join(parts) + "\n").encode()


def _heading(path: Path, width: float) -> Iterable[str]:
    minutes = sum(module.minutes for module in path.modules.values())
    facts = (
        f"{len(path.modules)} modules, {len(path.skills)} skills, {len(path.lessons)} lessons, "
        f"{len(path.exercises)} exercises, {round(minutes / 60)} hours"
    )
    right = width - _MARGIN
    yield _text("head", _MARGIN, 44, path.title, "start")
    yield _text("small", _MARGIN, 66, facts, "start")
    yield _text("small", right, 44, "A line leads from a module to what builds on it.", "end")
    yield _text("small", right, 66, "The bar shows how much of it is ready.", "end")


def _box(module: Module, middle: float, top: float) -> Iterable[str]:
    left = middle - _NODE / 2
    ready, parts = sum(part.status == "ready" for part in module.parts), len(module.parts)
    whole = bool(parts) and ready == parts
    yield _rectangle("box ready" if whole else "box", left, top, _NODE, _TALL, 8)
    lines, size = fitted(module.title, _NODE - 14, _TITLE_SIZE)
    first = top + (23 if len(lines) > 1 else 31)
    for number, text in enumerate(lines):
        yield _text("name", middle, first + number * 18, text, "middle", size)
    status = "ready" if whole else f"{ready}/{parts} ready" if ready else "planned"
    yield _text("small", middle, top + 61, f"{in_words(module.minutes)}, {status}", "middle")
    bar = _NODE - 20
    yield _rectangle("rail", left + 10, top + _TALL - 8, bar, 3, 1.5)
    if ready:
        yield _rectangle("done", left + 10, top + _TALL - 8, bar * ready / parts, 3, 1.5)


def _text(kind: str, x: float, y: float, text: str, anchor: str, size: float | None = None) -> str:
    own_size = "" if size is None else f' font-size="{_n(size)}"'
    return f'  <text class="{kind}" x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}"{own_size}>{escape(text)}</text>'


def _rectangle(kind: str, x: float, y: float, width: float, height: float, radius: float) -> str:
    return (
        f'  <rect class="{kind}" x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}" rx="{_n(radius)}"/>'
    )


def _lines(layout: Layout, needs: dict[str, tuple[str, ...]], top: dict[str, float]) -> Iterable[str]:
    """Draw each line from the lower edge of a box to the upper edge of another, in curves from row to row."""
    starts = _ports(layout, needs, 0)
    ends = _ports(layout, needs, -1)
    for line in layout.lines:
        points = [(starts[line], top[line[0]] + _TALL)]
        for place in line[1:-1]:
            x = layout.across[place] + _MARGIN
            points += [(x, top[place]), (x, top[place] + _TALL)]
        x, y = ends[line], top[line[-1]]
        points.append((x, y - 5))
        yield f'  <path class="line" d="{_curve(points)}"/>'
        yield f'  <path class="tip" d="M{_n(x - 4)} {_n(y - 7)}L{_n(x + 4)} {_n(y - 7)}L{_n(x)} {_n(y - 0.5)}Z"/>'


def _ports(layout: Layout, needs: dict[str, tuple[str, ...]], end: int) -> dict[tuple[str, ...], float]:
    """Return where each line leaves (`end` 0) or enters (`end` -1) its box: in the order of what follows."""
    following = 1 if end == 0 else -2
    ports = {}
    for name in needs:
        mine = sorted(
            (line for line in layout.lines if line[end] == name), key=lambda line: layout.across[line[following]]
        )
        for position, line in enumerate(mine):
            ports[line] = layout.across[name] + _MARGIN + (position - (len(mine) - 1) / 2) * _PORT
    return ports


def _curve(points: Sequence[tuple[float, float]]) -> str:
    """Return a path that leaves and reaches every point straight down."""
    drawn = [f"M{_n(points[0][0])} {_n(points[0][1])}"]
    for (x1, y1), (x2, y2) in pairwise(points):
        if x1 == x2:
            drawn.append(f"V{_n(y2)}")
        else:
            half = (y2 - y1) / 2
            drawn.append(f"C{_n(x1)} {_n(y1 + half)} {_n(x2)} {_n(y2 - half)} {_n(x2)} {_n(y2)}")
    return "".join(drawn)


def fitted(text: str, width: float, size: float) -> tuple[list[str], float]:
    """Return a text in one line or two of about equal length, and the size at which they are at most `width` wide.

    >>> fitted("Flask", 100, 16)
    (['Flask'], 16)
    >>> fitted("How the web works", 120, 16)
    (['How the', 'web works'], 16)
    """
    lines = [text]
    words = text.split()
    if _measure(text, size) > width and len(words) > 1:
        splits = [[" ".join(words[:i]), " ".join(words[i:])] for i in range(1, len(words))]
        lines = min(splits, key=lambda split: max(_measure(line, size) for line in split))
    widest = max(_measure(line, size) for line in lines)
    return lines, size if widest <= width else size * width / widest


def _measure(text: str, size: float) -> float:
    """Return about how wide a text is in a sans-serif face, a little bold."""
    narrow, wide = "ijlftrI.,:;'|()[] ", "mwMWGOQ@%"
    return sum(0.39 if letter in narrow else 1.0 if letter in wide else 0.7 for letter in text) * size


def _in_sentences(path: Path, needs: dict[str, tuple[str, ...]]) -> str:
    sentences = []
    for name, before in needs.items():
        module = path.modules[name]
        onto = " and ".join(path.modules[other].title for other in before)
        sentences.append(
            f"{module.title} ({in_words(module.minutes)}) " + (f"builds on {onto}." if onto else "can be learnt first.")
        )
    return " ".join(sentences)


def _n(value: float) -> str:
    """Return a number for the drawing, to a tenth of a pixel."""
    return f"{round(value, 1):g}"
