"""What a published sentence names, found in the catalogue, and measured.

Job: origins, stated distances, places and countries of a claim; shares, distances, centroids.
Ban: no verdict, no files, no drawing.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from geo import borders, geodesy, nearest, wording
from geo.catalogue import Catalogue
from geo.claim import Claim
from geo.errors import CatalogueError
from geo.gazetteer import City
from geo.model import Figure, HistoryEvent
from geo.reach import reach_of
from geo.separation import shore

__all__ = ["Desk", "Origin", "Radius", "Subject", "centroid", "nearest_km", "share", "touches"]

Floats = NDArray[np.float64]

#: Members whose capital lies east of this are European: Reykjavik is, Ottawa is not.
EUROPE_WEST_DEG = -30.0


@dataclass(frozen=True)
class Origin:
    """Where distances are measured from."""

    label: str
    """As printed after "from"."""
    shape: BaseGeometry


@dataclass(frozen=True)
class Radius:
    """A stated distance."""

    label: str
    """Whose it is, with its basis."""
    km: float
    decides: bool
    """False for a figure that is only compared, or not confirmed."""


@dataclass(frozen=True)
class Subject:
    """What a sentence says is within reach."""

    label: str
    shape: BaseGeometry
    need: Literal["whole", "part", "point"]
    """How much of it; a point is a town."""


class Desk:
    """Finds in the catalogue and the borders what a claim names."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def view(self, claim: Claim) -> str:
        """Border view of the map the claim opens."""
        return claim.choices.get("borders", borders.DE_JURE)

    def figure(self, claim: Claim, name: str) -> Figure:
        """Figure of an id, with or without ``/low``."""
        found = self.catalogue.figures.get(name.removesuffix("/low"))
        if found is None:
            raise _unknown(claim, name, "a figure of systems.json")
        return found[1]

    def radii(self, claim: Claim) -> list[Radius]:
        """Every stated distance of a claim, those that decide first."""
        radii = []
        for name in (*claim.figures, *claim.compared):
            figure = self.figure(claim, name)
            system = self.catalogue.figures[figure.id][0]
            low = name.endswith("/low")
            km = figure.low_km if low and figure.low_km is not None else figure.reach_km
            label = wording.figure_title(system, figure) + (", lower end" if low else "")
            radii.append(Radius(label, km, name in claim.figures and figure.confirmed))
        if claim.km is not None and not claim.figures:
            label = f"{claim.km_words} ({claim.km:,.0f} km), as the sentence has it"
            radii.append(Radius(label, claim.km, decides=True))
        return radii

    def origins(self, claim: Claim) -> list[Origin]:
        """Origins of a claim, in its order."""
        return [self._origin(claim, name) for name in claim.origins]

    def _origin(self, claim: Claim, name: str) -> Origin:
        iso3, _, view = name.partition("/")
        if len(iso3) == 3 and iso3.isupper():
            country = borders.country(iso3, view or self.view(claim))
            which = f" ({view} view)" if view else ""
            return Origin(f"anywhere in {country.name}{which}", country.geometry)
        site = self.catalogue.sites.get(name)
        if site is not None and site.area_of is not None:
            if site.area_part is not None:
                part = borders.part(site.area_of, *site.area_part, self.view(claim))
                return Origin(site.name, part)
            return Origin(site.name, borders.country(site.area_of, self.view(claim)).geometry)
        return Origin(*self.point(claim, name))

    def point(self, claim: Claim, name: str) -> tuple[str, BaseGeometry]:
        """Label and point of a site, of a town of the claim, or of a city."""
        site = self.catalogue.sites.get(name)
        if site is not None and site.geometry is not None:
            return site.name, site.geometry
        for label, lon, lat, _ in claim.places:
            if label == name:
                return label, shapely.Point(lon, lat)
        found = [city for city in self.catalogue.cities if city.name == name]
        if len(found) != 1:
            raise _unknown(claim, name, "one site, one city or a place of the claim")
        return name, shapely.Point(found[0].lon, found[0].lat)

    def country(self, claim: Claim, iso3: str) -> tuple[str, BaseGeometry]:
        """Name and full 1:10m shape of a country."""
        country = borders.country(iso3, self.view(claim))
        return country.name, country.geometry

    def subjects(self, claim: Claim) -> list[Subject]:
        """What a claim says is within reach."""
        view = self.view(claim)
        return [
            *(Subject(*self.country(claim, iso3), "whole") for iso3 in claim.whole),
            *(Subject(*self.country(claim, iso3), "part") for iso3 in claim.parts),
            *(
                Subject(name, borders.part(iso3, lon, lat, view), need)
                for name, iso3, lon, lat, need in claim.areas
            ),
            *(Subject(*self.point(claim, name), "point") for name in claim.cities),
        ]

    def events(self, claim: Claim) -> list[HistoryEvent]:
        """Lines of the timeline that bear on a claim."""
        lines = {event.id: event for event in self.catalogue.history}
        for name in claim.events:
            if name not in lines:
                raise _unknown(claim, name, "a line of events.json")
        return [lines[name] for name in claim.events]

    def sources(self, claim: Claim) -> list[str]:
        """Ids of the sources of the figures, events and statements a claim is set beside."""
        ids = [self.figure(claim, name).source for name in (*claim.figures, *claim.compared)]
        ids += [source for event in self.events(claim) for source in event.sources]
        for name in claim.systems if claim.check == "words" else ():
            system = self.catalogue.systems[name]
            ids += [item.source for item in system.attributes if item.confirmed]
            ids += [item.source for item in system.figures if item.confirmed]
        for phase in self.catalogue.phases:
            if phase.number == claim.phase:
                ids += [phase.source, *(said.source for said in phase.covers if said.confirmed)]
        return ids

    def day(self, claim: Claim) -> dt.date:
        """Last day of the document's date; the data's own where it is undated."""
        return (claim.as_of or self.catalogue.edition.as_of).last

    def european(self, claim: Claim, organisation: str) -> list[City]:
        """Capitals of the European members of NATO or the EU on the document's day."""
        members = self.catalogue.members(organisation, self.day(claim))
        capitals = (city for city in self.catalogue.cities if city.capital)
        return [c for c in capitals if c.iso3 in members and c.lon > EUROPE_WEST_DEG]


