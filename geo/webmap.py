"""A Laydown as a pydeck deck for the web page.

Job: typed layers, each with an id, small enough to travel with every toggle; the same ones on every
map, which `canvas` lays out. Only this, `deck`, `fills` and `lettering` know pydeck.
The borders do not travel: they are a file under ``static/``, fetched once by the browser.
Ban: no Streamlit, no style of its own (`palette` has it), no radius in metres.
"""

from __future__ import annotations

from typing import Any

import pydeck as pdk

from geo import legend, palette, symbols
from geo.canvas import HEIGHT_PX, STATIC, WIDTH_PX, Canvas, canvas
from geo.deck import EDGES, MESH, Deck
from geo.fills import _fill, areas, flat_circles, reaches
from geo.laydown import Laydown
from geo.lettering import (
    AS_OTHERS,
    bar_layers,
    bar_words,
    place_names,
    ring_labels,
    site_labels,
    site_room,
)
from geo.markings import (
    beside_symbols,
    mark_tip,
    on_areas,
    position,
    site_names,
    symbol_room,
    taken_room,
)
from geo.palette import rgb

__all__ = ["EDGES", "HEIGHT_PX", "WIDTH_PX", "Deck", "deck"]


def deck(
    laydown: Laydown,
    size_px: tuple[int, int] = (WIDTH_PX, HEIGHT_PX),
    corner_px: tuple[int, int] = (0, 0),
) -> Deck:
    """Draw a Laydown on the map that its scenario asks for, with no tiles.

    Parameters
    ----------
    laydown
        What is drawn.
    size_px
        Width and height in which the framing must fit; words keep their size.
    corner_px
        Width and height that something else takes at the lower left; words keep out of it.
    """
    on = canvas(laydown, size_px)
    (beside, others), bar = site_names(laydown, on), bar_words(on)
    taken = taken_room(laydown, on, bar, corner_px)
    names = beside_symbols(beside, on, taken)
    distances = ring_labels(laydown, on, taken)
    names += on_areas(others, laydown, on, taken)  # an area has more room than a line: it goes last
    edges = on.edges(laydown.scenario.borders)
    drawn = Deck(
        layers=[
            *_sea(on),
            *_grid(on),
            *_land(laydown, on),
            _edges(edges, on),
            reaches(laydown, on),
            *flat_circles(laydown, on),
            areas(laydown, on),
            site_room([*names, *bar, *symbol_room(laydown, on)], on),
            place_names(on),  # above the fills, so that a name can be read and picked
            _sites(laydown, on),
            distances,
            site_labels(names, on),
            *bar_layers(bar, on),
        ],
        initial_view_state=pdk.ViewState(**on.camera()),
        views=[pdk.View(**on.view)],
        map_provider=None,  # with no tiles nothing leaves the machine; see the tests
        # names of places have theirs in the file; Streamlit escapes what it fills in
        tooltip={"html": "{name}", "style": palette.TOOLTIP},
    )
    if isinstance(edges, bytes):
        drawn.hold(edges)
    return drawn


def _sea(on: Canvas) -> list[pdk.Layer]:
    """The sea of a flat map, with the rim; another's is in the file of its land."""
    corners = on.sea()
    if corners is None:
        return []
    return [
        pdk.Layer(
            "PolygonLayer",
            [{"polygon": corners}],
            id="sea",
            get_polygon="polygon",
            get_fill_color=rgb(palette.SEA),
            get_line_color=rgb(palette.LAND_EDGE),
            line_width_min_pixels=1,
            pickable=False,
        )
    ]


def _grid(on: Canvas) -> list[pdk.Layer]:
    """Meridians and parallels of a flat map."""
    lines = on.lines()
    if lines is None:
        return []
    return [
        pdk.Layer(
            "GeoJsonLayer",
            lines,
            id="grid",
            get_line_color=rgb(palette.GRID),
            get_line_width=1,
            line_width_units=pdk.types.String("pixels"),
            pickable=False,
        )
    ]


def _land(laydown: Laydown, on: Canvas) -> list[pdk.Layer]:
    return [
        pdk.Layer(
            "GeoJsonLayer",
            data,
            id="land" if index == 0 else "land-of-this-view",
            **_fill(_country_colours(laydown, on)),
            update_triggers={"getFillColor": sorted(legend.country_tints(laydown).items())},
            stroked=False,
            # without a graphics card a pick among all corners of the land takes 0.8 s, too slow for
            # a click; the names of countries and capitals are picked instead
            pickable=False,
            **on.area_settings,
        )
        for index, data in enumerate(on.land(laydown.scenario.borders))
    ]


def _edges(edges: str | bytes, on: Canvas) -> pdk.Layer:
    """Borders and coasts of all land."""
    return pdk.Layer(
        "ScenegraphLayer",
        # the globe turns a mesh to the zenith of its place; at the pole's that is no turn
        [{"at": [0, 0, 0.001]}],
        id=EDGES,
        scenegraph=pdk.types.String(edges if isinstance(edges, str) else MESH),
        coordinate_system=pdk.types.String("cartesian"),
        get_position="at",
        get_color=[*rgb(palette.LAND_EDGE), 255],
        pickable=False,
        **on.edge_settings,
    )


def _country_colours(laydown: Laydown, on: Canvas) -> list[int] | str:
    """Colour of every country: one for all, or an expression that the browser evaluates."""
    colours: dict[palette.TintKey, list[str]] = {}
    for iso3, key in legend.country_tints(laydown).items():
        colours.setdefault(key, []).append(iso3)
    has_sea = on.sea() is None
    if not colours and not has_sea:
        return rgb(palette.LAND)
    expression = str(rgb(palette.LAND))
    if has_sea:
        sea = palette.GLOBE_SEA if on.kind == "globe" else palette.SEA
        expression = f"properties.sea ? {rgb(sea)} : {expression}"
    for key, codes in colours.items():
        named = " || ".join(f"properties.iso3 == '{code}'" for code in codes)
        expression = f"({named}) ? {rgb(palette.TINTS[key].colour)} : {expression}"
    return expression


def _sites(laydown: Laydown, on: Canvas) -> pdk.Layer:
    rows: list[dict[str, Any]] = [
        {
            "id": mark.site.id,
            "at": at,
            "icon": symbols.symbol_key(
                palette.KIND_SHAPE[mark.site.kind], mark.site.side, mark.status
            ),
            "size": 12 if mark.status == "reference" else 22,
            "shift": list(legend.mark_shift(laydown, mark)),
            "name": mark_tip(laydown, mark),
        }
        for mark in laydown.marks
        if mark.shape.geom_type == "Point" and (at := position(mark, on)) is not None
    ]
    return pdk.Layer(
        "IconLayer",
        rows,
        id="sites",
        icon_atlas=pdk.types.String(STATIC + symbols.symbol_sheet_name()),
        icon_mapping={key: symbols.symbol_cells()[key] for key in {row["icon"] for row in rows}},
        get_icon="icon",
        get_position="at",
        get_size="size",
        get_pixel_offset="shift",
        size_units=pdk.types.String("pixels"),
        **AS_OTHERS,
        **on.word_settings,
    )
