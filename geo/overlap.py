"""What a label would hide of the lines and capitals of a picture.

Job: boxes to the length of line under each. Ban: as `distances`; chooses no place.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.edges import edges
from geo.geodesy import Floats

__all__ = ["Key", "Overlap"]

#: A line: its figure, its origin and its distance in km.
Key = tuple[str, str, float]

#: What counts beside the length of other lines that is hidden, in units of the format: to meet one
#: at all, which makes it doubtful whose the label is, and to hide a capital.
MEETING, CAPITAL = 3.0, 0.5


class Overlap:
    """All lines on the page, to be asked what meets them, edge by edge.

    A whole line has thousands of corners, and most boxes meet a few of its edges.

    Parameters
    ----------
    lines
        Each by its key, in pixels.
    dots
        Capitals, as points in pixels: a label over one hides it, and leaves its name no room.
    unit_px
        The unit of the format.
    """

    def __init__(self, lines: Mapping[Key, BaseGeometry], dots: shapely.STRtree, unit_px: float):
        self._keys = list(lines)
        ends = [edges(line) for line in lines.values()]
        self._line = np.repeat(np.arange(len(ends)), [len(start) for start, _ in ends])
        none = np.empty((0, 2))
        self._start = np.concatenate([none, *(start for start, _ in ends)])
        self._end = np.concatenate([none, *(end for _, end in ends)])
        pieces = np.asarray(shapely.linestrings(np.stack([self._start, self._end], axis=1)))
        self._tree = shapely.STRtree(pieces)
        self._dots = dots
        self._unit_px = unit_px

    def hidden(self, own: Key | None, boxes: Any) -> Floats:
        """How much each box hides of lines other than one's own, and else, in pixels.

        Boxes are polygons, shape (n,); so is the answer.
        """
        box, edge = self._tree.query(boxes, predicate="intersects")
        if own is not None:
            other = self._line[edge] != self._keys.index(own)
            box, edge = box[other], edge[other]
        under = _within_px(self._start[edge], self._end[edge], shapely.bounds(boxes)[box])
        met = np.unique(np.stack([box, self._line[edge]]), axis=1)[0]
        dots = self._dots.query(boxes)[0]
        lines = np.bincount(box, under, minlength=len(boxes))
        return np.asarray(
            lines
            + np.bincount(met, minlength=len(boxes)) * MEETING * self._unit_px
            + np.bincount(dots, minlength=len(boxes)) * CAPITAL * self._unit_px
        )

    def spared(self, boxes: Any) -> Any:
        """Tell of each box whether it hides nothing."""
        met = [*self._tree.query(boxes, predicate="intersects")[0], *self._dots.query(boxes)[0]]
        return ~np.isin(np.arange(len(boxes)), met)


def _within_px(start: Floats, end: Floats, bounds: Floats) -> Floats:
    """Length of each edge within its own box (Liang and Barsky's parts along it), in pixels."""
    along = end - start
    with np.errstate(divide="ignore", invalid="ignore"):
        at = (bounds.reshape(-1, 2, 2) - start[:, None]) / along[:, None]
    # an edge along an axis stays where it is across it: it met the box, so it is between its sides
    enters = np.where(along == 0, 0.0, at.min(axis=1)).max(axis=1).clip(min=0)
    leaves = np.where(along == 0, 1.0, at.max(axis=1)).min(axis=1).clip(max=1)
    return np.asarray((leaves - enters).clip(min=0) * np.hypot(*along.T))
