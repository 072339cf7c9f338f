"""Countries under a border view: the full 1:10m borders, and the border note.

Opens ``data/countries`` and ``data/disputed.geojson``, both made by scripts from Natural Earth.
Never measures, draws, imports pandas, or says whose a disputed area is: the two views are data, and
``note`` says what they do. Longitude before latitude, degrees, WGS 84.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import BordersError
from geo.store import read_json, shown, text_of

__all__ = [
    "DATA",
    "DE_FACTO",
    "DE_JURE",
    "VIEWS",
    "Country",
    "check_view",
    "codes",
    "countries",
    "country",
    "country_at",
    "extent",
    "named",
    "note",
    "part",
    "touching",
]

DE_JURE = "de-jure"
DE_FACTO = "de-facto"
VIEWS = (DE_JURE, DE_FACTO)

DATA = Path(__file__).resolve().parent.parent / "data"

_NOTES = {
    DE_JURE: "Borders: Natural Earth 1:10m v5, German point of view; nobody's official map. Crimea "
    "is drawn in Ukraine (UNGA 68/262), Northern Cyprus in Cyprus, the Golan in Syria (UNSC 497), "
    "Somaliland in Somalia; Kosovo, Taiwan, Palestine and Western Sahara apart, without prejudice "
    "to status; East Jerusalem, as in that source, in Israel (but see UNSC 478). "
    "No front lines; borders are of one date, not the as-of date.",
    DE_FACTO: "Borders: Natural Earth 1:10m, de facto; nobody's official map, no recognition "
    "implied. Crimea is drawn in Russia, the Golan and East Jerusalem in Israel, Western Sahara "
    "west of the berm in Morocco; Northern Cyprus, Somaliland, Kosovo, Taiwan, Palestine apart; "
    "Abkhazia and South Ossetia in Georgia, Transnistria in Moldova. No front lines; "
    "borders are of one date, not the as-of date.",
}


@dataclass(frozen=True)
class Country:
    """One entity of the map, as one view draws it."""

    iso3: str | None
    """ISO 3166-1 alpha-3 (XKX for Kosovo); None for an area that has no code."""

    name: str
    """Short English name."""

    status: str
    """``country``, ``dependency``, ``disputed`` or ``undetermined``: a drawing, no verdict."""

    geometry: BaseGeometry
    """Polygon or MultiPolygon, degrees, cut at the 180th meridian, counter-clockwise."""

    area_km2: float
    """Area on the ellipsoid."""


def countries(view: str, directory: Path = DATA) -> tuple[Country, ...]:
    """Give every entity of a view at full 1:10m, in the order of the index.

    Parameters
    ----------
    view
        ``DE_JURE`` or ``DE_FACTO``.
    directory
        The data folder.

    Raises
    ------
    BordersError
        Unknown view; a file missing or broken.
    """
    check_view(view)
    entries = _index(directory)
    drawn = [_country(entry["file"], view, directory) for entry in entries]
    if view == DE_FACTO:
        drawn += [
            Country(None, area["name"], "disputed", area["geometry"], area["area_km2"])
            for area in _disputed(directory)
            if area["de_facto"] is None
        ]
    return tuple(drawn)


def named(name: str, view: str) -> Country:
    """Give the entity of a view that has a name but no code, such as Bir Tawil.

    Raises
    ------
    BordersError
        No such entity; unknown view; a file missing or broken.
    """
    check_view(view)
    for entry in _index(DATA):
        if entry["iso3"] is None and entry["name"] == name:
            return _country(entry["file"], view, DATA)
    for area in _disputed(DATA) if view == DE_FACTO else ():
        if area["de_facto"] is None and area["name"] == name:
            return Country(None, name, "disputed", area["geometry"], area["area_km2"])
    raise BordersError(f"no area without a code is called {name!r} in the {view} view")


def touching(area: BaseGeometry, view: str) -> tuple[Country, ...]:
    """Give the entities whose box meets an area, reading no other; in the order of the index.

    Raises
    ------
    BordersError
        Unknown view; a file missing or broken.
    """
    check_view(view)
    gains = _disputed(DATA) if view == DE_FACTO else ()  # a country may gain beyond its box
    gainers = {a["de_facto"] for a in gains if area.intersects(a["geometry"])} - {None}
    found = [
        _country(entry["file"], view, DATA)
        for entry in _index(DATA)
        if area.intersects(shapely.box(*entry["bounds"])) or entry["iso3"] in gainers
    ]
    if view == DE_FACTO:
        found += [
            Country(None, a["name"], "disputed", a["geometry"], a["area_km2"])
            for a in _disputed(DATA)
            if a["de_facto"] is None and area.intersects(a["geometry"])
        ]
    return tuple(found)


def country(iso3: str, view: str, directory: Path = DATA) -> Country:
    """Give one entity by its code, reading only its own file (and the disputed areas).

    Raises
    ------
    BordersError
        Unknown code or view; a file missing or broken.
    """
    check_view(view)
    for entry in _index(directory):
        if entry["iso3"] is not None and entry["iso3"] == iso3:
            return _country(entry["file"], view, directory)
    raise _unknown(iso3)


def part(iso3: str, lon: float, lat: float, view: str) -> shapely.Polygon:
    """Give the one polygon of a country that holds a point, such as Kaliningrad from RUS.

    Parameters
    ----------
    iso3
        ISO 3166-1 alpha-3.
    lon, lat
        Degrees.

    Raises
    ------
    BordersError
        No polygon of the country holds the point; unknown code or view.
    """
    point = shapely.Point(lon, lat)
    for polygon in shapely.get_parts(country(iso3, view).geometry):
        if isinstance(polygon, shapely.Polygon) and polygon.covers(point):
            return polygon
    raise BordersError(
        f"{iso3} has no land at longitude {lon}, latitude {lat} in the {view} view; "
        "check the order (longitude first) and move the point inland"
    )


def country_at(lon: float, lat: float, view: str, directory: Path = DATA) -> Country | None:
    """Give the entity that holds a point (degrees), or None at sea.

    On a shared border the first in the order of the index.
    """
    check_view(view)
    point = shapely.Point(lon, lat)
    for area in _disputed(directory) if view == DE_FACTO else ():
        if area["geometry"].covers(point):
            if area["de_facto"] is None:
                return Country(None, area["name"], "disputed", area["geometry"], area["area_km2"])
            return country(area["de_facto"], view, directory)
    for entry in _index(directory):
        west, south, east, north = entry["bounds"]
        if west <= lon <= east and south <= lat <= north:
            found = _country(entry["file"], view, directory)
            if found.geometry.covers(point):
                return found
    return None


def codes() -> frozenset[str]:
    """Give the code of every entity that has one."""
    return frozenset(entry["iso3"] for entry in _index(DATA) if entry["iso3"] is not None)


def names() -> Mapping[str, str]:
    """Name of every entity that has a code, by its code."""
    return {entry["iso3"]: entry["name"] for entry in _index(DATA) if entry["iso3"]}


def extent(iso3: str) -> tuple[float, float, float, float]:
    """Give west, south, east, north of an entity, in degrees, without reading its borders.

    Raises
    ------
    BordersError
        Unknown code; the index missing or broken.
    """
    for entry in _index(DATA):
        if entry["iso3"] is not None and entry["iso3"] == iso3:
            west, south, east, north = entry["bounds"]
            return west, south, east, north
    raise _unknown(iso3)


def note(view: str) -> str:
    """Give the border note that goes under every picture (at most 420 characters)."""
    check_view(view)
    return _NOTES[view]


def _unknown(iso3: str) -> BordersError:
    return BordersError(
        f"country code {iso3!r} is not in countries/index.json; "
        "give an ISO 3166-1 alpha-3 code in capitals, such as IRN (Kosovo is XKX)"
    )


def check_view(view: str) -> None:
    """Refuse a view that is not one of `VIEWS`, with a BordersError."""
    if view not in VIEWS:
        raise BordersError(f"border view {view!r} is unknown; use one of {', '.join(VIEWS)}")


@lru_cache(maxsize=4)
def _index(directory: Path) -> tuple[dict[str, Any], ...]:
    return tuple(read_json(directory / "countries" / "index.json"))


@lru_cache(maxsize=4)
def _disputed(directory: Path) -> tuple[dict[str, Any], ...]:
    features = read_json(directory / "disputed.geojson", "features")
    return tuple(
        {**f["properties"], "geometry": shapely.from_geojson(json.dumps(f))} for f in features
    )


# Room for both views of all entities, twice over: about 550,000 vertices a view.
@lru_cache(maxsize=1024)
def _country(file: str, view: str, directory: Path) -> Country:
    entry = next(entry for entry in _index(directory) if entry["file"] == file)
    if view == DE_JURE:
        path = directory / "countries" / file
        try:
            geometry = shapely.from_geojson(text_of(path))
        except shapely.GEOSException as error:
            raise BordersError(
                f"{shown(path)} is not GeoJSON ({error}); run python scripts/build_borders.py"
            ) from error
        return Country(entry["iso3"], entry["name"], entry["status"], geometry, entry["area_km2"])
    whole = _country(file, DE_JURE, directory)
    if whole.iso3 is None:
        return whole
    areas = _disputed(directory)
    lost = [a["geometry"] for a in areas if a["de_jure"] == whole.iso3]
    gained = [a["geometry"] for a in areas if a["de_facto"] == whole.iso3]
    area_km2 = (
        whole.area_km2
        - sum(a["area_km2"] for a in areas if a["de_jure"] == whole.iso3)
        + sum(a["area_km2"] for a in areas if a["de_facto"] == whole.iso3)
    )
    if not lost and not gained:
        return whole
    geometry = (
        shapely.difference(whole.geometry, shapely.union_all(lost)) if lost else (whole.geometry)
    )
    geometry = shapely.union_all([geometry, *gained])
    geometry = shapely.orient_polygons(geometry, exterior_cw=False)
    return Country(whole.iso3, whole.name, whole.status, geometry, area_km2)
