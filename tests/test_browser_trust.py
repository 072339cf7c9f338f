"""No word of a link, a file or a name runs, nothing is asked outside, a server may die."""

import json
import os
import re
import signal
import time
from dataclasses import replace
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from geo import figure, own, palette, scenes, standalone
from geo.caption import compose
from geo.laydown import resolve
from geo.link import to_query
from geo.model import Scene
from geo.scenario import default
from tests import junk, test_browser
from tests.server import started
from tests.test_browser import coloured, foreign, opened, settle, switch

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

address, chromium, page = test_browser.address, test_browser.chromium, test_browser.page

#: Names that were once more than names: to HTML, to Markdown, to LaTeX, to deck.gl.
NAMES = (
    "<img src=x onerror=window.hit=1>",
    '"><svg onload=window.hit=2>',
    "</script><script>window.hit=3</script>",
    "![x](http://127.0.0.1:9/x.png)",
    "[x](javascript:window.hit=4)",
    "{{7*7}} $\\href{javascript:window.hit=5}{x}$",
    "@@=alert(6)",
    ":red[x] :material/home: `y`",
)
VIEWS = ("Compare", "Place", "Timeline", "Sources", "Claims", "Map")
DIALOGS = {
    "Scenes": "Show this scene",
    "Picture": "Download the picture",
    "Files": "Download",
    "What may I say?": "Credit line",
}


def planted(**more: str) -> str:
    """A link full of payloads: own rings, keys and values nobody knows."""
    rings = [own.ring(name, 20 + 4 * at, 45, 700, name) for at, name in enumerate(NAMES)]
    code = own.to_code(rings)
    assert code is not None
    choices = {"own": code, "plan": NAMES[0], "frame": NAMES[3], "show": NAMES[4], **more}
    choices |= {name: name for name in NAMES[:6]}
    return "&".join(f"{quote(key)}={quote(value)}" for key, value in choices.items())


def sound(page: Page, address: str) -> None:
    """Nothing ran, nothing was asked outside, no picture stands where a name should."""
    assert page.evaluate("window.hit") is None
    assert not page.failed
    assert not foreign(page, address)
    sources = page.eval_on_selector_all("img", "all => all.map(one => one.getAttribute('src'))")
    assert not [one for one in sources if "127.0.0.1:9" in one or one == "x"]
    links = page.eval_on_selector_all("a[href]", "all => all.map(one => one.href)")
    assert not [one for one in links if one.startswith("javascript")]


def test_planted_words_are_shown_as_words_in_every_view(page, address):
    page.on("dialog", lambda dialog: page.failed.append(dialog.message))
    opened(page, address, planted())
    settle(page, lambda now: coloured(now, palette.SIDE_COLOUR["your data"]) > 300)
    warning = page.locator("[data-testid=stAlert]").first
    for words in (NAMES[0], NAMES[1], NAMES[2], "![x](http", "[x](javascript:"):
        expect(warning).to_contain_text(words)
    main = page.locator("[data-testid=stMain]")
    for name in NAMES:
        expect(main.get_by_text(name.removeprefix("@@")[:20]).first).to_be_attached()
    box = page.locator(test_browser.MAP).first.bounding_box()
    for right in range(8):  # over lines and symbols, whatever tip they have
        page.mouse.move(box["x"] + box["width"] * (0.3 + right * 0.06), box["y"] + 220)
        page.wait_for_timeout(150)
    sound(page, address)
    for view in VIEWS[:2]:
        page.get_by_role("radio", name=view).or_(page.get_by_text(view, exact=True)).first.click()
        page.wait_for_timeout(2500)
        sound(page, address)
    page.get_by_role("button", name="What may I say?").click()
    expect(page.get_by_text("Credit line")).to_be_visible(timeout=60_000)
    sound(page, address)


def test_a_planted_scene_file_is_shown_as_words(page, address, catalogue):
    choices = to_query(default(catalogue.offer), catalogue.offer)
    made = [
        Scene(id=f"own-{at}", order=at, title=name, narration=name, question=name, choices=choices)
        for at, name in enumerate(NAMES)
    ]
    data = scenes.write(made, catalogue.offer).replace('"plan"', '"<img src=y>"', 1).encode()
    opened(page, address)
    page.get_by_role("button", name="Scenes").click()
    page.get_by_text("Your own scenes").first.click()
    file = {"name": NAMES[3].replace("/", "") + ".json", "mimeType": "application/json"}
    page.locator("[data-testid=stDialog] input[type=file]").set_input_files(
        {**file, "buffer": data}
    )
    expect(page.locator("[data-testid=stDialog] [data-testid=stAlert]").first).to_be_visible()
    for at, name in enumerate(NAMES, 1):  # listed in the same breath
        expect(page.get_by_text(f"{at}. {name}", exact=True)).to_be_visible()
    page.wait_for_timeout(1500)
    sound(page, address)


