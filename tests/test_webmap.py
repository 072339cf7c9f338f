"""The deck: what travels to the browser."""

import json
from base64 import b64decode
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely
from streamlit.testing.v1 import AppTest

from geo import (
    basemap,
    borders,
    canvas,
    deck,
    flatness,
    geodesy,
    legend,
    palette,
    projection,
    room,
    shapes,
    symbols,
    webmap,
)
from geo.errors import BordersError
from geo.framing import framed, mercator
from geo.laydown import resolve
from geo.link import parse
from geo.scenario import FRAMINGS
from ui import drawing

STATIC = Path(__file__).parent.parent / "static"


def spec(laydown) -> dict:
    return json.loads(webmap.deck(laydown).to_json())


def bytes_sent(laydown) -> int:
    """What goes to the browser with every toggle."""
    return bytes_of(webmap.deck(laydown))


def bytes_of(drawn) -> int:
    """As `bytes_sent`, of what is drawn; what stands is fetched once."""
    addresses = dict.fromkeys(drawn.standing, f"media/{'0' * 64}.json")
    return len(drawn.pointing(addresses).to_json())


def layers(laydown) -> dict:
    return {layer["id"]: layer for layer in spec(laydown)["layers"]}


def test_every_layer_has_an_id_and_the_deck_is_the_same_every_time(first_laydown):
    found = spec(first_laydown)
    ids = [layer["id"] for layer in found["layers"]]
    assert len(set(ids)) == len(ids) == 10
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


THREE = frozenset({"iskander-m-reuters-2018", "s-400-ap-2012", "iran-limit-2017"})
LONG = frozenset({"inf-class", "icbm-iiss-2010", "icbm-patriotclash-2026"})
OTHERS = ("true-range", "equal-area", "globe")


def projected(catalogue, first_screen, kind, **choices):
    return resolve(catalogue, replace(first_screen, projection=kind, **choices))


def numbers(value) -> list[float]:
    """Every number within a piece of JSON."""
    if isinstance(value, dict):
        return [found for part in value.values() for found in numbers(part)]
    if isinstance(value, list):
        return [found for part in value for found in numbers(part)]
    return [float(value)] if isinstance(value, int | float) else []


def places(layer) -> np.ndarray:
    """Coordinates that a layer draws, shape (n, 2)."""
    data = layer["data"]
    if isinstance(data, dict):
        parts = data.get("features", [data])
        parts = [part.get("geometry", part) for part in parts]
        return np.array(numbers([part["coordinates"] for part in parts])).reshape(-1, 2)
    return np.array(numbers([row.get("at", row.get("polygon")) for row in data])).reshape(-1, 2)


@pytest.mark.parametrize("kind", OTHERS)
@pytest.mark.parametrize("figures", [frozenset({"iran-limit-2017"}), THREE], ids=["one", "three"])
def test_every_map_has_the_layers_rings_labels_and_symbols_of_mercator(
    catalogue, first_screen, kind, figures
):
    usual = layers(projected(catalogue, first_screen, "mercator", figures=figures))
    other = layers(projected(catalogue, first_screen, kind, figures=figures))
    assert [key for key in other if key in usual] == list(usual)
    assert set(other) - set(usual) <= {"grid", "land-of-this-view", "bar", "bar-label"}
    for key in ("reaches", "areas"):
        tips = [
            [f["properties"]["name"] for f in found[key]["data"]["features"]]
            for found in (usual, other)
        ]
        assert tips[0] == tips[1]
    for key, name in (("sites", "id"), ("ring-labels", "text"), ("site-labels", "text")):
        assert [row[name] for row in usual[key]["data"]] == [
            row[name] for row in other[key]["data"]
        ]
    for row, twin in zip(usual["sites"]["data"], other["sites"]["data"], strict=True):
        assert {**row, "at": None} == {**twin, "at": None}


