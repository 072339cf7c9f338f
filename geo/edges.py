"""Edges of shapes as pairs of places, and points along them.

Job: a shape to its straight pieces in longitude and latitude. Ban: as `nearest`.
"""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely.geometry.base import BaseGeometry

from geo.geodesy import Floats

__all__ = ["Indices", "cut", "edges", "with_open_ends"]

Indices = NDArray[np.intp]


def cut(start: Floats, end: Floats, step_m: ArrayLike) -> tuple[Floats, Indices]:
    """Points along edges: each start, and what cuts the edge into pieces no longer than a step.

    Parameters
    ----------
    start, end
        Degrees, shape (n, 2).
    step_m
        Metres, one or shape (n,).

    Returns
    -------
    Points, shape (m, 2), and the edge that each belongs to, shape (m,). The ends are not included.
    """
    shrink = np.cos(np.radians(np.minimum(np.abs(start[:, 1]), np.abs(end[:, 1]))))
    # a line along a pole is one place
    shrink = np.where(np.abs(start[:, 1] + end[:, 1]) == 180, 0.0, shrink)
    length_m = np.hypot((end[:, 0] - start[:, 0]) * shrink, end[:, 1] - start[:, 1]) * 111_700
    pieces = np.ceil(length_m / step_m).astype(int).clip(min=1)
    edge = np.repeat(np.arange(len(start)), pieces)
    share = (np.arange(len(edge)) - np.repeat(np.cumsum(pieces) - pieces, pieces)) / pieces[edge]
    return start[edge] + (end - start)[edge] * share[:, None], edge


def edges(shape: BaseGeometry) -> tuple[Floats, Floats]:
    """Starts and ends, degrees, shape (n, 2) each, of all edges of a shape; a point is one edge.

    Polygons give their rings; collections the edges of their parts.
    """
    parts = shapely.get_parts(shape)
    while (shapely.get_type_id(parts) > 3).any():  # multi-shapes within a collection
        parts = shapely.get_parts(parts)
    areas = shapely.get_type_id(parts) == 3
    lines = np.concatenate([parts[~areas], shapely.get_rings(parts[areas])])
    corners, line = shapely.get_coordinates(lines, return_index=True)
    alone = np.bincount(line)[line] == 1
    joined = np.append(line[1:] == line[:-1], False)
    following = np.arange(len(corners)) + joined
    kept = joined | alone
    return corners[kept], corners[following][kept]


def with_open_ends(start: Floats, end: Floats) -> tuple[Floats, Floats]:
    """Edges, and the end of every line that is not closed, which starts none, as one more."""
    lasts = np.flatnonzero(np.append((end[:-1] != start[1:]).any(axis=1), True))
    firsts = np.append(0, lasts[:-1] + 1)
    opened = lasts[(end[lasts] != start[firsts]).any(axis=1)]
    return (
        np.insert(start, opened + 1, end[opened], axis=0),
        np.insert(end, opened + 1, end[opened], axis=0),
    )
