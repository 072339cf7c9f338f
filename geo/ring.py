"""One stated figure, or a reader's own, measured from one origin.

Job: its reach, what is filled, and the line at each of its distances, through the geodesic buffer.
Ban: as `laydown`.
"""

from __future__ import annotations

from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from geo import reach
from geo.model import Figure, Site, System
from geo.origin import between, place_of, reach_and_edge, sector_from
from geo.own import Own
from geo.scenario import Scenario
from geo.vocabulary import YOURS

__all__ = ["Ring", "own_ring", "stated_ring"]


@dataclass(frozen=True)
class Ring:
    """One stated figure, measured from one origin."""

    id: str
    """Figure id and origin id."""
    system: System
    figure: Figure
    origin: Site
    reach: BaseGeometry
    """Everything within the (outer) stated distance."""
    shape: BaseGeometry
    """What is filled: the reach, or for a band what lies between its two distances."""
    edges: tuple[tuple[float, BaseGeometry], ...]
    """Distance in km and the line at that distance, outermost first."""
    inner: BaseGeometry | None = None
    """For a band, everything within its lower distance."""

    def within(self, distance_km: float) -> BaseGeometry:
        """Everything within one of the ring's distances."""
        if self.inner is not None and distance_km == self.figure.low_km:
            return self.inner
        return self.reach


def stated_ring(system: System, figure: Figure, origin: Site, scenario: Scenario) -> Ring:
    """Draw one figure around one origin, through the geodesic buffer."""
    place = place_of(origin, scenario.borders)
    name = f"{figure.id}.{origin.id}"
    if figure.sector_deg is not None and place.geom_type == "Point":
        fan = sector_from(place, figure.reach_km, figure.sector_deg)
        edges = ((figure.reach_km, reach.outline(fan)),)
        return Ring(name, system, figure, origin, fan, fan, edges)
    start = shapely.to_wkb(place)
    outer_km = figure.reach_km
    outer, edge = reach_and_edge(start, outer_km)
    shape, lines, inner = outer, [(outer_km, edge)], None
    if figure.is_band and figure.low_km is not None:
        shape = between(start, figure.low_km, outer_km)
        inner, edge = reach_and_edge(start, figure.low_km)
        lines.append((figure.low_km, edge))
    return Ring(name, system, figure, origin, outer, shape, tuple(lines), inner)


def own_ring(own: Own, number: int) -> Ring:
    """Draw a ring of the reader's own: the records are made here, for no file holds them."""
    site = Site.model_construct(
        id=f"your-data-{number}",
        name=own.name,
        side=YOURS,
        kind="launch-origin reference",
        geometry=own.geometry,
        sources=(),
    )
    figure = Figure.model_construct(
        id=site.id,
        quantity="range",
        low_km=own.range_km,
        high_km=own.range_km,
        as_published=f"{own.range_km:,.10g} km",
        basis=YOURS,
        by=f"source given: {own.source or 'none'}",
        source="",
        confirmed=True,
    )
    system = System.model_construct(
        id=site.id, name=own.name, side=YOURS, operator="", kind="statement", figures=(figure,)
    )
    # not kept with the others: what is drawn for one reader goes with that reader
    around = reach.reach_of(own.geometry, own.range_km * 1000)
    edges = ((own.range_km, reach.outline(around)),)
    return Ring(site.id, system, figure, site, around, around, edges)
