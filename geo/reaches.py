"""Reaches of areas and how far countries lie from them, made beforehand: both take up to a second.

Job: ``data/reaches.zip``, which ``scripts/build_reaches.py`` writes. Ban: measures nothing.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

__all__ = [
    "KEPT",
    "country_name",
    "distances_name",
    "kept_distance_km",
    "kept_name",
    "kept_reach",
]

KEPT = Path(__file__).resolve().parent.parent / "data" / "reaches.zip"


def kept_name(origin: bytes, range_km: float) -> str:
    """Name under which the reach of an origin (WKB) at a distance is kept in `KEPT`."""
    return hashlib.sha256(origin + f"|{range_km:.6f}".encode()).hexdigest()[:24] + ".wkb"


def kept_reach(origin: bytes, range_km: float) -> BaseGeometry | None:
    """Reach of an area made beforehand by ``scripts/build_reaches.py``; None if there is none.

    It is `geo.reach.reach_of` at its own tolerance, for an origin in WKB. A file that cannot be
    read counts as none: the reach is then drawn, which takes up to a second.
    """
    found = _kept(KEPT).get(kept_name(origin, range_km))
    return None if found is None else shapely.from_wkb(found)


def distances_name(origin: bytes) -> str:
    """Name under which the distances from an origin (WKB) are kept in `KEPT`."""
    return hashlib.sha256(origin).hexdigest()[:24] + ".json"


def country_name(iso3: str | None, name: str, area_km2: float) -> str:
    """Name of a country among the distances; with its area, for a border that moves changes it."""
    return f"{iso3 or name} {area_km2}"


def kept_distance_km(origin: bytes, iso3: str | None, name: str, area_km2: float) -> float | None:
    """Distance in km from an area (WKB) to a country, made beforehand; None if there is none.

    It is `geo.separation.to_country_km`.
    """
    return _distances(KEPT, distances_name(origin)).get(country_name(iso3, name, area_km2))


@lru_cache(maxsize=128)
def _distances(path: Path, name: str) -> Mapping[str, float]:
    """Distances from one origin to every country, by `country_name`."""
    found: dict[str, float] = json.loads(_kept(path).get(name, b"{}"))
    return found


@lru_cache(maxsize=2)
def _kept(path: Path) -> dict[str, bytes]:
    """Every file in it; none if it cannot be read."""
    try:
        with zipfile.ZipFile(path) as file:
            return {name: file.read(name) for name in file.namelist()}
    except (OSError, EOFError, RuntimeError, ValueError, zipfile.BadZipFile, zlib.error):
        return {}  # a damaged file fails in as many ways
