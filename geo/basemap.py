"""The land that maps draw: simplified borders, their lines, the names on them.

Opens ``data/basemap.json``, ``data/projected.json`` and the files under ``static/`` that they name,
all made by scripts from the source of `borders`. Never measures, draws, or says whose a disputed
area is.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geo.borders import DATA, check_view
from geo.errors import BordersError
from geo.store import read_json, shown

__all__ = [
    "Chart",
    "asset",
    "edges",
    "features",
    "land",
    "name_cells",
    "name_picture",
    "name_sheet",
    "place_names",
    "places",
    "projected",
]


def land(view: str) -> str:
    """Give the file name, under ``static/``, of a view's simplified borders.

    Raises
    ------
    BordersError
        Unknown view; the index or the file it names is missing.
    """
    return _path(view).name


@lru_cache(maxsize=4)
def features(view: str) -> tuple[tuple[str | None, str, BaseGeometry], ...]:
    """Give (iso3, name, geometry) of a view's simplified borders, without the sea below them."""
    path = _path(view)
    features = read_json(path, "features")
    return tuple(
        (f["properties"]["iso3"], f["properties"]["name"], shapely.from_geojson(json.dumps(f)))
        for f in features
        if "sea" not in f["properties"]
    )


@lru_cache(maxsize=8)
def asset(name: str) -> Any:
    """Read a file under ``static/``, such as a basemap, for a page that fetches nothing.

    Raises
    ------
    BordersError
        If it is missing or broken.
    """
    return read_json(DATA.parent / "static" / name)


def edges(view: str, kind: str) -> str:
    """Give the file name, under ``static/``, of the lines of a view's simplified borders.

    Parameters
    ----------
    view
        ``DE_JURE`` or ``DE_FACTO``.
    kind
        Map on which they lie: ``mercator`` or ``globe``.

    Raises
    ------
    BordersError
        Unknown view; ``scripts/build_edges.py`` has not written it.
    """
    check_view(view)
    return _only(f"edges-{kind}-{view}-*.glb", "lines of the basemap", "build_edges.py")


def places() -> str:
    """Give the file name, under ``static/``, of the names of countries and capitals.

    Raises
    ------
    BordersError
        If ``scripts/build_places.py`` has not written it.
    """
    return _only("places-*.json", "place names", "build_places.py")


@lru_cache(maxsize=4)
def place_names() -> tuple[dict[str, Any], ...]:
    """Give the rows of `places`: ``at`` (degrees), ``name``, ``kind``, ``rank`` and ``px``.

    Raises
    ------
    BordersError
        As `places`, or if the file is broken.
    """
    return tuple(read_json(DATA.parent / "static" / places()))


def name_sheet() -> str:
    """Give the file name, under ``static/``, of the picture of all place names.

    Raises
    ------
    BordersError
        If ``scripts/build_names.py`` has not written it.
    """
    return _only("names-*.png", "pictures of place names", "build_names.py")


@lru_cache(maxsize=4)
def name_picture() -> bytes:
    """Read `name_sheet`, for a page that fetches nothing.

    Raises
    ------
    BordersError
        If it is missing or cannot be read.
    """
    path = DATA.parent / "static" / name_sheet()
    try:
        return path.read_bytes()
    except OSError as error:
        msg = f"{shown(path)} cannot be read; run python scripts/build_names.py"
        raise BordersError(msg) from error


def name_cells() -> str:
    """Give the file name, under ``static/``, of where each name stands in `name_sheet`.

    Raises
    ------
    BordersError
        If ``scripts/build_names.py`` has not written it.
    """
    return _only("names-*.json", "cells of place names", "build_names.py")


@dataclass(frozen=True)
class Chart:
    """A flat map whose land was projected."""

    lon: float
    lat: float
    """Its centre, degrees; of an area, a point inside."""
    limit_km: float
    """How far from the centre it shows."""
    files: tuple[str, ...]
    """File names under ``static/``: what both border views share, and the rest of this one."""


@lru_cache(maxsize=64)
def projected(site_id: str | None, view: str) -> Chart:
    """Give the projected land of the true-range map about a site, or of the equal-area map.

    Parameters
    ----------
    site_id
        Of a site of ``Offer.centres``; None for the equal-area map of Europe.

    Raises
    ------
    BordersError
        Unknown view or centre; the index or a file it names is missing.
    """
    check_view(view)
    index = DATA / "projected.json"
    maps = read_json(index, "true-range" if site_id else "europe-equal-area")
    about = maps.get(site_id or "europe")
    if about is None:
        raise BordersError(
            f"no land is projected about {site_id!r}; use one of {', '.join(maps)}, "
            "or run python scripts/build_projected.py"
        )
    files = tuple(str(about[key]["file"]) for key in ("shared", view))
    for name in files:
        if not (DATA.parent / "static" / name).is_file():
            raise BordersError(f"static/{name} is missing; run python scripts/build_projected.py")
    return Chart(about["lon"], about["lat"], about["limit_km"], files)


def _only(pattern: str, what: str, script: str) -> str:
    found = sorted((DATA.parent / "static").glob(pattern))
    if len(found) != 1:
        msg = f"static holds {len(found)} files of {what}, not one"
        raise BordersError(f"{msg}; run python scripts/{script}")
    return found[0].name


def _path(view: str) -> Path:
    check_view(view)
    name = read_json(DATA / "basemap.json", view, "file")
    path = DATA.parent / "static" / str(name)
    if not path.is_file():
        raise BordersError(f"{shown(path)} is missing; run python scripts/build_borders.py")
    return path
