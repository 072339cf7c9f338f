"""The geodesic buffer, against brute-force distance to a finely cut source."""

from __future__ import annotations

import itertools
import math

import geopandas
import numpy as np
import pytest
import shapely
from geojson_pydantic import MultiPolygon as ReadMultiPolygon
from geojson_pydantic import Polygon as ReadPolygon
from pyproj import Geod
from shapely.geometry import LineString, MultiPoint, MultiPolygon, Point, Polygon, box, mapping

from geo import borders, geodesy
from geo.errors import GeodesyError
from geo.reach import band, outline, reach, reach_of

GEOD = Geod(ellps="WGS84")
TABRIZ = Point(46.2919, 38.08)

# Name, source, radius in metres.
SOURCES = {
    "Iran": (lambda: borders.country("IRN", "de-jure").geometry, 2e6),
    "Kaliningrad oblast": (lambda: borders.part("RUS", 20.51102, 54.70639, "de-jure"), 5e5),
    "patrol box across 180": (
        lambda: MultiPolygon([box(170, 40, 180, 50), box(-180, 40, -172, 50)]),
        8e5,
    ),
    "Arctic box": (lambda: box(30, 72, 60, 80), 1.5e6),
    "polar cap": (lambda: box(-180, 86, 180, 90), 4e6),
    "line": (lambda: LineString([(20, 54), (24, 44), (38, 37)]), 1e6),
    "polygon with a hole": (
        lambda: Polygon(box(0, 40, 12, 50).exterior, [box(3, 42, 9, 48).exterior.coords]),
        1.5e5,
    ),
    "two far points": (lambda: MultiPoint([(170, 60), (-60, -30)]), 3e6),
}


def densified(source: shapely.Geometry, step_m: float = 1000) -> np.ndarray:
    """Points on the edges, straight in longitude and latitude, at most a step apart."""
    cut = []
    for part in shapely.get_parts(source):
        rings = [part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part]
        for loop in rings:
            points = shapely.get_coordinates(loop)
            cut.append(points[-1:])
            for start, end in itertools.pairwise(points):
                # along a parallel the way is longest where it is nearest the equator
                shrink = math.cos(math.radians(np.abs([start[1], end[1]]).min()))
                length = 111_700 * math.hypot((end[0] - start[0]) * shrink, end[1] - start[1])
                shares = np.linspace(0, 1, max(1, math.ceil(length / step_m)), endpoint=False)
                cut.append(start + shares[:, None] * (end - start))
    return np.vstack(cut)


def directions(points: np.ndarray) -> np.ndarray:
    lon, lat = np.radians(points).T
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def true_distance_m(points: np.ndarray, source: np.ndarray) -> np.ndarray:
    """Distance to the nearest point of the source.

    A sphere is wrong by less than 0.57 % either way, so the nearest point is among those within
    1.2 % of the nearest on the sphere; Karney's inverse decides among them.
    """
    found = np.empty(len(points))
    towards = directions(source).T
    for first in range(0, len(points), 200):
        some = points[first : first + 200]
        cosine = np.clip(directions(some) @ towards, -1, 1)
        limit = np.cos(np.minimum(np.arccos(cosine.max(axis=1)) * 1.012 + 1e-6, np.pi))
        rows, columns = np.nonzero(cosine >= limit[:, None])
        distance = GEOD.inv(*some[rows].T, *source[columns].T)[2]
        nearest = np.full(len(some), np.inf)
        np.minimum.at(nearest, rows, distance)
        found[first : first + 200] = nearest
    return found


def allowed_m(radius_m: float) -> float:
    return max(100.0, 0.0002 * radius_m)


def edge_vertices(shape: shapely.Geometry, most: int = 400) -> np.ndarray:
    """Vertices of the outline, those that the cut at 180 put in excepted."""
    points = np.unique(shapely.get_coordinates(outline(shape)), axis=0)
    points = points[(np.abs(points) < [180, 90]).all(axis=1)]
    return points[:: math.ceil(len(points) / most)]


