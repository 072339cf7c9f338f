"""The flat maps, true range and equal area: a plane in kilometres.

Job: a `Canvas` x to the right and y up from its centre, projected here and cut by the cap it shows.
Ban: as `canvas`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from geo import basemap, mesh, room
from geo.geodesy import Floats
from geo.projection import Projection, project_points
from geo.room import Box
from geo.scenario import Framing, Projected
from geo.shapes import frame, graticule, project
from geo.surface import HEIGHT_PX, STATIC, WIDTH_PX, Canvas, brief

__all__ = ["Flat", "window"]

#: Thinning of lines for the screen, in kilometres; projecting strays by at most the first of them.
EDGE_KM, SCREEN_KM = 0.1, 0.4
#: A flat map is magnified no further than a pixel a kilometre: its land is thinned to some 8 km.
FLAT_MAX_ZOOM = 0.0
#: Grid: degrees from line to line, and how far a drawn line may stray, in km.
GRID_DEG: Mapping[str, float] = {"true range": 30.0, "Europe equal area": 15.0}
GRID_KM, RIM_KM = 10.0, 6.0
#: Land around a centre that is not the catalogue's, which travels with the deck: thinned to the
#: square root of this area at a vertex, islands under this many square kilometres left out.
FREE_KM, FREE_ISLAND_KM2 = 20.0, 5_000.0
#: Lengths of a scale bar, and how long it is at most on the screen.
BAR_KM, MOST_BAR_PX = (100, 200, 500, 1000, 2000, 5000), 130.0
#: Countries smaller than this in the picture have their capital's name only.
LEAST_COUNTRY_PX = 10.0
KM_PER_DEG = 111.3


@dataclass(frozen=True)
class Flat(Canvas):
    """A plane in kilometres: true range from a centre, or equal area."""

    kind: Projected
    framing: Framing
    chart: Projection
    files: tuple[tuple[str, tuple[str, ...]], ...]
    """Border view and its land files; none for a centre that is not the catalogue's."""
    window: tuple[float, float, float, float]
    """Left, bottom, right and top of what the framing shows, kilometres."""
    size_px: tuple[int, int] = (WIDTH_PX, HEIGHT_PX)

    @property
    def view(self) -> dict[str, Any]:
        """As `Canvas` says."""
        return {"type": "OrthographicView", "controller": True, "flip_y": False}

    def camera(self) -> dict[str, Any]:
        """As `Canvas` says."""
        left, bottom, right, top = self.window
        wide, tall = self.size_px
        scale = min(wide / (right - left), tall / (top - bottom))
        whole = min(wide, tall) / (2 * _rim_km(self.chart))
        zoom = round(min(math.log2(scale), FLAT_MAX_ZOOM), 3)
        return {
            "target": [round((left + right) / 2), round((bottom + top) / 2), 0],
            "zoom": zoom,
            # once a reader has zoomed, deck.gl's view has these too, and they lead
            "zoom_x": zoom,
            "zoom_y": zoom,
            "min_zoom": round(math.log2(whole) - 0.3, 3),
            "max_zoom": FLAT_MAX_ZOOM,
        }

    def sea(self) -> list[list[float]]:
        """As `Canvas` says."""
        return _disc(self.chart)

    def lines(self) -> dict[str, Any] | None:
        """As `Canvas` says."""
        return _grid(self.chart)

    def land(self, view: str) -> list[str | dict[str, Any]]:
        """As `Canvas` says; one file that both border views share, and the rest of this one."""
        if not self.files:
            return [_free_land(self.chart, view)]
        return [STATIC + name for name in dict(self.files)[view]]

    def edges(self, view: str) -> str | bytes:
        """As `Canvas` says; made of this map's own land."""
        return _flat_edges(self.chart, view, dict(self.files).get(view, ()))

    def names(self) -> str | list[dict[str, Any]]:
        """As `Canvas` says; those in the picture."""
        rows = _flat_names(self.chart)
        pixels = self._pixels(np.array([row["at"] for row in rows]))
        wide, tall = self.room_px
        inside = (np.abs(pixels[:, 0]) < wide / 2) & (np.abs(pixels[:, 1]) < tall / 2)
        least = (LEAST_COUNTRY_PX / (KM_PER_DEG * 2 ** self.camera()["zoom"])) ** 2
        return [
            row
            for row, seen in zip(rows, inside.tolist(), strict=True)
            if seen and row.get("rank", least) >= least
        ]

    def spot(self, lon: float, lat: float, decimals: int = 1) -> list[float] | None:  # noqa: ARG002 - degrees only
        """As `Canvas` says, to a tenth of a kilometre whatever the decimals."""
        x, y, inside = project_points(lon, lat, self.chart)
        return [_tenth(x[0]), _tenth(y[0])] if inside[0] else None

    def geometry(self, shape: BaseGeometry, rough_km: float = 0.0) -> dict[str, Any] | None:
        """As `Canvas` says."""
        plane = _on_plane(shape, self.chart)
        thin = _thinned(plane, max(SCREEN_KM, rough_km))
        return None if plane.is_empty else _geojson(thin, 0 if rough_km else 1)

    def is_cut(self, shape: BaseGeometry) -> bool:
        """Tell whether the shape reaches the rim of the map."""
        points = shapely.get_coordinates(_on_plane(shape, self.chart))
        return bool(len(points) and np.hypot(*points.T).max() > _rim_km(self.chart) - 2)

    def label_spot(
        self, line: BaseGeometry, turn: int, words: str, taken: list[Box]
    ) -> list[float] | None:
        """As `Canvas` says."""
        points = shapely.get_coordinates(_on_plane(line, self.chart))
        index = room.label_index(self._pixels(points), self.room_px, turn, words, taken)
        return None if index is None else [_tenth(value) for value in points[index]]

    def pixel(self, at: list[float]) -> tuple[float, float] | None:
        """As `Canvas` says."""
        x, y = self._pixels(np.array([at]))[0].tolist()
        return x, y

    def bar(self) -> tuple[list[list[float]], float]:
        """As `Canvas` says; below at the left of the picture, on a phone too."""
        camera = self.camera()
        px = 2.0 ** camera["zoom"]
        km = max(length for length in BAR_KM if length * px <= MOST_BAR_PX or length == BAR_KM[0])
        x = camera["target"][0] - (room.PHONE_PX / 2 - 14) / px
        y = camera["target"][1] - (self.size_px[1] / 2 - 14) / px
        return [[round(x), round(y)], [round(x) + km, round(y)]], km

    def _pixels(self, plane: Floats) -> Floats:
        """Pixels from the middle of the picture, to the right and up, of kilometres."""
        camera = self.camera()
        return np.asarray((plane - np.array(camera["target"][:2])) * 2 ** camera["zoom"])


