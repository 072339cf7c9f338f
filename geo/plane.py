"""The plane a picture is drawn on: places and shapes to metres, in the projection of the scenario.

Job: `plane` gives the map that a scenario asks for, as cartopy knows it and with the window that
shows the framing. Ban: no drawing, no words.

Mercator is that of web maps; true range, equal area and the globe (orthographic here) come from
`projection`, so that the picture and the page agree to the metre.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo import basemap, canvas
from geo.framing import framed
from geo.geodesy import Floats
from geo.laydown import Laydown
from geo.projection import Projection, orthographic, project_points
from geo.shapes import frame, graticule, project

__all__ = ["Chart", "Mercator", "Plane", "Window", "plane"]

#: Left, right, bottom and top in metres on the map.
Window = tuple[float, float, float, float]

EARTH_M = 6_378_137.0  # of web maps' sphere
#: Where web maps end.
HIGHEST_DEG = 85.05
#: How far a drawn edge may stray, kilometres on the map.
TOLERANCE_KM = 0.5
#: Degrees from line to line of the grid.
GRID_DEG = {"true range": 30.0, "Europe equal area": 15.0, "orthographic": 15.0}
#: Least width and height of a window, metres.
LEAST_M = 400_000.0


class Plane(ABC):
    """A map to draw on."""

    @abstractmethod
    def crs(self) -> Any:
        """The projection as cartopy knows it, for its axes."""

    @abstractmethod
    def put(self, shape: BaseGeometry) -> BaseGeometry:
        """A shape given in degrees, in metres on the map; empty if it is not on it."""

    @abstractmethod
    def spots(self, points: Floats) -> Floats:
        """Places given in degrees, shape (n, 2), in metres; NaN where they are not on the map."""

    @abstractmethod
    def window(self, aspect: float) -> Window:
        """What is shown: the framing, widened to a ratio of width to height."""

    @abstractmethod
    def land(self, view: str) -> tuple[tuple[str | None, BaseGeometry], ...]:
        """Countries of a border view: ISO code and shape in metres."""

    def rim(self) -> BaseGeometry | None:
        """Outline of the map, if it ends before its window does."""
        return None

    def grid(self) -> BaseGeometry | None:
        """Meridians and parallels, if the map has them."""
        return None


@dataclass(frozen=True)
class Mercator(Plane):
    """What people are used to."""

    west: float
    south: float
    east: float
    north: float
    """What must be in sight, degrees."""

    def crs(self) -> Any:
        """As `Plane` says."""
        from cartopy.crs import GOOGLE_MERCATOR  # noqa: PLC0415 - takes a second

        return GOOGLE_MERCATOR

    def put(self, shape: BaseGeometry) -> BaseGeometry:
        """As `Plane` says."""
        return shapely.transform(shape, self.spots)

    def spots(self, points: Floats) -> Floats:
        """As `Plane` says; what lies beyond web maps' last latitude is put on it."""
        lat = np.radians(points[:, 1].clip(-HIGHEST_DEG, HIGHEST_DEG))
        return np.column_stack([np.radians(points[:, 0]), np.arcsinh(np.tan(lat))]) * EARTH_M

    def window(self, aspect: float) -> Window:
        """As `Plane` says, kept on the map where it can be."""
        corners = self.spots(np.array([[self.west, self.south], [self.east, self.north]]))
        (west, south), (east, north) = corners.tolist()
        left, right, bottom, top = _widened(west, east, south, north, aspect)
        limit = float(np.pi * EARTH_M)
        return (*_kept(left, right, limit), *_kept(bottom, top, limit))

    def land(self, view: str) -> tuple[tuple[str | None, BaseGeometry], ...]:
        """As `Plane` says."""
        return _mercator_land(view)


