"""The page in a real browser: painted, changed by a toggle, restored by a link, asking nobody."""

import base64
import io
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import parse_qs, urlparse, urlsplit

import numpy as np
import pytest
from matplotlib import colors, image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from geo import palette
from tests.conftest import CHROMIUM
from ui.drawing import KEY_PX

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

ROOT = Path(__file__).parent.parent
#: WebGL without a graphics card, and none of the browser's own errands.
FLAGS = [
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
MAP = "[data-testid=stDeckGlJsonChart] canvas"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Start the app as a reader does, and stop it."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": ""},
    )
    try:
        for _ in range(120):
            with closing(socket.socket()) as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.25)
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """Give a tab that remembers every request and every error."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    tab = context.new_page()
    tab.asked = []
    tab.failed = []
    tab.on("request", lambda request: tab.asked.append(request.url))
    tab.on("websocket", lambda sock: tab.asked.append(sock.url))
    tab.on("pageerror", lambda error: tab.failed.append(str(error)))
    yield tab
    context.close()


def opened(page: Page, address: str, query: str = "") -> Page:
    page.goto(f"{address}/?{query}")
    page.wait_for_selector(MAP, timeout=60_000)
    return page


def settle(page: Page, when: Callable[[np.ndarray], bool] | None = None) -> np.ndarray:
    """Wait until the map shows land and what is asked for, and two looks agree; return its pixels.

    A slow machine may still show the old map, so a change is waited for, not assumed.
    """
    last = np.zeros((0, 0, 3), dtype=int)
    for _ in range(200):
        page.wait_for_timeout(300)
        now = pixels(page)
        # a software renderer dithers a few pixels
        rests = now.shape == last.shape and np.abs(now - last).mean() < 0.1
        if rests and coloured(now, palette.LAND, 4) > 10_000 and (when is None or when(now)):
            return now
        last = now
    msg = "the map did not come to show what was asked for"
    raise AssertionError(msg)


def pixels(page: Page) -> np.ndarray:
    """Read the map's own canvas: what the reader sees, without waiting for a screenshot."""
    # a map that changes may be another element: the locator waits until it stands
    data = page.locator(MAP).first.evaluate("canvas => canvas.toDataURL()")
    picture = image.imread(io.BytesIO(base64.b64decode(data.split(",")[1])))
    return (picture[:, :, :3] * 255).round().astype(int)


def coloured(picture: np.ndarray, colour: str, within: int = 24) -> int:
    """Count the pixels near a colour."""
    wanted = (np.array(colors.to_rgb(colour)) * 255).round()
    return int((np.abs(picture - wanted).max(axis=2) <= within).sum())


def switch(page: Page, label: str) -> None:
    page.locator("[data-testid=stSidebar] label", has_text=label).first.click()


def test_the_map_is_painted_with_land_sea_sites_and_ring(page, address):
    picture = settle(opened(page, address))
    assert coloured(picture, palette.SIDE_COLOUR["Iran"]) > 800  # the line of the ring
    assert coloured(picture, palette.SIDE_COLOUR["NATO/US"]) > 800  # symbols
    assert coloured(picture, palette.LAND, 4) > 30_000
    assert coloured(picture, palette.SEA, 4) > 20_000
    assert not page.failed


def test_no_request_goes_anywhere_but_this_machine(page, address):
    opened(page, address)
    page.get_by_role("button", name="Picture").click()
    page.get_by_text("Download the picture").wait_for(timeout=60_000)
    assert len(page.asked) > 10
    hosts = {urlparse(url).hostname for url in page.asked if url.startswith(("http", "ws"))}
    assert hosts == {"localhost"}


def test_a_toggle_changes_the_map_and_asks_for_no_file(page, address):
    before = settle(opened(page, address))
    borders = [url for url in page.asked if "basemap" in url]
    assert len(borders) == 1
    blue = palette.SIDE_COLOUR["NATO/US"]
    fewer = coloured(before, blue) - 100
    switch(page, "Phase 2")
    after = settle(page, lambda now: coloured(now, blue) < fewer)  # Deveselu is gone
    assert len([url for url in page.asked if "basemap" in url]) == 1
    changed = (np.abs(after - before).max(axis=2) > 30).mean()
    assert 0 < changed < 0.05  # and the camera stayed put
    switch(page, "Phase 2")
    settle(page, lambda now: np.abs(now - before).max(axis=2).mean() < 0.5)  # and back


