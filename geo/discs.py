"""Rings and discs around points, as RFC 7946 shapes.

Job: points at one distance from an origin, and the area they bound, which `seam` makes of them.
Ban: no files, no projection, no planar buffer, no other geometry than a point as origin.

A chord is the straight line, in longitude and latitude, between two vertices. Vertices lie at the
radius to nanometres (Karney); chords stray from the circle by at most the tolerance asked for.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray
from shapely import MultiPolygon, Polygon

from geo import geodesy
from geo.geodesy import WHOLE_GLOBE_M, Floats
from geo.seam import GLOBE, Shapes, shaped

__all__ = ["FEWEST_VERTICES", "disc", "discs", "ring", "rings", "vertex_count"]

#: A ring never has fewer vertices, however loose the tolerance.
FEWEST_VERTICES = 360
#: A ring that passes a pole nearer than this is cut finer there.
NEAR_POLE_M = 600_000.0
#: How many rings are drawn at a time: few enough for the processor's cache.
_BLOCK = 64
_EARTH_M = 6_378_137.0
#: A hair beside a pole, far below any tolerance.
_HAIR_M = 2e-3


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
    lon, lat, radius = origins(lons, lats, radius_m)
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
    origins(lon, lat, radius_m)
    count = int(vertex_count(lat, radius_m, tolerance_m))
    azimuths = np.linspace(360.0, 0.0, count, endpoint=False)
    if np.abs(geodesy.to_poles_m(lat) - radius_m).min() < NEAR_POLE_M:
        azimuths = refined(lon, lat, np.append(azimuths, 0.0), radius_m, tolerance_m)[:-1]
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
    lon, lat, radius = origins(lons, lats, radius_m)
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


def origins(lons: ArrayLike, lats: ArrayLike, radius_m: ArrayLike) -> tuple[Floats, ...]:
    """Check origins and radii; each as an array of shape (n,)."""
    geodesy.check(lons, lats)
    geodesy.check_radius(radius_m)
    arrays = (np.atleast_1d(np.asarray(item, dtype=float)) for item in (lons, lats, radius_m))
    return tuple(np.broadcast_arrays(*arrays))


def refined(
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
