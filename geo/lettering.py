"""The words of the web map: labels of ranges and sites, names of places, the scale.

Job: layers of text, and what room they take. Ban: as `webmap`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pydeck as pdk
import shapely
from shapely.geometry.base import BaseGeometry

from geo import basemap, flatness, legend, palette, room
from geo.canvas import STATIC, Canvas
from geo.laydown import Laydown, Mark, Ring

__all__ = [
    "AS_OTHERS",
    "bar_layers",
    "bar_words",
    "mark_tip",
    "place_names",
    "plain",
    "position",
    "rgb",
    "ring_labels",
    "site_labels",
    "site_names",
    "site_room",
    "symbol_room",
    "taken_room",
]

FONT = '"Source Sans", "Source Sans Pro", Arial, sans-serif'


#: In one overlap test with the place names, which hide behind what has this.
_IN_FRONT: Mapping[str, Any] = {
    "extensions": [{"@@type": "CollisionFilterExtension"}],
    "get_collision_priority": "1000",
}
#: For words and symbols in no overlap test: drawn by the program of those that are. A graphics
#: driver makes a pipeline for every program and every set of attributes; one without a graphics
#: card takes 0.2 s for each. So all layers of words have the extension, can be picked, and give
#: size, colour, shift and priority of each word, as an expression even where it is the same for
#: all.
AS_OTHERS: Mapping[str, Any] = {**_IN_FRONT, "collision_enabled": False, "pickable": True}
#: Room around words in front, left, top, right and bottom: the test asks for a place's dot, and its
#: name is about so much wider, and above it.
_AROUND_PX = [20, 4, 20, 16]
#: Where the place of a name is covered in part only, deck.gl draws the name faded. What would be
#: fainter than this is not drawn: a ghost of a name can neither be read nor printed. Names have a
#: light edge that is nearly opaque, so this takes nothing from the letters of the others.
_FAINTEST = 0.7


def ring_labels(laydown: Laydown, on: Canvas, taken: list[room.Box]) -> pdk.Layer:
    """Words on every line, placed outermost first, or innermost first where that crowds less."""
    lines = [
        (ring, distance_km, line) for ring in laydown.rings for distance_km, line in ring.edges
    ]
    tries = [_labelled(laydown, on, order, list(taken)) for order in (lines, lines[::-1])]
    rows, _ = min(tries, key=lambda found: (-len(found[0]), found[1]))
    return _text_layer(
        "ring-labels",
        rows,
        size=14,
        background=True,
        get_pixel_offset="[0, 0]",
        collision_test_props={"padding": _AROUND_PX},
        **_IN_FRONT,
        **on.word_settings,
    )


def _labelled(
    laydown: Laydown,
    on: Canvas,
    lines: list[tuple[Ring, float, BaseGeometry]],
    taken: list[room.Box],
) -> tuple[list[dict[str, Any]], float]:
    """Place the words of lines one after another; also how much they cover of one another."""
    rows: dict[tuple[str, float], dict[str, Any]] = {}
    covered, before = 0.0, len(taken)
    for ring, distance_km, line in lines:
        key = (ring.figure.id, distance_km)
        if key in rows:
            continue
        words = legend.ring_label(ring, distance_km, named=legend.names_needed(laydown))
        place = on.label_spot(line, len(rows), words, taken)
        if place is not None:
            colour = rgb(palette.SIDE_COLOUR[ring.system.side])
            rows[key] = {"at": place, "text": plain(words), "colour": colour}
            covered += room.crowding(taken[-1], taken[before:-1])
            taken += taken[-1:] * 9  # to cover another line's words is worse than to cover a name
    found = [rows[key] for key in sorted(rows, key=lambda key: -key[1])]
    for circle in flatness.circles(laydown) if laydown.scenario.flat else ():
        turn = len(found) + palette.FLAT_TURN
        place = on.label_spot(circle.line, turn, legend.FLAT_LABEL, taken)
        if place is not None:
            found.append({"at": place, "text": legend.FLAT_LABEL, "colour": rgb(palette.FLAT)})
    return found, covered


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


def site_labels(rows: list[dict[str, Any]], on: Canvas) -> pdk.Layer:
    """Names of sites and areas where `taken_room` has put them."""
    return _text_layer(
        "site-labels",
        rows,
        size=14,
        background=False,
        get_text_anchor="anchor",
        get_pixel_offset="shift",
        **AS_OTHERS,
        **on.word_settings,
    )


def site_room(rows: list[dict[str, Any]], on: Canvas) -> pdk.Layer:
    """Keep the names of places from under those of sites: unseen, but in their overlap test.

    The names of sites are in none themselves: two that met would hide one another.
    """
    return pdk.Layer(
        "TextLayer",
        [{key: row[key] for key in ("at", "text", "anchor", "shift")} for row in rows],
        id="site-room",
        get_position="at",
        get_text="text",
        **_ink("[0, 0, 0, 0]"),
        get_size="14",
        font_family=pdk.types.String(FONT),
        font_weight=600,
        character_set=pdk.types.String("auto"),
        background=True,
        get_background_color=[0, 0, 0, 0],
        background_padding=_AROUND_PX,
        get_text_anchor="anchor",
        get_pixel_offset="shift",
        pickable=False,
        **_IN_FRONT,
        **on.word_settings,
    )


def symbol_room(laydown: Laydown, on: Canvas) -> list[dict[str, Any]]:
    """Rows for `site_room` that keep the names of places from under symbols."""
    places = [(mark, position(mark, on)) for mark in laydown.marks]
    return [
        {"at": at, "text": "M", "anchor": "middle", "shift": list(legend.mark_shift(mark))}
        for mark, at in places
        if at is not None and mark.shape.geom_type == "Point" and mark.status != "reference"
    ]


def place_names(on: Canvas) -> pdk.Layer:
    """Names of countries and capitals, with their dots; those that overlap are hidden.

    Each is one picture, drawn beforehand: letter by letter there would be eight times as many to
    place at every toggle, and a dot would stay where its name does not.
    """
    return pdk.Layer(
        "IconLayer",
        on.names(),
        id="places",
        icon_atlas=pdk.types.String(STATIC + basemap.name_sheet()),
        icon_mapping=pdk.types.String(STATIC + basemap.name_cells()),
        get_icon="name",
        get_position="at",
        get_size="px",
        size_units=pdk.types.String("pixels"),
        get_pixel_offset="[0, 0]",
        alpha_cutoff=_FAINTEST,
        extensions=[{"@@type": "CollisionFilterExtension"}],
        get_collision_priority="rank",
        # in the test a name is a whole rectangle, and enlarged: it hides another only if it covers
        # the other's place, and half of each name is beside its place
        collision_test_props={"sizeScale": 1.5, "alphaCutoff": 0},
        pickable=True,
        **on.word_settings,
    )


def bar_words(on: Canvas) -> list[dict[str, Any]]:
    """Words on the scale, where one bar can be true; none where it cannot."""
    bar = on.bar()
    if bar is None:
        return []
    ends, km = bar
    words = legend.bar_label(on.kind, km)
    told = {"text": words, "name": words, "anchor": "start", "shift": [0, -12]}
    return [{"at": ends[0], "colour": rgb(palette.QUIET_INK), **told}]


def bar_layers(rows: list[dict[str, Any]], on: Canvas) -> list[pdk.Layer]:
    """The scale with its words; it moves and grows with the map."""
    bar = on.bar()
    if bar is None:
        return []
    ends, _ = bar
    return [
        pdk.Layer(
            "PathLayer",
            [{"path": ends}],
            id="bar",
            get_path="path",
            get_color=rgb(palette.QUIET_INK),
            get_width=3,
            width_units=pdk.types.String("pixels"),
            pickable=False,
        ),
        _text_layer(
            "bar-label",
            rows,
            size=12,
            background=False,
            get_text_anchor="anchor",
            get_pixel_offset="shift",
            **AS_OTHERS,
        ),
    ]


def _text_layer(
    layer_id: str,
    rows: list[dict[str, Any]],
    *,
    size: int,
    background: bool,
    pickable: bool = False,
    **settings: Any,
) -> pdk.Layer:
    """Labels in any script, on a light ground or with a halo."""
    return pdk.Layer(
        "TextLayer",
        rows,
        id=layer_id,
        get_position="at",
        get_text="text",
        **_ink("colour"),
        get_size=str(size),
        font_family=pdk.types.String(FONT),
        font_weight=600,
        # without "auto" deck.gl drops ü, Ł and Cyrillic in silence
        character_set=pdk.types.String("auto"),
        font_settings={"sdf": True, "buffer": 6, "radius": 12},
        outline_width=0 if background else 4,
        outline_color=rgb(palette.HALO),
        background=background,
        get_background_color=[*rgb(palette.HALO), 225],
        background_padding=[4, 2],
        pickable=pickable,
        **settings,
    )


def _ink(colour: str, **more: float) -> dict[str, Any]:
    """Colour of words, out of Streamlit's sight for the reason that `_fill` gives."""
    return {"_subLayerProps": {"characters": {"getColor": f"@@={colour}", **more}}}


def mark_tip(laydown: Laydown, mark: Mark) -> str:
    """What the pointer reads over a site, or over its name."""
    since = f", {mark.since.spoken}" if mark.since else ""
    return plain(f"{mark.site.name}: {legend.status_label(laydown, mark)}{since}.")


def position(mark: Mark, on: Canvas) -> list[float] | None:
    """Where a mark stands on a map, an area inside of itself; None if the map does not show it."""
    lon, lat = shapely.get_coordinates(shapely.point_on_surface(mark.shape))[0]
    return on.spot(float(lon), float(lat), 4)


def plain(text: str) -> str:
    """Text as it stands; behind a space where it begins with @@, which deck.gl would run."""
    return f" {text}" if text.startswith("@@") else text


def rgb(colour: str) -> list[int]:
    """Red, green and blue, 0 to 255, of a colour written as #RRGGBB."""
    return [int(colour[start : start + 2], 16) for start in (1, 3, 5)]
