"""The Mercator map: what people are used to.

Job: a `Canvas` in degrees, its framing fitted to the picture. Ban: as `canvas`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo import basemap, room
from geo.framing import inverse_mercator, mercator
from geo.geodesy import Floats
from geo.room import Box
from geo.scenario import Framing
from geo.surface import DECIMALS, HEIGHT_PX, STATIC, WIDTH_PX, Canvas, in_degrees

__all__ = ["Mercator"]


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

    def land(self, view: str) -> list[str | dict[str, Any]]:
        """As `Canvas` says."""
        return [STATIC + basemap.land(view)]

    def edges(self, view: str) -> str | bytes:
        """As `Canvas` says."""
        return STATIC + basemap.edges(view, self.kind)

    def names(self) -> str | list[dict[str, Any]]:
        """As `Canvas` says."""
        return STATIC + basemap.places()

    def spot(self, lon: float, lat: float, decimals: int = DECIMALS) -> list[float] | None:
        """As `Canvas` says."""
        return [round(lon, decimals), round(lat, decimals)]

    def geometry(self, shape: BaseGeometry, rough_km: float = 0.0) -> dict[str, Any] | None:  # noqa: ARG002 - edges stay straight in degrees
        """As `Canvas` says."""
        return in_degrees(shape)

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
