"""Room for words in a picture: where a label stands so that it covers least.

Job: boxes in pixels. Ban: no drawing, no colour, no map projection but Mercator's northing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.framing import mercator
from geo.geodesy import Floats
from geo.scenario import Framing

__all__ = [
    "DOT_PX",
    "PHONE_PX",
    "SYMBOL_PX",
    "Box",
    "crowding",
    "cut_off",
    "label_index",
    "label_place",
    "words_box",
]

#: Directions, in degrees from east, in which the labels of successive rings stand.
LABEL_DIRECTIONS = (72, 128, 50, 150, 90, 170, 20, 200)


def label_place(line: BaseGeometry, framing: Framing, turn: int) -> tuple[float, float] | None:
    """Where the label of a ring stands: the point of its line farthest in some direction.

    Parameters
    ----------
    line
        Edge of the ring, lon lat.
    framing
        Part of the world shown; a label keeps away from its rim.
    turn
        How many labels stand already; each takes another direction, so that they spread.

    Returns
    -------
    Longitude and latitude, or None if the line is not in sight.
    """
    inset_x = (framing.east - framing.west) * 0.18
    inset_y = (framing.north - framing.south) * 0.02
    points = [
        (lon, lat)
        for lon, lat in shapely.get_coordinates(line).tolist()
        if framing.west + inset_x < lon < framing.east - inset_x
        and framing.south + inset_y < lat < framing.north - inset_y
    ]
    if not points:
        return None
    angle = math.radians(LABEL_DIRECTIONS[turn % len(LABEL_DIRECTIONS)])
    lon, lat = max(
        points, key=lambda at: at[0] * math.cos(angle) + mercator(at[1]) * math.sin(angle)
    )
    return lon, lat


#: Room of words in a picture: left, bottom, right and top, in pixels from its middle.
Box = tuple[float, float, float, float]

#: Width of a character, of the rim on both sides, and height of a line of a label, in pixels, as
#: browsers draw the house font at 14 pixels.
CHARACTER_PX, RIM_PX, LINE_PX = 6.1, 8.0, 19.0
#: Room that a symbol takes on each side of its place, in pixels.
SYMBOL_PX = 11.0
#: And a dot, such as one that ranges are measured from.
DOT_PX = 6.0


def words_box(
    words: str, at: tuple[float, float], anchor: str = "middle", shift: Sequence[float] = (0, 0)
) -> Box:
    """Room of a label.

    Parameters
    ----------
    words
        One line or more.
    at
        Its place, in pixels from the middle of the picture, to the right and up.
    anchor
        What of the label stands there: ``start``, ``middle`` or ``end``.
    shift
        Pixels to the right and down.
    """
    lines = words.split("\n")
    wide, tall = max(map(len, lines)) * CHARACTER_PX + RIM_PX, len(lines) * LINE_PX
    left = at[0] + shift[0] - wide * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
    bottom = at[1] - shift[1] - tall / 2
    return left, bottom, left + wide, bottom + tall


def crowding(box: Box, taken: Sequence[Box]) -> float:
    """How much of what stands already a label would cover, in square pixels."""
    return sum(
        max(0.0, min(box[2], other[2]) - max(box[0], other[0]))
        * max(0.0, min(box[3], other[3]) - max(box[1], other[1]))
        for other in taken
    )


#: Width of a picture, in pixels, that is the whole of what a screen shows.
NARROW_PX = 450


def cut_off(box: Box, size_px: tuple[int, int]) -> float:
    """How much of a label the rim of a picture cuts off, in square pixels.

    Left and right of a narrow picture it counts threefold: a word without its head is worse than
    two that touch, and of others a wide page shows more.
    """
    wide, tall = box[2] - box[0], box[3] - box[1]
    half = size_px[1] / 2
    above = max(0.0, -half - box[1]) + max(0.0, box[3] - half)
    cut = above * wide if max(abs(box[1]), abs(box[3])) < 2 * half else 0.0
    half = size_px[0] / 2
    beside = max(0.0, -half - box[0]) + max(0.0, box[2] - half)
    if max(abs(box[0]), abs(box[2])) < 2 * half:
        cut += (3 if size_px[0] <= NARROW_PX else 1) * beside * tall
    return cut


def label_index(
    points: Floats, picture: tuple[float, float], turn: int, words: str, taken: list[Box]
) -> int | None:
    """Where the label of a line stands in a picture: which of its points.

    The point farthest in the direction of its turn at which the whole label is in the picture and
    meets nothing; if it meets something everywhere, where it covers least.

    Parameters
    ----------
    points
        Of the line, in pixels from the middle of the picture, x right and y up, shape (n, 2).
    picture
        Its width and height.
    turn
        As `label_place`.
    words
        The label.
    taken
        Room that is taken; that of the label is added.

    Returns
    -------
    Index of the point, or None if none is in sight.
    """
    _, _, right, top = words_box(words, (0.0, 0.0))
    x, y = points[:, 0], points[:, 1]
    # a label wider than the picture may leave it, evenly
    room = max(picture[0] / 2 - right, picture[0] * 0.04), picture[1] / 2 - top
    inside = np.flatnonzero((np.abs(x) < room[0]) & (np.abs(y) < room[1]))
    if not inside.size:
        return None
    angle = math.radians(LABEL_DIRECTIONS[turn % len(LABEL_DIRECTIONS)])
    along = x[inside] * math.cos(angle) + y[inside] * math.sin(angle)
    inside = inside[np.argsort(-along, kind="stable")]
    boxes = [
        words_box(words, at) for at in zip(x[inside].tolist(), y[inside].tolist(), strict=True)
    ]
    covered = [crowding(box, taken) + _beyond_phone(box) for box in boxes]
    best = covered.index(min(covered))
    taken.append(boxes[best])
    return int(inside[best])


#: Width of the map on a phone, in pixels: it shows the middle of the picture, cut left and right.
PHONE_PX = 350.0


def _beyond_phone(box: Box) -> float:
    """How much of a label a phone cuts off, in square pixels; covering another counts far more."""
    cut = max(0.0, -PHONE_PX / 2 - box[0]) + max(0.0, box[2] - PHONE_PX / 2)
    return 0.02 * cut * (box[3] - box[1])
