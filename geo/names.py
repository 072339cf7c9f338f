"""Names of sites, areas and capitals on the map of a picture.

Job: each beside its symbol or at the end of a thin line, placed by textalloc; capitals only where
they need no line. No name is cut and none meets another. Ban: no words of its own.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely

from geo import board, legend, palette, plot, wording
from geo.board import NAME, Box, Weight, Written
from geo.gazetteer import City
from geo.geodesy import Floats
from geo.laydown import Laydown, Mark
from geo.plot import Sheet

__all__ = ["areas", "capitals", "sites", "symbols"]

#: Size of names of capitals and of their dots, in units of the format, and the most of them.
CAPITAL, DOT, MOST_CAPITALS = 0.78, 0.2, 60


@dataclass(frozen=True)
class _Way:
    """How far from its place a name may stand."""

    scale: float = 1.0
    """Share of its size."""
    least: float = 0.5
    most: float = 1.0
    """Distances in units of the format."""
    directions: tuple[str, ...] = ()
    """Where; empty for all round."""
    joined: bool = False
    """Whether a line may join it to its place."""
    stray: float = 1.1
    """From how far on it needs one, in units."""


_RIGHT, _BESIDE = _Way(directions=("east",)), _Way()
#: A name that finds no place so near is not written: farther off it would seem to name another.
_APART = _Way(0.85, most=4.0, joined=True)
#: Beside its area a name has a line to it, or it would seem to name what it stands on.
_OFF_AREAS = tuple(_Way(scale, most=2.5, joined=True, stray=0.0) for scale in (0.85, 0.75))
_WAYS = (_BESIDE, replace(_BESIDE, scale=0.85), _APART, replace(_APART, scale=0.75))


@dataclass(frozen=True)
class _Name:
    """A name that wants a place."""

    text: str
    at: tuple[float, float]
    """Pixels."""
    colour: str
    centred: bool


def symbols(sheet: Sheet, laydown: Laydown) -> list[Box]:
    """Room that the symbols take."""
    boxes = [_symbol_box(sheet, laydown, mark) for mark in laydown.marks]
    return [box for box in boxes if box is not None]


def _symbol_box(sheet: Sheet, laydown: Laydown, mark: Mark) -> Box | None:
    """Room of a symbol; None of an area, or out of sight."""
    if mark.shape.geom_type != "Point":
        return None
    x, y = _place(sheet, laydown, mark)
    if not (math.isfinite(x) and board.in_sight(sheet, x, y)):
        return None
    size = plot.ORIGIN if mark.status == "reference" else plot.SYMBOL
    half = board.px(sheet, sheet.unit * size * 0.6)
    return x - half, y - half, x + half, y + half


def _place(sheet: Sheet, laydown: Laydown, mark: Mark) -> tuple[float, float]:
    """Where a mark stands, in pixels."""
    x, y = board.pixels(sheet, np.array([plot.spot(sheet, mark)]))[0].tolist()
    if mark.shape.geom_type != "Point":
        return x, y
    right, up = plot.shift_pt(sheet, laydown, mark)
    return x + board.px(sheet, right), y + board.px(sheet, up)


def sites(sheet: Sheet, laydown: Laydown, written: Written) -> None:
    """Names of sites, beside their symbols."""
    left = [name for name in _wanted(sheet, laydown) if not name.centred]
    for way in (_RIGHT, *_WAYS):
        left = _allocated(sheet, left, sheet.unit * NAME, way, written)
    written.unnamed += [name.text for name in left]


def areas(sheet: Sheet, laydown: Laydown, written: Written) -> None:
    """Names of areas, and tags of countries of which a part is meant."""
    names = [name for name in _wanted(sheet, laydown) if name.centred]
    left = _in_the_middle(sheet, names, written)
    for way in _OFF_AREAS:
        left = _allocated(sheet, left, sheet.unit * NAME, way, written)
    written.unnamed += [name.text.replace("\n", " ") for name in left]


def _wanted(sheet: Sheet, laydown: Laydown) -> list[_Name]:
    names: list[_Name] = []
    for mark in laydown.marks:
        area = mark.shape.geom_type != "Point"
        x, y = _place(sheet, laydown, mark)
        if not math.isfinite(x) or not board.in_sight(sheet, x, y):
            continue
        if not legend.mark_named(laydown, mark):
            continue
        side = palette.SIDE_COLOUR[mark.site.side] if area else palette.INK
        name = legend.mark_name(mark)
        text = wording.two_lines(name) if area else name
        names.append(_Name(text, (x, y), sheet.tone(side), centred=area))
    for tag in legend.country_tags(laydown):
        at = sheet.plane.spots(np.array([[tag.lon, tag.lat]]))
        x, y = board.pixels(sheet, at)[0].tolist()
        if math.isfinite(x) and board.in_sight(sheet, x, y):
            names.append(_Name(tag.text, (x, y), sheet.tone(palette.INK), centred=True))
    return names


def _in_the_middle(sheet: Sheet, names: list[_Name], written: Written) -> list[_Name]:
    """Write names of areas on them, or a little higher or lower; return the others."""
    left = []
    size = sheet.unit * NAME * 0.92
    bounds = board.frame(sheet)
    for name in names:
        wide, tall = board.extent(sheet, name.text, size)
        x, y = name.at
        for step in (0.0, 0.8, -0.8):
            up = y + step * tall
            box = x - wide / 2, up - tall / 2, x + wide / 2, up + tall / 2
            inside = box[0] > bounds[0] and box[2] < bounds[2]
            if (
                inside
                and box[1] > bounds[1]
                and box[3] < bounds[3]
                and not board.meets(box, written.taken)
            ):
                written.taken.append(box)
                written.texts.append(board.word(sheet, name.text, (x, up), size, name.colour))
                break
        else:
            left.append(name)
    return left


def _allocated(
    sheet: Sheet,
    names: list[_Name],
    size: float,
    way: _Way,
    written: Written,
    *,
    weight: Weight = "bold",
    dots: Floats | None = None,
) -> list[_Name]:
    """Let textalloc place names, off dots given in pixels; return those without room."""
    if not names:
        return []
    from textalloc.non_overlapping_boxes import (  # noqa: PLC0415 - takes a moment
        find_nearest_point_on_box,
        get_non_overlapping_boxes,
    )

    size *= way.scale
    left, bottom, right, top = board.frame(sheet)
    unit = board.px(sheet, sheet.unit) / (right - left)  # it reckons in shares of the width
    boxes = [(*name.at, *board.extent(sheet, name.text, size, weight), size) for name in names]
    search: Any = get_non_overlapping_boxes  # its types forbid what its own callers pass
    placed, _ = search(
        original_boxes=boxes,
        xlims=(left, right),
        ylims=(bottom, top),
        aspect_ratio=(right - left) / (top - bottom),
        margin=(0.06 if dots is None else DOT * 0.7) * unit,
        min_distance=way.least * unit,
        max_distance=way.most * unit,
        verbose=False,
        nbr_candidates=200,
        draw_all=False,
        scatter_xy=dots,
        lines_xyxy=None,
        scatter_sizes=None,
        scatter_plot_bbs=np.array(written.taken) if written.taken else None,
        text_scatter_sizes=None,
        direction=list(way.directions) or None,
        draw_lines=True,
        avoid_label_lines_overlap=way.joined,
        avoid_crossing_label_lines=False,
        priority_strategy=None,
    )
    done = set()
    for x, y, wide, tall, _, index in placed:
        name = names[index]
        near = find_nearest_point_on_box(x, y, wide, tall, *name.at)
        away = 0.0 if near[0] is None else math.dist(near, name.at)
        joined = away > board.px(sheet, sheet.unit * way.stray)
        if joined and not way.joined:
            continue
        done.add(int(index))
        written.taken.append((x, y, x + wide, y + tall))
        middle = x + wide / 2, y + tall / 2
        written.texts.append(board.word(sheet, name.text, middle, size, name.colour, weight=weight))
        if joined:
            board.line(sheet, near, name.at, name.colour)
    return [name for index, name in enumerate(names) if index not in done]


def capitals(sheet: Sheet, laydown: Laydown, cities: Sequence[City], written: Written) -> None:
    """Names of capitals that have room, within a reach first; dots for those, and all within."""
    points = {city: shapely.Point(city.lon, city.lat) for city in cities}
    reaches = [ring.reach for ring in laydown.rings]
    within = {city for city, at in points.items() if any(reach.covers(at) for reach in reaches)}
    ordered = sorted(cities, key=lambda city: city not in within)  # stable: told ones first
    if not ordered:
        return
    spots = sheet.plane.spots(np.array([[city.lon, city.lat] for city in ordered]))
    places = board.pixels(sheet, spots).tolist()
    ink, dot = sheet.tone(palette.QUIET_INK), sheet.unit * DOT
    seen = [math.isfinite(x) and board.in_sight(sheet, x, y) for x, y in places]
    names = [
        _Name(city.name, (x, y), ink, centred=False)
        for city, (x, y), here in zip(ordered, places, seen, strict=True)
        if here
    ]
    dots = np.array([name.at for name in names]) if names else None
    left = names[:MOST_CAPITALS]
    for way in (_RIGHT, _BESIDE):
        near = replace(way, least=0.2, most=0.3, stray=0.4)
        size = sheet.unit * CAPITAL
        left = _allocated(sheet, left, size, near, written, weight="normal", dots=dots)
    # a dot that nothing names says something only where capitals are counted
    bare = {name.text for name in (*left, *names[MOST_CAPITALS:])} - {city.name for city in within}
    shown = [here and city.name not in bare for city, here in zip(ordered, seen, strict=True)]
    sheet.axes.plot(*spots[shown].T, "o", ms=dot, color=ink, zorder=4)
