"""A file of a reader's own rings, GeoJSON or a table.

Job: text to rows, each with its place in the file; `own` checks what they hold. Ban: as `own`.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

from geo.fields import Problems, quoted, refuse
from geo.own import COLUMNS, MOST_RINGS, Own, checked, too_much

__all__ = ["MOST_BYTES", "read"]

MOST_BYTES = 2_000_000
_DEGREES = ("urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:OGC::CRS84", "EPSG:4326")


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
        refuse(file_name, f"has {len(data):,} bytes, at most {MOST_BYTES:,} are read; cut it down")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        refuse(file_name, "is not text in UTF-8; save it as “CSV UTF-8” or as GeoJSON")
    if "\0" in text:
        refuse(file_name, "is not a text file; give GeoJSON or a CSV table")
    problems = Problems()
    rows = (
        _features(text, file_name) if text.lstrip()[:1] in {"{", "["} else _lines(text, file_name)
    )
    rings = [found for where, row in rows if (found := checked(row, problems, where)) is not None]
    problems.stop(file_name)
    if not rings:
        refuse(file_name, "holds no ring; each needs name, lon, lat and range_km")
    said = too_much(rings)
    if said:
        refuse(file_name, said)
    return tuple(rings)


def _lines(text: str, file_name: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Rows of a table, each with its line."""
    head = text.lstrip("\r\n").split("\n", 1)[0]
    sign = max((",", ";", "\t"), key=head.count)
    names = [cell.strip().strip('"').casefold() for cell in head.strip("\r").split(sign)]
    missing = [name for name in COLUMNS[:4] if name not in names]
    if missing:
        refuse(
            file_name,
            f"has no column '{missing[0]}' in its first line; it needs {', '.join(COLUMNS[:4])}, "
            "and may have source",
        )
    twice = [name for name in COLUMNS if names.count(name) > 1]
    if twice:
        refuse(file_name, f"has more than one column '{twice[0]}' in its first line; keep one")
    table = csv.reader(io.StringIO(text.lstrip("\r\n"), newline=""), delimiter=sign, strict=True)
    count = 0
    try:
        next(table)
        for cells in table:
            if not any(cell.strip() for cell in cells):
                continue
            count += 1
            if count > MOST_RINGS:
                refuse(file_name, f"has more than {MOST_RINGS} rows; cut it down")
            if len(cells) > len(names):
                said = f"line {table.line_num}: has {len(cells)} cells for {len(names)} columns"
                refuse(file_name, f"{said}; put texts with '{sign}' in them in quotes")
            yield f"line {table.line_num}: ", dict(zip(names, cells, strict=False))
    except csv.Error as error:
        refuse(file_name, f"line {table.line_num}: cannot be read as a table ({error})")


def _features(text: str, file_name: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Properties and geometry of GeoJSON features, each with its number."""
    try:
        document = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        said = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)[:80]
        refuse(file_name, f"is not JSON ({said}); save it again as GeoJSON")
    if not isinstance(document, dict):
        refuse(file_name, "is a list; GeoJSON is a FeatureCollection")
    crs = document.get("crs")
    if crs is not None:
        named = crs.get("properties", {}) if isinstance(crs, dict) else {}
        name = named.get("name") if isinstance(named, dict) else None
        if not (isinstance(name, str) and (name in _DEGREES or name.endswith("EPSG::4326"))):
            refuse(file_name, "crs: is not longitude and latitude on WGS 84; save it as EPSG:4326")
    kind = document.get("type")
    features = [document] if kind == "Feature" else document.get("features")
    if kind not in {"Feature", "FeatureCollection"} or not isinstance(features, list):
        refuse(file_name, f"type: is {quoted(kind)}; GeoJSON here is a FeatureCollection")
    if len(features) > MOST_RINGS:
        refuse(file_name, f"has {len(features):,} features, at most {MOST_RINGS} are drawn")
    for number, feature in enumerate(features, start=1):
        where = f"feature {number}: "
        if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
            refuse(file_name, f"{where}has no properties; give name, range_km and source")
        yield where, {**feature["properties"], "geometry": feature.get("geometry")}


def _no_constant(name: str) -> NoReturn:
    msg = f"{name} is no number"
    raise ValueError(msg)
