"""A reader's own rings: read from a file, a form or a link, and checked by the atlas's rules.

Job: name, place, distance and source of each, as plain text and numbers; every problem named at
once. Ban: nothing is written, nothing is kept, no word of a reader's is run or taken for markup.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NoReturn
from urllib.parse import quote, unquote

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import OwnDataError
from geo.model import FARTHEST_KM, geometry_of

__all__ = [
    "COLUMNS",
    "MOST_RINGS",
    "Own",
    "from_code",
    "read",
    "ring",
    "spot",
    "spot_code",
    "to_code",
    "too_much",
]

#: Columns of a table, and properties of a GeoJSON feature; the last may be empty.
COLUMNS = ("name", "lon", "lat", "range_km", "source")
MOST_RINGS = 100
MOST_BYTES = 2_000_000
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
_NUMBER = re.compile(r"[+-]?[0-9]{1,9}(?:\.[0-9]{1,15})?")
_DEGREES = ("urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:OGC::CRS84", "EPSG:4326")


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
    problems = _Problems(names)
    found = _about_a_point(
        {"name": name, "lon": lon, "lat": lat, "range_km": range_km, "source": source}, problems, ""
    )
    problems.stop("Your ring")
    assert found is not None  # noqa: S101 - without a problem there is one; for the type checker
    return found


def read(data: bytes, file_name: str) -> tuple[Own, ...]:
    """Read a file of rings, GeoJSON or a table.

    Parameters
    ----------
    data
        UTF-8: GeoJSON features with ``name``, ``range_km`` and ``source``, on points or areas; or
        a table with the header `COLUMNS`, its cells parted by commas, semicolons or tabs.
    file_name
        Named in every message; its ending decides nothing.

    Raises
    ------
    OwnDataError
        With every problem found; then no ring of the file is taken.
    """
    if len(data) > MOST_BYTES:
        _refuse(file_name, f"has {len(data):,} bytes, at most {MOST_BYTES:,} are read; cut it down")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        _refuse(file_name, "is not text in UTF-8; save it as “CSV UTF-8” or as GeoJSON")
    if "\0" in text:
        _refuse(file_name, "is not a text file; give GeoJSON or a CSV table")
    problems = _Problems()
    rows = (
        _features(text, file_name) if text.lstrip()[:1] in {"{", "["} else _lines(text, file_name)
    )
    rings = [found for where, row in rows if (found := _ring(row, problems, where)) is not None]
    problems.stop(file_name)
    if not rings:
        _refuse(file_name, "holds no ring; each needs name, lon, lat and range_km")
    said = too_much(rings)
    if said:
        _refuse(file_name, said)
    return tuple(rings)


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
        _refuse("own", f"is {len(code):,} characters long; at most {MOST_CODE:,} are read")
    for part in code.split("!"):
        fields = part.split("~")
        where = spot(fields[0])
        if len(fields) != 4 or where is None:
            _refuse("own", "is not written as this page writes it")
        name, source = (unquote(text.replace("_", " ")) for text in fields[2:])
        rings.append(ring(name, *where, fields[1], source))
    if len(rings) > MOST_RINGS:
        _refuse("own", f"holds {len(rings)} rings, at most {MOST_RINGS} are drawn")
    return tuple(rings)


def _escaped(text: str) -> str:
    """Text without the signs that part a link; a space is an underscore, which is escaped."""
    escaped = quote(text, safe=" ").replace("_", "%5F").replace("~", "%7E")
    return escaped.replace(" ", "_")


class _Problems:
    """Problems found so far, each with its place."""

    def __init__(self, names: Mapping[str, str] | None = None) -> None:
        self.found: list[str] = []
        self.names = names or {}
        """What a reader sees a field called, where that is not its name."""

    def add(self, where: str, field: str, said: str) -> None:
        self.found.append(f"{where}{self.names.get(field, field)}: {said}")

    def stop(self, what: str) -> None:
        if self.found:
            raise OwnDataError(what, tuple(self.found))


def _refuse(what: str, said: str) -> NoReturn:
    raise OwnDataError(what, (said,))


def _lines(text: str, file_name: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Rows of a table, each with its line."""
    head = text.lstrip("\r\n").split("\n", 1)[0]
    sign = max((",", ";", "\t"), key=head.count)
    names = [cell.strip().strip('"').casefold() for cell in head.strip("\r").split(sign)]
    missing = [name for name in COLUMNS[:4] if name not in names]
    if missing:
        _refuse(
            file_name,
            f"has no column '{missing[0]}' in its first line; it needs {', '.join(COLUMNS[:4])}, "
            "and may have source",
        )
    twice = [name for name in COLUMNS if names.count(name) > 1]
    if twice:
        _refuse(file_name, f"has more than one column '{twice[0]}' in its first line; keep one")
    table = csv.reader(io.StringIO(text.lstrip("\r\n"), newline=""), delimiter=sign, strict=True)
    count = 0
    try:
        next(table)
        for cells in table:
            if not any(cell.strip() for cell in cells):
                continue
            count += 1
            if count > MOST_RINGS:
                _refuse(file_name, f"has more than {MOST_RINGS} rows; cut it down")
            if len(cells) > len(names):
                said = f"line {table.line_num}: has {len(cells)} cells for {len(names)} columns"
                _refuse(file_name, f"{said}; put texts with '{sign}' in them in quotes")
            yield f"line {table.line_num}: ", dict(zip(names, cells, strict=False))
    except csv.Error as error:
        _refuse(file_name, f"line {table.line_num}: cannot be read as a table ({error})")


