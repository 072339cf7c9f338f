"""Nearest points, against brute force over finely cut borders and scipy's own search tree."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod
from shapely.geometry import LineString, MultiPoint, Point, Polygon, box

from geo import borders, geodesy, nearest
from geo.edges import cut, edges
from geo.errors import GeodesyError
from geo.nearest import Places, Shore, gap
from tests.hard import in_space

GEOD = Geod(ellps="WGS84")
TEHRAN = (51.42151, 35.69439)
LONGITUDES, LATITUDES = st.floats(-180, 180), st.floats(-90, 90)


def brute_m(shape: shapely.Geometry, lon: float, lat: float, step_m: float = 200) -> float:
    """Distance to the nearest of many points on the edges."""
    start, end = edges(shape)
    points = np.vstack([cut(start, end, step_m)[0], end])
    full = np.ones(len(points))
    return float(np.min(GEOD.inv(full * lon, full * lat, *points.T)[2]))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1), LONGITUDES, LATITUDES)
def test_the_nearest_place_is_the_one_that_karney_finds(seed, lon, lat):
    rng = np.random.default_rng(seed)
    count = int(rng.integers(1, 300))
    points = np.column_stack(
        [rng.uniform(-180, 180, count), np.degrees(np.arcsin(rng.uniform(-1, 1, count)))]
    )
    index, distance_m = Places(points).nearest(lon, lat)
    full = np.ones(count)
    true_m = np.asarray(GEOD.inv(full * lon, full * lat, *points.T)[2])
    assert distance_m[0] == pytest.approx(true_m.min(), abs=1e-6)
    assert true_m[index[0]] == pytest.approx(true_m.min(), abs=1e-6)


def test_thousands_of_questions_have_the_answers_of_a_search_tree():
    from scipy.spatial import cKDTree

    shore = Shore(borders.country("GRC", "de-jure").geometry)
    rng = np.random.default_rng(2)
    lons, lats = rng.uniform(15, 32, 3000), rng.uniform(30, 45, 3000)
    index, distance_m = shore.nearest(lons, lats)
    by_tree = cKDTree(in_space(shore.points)).query(in_space(np.column_stack([lons, lats])))[1]
    full = np.column_stack([lons, lats])
    true_m = np.asarray(GEOD.inv(*full.T, *shore.points[by_tree].T)[2])
    assert (distance_m <= true_m + 1e-6).all()
    assert (index == by_tree).mean() > 0.99


@pytest.mark.parametrize("iso3", ["IRN", "GRC", "RUS", "FJI", "ATA", "USA", "LSO", "VAT"])
def test_the_nearest_border_point_is_right_for_countries_and_is_returned(iso3):
    shape = borders.country(iso3, "de-jure").geometry
    shore = Shore(shape)
    rng = np.random.default_rng(8)
    lons, lats = rng.uniform(-180, 180, 8), np.degrees(np.arcsin(rng.uniform(-1, 1, 8)))
    distance_m, points = shore.near(lons, lats)
    for lon, lat, found_m, point in zip(lons, lats, distance_m, points, strict=True):
        if shape.covers(Point(lon, lat)):
            assert found_m == 0
            assert point == pytest.approx([lon, lat])
            continue
        true_m = brute_m(shape, lon, lat, 1000)
        assert true_m - 130 <= found_m <= true_m + 0.01  # the brute points are 1 km apart
        assert float(geodesy.distance_m(lon, lat, *point)) == pytest.approx(found_m, abs=1e-6)
        assert shapely.distance(shape, Point(point)) < 1e-9


def test_the_nearest_point_may_lie_between_two_vertices():
    distance_m, points = Shore(box(30, 30, 60, 50)).near(20, 40)
    assert points[0] == pytest.approx([30, 40.434], abs=0.001)  # geodesics bulge to the north
    assert distance_m[0] == pytest.approx(brute_m(box(30, 30, 60, 50), 20, 40), abs=0.1)


def test_across_180_and_at_a_pole_the_way_is_the_short_one():
    assert Shore(Point(-179, 0)).near(179, 0)[0][0] == pytest.approx(222_638.98, abs=0.01)
    cap = box(-180, 80, 180, 90)
    assert Shore(cap).near(10, 70)[0][0] == pytest.approx(
        float(geodesy.distance_m(10, 70, 10, 80)), abs=1
    )


CASES = {
    "Iran and Greece": ("IRN", "GRC"),
    "Iran and Romania": ("IRN", "ROU"),
    "Russia and the United States": ("RUS", "USA"),
    "Portugal and New Zealand": ("PRT", "NZL"),
}


@pytest.mark.parametrize("codes", list(CASES.values()), ids=list(CASES))
def test_the_shortest_way_between_two_countries_has_both_its_ends(codes):
    from scipy.spatial import cKDTree

    one, two = (borders.country(iso3, "de-jure").geometry for iso3 in codes)
    found = gap(one, two)
    assert found.distance_m > 0
    assert float(
        geodesy.distance_m(found.lon1, found.lat1, found.lon2, found.lat2)
    ) == pytest.approx(found.distance_m, abs=1e-6)
    assert shapely.distance(one, Point(found.lon1, found.lat1)) < 1e-9
    assert shapely.distance(two, Point(found.lon2, found.lat2)) < 1e-9
    # brute force: the hundred nearest pairs in space, by Karney
    ends = [np.vstack([cut(*edges(shape), 1000)[0], edges(shape)[1]]) for shape in (one, two)]
    chords, index = cKDTree(in_space(ends[1])).query(in_space(ends[0]))
    best = np.argsort(chords)[:5000]
    true_m = np.min(GEOD.inv(*ends[0][best].T, *ends[1][index[best]].T)[2])
    assert true_m - 600 <= found.distance_m <= true_m + 0.01


def test_shapes_that_meet_have_no_gap():
    found = gap(borders.country("IRN", "de-jure").geometry, Point(*TEHRAN))
    assert found.distance_m == 0
    assert (found.lon1, found.lat1) == (found.lon2, found.lat2) == TEHRAN
    turkey, iran = (borders.country(iso3, "de-jure").geometry for iso3 in ("TUR", "IRN"))
    assert gap(turkey, iran).distance_m == 0


def test_lines_points_and_collections_have_gaps_too():
    line = LineString([(0, 10), (20, 10)])
    assert gap(line, Point(10, 12)).distance_m == pytest.approx(brute_m(line, 10, 12), abs=0.1)
    mixed = shapely.GeometryCollection([Point(100, 0), MultiPoint([(50, 0), (11, 12)]), line])
    assert gap(mixed, Point(11, 12)).distance_m == 0
    assert len(edges(mixed)[0]) == 4


def test_an_empty_shape_and_a_place_off_the_earth_are_refused():
    with pytest.raises(GeodesyError, match="empty geometry; give a point"):
        Shore(Polygon())
    with pytest.raises(GeodesyError, match=r"\[200, 10\].*write the longitude as -160"):
        Shore(Point(0, 0)).near(200, 10)


@pytest.mark.parametrize("seed", range(40))
def test_the_far_end_of_an_open_line_counts(seed):
    rng = np.random.default_rng(seed)
    corners = np.array([20.0, 45.0]) + rng.uniform(-0.15, 0.15, (3, 2))
    lon, lat = np.array([20.0, 45.0]) + rng.uniform(-5, 5, 2)
    share = np.linspace(0, 1, 2001)[:, None]
    along = np.vstack([corners[i] + (corners[i + 1] - corners[i]) * share for i in (0, 1)])
    truth = geodesy.distance_m(lon, lat, *along.T).min()
    lines = shapely.MultiLineString([corners, np.add(corners, (30, 0))])
    for shape in (shapely.LineString(corners), lines):
        assert Shore(shape).near(lon, lat)[0][0] == pytest.approx(truth, abs=0.5)


def test_the_nearest_point_of_an_edge_is_found_to_a_millimetre():
    rng = np.random.default_rng(1)
    count = 4000
    lon, lat = rng.uniform(-179, 179, count), np.degrees(np.arcsin(rng.uniform(-1, 1, count)))
    lons, lats = geodesy.forward(lon, lat, rng.uniform(0, 360, count), rng.uniform(10, 5000, count))
    kept = np.abs(lons - lon) < 90
    starts, ends = np.column_stack([lon, lat])[kept], np.column_stack([lons, lats])[kept]
    away_m = 10 ** rng.uniform(0, 7.2, kept.sum())
    where = geodesy.forward(*starts.T, rng.uniform(0, 360, kept.sum()), away_m)
    _, found_m = nearest._along(*where, starts, ends)
    for share in np.linspace(0, 1, 201)[:, None]:
        there_m = geodesy.distance_m(*where, *(starts + (ends - starts) * share).T)
        assert (found_m <= there_m + 1e-3).all()
