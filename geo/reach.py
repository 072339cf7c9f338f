"""The geodesic buffer: every place within a distance of a geometry.

Job: what ``buffer`` would be if the Earth were not flat; shapely or GeoSeries in and out.
Ban: no files, no catalogue, no planar ``buffer``.

Method: the union of exact discs around points of the boundary (its edges cut so finely that the
bulge between two discs stays within the tolerance) with the geometry itself. Discs are first drawn
around a thinned set of these points, then around each further point that still pushes the outline
out, until none does. Where the outline falls short is measured, not assumed: for Iran on full
1:10m borders its chords lie within 40 m of the true distance at 2,000 km and at 5,500 km
(``python -m tests.bench.geometry iran points``).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiLineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from geo import discs, edges, geodesy, nearest, sector
from geo.errors import GeodesyError
from geo.geodesy import Floats

if TYPE_CHECKING:
    from collections.abc import Hashable

    from geopandas import GeoSeries
    from pandas import Series

Indices = NDArray[np.intp]

__all__ = ["band", "outline", "reach", "reach_of"]

_EARTH_RADIUS_M = 6_378_137.0
_WGS84 = 4326


def reach(
    origins: GeoSeries,
    radius_m: float | Series,
    *,
    inner_m: float = 0.0,
    tolerance_m: float = 100.0,
) -> GeoSeries:
    """Geodesic buffer of a GeoSeries.

    Parameters
    ----------
    origins
        Points, lines or polygons in any CRS; converted to WGS 84 and back. Edges count as
        straight in longitude and latitude; segmentize those of another CRS if they are long.
    radius_m
        Metres; one for all, or a Series with the index of `origins`.
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
        For a missing CRS; naming the index, for an empty or missing geometry, a position off the
        Earth, a radius that is not above zero, or a reach that the CRS cannot show.
    """
    from geopandas import GeoSeries  # noqa: PLC0415 - half a second that a first screen can spare

    if origins.crs is None:
        msg = "the GeoSeries has no CRS; set it with .set_crs(4326) if these are degrees"
        raise GeodesyError(msg)
    if isinstance(radius_m, int | float | np.number):
        radii: dict[Hashable, float] = dict.fromkeys(origins.index, float(radius_m))
    elif origins.index.is_unique and radius_m.index.is_unique:
        radii = {index: float(value) for index, value in radius_m.items()}
    else:
        msg = "an index stands twice, so no radius is anyone's; call .reset_index(drop=True) first"
        raise GeodesyError(msg)
    shapes = []
    for index, geometry in origins.to_crs(_WGS84).items():
        if geometry is None or geometry.is_empty:
            msg = f"the geometry at index {index!r} is missing or empty; drop it or fill it in"
            raise GeodesyError(msg)
        try:
            shapes.append(
                band(geometry, inner_m, radii.get(index, math.nan), tolerance_m=tolerance_m)
            )
        except GeodesyError as error:
            msg = f"index {index!r}: {error}"
            raise GeodesyError(msg) from error
    degrees = GeoSeries(shapes, index=origins.index, crs=_WGS84)
    drawn = degrees.to_crs(origins.crs)
    torn = ~np.array([*map(_same, degrees, drawn.to_crs(_WGS84))], dtype=bool) | ~drawn.is_valid
    if torn.any():
        msg = (
            f"index {drawn.index[torn][0]!r}: its reach leaves what {origins.crs.to_string()} can "
            "show; ask for it in degrees, with origins.to_crs(4326)"
        )
        raise GeodesyError(msg)
    return drawn


def band(
    origin: BaseGeometry, inner_m: float, outer_m: float, *, tolerance_m: float = 100.0
) -> Polygon | MultiPolygon:
    """Places between two distances of a geometry; `inner_m` of 0 keeps the middle."""
    geodesy.check_radius(outer_m)
    sector.check_inner(inner_m, outer_m)
    whole = reach_of(origin, outer_m, tolerance_m=tolerance_m)
    if inner_m == 0:
        return whole
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
    origin = shapely.force_2d(origin)
    geodesy.check(*shapely.get_coordinates(origin).T)
    geodesy.check_radius(radius_m)
    geodesy.check_tolerance(tolerance_m)
    if isinstance(origin, shapely.Point) or radius_m >= geodesy.WHOLE_GLOBE_M:
        lon, lat = shapely.get_coordinates(origin)[0]
        return discs.disc(float(lon), float(lat), radius_m, tolerance_m)
    # the tolerance is shared out: bulge between discs, their chords, and what may stay short
    share_m = tolerance_m / 3
    points = _samples(origin, radius_m, share_m)
    places = nearest.Places(points)
    shape: BaseGeometry = shapely.make_valid(origin)
    drawn = np.zeros(len(points), dtype=bool)
    seen = np.empty(0, dtype=complex)
    wanted = _thinned(points, radius_m)
    while wanted.size:
        drawn[wanted] = True
        lons, lats = points[wanted].T
        shape = _union([shape, *discs.discs(lons, lats, radius_m, share_m)])
        corners = np.setdiff1d(_corners(shape), seen)
        seen = np.append(seen, corners)
        # what is nearer to a corner of the outline still pushes it out
        index, true_m = places.nearest(corners.real, corners.imag)
        wanted = np.unique(index[true_m < radius_m - share_m])
        wanted = wanted[~drawn[wanted]]
    return _cleaned(shape)


def outline(shape: BaseGeometry) -> BaseGeometry:
    """The drawn edge of a reach: its boundary without the cuts at ±180° and the pole lines.

    Returns
    -------
    LineString or MultiLineString; empty if the reach is the whole globe.
    """
    points, line = shapely.get_coordinates(
        shapely.get_parts(shapely.boundary(shape)), return_index=True
    )
    start, end = points[:-1], points[1:]
    seam = ((np.abs(start) >= [180, 90]) & (np.abs(end) >= [180, 90])).any(axis=1)
    kept = ~seam & (line[1:] == line[:-1])
    runs = (
        np.flatnonzero(kept & ~np.append(False, kept[:-1])),
        np.flatnonzero(kept & ~np.append(kept[1:], False)),
    )
    lines = [
        shapely.LineString(points[first : last + 2]) for first, last in zip(*runs, strict=True)
    ]
    # merged, no lines would make a collection
    return shapely.line_merge(MultiLineString(lines)) if lines else MultiLineString()


def _same(one: BaseGeometry, other: BaseGeometry) -> bool:
    """Tell whether two shapes have the same positions, to 1e-5 degrees, vertex by vertex."""
    off = shapely.get_coordinates(one) - shapely.get_coordinates(other)
    off[:, 0] *= np.cos(np.radians(shapely.get_coordinates(one)[:, 1]))  # at a pole none counts
    off[:, 0] = (off[:, 0] + 180) % 360 - 180
    return bool((np.abs(off) < 1e-5).all())


def _samples(origin: BaseGeometry, radius_m: float, tolerance_m: float) -> Floats:
    """Vertices of the origin, its edges cut so that the bulge between discs is in tolerance.

    The bulge between discs a step apart is step² / 8 times the bend: that of the ring, and that
    of the edge, for a line straight in longitude and latitude turns as much as its parallel.
    """
    ring_bend = max(0.0, 1 / math.tan(min(radius_m / _EARTH_RADIUS_M, 3.0)))
    start, end = edges.edges(origin)
    lats = np.maximum(np.abs(start[:, 1]), np.abs(end[:, 1])).clip(max=89.9)
    bend = ring_bend + np.tan(np.radians(lats)) + 0.1
    along, _ = edges.cut(start, end, np.sqrt(8 * tolerance_m * _EARTH_RADIUS_M / bend))
    points = np.vstack([shapely.get_coordinates(origin), along])
    points[np.abs(points[:, 1]) == 90, 0] = 0  # a pole is one place
    _, first = np.unique(points, axis=0, return_index=True)
    return points[np.sort(first)]


def _thinned(points: Floats, radius_m: float) -> Indices:
    """Indices of about one point a cell; a cell is small against the radius."""
    cell_deg = max(0.05, min(2.0, radius_m / 111_000 / 20))
    shrink = np.cos(np.radians(np.floor(points[:, 1] / cell_deg) * cell_deg))
    cells = np.floor(points * np.column_stack([shrink, np.ones(len(points))]) / cell_deg)
    return np.asarray(np.unique(cells, axis=0, return_index=True)[1])


def _corners(shape: BaseGeometry) -> NDArray[np.complex128]:
    """Vertices of the outline as longitude + latitude i, each once, those on a cut left out."""
    edge = shapely.get_coordinates(outline(shape))
    edge = edge[(np.abs(edge) < [180, 90]).all(axis=1)]
    return np.unique(edge[:, 0] + 1j * edge[:, 1])


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
