"""The flat-circle mistake: the ring that a flat-map tool draws, and by how much it errs.

Job: the circle of a radius on the Mercator plane, laid back on the Earth, measured against true
distance. Ban: no drawing, no words.

A distance stated in kilometres is a distance on the ground. The plane of web maps (EPSG:3857) is
true to scale at the equator only, so a circle drawn on it is too small everywhere else, and not
round on the ground. The Economist printed such circles in May 2003.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import cast

import numpy as np
import shapely
from shapely import MultiPolygon, Point, Polygon, affinity
from shapely.geometry.base import BaseGeometry

from geo import basemap, geodesy
from geo.catalogue import Catalogue
from geo.errors import BordersError, GeodesyError
from geo.gazetteer import City
from geo.laydown import Laydown
from geo.origin import place_of
from geo.ring import Ring
from geo.separation import shore

__all__ = ["Circle", "Mistake", "circles", "flat_circle", "mistakes"]

#: Radius of the sphere that EPSG:3857 is drawn on, in metres.
_PLANE_M = 6_378_137.0
#: Half the width of the plane: a larger circle would meet itself.
WIDEST_M = math.pi * _PLANE_M
#: Latitude at which web maps end.
HIGHEST_DEG = 85.06
_VERTICES = 720
_LEAST_DEG = 1e-9


@dataclass(frozen=True)
class Circle:
    """The flat circle of one ring."""

    ring: Ring
    lon: float
    lat: float
    """What it is drawn about, degrees; of an area, one point inside."""
    about_a_point: bool
    """Whether the origin is that point, and no area."""
    area: Polygon | MultiPolygon
    """What it holds."""
    line: BaseGeometry
    """Its edge, cut at the antimeridian but not along it."""


@dataclass(frozen=True)
class Mistake:
    """What a flat circle gets wrong about the ring it stands for."""

    circle: Circle
    errs_km: float
    """How far its line departs at most from the true distance."""
    left_out: tuple[City, ...]
    """Capitals that are within the ring and outside the flat circle, by name."""
    taken_in: tuple[City, ...]
    """Capitals that are outside the ring and within the flat circle, by name."""


def flat_circle(lon: float, lat: float, radius_m: float) -> Polygon | MultiPolygon:
    """Give the circle of a radius in the plane of EPSG:3857, at the scale of its equator.

    Parameters
    ----------
    lon, lat
        Centre, degrees; at most 85.06 from the equator, where web maps end.
    radius_m
        Metres, below 20,037,508, half the width of the plane.

    Returns
    -------
    Degrees, cut at the antimeridian, exterior counter-clockwise (RFC 7946); 720 vertices and those
    of the cut. Its edges stray by at most one part in 100,000 of the radius.

    Raises
    ------
    GeodesyError
        For a centre or a radius out of bounds.
    """
    parts = _wrapped(Polygon(_circle(lon, lat, radius_m)))
    shape = shapely.union_all(parts) if len(parts) > 1 else parts[0]
    return cast("Polygon | MultiPolygon", shapely.orient_polygons(shape, exterior_cw=False))


def circles(laydown: Laydown) -> tuple[Circle, ...]:
    """Give the flat circle of every ring, at its (outer) stated distance, in the Laydown's order.

    About the point a ring starts from; of an area, about the point that centres its map.
    """
    found = []
    for ring in laydown.rings:
        lon, lat = _middle(laydown, ring)
        radius_m = ring.figure.reach_km * 1000
        if abs(lat) > HIGHEST_DEG or radius_m >= WIDEST_M:
            continue
        is_point = _origin(laydown, ring).geom_type == "Point"
        area, line = flat_circle(lon, lat, radius_m), _line(lon, lat, radius_m)
        found.append(Circle(ring, lon, lat, is_point, area, line))
    return tuple(found)


def mistakes(catalogue: Catalogue, laydown: Laydown) -> tuple[Mistake, ...]:
    """Measure the flat circle of every ring against the true distance from its origin.

    Of an area as origin, that is the distance from its nearest point.
    """
    capitals = sorted((city for city in catalogue.cities if city.capital), key=_name)
    points = np.array([(city.lon, city.lat) for city in capitals])
    found = []
    for circle in circles(laydown):
        reach_km = circle.ring.figure.reach_km
        outline = shore(shapely.to_wkb(_origin(laydown, circle.ring)))
        away_m, _ = outline.near(*shapely.get_coordinates(circle.line).T)
        truly_m, _ = outline.near(*points.T)
        truly = truly_m <= reach_km * 1000
        flatly = shapely.intersects_xy(circle.area, points[:, 0], points[:, 1])
        found.append(
            Mistake(
                circle,
                errs_km=float(np.abs(away_m / 1000 - reach_km).max()),
                left_out=tuple(capitals[row] for row in np.flatnonzero(truly & ~flatly)),
                taken_in=tuple(capitals[row] for row in np.flatnonzero(flatly & ~truly)),
            )
        )
    return tuple(found)


def _name(city: City) -> str:
    return city.name


def _circle(lon: float, lat: float, radius_m: float) -> np.ndarray:
    """Vertices, degrees, counter-clockwise; longitudes may pass 180."""
    geodesy.check(lon, lat)
    geodesy.check_radius(radius_m)
    if abs(lat) > HIGHEST_DEG:
        msg = f"latitude {lat:g} is not on a web map; give at most {HIGHEST_DEG:g} degrees"
        raise GeodesyError(msg)
    if radius_m >= WIDEST_M:
        msg = (
            f"radius {radius_m:,.0f} m is half the width of a flat map or more; give a smaller one"
        )
        raise GeodesyError(msg)
    turn = np.linspace(0, 2 * math.pi, _VERTICES, endpoint=False)
    up = math.asinh(math.tan(math.radians(lat))) + radius_m / _PLANE_M * np.sin(turn)
    east = np.degrees(radius_m / _PLANE_M * np.cos(turn))
    return np.column_stack([lon + east, np.degrees(np.arctan(np.sinh(up)))])


def _line(lon: float, lat: float, radius_m: float) -> BaseGeometry:
    """Edge of the circle, its longitudes in -180..180."""
    parts = _wrapped(shapely.LinearRing(_circle(lon, lat, radius_m)))
    return cast("BaseGeometry", shapely.line_merge(shapely.multilinestrings(parts)))


def _wrapped(shape: BaseGeometry) -> list[BaseGeometry]:
    """Parts of a shape on either side of the antimeridian, of its own dimension, in -180..180."""
    found = []
    for turn in (-360, 0, 360):
        part = shapely.intersection(shape, shapely.box(turn - 180, -90, turn + 180, 90))
        for one in shapely.get_parts(part).tolist():
            if one.length > _LEAST_DEG:  # not a place where it only touches
                found.append(affinity.translate(one, -turn))
    return found


def _origin(laydown: Laydown, ring: Ring) -> BaseGeometry:
    """Give what a ring is measured from; its site may be left out of the drawing."""
    return place_of(ring.origin, laydown.scenario.borders)


def _middle(laydown: Laydown, ring: Ring) -> tuple[float, float]:
    """Longitude and latitude of an origin; of an area, one point inside."""
    shape = _origin(laydown, ring)
    if isinstance(shape, Point):
        return float(shape.x), float(shape.y)
    try:
        about = basemap.projected(ring.origin.id, laydown.scenario.borders)
    except BordersError:  # no map is centred on it, such as on a patrol area
        lon, lat = shapely.get_coordinates(shapely.point_on_surface(shape))[0].tolist()
        return lon, lat
    return about.lon, about.lat
