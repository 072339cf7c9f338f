"""What a reader does beyond toggling, in a real browser: pick, add, quote, at night, on a phone."""

import io
import json
import re
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from matplotlib import image
from playwright.sync_api import Page, expect

from geo import own, palette
from tests import test_browser
from tests.test_browser import MAP, coloured, foreign, opened, settle

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

address, chromium, page = test_browser.address, test_browser.chromium, test_browser.page

HOSTILE = "@@=alert(1)<img src=x onerror=window.hit=1>"
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36"
#: Serious findings in elements that Streamlit draws and no setting of ours reaches.
FRAMEWORK = {"kbd"}  # the keys written on a button with a shortcut


def canvas_click(page: Page, right: float, down: float) -> None:
    """Click at a place of the map, as shares of its width and height."""
    box = page.locator(test_browser.MAP).first.bounding_box()
    x, y = box["x"] + box["width"] * right, box["y"] + box["height"] * down
    page.mouse.move(x - 4, y)
    page.mouse.move(x, y)
    page.wait_for_timeout(1500)  # the software renderer answers the hover first
    page.mouse.down()
    page.mouse.up()


def test_picking_a_site_lists_what_reaches_it_and_fades_nothing(page, address):
    before = settle(opened(page, address))
    canvas_click(page, 0.3545, 0.3915)  # Deveselu
    page.wait_for_url("**place=deveselu**", timeout=30_000)
    expect(page.get_by_role("heading", name="What reaches Aegis Ashore Deveselu")).to_be_visible()
    expect(page.get_by_text("Stated figures that reach").first).to_contain_text("Iranian")
    after = settle(page)
    red = palette.SIDE_COLOUR["Iran"]
    assert coloured(after, red) > 0.9 * coloured(before, red)
    assert coloured(after, palette.LAND, 4) > 0.9 * coloured(before, palette.LAND, 4)
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("heading", name="What reaches")).to_have_count(0)


def test_a_typed_ring_is_drawn_and_travels_in_the_link(page, address):
    opened(page, address)
    page.get_by_role("button", name="Your data").click()
    page.get_by_role("textbox", name="Name").fill("What if")
    page.get_by_role("textbox", name="Longitude").fill("20.5")
    page.get_by_role("textbox", name="Latitude").fill("94.7")
    page.get_by_role("textbox", name="Range in km").fill("600")
    page.get_by_role("button", name="Draw this ring").click()
    expect(
        page.get_by_text("Your ring: Latitude: “94.7” is not a number from -90 to 90")
    ).to_be_visible()
    page.get_by_role("textbox", name="Latitude").fill("54.7")
    page.get_by_role("button", name="Draw this ring").click()
    page.wait_for_url("**own=20.5e54.7n**", timeout=30_000)
    green = palette.SIDE_COLOUR["your data"]
    settle(page, lambda now: coloured(now, green) > 300)


def test_a_hostile_file_is_refused_in_words_and_a_hostile_name_is_only_text(page, address):
    opened(page, address)
    page.get_by_role("button", name="Your data").click()
    choose = page.locator(
        "[data-testid=stSidebar] input[type=file], [data-testid=stPopoverBody] input[type=file]"
    )
    choose.first.set_input_files(
        {"name": "bad.csv", "mimeType": "text/csv", "buffer": b"name,lon,lat,range_km\nA,1,99,5\n"}
    )
    expect(page.get_by_text("bad.csv: line 2: lat: “99”")).to_be_visible(timeout=30_000)
    point = {"type": "Point", "coordinates": [30, 45]}
    properties = {"name": HOSTILE[:60], "range_km": 700, "source": HOSTILE, "@@type": "X"}
    feature = {"type": "Feature", "properties": properties, "geometry": point}
    data = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
    choose.first.set_input_files(
        {"name": "evil.geojson", "mimeType": "application/geo+json", "buffer": data}
    )
    expect(page.get_by_role("button", name="Your data (1)")).to_be_visible(timeout=30_000)
    green = palette.SIDE_COLOUR["your data"]
    settle(page, lambda now: coloured(now, green) > 300)
    page.keyboard.press("Escape")
    canvas_click(page, 0.42, 0.375)  # its origin: the tip says the name as text
    assert page.evaluate("window.hit") is None
    expect(page.get_by_text("@@=alert(1)<img").first).to_be_attached()
    assert not page.failed
    assert not foreign(page, address)


