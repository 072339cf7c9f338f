"""The globe, as deck.gl shows it from the framing's own place.

Job: a `Canvas` in degrees that knows its near side. Ban: as `canvas`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo import basemap, perspective, room
from geo.geodesy import Floats
from geo.mercator import Mercator
from geo.projection import Projection, globe_side, project_points
from geo.room import Box
from geo.scenario import Framing
from geo.surface import DECIMALS, HEIGHT_PX, STATIC, WIDTH_PX, Canvas, brief, in_degrees

__all__ = ["Globe"]

#: Names stand so far inside the horizon of the globe, as a cosine, or they would lean over it.
HORIZON_MARGIN = 0.1
EARTH_KM = 6371.0


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

    def land(self, view: str) -> list[str | dict[str, Any]]:
        """As `Canvas` says."""
        return [STATIC + basemap.land(view)]

    def edges(self, view: str) -> str | bytes:
        """As `Canvas` says; a little above the surface, which hides those of the far side."""
        return STATIC + basemap.edges(view, self.kind)

    def names(self) -> str | list[dict[str, Any]]:
        """As `Canvas` says; those on the near side."""
        rows = basemap.place_names()
        _, inside = self._seen(np.array([row["at"] for row in rows], dtype=float))
        return [brief(row, row["at"]) for row, seen in zip(rows, inside, strict=True) if seen]

    def spot(self, lon: float, lat: float, decimals: int = DECIMALS) -> list[float] | None:
        """As `Canvas` says; nothing of the far side."""
        _, inside = self._seen(np.array([[lon, lat]]))
        return [round(lon, decimals), round(lat, decimals)] if inside[0] else None

    def geometry(self, shape: BaseGeometry, rough_km: float = 0.0) -> dict[str, Any] | None:  # noqa: ARG002 - edges stay straight in degrees
        """As `Canvas` says."""
        return in_degrees(shape)

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
        return replace(globe_side(self.lon, self.lat), limit_km=math.acos(horizon) * EARTH_KM)

    def _seen(self, points: Floats) -> tuple[Floats, np.ndarray]:
        """Pixels from the middle of the picture, shape (n, 2), and which are on the near side."""
        *_, inside = project_points(points[:, 0], points[:, 1], self.side)
        seen = perspective.from_eye(points, self.lon, self.lat)
        return perspective.pixels(seen, self.radius_px, self.size_px[1]), inside
