"""Rings, discs, sectors: measured against pyproj's own inverse, never against this code."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geo import discs, geodesy, sector
from geo.errors import AtlasError, GeodesyError
from tests.rfc7946 import assert_rfc_7946

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
    points = discs.ring(lon, lat, radius_m, tolerance_m)
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


@settings(max_examples=150, deadline=None)
@given(LONGITUDES, LATITUDES, RADII, TOLERANCES)
@example(*KALININGRAD, 15e6, 100.0)
@example(*TABRIZ, 5.5e6, 100.0)
@example(180.0, 90.0, 19.9e6, 100.0)
@example(-180.0, -90.0, 1e3, 500.0)
@example(0.0, 0.0, TO_POLE_M, 100.0)
def test_every_vertex_of_a_ring_lies_at_its_radius(lon, lat, radius_m, tolerance_m):
    points = discs.ring(lon, lat, radius_m, tolerance_m)
    assert len(points) >= 360
    assert (np.abs(points) <= [180, 90]).all()
    off = np.abs(inverse_m(lon, lat, *points.T) - radius_m)
    assert off.max() < 1


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(LONGITUDES, LATITUDES), min_size=1, max_size=5), RADII)
@example([KALININGRAD, TABRIZ, (180.0, -90.0)], 2e6)
def test_every_vertex_of_many_rings_lies_at_its_radius(origins, radius_m):
    lons, lats = discs.rings(*zip(*origins, strict=True), radius_m)
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
    assert_rfc_7946(discs.disc(lon, lat, radius_m, tolerance_m))


@settings(max_examples=60, deadline=None)
@given(LONGITUDES, LATITUDES, RADII, TOLERANCES)
@example(*KALININGRAD, 15e6, 500.0)
@example(*TABRIZ, 5.5e6, 500.0)
@example(30.0, 0.0, 1e3, 100.0)
@example(-100.0, 45.0, 19e6, 100.0)
def test_the_area_of_a_disc_is_right_to_one_in_ten_thousand(lon, lat, radius_m, tolerance_m):
    drawn = geodesy.area_m2(discs.disc(lon, lat, radius_m, tolerance_m))
    assert drawn == pytest.approx(exact_area_m2(lon, lat, radius_m), rel=1e-4)


@pytest.mark.parametrize(("name", "origin", "radius_m", "north", "south"), HARD, ids=IDS)
def test_a_disc_holds_what_lies_nearer_and_nothing_else(name, origin, radius_m, north, south):
    shape = discs.disc(*origin, radius_m)
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
    shape = discs.disc(*origin, radius_m)
    # a pole is a whole line of the plane
    for pole, expected in ((90.0, north), (-90.0, south)):
        line = shapely.LineString([(-180, pole), (180, pole)])
        assert (shapely.intersection(shape, line).length == 360) is expected


def test_a_ring_wholly_south_of_the_equator_can_hold_the_north_pole():
    assert discs.ring(*KALININGRAD, 15e6)[:, 1].max() < 0
    shape = discs.disc(*KALININGRAD, 15e6)
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
    many = discs.discs(lons, lats, radius_m)
    assert len(many) == len(lons)
    for lon, lat, shape in zip(lons, lats, many, strict=True):
        assert_rfc_7946(shape)
        points = probes(lon, lat, radius_m, 300)
        points = points[np.abs(inverse_m(lon, lat, *points.T) - radius_m) > 2000]
        one = shapely.intersects_xy(discs.disc(lon, lat, radius_m), *points.T)
        assert (shapely.intersects_xy(shape, *points.T) == one).all()


@pytest.mark.parametrize("radius_m", [geodesy.WHOLE_GLOBE_M, 20_003_931.0, 3e7])
def test_the_whole_globe_is_reached_from_anywhere_at_19_970_km(radius_m):
    whole = discs.disc(*TABRIZ, radius_m)
    assert whole.equals(shapely.box(-180, -90, 180, 90))
    assert_rfc_7946(whole)
    assert geodesy.area_m2(whole) == pytest.approx(EARTH_M2, rel=1e-9)
    assert all(shape.equals(whole) for shape in discs.discs([0, 180], [90, 0], radius_m))


def test_just_below_the_whole_globe_the_antipode_is_left_out():
    shape = discs.disc(*TABRIZ, geodesy.WHOLE_GLOBE_M - 1)
    assert_rfc_7946(shape)
    assert not shapely.intersects_xy(shape, TABRIZ[0] - 180, -TABRIZ[1])
    assert geodesy.area_m2(shape) < EARTH_M2


@pytest.mark.parametrize("draw", [discs.disc, discs.ring, discs.discs, discs.rings])
@pytest.mark.parametrize(
    ("lon", "lat", "radius_m", "named", "remedy"),
    [
        (math.nan, 38.0, 2e6, "nan", "longitude -180..180"),
        (46.0, math.nan, 2e6, "nan", "latitude -90..90"),
        (46.0, 91.0, 2e6, "91", "swapped"),
        (5e5, 4.2e6, 2e6, "500000", "to_crs(4326)"),
        (181.0, 38.0, 2e6, "181", "write the longitude as -179"),
        (46.0, -90.5, 3e7, "-90.5", "longitude first"),
        (-120.0, -90.5, 3e7, "-90.5", "latitude -90..90"),
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
        discs.disc(*TABRIZ, 2e6, tolerance_m)


def test_one_bad_origin_among_many_is_named():
    with pytest.raises(GeodesyError, match=r"\[12, 95\]"):
        discs.rings([10, 12], [50, 95], 2e6)


@pytest.mark.parametrize("radius_m", [2e6, 5.5e6, 12e6, 19e6])
def test_many_discs_of_a_fixed_count_are_what_one_disc_is(radius_m):
    rng = np.random.default_rng(11)
    lons = np.append(rng.uniform(-180, 180, 60), [0.0, 180.0, -180.0, 25.0, 25.0])
    lats = np.append(np.degrees(np.arcsin(rng.uniform(-1, 1, 60))), [5.0, 5.0, -5.0, 90.0, -90.0])
    shapes = discs.discs(lons, lats, radius_m, count=360)
    assert shapely.is_valid(shapes).all()
    for lon, lat, shape in zip(lons, lats, shapes, strict=True):
        assert_rfc_7946(shape)
        assert shapely.intersects_xy(shape, lon, lat)
        assert geodesy.area_m2(shape) == pytest.approx(exact_area_m2(lon, lat, radius_m), rel=1e-4)


def test_many_discs_may_each_have_a_radius_of_their_own():
    radii = np.array([1e3, 2e6, 15e6, 19.98e6])
    shapes = discs.discs([46.3] * 4, [38.1] * 4, radii)
    for radius_m, shape in zip(radii, shapes, strict=True):
        alone = geodesy.area_m2(discs.disc(46.3, 38.1, float(radius_m)))
        assert geodesy.area_m2(shape) == pytest.approx(alone, rel=1e-4)


#: Origin, radius, inner distance, start and end azimuth.
SECTORS = [
    ("radar facing south-east", (38.11, 38.35), 1e6, 0.0, 80.0, 200.0),
    ("across north", KALININGRAD, 2e6, 0.0, 300.0, 60.0),
    ("donut", TABRIZ, 2e6, 5e5, 30.0, 150.0),
    ("most of a turn", TABRIZ, 3e6, 0.0, 10.0, 350.0),
    ("over the north pole", (-145.7, 63.9), 6e6, 0.0, 300.0, 80.0),
    ("over the north pole, hollow", (-145.7, 63.9), 6e6, 1e6, 300.0, 80.0),
    ("hollow beyond the pole", (-145.7, 63.9), 9e6, 5e6, 300.0, 80.0),
    ("edge through the north pole", (24.0, 60.0), 5e6, 0.0, 0.0, 120.0),
    ("other edge through the south pole", (24.0, -60.0), 5e6, 0.0, 60.0, 180.0),
    ("both edges through both poles", (10.0, 20.0), 18e6, 0.0, 0.0, 180.0),
    ("across 180", (175.0, 52.0), 3e6, 0.0, 20.0, 160.0),
    ("both poles", (0.0, 0.0), 15e6, 0.0, 350.0, 190.0),
    ("to the antipode", (30.0, 10.0), 2.1e7, 0.0, 45.0, 135.0),
    ("a sliver", (30.0, 10.0), 1e6, 0.0, 45.0, 46.0),
]


@pytest.mark.parametrize(
    ("origin", "radius_m", "inner_m", "start", "end"),
    [case[1:] for case in SECTORS],
    ids=[case[0] for case in SECTORS],
)
def test_a_sector_holds_what_lies_between_its_azimuths_and_distances(
    origin, radius_m, inner_m, start, end
):
    shape = sector.sector(*origin, radius_m, start, end, inner_m=inner_m)
    assert_rfc_7946(shape)
    rng = np.random.default_rng(3)
    count = 4000
    spread = np.column_stack(
        [rng.uniform(-180, 180, count), np.degrees(np.arcsin(rng.uniform(-1, 1, count)))]
    )
    full = np.ones(count)
    distance = rng.uniform(1e3, min(radius_m * 1.2, 19.9e6), count)
    near = GEOD.fwd(full * origin[0], full * origin[1], rng.uniform(0, 360, count), distance)[:2]
    points = np.vstack([spread, np.column_stack(near)])
    towards, _, away = GEOD.inv(
        np.full(2 * count, origin[0]), np.full(2 * count, origin[1]), *points.T
    )
    within = (np.array(towards) - start) % 360
    width = (end - start) % 360
    away = np.array(away)
    # beside an edge a place may fall on either side: 300 m, and for a radial edge the same
    off_edge = np.abs(away - radius_m) > 300
    if inner_m:
        off_edge &= np.abs(away - inner_m) > 300
    swing = np.minimum(np.minimum(within, 360 - within), np.abs(within - width))
    radial_m = 6.3e6 * np.abs(np.sin(away / 6.371e6)) * np.radians(swing)
    clear = off_edge & (radial_m > 1000) & (np.abs(away - 20e6) > 1e5)
    expected = (away >= inner_m) & (away <= radius_m) & (within <= width)
    assert clear.sum() > 0.9 * 2 * count
    wrong = points[clear & (shapely.intersects_xy(shape, *points.T) != expected)]
    assert not wrong.size, wrong[:3]


@settings(max_examples=60, deadline=None)
@given(LONGITUDES, LATITUDES, RADII, st.floats(0, 360), st.floats(1, 359))
@example(66.0, -1.0, 9_990_597.0, 178.0, 1.0)
@example(0.0, 90.0, 1000.0, 0.0, 1.0)
@example(1.0, 90.0, 1000.0, 1.4e-91, 1.0)
@example(1.0, 0.0, 10_001_966.0, 4.6e-107, 1.0)
def test_two_sectors_of_one_turn_make_up_the_disc(lon, lat, radius_m, start, width):
    end = (start + width) % 360
    both = [
        sector.sector(lon, lat, radius_m, *azimuths) for azimuths in ((start, end), (end, start))
    ]
    for shape in both:
        assert_rfc_7946(shape)
    total = sum(geodesy.area_m2(shape) for shape in both)
    whole = geodesy.area_m2(discs.disc(lon, lat, radius_m))
    # chords of 100 m on every edge at the most
    assert total == pytest.approx(whole, rel=1e-3, abs=250 * radius_m)


def test_equal_azimuths_are_the_whole_turn():
    assert sector.sector(*TABRIZ, 2e6, 0, 360).equals(discs.disc(*TABRIZ, 2e6))
    hollow = sector.sector(*TABRIZ, 2e6, 90, 90, inner_m=5e5)
    assert geodesy.area_m2(hollow) == pytest.approx(
        geodesy.area_m2(discs.disc(*TABRIZ, 2e6)) - geodesy.area_m2(discs.disc(*TABRIZ, 5e5))
    )


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ((2e6, math.nan, 90.0), "start azimuth nan"),
        ((2e6, 0.0, math.inf), "end azimuth inf"),
        ((2e6, 0.0, 90.0, 2e6), "inner distance 2e"),
        ((2e6, 0.0, 90.0, -1.0), "inner distance -1 m"),
    ],
)
def test_a_sector_refuses_what_it_cannot_draw(choices, message):
    radius_m, start, end, *inner = choices
    with pytest.raises(GeodesyError, match=message):
        sector.sector(*TABRIZ, radius_m, start, end, inner_m=inner[0] if inner else 0.0)
