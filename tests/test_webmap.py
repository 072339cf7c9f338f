"""The deck: what travels to the browser."""

import json
from base64 import b64decode
from dataclasses import replace

import pytest
import shapely

from geo import (
    basemap,
    canvas,
    deck,
    legend,
    room,
    symbols,
    webmap,
)
from geo.framing import framed, mercator
from geo.laydown import resolve
from geo.scenario import FRAMINGS
from tests.decks import (
    OTHERS,
    STATIC,
    bytes_sent,
    layers,
    projected,
    spec,
)


def test_every_layer_has_an_id_and_the_deck_is_the_same_every_time(first_laydown):
    found = spec(first_laydown)
    ids = [layer["id"] for layer in found["layers"]]
    assert len(set(ids)) == len(ids) == 9
    assert webmap.deck(first_laydown).to_json() == webmap.deck(first_laydown).to_json()


def test_no_tiles_and_no_address_outside(first_laydown):
    text = webmap.deck(first_laydown).to_json()
    assert "http" not in text
    assert "carto" not in text.lower()
    assert spec(first_laydown).get("mapProvider") is None
    # Streamlit reads this sentinel as "no basemap"; any other style would be fetched
    assert spec(first_laydown)["mapStyle"] == "__MAP_STYLE__"


def test_borders_places_and_symbols_are_files_that_exist(first_laydown):
    found = layers(first_laydown)
    lines = found["edges"]["scenegraph"]
    for address in (
        lines,
        found["land"]["data"],
        found["places"]["data"],
        found["places"]["iconAtlas"],
        found["places"]["iconMapping"],
        found["sites"]["iconAtlas"],
    ):
        assert address.startswith("app/static/")
        assert (STATIC / address.removeprefix("app/static/")).is_file()


def test_the_sheet_of_symbols_is_the_one_the_legend_draws():
    assert (STATIC / symbols.symbol_sheet_name()).read_text() == symbols.symbol_sheet()


def test_the_de_facto_view_has_its_own_borders(catalogue, first_screen):
    shown = resolve(catalogue, replace(first_screen, borders="de-facto"))
    assert layers(shown)["land"]["data"].endswith(basemap.land("de-facto"))
    assert layers(shown)["edges"]["scenegraph"].endswith(basemap.edges("de-facto", "mercator"))


@pytest.mark.parametrize("projection", ["mercator", "true-range", "equal-area", "globe"])
def test_borders_are_drawn_once_as_a_mesh(catalogue, first_screen, projection):
    found = layers(resolve(catalogue, replace(first_screen, projection=projection)))
    assert not any(found[key]["stroked"] for key in ("land", "land-of-this-view") if key in found)
    mesh = found["edges"]["scenegraph"]
    if projection in {"mercator", "globe"}:
        assert mesh == f"app/static/{basemap.edges('de-jure', projection)}"
    else:
        assert b64decode(mesh.removeprefix("data:model/gltf-binary;base64,")).startswith(b"glTF")


def test_a_mesh_that_is_no_file_is_fetched_once(catalogue, first_screen):
    whole = webmap.deck(resolve(catalogue, replace(first_screen, projection="equal-area")))
    assert whole.standing["edges"] == whole.mesh
    light = whole.pointing({"edges": "media/1.bin"})
    (edges,) = [x for x in json.loads(light.to_json())["layers"] if x["id"] == "edges"]
    assert edges["scenegraph"] == "media/1.bin"
    assert light.mesh is None and "base64" not in light.to_json()
    assert whole.to_json().count("base64") == 1


def test_a_toggle_is_small(catalogue, first_screen, first_laydown):
    assert bytes_sent(first_laydown) < 15_000
    kaliningrad = frozenset({"iskander-m-reuters-2018", "s-400-ap-2012", "iran-limit-2017"})
    three = resolve(catalogue, replace(first_screen, figures=kaliningrad))
    assert bytes_sent(three) < 26_000


def test_what_is_drawn_strays_less_than_500_m_from_the_exact_ring(first_laydown):
    (ring,) = first_laydown.rings
    feature = layers(first_laydown)["reaches"]["data"]["features"][0]
    drawn = feature["geometry"]["coordinates"][0]
    exact, thin = ring.reach.exterior, shapely.LinearRing(drawn)
    # one degree of latitude is 111.3 km; of longitude less, so this bounds the ground distance
    assert shapely.hausdorff_distance(shapely.segmentize(exact, 0.01), thin) * 111_320 < 500
    assert all(round(value, 3) == value for point in drawn for value in point)