def test_hostile_names_in_a_link_are_only_text(page, address):
    code = own.to_code(
        [own.ring(HOSTILE[:60], 30, 45, 700, "</script><script>window.hit=2</script>")]
    )
    opened(page, address, f"own={quote(code)}")
    green = palette.SIDE_COLOUR["your data"]
    settle(page, lambda now: coloured(now, green) > 300)
    expect(page.get_by_text("</script>").first).to_be_attached()
    assert page.evaluate("window.hit") is None
    assert not page.failed


def test_a_journalist_asks_what_may_be_said(page, address):
    opened(page, address)
    page.get_by_role("button", name="What may I say?").click()
    table = page.get_by_role("region", name="Published sentences about what is drawn")
    expect(table).to_be_visible(timeout=90_000)
    expect(table.get_by_text("DEPENDS").first).to_be_visible()
    assert not foreign(page, address)


def grown(page: Page) -> None:
    """Wait until nothing more comes to the page, whose parts are loaded as they are needed."""
    counts = [0]
    while counts[-1] < 200 or len(set(counts[-4:])) > 1:
        assert len(counts) < 120, f"after a minute the page is still growing: {counts[-5:]}"
        page.wait_for_timeout(500)
        counts.append(page.evaluate("document.querySelectorAll('*').length"))


@pytest.mark.parametrize(
    "query",
    [
        "place=KAZ&dossier=deveselu",
        "view=place&place=ROU",
        "view=compare",
        "view=claims",
        "view=timeline",
        "view=sources",
        "view=present",
    ],
)
def test_axe_finds_nothing_serious_of_ours(page, address, query):
    page.goto(f"{address}/?{query}")
    page.wait_for_selector("[data-test-script-state=notRunning] .stButton", timeout=60_000)
    grown(page)
    found = [
        (rule["id"], node["html"][:120])
        for rule in Axe().run(page).response["violations"]
        if rule["impact"] in {"serious", "critical"}
        for node in rule["nodes"]
        if node["html"].split(" ")[0].strip("<>") not in FRAMEWORK
    ]
    assert not found


def test_the_page_is_dark_where_the_reader_wants_it_and_the_map_stays_light(chromium, address):
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, color_scheme="dark")
    tab = context.new_page()
    picture = settle(opened(tab, address))
    ground = tab.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")
    assert ground == "rgb(22, 25, 28)"
    assert coloured(picture, palette.LAND, 4) > 30_000
    context.close()


def test_on_a_phone_the_map_begins_in_the_upper_half_and_the_page_does_not_scroll_sideways(
    chromium, address
):
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    tab = context.new_page()
    settle(opened(tab, address))
    box = tab.locator(test_browser.MAP).first.bounding_box()
    assert box["y"] < 844 / 2 and box["x"] >= 0 and box["x"] + box["width"] <= 390
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


def test_a_lecture_halls_small_screen_shows_the_whole_map_and_nothing_covers_the_tabs(
    chromium, address
):
    page = chromium.new_page(viewport={"width": 1280, "height": 720})
    opened(page, address)
    box = page.locator(".stDeckGlJsonChart").bounding_box()
    assert box["y"] + box["height"] <= 720
    page.get_by_text("Sources", exact=True).first.click()  # covered, it could not be clicked
    expect(page).to_have_url(re.compile("view=sources"))
    page.close()


