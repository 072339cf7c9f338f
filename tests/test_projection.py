"""Projected shapes: measured with PROJ, Karney's inverse and random points, never this code."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyproj import Geod, Transformer
from shapely.geometry.base import BaseGeometry

from geo import basemap, borders, discs, geodesy, shapes
from geo import projection as flat
from geo.errors import AtlasError, GeodesyError
from geo.projection import Projection, europe_equal_area, globe_side, true_range
from geo.shapes import project

GEOD = Geod(ellps="WGS84")
TABRIZ = (46.2919, 38.08)
KALININGRAD = (20.51, 54.71)
FORT_GREELY = (-145.72, 63.995)
GLOBE = shapely.box(-180, -90, 180, 90)
SEAM = shapely.LineString([(180, -90), (180, 90)])

MAPS = {
    "Tabriz": true_range(*TABRIZ),
    "Kaliningrad": true_range(*KALININGRAD, 10_000),
    "Fort Greely": true_range(*FORT_GREELY, 10_000),
    "north pole": true_range(37, 90),
    "south pole": true_range(0, -90, 12_000),
    "on 180": true_range(180, -20),
    "on -180": true_range(-180, 66, 9_000),
    "south": true_range(-60, -50, 14_000),
    "small cap on 180": true_range(179.5, 69, 700),
    "cap through the pole": true_range(0, 0, 10_001.965729),
    "Europe": europe_equal_area(),
    "Europe, widest": europe_equal_area(8_000),
}
FEWER = ["Tabriz", "Fort Greely", "south pole", "on 180", "small cap on 180", "Europe"]

LONGITUDES = st.one_of(st.floats(-180, 180), st.sampled_from([-180.0, 180.0, 0.0, 179.9999]))
LATITUDES = st.one_of(st.floats(-90, 90), st.sampled_from([-90.0, 90.0, 0.0, 89.9, -66.0]))
PROJECTIONS = st.one_of(
    st.builds(true_range, LONGITUDES, LATITUDES, st.floats(100, 15_000)),
    st.builds(europe_equal_area, st.floats(100, 8_000)),
)
RADII_KM = st.one_of(st.floats(50, 19_900), st.sampled_from([10_001.9, 15_000.0, 25_000.0]))


@lru_cache(maxsize=1)
def country_shapes() -> dict[str, BaseGeometry]:
    return {iso3: g for iso3, _, g in basemap.features(borders.DE_JURE) if iso3}


@lru_cache(maxsize=1)
def random_places() -> tuple[np.ndarray, np.ndarray]:
    """Evenly on the globe, with some near the poles and the cut."""
    rng = np.random.default_rng(7)
    lon = rng.uniform(-180, 180, 2000)
    lat = np.degrees(np.arcsin(rng.uniform(-1, 1, 2000)))
    lon[:300] = np.copysign(180 - rng.uniform(0, 2, 300), lon[:300])
    lat[300:500] = np.copysign(90 - rng.uniform(0.1, 3, 200), lat[300:500])
    return lon, lat


def inverse_m(lon: float, lat: float, lons: np.ndarray, lats: np.ndarray) -> np.ndarray:
    full = np.full(lons.size, lon), np.full(lons.size, lat)
    return np.asarray(GEOD.inv(*full, lons, lats)[2])


def covered(shape: BaseGeometry, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return np.asarray(shapely.contains_xy(shape, x, y))


def check_sound(shape: BaseGeometry) -> None:
    assert shape.is_valid
    for part in shapely.get_parts(shape):
        assert shape.is_empty or part.exterior.is_ccw


def check_same_places(
    source: BaseGeometry, drawn: BaseGeometry, chart: Projection, sure: np.ndarray | None = None
) -> None:
    """Random places lie in the drawn shape if and only if they lie in the source.

    Left out are places as near the rim, or the edge of the shape, as a drawn line may stray.
    """
    lon, lat = random_places()
    away_km = inverse_m(chart.lon, chart.lat, lon, lat) / 1000
    x, y, _ = flat.project_points(lon, lat, chart)
    sure = np.ones(lon.size, dtype=bool) if sure is None else sure
    sure = sure & np.isfinite(x) & (away_km < chart.limit_km - 2)
    if sure.any() and not drawn.is_empty:
        edge_km = shapely.distance(shapely.boundary(drawn), shapely.points(x[sure], y[sure]))
        sure[np.flatnonzero(sure)[edge_km < 1.5]] = False
    found = covered(drawn, x[sure], y[sure])
    assert (found == covered(source, lon[sure], lat[sure])).all()


def check_no_seam(drawn: BaseGeometry, chart: Projection) -> None:
    """No drawn edge runs along the 180th meridian."""
    seam = project(SEAM, chart)
    if seam.is_empty or drawn.is_empty:
        return
    along = shapely.intersection(shapely.boundary(drawn), shapely.buffer(seam, 0.01))
    assert along.length < 5


# -- the planes --------------------------------------------------------------------------------


@given(LONGITUDES, LATITUDES)
@settings(max_examples=40, deadline=None)
def test_distances_and_bearings_from_the_centre_are_exact(lon: float, lat: float) -> None:
    chart = true_range(lon, lat)
    lons, lats = random_places()
    x, y, inside = flat.project_points(lons, lats, chart)
    full = np.full(lons.size, lon), np.full(lons.size, lat)
    azimuth, _, metres = GEOD.inv(*full, lons, lats)
    assert (inside == (metres <= 15e6)).all()
    assert np.isnan(x[~inside]).all() and np.isnan(y[~inside]).all()
    assert np.abs(np.hypot(x, y)[inside] * 1000 - metres[inside]).max() < 1e-6
    turn = (np.degrees(np.arctan2(x, y)) - azimuth + 180)[inside] % 360 - 180
    # seen from a pole, bearings are counted from the meridian that the centre is named by
    assert np.abs(turn).max() < 1e-6


@pytest.mark.parametrize("centre", [TABRIZ, FORT_GREELY, (0, 0), (20, 90), (0, -90), (180, -20)])
def test_true_range_is_azimuthal_equidistant_as_proj_has_it(centre: tuple[float, float]) -> None:
    lons, lats = random_places()
    x, y, inside = flat.project_points(lons, lats, true_range(*centre))
    aeqd = f"+proj=aeqd +lon_0={centre[0]} +lat_0={centre[1]} +ellps=WGS84"
    to_plane = Transformer.from_pipeline(
        f"+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad +step {aeqd}"
    )
    east, north = to_plane.transform(lons[inside], lats[inside])
    off_m = np.hypot(x[inside] * 1000 - east, y[inside] * 1000 - north)
    assert off_m.max() < 1


def test_the_equal_area_map_is_epsg_3035() -> None:
    lons, lats = np.meshgrid(np.linspace(-25, 60, 40), np.linspace(30, 80, 30))
    x, y, inside = flat.project_points(lons.ravel(), lats.ravel(), europe_equal_area())
    to_plane = Transformer.from_crs(4258, 3035, always_xy=True)
    east, north = to_plane.transform(lons.ravel(), lats.ravel())
    assert inside.all()
    assert np.abs(x + flat.FALSE_ORIGIN_KM[0] - east / 1000).max() < 1e-6
    assert np.abs(y + flat.FALSE_ORIGIN_KM[1] - north / 1000).max() < 1e-6


@pytest.mark.parametrize("iso3", ["POL", "ROU", "TUR", "ESP", "NOR", "SWE", "UKR", "IRN", "ISL"])
def test_europe_keeps_areas(iso3: str) -> None:
    shape = country_shapes()[iso3]
    drawn_km2 = project(shape, europe_equal_area(), 0.1).area
    assert drawn_km2 == pytest.approx(geodesy.area_m2(shape) / 1e6, rel=1e-3)


@given(st.floats(-80, 80), st.floats(500, 15_000))
@settings(max_examples=25, deadline=None)
@example(38.08, 2_000.0)
@example(54.71, 15_000.0)
def test_a_ring_about_the_centre_is_a_circle(lat: float, radius_km: float) -> None:
    source = discs.disc(20.0, lat, radius_km * 1000, 100.0)
    drawn = project(source, true_range(20.0, lat), 0.1)
    assert isinstance(drawn, shapely.Polygon) and not drawn.interiors
    points = shapely.get_coordinates(drawn)
    chords = (points[1:] + points[:-1]) / 2
    stretch = 3.4  # across the line of sight, at 15,000 km; the ring's own chords are in ground km
    for place in (points, chords):
        assert np.abs(np.hypot(*place.T) - radius_km).max() < 0.1 * stretch + 0.1 + 0.5
    sources = shapely.get_coordinates(source)
    on_ring = np.abs(inverse_m(20.0, lat, *sources.T) / 1000 - radius_km) < 1e-4
    x, y, _ = flat.project_points(*sources[on_ring].T, true_range(20.0, lat))
    kept = np.isfinite(x)
    assert np.abs(np.hypot(x, y)[kept] - radius_km).max(initial=0) < 1e-3


# -- shapes that cross the cut or hold a pole --------------------------------------------------


@pytest.mark.parametrize("name", MAPS)
@pytest.mark.parametrize("iso3", ["RUS", "FJI", "ATA", "USA", "NOR", "NZL"])
def test_countries_come_out_whole(iso3: str, name: str) -> None:
    shape, chart = country_shapes()[iso3], MAPS[name]
    drawn = project(shape, chart, 1.0)
    check_sound(drawn)
    check_no_seam(drawn, chart)
    check_same_places(shape, drawn, chart)


def test_nothing_lies_across_scandinavia() -> None:
    """A careless repair of Russia draws a band along 69 N."""
    chart = MAPS["Tabriz"]
    drawn = project(country_shapes()["RUS"], chart)
    x, y, _ = flat.project_points(np.linspace(5, 24, 100), np.full(100, 69.0), chart)
    assert not covered(drawn, x, y).any()


def test_russia_and_antarctica_are_joined_across_180() -> None:
    chart = MAPS["on -180"]
    russia = max(shapely.get_parts(project(country_shapes()["RUS"], chart)), key=shapely.area)
    x, y, _ = flat.project_points([179.0, -179.0], [67.5, 67.5], chart)
    assert covered(russia, x, y).all()
    antarctica = shapely.get_parts(project(country_shapes()["ATA"], MAPS["south pole"]))
    mainland = max(antarctica, key=shapely.area)
    lons, lats = [0, 180, 90, 179, -179], [-90, -86, -80, -86, -86]
    x, y, _ = flat.project_points(lons, lats, MAPS["south pole"])
    assert covered(mainland, x, y).all() and not mainland.interiors


DISCS = {
    "north pole": (10.0, 85.0, 3_000),
    "south pole, from the north": (170.0, -54.7, 8_000),
    "both poles": (-100.0, 45.0, 19_000),
    "larger than the hemisphere": (20.0, 0.0, 14_000),
    "across 180": (179.0, 10.0, 2_500),
    "grazes a pole": (46.3, 38.08, 5_790),
    "about the south pole": (0.0, -90.0, 12_500),
}


@pytest.mark.parametrize("name", [*FEWER, "cap through the pole"])
@pytest.mark.parametrize("disc", DISCS)
def test_discs_come_out_whole(disc: str, name: str) -> None:
    lon, lat, radius_km = DISCS[disc]
    source, chart = discs.disc(lon, lat, radius_km * 1000), MAPS[name]
    drawn = project(source, chart)
    check_sound(drawn)
    check_no_seam(drawn, chart)
    check_same_places(source, drawn, chart)


@given(PROJECTIONS, LONGITUDES, LATITUDES, RADII_KM)
@settings(max_examples=60, deadline=None)
@example(true_range(0, 90, 15_000), 180.0, 0.0, 9_000.0)
@example(true_range(180, 66, 15_000), 180.0, 66.0, 15_000.0)
@example(true_range(177, 0, 10_370), 0.0, 0.0, 10_001.5)
def test_any_disc_on_any_map(chart: Projection, lon: float, lat: float, radius_km: float) -> None:
    source = discs.disc(lon, lat, radius_km * 1000)
    drawn = project(source, chart)
    check_sound(drawn)
    check_no_seam(drawn, chart)
    places = random_places()
    sure = np.abs(inverse_m(lon, lat, *places) / 1000 - radius_km) > 2
    check_same_places(source, drawn, chart, sure)


@given(PROJECTIONS, LONGITUDES, LONGITUDES, LATITUDES, LATITUDES)
@settings(max_examples=60, deadline=None)
@example(true_range(0, 90, 15_000), -180.0, 180.0, 60.0, 90.0)
@example(true_range(100, 40, 15_000), -180.0, 180.0, -90.0, 89.9)
@example(true_range(0, 60, 15_000), 10.0, 50.0, 70.0, 90.0)
@example(true_range(0, 60, 15_000), 100.0, 180.0, 50.0, 70.0)
def test_any_box_on_any_map(
    chart: Projection, lon1: float, lon2: float, lat1: float, lat2: float
) -> None:
    if abs(lon1 - lon2) < 0.1 or abs(lat1 - lat2) < 0.1:
        return
    source = shapely.box(min(lon1, lon2), min(lat1, lat2), max(lon1, lon2), max(lat1, lat2))
    drawn = project(source, chart)
    check_sound(drawn)
    check_same_places(source, drawn, chart)
    if chart.kind == "Europe equal area":
        cap = discs.disc(chart.lon, chart.lat, chart.limit_km * 1000)
        expected_km2 = geodesy.area_m2(shapely.intersection(source, cap)) / 1e6
        around_km = 2 * math.pi * chart.limit_km
        assert abs(drawn.area - expected_km2) < 1e-3 * expected_km2 + around_km * 0.5


def test_an_edge_of_the_source_on_180_stays() -> None:
    """A box that ends at 180° ends there on the map; one that goes on does not."""
    one_side = shapely.box(170, 50, 180, 70)
    other = shapely.box(-180, 60, -170, 65)
    chart = true_range(180, 60, 3_000)
    alone = project(one_side, chart)
    seam = shapely.buffer(project(SEAM, chart), 0.01)
    length_km = inverse_m(180.0, 50.0, np.array([180.0]), np.array([70.0]))[0] / 1000
    drawn = shapely.intersection(shapely.boundary(alone), seam).length
    assert drawn == pytest.approx(length_km, rel=0.01)
    both = project(shapely.MultiPolygon([one_side, other]), chart)
    assert isinstance(both, shapely.Polygon)
    part = inverse_m(180.0, 60.0, np.array([180.0]), np.array([65.0]))[0] / 1000
    drawn = shapely.intersection(shapely.boundary(both), seam).length
    assert drawn == pytest.approx(length_km - part, rel=0.01)


@pytest.mark.parametrize("name", MAPS)
def test_the_globe_fills_the_cap(name: str) -> None:
    chart = MAPS[name]
    outline = shapely.Polygon(shapes.frame(chart))
    drawn = project(GLOBE, chart)
    assert isinstance(drawn, shapely.Polygon) and not drawn.interiors
    assert drawn.symmetric_difference(outline).area < 2e-3 * outline.area


def test_what_a_reach_leaves_out_is_a_hole() -> None:
    drawn = project(discs.disc(-100, 45, 19e6), true_range(80, -45))
    assert isinstance(drawn, shapely.Polygon) and len(drawn.interiors) == 1
    hole_km2 = shapely.Polygon(drawn.interiors[0]).area
    assert hole_km2 == pytest.approx(math.pi * 1000**2, rel=0.05)


def test_a_parallel_right_round_a_pole_is_round() -> None:
    """Its box has four corners; the drawn edge has as many as the tolerance needs."""
    drawn = project(shapely.box(-180, 60, 180, 90), true_range(0, 90), 0.2)
    points = shapely.get_coordinates(drawn)
    radius_km = inverse_m(0.0, 90.0, np.array([0.0]), np.array([60.0]))[0] / 1000
    middles = (points[1:] + points[:-1]) / 2
    assert np.hypot(*points.T) == pytest.approx(radius_km, abs=1e-6)
    assert np.abs(np.hypot(*middles.T) - radius_km).max() <= 0.2


# -- lines, points, neighbours -----------------------------------------------------------------


@given(PROJECTIONS, LONGITUDES, LATITUDES, LONGITUDES, LATITUDES, st.sampled_from([0.1, 0.5, 2.0]))
@settings(max_examples=50, deadline=None)
def test_a_long_edge_is_drawn_within_the_tolerance(
    chart: Projection, lon1: float, lat1: float, lon2: float, lat2: float, tolerance_km: float
) -> None:
    if math.hypot(lon1 - lon2, lat1 - lat2) < 1e-3 or abs(lat1 + lat2) == 180:
        return  # too short, or all at a pole
    drawn = project(shapely.LineString([(lon1, lat1), (lon2, lat2)]), chart, tolerance_km)
    share = np.linspace(0, 1, 150)
    lons = np.clip(lon1 + share * (lon2 - lon1), -180, 180)
    lats = np.clip(lat1 + share * (lat2 - lat1), -90, 90)
    x, y, _ = flat.project_points(lons, lats, chart)
    away_km = inverse_m(chart.lon, chart.lat, lons, lats) / 1000
    inside = np.isfinite(x) & (away_km < chart.limit_km - 1)
    if inside.any():
        points = shapely.points(x[inside], y[inside])
        assert shapely.distance(drawn, points).max() <= tolerance_km * 1.1


def test_a_line_cut_at_180_is_one_again() -> None:
    cut = shapely.MultiLineString([[(170, 10), (180, 12)], [(-180, 12), (-170, 14)]])
    assert project(cut, MAPS["on 180"]).geom_type == "LineString"


def test_a_ring_cut_at_180_closes() -> None:
    points = discs.ring(179.0, 60.0, 1.5e6)
    lon = np.unwrap(np.append(points[:, 0], points[0, 0]), period=360) % 360
    whole = shapely.LineString(np.column_stack([lon, np.append(points[:, 1], points[0, 1])]))
    east = shapely.intersection(whole, shapely.box(0, -90, 180, 90))
    west = shapely.intersection(whole, shapely.box(180, -90, 360, 90))
    west = shapely.transform(west, lambda p: p - [360, 0])
    parts = [*shapely.get_parts(east), *shapely.get_parts(west)]
    drawn = project(shapely.MultiLineString(parts), true_range(179.0, 60.0))
    assert drawn.geom_type == "LineString" and drawn.is_ring


def test_a_line_leaves_and_comes_back() -> None:
    chart = true_range(0, 60, 1_500)
    drawn = project(shapely.LineString([(-60, 60), (60, 60)]), chart)
    assert drawn.geom_type == "LineString"
    assert np.hypot(*shapely.get_coordinates(drawn).T).max() <= 1_500.001


def test_points_inside_the_cap_only() -> None:
    chart = true_range(*TABRIZ, 3_000)
    drawn = project(shapely.MultiPoint([TABRIZ, KALININGRAD, FORT_GREELY]), chart)
    assert len(shapely.get_parts(drawn)) == 2
    x, y, inside = flat.project_points(*np.transpose([TABRIZ, FORT_GREELY]), chart)
    assert inside.tolist() == [True, False]
    assert (x[0], y[0]) == (0, 0)
    assert project(shapely.Point(TABRIZ), chart).equals(shapely.Point(0, 0))


@pytest.mark.parametrize("name", FEWER)
def test_neighbours_keep_one_border(name: str) -> None:
    """Two areas with a common edge, long and aslant, still meet without gap or overlap."""
    corner = [(-170.0, 20.0), (165.0, 75.0)]
    south = shapely.Polygon([*corner, (165.0, 20.0)])
    north = shapely.Polygon([corner[1], corner[0], (-170.0, 75.0)])
    a, b = project(south, MAPS[name]), project(north, MAPS[name])
    if a.is_empty or b.is_empty:
        return
    assert shapely.intersection(a, b).area < 1e-3
    both = shapely.union(a, b)
    joined = project(shapely.union(south, north), MAPS[name])
    assert both.area == pytest.approx(joined.area, rel=1e-4)


@pytest.mark.parametrize(
    ("shape", "kind"),
    [
        (shapely.Point(0, 0), "Point"),
        (shapely.LineString([(0, 0), (1, 1)]), "LineString"),
        (shapely.box(0, 0, 1, 1), "Polygon"),
        (shapely.Polygon(), "Polygon"),
    ],
)
def test_what_lies_outside_is_empty_of_its_kind(shape: BaseGeometry, kind: str) -> None:
    drawn = project(shape, true_range(0, 80, 500))
    assert drawn.is_empty and drawn.geom_type == kind


# -- frame, grid, globe, refusals --------------------------------------------------------------


def test_the_frame_of_a_true_range_map_is_a_circle() -> None:
    ring = shapes.frame(true_range(*TABRIZ))
    assert np.hypot(*shapely.get_coordinates(ring).T) == pytest.approx(15_000, abs=1e-6)
    assert ring.is_ccw
    assert 15_000 - ring.distance(shapely.Point(0, 0)) < 0.15


@pytest.mark.parametrize("name", FEWER)
def test_the_grid_stays_in_the_frame(name: str) -> None:
    chart = MAPS[name]
    grid = shapes.graticule(chart, 10)
    inside = shapely.buffer(shapely.Polygon(shapes.frame(chart)), 2)
    assert not grid.is_empty and shapely.covers(inside, grid)


def test_parallels_of_the_grid_close() -> None:
    lines = shapely.get_parts(shapes.graticule(true_range(0, 90, 8_000), 30))
    assert sum(line.is_ring for line in lines) == 2
    whole = [line for line in lines if not line.is_ring]
    assert len(whole) == 12  # none ends at 180


def test_the_near_side_of_a_globe_stays_in_degrees() -> None:
    side = globe_side(20, 50)
    poland, australia = country_shapes()["POL"], country_shapes()["AUS"]
    assert project(poland, side).equals(poland)
    assert project(australia, side).is_empty
    russia = project(country_shapes()["RUS"], side)
    check_same_places(country_shapes()["RUS"], russia, side, np.zeros(2000, dtype=bool))
    edge = shapely.get_coordinates(russia)
    assert inverse_m(20.0, 50.0, *edge.T).max() < 10_001e3
    x, y, inside = flat.project_points([21.0, 150.0], [52.0, -30.0], side)
    assert (x[0], y[0]) == (21, 52) and inside.tolist() == [True, False]


@pytest.mark.parametrize(
    ("attempt", "culprit"),
    [
        (lambda: true_range(math.nan, 0), r"\[nan, 0\]"),
        (lambda: true_range(0, 91), r"\[0, 91\]"),
        (lambda: true_range(0, 0, 25_000), "limit 25000 km .* ask for 10 to 15,000 km"),
        (lambda: true_range(0, 0, math.nan), "limit nan km"),
        (lambda: true_range(0, 0, -1), "limit -1 km"),
        (lambda: europe_equal_area(9_000), "limit 9000 km .* 8,000 km"),
        (lambda: globe_side(0, -95), r"\[0, -95\]"),
        (lambda: project(shapely.Point(0, 0), true_range(0, 0), 0), "tolerance 0 km"),
        (lambda: project(shapely.Point(0, 0), true_range(0, 0), math.nan), "tolerance nan km"),
        (lambda: project(shapely.Point(0, 100), true_range(0, 0)), r"\[0, 100\]"),
        (lambda: project(shapely.GeometryCollection(), true_range(0, 0)), "mixed collection"),
        (lambda: flat.project_points([200], [0], true_range(0, 0)), r"\[200, 0\]"),
        (lambda: shapes.graticule(true_range(0, 0), 0), "step 0 degrees"),
        (lambda: shapes.graticule(globe_side(0, 0)), "not a flat map"),
        (lambda: shapes.frame(globe_side(0, 0)), "not a flat map"),
    ],
)
def test_what_cannot_be_drawn_is_refused(attempt: object, culprit: str) -> None:
    with pytest.raises(GeodesyError, match=culprit) as caught:
        attempt()  # type: ignore[operator]
    assert isinstance(caught.value, AtlasError)


def test_a_projection_is_a_value() -> None:
    assert true_range(1, 2) == true_range(1.0, 2.0, 15_000)
    assert len({europe_equal_area(), europe_equal_area(), globe_side(10, 52)}) == 2


def test_orthographic_shows_the_near_side_as_a_sphere():
    chart = flat.orthographic(20, 50)
    x, y, inside = flat.project_points([20, 20, 110, -160], [50, 60, 0, -50], chart)
    assert inside.tolist() == [True, True, False, False]
    assert (x[0], y[0]) == (0, 0)
    assert y[1] == pytest.approx(flat.EQUATOR_KM * math.sin(math.radians(10)))
    rim = np.hypot(*shapely.get_coordinates(shapes.frame(chart)).T)
    assert (rim > flat.EQUATOR_KM * 0.999).all() and (rim <= flat.EQUATOR_KM + 1e-6).all()
    with pytest.raises(GeodesyError, match=r"limit 10500 km .* 9,950 km"):
        flat.orthographic(0, 0, 10_500)
