"""The geodesic buffer, against brute-force distance to a finely cut source."""

from __future__ import annotations

import math

import geopandas
import numpy as np
import pandas as pd
import pytest
import shapely
from pyproj import Geod
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box

from geo import discs, geodesy
from geo.errors import GeodesyError
from geo.reach import band, outline, reach, reach_of
from tests import hard
from tests.rfc7946 import assert_rfc_7946

GEOD = Geod(ellps="WGS84")
TABRIZ = Point(46.2919, 38.08)


@pytest.fixture(scope="module", params=[name for name in hard.CASES if name not in hard.SLOW])
def case(request):
    make, radius_m = hard.CASES[request.param]
    source = make()
    return source, hard.densified(source), radius_m, reach_of(source, radius_m)


def test_every_vertex_of_a_reach_lies_at_its_radius(case):
    _, cut, radius_m, shape = case
    assert_rfc_7946(shape)
    points = hard.outline_of(shape)
    points = points[:: math.ceil(len(points) / 250)]
    assert len(points) > 100
    off = hard.true_distance_m(points, cut) - radius_m
    assert np.abs(off).max() <= hard.allowed_m(radius_m)


def test_no_place_is_on_the_wrong_side_of_a_reach(case):
    source, cut, radius_m, shape = case
    places = hard.probes(hard.outline_of(shape), radius_m, 600)
    wrong = hard.on_the_wrong_side(shape, source, cut, radius_m, places)
    assert not wrong.size, wrong[:3]


def test_the_probe_finds_a_reach_that_is_too_long():
    make, radius_m = hard.CASES["box across 180, 800 km"]
    source = make()
    longer = reach_of(source, radius_m + 3 * hard.allowed_m(radius_m))
    places = hard.probes(hard.outline_of(reach_of(source, radius_m)), radius_m, 600)
    wrong = hard.on_the_wrong_side(longer, source, hard.densified(source), radius_m, places)
    assert len(wrong) > 20


def test_no_outline_runs_along_the_antimeridian_or_a_pole(case):
    *_, shape = case
    lines = shapely.get_parts(outline(shape))
    assert len(lines) >= 1
    for line in lines:
        lon, lat = np.abs(shapely.get_coordinates(line)).T
        assert not ((lon[:-1] == 180) & (lon[1:] == 180)).any()
        assert not (lat == 90).any()


def test_a_hole_that_the_reach_does_not_fill_stays_open():
    make, radius_m = hard.CASES["box with a hole 150 km"]
    shape = reach_of(make(), radius_m)
    assert sum(len(part.interiors) for part in shapely.get_parts(shape)) == 1
    assert not shape.intersects(Point(6, 45))
    assert reach_of(make(), 4e5).intersects(Point(6, 45))


@pytest.mark.parametrize("origin", [TABRIZ, Point(180, 66), Point(0, -90), Point(20.51, 54.71)])
@pytest.mark.parametrize("radius_m", [5e5, 5.5e6, 15e6, 2e7])
def test_the_reach_of_a_point_is_its_disc(origin, radius_m):
    assert reach_of(origin, radius_m).equals_exact(
        discs.disc(origin.x, origin.y, radius_m), tolerance=0
    )


def test_a_looser_tolerance_gives_fewer_vertices():
    fine = reach_of(TABRIZ, 5.5e6, tolerance_m=20)
    coarse = reach_of(TABRIZ, 5.5e6, tolerance_m=500)
    assert shapely.get_num_coordinates(coarse) < shapely.get_num_coordinates(fine)


def test_an_area_reaches_the_whole_globe_at_19_970_km():
    assert reach_of(box(30, 72, 60, 80), 19.97e6).equals(box(-180, -90, 180, 90))


def test_the_outline_of_the_whole_globe_is_empty():
    assert outline(reach_of(TABRIZ, 2e7)).is_empty


def test_the_outline_across_180_is_two_open_lines():
    line = outline(reach_of(Point(180, 10), 1e6))
    assert line.geom_type == "MultiLineString"
    assert len(line.geoms) == 2
    assert not any(part.is_closed for part in line.geoms)