def test_no_ring_is_a_circle_that_deck_gl_draws(catalogue, first_screen):
    for kind in ("mercator", *OTHERS):
        shown = projected(catalogue, first_screen, kind, flat=True)
        assert not [key for layer in spec(shown)["layers"] for key in layer if "adius" in key]


def test_a_reach_that_crosses_the_antimeridian_is_filled_and_stroked_apart(catalogue, first_screen):
    shown = resolve(catalogue, replace(first_screen, figures=frozenset({"icbm-thielmann-2015"})))
    features = layers(shown)["reaches"]["data"]["features"]
    kinds = [feature["geometry"]["type"] for feature in features]
    assert any("Polygon" in kind for kind in kinds)
    assert any("LineString" in kind for kind in kinds)
    for feature in features:
        if "Polygon" in feature["geometry"]["type"]:
            assert feature["properties"]["line"] == [0, 0, 0, 0]


def test_labels_write_any_script(first_laydown):
    found = layers(first_laydown)
    assert found["site-labels"]["characterSet"] == "auto"
    assert "Kürecik" in json.dumps(found["site-labels"]["data"], ensure_ascii=False)


def test_tooltips_are_plain_text(first_laydown):
    # Streamlit escapes what it fills into a tooltip; deck.gl runs what begins with @@
    assert deck.plain("<b>@@=x</b>") == "<b>@@=x</b>"
    assert deck.plain("@@=alert(1)") == " @@=alert(1)"
    for site in layers(first_laydown)["sites"]["data"]:
        assert site["name"]


@pytest.mark.parametrize("framing", FRAMINGS)
def test_every_framing_fits_the_map(catalogue, first_screen, framing):
    shown = resolve(catalogue, replace(first_screen, framing=framing))
    camera, box = spec(shown)["initialViewState"], framed(shown)
    width_deg = canvas.WIDTH_PX * 360 / (512 * 2 ** camera["zoom"])
    height = canvas.HEIGHT_PX * 360 / (512 * 2 ** camera["zoom"])
    assert width_deg >= (box.east - box.west) - 0.1
    assert height >= mercator(box.north) - mercator(box.south) - 0.1


def test_labels_of_rings_stand_on_their_line_and_in_sight(first_laydown):
    framing = FRAMINGS[first_laydown.scenario.framing]
    (ring,) = first_laydown.rings
    lon, lat = room.label_place(ring.edges[0][1], framing, 0)
    assert framing.west < lon < framing.east
    assert framing.south < lat < framing.north
    assert ring.edges[0][1].distance(shapely.Point(lon, lat)) < 1e-9


def test_tinted_countries_are_an_expression_and_the_legend_names_each_tint(catalogue, first_screen):
    layers_on = frozenset({"nato-members", "eu-members"})
    shown = resolve(catalogue, replace(first_screen, layers=layers_on))
    land = layers(shown)["land"]
    colours = land["_subLayerProps"]["polygons-fill"]["getFillColor"]
    assert colours.startswith("@@=")
    for code in ("POL", "NOR", "IRL"):
        assert f"'{code}'" in colours
    assert land["updateTriggers"]["getFillColor"]
    labels = {entry.label for entry in legend.entries(shown)}
    assert {"Member of NATO only", "Member of the EU only", "Member of NATO and the EU"} <= labels
    one = resolve(catalogue, replace(first_screen, layers=frozenset({"nato-members"})))
    assert "Member of NATO" in {entry.label for entry in legend.entries(one)}


def test_a_country_named_in_part_is_tagged_so(catalogue, first_screen):
    named = replace(first_screen, framing="europe", layers=frozenset({"sectoral-proposal"}))
    shown = resolve(catalogue, named)
    tags = {tag.text for tag in legend.country_tags(shown)}
    assert tags == {"parts of Poland", "most of Norway", "most of Sweden", "most of Finland"}
    words = {row["text"] for row in layers(shown)["site-labels"]["data"]}
    assert tags <= words
    assert not legend.country_tags(resolve(catalogue, first_screen))
