"""Rules that look in a direction: where in a country a place lies, who reaches farthest.

Job, ban and rules as in `rules`, which these complete.

- compass: TRUE if the bearing from the area centroid lies in the named eighth, else FALSE.
- extent: TRUE if no other member's largest part reaches farther both ways, else FALSE.
"""

from __future__ import annotations

from collections.abc import Iterable

import shapely
from shapely.geometry.base import BaseGeometry

from geo import geodesy
from geo.claim import Claim
from geo.evidence import (
    EUROPE_WEST_DEG,
    Desk,
    centroid,
    nearest_km,
)
from geo.rules import Result, Verdict, counted, percent
from geo.wording import listed

__all__ = ["compass", "extent"]

_AZIMUTHS = {"north": 0, "north-east": 45, "east": 90, "south-east": 135}


def compass(desk: Desk, claim: Claim) -> Result:
    """The part of a country in which a site lies."""
    site_id, iso3 = claim.sites[0]
    label, point = desk.point(claim, site_id)
    name, country = desk.country(claim, iso3)
    centre = centroid(country)
    (lon, lat) = shapely.get_coordinates(point)[0]
    bearing = geodesy.bearing_deg(centre.x, centre.y, lon, lat)
    west, south, east, north = country.bounds
    middle = _AZIMUTHS[claim.sector or "north"]
    off = abs((bearing - middle + 180) % 360 - 180)
    verdict: Verdict = "TRUE" if off <= 22.5 else "FALSE"
    because = (
        f"From the area centroid of {name} the site bears {bearing:.0f}°, "
        f"{nearest_km(centre, point):,.0f} km away; {claim.sector} is taken as "
        f"{(middle - 22.5) % 360:g}° to {middle + 22.5:g}°."
    )
    numbers = [
        (f"Bearing of {label} from the area centroid of {name}", f"{bearing:.0f}°"),
        ("Distance from the centroid", f"{nearest_km(centre, point):,.0f} km"),
        ("Area centroid", f"{centre.y:.2f}° N, {centre.x:.2f}° E"),
        (
            "Place between the western (0 %) and eastern edge (100 %)",
            percent((lon - west) / (east - west)),
        ),
        (
            "Place between the southern (0 %) and northern edge (100 %)",
            percent((lat - south) / (north - south)),
        ),
    ]
    for other in claim.also:
        there, shape = desk.point(claim, other)
        stated = f"; {claim.km_words} ({claim.km:,.0f} km)" if claim.km else ""
        numbers.append((f"Distance to {there}", f"{nearest_km(point, shape):,.0f} km{stated}"))
    return verdict, because, numbers


def extent(desk: Desk, claim: Claim) -> Result:
    """A member at the edge of NATO, on the day of the document."""
    members = sorted(desk.catalogue.members("NATO", desk.day(claim)))
    largest, whole = {}, {}
    for iso3 in members:
        name, shape = desk.country(claim, iso3)
        parts = shapely.get_parts(shape)
        largest[name] = max(parts, key=geodesy.area_m2)
        whole[name] = [part for part in parts if part is not largest[name]]
    name = desk.country(claim, claim.whole[0])[0]
    _, south, east, _ = largest[name].bounds
    beyond = [n for n, p in largest.items() if p.bounds[2] > east and p.bounds[1] < south]
    overseas = [
        n
        for n, parts in whole.items()
        if any(p.bounds[2] > east and p.bounds[1] < south for p in parts)
    ]
    european = [p for p in largest.values() if p.bounds[2] > EUROPE_WEST_DEG]
    centre = centroid(shapely.union_all(european))
    own = centroid(largest[name])
    bearing = geodesy.bearing_deg(centre.x, centre.y, own.x, own.y)
    easternmost = sorted(largest, key=lambda n: -largest[n].bounds[2])[:2]
    southernmost = sorted(largest, key=lambda n: largest[n].bounds[1])[:3]
    numbers = [
        ("Members of NATO on the day", str(len(members))),
        ("Largest parts reaching farthest east", _edges(largest, easternmost, 2, "E")),
        ("Largest parts reaching farthest south", _edges(largest, southernmost, 1, "N")),
        (f"Bearing from the centroid of the European members to {name}", f"{bearing:.0f}°"),
        ("Members whose largest part reaches farther both east and south", counted(beyond, None)),
        ("Members with an overseas part farther south-east", counted(overseas, None)),
    ]
    because = (
        f"Of {len(members)} members on {desk.day(claim):%-d %B %Y}, {listed(beyond) or 'no other'} "
        f"reaches farther both east and south with its largest part than {name} "
        f"({east:.1f}° E, {south:.1f}° N), which bears {bearing:.0f}° from the European centroid."
    )
    return ("FALSE" if beyond else "TRUE"), because, numbers


def _edges(shapes: dict[str, BaseGeometry], names: Iterable[str], side: int, word: str) -> str:
    return ", ".join(f"{name} {shapes[name].bounds[side]:.1f}° {word}" for name in names)