@pytest.mark.parametrize("kind", OTHERS)
@pytest.mark.parametrize("framing", FRAMINGS)
@pytest.mark.parametrize("figures", [THREE, LONG], ids=["three", "long"])
def test_every_place_on_every_map_is_a_number(catalogue, first_screen, kind, framing, figures):
    shown = projected(catalogue, first_screen, kind, framing=framing, figures=figures)
    text = webmap.deck(shown).to_json()
    assert np.isfinite(numbers(json.loads(text))).all()
    assert "http" not in text and "NaN" not in text


@pytest.mark.parametrize("kind", OTHERS)
def test_the_first_screen_stays_small_on_every_map(catalogue, first_screen, kind):
    assert bytes_sent(projected(catalogue, first_screen, kind)) < 20_000


@pytest.mark.parametrize("kind", ["true-range", "equal-area"])
def test_a_flat_map_is_in_kilometres_and_within_its_rim(catalogue, first_screen, kind):
    shown = projected(catalogue, first_screen, kind, figures=THREE | LONG, flat=True)
    chart = canvas.chart(shown.scenario)
    rim = np.hypot(*shapely.get_coordinates(shapes.frame(chart)).T)
    drawn = spec(shown)
    found = {layer["id"]: layer for layer in drawn["layers"]}
    for key, layer in found.items():
        if key != "edges" and not key.startswith("land"):  # these hold no places themselves
            assert (np.hypot(*places(layer).T) <= rim.max() + 1).all(), key
    marks = {mark.site.id: mark for mark in shown.marks}
    for row in found["sites"]["data"]:
        point = marks[row["id"]].shape
        x, y, _ = projection.project_points(point.x, point.y, chart)
        assert row["at"] == [round(float(x[0]), 1), round(float(y[0]), 1)]
    assert found["land"]["data"].startswith("app/static/land-")
    assert drawn["views"][0]["@@type"] == "OrthographicView"
    assert drawn["views"][0]["flipY"] is False
    assert [key for key, layer in found.items() if "coordinateSystem" in layer] == ["edges"]


@pytest.mark.parametrize("kind", ["true-range", "equal-area"])
def test_nothing_on_a_flat_map_is_torn(catalogue, first_screen, kind):
    """A tear would be an edge across the map; none is longer than the bends between two lines."""
    shown = projected(catalogue, first_screen, kind, figures=LONG)
    for feature in layers(shown)["reaches"]["data"]["features"]:
        shape = shapely.from_geojson(json.dumps(feature["geometry"]))
        if "Polygon" in shape.geom_type:
            assert shape.is_valid
        lines = (
            shapely.get_rings(shape) if "Polygon" in shape.geom_type else shapely.get_parts(shape)
        )
        for line in lines:
            steps = np.hypot(*np.diff(shapely.get_coordinates(line), axis=0).T)
            assert steps.max() < 1500


def test_about_a_point_a_true_range_ring_is_a_circle(catalogue, first_screen):
    chosen = first_screen.with_origin("iran", "tabriz")
    shown = projected(catalogue, chosen, "true-range", centre="tabriz")
    (feature,) = layers(shown)["reaches"]["data"]["features"]
    away_km = np.hypot(*np.array(feature["geometry"]["coordinates"][0]).T)
    assert np.abs(away_km - 2000).max() < 0.5


def test_every_centre_has_its_land_and_both_border_views_and_stays_small(catalogue, first_screen):
    for site_id in catalogue.offer.centres:
        for view in borders.VIEWS:
            shown = projected(catalogue, first_screen, "true-range", centre=site_id, borders=view)
            drawn = webmap.deck(shown)
            # seen from California, Iran's ring is half the map
            assert bytes_of(drawn) < 25_000, site_id
            found = {layer["id"]: layer for layer in json.loads(drawn.to_json())["layers"]}
            shared, rest = (found[key]["data"] for key in ("land", "land-of-this-view"))
            assert "-shared-" in shared and f"-{view}-" in rest
            for address in (shared, rest):
                assert (STATIC / address.removeprefix("app/static/")).is_file()
    with pytest.raises(BordersError, match="no land is projected about 'atlantis'"):
        basemap.projected("atlantis", "de-jure")


