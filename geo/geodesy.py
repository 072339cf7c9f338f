"""Distances, rings and areas on the WGS 84 ellipsoid.

Job: exact geodesics (Karney, through ``pyproj.Geod``) and their RFC 7946 shapes.
Ban: no tables, no files, no projection, no planar buffer.

Longitude before latitude, in degrees; lengths in metres.
"""

from __future__ import annotations

import math

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from pyproj import Geod
from shapely import MultiPolygon, Polygon, affinity
from shapely.geometry.base import BaseGeometry

from geo.errors import GeodesyError

__all__ = [
    "WHOLE_GLOBE_M",
    "area_m2",
    "bearing_deg",
    "check",
    "disc",
    "discs",
    "distance_m",
    "ring",
    "rings",
    "vertex_count",
]

Floats = NDArray[np.float64]

_GEOD = Geod(ellps="WGS84")
_A_M = _GEOD.a
#: Radius from which a disc is the whole globe. From here to 20,003.93 km a ring would cross
#: itself near the antipode; calling it the globe is wrong by at most 34 km around that point.
WHOLE_GLOBE_M = 19_970_000.0
#: A ring never has fewer vertices, however loose the tolerance.
FEWEST_VERTICES = 360
#: A ring that passes a pole nearer than this needs vertices of its own.
NEAR_POLE_M = 600_000.0
_GLOBE = shapely.box(-180, -90, 180, 90)


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


def vertex_count(lat: float, radius_m: float, tolerance_m: float) -> int:
    """How many vertices keep the chords of a ring within a tolerance of the true circle.

    A closed formula, checked against measurement: within 2 % at 2,000 km, conservative above.
    Latitudes above 85 degrees count as 85; `ring` refines what is left there.
    """
    angle = radius_m / _A_M
    if not 0 < angle < math.pi:
        return FEWEST_VERTICES
    highest = math.radians(min(85.0, abs(lat) + math.degrees(angle)))
    bend = abs(1 / math.tan(angle)) + math.tan(highest)
    count = 2 * math.pi * _A_M * math.sin(angle) * math.sqrt(bend / (8 * _A_M * tolerance_m))
    return max(FEWEST_VERTICES, math.ceil(count))


