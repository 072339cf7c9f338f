"""Distances, bearings and areas on the WGS 84 ellipsoid.

Job: exact geodesics (Karney, through ``pyproj.Geod``), and what is refused as a position or a
distance. Ban: no shapes drawn, no files, no projection, no planar buffer.

Longitude before latitude, in degrees; lengths in metres.
"""

from __future__ import annotations

import math

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from geo.errors import GeodesyError

__all__ = [
    "WHOLE_GLOBE_M",
    "Floats",
    "area_m2",
    "bearing_deg",
    "check",
    "check_radius",
    "check_tolerance",
    "distance_m",
    "forward",
    "rough_error_m",
    "roughly_m",
    "spots",
    "to_poles_m",
]

Floats = NDArray[np.float64]

_GEOD = Geod(ellps="WGS84")
_A_M = _GEOD.a
#: Radius from which a disc is the whole globe. From here to 20,003.93 km a ring would cross
#: itself near the antipode; calling it the globe is wrong by at most 34 km around that point.
WHOLE_GLOBE_M = 19_970_000.0


def distance_m(lon1: ArrayLike, lat1: ArrayLike, lon2: ArrayLike, lat2: ArrayLike) -> Floats:
    """Length of the geodesic between positions.

    Parameters
    ----------
    lon1, lat1, lon2, lat2
        Degrees; scalars or arrays that broadcast together.

    Returns
    -------
    Metres, in the broadcast shape. Accurate to nanometres (Karney 2013).
    """
    lon1, lat1, lon2, lat2 = np.broadcast_arrays(
        *(np.asarray(value, dtype=float) for value in (lon1, lat1, lon2, lat2))
    )
    return np.asarray(_GEOD.inv(lon1, lat1, lon2, lat2)[2], dtype=float)