def test_a_free_centre_sends_its_land_once_and_whole(catalogue, first_screen):
    shown = projected(catalogue, first_screen, "true-range", centre="30e20n")
    found = layers(shown)
    land = found["land"]["data"]
    assert "land-of-this-view" not in found
    codes = {feature["properties"]["iso3"] for feature in land["features"]}
    assert {"POL", "IRN", "EGY", "NOR", "CHN"} <= codes
    for feature in land["features"]:
        points = np.array(numbers(feature["geometry"]["coordinates"])).reshape(-1, 2)
        assert (np.hypot(*points.T) <= 15_001).all()
    assert bytes_sent(shown) < 20_000


@pytest.mark.parametrize("framing", [key for key in FRAMINGS if key != "shown"])
@pytest.mark.parametrize("kind", OTHERS)
def test_a_toggle_does_not_move_the_camera(catalogue, first_screen, kind, framing):
    views = [
        spec(projected(catalogue, first_screen, kind, framing=framing, figures=figures))
        for figures in (frozenset(), THREE, LONG)
    ]
    cameras = [view["initialViewState"] for view in views]
    assert cameras[0] == cameras[1] == cameras[2]


def test_a_flat_framing_is_in_the_picture(catalogue, first_screen):
    for kind in ("true-range", "equal-area"):
        shown = projected(catalogue, first_screen, kind, framing="europe")
        camera = spec(shown)["initialViewState"]
        for lon, lat in ((-14, 34), (-14, 64), (46, 34), (46, 64), (16, 64)):
            x, y, _ = projection.project_points(lon, lat, canvas.chart(shown.scenario))
            px = (np.array([x[0], y[0]]) - camera["target"][:2]) * 2 ** camera["zoom"]
            assert abs(px[0]) <= canvas.WIDTH_PX / 2 + 1
            assert abs(px[1]) <= canvas.HEIGHT_PX / 2 + 1
        assert camera["zoom"] <= camera["maxZoom"]


def test_fit_to_what_is_shown_follows_the_rings(catalogue, first_screen):
    small = projected(
        catalogue,
        first_screen,
        "mercator",
        framing="shown",
        phases=frozenset(),
        figures=frozenset({"s-400-csis-48n6"}),
    )
    large = projected(catalogue, first_screen, "mercator", framing="shown")
    assert framed(small).east - framed(small).west < 20
    west, south, east, north = large.rings[0].reach.bounds
    box = framed(large)
    assert box.west <= west and box.south <= south and east <= box.east and north <= box.north
    nothing = projected(
        catalogue,
        first_screen,
        "mercator",
        framing="shown",
        phases=frozenset(),
        figures=frozenset(),
    )
    assert framed(nothing) == FRAMINGS["shown"]


@pytest.mark.parametrize("framing", FRAMINGS)
def test_the_globe_names_only_what_faces_the_reader(catalogue, first_screen, framing):
    everything = catalogue.offer.layers
    shown = projected(
        catalogue, first_screen, "globe", framing=framing, figures=THREE | LONG, layers=everything
    )
    found, globe = layers(shown), canvas.canvas(shown)
    camera = spec(shown)["initialViewState"]
    # deck.gl's eye is 1.5 heights of the picture above a globe of 256 px at this zoom
    radius = 256 * 2 ** camera["zoom"] / (np.pi * np.cos(np.radians(camera["latitude"])))
    horizon_km = 6371 * np.arccos(radius / (radius + 1.5 * canvas.HEIGHT_PX))
    for key in ("sites", "site-labels", "ring-labels", "places"):
        at = places(found[key])
        away_m = geodesy.distance_m(globe.lon, globe.lat, *at.T)
        assert (away_m / 1000 < horizon_km + 20).all(), key
    assert found["places"]["data"] and found["site-labels"]["data"]
    far = {"vandenberg", "fort-greely"} & {mark.site.id for mark in shown.marks}
    if framing == "middle-east":
        assert far and not far & {row["id"] for row in found["sites"]["data"]}


