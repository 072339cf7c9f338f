"""The words of the web map: labels of ranges and sites, names of places, the scale.

Job: layers of text; `markings` says where names of sites stand. Ban: as `webmap`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pydeck as pdk
from shapely.geometry.base import BaseGeometry

from geo import basemap, flatness, legend, palette, room
from geo.canvas import STATIC, Canvas
from geo.deck import plain
from geo.laydown import Laydown
from geo.palette import rgb
from geo.ring import Ring

__all__ = [
    "AS_OTHERS",
    "bar_layers",
    "bar_words",
    "place_names",
    "ring_labels",
    "site_labels",
    "site_room",
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
    """Words on every line, placed outermost first, or innermost first where that crowds less.

    Their room is added to what is taken.
    """
    lines = [
        (ring, distance_km, line) for ring in laydown.rings for distance_km, line in ring.edges
    ]
    tries = [_labelled(laydown, on, order, list(taken)) for order in (lines, lines[::-1])]
    rows, _, taken[:] = min(tries, key=lambda found: (-len(found[0]), found[1]))
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
) -> tuple[list[dict[str, Any]], float, list[room.Box]]:
    """Place the words of lines one after another; how much they cover of one another, and take."""
    rows: dict[tuple[str, float], dict[str, Any]] = {}
    covered, before = 0.0, len(taken)
    for ring, distance_km, line in lines:
        words = legend.ring_label(ring, distance_km, named=legend.names_needed(laydown))
        key = (words, distance_km)  # two figures alike, or one from two origins, need one label
        if key in rows:
            continue
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
    return found, covered, taken


def site_labels(rows: list[dict[str, Any]], on: Canvas) -> pdk.Layer:
    """Names of sites and areas where `beside_symbols` and `on_areas` have put them."""
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
