"""The picture of the path: current, well-formed, nothing on top of anything, readable where it stands."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.exports import export
from curriculum.exports.layering import lay_out
from curriculum.exports.modulemap import reduced

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def picture(own):
    return export(own, "svg")["path.svg"]


def test_the_picture_in_the_readme_is_current(picture, checkout):
    kept = checkout / "docs/images/path.svg"
    assert kept.read_bytes() == picture, f"Draw it again: backend-path export --format svg --output {kept}"


def test_it_says_in_words_what_it_shows(own, picture):
    root = ElementTree.fromstring(picture)
    described = root.findtext(f"{SVG}desc")
    assert own.title in root.findtext(f"{SVG}title")
    assert all(f"{module.title} (" in described for module in own.modules.values())
    drawn = " ".join(text.text for text in root.iter(f"{SVG}text"))
    assert all(module.title in drawn for module in own.modules.values())


def test_no_box_touches_another(own, picture):
    boxes = [
        [float(it.get(name)) for name in ("x", "y", "width", "height")]
        for it in ElementTree.fromstring(picture).iter(f"{SVG}rect")
        if "box" in it.get("class").split()
    ]
    assert len(boxes) == len(own.modules)
    for i, (x, y, width, height) in enumerate(boxes):
        for x2, y2, _, _ in boxes[:i]:
            assert abs(x - x2) >= width or abs(y - y2) >= height


@given(data=st.data())
@settings(max_examples=10, deadline=None)
def test_any_path_makes_a_well_formed_picture(data, curricula):
    path = data.draw(curricula)
    ElementTree.fromstring(export(path, "svg")["path.svg"])


@st.composite
def graphs(draw: st.DrawFn) -> dict[str, tuple[str, ...]]:
    names = [f"n{number}" for number in range(draw(st.integers(1, 14)))]
    return reduced(
        {
            name: tuple(draw(st.lists(st.sampled_from(names[:i]), max_size=3, unique=True))) if i else ()
            for i, name in enumerate(names)
        }
    )


@given(needs=graphs())
@settings(max_examples=40, deadline=None)
def test_every_node_stands_below_what_it_needs_with_room_on_both_sides(needs):
    layout = lay_out(needs, node=100, passing=10, gap=12, most=4)
    row = {place: number for number, places in enumerate(layout.rows) for place in places}
    assert all(row[other] < row[name] for name, before in needs.items() for other in before)
    assert all(sum(place in needs for place in places) <= 4 for places in layout.rows)
    for places in layout.rows:
        widths = [100 if place in needs else 10 for place in places]
        for i in range(len(places) - 1):
            between = layout.across[places[i + 1]] - layout.across[places[i]] - (widths[i] + widths[i + 1]) / 2
            least = 12 if places[i] in needs or places[i + 1] in needs else 6
            assert between >= least - 1e-6
    assert min(layout.across.values()) >= 0
    assert max(layout.across.values()) <= layout.width
    assert layout == lay_out(needs, node=100, passing=10, gap=12, most=4)


@pytest.mark.needs("chromium", "fonts-dejavu-core")
def test_every_title_fits_into_its_box_in_a_browser(picture, artefacts):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1000, "height": 1480})
        page.set_content(f"<body style='margin:0'>{picture.decode()}</body>")
        page.screenshot(path=artefacts / "path.png")
        outside = page.evaluate("""() => {
            const boxes = [...document.querySelectorAll(".box")].map(it => it.getBoundingClientRect());
            const ground = document.querySelector(".ground").getBoundingClientRect();
            const within = (it, box) => it.left >= box.left + 1 && it.right <= box.right - 1 && it.top >= box.top
                && it.bottom <= box.bottom;
            const fits = it => (it.matches(".name") ? boxes : [ground])
                .some(box => within(it.getBoundingClientRect(), box));
            return [...document.querySelectorAll("text")].filter(it => !fits(it)).map(it => it.textContent);
        }""")
        browser.close()
    assert outside == []
