"""Sectors around points, as RFC 7946 shapes: such as what a radar's face sees.

Job: the area within a distance and between two azimuths. Ban: as `discs`.
"""

from __future__ import annotations

import math

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon

from geo import geodesy
from geo.discs import disc, origins, refined, vertex_count
from geo.errors import GeodesyError
from geo.geodesy import WHOLE_GLOBE_M, Floats
from geo.seam import enclose, wound

__all__ = ["check_inner", "sector"]

#: A sector's edge through a pole is turned, and its corner on a pole or on the antimeridian moved,
#: by so much: 0.1 m.
_TURN_DEG = 1e-6


def sector(
    lon: float,
    lat: float,
    radius_m: float,
    start_deg: float,
    end_deg: float,
    *,
    inner_m: float = 0.0,
    tolerance_m: float = 100.0,
) -> Polygon | MultiPolygon:
    """Places within a distance of a point and between two azimuths, such as a radar's face sees.

    Parameters
    ----------
    lon, lat
        Origin, degrees.
    radius_m
        Metres; from 19,970 km on the sector ends just short of the antipode.
    start_deg, end_deg
        Azimuths at the origin, degrees from north; the sector runs clockwise from `start_deg` to
        `end_deg`. 300 and 60 is a sector of 120 degrees about north; equal azimuths, or 0 and
        360, are the whole turn.
    inner_m
        Minimum range in metres; what lies nearer is left out.
    tolerance_m
        How far a chord may stray from the true arc or geodesic, metres.

    Returns
    -------
    RFC 7946 shape, as `disc`.

    Raises
    ------
    GeodesyError
        As `disc`; for an azimuth that is not finite, or an inner distance that is negative or not
        below the radius.
    """
    geodesy.check_tolerance(tolerance_m)
    origins(lon, lat, radius_m)
    for name, azimuth in (("start", start_deg), ("end", end_deg)):
        if not math.isfinite(azimuth):
            msg = f"{name} azimuth {azimuth} is not a bearing; give degrees from north, 0 to 360"
            raise GeodesyError(msg)
    check_inner(inner_m, radius_m)
    if (end_deg - start_deg) % 360 == 0:
        whole = disc(lon, lat, radius_m, tolerance_m)
        if inner_m <= 0:
            return whole
        return wound(shapely.difference(whole, disc(lon, lat, inner_m, tolerance_m)))
    outer_m = min(radius_m, WHOLE_GLOBE_M - 1)
    # nor has a corner on a pole or on the antimeridian; 0.1 m beside it, it has
    lat = math.copysign(min(abs(lat), 90 - _TURN_DEG), lat)
    lon = math.copysign(min(abs(lon), 180 - _TURN_DEG), lon)
    tolerance_m = min(tolerance_m, radius_m / 100)
    # a straight edge through a pole has no side there; turned by a hair, it has
    start, end = (
        edge + _TURN_DEG if abs((edge + 90) % 180 - 90) < _TURN_DEG else edge
        for edge in (start_deg, end_deg)
    )
    end = start + (end - start) % 360
    legs = [
        _radial(lon, lat, inner_m, outer_m, end, tolerance_m),
        _arc(lon, lat, outer_m, end, start, tolerance_m),
        _radial(lon, lat, inner_m, outer_m, start, tolerance_m)[::-1],
    ]
    if inner_m > 0:
        legs.append(_arc(lon, lat, inner_m, start, end, tolerance_m))
    path = np.vstack([leg[:-1] for leg in legs])  # each leg ends where the next begins
    to_north, to_south = geodesy.to_poles_m(lat)[:, 0]
    both = all(
        inner_m <= away <= outer_m and (towards - start) % 360 <= end - start
        for away, towards in ((to_north, 0.0), (to_south, 180.0))
    )
    return enclose(path, both)


def check_inner(inner_m: float, radius_m: float) -> None:
    """Refuse an inner distance that is negative or not below the outer one.

    Raises
    ------
    GeodesyError
        Naming both.
    """
    if not 0 <= inner_m < radius_m:
        msg = (
            f"inner distance {inner_m:g} m is not between 0 and the outer {radius_m:g} m; "
            "give the smaller first, or 0 for none"
        )
        raise GeodesyError(msg)


def _arc(
    lon: float, lat: float, distance_m: float, start: float, end: float, tolerance_m: float
) -> Floats:
    """Points (n, 2) of the circle from one azimuth to another, both included."""
    count = abs(end - start) / 360 * float(vertex_count(lat, distance_m, tolerance_m))
    azimuths = np.linspace(start, end, max(math.ceil(count), 2) + 1)
    azimuths = refined(lon, lat, azimuths, distance_m, tolerance_m)
    return np.column_stack(geodesy.forward(lon, lat, azimuths, distance_m))


def _radial(
    lon: float, lat: float, inner_m: float, outer_m: float, azimuth: float, tolerance_m: float
) -> Floats:
    """Points (n, 2) of a geodesic from the origin, as dense as its chords need."""
    steps = np.linspace(inner_m, outer_m, 33)
    for _ in range(24):
        lons, lats = geodesy.forward(lon, lat, azimuth, steps)
        middle = (steps[:-1] + steps[1:]) / 2
        true_lon, true_lat = geodesy.forward(lon, lat, azimuth, middle)
        turn = (np.diff(lons) + 180) % 360 - 180
        drawn_lon = (lons[:-1] + turn / 2 + 180) % 360 - 180
        off = geodesy.distance_m(drawn_lon, (lats[:-1] + lats[1:]) / 2, true_lon, true_lat)
        loose = off > tolerance_m
        if not loose.any():
            break
        steps = np.insert(steps, np.flatnonzero(loose) + 1, middle[loose])
    return np.column_stack(geodesy.forward(lon, lat, azimuth, steps))
