"""The exported page in a browser with no network: painted, its toggles work, it asks nobody."""

import base64
import dataclasses
import io
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from matplotlib import image
from playwright.sync_api import Browser, Locator, Page, expect

from geo import files, palette, standalone
from geo.catalogue import Catalogue, load
from geo.laydown import resolve
from tests import test_browser
from tests.test_browser import coloured

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

chromium = test_browser.chromium
HOSTILE = (
    "<script>hit=1</script></script><img src=x onerror=hit=2>]]>--><!-- {{ 7*7 }}&lt;b&gt;\u2028",
    "@@=alert(1)",  # what pydeck's own page would run
)


@pytest.fixture
def opened(chromium: Browser, tmp_path: Path) -> Callable[[str], Page]:
    """Give a way to open a page from a file, with the network off."""
    contexts = []

    def open_page(text: str, width: int = 1180) -> Page:
        path = tmp_path / "map.html"
        path.write_text(text, encoding="utf-8")
        context = chromium.new_context(viewport={"width": width, "height": 900}, offline=True)
        contexts.append(context)
        tab = context.new_page()
        tab.asked, tab.failed = [], []
        tab.on("request", lambda request: tab.asked.append(request.url))
        tab.on("pageerror", lambda error: tab.failed.append(str(error)))
        tab.on(
            "console",
            lambda said: (
                tab.failed.append(said.text) if said.type in {"error", "warning"} else None
            ),
        )
        tab.goto(path.as_uri())
        tab.wait_for_selector("#map[data-painted]", timeout=60_000)
        assert tab.asked == [path.as_uri()]
        return tab

    yield open_page
    for context in contexts:
        context.close()


def settle(page: Page, when: Callable[[np.ndarray], bool]) -> np.ndarray:
    """Wait until the map shows what is asked for, and return its pixels."""
    for _ in range(100):
        page.wait_for_timeout(200)
        data = page.evaluate("document.querySelector('#map canvas').toDataURL()")
        picture = image.imread(io.BytesIO(base64.b64decode(data.split(",")[1])))
        now = (picture[:, :, :3] * 255).round().astype(int)
        if when(now):
            return now
    msg = "the map did not come to show what was asked for"
    raise AssertionError(msg)


def painted(picture: np.ndarray) -> bool:
    return (
        coloured(picture, palette.SIDE_COLOUR["Iran"]) > 500
        and coloured(picture, palette.SIDE_COLOUR["NATO/US"]) > 500
    )


def toggle(page: Page, number: int) -> Locator:
    return page.get_by_role("checkbox", name=f"Phase {number}")


@pytest.mark.parametrize("kind", ["mercator", "true-range", "equal-area", "globe"])
def test_each_map_is_painted_and_asks_nobody(catalogue, opened, kind):
    scenario = files.asked(catalogue, f"?projection={kind}&centre=iran")[0]
    page = opened(standalone.page(catalogue, resolve(catalogue, scenario)))
    settle(page, painted)
    assert page.failed == []
    assert len(page.asked) == 1


def test_names_in_a_reach_have_their_light_edge(catalogue, first_laydown, opened):
    page = opened(standalone.page(catalogue, first_laydown))
    picture = settle(page, painted)
    tall, wide = picture.shape[:2]
    inside = picture[int(tall * 0.4) : int(tall * 0.6), int(wide * 0.55) : int(wide * 0.9)]
    # a sheet whose colours count as multiplied by their opacity has grey edges: 74 such pixels
    assert (inside.min(axis=2) >= 245).sum() > 150


def test_toggles_change_marks_legend_and_sentence(catalogue, first_laydown, opened):
    page = opened(standalone.page(catalogue, first_laydown))
    before = settle(page, painted)
    colour = palette.SIDE_COLOUR["NATO/US"]
    blue = coloured(before, colour)
    cancelled = page.locator("#legend .line", has_text="Proposed site, cancelled")
    expect(cancelled).to_have_count(1)
    toggle(page, 4).uncheck()
    expect(cancelled).to_have_count(0)
    for number in (1, 2, 3):
        toggle(page, number).uncheck()
    expect(page.locator("#sentence")).to_contain_text("no site is drawn")
    settle(page, lambda now: coloured(now, colour) < blue / 10)
    toggle(page, 2).check()
    expect(page.locator("#sentence")).to_contain_text("phase 2 in service")
    expect(page.locator("#legend .line", has_text="Interceptor site")).to_have_count(1)
    assert "phases=2&" in page.locator("#link").text_content()
    settle(page, lambda now: coloured(now, colour) > blue / 20)
    assert page.failed == []
    assert len(page.asked) == 1


