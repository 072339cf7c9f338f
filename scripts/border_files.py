"""The files of the borders: countries at 1:10m, disputed areas, and the simplified basemap."""

from __future__ import annotations

import gzip
import hashlib
import json
import unicodedata
from dataclasses import replace
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo import geodesy
from scripts.border_cuts import DECIMALS, Entity, check_coverage, km2, rounded
from scripts.border_decisions import CUTS, ISO3

ROOT = Path(__file__).resolve().parent.parent
BASEMAP_DECIMALS = 3
# coverage_simplify's tolerance is the square root of the area (square degrees) it may take away
# at a vertex; 0.05 keeps Europe and the Middle East about as detailed as a 1:50m map.
BASEMAP_TOLERANCE = 0.05
# The area of interest (west, south, east, north). Degrees outside it count for FAR_SCALE of a
# degree in the one simplification, so that the far Arctic and Pacific do not fill the file.
NEAR = (-12.0, 8.0, 75.0, 67.0)
FAR_SCALE = 0.3
# Islands smaller than this (square kilometres) cannot be seen at zoom 6 (far: zoom 3) and leave
# the basemap, unless they are the largest part of their country.
SMALLEST_NEAR_KM2 = 12.0
SMALLEST_FAR_KM2 = 150.0
# What lies below the land, in the same file, so that a map never has the one without the other; a
# corner on each half of its long sides, since a side of 360 degrees is none on a globe.
SEA = shapely.Polygon([(-180, -90), (0, -90), (180, -90), (180, 90), (0, 90), (-180, 90)])


def in_view(
    entities: list[Entity], areas: dict[str, BaseGeometry], *, de_facto: bool
) -> list[Entity]:
    """Put the pieces together as one view draws them."""
    by_code = {entity.code: entity for entity in entities}
    by_iso3 = {entity.iso3: entity.code for entity in entities if entity.iso3}
    for cut in CUTS:
        holder = by_iso3.get(cut.de_facto) if de_facto else cut.de_jure
        if holder is None:
            by_code[cut.id] = Entity(cut.id, None, cut.name, "disputed", "", areas[cut.id])
            continue
        old = by_code[holder]
        joined = shapely.coverage_union_all([old.geometry, areas[cut.id]])
        by_code[holder] = replace(old, geometry=joined)
    return [replace(e, geometry=ordered(e.geometry)) for e in by_code.values()]


def ordered(shape: BaseGeometry) -> BaseGeometry:
    """Wind exteriors counter-clockwise (RFC 7946) and put the largest part first."""
    parts = sorted(shapely.get_parts(shape), key=lambda part: -part.area)
    joined = shapely.MultiPolygon(parts) if len(parts) > 1 else parts[0]
    return shapely.orient_polygons(joined, exterior_cw=False)


def geometry_json(shape: BaseGeometry, decimals: int) -> str:
    """GeoJSON geometry with one polygon a line."""
    polygons = []
    for part in shapely.get_parts(shape):
        rings = [
            np.round(shapely.get_coordinates(ring), decimals).tolist()
            for ring in (part.exterior, *part.interiors)
        ]
        polygons.append(json.dumps(rings, separators=(",", ":")))
    if len(polygons) == 1:
        return '{"type":"Polygon","coordinates":' + polygons[0] + "}"
    return '{"type":"MultiPolygon","coordinates":[\n' + ",\n".join(polygons) + "\n]}"


def feature_json(properties: dict[str, object], shape: BaseGeometry, decimals: int) -> str:
    head = json.dumps(properties, ensure_ascii=False, separators=(",", ":"))
    body = geometry_json(shape, decimals)
    return f'{{"type":"Feature","properties":{head},\n"geometry":{body}}}'


def collection_json(features: list[str]) -> str:
    body = ",\n".join(features)
    return f'{{"type":"FeatureCollection","features":[\n{body}\n]}}\n'