@dataclass(frozen=True)
class Chart(Plane):
    """A plane from `projection`: true range, equal area, or the near side of the globe."""

    projection: Projection
    least: tuple[float, float, float, float]
    """Left, right, bottom and top of what must be in sight, metres."""

    def crs(self) -> Any:
        """As `Plane` says."""
        from cartopy import crs  # noqa: PLC0415 - takes a second

        kinds = {
            "true range": crs.AzimuthalEquidistant,
            "Europe equal area": crs.LambertAzimuthalEqualArea,
            "orthographic": crs.Orthographic,
        }
        return kinds[self.projection.kind](self.projection.lon, self.projection.lat)

    def put(self, shape: BaseGeometry) -> BaseGeometry:
        """As `Plane` says."""
        return _on_chart(shape, self.projection)

    def spots(self, points: Floats) -> Floats:
        """As `Plane` says."""
        x, y, _ = project_points(points[:, 0], points[:, 1], self.projection)
        return np.column_stack([x, y]) * 1000

    def window(self, aspect: float) -> Window:
        """As `Plane` says, kept within the rim where it can be."""
        left, right, bottom, top = _widened(*self.least, aspect)
        west, south, east, north = _rim(self.projection).bounds
        limit = max(east, north, -west, -south) * 1.03
        return (*_kept(left, right, limit), *_kept(bottom, top, limit))

    def land(self, view: str) -> tuple[tuple[str | None, BaseGeometry], ...]:
        """As `Plane` says."""
        return _chart_land(self.projection, view)

    def rim(self) -> BaseGeometry | None:
        """As `Plane` says."""
        return _rim(self.projection)

    def grid(self) -> BaseGeometry | None:
        """As `Plane` says."""
        return _grid(self.projection)


def plane(laydown: Laydown) -> Plane:
    """Give the map that a Laydown's scenario asks for."""
    scenario = laydown.scenario
    if scenario.projection == "mercator":
        framing = framed(laydown)
        return Mercator(framing.west, framing.south, framing.east, framing.north)
    if scenario.projection == "globe":
        eye = canvas.canvas(laydown)
        assert isinstance(eye, canvas.Globe)  # noqa: S101 - for the type checker
        projection = orthographic(eye.lon, eye.lat)
    else:
        projection = canvas.chart(scenario)
    points = canvas.places_shown(laydown)
    x, y, inside = project_points(points[:, 0], points[:, 1], projection)
    if not inside.any():
        west, south, east, north = _rim(projection).bounds
        return Chart(projection, (west, east, south, north))
    x, y = x[inside] * 1000, y[inside] * 1000
    return Chart(projection, (float(x.min()), float(x.max()), float(y.min()), float(y.max())))


def _widened(left: float, right: float, bottom: float, top: float, aspect: float) -> Window:
    """Widen a window about its middle to a ratio of width to height."""
    wide, tall = max(right - left, LEAST_M), max(top - bottom, LEAST_M)
    half_x, half_y = max(wide, tall * aspect) / 2, max(tall, wide / aspect) / 2
    x, y = (left + right) / 2, (bottom + top) / 2
    return x - half_x, x + half_x, y - half_y, y + half_y


def _kept(low: float, high: float, limit: float) -> tuple[float, float]:
    """Shift a span into the map; one that is wider than the map is centred on it."""
    if high - low >= 2 * limit:
        half = (high - low) / 2
        return -half, half
    shift = max(0.0, -limit - low) - max(0.0, high - limit)
    return low + shift, high + shift


def _metres(shape: BaseGeometry) -> BaseGeometry:
    return shapely.transform(shape, lambda points: points * 1000)


@lru_cache(maxsize=256)
def _on_chart(shape: BaseGeometry, projection: Projection) -> BaseGeometry:
    return _metres(project(shape, projection, TOLERANCE_KM))


@lru_cache(maxsize=32)
def _rim(projection: Projection) -> BaseGeometry:
    return _metres(shapely.Polygon(frame(projection)))


@lru_cache(maxsize=32)
def _grid(projection: Projection) -> BaseGeometry:
    return _metres(graticule(projection, GRID_DEG[projection.kind]))


@lru_cache(maxsize=4)
def _mercator_land(view: str) -> tuple[tuple[str | None, BaseGeometry], ...]:
    whole = Mercator(-180, -60, 180, 80)
    rows = basemap.features(view)
    return tuple((iso3, whole.put(shape)) for iso3, _, shape in rows)


@lru_cache(maxsize=16)
def _chart_land(projection: Projection, view: str) -> tuple[tuple[str | None, BaseGeometry], ...]:
    rows = basemap.features(view)
    shapes = ((iso3, _metres(project(shape, projection, TOLERANCE_KM))) for iso3, _, shape in rows)
    return tuple((iso3, shape) for iso3, shape in shapes if not shape.is_empty)