def test_what_waits_for_an_answer_does_not_fade(page, address):
    """Each fade is a part of the page painted by itself, before the map gets its turn."""
    settle(opened(page, address))
    seen = page.locator("[data-testid=stElementContainer][data-stale=false]").first.evaluate(
        """part => {
            // as Streamlit does to a part of the page that waits
            part.dataset.stale = 'true';
            part.style.cssText += ';opacity:0.33;transition:opacity 1s ease-in 0.5s';
            const {opacity, transitionDuration} = getComputedStyle(part);
            return {opacity, transitionDuration};
        }"""
    )
    assert seen["opacity"] == "1" and set(seen["transitionDuration"].split(", ")) == {"0s"}


def test_a_copied_link_restores_everything_in_another_browser(page, address, chromium):
    first = settle(opened(page, address))
    switch(page, "Phase 2")
    page.wait_for_url("**phases=1.3.4**")
    page.get_by_text("As planned in 2009").click()
    page.wait_for_url("**plan=planned**")
    page.get_by_role("button", name="Link").click()
    link = page.locator("[data-testid=stCode]").inner_text().strip()
    gone = palette.SIDE_COLOUR["NATO/US"]
    full = coloured(first, gone)
    mine = settle(page, lambda now: coloured(now, gone) < full)
    other = chromium.new_context(viewport={"width": 1280, "height": 800}).new_page()
    other.goto(link)
    other.wait_for_selector(MAP, timeout=60_000)
    settle(other, lambda now: np.abs(now - mine).max(axis=2).mean() < 0.5)
    expect(other.get_by_role("switch", name="Phase 2")).not_to_be_checked()
    expect(other.get_by_text("as planned in September 2009").first).to_be_visible()
    assert not other.get_by_text("The link").count()
    other.context.close()


def test_the_back_button_goes_back(page, address):
    opened(page, address)
    switch(page, "Phase 2")
    page.wait_for_url("**phases=1.3.4**")
    switch(page, "Phase 1")
    page.wait_for_url("**phases=3.4**")
    page.go_back()
    expect(page.get_by_role("switch", name="Phase 1")).to_be_checked(timeout=10_000)
    expect(page.get_by_role("switch", name="Phase 2")).not_to_be_checked()


def test_a_scene_can_be_chosen_and_read_out(page, address):
    opened(page, address)
    page.get_by_role("button", name="Scenes").click()
    page.get_by_role("button", name="Show this scene").first.click()
    page.wait_for_url("**layers=third-site**")
    expect(page.get_by_text("ten interceptors (GBI) at Redzikowo").first).to_be_visible()
    settle(page, lambda now: coloured(now, palette.SIDE_COLOUR["Iran"], 8) == 0)  # no ring left


def test_names_outside_ascii_are_written_and_the_legend_has_its_symbols(page, address):
    opened(page, address)
    swatches = page.locator(".atlas img")
    assert swatches.count() == 6
    widths = swatches.evaluate_all("all => all.map(img => img.naturalWidth)")
    assert all(width > 0 for width in widths)
    for text in ("Sources:", "Borders: Natural Earth", "Mercator projection", "data edition"):
        expect(page.get_by_text(text).first).to_be_attached()


def test_a_link_with_a_mistake_is_answered_on_the_page(page, address):
    opened(page, address, "phases=1.7&date=soon")
    expect(page.get_by_text("phases=7 is not a choice")).to_be_visible()
    expect(page.get_by_text("date=soon is not a choice")).to_be_visible()


def foreign(page: Page, address: str) -> list[str]:
    """Requests to anywhere but the page's own server."""
    here = urlparse(address).netloc
    return [
        url
        for url in page.asked
        if urlparse(url).scheme not in {"data", "blob"} and urlparse(url).netloc != here
    ]