@pytest.mark.parametrize("projection", ["mercator", "true-range", "equal-area", "globe"])
def test_all_words_are_drawn_by_one_program_with_one_set_of_attributes(
    catalogue, first_screen, projection
):
    shown = layers(projected(catalogue, first_screen, projection))
    words = [layer for layer in shown.values() if layer["@@type"] == "TextLayer"]
    pictures = [layer for layer in shown.values() if layer["@@type"] == "IconLayer"]
    assert len(words) >= 3
    assert [layer["id"] for layer in pictures] == ["places", "sites"]
    for layer in words + pictures:
        assert layer["extensions"] == [{"@@type": "CollisionFilterExtension"}]
        for name in ("getSize", "getPixelOffset", "getCollisionPriority"):
            assert layer[name].startswith("@@="), (layer["id"], name)
        inks = [part["getColor"] for part in layer.get("_subLayerProps", {}).values()]
        assert all(ink.startswith("@@=") for ink in inks)
        assert bool(inks) == (layer in words)
        # what is in no overlap test has the attribute of a pick all the same
        assert layer["pickable"] or layer.get("collisionEnabled", True)
    dashes = {shown[key]["getDashArray"][:3] for key in ("reaches", "areas")}
    assert dashes == {"@@="}


def test_on_the_globe_fills_and_words_are_not_swallowed(first_laydown, catalogue, first_screen):
    found = layers(projected(catalogue, first_screen, "globe"))
    for key in ("land", "reaches", "areas"):
        assert found[key]["parameters"] == {"depthCompare": "always"}
    for key in ("places", "ring-labels", "site-labels", "sites"):
        assert found[key]["parameters"] == {"depthCompare": "always", "cullMode": "none"}
    assert not any("parameters" in layer for layer in layers(first_laydown).values())


@pytest.mark.parametrize("kind", ["mercator", *OTHERS])
def test_the_flat_circle_stands_beside_each_ring_and_is_labelled(catalogue, first_screen, kind):
    plain = layers(projected(catalogue, first_screen, kind))
    assert "flat-circles" not in plain
    shown = projected(catalogue, first_screen, kind, flat=True)
    found = layers(shown)
    features = found["flat-circles"]["data"]["features"]
    assert len(features) == len(palette.FLAT_DASHES) * len(flatness.circles(shown))
    assert [row["text"] for row in found["ring-labels"]["data"]][-1] == legend.FLAT_LABEL
    assert found["reaches"] == plain["reaches"]


def test_labels_of_lines_do_not_cover_one_another(catalogue, first_screen):
    for kind in ("mercator", *OTHERS):
        shown = projected(catalogue, first_screen, kind, figures=THREE, framing="europe")
        on = canvas.canvas(shown)
        boxes = []
        for row in layers(shown)["ring-labels"]["data"]:
            at = on.pixel(row["at"]) or tuple(on._pixels(np.array([row["at"]]))[0])
            box = room.words_box(row["text"], at)
            assert room.crowding(box, boxes) < 30
            boxes.append(box)
        assert len(boxes) == 4


def test_tints_and_tags_stand_on_every_map(catalogue, first_screen):
    on = frozenset({"nato-members", "sectoral-proposal"})
    for kind in OTHERS:
        found = layers(projected(catalogue, first_screen, kind, layers=on, framing="europe"))
        assert "'POL'" in str(found["land"]["_subLayerProps"])
        assert "parts of Poland" in {row["text"] for row in found["site-labels"]["data"]}


def page(**query):
    opened = AppTest.from_file(str(STATIC.parent / "app.py"), default_timeout=60)
    for key, value in query.items():
        opened.query_params[key] = value
    return opened.run()