def window(points: Floats, projection: Projection) -> tuple[float, float, float, float]:
    """Left, bottom, right and top, in kilometres, of places on a flat map; at least 400 km."""
    x, y, inside = project_points(points[:, 0], points[:, 1], projection)
    if not inside.any():  # the framing lies beyond the rim: show the whole map
        rim = _rim_km(projection)
        return -rim, -rim, rim, rim
    x, y = x[inside], y[inside]
    middle = (x.min() + x.max()) / 2, (y.min() + y.max()) / 2
    half = max((x.max() - x.min()) / 2, 200), max((y.max() - y.min()) / 2, 200)
    return (
        float(middle[0] - half[0]),
        float(middle[1] - half[1]),
        float(middle[0] + half[0]),
        float(middle[1] + half[1]),
    )


@lru_cache(maxsize=1024)
def _on_plane(shape: BaseGeometry, projection: Projection) -> BaseGeometry:
    return project(shape, projection, EDGE_KM)


@lru_cache(maxsize=64)
def _rim_km(projection: Projection) -> float:
    """Least distance of the rim from the centre."""
    return float(np.hypot(*shapely.get_coordinates(frame(projection)).T).min())


@lru_cache(maxsize=64)
def _disc(projection: Projection) -> list[list[float]]:
    """Corners of the map."""
    ring = shapely.simplify(frame(projection), RIM_KM)
    return [[round(x), round(y)] for x, y in shapely.get_coordinates(ring).tolist()]


@lru_cache(maxsize=64)
def _grid(projection: Projection) -> dict[str, Any]:
    return _geojson(shapely.simplify(graticule(projection, GRID_DEG[projection.kind]), GRID_KM), 0)


@lru_cache(maxsize=64)
def _flat_names(projection: Projection) -> list[dict[str, Any]]:
    """Rows of the places file, in kilometres."""
    rows = basemap.place_names()
    at = np.array([row["at"] for row in rows], dtype=float)
    x, y, inside = project_points(at[:, 0], at[:, 1], projection)
    return [
        brief(row, [round(float(x[index])), round(float(y[index]))])
        for index, row in enumerate(rows)
        if inside[index]
    ]


@lru_cache(maxsize=16)
def _free_land(projection: Projection, view: str) -> dict[str, Any]:
    """Coarse land around any centre, as features; small enough to travel with the deck."""
    codes, shapes = [], []
    for iso3, _, geometry in basemap.features(view):
        plane = project(geometry, projection, FREE_KM / 4)
        parts = sorted(shapely.get_parts(plane), key=lambda part: -part.area)
        kept = [part for part in parts[1:] if part.area > FREE_ISLAND_KM2]
        if parts:
            codes.append(iso3)
            shapes.append(shapely.MultiPolygon([parts[0], *kept]))
    thin = shapely.coverage_simplify(np.array(shapes), FREE_KM)
    features = [
        {"type": "Feature", "geometry": _geojson(shape, 0), "properties": {"iso3": iso3}}
        for iso3, shape in zip(codes, thin, strict=True)
        if not shape.is_empty
    ]
    return {"type": "FeatureCollection", "features": features}


@lru_cache(maxsize=16)
def _flat_edges(projection: Projection, view: str, files: tuple[str, ...]) -> bytes:
    """Lines of the land in files under ``static/``, or of a free centre's, as a mesh."""
    held = [basemap.asset(name) for name in files] or [_free_land(projection, view)]
    shapes = shapely.from_geojson([json.dumps(one) for one in held])
    ends = mesh.outlines(shapes)
    return mesh.glb(np.dstack([ends, np.zeros(ends.shape[:2])]))


def _thinned(plane: BaseGeometry, tolerance_km: float) -> BaseGeometry:
    return shapely.simplify(plane, tolerance_km, preserve_topology=True)


def _geojson(plane: BaseGeometry, decimals: int) -> dict[str, Any]:
    """GeoJSON's shape in kilometres, whole numbers without a decimal point: half the bytes."""
    shape = mapping(plane)
    return {"type": shape["type"], "coordinates": _short(shape["coordinates"], decimals)}


def _short(values: Any, decimals: int) -> Any:
    if isinstance(values, float):
        number = round(values, decimals)
        return int(number) if number == int(number) else number
    return [_short(value, decimals) for value in values]


def _tenth(value: float) -> float:
    return round(float(value), 1)
