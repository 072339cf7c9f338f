"""The four maps: what is drawn on each, where, and how much of it travels."""

import json

import numpy as np
import pytest
import shapely

from geo import (
    basemap,
    borders,
    canvas,
    flatness,
    geodesy,
    legend,
    palette,
    projection,
    room,
    shapes,
    webmap,
)
from geo.errors import BordersError
from geo.framing import framed
from geo.scenario import FRAMINGS
from tests.decks import (
    LONG,
    OTHERS,
    STATIC,
    THREE,
    bytes_of,
    bytes_sent,
    layers,
    numbers,
    places,
    projected,
    spec,
)


@pytest.mark.parametrize("kind", OTHERS)
@pytest.mark.parametrize("figures", [frozenset({"iran-limit-2017"}), THREE], ids=["one", "three"])
def test_every_map_has_the_layers_rings_labels_and_symbols_of_mercator(
    catalogue, first_screen, kind, figures
):
    usual = layers(projected(catalogue, first_screen, "mercator", figures=figures))
    other = layers(projected(catalogue, first_screen, kind, figures=figures))
    assert [key for key in other if key in usual] == list(usual)
    assert set(other) - set(usual) <= {"sea", "grid", "land-of-this-view", "bar", "bar-label"}
    for key in ("reaches", "areas"):
        tips = [
            [f["properties"]["name"] for f in found[key]["data"]["features"]]
            for found in (usual, other)
        ]
        assert tips[0] == tips[1]
    for key, name in (("sites", "id"), ("ring-labels", "text")):
        assert [row[name] for row in usual[key]["data"]] == [
            row[name] for row in other[key]["data"]
        ]
    named = [{row["text"] for row in found["site-labels"]["data"]} for found in (usual, other)]
    symbols = {"Deveselu", "Redzikowo", "Kürecik", "Phase 4 in Poland (cancelled)"}
    assert symbols <= named[0] & named[1]  # names of areas may have no room
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