def test_the_map_is_chosen_on_the_page_and_stands_in_the_link():
    opened = page(frame="europe", show="jta-3000")
    assert not [box for box in opened.selectbox if box.key == "centre"]
    opened.selectbox(key="projection").set_value("true-range").run()
    assert not opened.exception
    assert opened.query_params["projection"] == "true-range"
    opened.selectbox(key="centre").set_value("redzikowo").run()
    assert opened.query_params["centre"] == "redzikowo"
    opened.toggle(key="flat").set_value(True).run()
    assert opened.query_params["flat"] == "yes"
    assert opened.query_params["frame"] == "europe"
    assert opened.query_params["show"] == "jta-3000"
    # a centre that is out of sight is kept
    opened.selectbox(key="projection").set_value("globe").run()
    assert opened.query_params["centre"] == "redzikowo"
    opened.selectbox(key="projection").set_value("true-range").run()
    assert opened.selectbox(key="centre").value == "redzikowo"


def test_a_place_is_typed_as_centre_and_a_mistake_is_answered():
    opened = page(projection="true-range", centre="deveselu")
    opened.selectbox(key="centre").set_value("elsewhere").run()
    assert opened.query_params["centre"] == "24.4164e44.0773n"  # it starts where the map was
    opened.text_input(key="centre-lon").set_value("30,5").run()
    opened.text_input(key="centre-lat").set_value("-20").run()
    assert opened.query_params["centre"] == "30.5e20s"
    opened.text_input(key="centre-lat").set_value("north").run()
    assert "Latitude 'north' is not a number of degrees from -90 to 90." in opened.error[0].value
    assert opened.query_params["centre"] == "30.5e20s"
    opened.text_input(key="centre-lat").set_value("95").run()
    assert opened.error and not opened.exception
    opened.selectbox(key="projection").set_value("mercator").run()
    opened.selectbox(key="projection").set_value("true-range").run()
    assert opened.selectbox(key="centre").value == "elsewhere"
    assert opened.text_input(key="centre-lat").value == "-20"
    assert not opened.error


def test_a_link_sets_the_controls_of_the_map():
    opened = page(projection="true-range", centre="46.29e38.08n", flat="yes")
    assert not opened.exception and not opened.warning
    assert opened.selectbox(key="projection").value == "true-range"
    assert opened.text_input(key="centre-lon").value == "46.29"
    assert opened.toggle(key="flat").value


def test_the_flat_circle_has_its_line_in_the_legend(first_laydown):
    flat = replace(first_laydown, scenario=replace(first_laydown.scenario, flat=True))
    (entry,) = [entry for entry in legend.entries(flat) if entry.kind == "line"]
    assert entry.label == "Flat-map circle (wrong)"
    assert entry.colour == palette.FLAT
    assert not [entry for entry in legend.entries(first_laydown) if entry.kind == "line"]
    without = replace(flat, rings=())
    assert not [entry for entry in legend.entries(without) if entry.kind == "line"]


@pytest.mark.parametrize("kind", ["mercator", *OTHERS])
def test_the_label_of_the_first_ring_is_whole_on_a_phone(catalogue, first_screen, kind):
    shown = projected(catalogue, first_screen, kind)
    on = canvas.canvas(shown)
    (row,) = layers(shown)["ring-labels"]["data"]
    left, _, right, _ = room.words_box(row["text"], on.pixel(row["at"]))
    assert left >= -room.PHONE_PX / 2 and right <= room.PHONE_PX / 2


@pytest.mark.parametrize("kind", ["mercator", *OTHERS])
@pytest.mark.parametrize("size", [(400, 430), (1100, 325)], ids=["compare", "present"])
def test_on_a_map_of_another_size_the_framing_fits_and_words_keep_off_symbols(
    catalogue, first_screen, kind, size
):
    shown = projected(catalogue, first_screen, kind)
    on = canvas.canvas(shown, size)
    found = {
        layer["id"]: layer for layer in json.loads(webmap.deck(shown, size).to_json())["layers"]
    }
    symbols = []
    for row in found["sites"]["data"]:
        x, y = on.pixel(row["at"])
        right, down = row["shift"]
        half = room.SYMBOL_PX
        symbols.append((x + right - half, y - down - half, x + right + half, y - down + half))
        assert abs(x) < size[0] / 2 and abs(y) < size[1] / 2
    for row in found["site-labels"]["data"]:
        box = room.words_box(row["text"], on.pixel(row["at"]), row["anchor"], row["shift"])
        assert room.crowding(box, symbols) < 250, row["text"]  # half a symbol, where all is full
        if abs(on.pixel(row["at"])[1]) < size[1] / 2 - 40:  # what it names is well inside
            assert room.cut_off(box, size) == 0, row["text"]


