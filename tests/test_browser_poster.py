"""The picture that stands where the live map will, in a real browser."""

import io

import numpy as np
import pytest
from matplotlib import image
from playwright.sync_api import Page

from tests import test_browser
from tests.test_browser import MAP, settle, switch

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

address, chromium, page = test_browser.address, test_browser.chromium, test_browser.page

PLACE = ".st-key-map"
SHOWN = f"getComputedStyle(document.querySelector('{PLACE}')).backgroundImage"


def seen(page: Page) -> np.ndarray:
    """What a reader sees where the map is, each four by four pixels as one.

    The middle of the map may lie between two pixels, and the picture's at one: half a pixel is no
    difference.
    """
    shot = page.screenshot(clip=page.locator(PLACE).bounding_box())
    picture = image.imread(io.BytesIO(shot))[..., :3] * 255
    tall, wide = (size // 4 for size in picture.shape[:2])
    return picture[: tall * 4, : wide * 4].reshape(tall, 4, wide, 4, 3).mean((1, 3))


def unlike(one: np.ndarray, other: np.ndarray) -> float:
    """Share of what differs to the eye."""
    return float((np.abs(one - other).max(axis=2) > 25).mean())


def test_the_picture_is_the_live_map_and_stands_until_that_is_drawn(page, address):
    held = []
    # the map's code does not come yet
    page.route("**/DeckGlJsonChart*.js", lambda route: held.append(route))  # noqa: PLW0108 - playwright sets an attribute of its handlers, and a built-in method takes none
    page.goto(address)
    page.wait_for_selector(PLACE)
    page.wait_for_function(f"{SHOWN}.includes('/first-wide-')")
    page.wait_for_function(
        "performance.getEntriesByType('resource')"
        ".some(one => one.name.includes('/first-wide-') && one.responseStatus == 200)"
    )
    page.wait_for_timeout(2000)
    assert not page.locator(MAP).count()
    before = seen(page)
    assert np.ptp(before.reshape(-1, 3), axis=0).min() > 100  # a map, no empty place
    for route in held:
        route.continue_()
    page.wait_for_selector(MAP, timeout=60_000)
    settle(page)
    after = seen(page)
    assert unlike(before, after) < 0.02, "run python scripts/build_posters.py"
    assert unlike(before[:, 2:], after[:, :-2]) > 0.05  # a shift would be seen
    switch(page, "Phase 2")
    page.wait_for_function(f"{SHOWN} == 'none'")
    assert not page.failed


def test_a_phone_has_a_picture_of_its_own_map(chromium, address):
    context = chromium.new_context(
        viewport={"width": 390, "height": 844},
        user_agent="Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130 Mobile Safari",
    )
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector(PLACE)
    page.wait_for_function(f"{SHOWN}.includes('/first-phone-')")
    context.close()


def test_it_goes_by_itself_so_that_nothing_of_it_shows_beyond_the_map_s_end(page, address):
    settle(test_browser.opened(page, address))
    assert "/first-wide-" in page.evaluate(SHOWN)
    page.evaluate("document.getAnimations().forEach(one => one.finish())")
    assert page.evaluate(SHOWN) == "none"
