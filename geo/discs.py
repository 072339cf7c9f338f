"""Rings, discs and sectors around points, as RFC 7946 shapes.

Job: points at one distance from an origin, and the area they bound, which `seam` makes of them.
Ban: no files, no projection, no planar buffer, no other geometry than a point as origin.

A chord is the straight line, in longitude and latitude, between two vertices. Vertices lie at the
radius to nanometres (Karney); chords stray from the circle by at most the tolerance asked for.
"""

from __future__ import annotations

import math

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely import MultiPolygon, Polygon

from geo import geodesy
from geo.errors import GeodesyError
from geo.geodesy import WHOLE_GLOBE_M, Floats
from geo.seam import GLOBE, Shapes, enclose, shaped, wound

__all__ = ["FEWEST_VERTICES", "disc", "discs", "ring", "rings", "sector", "vertex_count"]

#: A ring never has fewer vertices, however loose the tolerance.
FEWEST_VERTICES = 360
#: A ring that passes a pole nearer than this is cut finer there.
NEAR_POLE_M = 600_000.0
#: How many rings are drawn at a time: few enough for the processor's cache.
_BLOCK = 64
_EARTH_M = 6_378_137.0
#: A hair beside a pole, far below any tolerance.
_HAIR_M = 2e-3
#: A sector's edge through a pole is turned, and its corner on a pole or on the antimeridian moved,
#: by so much: 0.1 m.
_TURN_DEG = 1e-6


def vertex_count(lat: ArrayLike, radius_m: ArrayLike, tolerance_m: float) -> NDArray[np.int64]:
    """How many vertices keep the chords of a ring within a tolerance of the true circle.

    A closed formula for the sphere, with 2 % to spare for the ellipsoid; conservative above
    2,000 km. Latitudes above 85 degrees count as 85; a ring that comes so near a pole is cut finer
    there.

    Parameters
    ----------
    lat
        Of the origin, degrees.
    radius_m, tolerance_m
        Metres.

    Returns
    -------
    Counts of at least 360, in the broadcast shape of `lat` and `radius_m`.
    """
    angle = np.clip(np.asarray(radius_m, dtype=float) / _EARTH_M, 1e-9, math.pi - 1e-3)
    highest = np.radians(np.minimum(85.0, np.abs(lat) + np.degrees(angle)))
    bend = np.abs(1 / np.tan(angle)) + np.tan(highest)
    count = 2 * math.pi * _EARTH_M * np.sin(angle) * np.sqrt(bend / (8 * _EARTH_M * tolerance_m))
    return np.asarray(np.maximum(FEWEST_VERTICES, np.ceil(1.02 * count)), dtype=np.int64)


def rings(
    lons: ArrayLike, lats: ArrayLike, radius_m: ArrayLike, count: int = FEWEST_VERTICES
) -> tuple[Floats, Floats]:
    """Vertices of many rings at once: points at one distance from each origin.

    Parameters
    ----------
    lons, lats
        Degrees, shape (n,).
    radius_m
        Metres, one or shape (n,).
    count
        Vertices a ring.

    Returns
    -------
    Longitudes and latitudes, each of shape (n, count), counter-clockwise, not closed, longitudes
    in -180..180. Each vertex lies at `radius_m` to a nanometre.

    Raises
    ------
    GeodesyError
        For a position that is not on Earth, or a radius that is not above zero.
    """
    lon, lat, radius = _origins(lons, lats, radius_m)
    azimuths = np.linspace(360.0, 0.0, count, endpoint=False)
    return geodesy.forward(lon[:, None], lat[:, None], azimuths, radius[:, None])


def ring(lon: float, lat: float, radius_m: float, tolerance_m: float = 100.0) -> Floats:
    """Vertices of one ring, dense enough for its chords.

    Parameters
    ----------
    lon, lat
        Origin, degrees.
    radius_m
        Metres.
    tolerance_m
        How far the straight line (in longitude and latitude) between two vertices may stray from
        the true circle.

    Returns
    -------
    Shape (n, 2), n at least 360, counter-clockwise, not closed, longitudes in -180..180.

    Raises
    ------
    GeodesyError
        As `rings`, and for a tolerance that is not above zero.
    """
    geodesy.check_tolerance(tolerance_m)
    _origins(lon, lat, radius_m)
    count = int(vertex_count(lat, radius_m, tolerance_m))
    azimuths = np.linspace(360.0, 0.0, count, endpoint=False)
    if np.abs(geodesy.to_poles_m(lat) - radius_m).min() < NEAR_POLE_M:
        azimuths = _refined(lon, lat, np.append(azimuths, 0.0), radius_m, tolerance_m)[:-1]
    return np.column_stack(geodesy.forward(lon, lat, azimuths, radius_m))


def disc(
    lon: float, lat: float, radius_m: float, tolerance_m: float = 100.0
) -> Polygon | MultiPolygon:
    """All places within a distance of a point, as an RFC 7946 shape.

    Cut at the antimeridian, closed over a pole it contains, exterior counter-clockwise. Which pole
    is inside follows from geodesic distance and the way the ring turns, never from its latitudes.
    A radius of 19,970 km or more is the whole globe.

    Raises
    ------
    GeodesyError
        As `ring`.
    """
    found: Polygon | MultiPolygon = discs(lon, lat, radius_m, tolerance_m)[0]
    return found