def test_a_phone_shows_the_whole_of_the_first_ring(chromium, address):
    context = chromium.new_context(viewport={"width": 390, "height": 844}, user_agent=PHONE)
    tab = context.new_page()
    picture = settle(opened(tab, address))
    ring = palette.SIDE_COLOUR["Iran"]
    assert coloured(picture, ring) > 500
    for rim in (picture[:, :4], picture[:, -4:], picture[:4], picture[-4:]):
        assert coloured(rim, ring) == 0
    context.close()


def test_a_place_is_still_named_in_its_box_after_another_view(page, address):
    opened(page, address)

    def look(view: str) -> None:
        page.get_by_test_id("stMain").get_by_text(view, exact=True).first.click()

    look("Place")
    box = page.get_by_role("combobox", name="City, country or site")
    box.fill("Bucharest")
    page.get_by_role("option", name="Bucharest").first.click()
    expect(page.get_by_text("reach Bucharest").first).to_be_visible(timeout=60_000)
    look("Map")
    page.wait_for_url("**view=map**")
    look("Place")
    expect(page.get_by_text("reach Bucharest").first).to_be_visible(timeout=60_000)
    expect(box).to_have_value("Bucharest, Romania (capital)")


@pytest.mark.parametrize(("width", "least"), [(1280, 800), (390, 340)])
def test_a_list_of_figures_is_wide_enough_to_say_whose_each_is(page, address, width, least):
    page.set_viewport_size({"width": width, "height": 800})
    opened(page, address)
    if width < 640:
        page.get_by_test_id("stExpandSidebarButton").click()
    box = page.locator(".st-key-figures-iran input")
    box.scroll_into_view_if_needed()
    box.click()
    box.press("ArrowDown")
    lines = page.get_by_role("option", name="declared by Iran (General M. A. Jafari")
    expect(lines.first).to_be_visible(timeout=30_000)
    room = page.get_by_test_id("stMultiSelectDropdown").bounding_box()
    assert room["width"] >= least
    assert room["x"] >= 0 and room["x"] + room["width"] <= width


def test_what_the_pointer_reads_near_a_rim_is_shown_whole(page, address):
    page.set_viewport_size({"width": 1280, "height": 800})
    settle(opened(page, address, "view=compare"))
    box = page.locator(MAP).first.bounding_box()
    tip = page.locator(".deck-tooltip").first
    for right in range(60, 150, 6):  # inwards, until the ring is met
        page.mouse.move(box["x"] + box["width"] - right, box["y"] + 200)
        page.wait_for_timeout(80)
        if "range limit" in (tip.text_content() or ""):
            break
    expect(tip).to_contain_text("declared range limit")
    read = tip.bounding_box()
    assert read["x"] + read["width"] > box["x"] + box["width"]  # it reaches over the rim
    rim = {"x": read["x"] + read["width"] - 6, "y": read["y"] + 8, "width": 3, "height": 8}
    seen = image.imread(io.BytesIO(page.screenshot(clip=rim)))[:, :, :3]
    assert coloured((seen * 255).round(), palette.TOOLTIP["backgroundColor"]) == seen[..., 0].size
    main = page.get_by_test_id("stMain")
    assert main.evaluate("part => getComputedStyle(part).overflowX") == "hidden"  # nothing slides


def test_a_scene_added_is_listed_at_once_in_the_window_that_stays(page, address):
    settle(opened(page, address))
    page.get_by_role("button", name="Scenes", exact=True).click()
    window = page.get_by_role("dialog")
    window.get_by_text("Your own scenes").first.click()
    window.get_by_text("Add the map as it is now").click()
    title = window.get_by_label("Title")
    title.fill("<b>Mine</b>")
    window.get_by_role("button", name="Add scene").click()
    expect(window.get_by_text("“<b>Mine</b>” is scene 1 of your own")).to_be_visible()
    expect(window.get_by_text("1. <b>Mine</b>", exact=True)).to_be_visible()
    title.fill(" ")
    window.get_by_role("button", name="Add scene").click()
    expect(window.get_by_text("the title of the scene is empty")).to_be_visible()
    expect(window.get_by_role("button", name="Remove")).to_have_count(1)
