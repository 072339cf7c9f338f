"""Rings, discs and sectors around points, as RFC 7946 shapes.

Job: points at one distance from an origin, and the area they bound: cut at the antimeridian,
closed over a pole, wound counter-clockwise. Ban: no files, no projection, no planar buffer, no
other geometry than a point as origin.

A chord is the straight line, in longitude and latitude, between two vertices. Vertices lie at the
radius to nanometres (Karney); chords stray from the circle by at most the tolerance asked for.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely import MultiPolygon, Polygon, affinity
from shapely.geometry.base import BaseGeometry

from geo import geodesy
from geo.errors import GeodesyError
from geo.geodesy import WHOLE_GLOBE_M, Floats

__all__ = ["FEWEST_VERTICES", "disc", "discs", "ring", "rings", "sector", "vertex_count"]

Shapes = NDArray[Any]

#: A ring never has fewer vertices, however loose the tolerance.
FEWEST_VERTICES = 360
#: A ring that passes a pole nearer than this is cut finer there.
NEAR_POLE_M = 600_000.0
#: How many rings are drawn at a time: few enough for the processor's cache.
_BLOCK = 64
_EARTH_M = 6_378_137.0
# Lines along a pole have a vertex half way: an edge longer than 180 degrees is ambiguous to many.
_GLOBE = Polygon([(180, -90), (180, 90), (0, 90), (-180, 90), (-180, -90), (0, -90)])
#: A hair beside the antimeridian or a pole, in degrees and metres, far below any tolerance.
_HAIR_DEG = 1e-10
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
    shapes = np.full(lon.size, _GLOBE, dtype=object)
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
        shapes[index] = _shaped(points, both[index : index + 1])[0]
    for size in np.unique(wanted[partial & ~grazing]):
        these = np.flatnonzero(partial & ~grazing & (wanted == size))
        for block in np.array_split(these, math.ceil(these.size * size / (_BLOCK * 360))):
            points = np.stack(rings(lon[block], lat[block], radius[block], int(size)), axis=2)
            shapes[block] = _shaped(points, both[block])
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
        return _wound(shapely.difference(whole, disc(lon, lat, inner_m, tolerance_m)))
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
    return _enclose(path, both)


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


def _shaped(points: Floats, both: NDArray[np.bool_]) -> Shapes:
    """Shapes that rings bound; `points` (n, count, 2), `both` says which hold both poles.

    A ring that meets the antimeridian once goes round a pole; twice, it is cut in two, or, with
    both poles inside, notched out of the globe.
    """
    _off_the_seam(points)
    lon = points[:, :, 0]
    jumps = np.abs(np.diff(lon, axis=1, append=lon[:, :1])) > 180
    crossings = jumps.sum(axis=1)
    shapes = np.empty(len(points), dtype=object)
    kinds = (
        (~both & (crossings == 0), lambda some, _: shapely.polygons(some)),
        (crossings == 1, _caps),
        (~both & (crossings == 2), _halves),
        (both & (crossings == 0), _holes),
        (both & (crossings == 2), _notches),
    )
    left = np.ones(len(points), dtype=bool)
    for these, shape in kinds:
        if these.any():
            shapes[these] = shape(points[these], jumps[these])
            left &= ~these
    for index in np.flatnonzero(left):
        shapes[index] = _enclose(points[index], bool(both[index]))
    return shapes


def _off_the_seam(points: Floats) -> None:
    """Move vertices that lie on the antimeridian a hair to the side of the vertex before."""
    rows, columns = np.nonzero(np.abs(points[:, :, 0]) == 180)
    for row, column in zip(rows, columns, strict=True):
        points[row, column, 0] = math.copysign(180 - _HAIR_DEG, points[row, column - 1, 0])


def _from_jump(points: Floats, jump: NDArray[np.intp]) -> Floats:
    """Rings turned so that each begins with the vertex after its jump."""
    order = (jump[:, None] + 1 + np.arange(points.shape[1])) % points.shape[1]
    return np.take_along_axis(points, order[:, :, None], axis=1)


def _seam_lat(before: Floats, after: Floats) -> Floats:
    """Latitude at which the chord from one vertex to the next meets the antimeridian."""
    to_seam = 180 - np.abs(before[..., 0])
    beyond = 180 - np.abs(after[..., 0])
    share = to_seam / (to_seam + beyond)
    return np.asarray(before[..., 1] + share * (after[..., 1] - before[..., 1]))


def _caps(points: Floats, jumps: NDArray[np.bool_]) -> Shapes:
    """Close rings that go round a pole, from the antimeridian, so that no seam is left."""
    turned = _from_jump(points, jumps.argmax(axis=1))
    seam_lat = _seam_lat(turned[:, -1], turned[:, 0])
    seam = np.copysign(180.0, turned[:, 0, 0])  # from west to east: round the north pole
    pole = -seam / 2
    zero = np.zeros_like(seam)
    ends = [(-seam, seam_lat), (-seam, pole), (zero, pole), (seam, pole), (seam, seam_lat)]
    corners = np.stack([np.column_stack(end) for end in ends], axis=1)
    return np.asarray(shapely.polygons(np.concatenate([turned, corners], axis=1)))


def _holes(points: Floats, _: NDArray[np.bool_]) -> Shapes:
    """Cut rings that hold both poles out of the globe."""
    shell = _GLOBE.exterior
    return np.array([shapely.orient_polygons(Polygon(shell, [hole])) for hole in points])


def _halves(points: Floats, jumps: NDArray[np.bool_]) -> Shapes:
    """Cut rings that cross the antimeridian twice into an eastern and a western part."""
    turned, length, seam, opening, closing = _crossed_twice(points, jumps)
    count = points.shape[1]
    first = ((seam, closing), (seam, opening), (-seam, closing))  # back, closed; the other begins
    last = ((-seam, opening), (-seam, closing))
    whole = _with_corners(turned, length, ((seam, opening),), first, last)
    rows = np.arange(len(points))
    which = 2 * rows[:, None] + (np.arange(count + 6)[None, :] >= length[:, None] + 3)
    parts = shapely.linearrings(whole.reshape(-1, 2), indices=which.ravel())
    halves = np.asarray(shapely.polygons(parts))
    return np.asarray(shapely.multipolygons(halves, indices=np.repeat(rows, 2)))


def _notches(points: Floats, jumps: NDArray[np.bool_]) -> Shapes:
    """Notch rings that hold both poles and cross the antimeridian out of the globe's two sides."""
    turned, length, seam, opening, closing = _crossed_twice(points, jumps)
    pole = np.copysign(90.0, closing - opening)
    zero = np.zeros_like(seam)
    between = ((seam, closing), (seam, pole), (zero, pole), (-seam, pole), (-seam, closing))
    last = (
        *((-seam, opening), (-seam, -pole), (zero, -pole)),
        *((seam, -pole), (seam, opening)),
    )
    return np.asarray(
        shapely.polygons(_with_corners(turned, length, ((seam, opening),), between, last))
    )