def test_a_geoseries_keeps_its_index_and_crs():
    index = geopandas.pd.Index(["tabriz", "rota"], name="id")
    origins = geopandas.GeoSeries([TABRIZ, Point(-6.35, 36.64)], index=index, crs=4326)
    drawn = reach(origins, 2e6)
    assert isinstance(drawn, geopandas.GeoSeries)
    assert drawn.index.equals(index)
    assert drawn.index.name == "id"
    assert drawn.crs == origins.crs
    assert drawn["tabriz"].equals_exact(reach_of(TABRIZ, 2e6), tolerance=0)
    assert origins["tabriz"].equals(TABRIZ)


def test_a_geoseries_in_another_crs_comes_back_in_it():
    degrees = geopandas.GeoSeries([Point(24.4164, 44.0773), Point(20.51, 54.71)], index=[7, 3])
    metres = degrees.set_crs(4326).to_crs(3035)
    drawn = reach(metres, 5e5)
    assert drawn.crs == "EPSG:3035"
    assert drawn.index.tolist() == [7, 3]
    for index, origin in degrees.items():
        points = shapely.get_coordinates(drawn.to_crs(4326)[index])
        full = np.ones(len(points))
        off = np.abs(GEOD.inv(full * origin.x, full * origin.y, *points.T)[2] - 5e5)
        assert off.max() < 1


def test_a_geoseries_takes_areas_lines_and_a_minimum_range():
    origins = geopandas.GeoSeries([box(30, 34, 31, 35), LineString([(0, 50), (5, 52)])], crs=4326)
    drawn = reach(origins, 3e5, inner_m=1e5, tolerance_m=500)
    for index, origin in origins.items():
        assert drawn[index].equals(band(origin, 1e5, 3e5, tolerance_m=500))
        assert not drawn[index].intersects(origin)


def test_an_empty_geoseries_comes_back_empty():
    drawn = reach(geopandas.GeoSeries([], crs=3035), 2e6)
    assert len(drawn) == 0
    assert drawn.crs == "EPSG:3035"


def test_a_geoseries_without_crs_is_refused():
    with pytest.raises(GeodesyError, match=r"no CRS; set it with \.set_crs\(4326\)"):
        reach(geopandas.GeoSeries([TABRIZ]), 2e6)


@pytest.mark.parametrize("hole", [None, Point(), Polygon()], ids=["missing", "no point", "no area"])
def test_a_missing_or_empty_geometry_is_named_by_its_index(hole):
    origins = geopandas.GeoSeries([TABRIZ, hole], index=["tabriz", "semnan"], crs=4326)
    with pytest.raises(GeodesyError, match=r"index 'semnan' is missing or empty; drop it"):
        reach(origins, 2e6)


def test_an_empty_origin_is_refused():
    with pytest.raises(GeodesyError, match="empty geometry; give a point"):
        reach_of(Polygon(), 2e6)


AREA = box(30, 34, 31, 35)


@pytest.mark.parametrize(
    ("origin", "radius_m"),
    [
        (TABRIZ, 0.0),
        (TABRIZ, -1.0),
        (TABRIZ, math.nan),
        (TABRIZ, math.inf),
        (AREA, math.nan),
        (AREA, math.inf),
    ],
)
def test_a_radius_that_is_no_distance_is_refused(origin, radius_m):
    with pytest.raises(GeodesyError, match=rf"radius {radius_m:g} m is not a distance"):
        reach_of(origin, radius_m)


@pytest.mark.parametrize(
    "origin",
    [Point(244, 44), LineString([(30, 34), (244, 35)]), box(30, 34, 31, 95)],
    ids=["point", "line", "area"],
)
def test_a_place_off_the_earth_is_refused(origin):
    with pytest.raises(GeodesyError, match=r"is not on Earth; (write|they look)"):
        reach_of(origin, 2e6)


