"""How far places and countries lie from an origin; kept, for many readers ask the same.

Job: kilometres. Ban: no drawing, no figure.
"""

from __future__ import annotations

from functools import lru_cache

import shapely

from geo import borders
from geo.borders import Country
from geo.nearest import Shore, gap
from geo.reaches import kept_distance_km
from geo.scenario import BorderView

__all__ = ["measured_km", "shore", "to_country_km", "to_places_km"]


@lru_cache(maxsize=4096)
def to_country_km(origin: bytes, iso3: str | None, name: str, view: BorderView) -> float:
    """Distance from an origin to a country; the name tells areas without a code apart."""
    found = borders.country(iso3, view) if iso3 else borders.named(name, view)
    kept = kept_distance_km(origin, iso3, name, found.area_km2)
    return measured_km(origin, found) if kept is None else kept


def measured_km(origin: bytes, found: Country) -> float:
    """Distance in km from an origin given as WKB to a country; 0 where they share a place."""
    if shapely.from_wkb(origin).intersects(found.geometry):
        return 0.0
    return gap(shore(origin), Shore(found.geometry)).distance_m / 1000


@lru_cache(maxsize=256)
def shore(shape: bytes) -> Shore:
    """Outline of a shape given as WKB, ready to be asked; the same few are asked again."""
    return Shore(shapely.from_wkb(shape))


@lru_cache(maxsize=1024)
def to_places_km(origin: bytes, places: tuple[tuple[float, float], ...]) -> tuple[float, ...]:
    """Distances in km from an origin to places."""
    if not places:
        return ()
    lons, lats = zip(*places, strict=True)
    return tuple((shore(origin).near(lons, lats)[0] / 1000).tolist())
