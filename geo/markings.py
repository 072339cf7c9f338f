"""Names of sites and areas on a web map: their words, their places, the room they take.

Job: rows for `lettering`, each moved off what stands already. Ban: no layer; else as `webmap`.
"""

from __future__ import annotations

from typing import Any

import shapely

from geo import legend, palette, room, wording
from geo.canvas import Canvas
from geo.deck import plain
from geo.laydown import Laydown, Mark
from geo.palette import rgb

__all__ = [
    "beside_symbols",
    "mark_tip",
    "on_areas",
    "position",
    "site_names",
    "symbol_room",
    "taken_room",
]

#: To cover a symbol is so many times worse than to meet a name.
SYMBOL_COUNTS = 4
#: How much of a name may cover what stands already, or be cut off: of an area, and of a site.
MOST_COVERED, MOST_MET = 0.25, 0.5


def site_names(laydown: Laydown, on: Canvas) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Names of sites beside their symbols; those of areas, and tags of countries, on them."""
    rows: list[dict[str, Any]] = []
    for mark in laydown.marks:
        at = position(mark, on)
        area = mark.shape.geom_type != "Point"
        if at is None or not legend.mark_named(laydown, mark):
            continue
        right, down = legend.mark_shift(laydown, mark)
        name = legend.mark_name(mark)
        centred = area or mark.status == "reference"
        below = 0 if area else 16
        rows.append(
            {
                "id": mark.site.id,
                "name": mark_tip(laydown, mark),
                "at": at,
                "text": plain(wording.two_lines(name) if area else name),
                "colour": rgb(palette.SIDE_COLOUR[mark.site.side] if area else palette.INK),
                "anchor": "middle" if centred else "start",
                "shift": [0, below] if centred else [right + 14, down],
            }
        )
    rows += [
        {
            "at": at,
            "name": plain(tag.text),
            "text": tag.text,
            "colour": rgb(palette.INK),
            "anchor": "middle",
            "shift": [0, 0],
        }
        for tag in legend.country_tags(laydown)
        if (at := on.spot(tag.lon, tag.lat, 2)) is not None
    ]
    beside = [row for row in rows if row["anchor"] == "start"]
    return beside, [row for row in rows if row["anchor"] != "start"]


def taken_room(
    laydown: Laydown,
    on: Canvas,
    bar: list[dict[str, Any]],
    corner_px: tuple[int, int] = (0, 0),
) -> list[room.Box]:
    """Room that symbols and the scale take in the picture.

    Parameters
    ----------
    laydown, on, bar
        What is drawn and where; `bar_words`.
    corner_px
        Width and height that something else takes at the lower left of the picture.
    """
    places = [(mark, position(mark, on)) for mark in laydown.marks]
    fixed = [(row, on.pixel(row["at"])) for row in bar]
    taken: list[room.Box] = [
        room.words_box(row["text"], at, row["anchor"], row["shift"]) for row, at in fixed if at
    ]
    if all(corner_px):
        left, bottom = (-side / 2 for side in on.size_px)
        taken.append((left, bottom, left + corner_px[0], bottom + corner_px[1]))
    for mark, at in places:
        pixel = None if at is None or mark.shape.geom_type != "Point" else on.pixel(at)
        if pixel is not None:
            right, down = legend.mark_shift(laydown, mark)
            x, y = pixel[0] + right, pixel[1] - down
            dot = mark.status == "reference"
            half = room.DOT_PX if dot else room.SYMBOL_PX
            taken += [(x - half, y - half, x + half, y + half)] * (1 if dot else SYMBOL_COUNTS)
    return taken


def beside_symbols(
    names: list[dict[str, Any]], on: Canvas, taken: list[room.Box]
) -> list[dict[str, Any]]:
    """Names of sites, moved off what stands already where the map minds that; adds their room.

    Where every place is taken a name is left out: two on one another say nothing.
    """
    kept = []
    for row in names:
        x, y = row["shift"]  # right of the symbol, else left, below or above it
        ways = [("start", [x, y]), ("end", [-x, y])]
        ways += [("middle", [0, y + 20]), ("middle", [0, y - 20])]
        if _moved(row, ways, on, taken, most=MOST_MET):
            kept.append(row)
    return kept


def on_areas(
    names: list[dict[str, Any]], laydown: Laydown, on: Canvas, taken: list[room.Box]
) -> list[dict[str, Any]]:
    """The other names, moved alike; those of areas without room on them are left out.

    Farther off a name would be another place's; the pointer and the legend still tell it.
    """
    points = {mark.site.id for mark in laydown.marks if mark.shape.geom_type == "Point"}
    kept = []
    for row in names:
        if row.get("id") in points:  # a dot: below it, else above or beside it
            ways = [
                ("middle", [0, 16]),
                ("middle", [0, -16]),
                ("start", [10, 0]),
                ("end", [-10, 0]),
            ]
            most = MOST_MET
        else:  # in its middle, else a line lower or higher
            ways = [("middle", [0, step]) for step in (0, 18, -18)]
            most = MOST_COVERED
        if _moved(row, ways, on, taken, most=most):
            kept.append(row)
    return kept


def _moved(
    row: dict[str, Any],
    ways: list[tuple[str, list[int]]],
    on: Canvas,
    taken: list[room.Box],
    most: float,
) -> bool:
    """Give words the way that covers least; False if that is more of them than may be."""
    pixel = on.pixel(row["at"])
    if pixel is None:
        return True
    boxes = [room.words_box(row["text"], pixel, *way) for way in ways]
    covered = [room.crowding(box, taken) + room.cut_off(box, on.size_px) for box in boxes]
    best = covered.index(min(covered))
    west, south, east, north = boxes[best]
    hidden = room.crowding(boxes[best], [*set(taken)]) + room.cut_off(boxes[best], on.size_px)
    if hidden > most * (east - west) * (north - south):
        return False
    row["anchor"], row["shift"] = ways[best]
    taken.append(boxes[best])
    return True


def symbol_room(laydown: Laydown, on: Canvas) -> list[dict[str, Any]]:
    """Rows for `site_room` that keep the names of places from under symbols."""
    places = [(mark, position(mark, on)) for mark in laydown.marks]
    return [
        {"at": at, "text": "M", "anchor": "middle", "shift": list(legend.mark_shift(laydown, mark))}
        for mark, at in places
        if at is not None and mark.shape.geom_type == "Point" and mark.status != "reference"
    ]


def mark_tip(laydown: Laydown, mark: Mark) -> str:
    """What the pointer reads over a site, or over its name."""
    since = f", {mark.since.spoken}" if mark.since else ""
    where = f" Sources name {mark.unplaced}, no place." if mark.unplaced else ""
    name = legend.mark_name(mark) if mark.unplaced else mark.site.name
    return plain(f"{name}: {legend.status_label(laydown, mark)}{since}.{where}")


def position(mark: Mark, on: Canvas) -> list[float] | None:
    """Where a mark stands on a map, an area inside of itself; None if the map does not show it."""
    lon, lat = shapely.get_coordinates(shapely.point_on_surface(mark.shape))[0]
    return on.spot(float(lon), float(lat), 4)