def test_a_planted_headline_does_not_run_in_the_svg(page, catalogue, first_screen, tmp_path):
    rings = tuple(own.ring(name, 20 + 4 * at, 45, 700, name) for at, name in enumerate(NAMES))
    laydown = resolve(catalogue, replace(first_screen, own=rings))
    order = figure.Order("16:9", "light", NAMES[2], NAMES[0])
    picture = figure.draw(laydown, compose(catalogue, laydown), [], order)
    path = tmp_path / "map.svg"
    path.write_bytes(picture.file("svg"))
    page.on("dialog", lambda dialog: page.failed.append(dialog.message))
    page.goto(path.as_uri())
    page.wait_for_timeout(500)
    assert page.evaluate("window.hit") is None
    assert page.asked == [path.as_uri()]
    assert not page.failed
    found = page.evaluate(
        "[...document.querySelectorAll('*')].map("
        "one => [one.localName, ...one.getAttributeNames()])"
    )
    assert not [names for names in found if names[0] in {"script", "foreignObject", "iframe"}]
    assert not [names for names in found if any(name.startswith("on") for name in names[1:])]
    assert NAMES[2] in re.sub(r"\s+", " ", page.evaluate("document.documentElement.textContent"))


def test_no_view_map_or_dialog_asks_anybody_else(page, address):
    opened(page, address)
    for view in VIEWS:
        page.locator("[data-testid=stButtonGroup] button", has_text=view).first.click()
        page.wait_for_timeout(1000)
        assert not foreign(page, address), view
    for button, words in DIALOGS.items():
        page.get_by_role("button", name=button, exact=True).click()
        expect(page.get_by_text(words).first).to_be_visible(timeout=60_000)
        assert not foreign(page, address), button
        page.get_by_role("dialog").get_by_role("button", name="Close").click()
        expect(page.get_by_role("dialog")).to_have_count(0)
    for query in ("projection=true-range&centre=20e45n", "view=present"):
        opened(page, address, query)
        page.wait_for_timeout(2500)
        assert not foreign(page, address), query
    assert len(page.asked) > 100
    assert any("/media/" in url for url in page.asked)
    assert not page.failed


AREA = {"type": "Polygon", "coordinates": [[[20, 40], [24, 40], [24, 44], [20, 44], [20, 40]]]}


def give(page: Page, name: str, data: bytes) -> None:
    page.locator("input[type=file]").first.set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": data}
    )


def test_a_file_that_is_too_large_is_refused_with_the_size_that_is_taken(page, address):
    opened(page, address)
    page.get_by_role("button", name="Your data").click()
    give(page, "large.csv", b"name,lon,lat,range_km\n" + b"A,46,38,500\n" * 600_000)
    expect(page.get_by_text(re.compile(r"5(\.0)? ?MB")).first).to_be_visible(timeout=30_000)
    page.reload()
    page.wait_for_selector(test_browser.MAP, timeout=60_000)
    page.get_by_role("button", name="Your data").click()
    give(page, "larger.csv", b"name,lon,lat,range_km\n" + b"A,46,38,500\n" * 250_000)
    expect(page.get_by_text("at most 2,000,000 are read")).to_be_visible(timeout=30_000)


def test_after_a_server_dies_a_link_brings_the_map_back_and_asks_for_the_file_again(page):
    feature = {"type": "Feature", "properties": {"name": "Area", "range_km": 300}, "geometry": AREA}
    data = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
    with started() as first:
        home = f"http://localhost:{first.port}"
        opened(page, home)
        switch(page, "Phase 2")
        page.get_by_role("button", name="Your data").click()
        give(page, "area.geojson", data)
        page.wait_for_url("**own=file.1**", timeout=30_000)
        link = page.url
        os.kill(first.pid, signal.SIGKILL)
        first.wait(20)
    with started(port=first.port):
        page.goto(link)
        page.wait_for_selector(test_browser.MAP, timeout=60_000)
        assert "phases=1.3.4" in page.url
        toggle = page.locator("[data-testid=stSidebar] label", has_text="Phase 2").first
        expect(toggle.locator("input")).not_to_be_checked()
        warning = page.locator("[data-testid=stAlert]").first
        expect(warning).to_contain_text("Add them again under “Your data”", timeout=30_000)


