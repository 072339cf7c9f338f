"""Who lies within which reach.

Job: the capitals inside a ring, for the sentence under the map. Ban: no drawing, no words.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from geo.catalogue import Catalogue
from geo.laydown import Laydown, Ring
from geo.model import City

__all__ = ["Within", "capitals_within"]


@dataclass(frozen=True)
class Within:
    """Capitals within a ring."""

    ring: Ring
    nato: tuple[City, ...]
    """Capitals of NATO members on the as-of date, by name."""
    others: tuple[City, ...]
    """All other capitals, by name."""


def capitals_within(catalogue: Catalogue, laydown: Laydown) -> tuple[Within, ...]:
    """National capitals within the (outer) distance of each ring, or within a treaty's band.

    A capital is a gazetteer point; the ring is exact to about 60 m, so a capital that near the
    line may fall on either side. The country the ring is measured from is left out.
    """
    members = catalogue.members("NATO", laydown.scenario.as_of)
    capitals = [city for city in catalogue.cities if city.capital]
    points = np.array([(city.lon, city.lat) for city in capitals])
    found = []
    for ring in laydown.rings:
        # a class of distances, such as a treaty's, leaves out what is nearer than its lower end
        area = ring.shape if ring.system.kind == "statement" else ring.reach
        inside = shapely.contains_xy(area, points[:, 0], points[:, 1])
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
            )
        )
    return tuple(found)
