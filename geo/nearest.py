"""How far a place or a shape is from another, and where they come nearest.

Job: the shortest geodesic between a position and a shape, or between two shapes, with both ends.
Ban: no files, no projection, nothing drawn.

Lambert's formula picks the candidates (it errs by 3 m at 2,000 km), first by blocks of neighbours,
then one by one; Karney decides among them. Edges are straight in longitude and latitude, as
RFC 7946 says; the nearest point of an edge is found to a metre along it. No search tree: those of
libraries know straight lines only, which mislead beyond a few thousand kilometres, and the
quickest takes half a second to load.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from threading import Lock

import numpy as np
import shapely
from numpy.typing import ArrayLike
from shapely.geometry.base import BaseGeometry

from geo import geodesy
from geo.edges import Indices, cut, edges, with_open_ends
from geo.errors import GeodesyError
from geo.geodesy import Floats
from geo.prepared import prepared

__all__ = ["Gap", "Places", "Shore", "gap"]


#: Edges are cut to pieces of this length, in metres, before they are searched.
_STEP_M = 5_000.0
#: Neighbours searched as one block, and how many numbers are worked on at a time.
_BLOCK = 32
_AT_ONCE = 1_000_000
#: Places further apart than this, in radii of the Earth (20 km), are no neighbours.
_LEAP = 0.003


@dataclass(frozen=True)
class Gap:
    """The shortest way between two shapes."""

    distance_m: float
    """Metres; 0 if they meet."""
    lon1: float
    lat1: float
    """Where it leaves the first shape, degrees."""
    lon2: float
    lat2: float
    """Where it reaches the second shape, degrees."""


class Places:
    """Positions that can be asked which of them is nearest.

    Parameters
    ----------
    points
        Longitude and latitude in degrees, shape (n, 2); quickest if neighbours follow each other.
    """

    def __init__(self, points: Floats) -> None:
        self.points = points
        self.spots = geodesy.spots(*points.T)
        # a block ends where its neighbours do: at every leap, such as from island to island
        leaps = np.linalg.norm(np.diff(self.spots, axis=0), axis=1) > _LEAP
        index = np.arange(len(points))
        run = np.maximum.accumulate(np.where(np.append(True, leaps), index, 0))
        self._starts = np.flatnonzero((index - run) % _BLOCK == 0)
        self._sizes = np.diff(np.append(self._starts, len(points)))
        self._centres = self.spots[self._starts + self._sizes // 2]
        away = geodesy.roughly_m(self.spots, np.repeat(self._centres, self._sizes, axis=0))
        self._wide = np.maximum.reduceat(away, self._starts) + 1

    def nearest(self, lons: ArrayLike, lats: ArrayLike) -> tuple[Indices, Floats]:
        """Index of the nearest place to each position, and its distance in metres."""
        lon, lat = np.atleast_1d(lons), np.atleast_1d(lats)
        if not lon.size:
            return np.empty(0, dtype=np.intp), np.empty(0)
        rows, columns = self._candidates(geodesy.spots(lon, lat), 0.0)
        true_m = geodesy.distance_m(lon[rows], lat[rows], *self.points[columns].T)
        first = _first_of_each(rows, true_m)
        return columns[first], true_m[first]

    def _candidates(self, spots: Floats, reach_m: float) -> tuple[Indices, Indices]:
        """Pairs of a spot and a place that may be its nearest, or hold it in a reach.

        A place counts if it is no further than the hypotenuse of the least distance and the reach.
        """
        found = [
            self._pairs(block, reach_m)
            for block in np.array_split(spots, math.ceil(len(spots) * len(self._wide) / _AT_ONCE))
        ]
        offsets = np.cumsum([0, *(rows[-1] + 1 for rows, _ in found[:-1])])
        rows = [rows + offset for (rows, _), offset in zip(found, offsets, strict=True)]
        return np.concatenate(rows), np.concatenate([columns for _, columns in found])

    def _pairs(self, spots: Floats, reach_m: float) -> tuple[Indices, Indices]:
        """Candidates of some spots, by row; every row has at least one."""
        far = geodesy.roughly_m(spots[:, None], self._centres)
        error = geodesy.rough_error_m(far)
        limit = np.hypot((far + error).min(axis=1), reach_m)  # every centre is a place
        rows, blocks = np.nonzero(far - error - self._wide <= limit[:, None])
        sizes = self._sizes[blocks]
        ends = np.cumsum(sizes)
        columns = np.arange(ends[-1]) - np.repeat(ends - sizes, sizes)
        columns += np.repeat(self._starts[blocks], sizes)
        rows = np.repeat(rows, sizes)
        far = geodesy.roughly_m(spots[rows], self.spots[columns])
        error = geodesy.rough_error_m(far)
        begins = np.flatnonzero(np.diff(rows, prepend=-1))
        limit = np.hypot(np.minimum.reduceat(far + error, begins), reach_m)
        kept = far - error <= limit[rows]
        return rows[kept], columns[kept]

    def nearby(self, other: Places, reach_m: float) -> Indices:
        """Indices of the places that may come nearest to other places, or hold them in a reach."""
        parts = math.ceil(len(self._wide) * len(other._wide) / _AT_ONCE)
        blocks = np.array_split(self._centres, parts)
        far = np.concatenate(
            [geodesy.roughly_m(block[:, None], other._centres) for block in blocks]
        )
        error = geodesy.rough_error_m(far)
        limit = math.hypot(float((far + error).min()), reach_m)
        wide = self._wide[:, None] + other._wide
        near = (far - error - wide <= limit).any(axis=1)
        kept = np.flatnonzero(np.repeat(near, self._sizes))
        rows, columns = other._candidates(self.spots[kept], 0.0)
        far = geodesy.roughly_m(self.spots[kept][rows], other.spots[columns])
        error = geodesy.rough_error_m(far)
        limit = math.hypot(float((far + error).min()), reach_m)
        return np.asarray(kept[np.unique(rows[far - error <= limit])])


class Shore(Places):
    """The outline of a shape, ready to be asked for its nearest point.

    Parameters
    ----------
    shape
        Points, lines or polygons in degrees.

    Raises
    ------
    GeodesyError
        For an empty shape or a position that is not on Earth.
    """

    def __init__(self, shape: BaseGeometry) -> None:
        if shape.is_empty:
            msg = "the shape is an empty geometry; give a point, a line or a polygon"
            raise GeodesyError(msg)
        geodesy.check(*shapely.get_coordinates(shape).T)
        self.shape = prepared(shape)
        self._asked = Lock()
        points, edge = cut(*(ends := with_open_ends(*edges(shape))), _STEP_M)
        super().__init__(points)
        # each place runs to the next one of its edge, the last to the edge's end
        last = np.append(edge[1:] != edge[:-1], True)
        self._next = np.roll(points, -1, axis=0)
        self._next[last] = ends[1][edge[last]]

    def near(self, lons: ArrayLike, lats: ArrayLike) -> tuple[Floats, Floats]:
        """Nearest point of the shape to each position.

        Parameters
        ----------
        lons, lats
            Degrees, scalars or shape (n,).

        Returns
        -------
        Distances in metres, shape (n,), 0 within the shape; and the nearest points, shape (n, 2).
        """
        geodesy.check(lons, lats)
        lon = np.atleast_1d(np.asarray(lons, dtype=float))
        lat = np.atleast_1d(np.asarray(lats, dtype=float))
        rows, columns = self._candidates(geodesy.spots(lon, lat), _STEP_M)
        before = self._before[columns]
        rows = np.concatenate([rows, rows])
        starts = np.vstack([self.points[columns], self.points[before]])
        ends = np.vstack([self._next[columns], self._next[before]])
        share, distance_m = _along(lon[rows], lat[rows], starts, ends)
        first = _first_of_each(rows, distance_m)
        points = starts[first] + (ends - starts)[first] * share[first, None]
        distances = distance_m[first]
        with self._asked:
            inside = shapely.intersects_xy(self.shape, lon, lat)
        points[inside] = np.column_stack([lon, lat])[inside]
        return np.where(inside, 0.0, distances), points

    @property
    def _before(self) -> Indices:
        """Index of the place whose edge ends at each, itself where none does."""
        index = np.arange(len(self.points))
        previous = np.roll(index, 1)
        joined = (self._next[previous] == self.points).all(axis=1)
        return np.where(joined, previous, index)


def gap(first: BaseGeometry | Shore, second: BaseGeometry | Shore) -> Gap:
    """Shortest way between two shapes, both its ends returned.

    Raises
    ------
    GeodesyError
        As `Shore`.
    """
    one = first if isinstance(first, Shore) else Shore(first)
    two = second if isinstance(second, Shore) else Shore(second)
    meeting = shapely.intersection(one.shape, two.shape)
    if not meeting.is_empty:
        spot = meeting.representative_point()
        return Gap(0.0, spot.x, spot.y, spot.x, spot.y)
    if len(one.points) == 1:
        distances, points = two.near(*one.points.T)
        return Gap(float(distances[0]), *map(float, (*one.points[0], *points[0])))
    # between shapes that do not meet, the shortest way starts or ends at a corner
    near_one, near_two = one.points[one.nearby(two, _STEP_M)], two.points[two.nearby(one, _STEP_M)]
    to_two, on_two = two.near(*near_one.T)
    to_one, on_one = one.near(*near_two.T)
    if to_two.min() <= to_one.min():
        best = int(to_two.argmin())
        return Gap(float(to_two[best]), *map(float, (*near_one[best], *on_two[best])))
    best = int(to_one.argmin())
    return Gap(float(to_one[best]), *map(float, (*on_one[best], *near_two[best])))


def _along(lon: Floats, lat: Floats, starts: Floats, ends: Floats) -> tuple[Floats, Floats]:
    """Where on each edge, as a share of it, a position comes nearest, and how near in metres.

    On an edge so short the square of the distance is a parabola; its lowest point is found twice,
    the second time close about the first.
    """

    def away_m(share: Floats) -> Floats:
        return geodesy.distance_m(lon, lat, *(starts + (ends - starts) * share[:, None]).T)

    low, high = np.zeros(len(starts)), np.ones(len(starts))
    shares, distances = [low, high], [away_m(low), away_m(high)]
    for _ in range(2):
        middle, half = (low + high) / 2, (high - low) / 2
        before, at, after = (np.square(away_m(share)) for share in (low, middle, high))
        bend = before - 2 * at + after
        lean = np.divide(before - after, 2 * bend, out=np.zeros_like(bend), where=bend > 0)
        best = np.clip(middle + lean * half, 0, 1)
        shares.append(best)
        distances.append(away_m(best))
        low, high = np.clip(best - 0.05, 0, 1), np.clip(best + 0.05, 0, 1)
    least = np.stack(distances).argmin(axis=0), np.arange(len(starts))
    return np.stack(shares)[least], np.stack(distances)[least]


def _first_of_each(rows: Indices, distance_m: Floats) -> Indices:
    """Positions, in row order, of each row's least distance."""
    order = np.lexsort((distance_m, rows))
    return np.asarray(order[np.flatnonzero(np.diff(rows[order], prepend=-1))])
