"""Rings, discs, sectors: measured against pyproj's own inverse, never against this code."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st

from geo import discs, geodesy
from geo.errors import AtlasError, GeodesyError
from tests.rfc7946 import assert_rfc_7946
from tests.rounds import (
    EARTH_M2,
    HARD,
    IDS,
    KALININGRAD,
    LATITUDES,
    LONGITUDES,
    RADII,
    TABRIZ,
    TO_POLE_M,
    TOLERANCES,
    chord_error_m,
    exact_area_m2,
    inverse_m,
    probes,
)


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
