"""Distances in kilometres and miles, written on the rings of a picture.

Job: each on its own line, all of one size, clear of symbols, names and one another. Ban: no words
of its own.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo import board, flatness, legend, palette, room
from geo.board import NAME, Written
from geo.laydown import Laydown
from geo.plot import Sheet

__all__ = ["rings"]

#: Words, place in pixels, size in points, colour.
Label = tuple[str, tuple[float, float], float, str]

#: Words, colour, and the lines on which they found no place.
Failed = tuple[str, str, list[BaseGeometry]]

#: A line: its figure, its origin and its distance in km.
Key = tuple[str, str, float]

#: Shares of their size at which the labels are tried.
SCALES = (1.0, 0.88, 0.76, 0.66)
#: Places tried along a ring.
TRIES = 240
#: Longest label in one line, as a share of the map's width.
ONE_LINE = 0.4


@dataclass(frozen=True)
class _Lines:
    """All lines on the page, to be asked what meets them."""

    keys: list[Key]
    tree: shapely.STRtree

    def met(self, own: Key | None, boxes: Any) -> Any:
        """Tell which boxes meet a line other than one's own."""
        box, line = self.tree.query(boxes, predicate="intersects")
        found = np.zeros(len(boxes), dtype=bool)
        found[[one for one, at in zip(box, line, strict=True) if self.keys[at] != own]] = True
        return found


def rings(
    sheet: Sheet, laydown: Laydown, written: Written
) -> list[tuple[str, tuple[float, float], str]]:
    """Write distances on the lines, all of one size, the largest at which each has a place.

    Returns
    -------
    Words, place and colour of those for which their lines have no room: to be written beside. What
    lies out of sight is told as not labelled.
    """
    lines = {
        (ring.figure.id, ring.origin.id, distance_km): _on_page(sheet, line)
        for ring in laydown.rings
        for distance_km, line in ring.edges
    }
    others = _Lines(list(lines), shapely.STRtree(list(lines.values())))
    before, best = list(written.taken), None
    for scale in SCALES:
        written.taken = list(before)
        tried = _labels(sheet, laydown, (lines, others), sheet.unit * NAME * scale, written)
        if best is None or len(tried[1]) < len(best[1]):
            best = (*tried, list(written.taken))
        if not best[1]:
            break
    assert best is not None  # noqa: S101 - there are scales to try
    labels, failed, written.taken = best
    written.texts += [board.word(sheet, *label, ground=True) for label in labels]
    beside = []
    for words, colour, tried_on in failed:
        at = _middle(sheet, tried_on)
        if at is None:
            written.unlabelled.append(words)
        else:
            beside.append((words, at, colour))
    return beside


def _middle(sheet: Sheet, lines: list[BaseGeometry]) -> tuple[float, float] | None:
    """A place in the middle of the longest part of some lines in sight, in pixels."""
    seen = shapely.intersection(lines, shapely.box(*board.frame(sheet, rim=1)))
    parts = [part for part in shapely.get_parts(seen) if part.length > 0]
    if not parts:
        return None
    longest = max(parts, key=lambda part: float(part.length))
    middle = shapely.line_interpolate_point(longest, 0.5, normalized=True)
    return float(middle.x), float(middle.y)