def test_keys_and_buttons_work(catalogue, first_laydown, opened):
    page = opened(standalone.page(catalogue, first_laydown))
    ring = coloured(settle(page, painted), palette.SIDE_COLOUR["Iran"])
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(toggle(page, 1)).not_to_be_checked()
    for _ in range(5):  # the ring and its words are out of sight then
        page.get_by_role("button", name="Zoom in").click()
    settle(page, lambda now: coloured(now, palette.SIDE_COLOUR["Iran"]) < ring / 2)
    page.get_by_role("button", name="Show the whole map again").click()
    settle(page, lambda now: coloured(now, palette.SIDE_COLOUR["Iran"]) > ring * 0.8)
    assert page.failed == []


def test_a_narrow_page_keeps_its_map_whole_and_prints_it_undistorted(
    catalogue, first_laydown, opened
):
    page = opened(standalone.page(catalogue, first_laydown), 400)
    settle(page, lambda now: coloured(now, palette.SIDE_COLOUR["Iran"]) > 200)
    wide = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide[0] <= wide[1]
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("#sources li").first).to_be_visible()
    expect(page.locator(".zoom")).to_be_hidden()
    drawn, shown = page.evaluate(
        "(one => [one.width / one.height, one.clientWidth / one.clientHeight])"
        "(document.querySelector('#map canvas'))"
    )
    assert shown == pytest.approx(drawn, rel=0.02)


def doctored(words: str) -> Catalogue:
    """Return the catalogue with hostile words wherever a page shows any."""
    found = load()
    sites = {
        key: site.model_copy(update={"name": words, "label": None})
        for key, site in found.sites.items()
    }
    systems = {
        key: system.model_copy(
            update={
                "name": words,
                "figures": tuple(
                    figure.model_copy(update={"by": words, "note": words})
                    for figure in system.figures
                ),
            }
        )
        for key, system in found.systems.items()
    }
    sources = {
        key: source.model_copy(
            update={"title": words, "publisher": words, "url": "javascript:window.hit=3"}
        )
        for key, source in found.sources.items()
    }
    return dataclasses.replace(found, sites=sites, systems=systems, sources=sources)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_names_are_shown_as_text_and_nothing_runs(opened, words):
    catalogue = doctored(words)
    laydown = resolve(catalogue, files.asked(catalogue, "?v=2026.11")[0])
    page = opened(standalone.page(catalogue, laydown, 'https://x.example/"><script>hit=4</script>'))
    settle(page, painted)
    toggle(page, 4).uncheck()
    box = page.locator("#map").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.6)
    expect(page.locator(".deck-tooltip")).to_contain_text(words.split("\u2028")[0])
    page.locator("summary").click()
    assert page.evaluate("window.hit") is None
    assert page.locator("script").count() == 3
    assert page.locator("body img:not([src^='data:'])").count() == 0
    assert page.locator("a[href^='javascript']").count() == 0
    shown = re.sub(r"\s+", " ", page.locator("main").text_content())
    assert re.sub(r"\s+", " ", words) in shown
    assert page.failed == []
    assert len(page.asked) == 1


def test_a_planted_script_would_not_run_even_if_it_got_in(catalogue, first_laydown, opened):
    text = standalone.page(catalogue, first_laydown)
    page = opened(text.replace("</main>", "<script>window.hit = 1</script></main>"))
    assert page.evaluate("window.hit") is None
    assert any("Content Security Policy" in line for line in page.failed)


def test_the_page_works_inside_another(catalogue, first_laydown, chromium, tmp_path):
    (tmp_path / "map.html").write_text(standalone.page(catalogue, first_laydown), "utf-8")
    outer = tmp_path / "article.html"
    outer.write_text(f"<!DOCTYPE html><title>a</title>{standalone.iframe('Map')}", "utf-8")
    context = chromium.new_context(viewport={"width": 1180, "height": 900}, offline=True)
    page = context.new_page()
    page.goto(outer.as_uri())
    page.frame_locator("iframe").locator("#map[data-painted]").wait_for(timeout=60_000)
    context.close()
