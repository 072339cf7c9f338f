"""A reader's own rings, from a form, a link or a file (`upload`), checked by the atlas's rules.

Job: name, place, distance and source of each, as plain text and numbers; every problem named at
once. Ban: nothing is written, nothing is kept, no word of a reader's is run or taken for markup.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import quote, unquote

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.fields import Problems, number_in, refuse, text_in
from geo.vocabulary import FARTHEST_KM, geometry_of

__all__ = [
    "COLUMNS",
    "MOST_RINGS",
    "Own",
    "checked",
    "from_code",
    "ring",
    "spot",
    "spot_code",
    "to_code",
    "too_much",
]

#: Columns of a table, and properties of a GeoJSON feature; the last may be empty.
COLUMNS = ("name", "lon", "lat", "range_km", "source")
MOST_RINGS = 100
#: Of areas, of their corners and of their edges, all together: beyond, drawing takes seconds, and
#: minutes for a few hundred corners that go to and fro over the whole Earth.
MOST_AREAS = 10
MOST_POINTS = 500
MOST_EDGE_KM = 20_000
#: How many ranges long those edges may be: the shorter the range, the finer an edge is walked.
MOST_RANGES = 150
MOST_NAME, MOST_SOURCE = 60, 200
#: A link carries own rings up to this long; browsers and mail programs cut longer ones.
MOST_CODE = 1_200

#: A place by longitude and latitude, such as 46.29e38.08n: it needs no escaping in a link.
_SPOT = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,4})?)([ew])([0-9]{1,2}(?:\.[0-9]{1,4})?)([ns])")


@dataclass(frozen=True)
class Own:
    """A ring of a reader's own; the atlas has not checked its figure."""

    name: str
    geometry: BaseGeometry
    """Where it is measured from: a point or an area, lon lat, degrees."""
    range_km: float
    source: str = ""
    """Who states it, as the reader says; may be empty."""


def spot(code: str) -> tuple[float, float] | None:
    """Longitude and latitude of a place written by `spot_code`; None for anything else."""
    found = _SPOT.fullmatch(code)
    if found is None:
        return None
    lon, lat = float(found[1]), float(found[3])
    if lon > 180 or lat > 90:
        return None
    return (-lon if found[2] == "w" else lon), (-lat if found[4] == "s" else lat)


def spot_code(lon: float, lat: float) -> str:
    """Write a place on Earth as 46.29e38.08n, to four decimals (some ten metres), for a link."""
    lon, lat = round(lon, 4), round(lat, 4)
    x, y = (f"{abs(value):.4f}".rstrip("0").rstrip(".") for value in (lon, lat))
    return f"{x}{'w' if lon < 0 else 'e'}{y}{'s' if lat < 0 else 'n'}"


def ring(
    name: str,
    lon: object,
    lat: object,
    range_km: object,
    source: str = "",
    *,
    names: Mapping[str, str] | None = None,
) -> Own:
    """Check a ring about a point, as typed.

    Parameters
    ----------
    name, source
        Text; the source may be empty.
    lon, lat
        Degrees, as numbers or as text.
    range_km
        Kilometres, as a number or as text.
    names
        What messages call the fields, by `COLUMNS`, where a form has labels of its own.

    Raises
    ------
    OwnDataError
        With every field that is wrong, what it holds and what to write instead.
    """
    problems = Problems(names)
    found = _about_a_point(
        {"name": name, "lon": lon, "lat": lat, "range_km": range_km, "source": source}, problems, ""
    )
    problems.stop("Your ring")
    assert found is not None  # noqa: S101 - without a problem there is one; for the type checker
    return found


def too_much(rings: Sequence[Own]) -> str:
    """Say why so many rings are not drawn, and what to do; nothing if they are."""
    if len(rings) > MOST_RINGS:
        return f"has {len(rings):,} rings, at most {MOST_RINGS} are drawn; leave some out"
    areas = [one for one in rings if not isinstance(one.geometry, shapely.Point)]
    parts = sum(int(shapely.get_num_geometries(one.geometry)) for one in areas)
    if parts > MOST_AREAS:
        return f"has {parts} areas or parts of them, at most {MOST_AREAS} are drawn; leave some out"
    corners = sum(int(shapely.get_num_coordinates(one.geometry)) for one in areas)
    if corners > MOST_POINTS:
        said = f"has {corners:,} points in its areas, at most {MOST_POINTS} are drawn"
        return f"{said}; draw simpler areas"
    edges_km = [_edge_km(one.geometry) for one in areas]
    if sum(edges_km) > MOST_EDGE_KM:
        said = f"has areas with {sum(edges_km):,.0f} km of edge, at most {MOST_EDGE_KM:,} are drawn"
        return f"{said}; draw smaller or smoother areas"
    times = sum(edge / one.range_km for edge, one in zip(edges_km, areas, strict=True))
    if times > MOST_RANGES:
        said = f"has areas with edges {times:,.0f} times as long as their range, at most"
        return f"{said} {MOST_RANGES} times are drawn; give a longer range or a smaller area"
    return ""


