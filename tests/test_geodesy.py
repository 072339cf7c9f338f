"""Rings, discs, areas: measured against pyproj's own inverse, never against this code."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from geojson_pydantic import Feature, MultiPolygon, Polygon
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyproj import Geod
from shapely.geometry import mapping

from geo import geodesy
from geo.errors import AtlasError, GeodesyError

GEOD = Geod(ellps="WGS84")
#: Area of the ellipsoid: 4 pi times the authalic radius squared, 6,371,007.1809 m.
EARTH_M2 = 510_065_621_724_088.44
#: From the equator to a pole along a meridian.
TO_POLE_M = 10_001_965.729
TABRIZ = (46.2919, 38.08)
KALININGRAD = (20.51, 54.71)

LONGITUDES = st.one_of(st.floats(-180, 180), st.sampled_from([-180.0, 180.0, 179.9999999, 0.0]))
LATITUDES = st.one_of(st.floats(-90, 90), st.sampled_from([-90.0, 90.0, 89.9999, -89.99, 0.0]))
RADII = st.one_of(st.floats(1e3, 19.9e6), st.integers(1, 19_900).map(lambda km: km * 1e3))
TOLERANCES = st.sampled_from([100.0, 500.0])

# Name, origin, radius in metres, and whether the north and the south pole lie inside.
HARD = [
    ("north pole", (0.0, 90.0), 5e6, True, False),
    ("north pole, named at 37 E, beyond the equator", (37.0, 90.0), 15e6, True, False),
    ("south pole", (-120.0, -90.0), 2e6, False, True),
    ("on 180", (180.0, 0.0), 3e6, False, False),
    ("on -180", (-180.0, 10.0), 3e6, False, False),
    ("on 180, over the pole", (180.0, 66.0), 8e6, True, False),
    ("quarter globe to a pole", (0.0, 0.0), TO_POLE_M, None, None),
    ("quarter globe along the equator", (0.0, 0.0), math.pi / 2 * GEOD.a, True, True),
    ("10,000 km from the equator", (77.0, 0.0), 10e6, False, False),
    ("north pole inside, ring south of the equator", KALININGRAD, 15e6, True, False),
    ("south pole inside, ring north of the equator", (170.0, -54.7), 15e6, False, True),
    ("both poles inside", (-100.0, 45.0), 19e6, True, True),
    ("both poles inside, antipode on 180", (0.0, 5.0), 18e6, True, True),
    ("near the antipode", (30.0, 0.0), 19.9e6, True, True),
    ("grazes the pole from below", TABRIZ, 5.5e6, False, False),
    ("grazes the pole from above", TABRIZ, 5.79e6, True, False),
    ("passes the pole at 50 m", (46.3, 60.0), 3_347_943.0, True, False),
    ("small, beside the pole", (10.0, 89.9), 12e3, True, False),
    ("1 km", (0.0, 0.0), 1e3, False, False),
]
IDS = [case[0] for case in HARD]


def inverse_m(lon: float, lat: float, lons: np.ndarray, lats: np.ndarray) -> np.ndarray:
    lons, lats = np.asarray(lons, dtype=float), np.asarray(lats, dtype=float)
    return np.asarray(GEOD.inv(np.full(lons.size, lon), np.full(lons.size, lat), lons, lats)[2])


def exact_area_m2(lon: float, lat: float, radius_m: float, count: int = 7200) -> float:
    """Karney's polygon area of a dense counter-clockwise ring.

    It is signed: negative once the ring holds more than half the Earth, by what is outside.
    A 7,200-gon of geodesics falls short of its disc by at most (pi/7200)^2 * 2/3, 1.3e-7.
    """
    azimuths = np.linspace(360, 0, count, endpoint=False)
    full = np.full(count, 1.0)
    lons, lats, _ = GEOD.fwd(full * lon, full * lat, azimuths, full * radius_m)
    signed = GEOD.polygon_area_perimeter(lons, lats)[0]
    return signed if signed > 0 else signed + EARTH_M2


def chord_error_m(lon: float, lat: float, radius_m: float, tolerance_m: float) -> float:
    """Farthest that the drawn edges, straight in longitude and latitude, leave the circle."""
    points = geodesy.ring(lon, lat, radius_m, tolerance_m)
    following = np.roll(points, -1, axis=0)
    step = following - points
    step[:, 0] = (step[:, 0] + 180) % 360 - 180
    worst = 0.0
    for share in (0.1, 0.25, 0.5, 0.75, 0.9):
        between = points + share * step
        lons = (between[:, 0] + 180) % 360 - 180
        off = np.abs(inverse_m(lon, lat, lons, between[:, 1]) - radius_m)
        worst = max(worst, float(off.max()))
    return worst


def probes(lon: float, lat: float, radius_m: float, count: int = 1500) -> np.ndarray:
    """Places spread over the globe, places 1 to 100 km from the edge, and the poles."""
    rng = np.random.default_rng(20261121)
    spread = np.column_stack(
        [rng.uniform(-180, 180, count), np.degrees(np.arcsin(rng.uniform(-1, 1, count)))]
    )
    off = rng.choice([-1, 1], count) * 10 ** rng.uniform(3, 5, count)
    full = np.ones(count)
    distance = np.clip(radius_m + off, 1, 19.96e6)
    beside = GEOD.fwd(full * lon, full * lat, rng.uniform(0, 360, count), distance)[:2]
    return np.vstack([spread, np.column_stack(beside), [[0, 90], [0, -90], [lon, lat]]])


def assert_rfc_7946(shape: shapely.Geometry) -> None:
    """Valid, closed, exteriors counter-clockwise, holes clockwise, in range; read by others."""
    assert shape.is_valid, shapely.is_valid_reason(shape)
    west, south, east, north = shape.bounds
    assert -180 <= west < east <= 180
    assert -90 <= south < north <= 90
    for part in shapely.get_parts(shape):
        assert part.exterior.is_ccw
        assert not any(hole.is_ccw for hole in part.interiors)
        for loop in (part.exterior, *part.interiors):
            assert loop.coords[0] == loop.coords[-1]
            # an edge wider than half the globe can only be the line along a pole
            edges = np.array(loop.coords)
            wide = np.abs(np.diff(edges[:, 0])) > 180
            assert (np.abs(edges[:-1][wide, 1]) == 90).all()
    written = mapping(shape)
    model = {"Polygon": Polygon, "MultiPolygon": MultiPolygon}[shape.geom_type]
    feature = Feature[model, dict](type="Feature", geometry=written, properties={})
    assert feature.geometry.coordinates == model(**written).coordinates


@settings(max_examples=150, deadline=None)
@given(LONGITUDES, LATITUDES, RADII, TOLERANCES)
@example(*KALININGRAD, 15e6, 100.0)
@example(*TABRIZ, 5.5e6, 100.0)
@example(180.0, 90.0, 19.9e6, 100.0)
@example(-180.0, -90.0, 1e3, 500.0)
@example(0.0, 0.0, TO_POLE_M, 100.0)
def test_every_vertex_of_a_ring_lies_at_its_radius(lon, lat, radius_m, tolerance_m):
    points = geodesy.ring(lon, lat, radius_m, tolerance_m)
    assert len(points) >= 360
    assert (np.abs(points) <= [180, 90]).all()
    off = np.abs(inverse_m(lon, lat, *points.T) - radius_m)
    assert off.max() < 1


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(LONGITUDES, LATITUDES), min_size=1, max_size=5), RADII)
@example([KALININGRAD, TABRIZ, (180.0, -90.0)], 2e6)
def test_every_vertex_of_many_rings_lies_at_its_radius(origins, radius_m):
    lons, lats = geodesy.rings(*zip(*origins, strict=True), radius_m)
    assert lons.shape == lats.shape == (len(origins), 360)
    for (lon, lat), ring_lons, ring_lats in zip(origins, lons, lats, strict=True):
        assert np.abs(inverse_m(lon, lat, ring_lons, ring_lats) - radius_m).max() < 1


@settings(max_examples=100, deadline=None)
@given(LONGITUDES, LATITUDES, RADII, TOLERANCES)
@example(*TABRIZ, 5.5e6, 100.0)
@example(*TABRIZ, 5.5e6, 500.0)
@example(46.3, 60.0, 3_347_943.0, 100.0)
@example(0.0, 0.0, TO_POLE_M, 100.0)
def test_the_drawn_chords_stay_within_the_tolerance(lon, lat, radius_m, tolerance_m):
    assert chord_error_m(lon, lat, radius_m, tolerance_m) <= tolerance_m


@settings(max_examples=150, deadline=None)
@given(LONGITUDES, LATITUDES, RADII, TOLERANCES)
@example(*KALININGRAD, 15e6, 100.0)
@example(180.0, 0.0, 3e6, 100.0)
@example(0.0, 5.0, 18e6, 100.0)
def test_a_disc_is_what_rfc_7946_asks_for(lon, lat, radius_m, tolerance_m):
    assert_rfc_7946(geodesy.disc(lon, lat, radius_m, tolerance_m))


@settings(max_examples=60, deadline=None)
@given(LONGITUDES, LATITUDES, RADII, TOLERANCES)
@example(*KALININGRAD, 15e6, 500.0)
@example(*TABRIZ, 5.5e6, 500.0)
@example(30.0, 0.0, 1e3, 100.0)
@example(-100.0, 45.0, 19e6, 100.0)
def test_the_area_of_a_disc_is_right_to_one_in_ten_thousand(lon, lat, radius_m, tolerance_m):
    drawn = geodesy.area_m2(geodesy.disc(lon, lat, radius_m, tolerance_m))
    assert drawn == pytest.approx(exact_area_m2(lon, lat, radius_m), rel=1e-4)


@pytest.mark.parametrize(("name", "origin", "radius_m", "north", "south"), HARD, ids=IDS)
def test_a_disc_holds_what_lies_nearer_and_nothing_else(name, origin, radius_m, north, south):
    shape = geodesy.disc(*origin, radius_m)
    assert_rfc_7946(shape)
    points = probes(*origin, radius_m)
    distance = inverse_m(*origin, *points.T)
    clear = np.abs(distance - radius_m) > 1000
    inside = shapely.intersects_xy(shape, *points.T)
    assert clear.sum() > 2000
    wrong = points[clear & (inside != (distance < radius_m))]
    assert not wrong.size, wrong[:3]


@pytest.mark.parametrize(("name", "origin", "radius_m", "north", "south"), HARD, ids=IDS)
def test_the_pole_that_is_inside_is_the_one_that_is_near(name, origin, radius_m, north, south):
    if north is None:
        north, south = (inverse_m(*origin, [0, 0], [90, -90]) <= radius_m).tolist()
    shape = geodesy.disc(*origin, radius_m)
    # a pole is a whole line of the plane
    for pole, expected in ((90.0, north), (-90.0, south)):
        line = shapely.LineString([(-180, pole), (180, pole)])
        assert (shapely.intersection(shape, line).length == 360) is expected


def test_a_ring_wholly_south_of_the_equator_can_hold_the_north_pole():
    assert geodesy.ring(*KALININGRAD, 15e6)[:, 1].max() < 0
    shape = geodesy.disc(*KALININGRAD, 15e6)
    assert shape.bounds[3] == 90
    assert shape.bounds[1] > -90


@pytest.mark.parametrize("radius_m", [5e5, 2e6, 5.5e6, 9e6, 15e6, 19e6])
def test_discs_hold_what_disc_holds(radius_m):
    rng = np.random.default_rng(1)
    lons = np.r_[rng.uniform(-180, 180, 12), 180, -180, 0, 77, TABRIZ[0]]
    lats = np.r_[rng.uniform(-89, 89, 12), 0, 66, 90, -90, TABRIZ[1]]
    # a ring with a fixed number of vertices cannot follow the turn close by a pole
    to_poles = [inverse_m(0, pole, lons, lats) for pole in (90, -90)]
    easy = (np.abs(np.subtract(to_poles, radius_m)) > 5e4).all(axis=0) | (radius_m < 1e6)
    lons, lats = lons[easy], lats[easy]
    assert len(lons) >= 15
    many = geodesy.discs(lons, lats, radius_m)
    assert len(many) == len(lons)
    for lon, lat, shape in zip(lons, lats, many, strict=True):
        assert_rfc_7946(shape)
        points = probes(lon, lat, radius_m, 300)
        points = points[np.abs(inverse_m(lon, lat, *points.T) - radius_m) > 2000]
        one = shapely.intersects_xy(geodesy.disc(lon, lat, radius_m), *points.T)
        assert (shapely.intersects_xy(shape, *points.T) == one).all()


@pytest.mark.parametrize("radius_m", [geodesy.WHOLE_GLOBE_M, 20_003_931.0, 3e7])
def test_the_whole_globe_is_reached_from_anywhere_at_19_970_km(radius_m):
    whole = geodesy.disc(*TABRIZ, radius_m)
    assert whole.equals(shapely.box(-180, -90, 180, 90))
    assert_rfc_7946(whole)
    assert geodesy.area_m2(whole) == pytest.approx(EARTH_M2, rel=1e-9)
    assert all(shape.equals(whole) for shape in geodesy.discs([0, 180], [90, 0], radius_m))


def test_just_below_the_whole_globe_the_antipode_is_left_out():
    shape = geodesy.disc(*TABRIZ, geodesy.WHOLE_GLOBE_M - 1)
    assert_rfc_7946(shape)
    assert not shapely.intersects_xy(shape, TABRIZ[0] - 180, -TABRIZ[1])
    assert geodesy.area_m2(shape) < EARTH_M2


def test_the_globe_has_its_published_area():
    whole = geodesy.area_m2(shapely.box(-180, -90, 180, 90))
    assert whole == pytest.approx(510_065_621_724_088, rel=1e-9)


@pytest.mark.parametrize(
    ("shape", "share"),
    [
        (shapely.box(-180, 0, 180, 90), 1 / 2),
        (shapely.box(10, -90, 11, 90), 1 / 360),
        (shapely.box(-90, -90, 0, 0), 1 / 8),
        (shapely.box(-180, -90, 180, 90) - shapely.box(0, -90, 90, 90), 3 / 4),
        (shapely.MultiPolygon([shapely.box(0, 0, 1, 90), shapely.box(5, 0, 6, 90)]), 1 / 360),
    ],
    ids=["hemisphere", "lune of 1 degree", "octant", "globe less a quarter", "two half lunes"],
)
def test_known_shapes_have_their_share_of_the_globe(shape, share):
    assert geodesy.area_m2(shape) == pytest.approx(share * EARTH_M2, rel=1e-9)


def test_edges_of_an_area_are_straight_in_longitude_and_latitude():
    shape = shapely.Polygon([(20, 40), (60, 44), (50, 70), (25, 66)])
    dense = shapely.get_coordinates(shapely.segmentize(shape.exterior, 0.01))
    by_karney = GEOD.polygon_area_perimeter(*dense.T)[0]
    assert geodesy.area_m2(shape) == pytest.approx(abs(by_karney), rel=1e-5)


@settings(max_examples=50, deadline=None)
@given(LONGITUDES, LATITUDES, LONGITUDES, LATITUDES)
@example(0.0, 90.0, 0.0, -90.0)
def test_distance_is_the_same_both_ways_and_never_beyond_half_a_meridian(lon1, lat1, lon2, lat2):
    there = float(geodesy.distance_m(lon1, lat1, lon2, lat2))
    assert there == pytest.approx(float(geodesy.distance_m(lon2, lat2, lon1, lat1)), abs=1e-6)
    assert 0 <= there <= 20_003_931.459


def test_distance_agrees_with_karneys_published_example():
    # JFK to Heathrow, from GeographicLib's documentation
    jfk, heathrow = (-73.8, 40.6), (-0.5, 51.6)
    assert float(geodesy.distance_m(*jfk, *heathrow)) == pytest.approx(5_551_759.400319, abs=1e-5)
    assert geodesy.bearing_deg(*jfk, *heathrow) == pytest.approx(51.198882845580, abs=1e-9)


def test_distance_broadcasts_one_place_against_many():
    assert geodesy.distance_m(0, 0, [0, 0], [90, -90]) == pytest.approx([TO_POLE_M] * 2, abs=0.001)


def test_bearing_counts_from_north_to_360():
    assert geodesy.bearing_deg(0, 0, -1, 0) == pytest.approx(270)


@pytest.mark.parametrize("draw", [geodesy.disc, geodesy.ring, geodesy.discs, geodesy.rings])
@pytest.mark.parametrize(
    ("lon", "lat", "radius_m", "named", "remedy"),
    [
        (math.nan, 38.0, 2e6, "nan", "longitude -180..180"),
        (46.0, math.nan, 2e6, "nan", "latitude -90..90"),
        (46.0, 91.0, 2e6, "91", "latitude -90..90"),
        (181.0, 38.0, 2e6, "181", "longitude -180..180"),
        (46.0, -90.5, 3e7, "-90.5", "latitude -90..90"),
        (46.0, 38.0, 0.0, "radius 0 m", "above zero"),
        (46.0, 38.0, -5.0, "radius -5 m", "above zero"),
        (46.0, 38.0, math.inf, "radius inf m", "finite"),
        (46.0, 38.0, -math.inf, "radius -inf m", "finite"),
        (46.0, 38.0, math.nan, "radius nan m", "finite"),
    ],
)
def test_what_is_no_place_or_no_distance_is_refused_by_name(
    draw, lon, lat, radius_m, named, remedy
):
    with pytest.raises(GeodesyError) as caught:
        draw(lon, lat, radius_m)
    assert named in str(caught.value)
    assert remedy in str(caught.value)
    assert isinstance(caught.value, AtlasError)


@pytest.mark.parametrize("tolerance_m", [0.0, -1.0, math.nan])
def test_a_tolerance_must_be_above_zero(tolerance_m):
    with pytest.raises(GeodesyError, match=rf"tolerance {tolerance_m:g} m .*ask for 100 m"):
        geodesy.disc(*TABRIZ, 2e6, tolerance_m)


def test_one_bad_origin_among_many_is_named():
    with pytest.raises(GeodesyError, match=r"\[12, 95\]"):
        geodesy.rings([10, 12], [50, 95], 2e6)
