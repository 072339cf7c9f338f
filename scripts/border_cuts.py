"""Shapes for the borders: a disputed area cut out of its country, a shared border kept shared.

Coordinates keep 5 decimals (about 1.1 m), all rounded alike.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from scripts.border_decisions import CUTS, HOLES, Cut

DECIMALS = 5


@dataclass(frozen=True)
class Entity:
    """A record on its way from the source to the files."""

    code: str
    iso3: str | None
    name: str
    status: str
    note: str
    geometry: BaseGeometry


def repaired(shape: BaseGeometry) -> BaseGeometry:
    return shape if shape.is_valid else shapely.make_valid(shape, method="structure")


def rounded(shape: BaseGeometry, decimals: int) -> BaseGeometry:
    """Round every vertex alike and drop what collapses, so that a coverage stays one."""
    moved = shapely.transform(shape, lambda points: np.round(points, decimals))
    return repaired(shapely.remove_repeated_points(moved))


def km2(shape: BaseGeometry) -> float:
    """Rough area, for limits and messages only."""
    return float(shape.area * 12364 * np.cos(np.radians(shape.centroid.y)))


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


def land_holes(shapes: list[BaseGeometry]) -> list[shapely.Polygon]:
    land = shapely.get_parts(shapely.union_all(shapes))
    return [shapely.Polygon(ring) for part in land for ring in part.interiors]