def discs(
    lons: ArrayLike,
    lats: ArrayLike,
    radius_m: ArrayLike,
    tolerance_m: float = 100.0,
    *,
    count: int | None = None,
) -> Shapes:
    """Many discs at once, each as `disc` shapes it.

    Parameters
    ----------
    lons, lats
        Degrees, shape (n,).
    radius_m
        Metres, one or shape (n,).
    tolerance_m
        How far a chord may stray from its circle; the number of vertices follows from it.
    count
        Draw exactly so many vertices a ring instead, whatever the chords then do: at 360, within
        0.25 km at 2,000 km and 0.5 km at 5,500 km away from the poles.

    Returns
    -------
    Polygons and multi-polygons, shape (n,).

    Raises
    ------
    GeodesyError
        As `ring`.
    """
    geodesy.check_tolerance(tolerance_m)
    lon, lat, radius = _origins(lons, lats, radius_m)
    to_poles = geodesy.to_poles_m(lat)
    # a ring through a pole has no side there; a hair inside, it has
    through = (np.abs(to_poles - radius).min(axis=0) < _HAIR_M / 2) & (radius > 1000 * _HAIR_M)
    radius = np.where(through, radius - _HAIR_M, radius)
    both = np.all(to_poles <= radius, axis=0)
    shapes = np.full(lon.size, GLOBE, dtype=object)
    partial = radius < WHOLE_GLOBE_M
    if count is None:
        wanted = vertex_count(lat, radius, tolerance_m)
        if lon.size > 1:  # few sizes, so that many rings are drawn in one go
            steps = np.ceil(np.log(wanted / FEWEST_VERTICES) / math.log(1.2))
            wanted = np.ceil(FEWEST_VERTICES * 1.2**steps).astype(np.int64)
        grazing = partial & (np.abs(to_poles - radius).min(axis=0) < NEAR_POLE_M)
    else:
        wanted = np.full(lon.size, count)
        grazing = np.zeros(lon.size, dtype=bool)
    for index in np.flatnonzero(grazing):
        points = ring(lon[index], lat[index], float(radius[index]), tolerance_m)[None]
        shapes[index] = shaped(points, both[index : index + 1])[0]
    for size in np.unique(wanted[partial & ~grazing]):
        these = np.flatnonzero(partial & ~grazing & (wanted == size))
        for block in np.array_split(these, math.ceil(these.size * size / (_BLOCK * 360))):
            points = np.stack(rings(lon[block], lat[block], radius[block], int(size)), axis=2)
            shapes[block] = shaped(points, both[block])
    return shapes


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
    _origins(lon, lat, radius_m)
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


def _origins(lons: ArrayLike, lats: ArrayLike, radius_m: ArrayLike) -> tuple[Floats, ...]:
    """Check origins and radii; each as an array of shape (n,)."""
    geodesy.check(lons, lats)
    geodesy.check_radius(radius_m)
    arrays = (np.atleast_1d(np.asarray(item, dtype=float)) for item in (lons, lats, radius_m))
    return tuple(np.broadcast_arrays(*arrays))


def _refined(
    lon: float, lat: float, azimuths: Floats, distance_m: float, tolerance_m: float
) -> Floats:
    """Azimuths halved until the chords between their ends are within tolerance, poles included.

    The bulge of an arc over its chord is length² / 8 times its bend: that of the circle, and that
    of the parallel which a line straight in longitude and latitude follows near a pole.
    """
    circle = abs(1 / math.tan(min(max(distance_m / _EARTH_M, 1e-9), 3.1)))
    for _ in range(24):
        lons, lats = geodesy.forward(lon, lat, azimuths, distance_m)
        away = np.radians(90 - np.abs(lats)) * _EARTH_M
        turn = np.radians(np.abs((np.diff(lons) + 180) % 360 - 180))
        along = np.radians(np.diff(lats))
        least = np.minimum(away[:-1], away[1:])
        length = _EARTH_M * np.hypot(
            along, 2 * np.sin(turn / 2) * np.sin(np.maximum(away[:-1], away[1:]) / _EARTH_M)
        )
        nearest = np.maximum(least - length / 2, tolerance_m / 4)
        loose = length**2 / 8 * (circle / _EARTH_M + 1 / nearest) > 0.95 * tolerance_m
        if not loose.any():
            break
        middles = ((azimuths[:-1] + azimuths[1:]) / 2)[loose]
        azimuths = np.insert(azimuths, np.flatnonzero(loose) + 1, middles)
    return azimuths


def _arc(
    lon: float, lat: float, distance_m: float, start: float, end: float, tolerance_m: float
) -> Floats:
    """Points (n, 2) of the circle from one azimuth to another, both included."""
    count = abs(end - start) / 360 * float(vertex_count(lat, distance_m, tolerance_m))
    azimuths = np.linspace(start, end, max(math.ceil(count), 2) + 1)
    azimuths = _refined(lon, lat, azimuths, distance_m, tolerance_m)
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
