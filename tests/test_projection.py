"""Projected shapes: measured with PROJ, Karney's inverse and random points, never this code."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyproj import Transformer

from geo import discs, geodesy, shapes
from geo import projection as flat
from geo.errors import AtlasError, GeodesyError
from geo.projection import europe_equal_area, globe_side, true_range
from geo.shapes import project
from tests.charts import (
    FEWER,
    FORT_GREELY,
    GEOD,
    LATITUDES,
    LONGITUDES,
    MAPS,
    TABRIZ,
    check_same_places,
    country_shapes,
    inverse_m,
    random_places,
)

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