def assert_publishable(shape: shapely.Geometry) -> None:
    assert shape.is_valid, shapely.is_valid_reason(shape)
    west, south, east, north = shape.bounds
    assert -180 <= west < east <= 180
    assert -90 <= south < north <= 90
    for part in shapely.get_parts(shape):
        assert part.exterior.is_ccw
        assert not any(hole.is_ccw for hole in part.interiors)
    model = {"Polygon": ReadPolygon, "MultiPolygon": ReadMultiPolygon}[shape.geom_type]
    assert len(model(**mapping(shape)).coordinates) >= 1


@pytest.fixture(scope="module", params=list(SOURCES))
def case(request):
    make, radius_m = SOURCES[request.param]
    source = make()
    # 800 m saves seconds at the pole and is what is allowed at 4,000 km
    tolerance_m = 800 if request.param == "polar cap" else 100
    shape = reach_of(source, radius_m, tolerance_m=tolerance_m)
    return source, densified(source), radius_m, shape


def test_every_vertex_of_a_reach_lies_at_its_radius(case):
    _, cut, radius_m, shape = case
    assert_publishable(shape)
    points = edge_vertices(shape)
    assert len(points) > 200
    off = true_distance_m(points, cut) - radius_m
    assert np.abs(off).max() <= allowed_m(radius_m)


def test_a_reach_holds_what_lies_nearer_and_nothing_else(case):
    source, cut, radius_m, shape = case
    rng = np.random.default_rng(7)
    spread = np.column_stack(
        [rng.uniform(-180, 180, 500), np.degrees(np.arcsin(rng.uniform(-1, 1, 500)))]
    )
    # half of all places lie beside the edge, where mistakes are made
    corner = edge_vertices(shape)[rng.integers(0, len(edge_vertices(shape)), 1000)]
    beside = GEOD.fwd(*corner.T, rng.uniform(0, 360, 1000), 10 ** rng.uniform(2.5, 5, 1000))[:2]
    within = shapely.get_coordinates(shapely.segmentize(source, 5.0))
    within = within[rng.integers(0, len(within), 500)] + rng.uniform(-1e-3, 1e-3, (500, 2))
    points = np.vstack([spread, np.column_stack(beside), np.clip(within, [-180, -90], [180, 90])])

    distance = true_distance_m(points, cut)
    distance[shapely.intersects_xy(source, *points.T)] = 0
    clear = np.abs(distance - radius_m) > 2 * allowed_m(radius_m)
    assert clear.sum() > 1500
    inside = shapely.intersects_xy(shape, *points.T)
    wrong = points[clear & (inside != (distance < radius_m))]
    assert not wrong.size, wrong[:3]


def test_no_outline_runs_along_the_antimeridian_or_a_pole(case):
    *_, shape = case
    lines = shapely.get_parts(outline(shape))
    assert len(lines) >= 1
    for line in lines:
        lon, lat = np.abs(shapely.get_coordinates(line)).T
        assert not ((lon[:-1] == 180) & (lon[1:] == 180)).any()
        assert not (lat == 90).any()


def test_a_hole_that_the_reach_does_not_fill_stays_open():
    make, radius_m = SOURCES["polygon with a hole"]
    shape = reach_of(make(), radius_m)
    assert sum(len(part.interiors) for part in shapely.get_parts(shape)) == 1
    assert not shape.intersects(Point(6, 45))
    assert reach_of(make(), 4e5).intersects(Point(6, 45))


@pytest.mark.parametrize("origin", [TABRIZ, Point(180, 66), Point(0, -90), Point(20.51, 54.71)])
@pytest.mark.parametrize("radius_m", [5e5, 5.5e6, 15e6, 2e7])
def test_the_reach_of_a_point_is_its_disc(origin, radius_m):
    assert reach_of(origin, radius_m).equals_exact(
        geodesy.disc(origin.x, origin.y, radius_m), tolerance=0
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
    with pytest.raises(GeodesyError, match=r"is not on Earth; give longitude -180\.\.180"):
        reach_of(origin, 2e6)


def test_a_band_leaves_out_what_is_nearer_than_its_inner_edge():
    shape = band(TABRIZ, 5e5, 2e6)
    assert_publishable(shape)
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


@pytest.mark.parametrize("inner_m", [2e6, 3e6])
def test_an_inner_distance_must_be_below_the_outer(inner_m):
    with pytest.raises(GeodesyError, match=r"is not below the outer 2e\+06 m; swap them"):
        band(TABRIZ, inner_m, 2e6)
