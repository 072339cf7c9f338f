"""Names of places on the web map: their order, the sheet they are drawn on, the room they leave."""

import json
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from geo import basemap, borders, webmap
from geo.laydown import resolve
from geo.palette import rgb
from scripts import build_names, build_places

ROWS = basemap.place_names()
CELLS = basemap.asset(basemap.name_cells())
KINDS = ["mercator", "globe", "true-range", "equal-area"]


@pytest.fixture(scope="module")
def sheet():
    path = build_names.STATIC / basemap.name_sheet()
    with Image.open(path) as picture:
        return np.asarray(picture.convert("RGBA"))


def layers(laydown) -> dict:
    drawn = json.loads(webmap.deck(laydown).to_json())
    return {layer["id"]: layer for layer in drawn["layers"]}


def part(sheet, name):
    cell = CELLS[name]
    return sheet[cell["y"] : cell["y"] + cell["height"], cell["x"] : cell["x"] + cell["width"]]


def test_every_name_has_a_place_of_its_own_on_the_sheet(sheet):
    assert sorted(CELLS) == sorted(row["name"] for row in ROWS)
    taken = np.zeros(sheet.shape[:2], dtype=int)
    for row in ROWS:
        cell = CELLS[row["name"]]
        assert cell["height"] == row["px"] * build_names.SCALE
        part(taken, row["name"])[:] += 1
        assert part(taken, row["name"]).size == cell["width"] * cell["height"]  # none is cut
    assert taken.max() == 1
    assert not sheet[taken == 0][:, 3].any()  # between them there is nothing


def test_every_name_is_written_in_its_colour_and_a_capital_has_its_dot(sheet):
    for row in ROWS:
        ink = rgb(build_names.INK[row["kind"]])
        found = part(sheet, row["name"]).astype(int)
        written = (np.abs(found[..., :3] - ink).max(axis=2) < 25) & (found[..., 3] > 200)
        assert written.sum() > 20 * len(row["name"]), row
        down = CELLS[row["name"]]["anchorY"]
        middle = found.shape[1] // 2
        if row["kind"] == "capital":
            assert written[down - 2 : down + 2, middle - 2 : middle + 2].all(), row
            assert not written[down + 6 :].any()


def test_a_long_name_of_a_country_stands_in_two_lines():
    by_name = {row["name"]: build_names.lines(row) for row in ROWS}
    assert by_name["UNITED ARAB EMIRATES"] == ["UNITED ARAB", "EMIRATES"]
    assert by_name["BOSNIA AND HERZEGOVINA"] == ["BOSNIA AND", "HERZEGOVINA"]
    assert by_name["KAZAKHSTAN"] == ["KAZAKHSTAN"]
    assert by_name["Andorra la Vella"] == ["Andorra la Vella"]
    assert all(" ".join(lines) == name for name, lines in by_name.items())


def test_the_name_of_more_people_goes_first_and_a_capital_before_its_country(catalogue):
    rank = {row["name"]: row["rank"] for row in ROWS}
    assert rank["Rome"] > rank["Vatican City"]
    assert rank["Tehran"] > rank["Baghdad"] > rank["Kuwait City"]
    capital = {city.iso3: city.name for city in catalogue.cities if city.capital}
    named = {iso3: name.upper() for iso3, name in borders.names().items()}
    both = [iso3 for iso3 in capital if named.get(iso3) in rank]
    assert len(both) > 100
    for iso3 in both:
        assert rank[capital[iso3]] == rank[named[iso3]] + build_places.CAPITAL
    people = sorted((catalogue.people[iso3].people, rank[named[iso3]]) for iso3 in both)
    order = [place for _, place in people]
    assert order == sorted(order)
    assert max(rank.values()) < 1000  # what stands in front of all names has a thousand


@pytest.mark.parametrize("kind", KINDS)
def test_names_that_would_be_ghosts_are_not_drawn_and_the_others_lose_nothing(
    catalogue, first_screen, sheet, kind
):
    shown = layers(resolve(catalogue, replace(first_screen, projection=kind)))["places"]
    least = shown["alphaCutoff"]
    # of a name fades what is covered by others: below this share of it nothing is drawn
    assert 0.5 < least < build_names.HALO_ALPHA
    lost = sheet[(sheet[..., 3] > 0) & (sheet[..., 3] < 255 * least)]
    assert lost[:, :3].min() > 200  # of a whole name, the soft rim of its light edge alone
    assert shown["collisionTestProps"]["alphaCutoff"] == 0  # there a name is its whole room


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size_px", [(600, 560), (1100, 325)], ids=["usual", "low"])
def test_names_of_places_keep_off_symbols_and_labels_where_they_really_stand(
    catalogue, first_screen, kind, size_px
):
    shown = resolve(catalogue, replace(first_screen, projection=kind))
    drawn = json.loads(webmap.deck(shown, size_px).to_json())
    found = {layer["id"]: layer["data"] for layer in drawn["layers"]}
    room = [(row["at"], row["text"], row["anchor"], row["shift"]) for row in found["site-room"]]
    for row in found["site-labels"]:
        assert (row["at"], row["text"], row["anchor"], row["shift"]) in room
    for row in found["sites"]:
        assert (row["at"], "M", "middle", row["shift"]) in room or row["size"] < 22
    assert len(found["sites"]) >= 3


@pytest.mark.parametrize("kind", KINDS)
def test_rows_of_every_map_say_what_the_layer_asks(catalogue, first_screen, kind):
    layer = layers(resolve(catalogue, replace(first_screen, projection=kind)))["places"]
    rows = ROWS if isinstance(layer["data"], str) else layer["data"]
    assert len(rows) > 60
    for row in rows:
        assert row["name"] in CELLS
        assert {"at", "rank", "px"} <= row.keys()
    assert (layer["getSize"], layer["getCollisionPriority"]) == ("@@=px", "@@=rank")
