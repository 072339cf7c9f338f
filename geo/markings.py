"""Names of sites and areas on a web map: their words, their places, the room they take.

Job: rows for `lettering`, each moved off what stands already. Ban: no layer; else as `webmap`.
"""

from __future__ import annotations

from typing import Any

import shapely

from geo import legend, palette, room
from geo.canvas import Canvas
from geo.deck import plain
from geo.laydown import Laydown, Mark
from geo.palette import rgb

__all__ = ["mark_tip", "position", "site_names", "symbol_room", "taken_room"]


def site_names(laydown: Laydown, on: Canvas) -> list[dict[str, Any]]:
    """Names of sites and areas, and tags of countries, each where it stands."""
    rows: list[dict[str, Any]] = []
    for mark in laydown.marks:
        at = position(mark, on)
        area = mark.shape.geom_type != "Point"
        if at is None or not legend.mark_named(laydown, mark):
            continue
        right, down = legend.mark_shift(mark)
        name = legend.mark_name(mark)
        centred = area or mark.status == "reference"
        below = 0 if area else 16
        rows.append(
            {
                "id": mark.site.id,
                "name": mark_tip(laydown, mark),
                "at": at,
                "text": plain(legend.two_lines(name) if area else name),
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
            "shift": [0, 16],
        }
        for tag in legend.country_tags(laydown)
        if (at := on.spot(tag.lon, tag.lat, 2)) is not None
    ]
    return rows


def taken_room(
    laydown: Laydown,
    on: Canvas,
    names: list[dict[str, Any]],
    bar: list[dict[str, Any]],
    corner_px: tuple[int, int] = (0, 0),
) -> list[room.Box]:
    """Move names off what stands already, where the map minds that; return the room taken.

    Parameters
    ----------
    laydown, on, names, bar
        What is drawn and where; `site_names` and `bar_words`.
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
            right, down = legend.mark_shift(mark)
            x, y = pixel[0] + right, pixel[1] - down
            half = room.DOT_PX if mark.status == "reference" else room.SYMBOL_PX
            taken.append((x - half, y - half, x + half, y + half))
    for row in sorted(names, key=lambda row: row["anchor"] != "start"):  # an area has more room
        pixel = on.pixel(row["at"])
        if pixel is None:
            continue
        x, y = row["shift"]
        ways = [(row["anchor"], [x, y])]
        if row["anchor"] == "start":  # beside a symbol: right, else left, below or above it
            ways += [("end", [-x, y]), ("middle", [0, y + 20]), ("middle", [0, y - 20])]
        else:  # on an area: in its middle, else lower or higher
            ways += [("middle", [x, y + step]) for step in (18, -18, 34, -34, 50, -50)]
        boxes = [room.words_box(row["text"], pixel, *way) for way in ways]
        covered = [room.crowding(box, taken) + room.cut_off(box, on.size_px) for box in boxes]
        best = covered.index(min(covered))
        row["anchor"], row["shift"] = ways[best]
        taken.append(boxes[best])
    return taken


def symbol_room(laydown: Laydown, on: Canvas) -> list[dict[str, Any]]:
    """Rows for `site_room` that keep the names of places from under symbols."""
    places = [(mark, position(mark, on)) for mark in laydown.marks]
    return [
        {"at": at, "text": "M", "anchor": "middle", "shift": list(legend.mark_shift(mark))}
        for mark, at in places
        if at is not None and mark.shape.geom_type == "Point" and mark.status != "reference"
    ]


def mark_tip(laydown: Laydown, mark: Mark) -> str:
    """What the pointer reads over a site, or over its name."""
    since = f", {mark.since.spoken}" if mark.since else ""
    return plain(f"{mark.site.name}: {legend.status_label(laydown, mark)}{since}.")


def position(mark: Mark, on: Canvas) -> list[float] | None:
    """Where a mark stands on a map, an area inside of itself; None if the map does not show it."""
    lon, lat = shapely.get_coordinates(shapely.point_on_surface(mark.shape))[0]
    return on.spot(float(lon), float(lat), 4)
