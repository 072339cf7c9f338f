"""Where a site lies, against what it says of itself.

Job: a point in its country, or an area of one; every problem in a line. Ban: as `catalogue`.
"""

from __future__ import annotations

from collections.abc import Iterator

from shapely import Point

from geo import borders
from geo.errors import BordersError
from geo.model import (
    Site,
)

__all__ = ["NEAR_DEG", "misplaced"]

#: Quiet allowance, in degrees, for a point on a coast or a border.
NEAR_DEG = 0.3


def misplaced(site: Site) -> Iterator[str]:
    """Where a site lies, against what it says of itself."""
    where = f"sites.geojson: {site.id}"
    if site.geometry is None and site.area_of is None:
        yield f"{where}: geometry: is missing; give a position, or 'area_of' a country"
    if site.geometry is not None and site.area_of is not None:
        yield f"{where}: geometry: stands beside 'area_of'; keep one of them"
    if site.area_part is not None and site.area_of is None:
        yield f"{where}: area_part: stands without 'area_of'; name the country"
    if site.area_of is not None:
        try:
            borders.extent(site.area_of)
        except BordersError as error:
            yield f"{where}: area_of: {error}"
    if not isinstance(site.geometry, Point) or site.country is None:
        return
    lon, lat = site.geometry.x, site.geometry.y
    try:
        west, south, east, north = borders.extent(site.country)
    except BordersError as error:
        yield f"{where}: country: {error}"
        return

    def inside(x: float, y: float) -> bool:
        return west - NEAR_DEG <= x <= east + NEAR_DEG and south - NEAR_DEG <= y <= north + NEAR_DEG

    if not inside(lon, lat):
        hint = (
            "longitude and latitude are swapped; longitude comes first"
            if inside(lat, lon)
            else "check the position or the country"
        )
        yield f"{where}: geometry: [{lon:g}, {lat:g}] lies outside {site.country}; {hint}"
