"""Lines, points and neighbours, projected."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry.base import BaseGeometry

from geo import discs
from geo import projection as flat
from geo.projection import Projection, true_range
from geo.shapes import project
from tests.charts import (
    FEWER,
    FORT_GREELY,
    KALININGRAD,
    LATITUDES,
    LONGITUDES,
    MAPS,
    PROJECTIONS,
    TABRIZ,
    inverse_m,
)

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
