"""Write the lines of the basemap, each once: what the web map draws as borders and coasts.

Run after ``build_borders.py``::

    PYTHONPATH=. python scripts/build_edges.py

The outlines of all countries cost a renderer without a graphics card 0.7 s a frame, straight lines
from point to point a quarter of that, and a border shared by two countries is in the basemap twice.
The seams along the 180th meridian and at the pole are no border and stay out.
Old files are deleted.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import shapely

from geo import borders

STATIC = Path(__file__).resolve().parent.parent / "static"


def edges(view: str) -> list[dict[str, list[float]]]:
    """Rows with the two ends, ``a`` and ``b``, of every line of a view's basemap."""
    shapes = [geometry for _, _, geometry in borders.basemap_features(view)]
    found: set[tuple[tuple[float, float], ...]] = set()
    for ring in shapely.get_rings(shapely.get_parts(np.array(shapes))):
        points = [(lon, lat) for lon, lat in shapely.get_coordinates(ring).tolist()]
        for ends in pairwise(points):
            if not _seam(*ends):
                found.add(tuple(sorted(ends)))
    return [{"a": _short(a), "b": _short(b)} for a, b in sorted(found)]


def _seam(a: tuple[float, float], b: tuple[float, float]) -> bool:
    """Tell whether a line only closes a polygon: along the antimeridian, or at the pole."""
    return (abs(a[0]) == abs(b[0]) == 180) or (a[1] == b[1] == -90)


def _short(point: tuple[float, float]) -> list[float]:
    return [int(value) if value == int(value) else value for value in point]


def main() -> None:
    """Write one file a view under its content's hash."""
    for old in STATIC.glob("edges-*.json"):
        old.unlink()
    for view in borders.VIEWS:
        rows = edges(view)
        content = json.dumps(rows, separators=(",", ":")).encode()
        name = f"edges-{view}-{hashlib.sha256(content).hexdigest()[:8]}.json"
        (STATIC / name).write_bytes(content)
        print(f"{name}: {len(rows)} lines, {len(gzip.compress(content))} bytes gzipped")


if __name__ == "__main__":
    main()
