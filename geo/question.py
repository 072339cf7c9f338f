"""A place that is asked about, and every stated figure that reaches it.

Job: each figure's distance and margin to a place. Ban: no drawing, no words for a reader beyond
names and what is open about an origin.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from geo import borders
from geo.catalogue import DRAWN, Catalogue
from geo.laydown import Laydown, Mark, origins_of, standing
from geo.model import Figure, Site, System
from geo.nearest import Shore, gap
from geo.origin import place_of, sector_from
from geo.scenario import BorderView, spot
from geo.separation import shore, to_country_km, to_places_km
from geo.vocabulary import YOURS

__all__ = ["Asked", "Cover", "asked", "statements", "what_reaches"]


@dataclass(frozen=True)
class Asked:
    """A place that is asked about."""

    name: str
    shape: BaseGeometry
    """Point or area, lon lat."""
    iso3: str | None = None
    """Set for a country as a whole."""


def asked(catalogue: Catalogue, place: str, view: BorderView) -> Asked:
    """Find what a link asks about: a position, a city, a site or a country.

    Raises
    ------
    BordersError
        If it is none of them; what a scenario holds always is.
    """
    where = spot(place)
    if where is not None:
        lon, lat = where
        east, north = "W" if lon < 0 else "E", "S" if lat < 0 else "N"
        return Asked(f"{abs(lat):g}° {north}, {abs(lon):g}° {east}", shapely.Point(lon, lat))
    if place in catalogue.places:
        city = catalogue.places[place]
        return Asked(city.name, shapely.Point(city.lon, city.lat))
    if place in catalogue.sites:
        site = catalogue.sites[place]
        return Asked(site.name, place_of(site, view), site.area_of if not site.area_part else None)
    country = borders.country(place, view)
    return Asked(country.name, country.geometry, country.iso3)


@dataclass(frozen=True)
class Cover:
    """A stated figure, as it stands to a place."""

    system: System
    figure: Figure
    origin: Site
    """The nearest of the origins that the scenario offers."""
    distance_km: float
    """From that origin to the place; to the nearest point of an area."""
    in_sector: bool = True
    """False if the figure holds for a sector only, and the place lies outside it."""
    doubt: str = ""
    """What is open about the origin: that no source names a place, or draws its outline."""

    @property
    def measured_from(self) -> str:
        """Name of the origin, and what is open about it."""
        return f"{self.origin.name} ({self.doubt})" if self.doubt else self.origin.name

    @property
    def margin_km(self) -> float:
        """How far the (outer) distance reaches beyond the place; below zero it falls short."""
        return self.figure.reach_km - self.distance_km

    @property
    def within(self) -> bool:
        """True if the place lies within the (outer) distance, or within a treaty's class."""
        low = self.figure.low_km or 0
        if self.system.kind == "statement" and self.figure.is_band and self.distance_km < low:
            return False
        return self.margin_km >= 0 and self.in_sector

    @property
    def upper_only(self) -> bool:
        """True if it lies within the upper end of a band, but not within the lower."""
        low = self.figure.low_km if self.figure.is_band else None
        if low is None or self.system.kind == "statement":
            return False
        return self.within and self.distance_km > low


def statements(covers: Iterable[Cover]) -> int:
    """Count what was said: one statement about two systems at once stands in two rows."""
    return len(
        {
            (one.figure.source, one.figure.variant, one.figure.as_published)
            if one.figure.variant
            else one.figure.id
            for one in covers
        }
    )


def what_reaches(catalogue: Catalogue, laydown: Laydown, place: Asked) -> tuple[Cover, ...]:
    """Measure every stated figure that can be drawn, and the reader's own rings, against a place.

    Figures with a launch area start at the origin the scenario chose; those of interceptors and
    radars at the nearest site that stands on the Laydown's day, whatever is switched on. A figure
    whose systems stand nowhere on that day is left out. Of an area the nearest point counts, so
    that a figure that reaches any of it is within.

    Parameters
    ----------
    catalogue, laydown
        Their figures, and the sites and origins that count.
    place
        As `asked` finds it.

    Returns
    -------
    Largest margin first.
    """
    scenario = laydown.scenario
    marks = standing(catalogue, scenario)
    doubts = {mark.site.id: _doubt(mark) for mark in marks}
    found = []
    for system, figure in catalogue.figures.values():
        if figure.quantity not in DRAWN or not figure.on_map:
            continue
        origins = origins_of(catalogue, scenario, system, marks)
        if not origins:
            continue
        away_km = {
            site.id: _distance_km(place_of(site, scenario.borders), place, scenario.borders)
            for site in origins
        }
        nearest = min(origins, key=lambda site: away_km[site.id])
        seen = figure.sector_deg is None or any(
            # far enough for the place, so that one that is only too far is not said to be beside it
            sector_from(
                point, max(figure.reach_km, away_km[site.id] + 1), figure.sector_deg
            ).intersects(place.shape)
            for site in origins
            if isinstance(point := place_of(site, scenario.borders), shapely.Point)
        )
        doubt = doubts.get(nearest.id, "")
        found.append(Cover(system, figure, nearest, away_km[nearest.id], seen, doubt))
    found += [
        Cover(
            ring.system,
            ring.figure,
            ring.origin,
            _distance_km(place_of(ring.origin, scenario.borders), place, scenario.borders),
        )
        for ring in laydown.rings
        if ring.figure.basis == YOURS
    ]
    return tuple(sorted(found, key=lambda cover: (-cover.margin_km, cover.figure.id)))


def _doubt(mark: Mark) -> str:
    """Say what no source settles of a place that distances are measured from."""
    if mark.unplaced:
        return "place not named on that day"
    if mark.site.kind != "patrol area":
        return ""
    seen = "no ship on record; " if mark.status == "announced" else ""
    return f"{seen}outline drawn for this atlas, good to {mark.site.position_precision_km:g} km"


def _distance_km(origin: BaseGeometry, place: Asked, view: BorderView) -> float:
    """Distance from an origin to the nearest point of a place."""
    wkb = shapely.to_wkb(origin)
    if isinstance(place.shape, shapely.Point):
        return to_places_km(wkb, ((place.shape.x, place.shape.y),))[0]
    if place.iso3 is not None:
        return to_country_km(wkb, place.iso3, place.name, view)
    if origin.intersects(place.shape):
        return 0.0
    return gap(shore(wkb), Shore(place.shape)).distance_m / 1000
