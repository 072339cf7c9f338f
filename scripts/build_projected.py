"""Write the borders of the flat maps, projected, for every centre the true-range map offers.

Run after ``build_borders.py``, from the root of the repository::

    python scripts/build_projected.py [--out DIRECTORY] [SITE_ID ...]

Centres: every launch-origin reference, every other origin of rings a reader can pick, every
interceptor site and every radar of ``data/sites.geojson``. An origin that is an area is centred on
the point that its record names inside the part that is meant, else on the centre of the largest
circle inside its country's largest part, rounded to a tenth of a degree. Sites at one point share
their files. The equal-area map of Europe has one centre of its own.

Outputs: ``static/land-KIND-SITE-VIEW-HASH.json`` and their index ``data/projected.json``. VIEW is
``shared`` for the land that both border views draw alike, which is nearly all; the two others hold
the rest of each view. So a map is ``shared`` and one more. Each file is a collection of features
in the plane, in whole kilometres from the centre, x to the right and y up, with the properties of
the Mercator basemap; a country may have parts in two files.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from geo import basemap, borders
from geo.catalogue import load
from geo.model import Site
from geo.projection import Projection, europe_equal_area, true_range
from geo.shapes import project

ROOT = Path(__file__).resolve().parent.parent
KINDS = ("interceptor site", "radar", "launch-origin reference")
SHARED = "shared"

# How far a projected edge may stray, before thinning.
EDGE_KM = 1.0
# coverage_simplify's tolerance is the square root of the area (square kilometres) it may take away
# at a vertex.
THIN_KM = 8.0
# Kilometres farther from the centre than this count for FAR_SCALE of one, so that the far side of
# the Earth, drawn much too large, does not fill the file.
NEAR_KM = 4_000.0
FAR_SCALE = 0.35
# Islands smaller than this in the plane so shrunk (square kilometres) leave the map, unless they
# are the largest part of their country.
SMALLEST_KM2 = 60.0


@dataclass(frozen=True)
class Piece:
    """One polygon of a country, as one border view draws it."""

    iso3: str | None
    name: str
    shape: shapely.Polygon


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sites", nargs="*", metavar="SITE_ID", help="default: every centre")
    parser.add_argument("--out", type=Path, default=ROOT, help="holds static/ and data/")
    options = parser.parse_args()
    (options.out / "static").mkdir(parents=True, exist_ok=True)
    (options.out / "data").mkdir(exist_ok=True)
    offered = centres()
    for site_id in options.sites:
        if site_id not in offered:
            parser.error(f"{site_id} is not a centre; use one of {', '.join(offered)}")
    path = options.out / "data" / "projected.json"
    index = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    europe = europe_equal_area()
    if not options.sites:
        files = entry("europe-equal-area", "europe", europe, options.out)
        index = {"europe-equal-area": {"europe": files}}
    written: dict[Projection, dict[str, object]] = {}
    ranges = index.setdefault("true-range", {})
    for site_id, (lon, lat) in offered.items():
        if options.sites and site_id not in options.sites:
            continue
        chart = true_range(lon, lat)
        if chart not in written:
            written[chart] = entry("true-range", site_id, chart, options.out)
        ranges[site_id] = written[chart]
    path.write_text(json.dumps(index, indent=1) + "\n", encoding="utf-8")
    report(index, options.out / "static")


def centres() -> dict[str, tuple[float, float]]:
    """Longitude and latitude by site id; a point before an area, so that files bear its name."""
    found = {
        site.id: centre(site)
        for site in load().sites.values()
        if site.kind in KINDS or site.launch_area is not None
    }
    is_area = {site.id: site.area_of is not None for site in load().sites.values()}
    return dict(sorted(found.items(), key=lambda item: is_area[item[0]]))


def centre(site: Site) -> tuple[float, float]:
    if isinstance(site.geometry, shapely.Point):
        return float(site.geometry.x), float(site.geometry.y)
    if site.area_part is not None:
        return site.area_part
    shape = (
        borders.country(site.area_of, borders.DE_JURE).geometry if site.area_of else site.geometry
    )
    largest = max(shapely.get_parts(shape), key=lambda part: part.area)
    point = shapely.get_coordinates(shapely.maximum_inscribed_circle(largest, 0.05))[0]
    return round(float(point[0]), 1), round(float(point[1]), 1)


def entry(kind: str, site_id: str, chart: Projection, out: Path) -> dict[str, object]:
    """Write the three files of one map and describe them."""
    views = {view: pieces(view, chart) for view in borders.VIEWS}
    alike = set.intersection(*(set(found) for found in views.values()))
    groups = {SHARED: [piece for piece in views[borders.DE_JURE] if piece in alike]}
    for view, found in views.items():
        groups[view] = [piece for piece in found if piece not in alike]
    files = {}
    for view, group in groups.items():
        content = collection(group).encode()
        digest = hashlib.sha256(content).hexdigest()
        name = f"land-{kind}-{site_id}-{view}-{digest[:8]}.json"
        (out / "static" / name).write_bytes(content)
        files[view] = {
            "file": name,
            "sha256": digest,
            "bytes": len(content),
            "gzip_bytes": len(gzip.compress(content)),
        }
    place = {"lon": chart.lon, "lat": chart.lat, "limit_km": chart.limit_km}
    return {**place, **files}


def pieces(view: str, chart: Projection) -> list[Piece]:
    """The land of one view, projected, thinned as one coverage and rounded to a kilometre."""
    features = [
        (iso3, name, shape)
        for iso3, name, geometry in basemap.features(view)
        if not (shape := project(geometry, chart, EDGE_KM)).is_empty
    ]
    squeezed = shapely.transform(np.array([shape for *_, shape in features]), squeeze)
    thin = shapely.coverage_simplify(without_small_islands(squeezed), THIN_KM)
    plane = shapely.transform(thin, stretch)
    return [
        Piece(iso3, name, part)
        for (iso3, name, _), shape in zip(features, plane, strict=True)
        for part in sorted(shapely.get_parts(rounded(shape)), key=lambda part: -part.area)
        if not part.is_empty
    ]


def without_small_islands(shapes: np.ndarray) -> list[BaseGeometry]:
    """Drop what cannot be seen: small pieces of land, but no piece that is all of a country."""
    land = shapely.get_parts(shapely.coverage_union_all(shapes))
    tree = shapely.STRtree(land[shapely.area(land) < SMALLEST_KM2])
    kept = []
    for shape in shapes:
        parts = sorted(shapely.get_parts(shape), key=lambda part: -part.area)
        rest = [part for part in parts[1:] if not len(tree.query(part, predicate="covered_by"))]
        kept.append(shapely.MultiPolygon([parts[0], *rest]))
    return kept


def squeeze(points: np.ndarray) -> np.ndarray:
    """Shrink distances beyond NEAR_KM; one-to-one, so the topology stays."""
    away = np.hypot(*points.T)
    beyond = np.maximum(away - NEAR_KM, 0)
    return points * (1 - beyond * (1 - FAR_SCALE) / np.maximum(away, 1))[:, None]


def stretch(points: np.ndarray) -> np.ndarray:
    """Undo ``squeeze``."""
    away = np.hypot(*points.T)
    beyond = np.maximum(away - NEAR_KM, 0)
    return points * (1 + beyond * (1 / FAR_SCALE - 1) / np.maximum(away, 1))[:, None]


def rounded(shape: BaseGeometry) -> BaseGeometry:
    """Round every vertex alike and drop what collapses; exteriors counter-clockwise."""
    moved = shapely.transform(shape, np.round)
    if not moved.is_valid:  # two edges met; a few vertices more keep them apart
        repaired = shapely.make_valid(shape, method="structure", keep_collapsed=False)
        moved = shapely.set_precision(repaired, 1.0)
    return shapely.orient_polygons(shapely.remove_repeated_points(moved), exterior_cw=False)


def collection(group: list[Piece]) -> str:
    """GeoJSON's own shape with one polygon a line, though the coordinates are kilometres."""
    parts: dict[tuple[str | None, str], list[shapely.Polygon]] = {}
    for piece in group:
        parts.setdefault((piece.iso3, piece.name), []).append(piece.shape)
    features = []
    for (iso3, name), polygons in parts.items():
        head = json.dumps({"iso3": iso3, "name": name}, ensure_ascii=False, separators=(",", ":"))
        body = ",\n".join(rings_json(polygon) for polygon in polygons)
        kind = "Polygon" if len(polygons) == 1 else "MultiPolygon"
        body = body if len(polygons) == 1 else f"[\n{body}\n]"
        features.append(
            f'{{"type":"Feature","properties":{head},\n'
            f'"geometry":{{"type":"{kind}","coordinates":{body}}}}}'
        )
    return '{"type":"FeatureCollection","features":[\n' + ",\n".join(features) + "\n]}\n"


def rings_json(polygon: shapely.Polygon) -> str:
    rings = [
        shapely.get_coordinates(ring).round().astype(int).tolist()
        for ring in (polygon.exterior, *polygon.interiors)
    ]
    return json.dumps(rings, separators=(",", ":"))


def report(index: dict[str, dict[str, dict[str, dict[str, int]]]], static: Path) -> None:
    """Delete files that the index no longer names, and say what is there."""
    named = {}
    for kind in index.values():
        for site_id, files in kind.items():
            views = {view: files[view] for view in (SHARED, *borders.VIEWS)}
            named.update({str(about["file"]): about["bytes"] for about in views.values()})
            sizes = ", ".join(
                f"{view} {about['bytes']:,} ({about['gzip_bytes']:,} gzipped)"
                for view, about in views.items()
            )
            print(f"{site_id}: {sizes}")
    for old in static.glob("land-*.json"):
        if old.name not in named:
            old.unlink()
    print(f"{len(named)} files, {sum(named.values()):,} bytes")


if __name__ == "__main__":
    main()
