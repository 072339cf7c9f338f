"""Write the lines of the basemap, each once: what the web map draws as borders and coasts.

Run after ``build_borders.py``::

    python scripts/build_edges.py

One mesh (see ``geo/mesh.py``) for Mercator and one for the globe, for each border view, in the
units in which deck.gl's own maps of the Earth reckon. The seams along the 180th meridian and at the
pole are no border and stay out. Old files are deleted.
"""

from __future__ import annotations

import gzip
import hashlib
import math
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import shapely

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from geo import basemap, borders, mesh
from geo.geodesy import Floats

STATIC = Path(__file__).resolve().parent.parent / "static"

# deck.gl's Mercator plane is so wide; its globe has this radius, in metres.
PLANE = 512.0
GLOBE_M = 6_370_972.0
# Lines stand so much above the globe, whose own surface is made of flat pieces.
ABOVE = 1.0003
# A line of the globe is cut into pieces no longer than this, or it would run below the surface.
PIECE_DEG = 1.0
# The Mercator plane has no pole.
MOST_NORTH = 89.0


def edges(view: str) -> Floats:
    """Both ends of every line of a view's basemap, degrees, shape (n, 2, 2)."""
    ends = mesh.outlines(geometry for _, _, geometry in basemap.features(view))
    lon, lat = ends[..., 0], ends[..., 1]
    seam = (np.abs(lon) == 180).all(axis=1) & (lon[:, 0] == lon[:, 1]) | (lat == -90).all(axis=1)
    return ends[~seam]


def on_mercator(ends: Floats) -> Floats:
    """Places on deck.gl's plane, shape (n, 2, 3)."""
    lon, lat = np.radians(ends[..., 0]), np.radians(ends[..., 1].clip(-MOST_NORTH, MOST_NORTH))
    north = np.arctanh(np.sin(lat))
    return PLANE / (2 * math.pi) * np.stack([lon + math.pi, north + math.pi, 0 * lon], axis=-1)


def on_globe(ends: Floats) -> Floats:
    """Places on deck.gl's globe, lines cut into short pieces, shape (m, 2, 3)."""
    pieces = shapely.segmentize(shapely.linestrings(ends), PIECE_DEG)
    points, line = shapely.get_coordinates(pieces, return_index=True)
    first = np.flatnonzero(line[1:] == line[:-1])
    lon, lat = np.radians(np.stack([points[first], points[first + 1]], axis=1)).transpose(2, 0, 1)
    away = [np.sin(lon) * np.cos(lat), -np.cos(lon) * np.cos(lat), np.sin(lat)]
    return GLOBE_M * ABOVE * np.stack(away, axis=-1)


MAPS: dict[str, Callable[[Floats], Floats]] = {"mercator": on_mercator, "globe": on_globe}


def main() -> None:
    """Write one file a map and view under its content's hash."""
    for old in STATIC.glob("edges-*"):
        old.unlink()
    for view in borders.VIEWS:
        for kind, placed in MAPS.items():
            lines = placed(edges(view))
            content = mesh.glb(lines)
            name = f"edges-{kind}-{view}-{hashlib.sha256(content).hexdigest()[:8]}.glb"
            (STATIC / name).write_bytes(content)
            print(f"{name}: {len(lines)} lines, {len(gzip.compress(content))} bytes gzipped")


if __name__ == "__main__":
    main()
