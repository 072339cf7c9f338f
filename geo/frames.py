"""A Laydown as GeoDataFrames, for notebooks, pictures and files.

Job: rows and column names; the only place that knows them. Ban: no files, no style.
All frames are in WGS 84, longitude before latitude, indexed by the ids of the catalogue.
"""

from __future__ import annotations

from geopandas import GeoDataFrame
from shapely.geometry.base import BaseGeometry

from geo.laydown import Laydown

__all__ = ["edges", "marks", "rings"]

_CRS = 4326


def marks(laydown: Laydown) -> GeoDataFrame:
    """Sites: name, side, kind, status, since (text), source ids; a point or an area each."""
    rows: list[dict[str, object]] = [
        {
            "id": mark.site.id,
            "name": mark.site.name,
            "side": mark.site.side,
            "kind": mark.site.kind,
            "status": mark.status,
            "since": str(mark.since or ""),
            "sources": ", ".join(mark.site.sources),
        }
        for mark in laydown.marks
    ]
    columns = ["id", "name", "side", "kind", "status", "since", "sources"]
    return _frame(rows, columns, [mark.shape for mark in laydown.marks])


def rings(laydown: Laydown) -> GeoDataFrame:
    """Reach of each stated figure from each origin: who stated it, when, where; a polygon each.

    ``low_km`` is missing unless the source gives a lower end; ``reach_km`` is what is drawn.
    """
    rows: list[dict[str, object]] = [
        {
            "id": ring.id,
            "system": ring.system.name,
            "side": ring.system.side,
            "origin": ring.origin.name,
            "reach_km": ring.figure.reach_km,
            "low_km": ring.figure.low_km,
            "basis": ring.figure.basis,
            "by": ring.figure.by,
            "date": str(ring.figure.date or ""),
            "source": ring.figure.source,
            "confirmed": ring.figure.confirmed,
        }
        for ring in laydown.rings
    ]
    columns = [
        *("id", "system", "side", "origin", "reach_km", "low_km"),
        *("basis", "by", "date", "source", "confirmed"),
    ]
    return _frame(rows, columns, [ring.shape for ring in laydown.rings])


def edges(laydown: Laydown) -> GeoDataFrame:
    """Lines at each stated distance, without the cuts at the antimeridian; a line each."""
    rows: list[dict[str, object]] = []
    lines: list[BaseGeometry] = []
    for ring in laydown.rings:
        for distance_km, line in ring.edges:
            rows.append(
                {
                    "id": f"{ring.id}.{distance_km:g}",
                    "ring": ring.id,
                    "distance_km": distance_km,
                    "basis": ring.figure.basis,
                }
            )
            lines.append(line)
    return _frame(rows, ["id", "ring", "distance_km", "basis"], lines)


def _frame(
    rows: list[dict[str, object]], columns: list[str], shapes: list[BaseGeometry]
) -> GeoDataFrame:
    """Build a frame whose columns stand even when it has no row."""
    data = {name: [row[name] for row in rows] for name in columns}
    return GeoDataFrame(data, geometry=shapes, crs=_CRS).set_index("id")
