"""Distances, bearings and areas: measured against pyproj's own inverse and published numbers."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geo import geodesy

GEOD = Geod(ellps="WGS84")
#: Area of the ellipsoid: 4 pi times the authalic radius squared, 6,371,007.1809 m.
EARTH_M2 = 510_065_621_724_088.44
#: From the equator to a pole along a meridian.
TO_POLE_M = 10_001_965.729

LONGITUDES = st.floats(-180, 180)
LATITUDES = st.floats(-90, 90)


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


def test_lamberts_formula_errs_no_more_than_stated():
    rng = np.random.default_rng(4)
    count = 300_000
    lons, lats = rng.uniform(-180, 180, count), np.degrees(np.arcsin(rng.uniform(-1, 1, count)))
    evenly = rng.uniform(1, 19.97e6, count // 2)
    true_m = np.append(evenly, 10 ** rng.uniform(0, 7.3, count - count // 2)).clip(max=20e6)
    to_lons, to_lats, _ = GEOD.fwd(lons, lats, rng.uniform(0, 360, count), true_m)
    true_m = np.asarray(GEOD.inv(lons, lats, to_lons, to_lats)[2])
    rough_m = geodesy.roughly_m(geodesy.spots(lons, lats), geodesy.spots(to_lons, to_lats))
    assert (np.abs(rough_m - true_m) <= geodesy.rough_error_m(rough_m)).all()
    assert (np.abs(rough_m - true_m) <= geodesy.rough_error_m(true_m)).all()


def test_spots_are_unit_vectors_and_a_place_is_no_distance_from_itself():
    spots = geodesy.spots([0, 90, 0, 12.3], [0, 0, 90, -45.6])
    assert spots[:3] == pytest.approx(np.eye(3), abs=1e-12)
    assert np.linalg.norm(spots, axis=1) == pytest.approx(np.ones(4))
    assert geodesy.roughly_m(spots, spots).tolist() == [0, 0, 0, 0]
