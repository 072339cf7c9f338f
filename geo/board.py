"""The map as words are written on it: pixels, room that is taken, and the words themselves.

Job: what `names` and `distances` share. Ban: no choice of a place.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike

from geo import palette, plot
from geo.geodesy import Floats
from geo.paragraph import FONT
from geo.plot import Sheet

__all__ = [
    "NAME",
    "Box",
    "Weight",
    "Written",
    "extent",
    "frame",
    "in_sight",
    "line",
    "meets",
    "pixels",
    "px",
    "word",
]

#: Left, bottom, right and top, in pixels of the picture.
Box = tuple[float, float, float, float]
Weight = Literal["bold", "normal"]

#: Size of names of sites and of distances, in units of the format.
NAME = 1.0


@dataclass
class Written:
    """What was written, and what found no place."""

    texts: list[Any] = field(default_factory=list)
    taken: list[Box] = field(default_factory=list)
    """Room that symbols and words take."""
    symbols: tuple[Box, ...] = ()
    """That of the symbols."""
    unnamed: list[str] = field(default_factory=list)
    """Names of sites in sight for which there was no room."""
    unlabelled: list[str] = field(default_factory=list)
    """Rings of which no line is in sight, or whose label found no place."""


def pixels(sheet: Sheet, plane: Floats) -> Floats:
    """Places given in metres, in pixels of the picture."""
    return np.asarray(sheet.axes.transData.transform(plane))


def frame(sheet: Sheet, rim: float = 0.25) -> Box:
    """The map, less a rim in units of the format that words keep clear of."""
    axes = sheet.axes
    corners = pixels(sheet, np.column_stack([axes.get_xlim(), axes.get_ylim()]))
    inset = px(sheet, sheet.unit * rim)
    (left, bottom), (right, top) = corners.tolist()
    return left + inset, bottom + inset, right - inset, top - inset


def px(sheet: Sheet, points: float) -> float:
    """A length in points, in pixels."""
    return points * float(sheet.axes.figure.dpi) / plot.POINTS_PER_INCH


def in_sight(sheet: Sheet, x: float, y: float) -> bool:
    """Tell whether a place given in pixels lies on the map."""
    left, bottom, right, top = frame(sheet, rim=0)
    return left < x < right and bottom < y < top


def meets(box: Box, others: Iterable[Box]) -> bool:
    """Tell whether a box overlaps any other."""
    return any(
        box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
        for other in others
    )


def extent(sheet: Sheet, text: str, size: float, weight: Weight = "bold") -> tuple[float, float]:
    """Width and height of words, in pixels, as they will be drawn."""
    return _extent(text, size, weight, float(sheet.axes.figure.dpi))


@lru_cache(maxsize=8192)
def _extent(text: str, size: float, weight: Weight, dpi: float) -> tuple[float, float]:
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - takes a second
    from matplotlib.figure import Figure  # noqa: PLC0415

    canvas = FigureCanvasAgg(Figure(figsize=(1, 1), dpi=dpi))
    style: dict[str, Any] = {"size": size, "weight": weight, "family": FONT}
    words = canvas.figure.text(0, 0, text, multialignment="center", parse_math=False, **style)
    box = words.get_window_extent(canvas.get_renderer())
    return float(box.width), float(box.height)


def word(
    sheet: Sheet,
    text: str,
    at: tuple[float, float],
    size: float,
    colour: str,
    *,
    ground: bool = False,
    weight: Weight = "bold",
) -> Any:
    """Write at a place given in pixels, over a halo or on a light ground."""
    from matplotlib.patheffects import Stroke  # noqa: PLC0415 - takes a second

    x, y = sheet.axes.transData.inverted().transform(at)
    style = {
        "size": size,
        "weight": weight,
        "family": FONT,
        "ha": "center",
        "va": "center",
        "multialignment": "center",
        "parse_math": False,
    }
    if ground:
        under = {"boxstyle": "square,pad=0.14", "fc": palette.HALO, "ec": "none", "alpha": 0.85}
        return sheet.axes.text(x, y, text, color=colour, bbox=under, zorder=6, **style)
    # a halo of its own: with one in the same text, SVG and PDF would have outlines for letters
    stroke = [Stroke(linewidth=size * 0.24, foreground=palette.HALO)]
    sheet.axes.text(x, y, text, color=palette.HALO, path_effects=stroke, zorder=5.9, **style)
    return sheet.axes.text(x, y, text, color=colour, zorder=6, **style)


def line(
    sheet: Sheet, near: ArrayLike, at: ArrayLike, colour: str, width: float | None = None
) -> None:
    """Draw a straight line between two places in pixels, such as from words to what they name."""
    ends = sheet.axes.transData.inverted().transform(np.array([near, at]))
    thick = sheet.unit * 0.09 if width is None else width
    sheet.axes.plot(*ends.T, color=colour, linewidth=thick, solid_capstyle="butt", zorder=4.5)
