"""Lines and shapes that ``docs/method.md`` is drawn and reckoned with."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo import borders, discs, geodesy, reach
from geo.catalogue import load

VIEW = borders.DE_JURE
Floats = NDArray[np.float64]
RANGE_M = 2_000_000.0
FAR_M = 5_500_000.0
EARTH_M = 6_378_137.0
#: Two figures stated for one missile.
STATED = ("shahab-3-aca-2002", "shahab-3-rafsanjani-2004")
#: The sites at which methods are compared.
COMPARED = ("tabriz", "kaliningrad", "fort-greely")


@cache
def place(site: str) -> tuple[float, float]:
    """Longitude and latitude of a site of the data."""
    geometry = load().sites[site].geometry
    assert geometry is not None  # noqa: S101 - these sites are points
    return geometry.x, geometry.y


def mercator(points: Floats) -> Floats:
    lat = np.radians(np.clip(points[:, 1], -85, 85))
    return np.column_stack([points[:, 0], np.degrees(np.arcsinh(np.tan(lat)))])


def unmercator(plane: Floats) -> Floats:
    return np.column_stack([plane[:, 0], np.degrees(np.arctan(np.sinh(np.radians(plane[:, 1]))))])


def geodesic(lon: float, lat: float, azimuth: float, metres: float, steps: int = 60) -> Any:
    lons, lats = geodesy.forward(lon, lat, azimuth, np.linspace(0, metres, steps))
    return shapely.LineString(np.column_stack([lons, lats]))


def end_of(lon: float, lat: float, azimuth: float, metres: float) -> tuple[float, float]:
    lons, lats = geodesy.forward(lon, lat, azimuth, metres)
    return float(lons), float(lats)


@cache
def ring_of(site: str, metres: float) -> BaseGeometry:
    return discs.disc(*place(site), metres)


@cache
def iran() -> BaseGeometry:
    return borders.country("IRN", VIEW).geometry


@cache
def from_iran(metres: float = RANGE_M) -> BaseGeometry:
    return reach.reach_of(iran(), metres)


def compass(lon: float, lat: float, metres: float, scale_lat: float, count: int = 1440) -> Floats:
    """Circle drawn with compasses on a Mercator map, the scale bar read at a latitude: degrees."""
    radius = math.degrees(metres / EARTH_M) / math.cos(math.radians(scale_lat))
    bearing = np.radians(np.arange(count) * 360 / count)
    x, y = mercator(np.array([(lon, lat)]))[0]
    return unmercator(np.column_stack([x + radius * np.sin(bearing), y + radius * np.cos(bearing)]))


def beyond_km(lon: float, lat: float, metres: float, points: Floats) -> Floats:
    """How much farther than a distance points are, in kilometres."""
    return (geodesy.distance_m(lon, lat, points[:, 0], points[:, 1]) - metres) / 1000
