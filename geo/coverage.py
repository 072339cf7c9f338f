"""Who lies within which reach, by area, capital and distance.

Job: numbers for the tables and the sentence under the map. Ban: no drawing, no words for a reader
beyond names, no simplified border: shares are measured on full 1:10m borders, on the ellipsoid.

A country's people are the whole country's, never multiplied by its share: nobody has said how many
of them live where.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo import borders, geodesy
from geo.catalogue import Catalogue
from geo.gazetteer import City
from geo.laydown import Laydown
from geo.origin import place_of, reach_from, sector_from
from geo.prepared import prepared
from geo.ring import Ring
from geo.scenario import BorderView, Scenario
from geo.separation import to_country_km, to_places_km

__all__ = [
    "Coverage",
    "Covered",
    "Total",
    "Within",
    "capitals_within",
    "coverage",
    "of_figure",
]

#: A country of which less than this lies outside counts as wholly within: rounding of borders.
_WHOLE = 1 - 5e-6


@dataclass(frozen=True)
class Within:
    """Capitals within a ring."""

    ring: Ring
    nato: tuple[City, ...]
    """Capitals of NATO members on the as-of date, by name."""
    others: tuple[City, ...]
    """All other capitals, by name."""
    home: bool = False
    """Whether the capital of the country it is measured from lies within too; it is in neither."""


@dataclass(frozen=True)
class Covered:
    """A country of which some lies within a reach."""

    iso3: str | None
    """Code of the border files; none for an area that has none."""
    name: str
    area_share: float
    """Share of its area within reach, 0 to 1, overseas parts included."""
    area_km2: float
    """Its area within reach."""
    country_area_km2: float
    """All its area."""
    people: int | None
    """People of the whole country; none if the United Nations give no number."""
    people_year: int | None
    """Year of that number."""
    people_note: str
    """Where the United Nations count another area than the polygon drawn."""
    capital: str | None
    """Its capital, or seat of government."""
    capital_within: bool | None
    """Whether that lies within the distance."""
    capital_km: float | None
    """Distance from the origin to the capital."""
    nearest_km: float
    """Distance from the origin to the nearest point of the country."""
    nato_member: bool
    """Whether it is a member of NATO on the as-of date."""

    @property
    def whole(self) -> bool:
        """True if all of it lies within."""
        return self.area_share >= _WHOLE


@dataclass(frozen=True)
class Total:
    """Countries of which some lies within a reach, together."""

    countries: int
    whole: int
    """Of these, wholly within."""
    capitals: int
    """Capitals within."""
    area_km2: float
    """Area within."""
    people: int
    """People of the countries that have some area within, whole countries."""


@dataclass(frozen=True)
class Coverage:
    """Who lies within a distance of an origin."""

    range_km: float
    rows: tuple[Covered, ...]
    """Largest share first, then by name."""

    @property
    def nato(self) -> Total:
        """The members of NATO together."""
        return _total(row for row in self.rows if row.nato_member)

    @property
    def all(self) -> Total:
        """Every country together."""
        return _total(self.rows)


def coverage(
    catalogue: Catalogue,
    origin: BaseGeometry,
    range_km: float,
    scenario: Scenario,
    sector_deg: tuple[float, float] | None = None,
) -> Coverage:
    """Measure every country's part within a distance of a place or an area.

    Parameters
    ----------
    catalogue
        For capitals, people and members of NATO.
    origin
        Points, lines or areas, degrees.
    range_km
        Kilometres.
    scenario
        Its border view and as-of date count.
    sector_deg
        Azimuths that the distance holds between, for a point; none for all round.

    Returns
    -------
    A row for every country with some area within. Shares agree with an independent computation to
    0.001 percentage points on the same borders (the ring to 100 m).

    Raises
    ------
    GeodesyError
        As `geo.reach.reach_of`.
    """
    wkb = shapely.to_wkb(origin)
    members = catalogue.members("NATO", scenario.as_of)
    capitals = {city.iso3: city for city in catalogue.cities if city.capital}
    parts = _parts(wkb, range_km, scenario.borders, sector_deg)
    seen = None
    if sector_deg is not None and isinstance(origin, shapely.Point):
        seen = prepared(sector_from(origin, range_km, sector_deg))
    seats = [capitals[part.iso3] for part in parts if part.iso3 in capitals]
    away_km = to_places_km(wkb, tuple((city.lon, city.lat) for city in seats))
    to_capital = {city.iso3: km for city, km in zip(seats, away_km, strict=True)}
    rows = []
    for part in parts:
        people, capital = catalogue.people.get(part.iso3 or ""), capitals.get(part.iso3 or "")
        rows.append(
            Covered(
                iso3=part.iso3,
                name=part.name,
                area_share=part.area_km2 / part.country_area_km2,
                area_km2=part.area_km2,
                country_area_km2=part.country_area_km2,
                people=people.people if people else None,
                people_year=people.year if people else None,
                people_note=(people.note or "") if people else "",
                capital=capital.name if capital else None,
                capital_within=(
                    to_capital[capital.iso3] <= range_km
                    and (
                        seen is None or bool(shapely.intersects_xy(seen, capital.lon, capital.lat))
                    )
                    if capital
                    else None
                ),
                capital_km=to_capital[capital.iso3] if capital else None,
                nearest_km=to_country_km(wkb, part.iso3, part.name, scenario.borders),
                nato_member=part.iso3 in members,
            )
        )
    return Coverage(range_km, tuple(sorted(rows, key=lambda row: (-row.area_share, row.name))))


def of_figure(catalogue: Catalogue, laydown: Laydown, figure_id: str, range_km: float) -> Coverage:
    """Coverage of one distance of a figure that a Laydown draws, from all its origins together."""
    view = laydown.scenario.borders
    rings = [ring for ring in laydown.rings if ring.figure.id == figure_id]
    places = [place_of(ring.origin, view) for ring in rings]
    origin = places[0] if len(places) == 1 else shapely.GeometryCollection(places)
    sector = rings[0].figure.sector_deg if len(rings) == 1 else None
    return coverage(catalogue, origin, range_km, laydown.scenario, sector)


@dataclass(frozen=True)
class _Part:
    """A country's part within a distance, whatever the date."""

    iso3: str | None
    name: str
    area_km2: float
    country_area_km2: float