def bearing_deg(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Azimuth of the geodesic at its start, in degrees from north, 0 to 360."""
    return float(_GEOD.inv(lon1, lat1, lon2, lat2)[0]) % 360


def area_m2(geometry: BaseGeometry) -> float:
    """Area on the ellipsoid of a shape whose edges are straight in longitude and latitude.

    The shape is laid on Lambert's cylindrical equal-area plane, edges cut to half a degree first,
    which keeps the area to 1e-5. ``Geod``'s own area is not used: beyond half the globe it
    measures the complement.

    Returns
    -------
    Square metres.
    """
    return float(shapely.transform(shapely.segmentize(geometry, 0.5), _equal_area).area)


def _equal_area(points: Floats) -> Floats:
    """Longitude and latitude to metres on the cylinder of equal area."""
    sine = np.sin(np.radians(points[:, 1]))
    e2 = _GEOD.es
    e = math.sqrt(e2)
    band = (1 - e2) * (sine / (1 - e2 * sine**2) + np.arctanh(e * sine) / e)
    return np.column_stack([np.radians(points[:, 0]) * _A_M, band * _A_M / 2])


def to_poles_m(lats: ArrayLike) -> Floats:
    """Distance in metres from latitudes, shape (n,), to the north and the south pole: (2, n)."""
    lat = np.atleast_1d(np.asarray(lats, dtype=float))
    return distance_m(0.0, lat[None, :], 0.0, [[90.0], [-90.0]])


def check(lons: ArrayLike, lats: ArrayLike) -> None:
    """Refuse what is not a position on Earth.

    Raises
    ------
    GeodesyError
        Naming the first wrong position, and what it may be instead.
    """
    lon = np.atleast_1d(np.asarray(lons, dtype=float))
    lat = np.atleast_1d(np.asarray(lats, dtype=float))
    wrong = ~((np.abs(lon) <= 180) & (np.abs(lat) <= 90))  # NaN compares false
    if not wrong.any():
        return
    first = int(np.flatnonzero(wrong)[0])
    x, y = float(lon[first]), float(lat[first])
    if max(abs(x), abs(y)) > 360:
        remedy = "these look like metres of a projection; convert them with to_crs(4326) first"
    elif abs(x) <= 90 and 90 < abs(y) <= 180:
        remedy = "they look swapped; give longitude first, then latitude -90..90"
    elif 180 < abs(x) <= 360 and abs(y) <= 90:
        remedy = f"write the longitude as {(x + 180) % 360 - 180:g}"
    else:
        remedy = "give longitude -180..180, then latitude -90..90, in degrees"
    msg = f"position [{x:g}, {y:g}] is not on Earth; {remedy}"
    raise GeodesyError(msg)


def check_radius(radius_m: ArrayLike) -> None:
    """Refuse what is not a distance above zero, in metres.

    Raises
    ------
    GeodesyError
        Naming the first wrong value.
    """
    radius = np.atleast_1d(np.asarray(radius_m, dtype=float))
    wrong = ~((radius > 0) & np.isfinite(radius))
    if wrong.any():
        msg = f"radius {radius[wrong][0]:g} m is not a distance; give a finite number above zero"
        raise GeodesyError(msg)


def check_tolerance(tolerance_m: float) -> None:
    """Refuse a tolerance in metres that is not above zero.

    Raises
    ------
    GeodesyError
        Naming the value.
    """
    if not 0 < tolerance_m < math.inf:
        msg = f"tolerance {tolerance_m:g} m is not a number above zero; ask for 100 m or more"
        raise GeodesyError(msg)


def forward(
    lons: ArrayLike, lats: ArrayLike, azimuths_deg: ArrayLike, radius_m: ArrayLike
) -> tuple[Floats, Floats]:
    """Ends of the geodesics that leave each position at an azimuth.

    Parameters
    ----------
    lons, lats, azimuths_deg
        Degrees; scalars or arrays that broadcast together, with `radius_m`.
    radius_m
        Metres.

    Returns
    -------
    Longitudes in -180..180 and latitudes, in the broadcast shape.
    """
    lon, lat, azimuth, distance = np.broadcast_arrays(lons, lats, azimuths_deg, radius_m)
    ends = _GEOD.fwd(
        np.array(lon, dtype=float),
        np.array(lat, dtype=float),
        np.array(azimuth, dtype=float),
        np.array(distance, dtype=float),
        return_back_azimuth=False,
        inplace=True,  # the copies above are ours
    )
    return np.asarray(ends[0]), np.asarray(ends[1])


def spots(lons: ArrayLike, lats: ArrayLike) -> Floats:
    """Positions as points of the auxiliary sphere, for `roughly_m`.

    Parameters
    ----------
    lons, lats
        Degrees, shape (n,).

    Returns
    -------
    Unit vectors at the reduced latitudes, shape (n, 3): x towards 0° E, z towards the north pole.
    """
    lon, lat = np.radians(np.asarray(lons, dtype=float)), np.radians(np.asarray(lats, dtype=float))
    across, up = np.cos(lat), (1 - _GEOD.f) * np.sin(lat)
    length = np.hypot(across, up)
    across, up = across / length, up / length
    return np.column_stack([across * np.cos(lon), across * np.sin(lon), up])


def roughly_m(one: Floats, other: Floats) -> Floats:
    """Length of the geodesic between `spots`, thirty times as fast as Karney and nearly as good.

    Lambert's formula for long lines (1942): the arc on the auxiliary sphere, corrected to the first
    order of the flattening. How far it may err: `rough_error_m`.

    Parameters
    ----------
    one, other
        From `spots`; shapes (..., 3) that broadcast together.

    Returns
    -------
    Metres, in the broadcast shape.
    """
    squared = np.square(one - other).sum(axis=-1)  # of the straight line, 0 to 4
    arc = 2 * np.arcsin(np.minimum(np.sqrt(squared) / 2, 1.0))
    sine = np.sin(arc)
    up, down = np.square(one[..., 2] + other[..., 2]), np.square(one[..., 2] - other[..., 2])
    along = (arc - sine) * up / np.maximum(4 - squared, 1e-12)
    across = (arc + sine) * down / np.maximum(squared, 1e-30)
    return np.asarray(_A_M * (arc - _GEOD.f / 2 * (along + across)))


def rough_error_m(distance_m: ArrayLike) -> Floats:
    """Bound of the error of `roughly_m` at a distance, both in metres.

    Measured on two million random geodesics: 1.4e-6 of the distance up to 11,000 km, 56 m at
    15,000 km, 0.5 km at 19,000 km and 7.6 km at 19,950 km. The bound has a margin.
    """
    distance = np.asarray(distance_m, dtype=float)
    left = np.maximum(20_003_931.0 - distance, 30_000.0)  # to the antipode
    return 0.1 + 2e-6 * distance + np.where(distance < 1.05e7, 0.0, 6e8 / left)
