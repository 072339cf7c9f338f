"""Distances in kilometres and miles, written on the rings of a picture.

Job: each on its own line, all of one size, clear of symbols, names and one another. Ban: no words
of its own.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import product
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
#: And whether it meets no line but its own.
Placed = tuple[Label, bool]

#: Words, colour, and the lines on which they found no place.
Failed = tuple[str, str, list[BaseGeometry]]

#: A line: its figure, its origin and its distance in km.
Key = tuple[str, str, float]

#: Shares of their size at which the labels are tried.
SCALES = (1.0, 0.88, 0.76, 0.66)
#: Places tried along a ring.
TRIES = 240
#: Beside a line: places it may start from, how far it may be in units of the format, its sizes.
STARTS, BESIDE, BESIDE_SCALES = 48, (0.5, 1.0, 1.5, 2.0, 3.0, 4.0), (0.88, 0.76, 0.66)
_SIDES = np.array([(1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0)])
#: Longest label in one line, as a share of the map's width.
ONE_LINE = 0.4
#: Most of its own line that a label may hide: one that hides more is set beside it.
OWN_HIDDEN = 0.18


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


def rings(sheet: Sheet, laydown: Laydown, written: Written) -> None:
    """Write distances on the lines, all of one size: the largest at which all have a clear place.

    Without one it is that at which fewest have none. Labels for which their lines have no room
    stand close beside them, at the end of a thin line. What has no room there either, or lies out
    of sight, is told as not labelled.
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
        if best is None or _poor(tried) <= _poor(best):  # the smaller hides less
            best = (*tried, list(written.taken))
        if not any(_poor(best)):
            break
    assert best is not None  # noqa: S101 - there are scales to try
    labels, failed, written.taken = best
    written.texts += [board.word(sheet, *label, ground=True) for label, _ in labels]
    for words, colour, tried_on in failed:
        if not any(_beside(sheet, line, (words, colour), others, written) for line in tried_on):
            written.unlabelled.append(words.replace("\n", " "))


def _poor(tried: tuple[Any, ...]) -> tuple[int, int]:
    """How many labels have no place, and how many meet a line that is not theirs."""
    return len(tried[1]), sum(not clear for _, clear in tried[0])


def _beside(
    sheet: Sheet, line: BaseGeometry, said: tuple[str, str], others: _Lines, written: Written
) -> bool:
    """Write a label as near to its line as there is room, off all lines; tell whether there was.

    Farther off it would seem to name what it stands on.
    """
    words, colour = said
    frame = shapely.box(*board.frame(sheet))
    seen = shapely.intersection(line, frame)
    points = shapely.get_coordinates(shapely.segmentize(seen, board.px(sheet, sheet.unit)))
    starts = np.repeat(points[:: max(1, len(points) // STARTS)], len(_SIDES), axis=0)
    sides = np.tile(_SIDES, (len(starts) // len(_SIDES), 1))
    taken = shapely.union_all([shapely.box(*box) for box in written.taken])
    for scale, away in product(BESIDE_SCALES, BESIDE):
        half = np.array(board.extent(sheet, words, sheet.unit * NAME * scale)) / 2
        near = starts + sides * board.px(sheet, sheet.unit * away)
        middle = near + sides * half
        boxes = np.asarray(shapely.box(*(middle - half).T, *(middle + half).T))
        joined = shapely.union(boxes, shapely.linestrings(np.stack([starts, near], axis=1)))
        free = shapely.covers(frame, joined) & ~shapely.intersects(joined, taken)
        free &= ~others.met(None, boxes)
        for index in np.flatnonzero(free)[:1]:
            x, y = middle[index].tolist()
            written.taken.append(shapely.bounds(boxes[index]).tolist())
            written.texts.append(
                board.word(sheet, words, (x, y), sheet.unit * NAME * scale, colour)
            )
            board.line(sheet, near[index], starts[index], colour)
            return True
    return False


def _labels(
    sheet: Sheet,
    laydown: Laydown,
    drawn: tuple[Mapping[Key, BaseGeometry], _Lines],
    size: float,
    written: Written,
) -> tuple[list[Placed], list[Failed]]:
    """Labels of all rings that find a place, and those that do not.

    Figures alike, and a figure drawn from several origins, are labelled once.
    """
    lines, others = drawn
    labels: list[Placed] = []
    failed: dict[tuple[str, float], Failed] = {}
    done: set[tuple[str, float]] = set()
    for ring in laydown.rings:
        for distance_km, _ in ring.edges:
            words = legend.ring_label(ring, distance_km, named=legend.names_needed(laydown))
            key = words, distance_km
            if key in done:
                continue
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
) -> Placed | None:
    """Place a label on a line, off what else it tells of if it can be; None without a place.

    As far as can be in the direction of its turn.
    """
    (line, met), (words, size, colour) = on, said
    points = shapely.get_coordinates(shapely.segmentize(line, board.px(sheet, sheet.unit)))
    left, bottom, right, top = board.frame(sheet)
    seen = shapely.simplify(shapely.intersection(line, shapely.box(left, bottom, right, top)), 0.5)
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
        boxes = np.asarray(shapely.box(*rims))
        free &= shapely.length(shapely.intersection(boxes, seen)) <= OWN_HIDDEN * seen.length
        if not free.any():
            continue
        clear = free & ~met(boxes)
        index = int(np.flatnonzero(clear if clear.any() else free)[0])
        written.taken.append(tuple(float(rim[index]) for rim in rims))  # type: ignore[arg-type]
        at = float(here[index][0]), float(here[index][1])
        return (text, at, size, colour), bool(clear.any())
    return None


def _ways(sheet: Sheet, words: str, size: float) -> list[str]:
    """How a ring's label can be set: in one line unless it is long, in two or three."""
    head, _, tail = words.partition(": ")
    distance, _, basis = words.rpartition(" · ")
    ways = [words]
    if distance:
        ways.append(f"{head}:\n{tail}" if tail else f"{distance}\n{basis}")
        if tail:
            ways.append(f"{head}:\n" + "\n".join(tail.rsplit(" · ", 1)))
    left, _, right, _ = board.frame(sheet)
    if board.extent(sheet, words, size)[0] > (right - left) * ONE_LINE:
        return [*ways[1:], ways[0]]
    return ways