def write_countries(entities: list[Entity]) -> None:
    """Write one Feature a file, and an index with everything but the coordinates."""
    folder = ROOT / "data" / "countries"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.geojson"):
        old.unlink()
    index = []
    for entity in sorted(entities, key=lambda e: (e.iso3 is None, e.iso3 or e.name)):
        file = f"{entity.iso3 or file_stem(entity.name)}.geojson"
        properties = {
            "iso3": entity.iso3,
            "name": entity.name,
            "status": entity.status,
            "note": entity.note,
        }
        text = feature_json(properties, entity.geometry, DECIMALS)
        (folder / file).write_text(text + "\n", encoding="utf-8")
        bounds = [round(value, DECIMALS) for value in entity.geometry.bounds]
        area = round(geodesy.area_m2(entity.geometry) / 1e6, 6)
        index.append({**properties, "file": file, "bounds": bounds, "area_km2": area})
    lines = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in index)
    (folder / "index.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    print(f"{len(index)} entities written")


def file_stem(name: str) -> str:
    """Plain file name for an entity without a code; a hyphen keeps it apart from any ISO code."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    letters = "".join(c if c.isalnum() else " " for c in ascii_name.lower())
    return "x-" + "-".join(letters.split())


def write_disputed(areas: dict[str, BaseGeometry]) -> None:
    features = []
    for cut in CUTS:
        properties: dict[str, object] = {
            "id": cut.id,
            "name": cut.name,
            "de_jure": ISO3.get(cut.de_jure, cut.de_jure),
            "de_facto": cut.de_facto,
            "authority": cut.authority,
            "area_km2": round(geodesy.area_m2(areas[cut.id]) / 1e6, 6),
        }
        features.append(feature_json(properties, ordered(areas[cut.id]), DECIMALS))
    (ROOT / "data" / "disputed.geojson").write_text(collection_json(features), encoding="utf-8")


def write_basemaps(entities: list[Entity], areas: dict[str, BaseGeometry]) -> None:
    """Simplify all pieces as one coverage, then write both views, the sea first, by their hash."""
    pieces = [e.geometry for e in entities] + list(areas.values())
    small = simplified(without_small_islands(pieces))
    check_coverage(small)
    entities = [replace(e, geometry=s) for e, s in zip(entities, small, strict=False)]
    areas = dict(zip(areas, small[len(entities) :], strict=True))
    static = ROOT / "static"
    static.mkdir(exist_ok=True)
    for old in static.glob("basemap-de-*.geojson"):
        old.unlink()
    index = {}
    for view, de_facto in (("de-jure", False), ("de-facto", True)):
        land = [
            feature_json({"iso3": e.iso3, "name": e.name}, e.geometry, BASEMAP_DECIMALS)
            for e in in_view(entities, areas, de_facto=de_facto)
        ]
        content = collection_json([feature_json({"sea": True}, SEA, 0), *land]).encode()
        digest = hashlib.sha256(content).hexdigest()
        name = f"basemap-{view}-{digest[:8]}.geojson"
        (static / name).write_bytes(content)
        packed = len(gzip.compress(content))
        index[view] = {
            "file": name,
            "sha256": digest,
            "bytes": len(content),
            "gzip_bytes": packed,
            "tolerance_deg": BASEMAP_TOLERANCE,
        }
        print(f"{name}: {len(content)} bytes, {packed} gzipped")
    text = json.dumps(index, indent=2) + "\n"
    (ROOT / "data" / "basemap.json").write_text(text, encoding="utf-8")


def without_small_islands(shapes: list[BaseGeometry]) -> list[BaseGeometry]:
    """Drop what cannot be seen: small pieces of land, but no piece that is all of a country."""
    land = shapely.get_parts(shapely.union_all(shapes))
    is_near = shapely.intersects(land, shapely.box(*NEAR))
    limits = np.where(is_near, SMALLEST_NEAR_KM2, SMALLEST_FAR_KM2)
    specks = land[np.array([km2(part) for part in land]) < limits]
    tree = shapely.STRtree(specks)
    kept = []
    for shape in shapes:
        parts = sorted(shapely.get_parts(shape), key=lambda part: -part.area)
        rest = [part for part in parts[1:] if not len(tree.query(part, predicate="within"))]
        kept.append(shapely.MultiPolygon([parts[0], *rest]))
    return kept


def simplified(shapes: list[BaseGeometry]) -> list[BaseGeometry]:
    """One coverage_simplify, coarser far away, then rounding."""
    squeezed = shapely.transform(np.array(shapes), squeeze)
    coarse = shapely.transform(shapely.coverage_simplify(squeezed, BASEMAP_TOLERANCE), stretch)
    return [rounded(shape, BASEMAP_DECIMALS) for shape in coarse]


def squeeze(points: np.ndarray) -> np.ndarray:
    """Shrink distances outside the area of interest; one-to-one, so the topology stays."""
    low, high = np.array(NEAR[:2]), np.array(NEAR[2:])
    inside = np.clip(points, low, high)
    return inside + (points - inside) * FAR_SCALE


def stretch(points: np.ndarray) -> np.ndarray:
    """Undo ``squeeze``."""
    low, high = np.array(NEAR[:2]), np.array(NEAR[2:])
    inside = np.clip(points, low, high)
    return inside + (points - inside) / FAR_SCALE
