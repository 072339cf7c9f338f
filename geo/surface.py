"""What any of the four maps tells a drawing: places, shapes, land and camera as deck.gl wants them.

Job: the questions, and what Mercator and the globe, which take degrees, answer alike.
Ban: as `canvas`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from geo.room import Box
from geo.scenario import Framing, Projected

__all__ = ["DECIMALS", "HEIGHT_PX", "STATIC", "WIDTH_PX", "Canvas", "brief", "in_degrees"]

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


class Canvas(ABC):
    """One map to draw on."""

    kind: Projected
    framing: Framing
    size_px: tuple[int, int]
    """Width and height in which the framing must fit; words keep their size."""
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

    def sea(self) -> list[list[float]] | None:
        """Corners of what lies below the land; None where the file of the land has it."""
        return None

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
    def geometry(self, shape: BaseGeometry, rough_km: float = 0.0) -> dict[str, Any] | None:
        """GeoJSON geometry of a shape, thinned and rounded to what a screen can show.

        Where the shape is an illustration, a plane may bend its edges as roughly as `rough_km`.
        """

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


def brief(row: Mapping[str, Any], at: list[float]) -> dict[str, Any]:
    """Give a row of the places file without what goes without saying."""
    kind = {"kind": "capital"} if row["kind"] == "capital" else {}
    return {"at": at, "name": row["name"], "rank": row["rank"], "px": row["px"], **kind}


@lru_cache(maxsize=512)
def in_degrees(shape: BaseGeometry) -> dict[str, Any]:
    """GeoJSON geometry in degrees, thinned and rounded to what a screen can show."""
    thin = shapely.simplify(shape, SCREEN_DEG, preserve_topology=True)
    rounded = shapely.transform(thin, lambda points: points.round(DECIMALS))
    geometry: dict[str, Any] = mapping(rounded)
    return geometry
