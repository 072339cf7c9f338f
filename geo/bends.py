"""Lines that a map bends: vertices added until every chord is close to its line.

Job: lines straight in longitude and latitude to lines in kilometres, by bisection. Ban: knows no
projection but as a function; cuts and joins nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo.geodesy import Floats

__all__ = ["Integers", "drawn", "edges"]

Integers = NDArray[np.signedinteger[Any]]
#: Edges longer than this are bisected unasked; a shorter one cannot bend both ways by much.
_LONGEST_DEG = 5.0
_MOST_BISECTIONS = 20


def edges(points: Floats, offsets: Integers) -> Integers:
    """Index of the first vertex of every edge."""
    is_edge = np.ones(len(points), dtype=bool)
    is_edge[np.asarray(offsets[1:]) - 1] = False
    return np.flatnonzero(is_edge)


def drawn(
    points: Floats,
    offsets: Integers,
    forward: Callable[[Floats], Floats],
    tolerance_km: float,
) -> tuple[Floats, Integers]:
    """Vertices on the map, with as many more as the tolerance needs.

    Parameters
    ----------
    points
        Vertices of lines one after another, degrees, shape (n, 2).
    offsets
        Index of the first vertex of each line, and n, shape (lines + 1,).
    forward
        Degrees, shape (m, 2), to kilometres, of the same shape.
    tolerance_km
        How far a chord may stray from the line that is straight in longitude and latitude.

    Returns
    -------
    Vertices in kilometres, and the offsets among them.
    """
    plane = forward(points)
    places, more = _between(points, plane, edges(points, offsets), forward, tolerance_km)
    keys = np.concatenate([np.arange(len(points), dtype=float), *places])
    order = np.argsort(keys)
    return np.concatenate([plane, *more])[order], np.searchsorted(keys[order], offsets)


def _between(
    points: Floats,
    plane: Floats,
    firsts: Integers,
    forward: Callable[[Floats], Floats],
    tolerance_km: float,
) -> tuple[list[Floats], list[Floats]]:
    """Vertices to insert, by bisection of the edges that bend.

    The middle of two vertices is the same whichever comes first, so that a border of two
    countries stays one line.

    Returns
    -------
    For each round, where each new vertex goes (index of the edge and share of its length, as one
    number), and its place in the plane.
    """
    keys: list[Floats] = []
    places: list[Floats] = []
    key, share = firsts.astype(float), 1.0
    start, end = points[firsts], points[firsts + 1]
    from_km, to_km = plane[firsts], plane[firsts + 1]
    for _ in range(_MOST_BISECTIONS):
        doubtful = _may_bend(start, end, from_km, to_km, tolerance_km)
        key, start, end = key[doubtful], start[doubtful], end[doubtful]
        from_km, to_km = from_km[doubtful], to_km[doubtful]
        if not key.size:
            break
        middle = (start + end) / 2
        at_km = forward(middle)
        bent = _off_km(from_km, to_km, at_km) > tolerance_km
        bent |= np.abs(end - start).max(axis=1) > _LONGEST_DEG
        share /= 2
        middle, at_km = middle[bent], at_km[bent]
        keys.append(key[bent] + share)
        places.append(at_km)
        start = np.concatenate([start[bent], middle])
        end = np.concatenate([middle, end[bent]])
        from_km = np.concatenate([from_km[bent], at_km])
        to_km = np.concatenate([at_km, to_km[bent]])
        key = np.concatenate([key[bent], key[bent] + share])
    return keys, places


def _may_bend(
    start: Floats, end: Floats, from_km: Floats, to_km: Floats, tolerance_km: float
) -> NDArray[np.bool_]:
    """Edges that may leave their chord by more than the tolerance.

    A line straight in degrees turns by at most twice the tangent of its latitude a radius, and
    the map by at most four times a radius more.
    """
    highest = np.maximum(np.abs(start[:, 1]), np.abs(end[:, 1])).clip(max=89.0)
    chord_km = np.hypot(*(to_km - from_km).T)
    bulge_km = chord_km**2 / (8 * 6371) * (2 * np.tan(np.radians(highest)) + 4)
    long = np.abs(end - start).max(axis=1) > 1
    return np.asarray((bulge_km > tolerance_km) | long)


def _off_km(start: Floats, end: Floats, point: Floats) -> Floats:
    """Distance of each point from its segment."""
    along = end - start
    squared = (along**2).sum(axis=1)
    share = ((point - start) * along).sum(axis=1) / np.where(squared > 0, squared, 1.0)
    nearest = start + along * share.clip(0, 1)[:, None]
    return np.asarray(np.hypot(*(point - nearest).T))
