"""Closed lines on the Earth as RFC 7946 polygons: cut at the antimeridian, closed over a pole.

Job: the area that points on a turn about an origin bound, wound counter-clockwise. Ban: no
distance, no files, no projection.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon, Polygon, affinity
from shapely.geometry.base import BaseGeometry

from geo.geodesy import Floats

__all__ = ["GLOBE", "Shapes", "enclose", "shaped", "wound"]

Shapes = NDArray[Any]
Corners = tuple[tuple[Floats, Floats], ...]

# Lines along a pole have a vertex half way: an edge longer than 180 degrees is ambiguous to many.
GLOBE = Polygon([(180, -90), (180, 90), (0, 90), (-180, 90), (-180, -90), (0, -90)])
#: A hair beside the antimeridian, far below any tolerance.
_HAIR_DEG = 1e-10


def shaped(points: Floats, both: NDArray[np.bool_]) -> Shapes:
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
        shapes[index] = enclose(points[index], bool(both[index]))
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
    shell = GLOBE.exterior
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


def enclose(points: Floats, both_poles: bool) -> Polygon | MultiPolygon:
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
        return wound(shapely.difference(GLOBE, inside))
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
    return wound(shapely.GeometryCollection(pieces))


def wound(shape: BaseGeometry) -> Polygon | MultiPolygon:
    """Keep the polygons of a shape, exteriors counter-clockwise."""
    parts = [
        shapely.orient_polygons(part, exterior_cw=False)
        for piece in shapely.get_parts(shape)
        for part in shapely.get_parts(piece)
        if isinstance(part, Polygon) and part.area > 0
    ]
    joined = parts[0] if len(parts) == 1 else MultiPolygon(parts)
    # a corner folded to a hair of its neighbour can touch itself
    return joined if joined.is_valid else wound(shapely.make_valid(joined))