def test_a_band_leaves_out_what_is_nearer_than_its_inner_edge():
    shape = band(TABRIZ, 5e5, 2e6)
    assert_rfc_7946(shape)
    rng = np.random.default_rng(5)
    lons, lats = rng.uniform(10, 80, 2000), rng.uniform(15, 60, 2000)
    full = np.ones(2000)
    distance = GEOD.inv(full * TABRIZ.x, full * TABRIZ.y, lons, lats)[2]
    clear = (np.abs(distance - 5e5) > 200) & (np.abs(distance - 2e6) > 200)
    inside = shapely.intersects_xy(shape, lons, lats)
    assert (inside == ((distance > 5e5) & (distance < 2e6)))[clear].all()
    assert geodesy.area_m2(shape) == pytest.approx(
        geodesy.area_m2(reach_of(TABRIZ, 2e6)) - geodesy.area_m2(reach_of(TABRIZ, 5e5)), rel=1e-6
    )


def test_a_band_from_zero_keeps_the_middle():
    assert band(TABRIZ, 0, 2e6).equals(reach_of(TABRIZ, 2e6))


@pytest.mark.parametrize("inner_m", [2e6, 3e6, -1.0])
def test_an_inner_distance_must_be_below_the_outer(inner_m):
    with pytest.raises(GeodesyError, match=r"is not between 0 and the outer 2e\+06 m"):
        band(TABRIZ, inner_m, 2e6)


def test_points_in_one_series_may_each_have_a_radius_of_their_own():
    origins = geopandas.GeoSeries([TABRIZ, Point(180, 66)], index=["a", "b"], crs=4326)
    drawn = reach(origins, geopandas.pd.Series({"b": 8e6, "a": 2e6}))
    assert drawn["a"].equals(reach_of(TABRIZ, 2e6))
    assert drawn["b"].equals(reach_of(Point(180, 66), 8e6))


def test_a_radius_missing_from_a_series_is_named_by_its_index():
    origins = geopandas.GeoSeries([TABRIZ, AREA], index=["tabriz", "box"], crs=4326)
    with pytest.raises(GeodesyError, match=r"'box'.*radius nan m"):
        reach(origins, geopandas.pd.Series({"tabriz": 8e6}))


def test_what_is_wrong_in_a_series_is_named_by_its_index():
    origins = geopandas.GeoSeries([TABRIZ, Point(244, 44)], index=["tabriz", "semnan"], crs=4326)
    with pytest.raises(GeodesyError, match=r"index 'semnan': position \[244, 44\]"):
        reach(origins, 2e6)


def test_a_reach_that_leaves_its_projection_is_refused():
    origins = geopandas.GeoSeries([Point(24, 44)], index=["deveselu"], crs=4326).to_crs(32635)
    with pytest.raises(GeodesyError, match=r"index 'deveselu'.*EPSG:32635.*to_crs\(4326\)"):
        reach(origins, 8e6)


def test_a_collection_reaches_as_far_as_each_of_its_parts():
    parts = [TABRIZ, LineString([(0, 50), (5, 52)]), AREA]
    together = reach_of(shapely.GeometryCollection([parts[0], MultiPolygon([AREA]), parts[1]]), 2e5)
    apart = shapely.union_all([reach_of(part, 2e5) for part in parts])
    assert geodesy.area_m2(together) == pytest.approx(geodesy.area_m2(apart), rel=1e-4)
    assert len(together.geoms) == 3


def test_heights_are_left_out():
    assert reach_of(Point(46, 38, 900), 2e5).equals(reach_of(Point(46, 38), 2e5))
    tall = shapely.force_3d(AREA, 100.0)
    assert not reach_of(tall, 2e5).has_z


def test_a_number_of_numpy_is_a_radius_and_an_index_that_stands_twice_is_refused():
    two = geopandas.GeoSeries([Point(20, 50), Point(40, 50)], index=["a", "b"], crs=4326)
    for radius_m in (np.int64(100_000), np.float32(100_000)):
        assert reach(two, radius_m).geom_equals(reach(two, 100_000.0)).all()
    twice = two.set_axis(["a", "a"])
    with pytest.raises(GeodesyError, match="an index stands twice"):
        reach(twice, pd.Series([1e6, 2e6], index=["a", "a"]))
    assert len(reach(twice, 1e5)) == 2