@lru_cache(maxsize=256)
def _parts(
    origin: bytes, range_km: float, view: BorderView, sector_deg: tuple[float, float] | None = None
) -> tuple[_Part, ...]:
    """Countries with some area within a distance, in the order of the border files.

    Those that the box of the reach leaves out are not even read.
    """
    place = shapely.from_wkb(origin)
    if sector_deg is not None and isinstance(place, shapely.Point):
        area = sector_from(place, range_km, sector_deg)
    else:
        area = reach_from(place, range_km)
    area = prepared(area)
    parts = []
    for country in borders.touching(area, view):
        if area.disjoint(country.geometry):
            continue
        if area.contains_properly(country.geometry):
            within = country.area_km2
        else:
            shared = shapely.intersection(area, country.geometry)
            within = min(geodesy.area_m2(shared) / 1e6, country.area_km2)
        if within <= 0:  # it touches the line in a point
            continue
        parts.append(_Part(country.iso3, country.name, within, country.area_km2))
    return tuple(parts)


def _total(rows: Iterable[Covered]) -> Total:
    counted = tuple(rows)
    return Total(
        countries=len(counted),
        whole=sum(row.whole for row in counted),
        capitals=sum(bool(row.capital_within) for row in counted),
        area_km2=sum(row.area_km2 for row in counted),
        people=sum(row.people or 0 for row in counted),
    )


def capitals_within(catalogue: Catalogue, laydown: Laydown) -> tuple[Within, ...]:
    """National capitals within the (outer) distance of each ring, or within a treaty's band.

    A capital is a gazetteer point; the ring is exact to 100 m, so a capital that near the
    line may fall on either side. The country the ring is measured from is left out.
    """
    members = catalogue.members("NATO", laydown.scenario.as_of)
    capitals = [city for city in catalogue.cities if city.capital]
    points = np.array([(city.lon, city.lat) for city in capitals])
    found = []
    for ring in laydown.rings:
        # a class of distances, such as a treaty's, leaves out what is nearer than its lower end
        area = ring.shape if ring.system.kind == "statement" else ring.reach
        inside = shapely.contains_xy(prepared(area), points[:, 0], points[:, 1])
        home = {ring.origin.country, ring.origin.area_of}
        reached = sorted(
            (city for city, is_in in zip(capitals, inside, strict=True) if is_in),
            key=lambda city: city.name,
        )
        away = [city for city in reached if city.iso3 not in home]
        found.append(
            Within(
                ring,
                nato=tuple(city for city in away if city.iso3 in members),
                others=tuple(city for city in away if city.iso3 not in members),
                home=len(away) < len(reached),
            )
        )
    return tuple(found)
