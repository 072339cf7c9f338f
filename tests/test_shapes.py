"""Shapes that cross the cut or hold a pole, projected."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import example, given, settings

from geo import discs, geodesy, shapes
from geo import projection as flat
from geo.projection import Projection, true_range
from geo.shapes import project
from tests.charts import (
    FEWER,
    GLOBE,
    LATITUDES,
    LONGITUDES,
    MAPS,
    PROJECTIONS,
    RADII_KM,
    SEAM,
    check_no_seam,
    check_same_places,
    check_sound,
    country_shapes,
    covered,
    inverse_m,
    random_places,
)

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
@example(true_range(90, 0, 10_002), 0.0, 0.0, 10_231.0)
@example(true_range(0, 25, 7_496), 90.0, 0.0, 10_002.0)
def test_any_disc_on_any_map(chart: Projection, lon: float, lat: float, radius_km: float) -> None:
    source = discs.disc(lon, lat, radius_km * 1000)
    drawn = project(source, chart)
    check_sound(drawn)
    check_no_seam(drawn, chart, (lon, lat, radius_km))
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