def test_words_keep_out_of_the_corner_that_a_key_takes(catalogue):
    met = 0
    for scene in catalogue.scenes:
        choices = {key: [value] for key, value in scene.choices.items()}
        laydown = resolve(catalogue, parse(choices, catalogue.offer)[0])
        size, corner = (1100, 325), drawing.key_px(laydown)
        assert corner[1] <= size[1]
        on = canvas.canvas(laydown, size)
        for kept in (corner, (0, 0)):
            text = webmap.deck(laydown, size, kept).to_json()
            found = {layer["id"]: layer for layer in json.loads(text)["layers"]}
            taken = [(-550.0, -162.5, corner[0] - 550.0, corner[1] - 162.5)]
            boxes = [
                room.words_box(row["text"], on.pixel(row["at"]))
                for row in found["ring-labels"]["data"]
            ]
            crowded = sum(room.crowding(box, taken) > 0 for box in boxes)
            if kept == corner:
                assert not crowded, scene.id
            met += crowded
    assert met  # somewhere the key would hide words, were it not for the room it is given


def test_dashes_are_as_long_on_the_map_as_in_the_key(catalogue, first_screen):
    """deck.gl counts them in halves of a line's width, the key and the pictures in widths."""
    asked = replace(first_screen, figures=frozenset({"sejjil-iiss-2014", "jta-3000"}))
    shown = resolve(catalogue, asked)
    for feature, ring in zip(
        layers(shown)["reaches"]["data"]["features"], shown.rings, strict=True
    ):
        stated = palette.BASIS[ring.figure.basis].dash
        assert feature["properties"]["dash"] == [2 * part for part in stated]


def test_a_part_of_a_country_that_a_range_starts_from_is_named(catalogue, first_screen):
    asked = replace(first_screen, figures=frozenset({"iskander-m-tass-2017"}))
    names = [row["text"] for row in layers(resolve(catalogue, asked))["site-labels"]["data"]]
    assert "Kaliningrad\nOblast" in names
    iran = layers(resolve(catalogue, first_screen))["site-labels"]["data"]
    assert "Iran" not in [row["text"] for row in iran]


def test_two_sides_with_one_kind_of_site_are_told_apart_in_the_key(catalogue, first_screen):
    both = resolve(catalogue, replace(first_screen, layers=frozenset({"russian-sites"})))
    labels = [entry.label for entry in legend.entries(both)]
    assert len(labels) == len(set(labels))
    assert {"Radar, in service (Russia)", "Radar, in service (NATO/US)"} <= set(labels)
    assert {"Radar (Russia)", "Radar (NATO/US)"} <= {entry.brief for entry in legend.entries(both)}
    alone = [entry.label for entry in legend.entries(resolve(catalogue, first_screen))]
    assert "Radar, in service" in alone


def test_every_symbol_on_the_map_has_a_line_in_the_key(catalogue, first_screen):
    asked = replace(first_screen.with_origin("iran", "tabriz"), layers=catalogue.offer.layers)
    shown = resolve(catalogue, asked)
    keyed = {(one.shape, one.colour, one.status) for one in legend.entries(shown)}
    for mark in shown.marks:
        if mark.shape.geom_type == "Point":
            colour = palette.SIDE_COLOUR[mark.site.side]
            assert (palette.KIND_SHAPE[mark.site.kind], colour, mark.status) in keyed, mark.site.id