def rings(
    lons: ArrayLike, lats: ArrayLike, radius_m: float, count: int = FEWEST_VERTICES
) -> tuple[Floats, Floats]:
    """Vertices of many rings at once: points at one distance from each origin.

    Parameters
    ----------
    lons, lats
        Degrees, shape (n,).
    radius_m
        Metres.
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
    lon = np.atleast_1d(np.asarray(lons, dtype=float))
    lat = np.atleast_1d(np.asarray(lats, dtype=float))
    check(lon, lat, radius_m)
    azimuths = np.linspace(360.0, 0.0, count, endpoint=False)
    shape = (lon.size, count)
    ring_lon, ring_lat = _forward(
        np.broadcast_to(lon[:, None], shape),
        np.broadcast_to(lat[:, None], shape),
        np.broadcast_to(azimuths, shape),
        radius_m,
    )
    return ring_lon.reshape(shape), ring_lat.reshape(shape)


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
    if not tolerance_m > 0:
        msg = f"tolerance {tolerance_m:g} m is not above zero; ask for 100 m or more"
        raise GeodesyError(msg)
    check([lon], [lat], radius_m)
    count = vertex_count(lat, radius_m, tolerance_m)
    azimuths = np.linspace(360.0, 0.0, count, endpoint=False)
    # a ring that grazes a pole turns so fast there that only bisection follows it
    for _ in range(12):
        points = np.column_stack(_forward_from(lon, lat, azimuths, radius_m))
        loose = _strays(lon, lat, points, radius_m, tolerance_m)
        if not loose.any():
            break
        following = np.append(azimuths[1:], azimuths[0] - 360.0)
        azimuths = np.sort(np.append(azimuths, ((azimuths + following) / 2)[loose]))[::-1]
    return np.column_stack(_forward_from(lon, lat, azimuths, radius_m))


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
    check([lon], [lat], radius_m)
    if radius_m >= WHOLE_GLOBE_M:
        return _GLOBE
    # a ring through a pole has no side there; a hair inside, it has
    off_pole_m = np.abs(distance_m(0.0, lat, 0.0, [90.0, -90.0]) - radius_m).min()
    if off_pole_m < 1e-3 < radius_m / 1000:
        radius_m -= 2e-3
    return _enclose(ring(lon, lat, radius_m, tolerance_m), _holds_poles(lat, radius_m))


def discs(
    lons: ArrayLike, lats: ArrayLike, radius_m: float, tolerance_m: float = 100.0
) -> list[Polygon | MultiPolygon]:
    """Many discs of one radius, as `disc` shapes them.

    All rings have one number of vertices, enough for the tolerance; those that pass near a pole
    are drawn one by one, for there only bisection follows the circle.
    """
    lon = np.atleast_1d(np.asarray(lons, dtype=float))
    lat = np.atleast_1d(np.asarray(lats, dtype=float))
    check(lon, lat, radius_m)
    if radius_m >= WHOLE_GLOBE_M:
        return [_GLOBE] * lat.size
    count = vertex_count(float(np.abs(lat).max()), radius_m, tolerance_m)
    to_poles_m = distance_m(0.0, lat, 0.0, [[90.0], [-90.0]])
    grazing = np.any(np.abs(to_poles_m - radius_m) < NEAR_POLE_M, axis=0).tolist()
    away = np.logical_not(grazing)
    plain = iter(_plain_discs(lon[away], lat[away], radius_m, count))
    return [
        disc(float(x), float(y), radius_m, tolerance_m) if near else next(plain)
        for x, y, near in zip(lon, lat, grazing, strict=True)
    ]


def _plain_discs(
    lon: Floats, lat: Floats, radius_m: float, count: int
) -> list[Polygon | MultiPolygon]:
    """Discs that keep away from the poles, with one number of vertices."""
    if not lat.size:
        return []
    ring_lons, ring_lats = rings(lon, lat, radius_m, count)
    points = np.stack([ring_lons, ring_lats], axis=2)
    jumps = np.abs(np.diff(ring_lons, axis=1, append=ring_lons[:, :1])).max(axis=1) > 180
    both = np.array([_holds_poles(value, radius_m) for value in lat])
    plain = ~jumps & ~both
    shapes: list[Polygon | MultiPolygon] = [_GLOBE] * lat.size
    for index, polygon in zip(np.flatnonzero(plain), shapely.polygons(points[plain]), strict=True):
        shapes[index] = polygon
    for index in np.flatnonzero(~plain):
        shapes[index] = _enclose(points[index], bool(both[index]))
    return shapes


def check(lons: ArrayLike, lats: ArrayLike, radius_m: float) -> None:
    """Refuse what is not a position on Earth or not a distance.

    Raises
    ------
    GeodesyError
        Naming the first wrong position, or the radius.
    """
    lon, lat = np.asarray(lons, dtype=float), np.asarray(lats, dtype=float)
    wrong = ~((np.abs(lon) <= 180) & (np.abs(lat) <= 90))  # NaN compares false
    if wrong.any():
        first = int(np.flatnonzero(wrong)[0])
        msg = (
            f"position [{lon[first]:g}, {lat[first]:g}] is not on Earth; "
            "give longitude -180..180, then latitude -90..90, in degrees"
        )
        raise GeodesyError(msg)
    if not (radius_m > 0 and math.isfinite(radius_m)):
        msg = f"radius {radius_m:g} m is not a distance; give a finite number above zero"
        raise GeodesyError(msg)


def _forward(lon: Floats, lat: Floats, azimuth: Floats, radius_m: float) -> tuple[Floats, Floats]:
    """Ends of the geodesics that leave each position at an azimuth."""
    lon_out, lat_out = _GEOD.fwd(
        lon.ravel(),
        lat.ravel(),
        azimuth.ravel(),
        np.full(lon.size, radius_m),
        return_back_azimuth=False,
    )[:2]
    return np.asarray(lon_out), np.asarray(lat_out)


def _forward_from(
    lon: float, lat: float, azimuths: Floats, radius_m: float
) -> tuple[Floats, Floats]:
    """Ends of the geodesics that leave one position at many azimuths."""
    return _forward(
        np.full(azimuths.size, float(lon)), np.full(azimuths.size, float(lat)), azimuths, radius_m
    )


def _strays(
    lon: float, lat: float, points: Floats, radius_m: float, tolerance_m: float
) -> NDArray[np.bool_]:
    """Which edges, from each vertex to the next, leave the circle by more than the tolerance."""
    following = np.roll(points, -1, axis=0)
    step = (following[:, 0] - points[:, 0] + 180) % 360 - 180
    middle_lon = (points[:, 0] + step / 2 + 180) % 360 - 180
    middle_lat = (points[:, 1] + following[:, 1]) / 2
    off = np.abs(distance_m(lon, lat, middle_lon, middle_lat) - radius_m)
    return np.asarray(off > tolerance_m)


def _holds_poles(lat: float, radius_m: float) -> bool:
    """Tell whether both poles lie within the distance."""
    to_north, to_south = distance_m(0.0, lat, 0.0, [90.0, -90.0])
    return bool(to_north <= radius_m and to_south <= radius_m)


def _enclose(points: Floats, both_poles: bool) -> Polygon | MultiPolygon:
    """Turn a counter-clockwise ring into the shape it bounds.

    Going once round, longitudes add up to +360 if the ring holds the north pole only, -360 for
    the south pole only, 0 for neither or both.
    """
    lon = np.unwrap(points[:, 0], period=360)
    lat = points[:, 1]
    turn = lon[-1] + (lon[0] - lon[-1] + 180) % 360 - 180 - lon[0]
    if abs(turn) > 180:
        return _cap(lon, lat, 90.0 if turn > 0 else -90.0)
    inside = _fold(Polygon(np.column_stack([lon, lat])))
    if both_poles:
        return _wound(shapely.difference(_GLOBE, inside))
    return inside


def _cap(lon: Floats, lat: Floats, pole: float) -> Polygon:
    """Close a ring that goes round a pole, starting at the antimeridian so that no seam is left."""
    way = math.copysign(1.0, pole)
    lon = np.append(lon, lon[0] + 360 * way)
    lat = np.append(lat, lat[0])
    sheet = np.floor((lon + 180) / 360)
    start = int(np.flatnonzero(np.diff(sheet))[0])
    seam = 360 * max(sheet[start], sheet[start + 1]) - 180
    share = (seam - lon[start]) / (lon[start + 1] - lon[start])
    seam_lat = lat[start] + share * (lat[start + 1] - lat[start])
    order = np.r_[start + 1 : lon.size - 1, 0 : start + 1]
    body_lon = (lon[order] + 180) % 360 - 180
    body = np.column_stack([body_lon, lat[order]])
    body = body[np.abs(body_lon) < 180]  # a vertex on the seam is given by the ends below
    return Polygon(
        [
            (-180 * way, seam_lat),
            *body,
            (180 * way, seam_lat),
            (180 * way, pole),
            (-180 * way, pole),
        ]
    )


def _fold(polygon: Polygon) -> Polygon | MultiPolygon:
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
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)