def test_a_student_reads_the_table_asks_a_place_and_compares(page, address):
    opened(page, address, "iran=tabriz")
    table = page.get_by_role("region", name="Countries within reach")
    expect(table.get_by_role("row", name="Greece · NATO")).to_contain_text("33.1 %", timeout=60_000)
    with page.expect_download() as caught:
        page.get_by_role("button", name="Table as CSV").click()
    text = Path(caught.value.path()).read_text(encoding="utf-8")
    assert text.startswith("iso3,name,area_share,area_km2,people")
    assert caught.value.suggested_filename.endswith(".csv")
    page.get_by_role("radio", name="Place", exact=True).click()
    page.get_by_role("textbox", name="Or longitude, latitude").fill("26.1, 44.4")
    page.keyboard.press("Enter")
    expect(page.get_by_text("figures of Iranian systems reach 44.4° N, 26.1° E")).to_be_visible(
        timeout=60_000
    )
    assert "place=26.1e44.4n" in page.url
    page.get_by_role("radio", name="Compare", exact=True).click()
    expect(page.get_by_test_id("stDeckGlJsonChart")).to_have_count(2, timeout=90_000)
    differs = page.get_by_role("region", name="Countries whose share within reach differs")
    expect(differs.get_by_role("row", name="Greece · NATO")).to_contain_text(
        "+62.4", timeout=90_000
    )
    assert not foreign(page, address)
    assert not page.failed


def test_a_lecturer_presents_with_the_arrow_keys_and_nothing_else_in_sight(page, address):
    page.set_viewport_size({"width": 1280, "height": 720})
    opened(page, address)
    page.get_by_role("button", name="Present").click()
    expect(page.get_by_test_id("stSidebar")).to_have_count(0, timeout=60_000)
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("Scene 1 of 12")).to_be_visible(timeout=60_000)
    first = page.get_by_role("heading", level=1).inner_text()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("Scene 2 of 12")).to_be_visible(timeout=60_000)
    assert page.get_by_role("heading", level=1).inner_text() != first
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_text("Scene 1 of 12")).to_be_visible(timeout=60_000)
    # type for the back row, and the buttons in sight without scrolling
    sizes = page.eval_on_selector_all(
        "[data-testid=stHtml] :is(p:not(.atlas-stated), h1)",
        "all => all.map(one => parseFloat(getComputedStyle(one).fontSize))",
    )
    assert sizes and min(sizes) >= 28
    # the key stands whole on the map, in the same type
    key = page.locator(".atlas-key")
    expect(key).to_contain_text("Proposed site")
    size = key.locator(".line").first.evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
    assert size >= 28
    on_map, inside = page.locator(".st-key-present-map").bounding_box(), key.bounding_box()
    assert on_map["y"] <= inside["y"] and on_map["x"] <= inside["x"]
    assert inside["y"] + inside["height"] <= on_map["y"] + on_map["height"] + 1
    assert inside["width"] <= KEY_PX + 1
    # also while the pointer, which has just pressed a button there, is on the map
    page.mouse.move(on_map["x"] + on_map["width"] / 2, on_map["y"] + on_map["height"] / 2)
    level = "one => Number(getComputedStyle(one).zIndex)"
    under = page.locator(".st-key-present-map .stDeckGlJsonChart").evaluate(level)
    assert key.evaluate(f"one => ({level})(one.closest('.st-key-present-maps > *'))") > under
    small, large = (page.locator(f".st-key-{name}-map") for name in ("present", "present-large"))
    expect(small).to_be_visible()
    expect(large).to_be_hidden()
    # smaller, for who quotes it, whose figures are drawn
    expect(page.locator(".atlas-stated")).to_be_visible()
    page.set_viewport_size({"width": 1366, "height": 768})  # what is to spare goes to the map
    taller = small.bounding_box()["height"] - on_map["height"]
    assert taller == 768 - 720
    for height in (720, 940, 1080):  # a laptop; a projector, with a browser's bars and without
        page.set_viewport_size({"width": 1280 if height == 720 else 1920, "height": height})
        expect(small if height == 720 else large).to_be_visible()
        expect(large if height == 720 else small).to_be_hidden()
        bottom = page.get_by_role("button", name="Close").bounding_box()
        assert bottom["y"] + bottom["height"] <= height
    assert large.bounding_box()["height"] == 650
    page.set_viewport_size({"width": 1280, "height": 720})
    page.keyboard.press("Escape")
    expect(page.get_by_role("radio", name="Map", exact=True)).to_be_visible(timeout=60_000)
    assert "view=map" in page.url
    # the choices at the side are those of the map that stays
    asked = parse_qs(urlsplit(page.url).query)
    for number in (1, 2, 3, 4):
        box = page.locator(f".st-key-phase{number} input")
        expect(box).to_be_checked(checked=str(number) in asked["phases"][0])
    year = page.get_by_role("spinbutton", name="year, As of")
    expect(year).to_have_text(asked["date"][0][:4])
    assert not foreign(page, address)
    assert not page.failed