def _crossed_twice(points: Floats, jumps: NDArray[np.bool_]) -> tuple[Floats, Any, Any, Any, Any]:
    """Rings turned to begin after a jump, and how many vertices stand before the second.

    Then the side of these (180 or -180), and the latitudes where they leave and reach the seam.
    """
    first = jumps.argmax(axis=1)
    second = points.shape[1] - 1 - jumps[:, ::-1].argmax(axis=1)
    turned, length, rows = _from_jump(points, first), second - first, np.arange(len(points))
    opening = _seam_lat(turned[:, -1], turned[:, 0])
    closing = _seam_lat(turned[rows, length - 1], turned[rows, length])
    return turned, length, np.copysign(180.0, turned[:, 0, 0]), opening, closing


Corners = tuple[tuple[Floats, Floats], ...]


def _with_corners(
    turned: Floats, length: NDArray[np.intp], before: Corners, between: Corners, after: Corners
) -> Floats:
    """Rings with corners put in before the first vertex, after `length` of them, and last."""
    rings_n, count, _ = turned.shape
    rows, columns = np.arange(rings_n), np.arange(count)[None, :]
    whole = np.empty((rings_n, count + len(before) + len(between) + len(after), 2))
    place = columns + len(before) + len(between) * (columns >= length[:, None])
    np.put_along_axis(whole, place[:, :, None], turned, axis=1)
    for start, corners in (
        (np.zeros_like(length), before),
        (length + len(before), between),
        (np.full_like(length, count + len(before) + len(between)), after),
    ):
        for at, corner in enumerate(corners):
            whole[rows, start + at] = np.column_stack(corner)
    return whole


