"""Maps of ``docs/method.md``: axes that show shapes given in degrees, and their page."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import shapely
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline
from matplotlib.patheffects import withStroke
from PIL import Image
from shapely.geometry.base import BaseGeometry

from geo import basemap, palette, projection, reach, shapes
from scripts.method_lines import (
    VIEW,
    Floats,
)

DPI = 100
FONT = "DejaVu Sans"  # ships with matplotlib
#: Points; at 400 pixels across, capitals are still 7 pixels high.
SIZE = 17.0
TRUE, PLAIN = palette.SIDE_COLOUR["NATO/US"], palette.SIDE_COLOUR["Iran"]
DASH = (0, (5, 3))
COLOURS = 48
Flatten = Callable[[Floats], Floats]
Box = tuple[float, float, float, float]


def plain(points: Floats) -> Floats:
    return points


class Map:
    """Axes that show shapes given in degrees, by one way of flattening them."""

    def __init__(self, page: Any, box: Box, flatten: Flatten | projection.Projection) -> None:
        self.axes = page.add_axes(box)
        self.axes.set_xticks([])
        self.axes.set_yticks([])
        self.axes.set_facecolor(palette.SEA)
        self.axes.spines[:].set(edgecolor=palette.LAND_EDGE, linewidth=1)
        self.flatten = flatten

    def show(self, west: float, east: float, south: float, north: float) -> None:
        """Frame in degrees, widened to fill the axes, and the land inside it."""
        (x0, y0), (x1, y1) = self.at((west, south)), self.at((east, north))
        wide, tall = self.axes.bbox.width, self.axes.bbox.height
        grow_x = max(0.0, (y1 - y0) * wide / tall - (x1 - x0)) / 2
        grow_y = max(0.0, (x1 - x0) * tall / wide - (y1 - y0)) / 2
        self.axes.set_xlim(x0 - grow_x, x1 + grow_x)
        self.axes.set_ylim(y0 - grow_y, y1 + grow_y)
        frame = shapely.box(west - 40, max(south - 25, -84), east + 40, min(north + 25, 90))
        self._land(shapely.intersection(frame, shapely.box(-180, -90, 180, 90)))

    def show_km(self, half_km: float) -> None:
        """Frame of a true-range map: so far from the centre to the nearer edges."""
        wide, tall = self.axes.bbox.width, self.axes.bbox.height
        least = min(wide, tall)
        self.axes.set_xlim(-half_km * wide / least, half_km * wide / least)
        self.axes.set_ylim(-half_km * tall / least, half_km * tall / least)
        self._land(None)

    def _land(self, frame: BaseGeometry | None) -> None:
        for _, _, geometry in basemap.features(VIEW):
            shape = geometry if frame is None else shapely.clip_by_rect(geometry, *frame.bounds)
            if shape.is_empty:
                continue
            self.fill(shape, facecolor=palette.LAND, edgecolor=palette.LAND_EDGE, linewidth=0.6)

    def at(self, point: tuple[float, float]) -> tuple[float, float]:
        """A position on the map."""
        x, y = shapely.get_coordinates(self.flat(shapely.Point(point)))[0]
        return float(x), float(y)

    def flat(self, shape: BaseGeometry) -> BaseGeometry:
        """A shape on the map."""
        if isinstance(self.flatten, projection.Projection):
            return shapes.project(shape, self.flatten, 3.0)
        return shapely.transform(shape, self.flatten)

    def fill(self, shape: BaseGeometry, **style: Any) -> None:
        """Draw areas, holes and all."""
        rings = [
            shapely.get_coordinates(ring)
            for polygon in shapely.get_parts(self.flat(shape))
            if polygon.geom_type == "Polygon"
            for ring in (polygon.exterior, *polygon.interiors)
        ]
        if rings:
            path = Outline.make_compound_path(*(Outline(ring, closed=True) for ring in rings))
            self.axes.add_artist(PathPatch(path, **style))  # add_patch would seek its bounds

    def line(self, shape: BaseGeometry, **style: Any) -> None:
        """Draw lines."""
        for part in shapely.get_parts(self.flat(shape)):
            self.axes.plot(*shapely.get_coordinates(part).T, **{"solid_capstyle": "butt"} | style)

    def area(self, shape: BaseGeometry, colour: str = TRUE, opaque: float = 0.12) -> None:
        """Draw a reach: filled lightly, with its edge."""
        self.fill(shape, facecolor=colour, alpha=opaque, linewidth=0)
        self.line(reach.outline(shape), color=colour, linewidth=2.6)

    def dot(self, point: tuple[float, float], size: float = 9) -> None:
        """Draw an origin."""
        x, y = self.at(point)
        self.axes.plot(
            [x], [y], "o", ms=size, color=palette.INK, mec=palette.HALO, mew=1.5, zorder=6
        )

    def word(
        self,
        text: str,
        point: tuple[float, float],
        shift: tuple[float, float] = (0, 0),
        align: str = "center",
        colour: str = palette.INK,
        **style: Any,
    ) -> None:
        """Write at a position in degrees, shifted by points, over a light halo."""
        self.axes.annotate(
            text, self.at(point), shift, textcoords="offset points", ha=align, va="center",
            color=colour, family=FONT, zorder=8, linespacing=1.15, annotation_clip=False,
            path_effects=[withStroke(linewidth=4, foreground=palette.HALO)],
            **{"size": SIZE} | style,
        )  # fmt: skip

    def title(self, text: str) -> None:
        """Write above the axes."""
        self.axes.set_title(text, size=SIZE, color=palette.INK, family=FONT, loc="left", pad=8)


def new_page(tall: float = 6.4) -> Any:
    canvas = FigureCanvasAgg(Figure(figsize=(10, tall), dpi=DPI, facecolor=palette.HALO))
    return canvas.figure


def png(page: Any) -> bytes:
    """The picture in few colours: a quarter of the size, and the same to look at."""
    file = io.BytesIO()
    page.savefig(file, format="png", dpi=DPI)
    few = Image.open(file).convert("RGB").quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=0)
    small = io.BytesIO()
    few.save(small, format="png", optimize=True)
    return small.getvalue()


FULL: Box = (0.005, 0.01, 0.99, 0.98)
LEFT: Box = (0.005, 0.01, 0.485, 0.9)
RIGHT: Box = (0.51, 0.01, 0.485, 0.9)
