"""The geodesic buffer: every place within a distance of a geometry.

Job: what ``buffer`` would be if the Earth were not flat; shapely or GeoSeries in and out.
Ban: no files, no catalogue, no planar ``buffer``.

Method: the union of exact discs around points of the boundary (its edges cut so finely that the
bulge between two discs stays within the tolerance) with the geometry itself. Discs are first drawn
around a thinned set of these points, then around each further point that still pushes the outline
out, until none does. Where the outline falls short is measured, not assumed: for Iran on full
1:10m borders its chords lie within 34 m of the true distance at 2,000 km and 26 m at 5,500 km.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiLineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from geo import geodesy
from geo.errors import GeodesyError

if TYPE_CHECKING:
    from geopandas import GeoSeries

Floats = NDArray[np.float64]

__all__ = ["band", "outline", "reach", "reach_of"]

_EARTH_RADIUS_M = 6_378_137.0
_WGS84 = 4326


def reach(
    origins: GeoSeries, radius_m: float, *, inner_m: float = 0.0, tolerance_m: float = 100.0
) -> GeoSeries:
    """Geodesic buffer of a GeoSeries.

    Parameters
    ----------
    origins
        Points, lines or polygons in any CRS; converted to WGS 84 and back.
    radius_m
        Metres.
    inner_m
        Minimum range in metres; what lies nearer is left out.
    tolerance_m
        How far the outline may stray from the true distance.

    Returns
    -------
    Polygons and multi-polygons with the index and CRS of `origins`, cut at the antimeridian.

    Raises
    ------
    GeodesyError
        For a missing CRS, an empty or missing geometry (its index is named), a position off the
        Earth or a radius that is not above zero.
    """
    from geopandas import GeoSeries  # noqa: PLC0415 - half a second that a first screen can spare

    if origins.crs is None:
        msg = "the GeoSeries has no CRS; set it with .set_crs(4326) if these are degrees"
        raise GeodesyError(msg)
    shapes = []
    for index, geometry in origins.to_crs(_WGS84).items():
        if geometry is None or geometry.is_empty:
            msg = f"the geometry at index {index!r} is missing or empty; drop it or fill it in"
            raise GeodesyError(msg)
        shapes.append(band(geometry, inner_m, radius_m, tolerance_m=tolerance_m))
    return GeoSeries(shapes, index=origins.index, crs=_WGS84).to_crs(origins.crs)


def band(
    origin: BaseGeometry, inner_m: float, outer_m: float, *, tolerance_m: float = 100.0
) -> Polygon | MultiPolygon:
    """Places between two distances of a geometry; `inner_m` of 0 keeps the middle."""
    whole = reach_of(origin, outer_m, tolerance_m=tolerance_m)
    if inner_m <= 0:
        return whole
    if inner_m >= outer_m:
        msg = f"inner distance {inner_m:g} m is not below the outer {outer_m:g} m; swap them"
        raise GeodesyError(msg)
    hole = reach_of(origin, inner_m, tolerance_m=tolerance_m)
    return _cleaned(shapely.difference(whole, hole))


def reach_of(
    origin: BaseGeometry, radius_m: float, *, tolerance_m: float = 100.0
) -> Polygon | MultiPolygon:
    """Geodesic buffer of one geometry in longitude and latitude (WGS 84, degrees).

    Edges of the origin are straight in longitude and latitude, as RFC 7946 says.

    Raises
    ------
    GeodesyError
        For an empty origin, a position off the Earth, or a radius or a tolerance that is not
        above zero.
    """
    if origin.is_empty:
        msg = "the origin is an empty geometry; give a point, a line or a polygon"
        raise GeodesyError(msg)
    corners = shapely.get_coordinates(origin)
    geodesy.check(corners[:, 0], corners[:, 1], radius_m)
    if not tolerance_m > 0:
        msg = f"tolerance {tolerance_m:g} m is not above zero; ask for 100 m or more"
        raise GeodesyError(msg)
    if isinstance(origin, shapely.Point) or radius_m >= geodesy.WHOLE_GLOBE_M:
        lon, lat = corners[0]
        return geodesy.disc(float(lon), float(lat), radius_m, tolerance_m)
    # the tolerance is shared out: bulge between discs, their chords, and what may stay short
    share_m = tolerance_m / 3
    points = _samples(origin, radius_m, share_m)
    shape: BaseGeometry = shapely.make_valid(origin)
    drawn = np.zeros(len(points), dtype=bool)
    wanted = _thinned(points, radius_m)
    while wanted.size:
        drawn[wanted] = True
        centres = points[wanted]
        shape = _union([shape, *geodesy.discs(centres[:, 0], centres[:, 1], radius_m, share_m)])
        wanted = _short_of(shape, points, radius_m - share_m)
        wanted = wanted[~drawn[wanted]]
    return _cleaned(shape)


def outline(shape: BaseGeometry) -> BaseGeometry:
    """The drawn edge of a reach: its boundary without the cuts at ±180° and the pole lines.

    Returns
    -------
    LineString or MultiLineString; empty if the reach is the whole globe.
    """
    lines: list[shapely.LineString] = []
    for line in shapely.get_parts(shapely.boundary(shape)):
        points = shapely.get_coordinates(line)
        start, end = points[:-1], points[1:]
        cut = (np.abs(start) >= [180, 90]) & (np.abs(end) >= [180, 90])
        kept = ~cut.any(axis=1)
        lines += map(shapely.LineString, np.stack([start[kept], end[kept]], axis=1))
    return shapely.line_merge(MultiLineString(lines))


def _samples(origin: BaseGeometry, radius_m: float, tolerance_m: float) -> Floats:
    """Vertices of the origin, its edges cut so that the bulge between discs is in tolerance.

    The bulge between discs a step apart is step² / 8 times the bend: that of the ring, and that
    of the edge, for a line straight in longitude and latitude turns as much as its parallel.
    """
    ring_bend = max(0.0, 1 / math.tan(min(radius_m / _EARTH_RADIUS_M, 3.0)))
    lines = shapely.boundary(origin) if shapely.get_dimensions(origin) == 2 else origin
    found = [shapely.get_coordinates(origin)]
    for line in shapely.get_parts(lines):
        points = shapely.get_coordinates(line)
        start, end = points[:-1], points[1:]
        lats = np.abs(np.column_stack([start[:, 1], end[:, 1]]))
        edge_bend = np.tan(np.radians(lats.max(axis=1).clip(max=89.9)))
        step_m = np.sqrt(8 * tolerance_m * _EARTH_RADIUS_M / (ring_bend + edge_bend + 0.1))
        along = (end - start) * np.column_stack(
            [np.cos(np.radians(lats.min(axis=1))), np.ones(len(start))]
        )
        pieces = np.ceil(np.hypot(*along.T) * 111_700 / step_m).astype(int).clip(min=1)
        edge = np.repeat(np.arange(len(start)), pieces)
        share = (np.arange(len(edge)) - np.repeat(np.cumsum(pieces) - pieces, pieces)) / pieces[
            edge
        ]
        found.append(start[edge] + (end - start)[edge] * share[:, None])
    points = np.concatenate(found)
    points[np.abs(points[:, 1]) == 90, 0] = 0  # a pole is one place
    return np.unique(points, axis=0)


def _thinned(points: Floats, radius_m: float) -> NDArray[np.intp]:
    """Indices of about one point a cell; a cell is small against the radius."""
    cell_deg = max(0.05, min(2.0, radius_m / 111_000 / 20))
    cells = np.floor(points / cell_deg).astype(int)
    return np.asarray(np.unique(cells, axis=0, return_index=True)[1])


def _short_of(shape: BaseGeometry, points: Floats, distance_m: float) -> NDArray[np.intp]:
    """Indices of the points nearer than a distance to some vertex of the outline.

    Nearest on a sphere first (it errs by up to 0.6 % either way), then Karney among those.
    """
    edge = np.unique(shapely.get_coordinates(outline(shape)), axis=0)
    edge = edge[(np.abs(edge) < [180, 90]).all(axis=1)]
    towards = _directions(points)
    found: set[int] = set()
    for block in np.array_split(edge, math.ceil(edge.size * len(points) / 2e7) or 1):
        angles = np.arccos(np.clip(_directions(block) @ towards.T, -1, 1))
        near = angles <= angles.min(axis=1, keepdims=True) * 1.0113
        near &= angles * _EARTH_RADIUS_M * 0.9943 < distance_m
        rows, columns = np.nonzero(near)
        true_m = geodesy.distance_m(*block[rows].T, *points[columns].T)
        order = np.lexsort((true_m, rows))
        rows, columns, true_m = rows[order], columns[order], true_m[order]
        nearest = np.flatnonzero(np.diff(rows, prepend=-1))
        found.update(columns[nearest][true_m[nearest] < distance_m].tolist())
    return np.array(sorted(found), dtype=np.intp)


def _directions(points: Floats) -> Floats:
    """Unit vectors, shape (n, 3), of longitudes and latitudes."""
    lon, lat = np.radians(points).T
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def _union(shapes: list[BaseGeometry]) -> BaseGeometry:
    """Union of many shapes; GEOS may trip over near-coincident seams, a fine grid cures that."""
    try:
        return shapely.union_all(shapes)
    except shapely.errors.GEOSException:
        return shapely.union_all(shapes, grid_size=1e-7)


def _cleaned(shape: BaseGeometry) -> Polygon | MultiPolygon:
    """Without slivers (holes and crumbs under a square metre of degrees squared), wound right."""
    polygons = []
    for part in shapely.get_parts(shape):
        if part.geom_type != "Polygon" or part.area < 1e-9:
            continue
        holes = [hole for hole in part.interiors if Polygon(hole).area >= 1e-9]
        polygons.append(Polygon(part.exterior, holes))
    joined = polygons[0] if len(polygons) == 1 else MultiPolygon(polygons)
    return shapely.orient_polygons(joined, exterior_cw=False)
