"""Reaches of areas, made beforehand: a whole country's takes up to a second to draw.

Job: ``data/reaches.zip``, which ``scripts/build_reaches.py`` writes. Ban: measures nothing.
"""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from functools import lru_cache
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

__all__ = ["KEPT", "kept_name", "kept_reach"]

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


@lru_cache(maxsize=2)
def _kept(path: Path) -> dict[str, bytes]:
    """Every reach of the file, in WKB; none if the file cannot be read."""
    try:
        with zipfile.ZipFile(path) as file:
            return {name: file.read(name) for name in file.namelist()}
    except (OSError, EOFError, RuntimeError, ValueError, zipfile.BadZipFile, zlib.error):
        return {}  # a damaged file fails in as many ways
