"""The picture of the first screen's map: kept for this very map, shown before the chart is."""

import re
from dataclasses import replace

import pytest
from PIL import Image

from geo import webmap
from geo.laydown import resolve
from geo.scenario import default
from scripts import build_posters
from tests.opened import opened, pressed, tables
from ui import poster
from ui.drawing import MAP_PX

HELD = re.compile(r"first-(?:wide|phone)-\w{8}\.webp")


def kept(catalogue) -> dict[str, str]:
    laydown = resolve(catalogue, default(catalogue.offer))
    sizes = build_posters.SIZE_PX.items()
    return {screen: poster.name(webmap.deck(laydown, size), screen) for screen, size in sizes}


def test_pictures_are_kept_of_the_first_screen_as_it_is_and_of_nothing_else(catalogue):
    here = {path.name for path in poster.FOLDER.glob("first-*")}
    assert here == set(kept(catalogue).values()), "run python scripts/build_posters.py"


@pytest.mark.parametrize("screen", poster.SCALE)
def test_a_picture_is_as_wide_as_the_map_has_land_and_sea_on_both_sides(catalogue, screen):
    size = build_posters.SIZE_PX[screen]
    camera = webmap.deck(resolve(catalogue, default(catalogue.offer)), size).initial_view_state
    picture = Image.open(poster.FOLDER / kept(catalogue)[screen])
    wide, tall = (px / poster.SCALE[screen] for px in picture.size)
    assert tall == size[1]
    to_the_seam = (180 - camera.longitude) / 360 * 512 * 2**camera.zoom
    assert to_the_seam - 3 < wide / 2 < to_the_seam
    middle = picture.convert("RGBA").crop((0, tall // 2, picture.width, tall // 2 + 1))
    assert middle.getextrema()[3] == (255, 255)  # both ends too


def test_another_map_has_another_name(catalogue, first_screen):
    names = {
        poster.name(webmap.deck(resolve(catalogue, scenario), MAP_PX), "wide")
        for scenario in (
            first_screen,
            replace(first_screen, phases=frozenset({1})),
            replace(first_screen, borders="de-facto"),
            replace(first_screen, framing="europe"),
        )
    }
    assert len(names) == 4


def test_it_is_shown_where_the_chart_comes_and_not_once_the_chart_stands(catalogue):
    page = opened()
    (name,) = set(HELD.findall(tables(page)))
    assert name == kept(catalogue)["wide"]
    assert ".st-key-map{background:" in tables(page)
    page.toggle(key="phase2").set_value(False).run()
    assert not HELD.search(tables(page))
    page.toggle(key="phase2").set_value(True).run()
    assert not HELD.search(tables(page))  # it would only lie under the live map


def test_it_is_shown_again_when_the_chart_was_away(catalogue):
    page = pressed(opened(), "Present")
    assert not HELD.search(tables(page))
    assert set(HELD.findall(tables(pressed(page, "Close")))) == {kept(catalogue)["wide"]}
    page.session_state["view"] = "sources"
    assert not HELD.search(tables(page.run()))
    page.session_state["view"] = "map"
    assert set(HELD.findall(tables(page.run()))) == {kept(catalogue)["wide"]}


@pytest.mark.parametrize(
    "query", [{"phases": "1"}, {"projection": "globe"}, {"borders": "de-facto"}, {"show": "none"}]
)
def test_no_picture_stands_in_for_another_map(query):
    page = opened(**query)
    assert poster.NONE in tables(page)
    assert not HELD.search(tables(page))


def test_without_the_files_the_page_is_as_it_was(catalogue, monkeypatch, tmp_path):
    monkeypatch.setattr(poster, "FOLDER", tmp_path)
    page = opened()
    assert poster.NONE in tables(page)
    assert not page.exception
