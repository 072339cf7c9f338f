"""Where a range is measured from, and what lies within it, kept for all readers.

Job: a site's place under a border view and its reach, drawn once. Ban: the caches are bounded, and
hold places and distances only: no name, no word of a reader's.
"""

from __future__ import annotations

from functools import lru_cache

import shapely
from shapely import Point
from shapely.geometry.base import BaseGeometry

from geo import borders, reach, sector
from geo.model import Site
from geo.reaches import kept_reach
from geo.scenario import BorderView

__all__ = ["between", "place_of", "reach_and_edge", "reach_from", "sector_from"]

#: Bytes of a point in WKB; its reach is drawn faster than it is read.
_POINT_WKB = 21


def place_of(site: Site, view: BorderView) -> BaseGeometry:
    """Where a site is under a border view: its own geometry, or a country or a part of one."""
    if site.geometry is not None:
        return site.geometry
    assert site.area_of is not None  # noqa: S101 - the catalogue has checked it; for the type checker
    if site.area_part is not None:
        return borders.part(site.area_of, *site.area_part, view)
    return borders.country(site.area_of, view).geometry


@lru_cache(maxsize=64)
def sector_from(place: Point, range_km: float, sector_deg: tuple[float, float]) -> BaseGeometry:
    """Everything within a distance of a point and between two azimuths, kept as `reach_from`."""
    return sector.sector(place.x, place.y, range_km * 1000, *sector_deg)


def reach_from(origin: BaseGeometry, range_km: float) -> BaseGeometry:
    """Everything within a distance of a geometry, kept for the next who asks."""
    return reach_and_edge(shapely.to_wkb(origin), range_km)[0]


@lru_cache(maxsize=512)
def reach_and_edge(origin: bytes, range_km: float) -> tuple[BaseGeometry, BaseGeometry]:
    """Reach of a geometry given as WKB, and its edge; the same few are asked for again and again.

    The caches are bounded and hold no word of a reader's.
    """
    shape = kept_reach(origin, range_km) if len(origin) > _POINT_WKB else None
    if shape is None:
        shape = reach.reach_of(shapely.from_wkb(origin), range_km * 1000)
    return shape, reach.outline(shape)


@lru_cache(maxsize=128)
def between(origin: bytes, low_km: float, high_km: float) -> BaseGeometry:
    """Places between two distances."""
    outer, inner = (reach_and_edge(origin, km)[0] for km in (high_km, low_km))
    shape = shapely.difference(outer, inner)
    return shapely.orient_polygons(shape, exterior_cw=False)
