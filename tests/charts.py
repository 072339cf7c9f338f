"""Maps to project on, places to compare, and what every projected shape must hold."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import shapely
from hypothesis import strategies as st
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from geo import basemap, borders
from geo import projection as flat
from geo.projection import Projection, europe_equal_area, true_range
from geo.shapes import project

GEOD = Geod(ellps="WGS84")
SEAM = shapely.LineString([(180, -90), (180, 90)])
TABRIZ = (46.2919, 38.08)
KALININGRAD = (20.51, 54.71)
FORT_GREELY = (-145.72, 63.995)
GLOBE = shapely.box(-180, -90, 180, 90)

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


def check_no_seam(
    drawn: BaseGeometry, chart: Projection, edge: tuple[float, float, float] | None = None
) -> None:
    """No drawn edge runs along the 180th meridian.

    But for the rim of a map that ends there, and for a disc whose own edge does: its centre and
    its radius in km.
    """
    lat = np.arange(-90, 90.5, 0.5)
    lon = np.full(lat.size, 180.0)
    kept = inverse_m(chart.lon, chart.lat, lon, lat) / 1000 < chart.limit_km - 2
    if edge is not None:
        kept &= np.abs(inverse_m(*edge[:2], lon, lat) / 1000 - edge[2]) > 2
    runs = np.split(np.column_stack([lon, lat])[kept], np.flatnonzero(np.diff(lat[kept]) > 0.6) + 1)
    lines = shapely.MultiLineString([run for run in runs if len(run) > 1])
    if lines.is_empty:
        return
    seam = project(lines, chart)
    if seam.is_empty or drawn.is_empty:
        return
    along = shapely.intersection(shapely.boundary(drawn), shapely.buffer(seam, 0.01))
    assert along.length < 5