# measures; bounded caches on frozen values, as claims ask for the same rings again and again


def nearest_km(one: BaseGeometry, other: BaseGeometry) -> float:
    """Shortest distance between two shapes, in km; 0 where they meet."""
    return _nearest_km(shapely.to_wkb(one), shapely.to_wkb(other))


def share(origin: Origin, km: float, shape: BaseGeometry) -> float:
    """Share of a shape's area within a distance, 0 to 1."""
    return _share_of(shapely.to_wkb(origin.shape), km, shapely.to_wkb(shape))


def touches(origin: Origin, km: float, shape: BaseGeometry) -> bool:
    """Tell whether any of a shape is within a distance."""
    return bool(_within(shapely.to_wkb(origin.shape), km).intersects(shape))


@lru_cache(maxsize=256)
def _within(origin: bytes, km: float) -> BaseGeometry:
    return reach_of(shapely.from_wkb(origin), km * 1000)


@lru_cache(maxsize=4096)
def _share_of(origin: bytes, km: float, wkb: bytes) -> float:
    reached, shape = _within(origin, km), shapely.from_wkb(wkb)
    if reached.disjoint(shape):
        return 0.0
    if reached.covers(shape):
        return 1.0
    return geodesy.area_m2(shapely.intersection(reached, shape)) / _area_m2(wkb)


@lru_cache(maxsize=256)
def _area_m2(wkb: bytes) -> float:
    return geodesy.area_m2(shapely.from_wkb(wkb))


@lru_cache(maxsize=4096)
def _nearest_km(one: bytes, other: bytes) -> float:
    """Shortest geodesic between two shapes given as WKB."""
    return nearest.gap(shore(one), shore(other)).distance_m / 1000


def centroid(shape: BaseGeometry) -> shapely.Point:
    """Area centroid, on Lambert's azimuthal equal-area plane about the middle of the shape."""
    west, south, east, north = shape.bounds
    middle = f"+lat_0={(south + north) / 2} +lon_0={(west + east) / 2}"
    plane = Transformer.from_crs(4326, f"+proj=laea {middle} +datum=WGS84", always_xy=True)
    cut = shapely.segmentize(shape, 0.5)
    flat = shapely.transform(cut, lambda p: np.column_stack(plane.transform(*p.T))).centroid
    return shapely.Point(plane.transform(flat.x, flat.y, direction="INVERSE"))


def _unknown(claim: Claim, name: str, what: str) -> CatalogueError:
    return CatalogueError((f"claims.json: {claim.id}: '{name}' is not {what}; correct it there",))
