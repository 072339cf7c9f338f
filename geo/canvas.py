"""What each of the four maps does to a Laydown: places, shapes, land and camera as deck.gl wants.

Job: `canvas` gives the map that a scenario asks for; a drawing then asks it where things lie.
Ban: no pydeck, no layers, no words; a colour or the place of a label is `legend`'s to choose.

Mercator and the globe take longitude and latitude. A flat map takes kilometres from its centre,
x to the right and y up, projected here and cut by the cap it shows.
"""

from __future__ import annotations

import json
import math
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from geo import borders, mesh, perspective, room
from geo.framing import framed, inverse_mercator, mercator
from geo.geodesy import Floats
from geo.laydown import Laydown
from geo.projection import (
    Projection,
    europe_equal_area,
    frame,
    globe_side,
    graticule,
    project,
    project_points,
    true_range,
)
from geo.room import Box
from geo.scenario import Framing, Projected, Scenario, spot

__all__ = [
    "HEIGHT_PX",
    "WIDTH_PX",
    "Canvas",
    "Flat",
    "Globe",
    "Mercator",
    "canvas",
    "chart",
    "places_shown",
]

#: Height of the map on the page; the framing is fitted to it.
HEIGHT_PX = 560
#: Width for which the framing is fitted; wider pages show more, narrower less.
WIDTH_PX = 600
#: Labels stay whole in a picture so much less wide and high: a page may be somewhat narrower.
RIM_PX = (40, 20)
#: Where Streamlit serves the folder ``static/``.
STATIC = "app/static/"
#: Thinning of lines for the screen, in degrees: at most 400 m on the ground, which with the 100 m
#: of the exact ring keeps what is drawn within 500 m.
SCREEN_DEG = 400 / 111_320
DECIMALS = 3
#: The same on a flat map, in kilometres; projecting strays by at most the first of them.
EDGE_KM, SCREEN_KM = 0.1, 0.4
#: A flat map is magnified no further than a pixel a kilometre: its land is thinned to some 8 km.
FLAT_MAX_ZOOM = 0.0
#: Grid of the flat maps: degrees from line to line, and how far a drawn line may stray, in km.
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
#: Names stand so far inside the horizon of the globe, as a cosine, or they would lean over it.
HORIZON_MARGIN = 0.1


class Canvas(ABC):
    """One map to draw on."""

    kind: Projected
    framing: Framing
    size_px: tuple[int, int]
    """Width and height in which the framing must fit; words keep their size."""
    #: Whether the map ends at a rim of its own.
    has_rim = False
    #: Settings that areas and words need on this map.
    area_settings: Mapping[str, Any] = {}
    edge_settings: Mapping[str, Any] = {}
    word_settings: Mapping[str, Any] = {}

    @property
    @abstractmethod
    def view(self) -> dict[str, Any]:
        """Type and settings of the deck.gl view."""

    @abstractmethod
    def camera(self) -> dict[str, Any]:
        """View state that shows the framing; constant, so that a toggle does not move the map."""

    @abstractmethod
    def sea(self) -> list[list[float]]:
        """Corners of what lies below the land."""

    def lines(self) -> dict[str, Any] | None:
        """Grid of meridians and parallels as a GeoJSON geometry, if the map has one."""
        return None

    @abstractmethod
    def land(self, view: str) -> list[str | dict[str, Any]]:
        """Files, by their address, or features that hold the land of a border view."""

    @abstractmethod
    def edges(self, view: str) -> str | bytes:
        """Mesh of the lines of `land`: a file, by its address, or its content."""

    @abstractmethod
    def names(self) -> str | list[dict[str, Any]]:
        """File, by its address, or rows of the names of countries and capitals."""

    @abstractmethod
    def spot(self, lon: float, lat: float, decimals: int = DECIMALS) -> list[float] | None:
        """Where a place lies; None if this map does not show it."""

    @abstractmethod
    def geometry(self, shape: BaseGeometry) -> dict[str, Any] | None:
        """GeoJSON geometry of a shape, thinned and rounded to what a screen can show."""

    @abstractmethod
    def is_cut(self, shape: BaseGeometry) -> bool:
        """Tell whether the map cuts the shape, so that its outline is not its edge."""

    @abstractmethod
    def label_spot(
        self, line: BaseGeometry, turn: int, words: str, taken: list[Box]
    ) -> list[float] | None:
        """Where the label of a line stands; None if the line is not in sight.

        Parameters
        ----------
        line
            In degrees.
        turn
            How many labels stand already; each prefers another direction.
        words
            The label.
        taken
            Room that other words take; where the map minds it, the label's own is added.
        """

    @abstractmethod
    def pixel(self, at: list[float]) -> tuple[float, float] | None:
        """Where a place, as `spot` gives it, lies in the picture; None if words need no room."""

    def bar(self) -> tuple[list[list[float]], float] | None:
        """Give a scale bar, both its ends and its kilometres; None where no bar is honest."""
        return None

    @property
    def room_px(self) -> tuple[float, float]:
        """Width and height in which labels stay whole."""
        return self.size_px[0] - RIM_PX[0], self.size_px[1] - RIM_PX[1]