def test_one_reader_s_hostile_file_does_not_keep_another_waiting(page, address, chromium):
    opened(page, address)
    page.get_by_role("button", name="Your data").click()
    other = chromium.new_context(viewport={"width": 1280, "height": 800})
    tab = other.new_page()
    opened(tab, address)
    gone = coloured(settle(tab), palette.SIDE_COLOUR["NATO/US"]) - 100
    area = {"type": "Polygon", "coordinates": [[[0, 0], [5, 0], [5, 5], [0, 5], [0, 0]]]}
    feature = {"type": "Feature", "properties": {"name": "A", "range_km": 1}, "geometry": area}
    files = {
        "deep.csv": (b'{"a":' * 300_000, "is nested too deeply"),
        "bomb.geojson": (junk.bomb(), "UTF-8"),
        "endless.geojson": (json.dumps(feature).encode(), "times as long as their range"),
    }
    for at, (name, (data, words)) in enumerate(files.items()):
        give(page, name, data)
        expect(page.get_by_text(name).first).to_be_visible()
        began = time.monotonic()
        switch(tab, "Phase 2")
        wanted = "**phases=1.3.4**" if at % 2 == 0 else "**phases=1.2.3.4**"
        tab.wait_for_url(wanted, timeout=10_000)
        assert time.monotonic() - began < 5, name
        expect(page.get_by_text(words).first).to_be_visible(timeout=10_000)
    settle(tab, lambda now: coloured(now, palette.SIDE_COLOUR["NATO/US"]) < gone)
    assert not page.failed and not foreign(page, address)
    other.close()


def test_the_tip_over_a_planted_ring_is_text(page, address):
    page.on("dialog", lambda dialog: page.failed.append(dialog.message))
    rings = [own.ring(NAMES[0], 30, 45, 700, NAMES[2])]
    opened(page, address, f"show=none&phases=none&own={quote(own.to_code(rings) or '')}")
    settle(page, lambda now: coloured(now, palette.SIDE_COLOUR["your data"]) > 300)
    box = page.locator(test_browser.MAP).first.bounding_box()
    tip = page.locator(".deck-tooltip")
    for step in range(60):  # along a line that crosses the ring
        page.mouse.move(box["x"] + box["width"] * (0.2 + step * 0.01), box["y"] + 200)
        page.wait_for_timeout(60)
        if tip.count() and NAMES[0] in (tip.first.text_content() or ""):
            break
    expect(tip.first).to_contain_text(NAMES[0])
    assert tip.locator("img, svg, script, a").count() == 0
    sound(page, address)


def test_what_a_warning_quotes_is_neither_picture_address_nor_formula(page, address):
    bad = (
        *NAMES[3:],
        "https://example.org/a",
        "www.example.org",
        "a@example.org",
        "&lt;b&gt;",
        "a -> b",
    )
    opened(page, address, "&".join(f"{quote(key)}=1" for key in bad))
    alert = page.locator("[data-testid=stAlert]").first
    expect(alert).to_be_visible()
    said = (alert.text_content() or "").replace("\u2060", "")
    for key in bad:
        assert f"'{key[:39]}" in said, key
    drawn = (
        "a, img, svg:not([aria-hidden=true]), code, em, del, .katex, [data-testid=stIconMaterial]"
    )
    inside = alert.locator("[data-testid=stMarkdownContainer]")
    assert inside.locator(drawn).count() == 0
    sound(page, address)


def test_planted_rings_in_the_exported_page_are_text(chromium, catalogue, first_screen, tmp_path):
    rings = tuple(own.ring(name, 20 + 4 * at, 45, 700, name) for at, name in enumerate(NAMES))
    laydown = resolve(catalogue, replace(first_screen, own=rings))
    path = tmp_path / "map.html"
    path.write_text(standalone.page(catalogue, laydown, "https://x.example/"), "utf-8")
    context = chromium.new_context(offline=True)
    asked, failed = [], []
    context.on("request", lambda request: asked.append(request.url))
    tab = context.new_page()
    tab.on("dialog", lambda dialog: failed.append(dialog.message))
    tab.on("pageerror", lambda error: failed.append(str(error)))
    tab.goto(path.as_uri())
    tab.wait_for_selector("#map[data-painted]", timeout=60_000)
    assert tab.evaluate("window.hit") is None
    assert asked == [path.as_uri()] and not failed
    assert tab.locator("body img:not([src^='data:'])").count() == 0
    assert tab.locator("a[href^='javascript'], .katex").count() == 0
    words = re.sub(r"\s+", " ", tab.locator("main").text_content() or "")
    for name in NAMES:
        assert name in words
    context.close()