def _features(text: str, file_name: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Properties and geometry of GeoJSON features, each with its number."""
    try:
        document = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        said = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)[:80]
        _refuse(file_name, f"is not JSON ({said}); save it again as GeoJSON")
    if not isinstance(document, dict):
        _refuse(file_name, "is a list; GeoJSON is a FeatureCollection")
    crs = document.get("crs")
    if crs is not None:
        named = crs.get("properties", {}) if isinstance(crs, dict) else {}
        name = named.get("name") if isinstance(named, dict) else None
        if not (isinstance(name, str) and (name in _DEGREES or name.endswith("EPSG::4326"))):
            _refuse(file_name, "crs: is not longitude and latitude on WGS 84; save it as EPSG:4326")
    kind = document.get("type")
    features = [document] if kind == "Feature" else document.get("features")
    if kind not in {"Feature", "FeatureCollection"} or not isinstance(features, list):
        _refuse(file_name, f"type: is {_shown(kind)}; GeoJSON here is a FeatureCollection")
    if len(features) > MOST_RINGS:
        _refuse(file_name, f"has {len(features):,} features, at most {MOST_RINGS} are drawn")
    for number, feature in enumerate(features, start=1):
        where = f"feature {number}: "
        if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
            _refuse(file_name, f"{where}has no properties; give name, range_km and source")
        yield where, {**feature["properties"], "geometry": feature.get("geometry")}


def _no_constant(name: str) -> NoReturn:
    msg = f"{name} is no number"
    raise ValueError(msg)


def _ring(row: Mapping[str, Any], problems: _Problems, where: str) -> Own | None:
    """One ring, or None and its problems."""
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


def _about_a_point(row: Mapping[str, Any], problems: _Problems, where: str) -> Own | None:
    before = len(problems.found)
    name, km, source = _common(row, problems, where)
    degrees = [
        _number(row.get(key), key, (-most, float(most)), problems, where)
        for key, most in (("lon", 180), ("lat", 90))
    ]
    if len(problems.found) > before:
        return None
    lon, lat = (float(number or 0) for number in degrees)
    return Own(name, shapely.Point(lon, lat), km, source)


def _common(row: Mapping[str, Any], problems: _Problems, where: str) -> tuple[str, float, str]:
    """Name, distance and source."""
    name = _text(row.get("name"), "name", MOST_NAME, problems, where)
    if not name:
        problems.add(where, "name", "is empty; name the ring")
    source = _text(row.get("source"), "source", MOST_SOURCE, problems, where)
    km = _number(row.get("range_km"), "range_km", (0.0, FARTHEST_KM), problems, where)
    if km == 0:
        problems.add(where, "range_km", "is 0; give a distance in kilometres, above 0")
    return name, km or 0.0, source


def _text(value: Any, field: str, most: int, problems: _Problems, where: str) -> str:
    """Plain text on one line."""
    if value is None:
        return ""
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        problems.add(where, field, f"is {_shown(value)}; write text")
        return ""
    text = unicodedata.normalize("NFC", str(value)).strip()
    # controls, marks that turn the direction of writing, private use, lone halves of a pair, and
    # what is no character yet
    if any(unicodedata.category(char)[0] == "C" or char in "\u2028\u2029" for char in text):
        problems.add(where, field, f"{_shown(text)} holds a character that cannot be printed")
        return ""
    if len(text) > most:
        problems.add(where, field, f"has {len(text):,} characters, at most {most} are printed")
        return ""
    return text


def _number(
    value: Any, field: str, ends: tuple[float, float], problems: _Problems, where: str
) -> float | None:
    """Return a number from one end to the other; None and a problem if it is none."""
    least, most = ends
    if value is None or (isinstance(value, str) and not value.strip()):
        problems.add(where, field, f"is missing; give a number from {least:,.0f} to {most:,.0f}")
        return None
    text = str(value).strip().replace("\u2212", "-")
    plain = not isinstance(value, bool) and isinstance(value, str | int | float)
    number = float(value) if plain and not isinstance(value, str) and abs(value) < 1e9 else None
    if plain and isinstance(value, str) and _NUMBER.fullmatch(text):
        number = float(text)
    if number is None or not least <= number <= most:
        unit = "kilometres" if field == "range_km" else "degrees"
        says = (
            "write digits with no comma, and a point before decimals"
            if number is None
            else f"the unit is {unit}"
        )
        problems.add(
            where,
            field,
            f"{_shown(value)} is not a number from {least:,.0f} to {most:,.0f}; {says}",
        )
        return None
    return number


def _shown(value: object) -> str:
    """Return a value fit for a sentence: printable and short."""
    if isinstance(value, dict | list):
        return "a list" if isinstance(value, list) else "a group of fields"
    text = "".join(char if char.isprintable() else "?" for char in str(value)[:41])
    return f"“{text if len(text) <= 40 else text[:39] + '…'}”"