@dataclass(frozen=True)
class Mercator(Canvas):
    """What people are used to."""

    framing: Framing
    size_px: tuple[int, int] = (WIDTH_PX, HEIGHT_PX)
    kind = "mercator"

    @property
    def view(self) -> dict[str, Any]:
        """As `Canvas` says."""
        return {"type": "MapView", "controller": True, "repeat": False}

    def camera(self) -> dict[str, Any]:
        """As `Canvas` says."""
        framing = self.framing
        north, south = mercator(framing.north), mercator(framing.south)
        across = self.size_px[0] * 360 / (framing.east - framing.west)
        down = self.size_px[1] * 360 / (north - south)
        zoom = round(math.log2(min(across, down) / 512), 3)
        return {
            "longitude": round((framing.west + framing.east) / 2, 3),
            "latitude": round(inverse_mercator((north + south) / 2), 3),
            "zoom": zoom,
            "min_zoom": 1 if zoom >= 1 else 0,
            "max_zoom": 8,
        }

    def sea(self) -> list[list[float]]:
        """As `Canvas` says."""
        return [[-180, -85], [180, -85], [180, 85], [-180, 85]]

    def land(self, view: str) -> list[str | dict[str, Any]]:
        """As `Canvas` says."""
        return [STATIC + borders.basemap(view)]

    def edges(self, view: str) -> str | bytes:
        """As `Canvas` says."""
        return STATIC + borders.edges(view, self.kind)

    def names(self) -> str | list[dict[str, Any]]:
        """As `Canvas` says."""
        return STATIC + borders.places()

    def spot(self, lon: float, lat: float, decimals: int = DECIMALS) -> list[float] | None:
        """As `Canvas` says."""
        return [round(lon, decimals), round(lat, decimals)]

    def geometry(self, shape: BaseGeometry) -> dict[str, Any] | None:
        """As `Canvas` says."""
        return _in_degrees(shape)

    def is_cut(self, shape: BaseGeometry) -> bool:
        """Tell whether the shape was cut at the antimeridian."""
        west, south, east, north = shape.bounds
        return bool(west <= -180 or east >= 180 or south <= -90 or north >= 90)

    def label_spot(
        self, line: BaseGeometry, turn: int, words: str, taken: list[Box]
    ) -> list[float] | None:
        """As `room.label_place` says, unless the words would be cut or meet those of a line."""
        place = room.label_place(line, self.framing, turn)
        if place is None:
            return None
        box = room.words_box(words, self._pixels(np.array([place]))[0].tolist())
        narrow = room.PHONE_PX / 2
        whole = max(-box[0], box[2]) <= narrow and max(-box[1], box[3]) <= self.size_px[1] / 2
        if whole and not room.crowding(box, taken):
            taken.append(box)
        else:
            points = shapely.get_coordinates(line)
            index = room.label_index(self._pixels(points), self.room_px, turn, words, taken)
            place = place if index is None else points[index].tolist()
        return [round(value, DECIMALS) for value in place]

    def pixel(self, at: list[float]) -> tuple[float, float] | None:
        """As `Canvas` says."""
        x, y = self._pixels(np.array([at]))[0].tolist()
        return x, y

    def _pixels(self, points: Floats) -> Floats:
        """Pixels from the middle of the picture, to the right and up, of degrees."""
        camera = self.camera()
        north = np.degrees(np.arcsinh(np.tan(np.radians(points[:, 1].clip(-89, 89)))))
        middle = camera["longitude"], mercator(camera["latitude"])
        plane = np.column_stack([points[:, 0], north]) - middle
        return np.asarray(plane * 512 * 2 ** camera["zoom"] / 360)


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
    has_rim = True

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
        return {
            "target": [round((left + right) / 2), round((bottom + top) / 2), 0],
            "zoom": round(min(math.log2(scale), FLAT_MAX_ZOOM), 3),
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

    def geometry(self, shape: BaseGeometry) -> dict[str, Any] | None:
        """As `Canvas` says."""
        plane = _on_plane(shape, self.chart)
        return None if plane.is_empty else _geojson(_thinned(plane, SCREEN_KM), 1)

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


@dataclass(frozen=True)
class Globe(Canvas):
    """The Earth from outside, as deck.gl's globe shows it from the framing's own place."""

    framing: Framing
    lon: float
    lat: float
    """What the camera looks at first, degrees; it cannot be read back once it is turned."""
    radius_px: float
    """Radius of the globe, at the scale of the middle of the picture."""
    size_px: tuple[int, int] = (WIDTH_PX, HEIGHT_PX)
    kind = "globe"
    # the land lies in the same surface as what is drawn on it, and words turn their backs
    area_settings = {"parameters": {"depthCompare": "always"}}  # noqa: RUF012 - read only
    edge_settings = {"parameters": {"depthCompare": "less-equal"}}  # noqa: RUF012 - read only
    word_settings = {  # noqa: RUF012 - read only
        "parameters": {"depthCompare": "always", "cullMode": "none"},
        "billboard": True,
    }

    @property
    def view(self) -> dict[str, Any]:
        """As `Canvas` says."""
        return {"type": "GlobeView", "controller": True}

    def camera(self) -> dict[str, Any]:
        """As `Canvas` says."""
        # deck.gl: a radius of 256 pixels at this zoom, so that the scale meets Mercator's
        zoom = math.log2(self.radius_px * math.pi * math.cos(math.radians(self.lat)) / 256)
        return {
            "longitude": round(self.lon, 3),
            "latitude": round(self.lat, 3),
            "zoom": round(zoom, 3),
            "min_zoom": -1,
            "max_zoom": 8,
        }

    def sea(self) -> list[list[float]]:
        """As `Canvas` says."""
        return [[-180, 90], [0, 90], [180, 90], [180, -90], [0, -90], [-180, -90]]

    def land(self, view: str) -> list[str | dict[str, Any]]:
        """As `Canvas` says."""
        return [STATIC + borders.basemap(view)]

    def edges(self, view: str) -> str | bytes:
        """As `Canvas` says; a little above the surface, which hides those of the far side."""
        return STATIC + borders.edges(view, self.kind)

    def names(self) -> str | list[dict[str, Any]]:
        """As `Canvas` says; those on the near side."""
        rows = borders.place_names()
        _, inside = self._seen(np.array([row["at"] for row in rows], dtype=float))
        return [_brief(row, row["at"]) for row, seen in zip(rows, inside, strict=True) if seen]

    def spot(self, lon: float, lat: float, decimals: int = DECIMALS) -> list[float] | None:
        """As `Canvas` says; nothing of the far side."""
        _, inside = self._seen(np.array([[lon, lat]]))
        return [round(lon, decimals), round(lat, decimals)] if inside[0] else None

    def geometry(self, shape: BaseGeometry) -> dict[str, Any] | None:
        """As `Canvas` says."""
        return _in_degrees(shape)

    def is_cut(self, shape: BaseGeometry) -> bool:
        """Tell whether the shape was cut at the antimeridian."""
        return Mercator(self.framing).is_cut(shape)

    def label_spot(
        self, line: BaseGeometry, turn: int, words: str, taken: list[Box]
    ) -> list[float] | None:
        """As `Canvas` says, on the near side."""
        points = shapely.get_coordinates(line)
        pixels, inside = self._seen(points)
        index = room.label_index(pixels[inside], self.room_px, turn, words, taken)
        if index is None:
            return None
        return [round(float(value), DECIMALS) for value in points[inside][index]]

    def pixel(self, at: list[float]) -> tuple[float, float] | None:
        """As `Canvas` says."""
        x, y = self._seen(np.array([at]))[0][0].tolist()
        return x, y

    @cached_property
    def side(self) -> Projection:
        """The cap of the near side: what lies before the horizon, less a margin."""
        horizon = perspective.horizon(self.radius_px, self.size_px[1]) + HORIZON_MARGIN
        return replace(globe_side(self.lon, self.lat), limit_km=math.acos(horizon) * _EARTH_KM)

    def _seen(self, points: Floats) -> tuple[Floats, np.ndarray]:
        """Pixels from the middle of the picture, shape (n, 2), and which are on the near side."""
        *_, inside = project_points(points[:, 0], points[:, 1], self.side)
        seen = perspective.from_eye(points, self.lon, self.lat)
        return perspective.pixels(seen, self.radius_px, self.size_px[1]), inside


def canvas(laydown: Laydown, size_px: tuple[int, int] = (WIDTH_PX, HEIGHT_PX)) -> Canvas:
    """Give the map that the Laydown's scenario asks for, its framing fitted to a size."""
    scenario = laydown.scenario
    framing = framed(laydown)
    if scenario.projection == "mercator":
        return Mercator(framing, size_px)
    points = places_shown(laydown)
    if scenario.projection == "globe":
        lon = (framing.west + framing.east) / 2
        middle = (mercator(framing.south) + mercator(framing.north)) / 2
        lat = inverse_mercator(middle)
        if scenario.framing == "shown":
            lon, lat = perspective.middle(points)
        radius_px = perspective.radius_px(points, lon, lat, size_px)
        return Globe(framing, lon, lat, radius_px, size_px)
    projection = chart(scenario)
    files: tuple[tuple[str, tuple[str, ...]], ...] = ()
    if scenario.projection == "equal-area" or spot(scenario.centre) is None:
        site_id = None if scenario.projection == "equal-area" else scenario.centre
        files = tuple((view, borders.projected(site_id, view).files) for view in borders.VIEWS)
    window = _window(points, projection)
    return Flat(scenario.projection, framing, projection, files, window, size_px)


def chart(scenario: Scenario) -> Projection:
    """Give the flat map that a scenario asks for.

    An area as centre is centred on the point that `borders.projected` names.

    Raises
    ------
    BordersError
        If no land was projected for the centre.
    """
    if scenario.projection == "equal-area":
        return europe_equal_area()
    where = spot(scenario.centre)
    if where is None:
        about = borders.projected(scenario.centre, scenario.borders)
        where = about.lon, about.lat
    return true_range(*where)


def places_shown(laydown: Laydown) -> Floats:
    """Longitudes and latitudes that a map must have in sight, shape (n, 2)."""
    if laydown.scenario.framing == "shown":
        return _shown(laydown)
    return _grid_of(framed(laydown))


def _grid_of(framing: Framing) -> Floats:
    """Places all over a framing, shape (n, 2)."""
    lon, lat = np.meshgrid(
        np.linspace(framing.west, framing.east, 41), np.linspace(framing.south, framing.north, 41)
    )
    return np.column_stack([lon.ravel(), lat.ravel()])


def _shown(laydown: Laydown) -> Floats:
    """Places of all that is drawn, shape (n, 2); the framing's if nothing is."""
    shapes = [mark.shape for mark in laydown.marks]
    shapes += [line for ring in laydown.rings for _, line in ring.edges]
    points = shapely.get_coordinates(shapes)
    return points if len(points) else _grid_of(framed(laydown))


def _window(points: Floats, projection: Projection) -> tuple[float, float, float, float]:
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
    rows = borders.place_names()
    at = np.array([row["at"] for row in rows], dtype=float)
    x, y, inside = project_points(at[:, 0], at[:, 1], projection)
    return [
        _brief(row, [round(float(x[index])), round(float(y[index]))])
        for index, row in enumerate(rows)
        if inside[index]
    ]


def _brief(row: Mapping[str, Any], at: list[float]) -> dict[str, Any]:
    """Give a row of the places file without what goes without saying."""
    told = {"kind": "capital"} if row["kind"] == "capital" else {"rank": row["rank"]}
    return {"at": at, "name": row["name"], **told}


@lru_cache(maxsize=16)
def _free_land(projection: Projection, view: str) -> dict[str, Any]:
    """Coarse land around any centre, as features; small enough to travel with the deck."""
    codes, shapes = [], []
    for iso3, _, geometry in borders.basemap_features(view):
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
    held = [borders.asset(name) for name in files] or [_free_land(projection, view)]
    shapes = shapely.from_geojson([json.dumps(one) for one in held])
    ends = mesh.outlines(shapes)
    return mesh.glb(np.dstack([ends, np.zeros(ends.shape[:2])]))


@lru_cache(maxsize=512)
def _in_degrees(shape: BaseGeometry) -> dict[str, Any]:
    """GeoJSON geometry in degrees, thinned and rounded to what a screen can show."""
    thin = shapely.simplify(shape, SCREEN_DEG, preserve_topology=True)
    rounded = shapely.transform(thin, lambda points: points.round(DECIMALS))
    geometry: dict[str, Any] = mapping(rounded)
    return geometry


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


_EARTH_KM = 6371.0