def _enclose(points: Floats, both_poles: bool) -> Polygon | MultiPolygon:
    """Turn any counter-clockwise path, shape (n, 2), into the shape it bounds.

    Going once round, longitudes add up to +360 if the path holds the north pole only, -360 for
    the south pole only, 0 for neither or both.
    """
    _off_the_seam(points[None])
    following = np.roll(points, -1, axis=0)
    turn = float(((following[:, 0] - points[:, 0] + 180) % 360 - 180).sum())
    crossed = np.flatnonzero(np.abs(following[:, 0] - points[:, 0]) > 180)
    if crossed.size:
        # begin on the antimeridian, so that what closes the path lies on it; where the path meets
        # it nearest to the pole inside, so that nothing of the path lies between
        seam_lats = _seam_lat(points[crossed], following[crossed])
        first = int((seam_lats if turn > 0 else -seam_lats).argmax())
        points = np.roll(points, -crossed[first] - 1, axis=0)
        seam = math.copysign(180.0, points[0, 0])
        points = np.vstack([(seam, seam_lats[first]), points, (-seam, seam_lats[first])])
    lon, lat = np.unwrap(points[:, 0], period=360), points[:, 1]
    if crossed.size:  # the two ends are on the seam exactly
        lon[-1] = 360 * round((lon[-1] - 180) / 360) + 180
    if abs(turn) > 180:
        pole = 90.0 if turn > 0 else -90.0
        middle = (lon[-1] + lon[0]) / 2
        lon, lat = np.append(lon, [lon[-1], middle, lon[0]]), np.append(lat, [pole] * 3)
    bounded = Polygon(np.column_stack([lon, lat]))
    inside = _fold(bounded if bounded.is_valid else shapely.make_valid(bounded))
    if both_poles:
        return _wound(shapely.difference(_GLOBE, inside))
    return inside


def _fold(polygon: BaseGeometry) -> Polygon | MultiPolygon:
    """Bring a polygon with unwrapped longitudes back into -180..180, cut at the antimeridian."""
    west, _, east, _ = polygon.bounds
    pieces: list[BaseGeometry] = []
    for sheet in range(math.floor((west + 180) / 360), math.floor((east + 180) / 360) + 1):
        frame = shapely.box(360 * sheet - 180, -90, 360 * sheet + 180, 90)
        whole = west >= frame.bounds[0] and east <= frame.bounds[2]
        piece = polygon if whole else shapely.intersection(polygon, frame)
        pieces.append(affinity.translate(piece, -360.0 * sheet))
    return _wound(shapely.GeometryCollection(pieces))


def _wound(shape: BaseGeometry) -> Polygon | MultiPolygon:
    """Keep the polygons of a shape, exteriors counter-clockwise."""
    parts = [
        shapely.orient_polygons(part, exterior_cw=False)
        for piece in shapely.get_parts(shape)
        for part in shapely.get_parts(piece)
        if isinstance(part, Polygon) and part.area > 0
    ]
    joined = parts[0] if len(parts) == 1 else MultiPolygon(parts)
    # a corner folded to a hair of its neighbour can touch itself
    return joined if joined.is_valid else _wound(shapely.make_valid(joined))