def _labels(
    sheet: Sheet,
    laydown: Laydown,
    drawn: tuple[Mapping[Key, BaseGeometry], _Lines],
    size: float,
    written: Written,
) -> tuple[list[Label], list[Failed]]:
    """Labels of all rings that find a place, and those that do not.

    A figure drawn from several origins is labelled once.
    """
    lines, others = drawn
    labels: list[Label] = []
    failed: dict[tuple[str, float], Failed] = {}
    done: set[tuple[str, float]] = set()
    for ring in laydown.rings:
        for distance_km, _ in ring.edges:
            key = ring.figure.id, distance_km
            if key in done:
                continue
            words = legend.ring_label(ring, distance_km, named=legend.names_needed(laydown))
            colour = sheet.tone(palette.SIDE_COLOUR[ring.system.side])
            own = ring.figure.id, ring.origin.id, distance_km
            on = lines[own], partial(others.met, own)
            label = _on_line(sheet, on, (words, size, colour), len(done), written)
            if label is None:
                before = failed[key][2] if key in failed else []
                failed[key] = words, colour, [*before, lines[own]]
            else:
                labels.append(label)
                done.add(key)
    turn = len(done) + palette.FLAT_TURN
    flat, circles = (legend.FLAT_LABEL, size, sheet.tone(palette.FLAT)), []
    for circle in flatness.circles(laydown) if laydown.scenario.flat else ():
        circles.append(_on_page(sheet, circle.line))
        label = _on_line(sheet, (circles[-1], partial(others.met, None)), flat, turn, written)
        labels += [label] if label is not None else []
        done |= {(legend.FLAT_LABEL, 0.0)} if label is not None else set()
        turn += 1
    if circles:  # one that is labelled tells of the others
        failed[legend.FLAT_LABEL, 0.0] = flat[0], flat[2], circles
    return labels, [said for key, said in failed.items() if key not in done]


def _on_page(sheet: Sheet, line: BaseGeometry) -> BaseGeometry:
    """A line in pixels."""
    return shapely.transform(sheet.put(line), lambda points: board.pixels(sheet, points))


def _on_line(
    sheet: Sheet,
    on: tuple[BaseGeometry, Callable[[Any], Any]],
    said: tuple[str, float, str],
    turn: int,
    written: Written,
) -> Label | None:
    """Place a label on a line, off what else it tells of if it can be; None without a place.

    As far as can be in the direction of its turn.
    """
    (line, met), (words, size, colour) = on, said
    points = shapely.get_coordinates(shapely.segmentize(line, board.px(sheet, sheet.unit)))
    left, bottom, right, top = board.frame(sheet)
    for text in _ways(sheet, words, size):
        wide, tall = board.extent(sheet, text, size)
        pad = board.px(sheet, size * 0.2)
        half_x, half_y = wide / 2 + pad, tall / 2 + pad
        x, y = points.T
        whole = (x - half_x > left) & (x + half_x < right) & (y - half_y > bottom)
        here = points[whole & (y + half_y < top)]
        if not len(here):
            continue
        angle = math.radians(room.LABEL_DIRECTIONS[turn % len(room.LABEL_DIRECTIONS)])
        along = here @ np.array([math.cos(angle), math.sin(angle)])
        here = here[np.argsort(-along, kind="stable")][:: max(1, len(here) // TRIES)]
        rims = here[:, 0] - half_x, here[:, 1] - half_y, here[:, 0] + half_x, here[:, 1] + half_y
        free = np.array([not board.meets(box, written.taken) for box in zip(*rims, strict=True)])
        if not free.any():
            continue
        clear = free & ~met(shapely.box(*rims))
        index = int(np.flatnonzero(clear if clear.any() else free)[0])
        written.taken.append(tuple(float(rim[index]) for rim in rims))  # type: ignore[arg-type]
        at = float(here[index][0]), float(here[index][1])
        return text, at, size, colour
    return None


def _ways(sheet: Sheet, words: str, size: float) -> list[str]:
    """How a ring's label can be set: in one line unless it is long, in two or three."""
    head, _, tail = words.partition(": ")
    distance, _, basis = words.rpartition(" · ")
    ways = [words]
    if basis:
        ways.append(f"{head}:\n{tail}" if tail else f"{distance}\n{basis}")
        if tail:
            ways.append(f"{head}:\n" + "\n".join(tail.rsplit(" · ", 1)))
    left, _, right, _ = board.frame(sheet)
    if board.extent(sheet, words, size)[0] > (right - left) * ONE_LINE:
        return [*ways[1:], ways[0]]
    return ways
