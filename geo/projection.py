"""Flat maps in kilometres about a centre, and where a place lies on each.

Job: longitude and latitude of positions in, kilometres out; `shapes` does the same for lines and
areas. Ban: no files, no words, no style.

Measured errors: distances from the centre of `true_range` agree with Karney's geodesics, and places
with PROJ's ``aeqd``, to under 0.001 mm out to 15,000 km; `europe_equal_area` agrees with PROJ's
EPSG:3035 as closely.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pyproj import Geod, Transformer

from geo import geodesy
from geo.errors import GeodesyError
from geo.geodesy import Floats

__all__ = [
    "EQUATOR_KM",
    "FALSE_ORIGIN_KM",
    "FARTHEST_KM",
    "Kind",
    "Projection",
    "europe_equal_area",
    "forward",
    "globe_side",
    "orthographic",
    "project_points",
    "true_range",
]

Kind = Literal["true range", "Europe equal area", "orthographic", "globe side"]

#: What EPSG:3035 adds to x and y; here the centre of every map is (0, 0).
FALSE_ORIGIN_KM = (4321.0, 3210.0)
#: Farthest that each kind shows. Beyond, a true-range map stretches places across the line of
#: sight by more than 3.3 times, and an equal-area one squeezes them along it below four fifths.
FARTHEST_KM: Mapping[Kind, float] = {
    "true range": 15_000.0,
    "Europe equal area": 8_000.0,
    "orthographic": 9_950.0,
    "globe side": 10_000.0,
}
#: Radius of the sphere that `orthographic` shows, kilometres: the equator's.
EQUATOR_KM = 6378.137
#: Nearest limit: below it the tolerance would be as large as the map.
NEAREST_KM = 10.0

_GEOD = Geod(ellps="WGS84")
_LAEA = (
    "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad "
    "+step +proj=laea +lon_0=10 +lat_0=52 +ellps=GRS80"
)


@dataclass(frozen=True)
class Projection:
    """One flat map, or one side of the globe; a value to compare and to cache by.

    Made by `true_range`, `europe_equal_area`, `orthographic` or `globe_side`.
    """

    kind: Kind
    lon: float
    """Longitude of the centre, degrees."""
    lat: float
    """Latitude of the centre, degrees."""
    limit_km: float
    """Radius of the geodesic cap that is shown, kilometres."""

    def __post_init__(self) -> None:
        farthest = FARTHEST_KM[self.kind]
        if not NEAREST_KM <= self.limit_km <= farthest:
            msg = (
                f"limit {self.limit_km:g} km cannot be drawn as {self.kind}; "
                f"ask for {NEAREST_KM:,.0f} to {farthest:,.0f} km"
            )
            raise GeodesyError(msg)
        geodesy.check(self.lon, self.lat)

    @property
    def is_flat(self) -> bool:
        """True if shapes come out in kilometres, false if in degrees."""
        return self.kind != "globe side"


def true_range(lon: float, lat: float, limit_km: float = 15_000.0) -> Projection:
    """Azimuthal equidistant on WGS 84: distances and bearings from the centre are true.

    Parameters
    ----------
    lon, lat
        Centre, degrees.
    limit_km
        Farthest distance shown, 10 to 15,000 km.

    Raises
    ------
    GeodesyError
        For a centre that is not on Earth, or a limit that cannot be drawn.
    """
    return Projection("true range", float(lon), float(lat), float(limit_km))


def europe_equal_area(limit_km: float = 7_500.0) -> Projection:
    """Lambert azimuthal equal-area about 10° E 52° N: EPSG:3035 less its `FALSE_ORIGIN_KM`.

    Parameters
    ----------
    limit_km
        Farthest distance from the centre shown, 10 to 8,000 km.

    Raises
    ------
    GeodesyError
        For a limit that cannot be drawn.
    """
    return Projection("Europe equal area", 10.0, 52.0, float(limit_km))


def orthographic(lon: float, lat: float, limit_km: float = 9_950.0) -> Projection:
    """The Earth from far away, straight above a point; nearly to its rim.

    Latitudes are taken as they are on a sphere with the equator's radius, as PROJ's ``ortho`` does.

    Raises
    ------
    GeodesyError
        For a centre that is not on Earth, or a limit that cannot be drawn.
    """
    return Projection("orthographic", float(lon), float(lat), float(limit_km))


def globe_side(lon: float, lat: float) -> Projection:
    """The side of the globe seen from above a point: shapes are clipped and stay in degrees.

    Raises
    ------
    GeodesyError
        For a centre that is not on Earth.
    """
    return Projection("globe side", float(lon), float(lat), FARTHEST_KM["globe side"])


def project_points(
    lons: ArrayLike, lats: ArrayLike, projection: Projection
) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """Positions on the map.

    Parameters
    ----------
    lons, lats
        Degrees, shape (n,).

    Returns
    -------
    x and y in kilometres (in degrees for a globe side), NaN outside the cap, and whether each
    position lies inside; each of shape (n,).

    Raises
    ------
    GeodesyError
        For a position that is not on Earth.
    """
    lon = np.atleast_1d(np.asarray(lons, dtype=float))
    lat = np.atleast_1d(np.asarray(lats, dtype=float))
    geodesy.check(lon, lat)
    away_m = geodesy.distance_m(projection.lon, projection.lat, lon, lat)
    inside = away_m <= projection.limit_km * 1000
    plane = np.full((lon.size, 2), np.nan)
    here = np.column_stack([lon, lat])[inside]
    plane[inside] = forward(here, projection) if projection.is_flat else here
    return plane[:, 0], plane[:, 1], inside


@lru_cache(maxsize=1)
def _laea() -> Transformer:
    return Transformer.from_pipeline(_LAEA)


def onto(projection: Projection) -> Callable[[Floats], Floats]:
    """Give `forward` for one map."""
    return partial(forward, projection=projection)


def forward(points: Floats, projection: Projection) -> Floats:
    """Degrees to kilometres, shape (n, 2); both sides of the cut, and a pole, are one place."""
    if not len(points):
        return np.empty((0, 2))
    lat = points[:, 1]
    lon = np.where(points[:, 0] == -180, 180.0, points[:, 0])
    lon[np.abs(lat) == 90] = 0.0
    if projection.kind == "true range":
        full = np.full(lon.size, projection.lon), np.full(lon.size, projection.lat)
        azimuth, _, metres = _GEOD.inv(*full, lon, lat)
        bearing = np.radians(azimuth)
        plane = np.column_stack([np.sin(bearing), np.cos(bearing)]) * np.asarray(metres)[:, None]
    elif projection.kind == "orthographic":
        east, north = np.radians(lon - projection.lon), np.radians(lat)
        tilt = math.radians(projection.lat)
        up = math.cos(tilt) * np.sin(north) - math.sin(tilt) * np.cos(north) * np.cos(east)
        plane = np.column_stack([np.cos(north) * np.sin(east), up]) * EQUATOR_KM * 1000
    else:
        plane = np.column_stack(_laea().transform(lon, lat))
    return np.asarray(plane / 1000)
