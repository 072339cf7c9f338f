"""Distances in kilometres and miles, written on the rings of a picture.

Job: each on its own line, all of one size, clear of symbols, names and one another. Ban: no words
of its own.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo import board, flatness, legend, palette, room
from geo.board import NAME, Box, Written
from geo.gazetteer import City
from geo.laydown import Laydown
from geo.overlap import Key, Overlap
from geo.plot import Sheet

__all__ = ["rings"]

#: Words, place in pixels, size in points, colour.
Label = tuple[str, tuple[float, float], float, str]
#: And how much of the other lines it hides, in pixels.
Placed = tuple[Label, float]

#: Words, colour, and the lines on which they found no place.
Failed = tuple[str, str, list[BaseGeometry]]

#: Shares of their size at which the labels are tried, but none of fewer points than this.
SCALES, LEAST_PT = (1.0, 0.88, 0.76, 0.66), 5.6
#: The largest labels that hide hardly more than the smallest: so many times as much, and units.
HARDLY_MORE = 1.2, 2.0
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
class _Try:
    """Labels of one size."""

    size: float
    placed: list[Placed]
    failed: list[Failed]
    taken: list[Box]

    @property
    def hidden_px(self) -> float:
        """What all of them hide."""
        return sum(px for _, px in self.placed)


def rings(sheet: Sheet, laydown: Laydown, written: Written, capitals: Sequence[City] = ()) -> None:
    """Write distances on the lines, all of one size: the largest that hides hardly anything more.

    What counts is how much of other lines the labels hide, and how many capitals.
    Labels for which their lines have no room stand close beside them, at the end of a thin line.
    What has no room there either, or lies out of sight, is told as not labelled.
    """
    lines = {
        (ring.figure.id, ring.origin.id, distance_km): _on_page(sheet, line)
        for ring in laydown.rings
        for distance_km, line in ring.edges
    }
    px = board.px(sheet, sheet.unit)
    others = Overlap(lines, _dots(sheet, capitals), px)
    before = list(written.taken)
    tries: list[_Try] = []
    for size in (sheet.unit * NAME * scale for scale in SCALES):
        if tries and size < LEAST_PT:
            break
        written.taken = list(before)
        placed, failed = _labels(sheet, laydown, (lines, others), size, written)
        tries.append(_Try(size, placed, failed, list(written.taken)))
        if not failed and not tries[-1].hidden_px:
            break
    fewest = min(len(one.failed) for one in tries)
    tries = [one for one in tries if len(one.failed) == fewest]
    times, more = HARDLY_MORE
    most_px = min(one.hidden_px for one in tries) * times + px * more
    chosen = next(one for one in tries if one.hidden_px <= most_px)
    written.taken = chosen.taken
    written.texts += [board.word(sheet, *label, ground=True) for label, _ in chosen.placed]
    for words, colour, tried_on in chosen.failed:
        said = words, tries[-1].size, colour
        if any(_beside(sheet, line, (words, colour), others, written) for line in tried_on):
            continue
        hides = partial(others.hidden, None)
        on_lines = (_on_line(sheet, (line, hides), said, 0, written, 1) for line in tried_on)
        found = next((one for one in on_lines if one is not None), None)
        if found is None:
            written.unlabelled.append(words.replace("\n", " "))
        else:  # better on its line, though it hides much of it, than nowhere
            written.texts.append(board.word(sheet, *found[0], ground=True))


def _dots(sheet: Sheet, capitals: Sequence[City]) -> shapely.STRtree:
    """Capitals that the map can show, as points in pixels."""
    places = np.array([(city.lon, city.lat) for city in capitals]).reshape(-1, 2)
    spots = sheet.plane.spots(places)
    seen = board.pixels(sheet, spots[np.isfinite(spots).all(axis=1)])
    return shapely.STRtree([shapely.Point(at) for at in seen.tolist()])


def _beside(
    sheet: Sheet, line: BaseGeometry, said: tuple[str, str], others: Overlap, written: Written
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
        room_left = np.flatnonzero(free)
        for index in room_left[others.spared(boxes[room_left])][:1]:
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
    drawn: tuple[Mapping[Key, BaseGeometry], Overlap],
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
            on = lines[own], partial(others.hidden, own)
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
        label = _on_line(sheet, (circles[-1], partial(others.hidden, None)), flat, turn, written)
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
    own_hidden: float = OWN_HIDDEN,
) -> Placed | None:
    """Place a label on a line where it hides least of all else; None without a place.

    Of places alike it takes that farthest in the direction of its turn.
    """
    (line, hides), (words, size, colour) = on, said
    points = shapely.get_coordinates(shapely.segmentize(line, board.px(sheet, sheet.unit)))
    left, bottom, right, top = board.frame(sheet)
    seen = shapely.simplify(shapely.intersection(line, shapely.box(left, bottom, right, top)), 0.5)
    angle = math.radians(room.LABEL_DIRECTIONS[turn % len(room.LABEL_DIRECTIONS)])
    best: tuple[float, str, Any, Any] | None = None
    for text in _ways(sheet, words, size):
        wide, tall = board.extent(sheet, text, size)
        pad = board.px(sheet, size * 0.2)
        half = np.array([wide / 2 + pad, tall / 2 + pad])
        inside = (points - half > (left, bottom)) & (points + half < (right, top))
        here = points[inside.all(axis=1)]
        if not len(here):
            continue
        along = here @ np.array([math.cos(angle), math.sin(angle)])
        here = here[np.argsort(-along, kind="stable")][:: max(1, len(here) // TRIES)]
        rims = np.hstack([here - half, here + half])
        here, rims = (
            kept[[not board.meets(box, written.taken) for box in rims.tolist()]]
            for kept in (here, rims)
        )
        boxes = np.asarray(shapely.box(*rims.T))
        shown = shapely.length(shapely.intersection(boxes, seen)) <= own_hidden * seen.length
        if not shown.any():
            continue
        hidden = np.where(shown, hides(boxes), np.inf)
        index = int(np.argmin(hidden))
        if best is None or hidden[index] < best[0]:
            best = float(hidden[index]), text, here[index], rims[index]
        if best[0] == 0:
            break
    if best is None:
        return None
    hidden_px, text, (x, y), rim = best
    written.taken.append(tuple(rim.tolist()))
    return (text, (float(x), float(y)), size, colour), hidden_px


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