def _edge_km(area: BaseGeometry) -> float:
    """Length of all edges, which are straight in longitude and latitude; to a percent."""
    total = 0.0
    for loop in shapely.get_rings(shapely.get_parts(area)):
        lon, lat = shapely.get_coordinates(loop).T
        least = np.where(lat[1:] * lat[:-1] < 0, 0, np.minimum(abs(lat[1:]), abs(lat[:-1])))
        east = np.diff(lon) * np.cos(np.radians(least))
        total += float(111.2 * np.hypot(east, np.diff(lat)).sum())
    return total


def to_code(rings: Sequence[Own]) -> str | None:
    """Write rings for a link; None if one is an area, or all are too long for a link."""
    parts = []
    for one in rings:
        if not isinstance(one.geometry, shapely.Point):
            return None
        words = (_escaped(text) for text in (one.name, one.source))
        at = spot_code(one.geometry.x, one.geometry.y)
        km = f"{Decimal(f'{one.range_km:.10g}'):f}"  # with no exponent, which no field takes
        parts.append("~".join([at, km, *words]))
    code = "!".join(parts)
    return code if len(code) <= MOST_CODE else None


def from_code(code: str) -> tuple[Own, ...]:
    """Read what `to_code` wrote.

    Raises
    ------
    OwnDataError
        For anything else.
    """
    rings = []
    if len(code) > 3 * MOST_CODE:
        refuse("own", f"is {len(code):,} characters long; at most {MOST_CODE:,} are read")
    for part in code.split("!"):
        fields = part.split("~")
        where = spot(fields[0])
        if len(fields) != 4 or where is None:
            refuse("own", "is not written as this page writes it")
        name, source = (unquote(text.replace("_", " ")) for text in fields[2:])
        rings.append(ring(name, *where, fields[1], source))
    if len(rings) > MOST_RINGS:
        refuse("own", f"holds {len(rings)} rings, at most {MOST_RINGS} are drawn")
    return tuple(rings)


def _escaped(text: str) -> str:
    """Text without the signs that part a link; a space is an underscore, which is escaped."""
    escaped = quote(text, safe=" ").replace("_", "%5F").replace("~", "%7E")
    return escaped.replace(" ", "_")


def _common(row: Mapping[str, Any], problems: Problems, where: str) -> tuple[str, float, str]:
    """Name, distance and source."""
    name = text_in(row.get("name"), "name", MOST_NAME, problems, where)
    if not name:
        problems.add(where, "name", "is empty; name the ring")
    source = text_in(row.get("source"), "source", MOST_SOURCE, problems, where)
    km = number_in(row.get("range_km"), "range_km", (0.0, FARTHEST_KM), problems, where)
    if km == 0:
        problems.add(where, "range_km", "is 0; give a distance in kilometres, above 0")
    return name, km or 0.0, source


def checked(row: Mapping[str, Any], problems: Problems, where: str) -> Own | None:
    """Give one ring of a file, or None and its problems; `where` names its place there."""
    if "geometry" not in row:
        return _about_a_point(row, problems, where)
    before = len(problems.found)
    name, km, source = _common(row, problems, where)
    try:
        geometry = geometry_of(row["geometry"])
    except (ValueError, RecursionError) as error:
        problems.add(where, "geometry", str(error)[:200])
        return None
    points = int(shapely.get_num_coordinates(geometry))
    if points > MOST_POINTS:
        said = f"has {points:,} points, at most {MOST_POINTS} are drawn; draw a simpler area"
        problems.add(where, "geometry", said)
    if len(problems.found) > before:
        return None
    return Own(name, shapely.force_2d(geometry), km, source)


def _about_a_point(row: Mapping[str, Any], problems: Problems, where: str) -> Own | None:
    before = len(problems.found)
    name, km, source = _common(row, problems, where)
    degrees = [
        number_in(row.get(key), key, (-most, float(most)), problems, where)
        for key, most in (("lon", 180), ("lat", 90))
    ]
    if len(problems.found) > before:
        return None
    lon, lat = (float(number or 0) for number in degrees)
    return Own(name, shapely.Point(lon, lat), km, source)
