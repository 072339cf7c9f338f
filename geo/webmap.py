"""A Laydown as a pydeck deck for the web page; the only place that knows pydeck.

Job: typed layers, each with an id, small enough to travel with every toggle. The borders do not
travel: they are a file under ``static/``, fetched once by the browser.
Ban: no Streamlit, no style of its own (`legend` has it), no radius in metres.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Any

import pydeck as pdk
import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from geo import borders, legend
from geo.laydown import Laydown, Mark, Ring
from geo.scenario import FRAMINGS, Framing

__all__ = ["HEIGHT_PX", "deck", "view_state"]

#: Height of the map on the page; the framing is fitted to it.
HEIGHT_PX = 560
#: Width for which the framing is fitted; wider pages show more, narrower less.
WIDTH_PX = 600
#: Where Streamlit serves the folder ``static/``.
STATIC = "app/static/"
#: Thinning of lines for the screen, in degrees: at most 400 m on the ground, which with the 100 m
#: of the exact ring keeps what is drawn within 500 m.
SCREEN_DEG = 400 / 111_320
DECIMALS = 3
FONT = '"Source Sans", "Source Sans Pro", Arial, sans-serif'


#: In one overlap test with the place names, which hide behind what has this.
_IN_FRONT: Mapping[str, Any] = {
    "extensions": [{"@@type": "CollisionFilterExtension"}],
    "get_collision_priority": 1000,
}


def view_state(framing_id: str) -> pdk.ViewState:
    """Camera that shows a framing; constant, so that a toggle does not move the map."""
    framing = FRAMINGS[framing_id]
    across = WIDTH_PX * 360 / (framing.east - framing.west)
    down = HEIGHT_PX * 360 / (legend.mercator(framing.north) - legend.mercator(framing.south))
    middle = (legend.mercator(framing.north) + legend.mercator(framing.south)) / 2
    return pdk.ViewState(
        longitude=round((framing.west + framing.east) / 2, 3),
        latitude=round(legend.inverse_mercator(middle), 3),
        zoom=round(math.log2(min(across, down) / 512), 3),
        min_zoom=1,
        max_zoom=8,
    )


class Deck(pdk.Deck):  # type: ignore[misc]  # pydeck has no types
    """A deck whose JSON is compact and written once: pydeck indents, five bytes for each one."""

    def to_json(self) -> str:
        """Return the specification without white space."""
        return self._compact

    @cached_property
    def _compact(self) -> str:
        text = super().to_json()
        return json.dumps(json.loads(text), separators=(",", ":"), ensure_ascii=False)


def deck(laydown: Laydown) -> Deck:
    """Draw a Laydown as a Mercator map with no tiles."""
    framing = FRAMINGS[laydown.scenario.framing]
    return Deck(
        layers=[
            _sea(),
            _land(laydown),
            *_places(),
            _reaches(laydown),
            _areas(laydown),
            _sites(laydown),
            _ring_labels(laydown, framing),
            _site_labels(laydown),
        ],
        initial_view_state=view_state(laydown.scenario.framing),
        views=[pdk.View(type="MapView", controller=True, repeat=False)],
        map_provider=None,  # with no tiles nothing leaves the machine; see the tests
        tooltip={"html": "{tip}", "style": {"maxWidth": "320px"}},
    )


def _sea() -> pdk.Layer:
    return pdk.Layer(
        "SolidPolygonLayer",
        [{"polygon": [[-180, -85], [180, -85], [180, 85], [-180, 85]]}],
        id="sea",
        get_polygon="polygon",
        get_fill_color=_rgb(legend.SEA),
        pickable=False,
    )


def _land(laydown: Laydown) -> pdk.Layer:
    return pdk.Layer(
        "GeoJsonLayer",
        STATIC + borders.basemap(laydown.scenario.borders),
        id="land",
        get_fill_color=_country_colours(laydown),
        update_triggers={"getFillColor": sorted(legend.country_tints(laydown).items())},
        get_line_color=_rgb(legend.LAND_EDGE),
        line_width_min_pixels=0.6,
        line_width_max_pixels=0.9,
        pickable=False,
    )


def _country_colours(laydown: Laydown) -> list[int] | str:
    """Colour of every country: one for all, or an expression that the browser evaluates."""
    colours: dict[legend.TintKey, list[str]] = {}
    for iso3, key in legend.country_tints(laydown).items():
        colours.setdefault(key, []).append(iso3)
    if not colours:
        return _rgb(legend.LAND)
    expression = str(_rgb(legend.LAND))
    for key, codes in colours.items():
        named = " || ".join(f"properties.iso3 == '{code}'" for code in codes)
        expression = f"({named}) ? {_rgb(legend.TINTS[key].colour)} : {expression}"
    return expression


def _reaches(laydown: Laydown) -> pdk.Layer:
    """Fills and lines of all rings in one layer, so that their coordinates travel once."""
    features = []
    for ring in laydown.rings:
        colour = _rgb(legend.SIDE_COLOUR[ring.system.side])
        tip = _ring_tip(ring)
        dash = list(legend.BASIS[ring.figure.basis].dash)
        style = {"line": colour, "dash": dash, "tip": tip}
        fill = [*colour, legend.REACH_ALPHA]
        if _is_cut(ring.reach):  # its outline would draw the cut: fill and lines apart
            no_line = {"line": [0, 0, 0, 0], "dash": [0, 0], "tip": tip}
            features.append(_feature(ring.shape, {**no_line, "fill": fill}))
            features += [_feature(line, style) for _, line in ring.edges]
        else:
            features.append(_feature(ring.shape, {**style, "fill": fill}))
    return pdk.Layer(
        "GeoJsonLayer",
        {"type": "FeatureCollection", "features": features},
        id="reaches",
        get_fill_color="properties.fill",
        get_line_color="properties.line",
        get_line_width=2.2,
        line_width_units=pdk.types.String("pixels"),
        get_dash_array="properties.dash",
        dash_justified=False,
        extensions=[{"@@type": "PathStyleExtension", "dash": True, "highPrecisionDash": True}],
        pickable=True,
    )


def _areas(laydown: Laydown) -> pdk.Layer:
    features = []
    for mark in laydown.marks:
        if mark.shape.geom_type == "Point" or mark.status == "reference":
            continue
        colour = _rgb(legend.SIDE_COLOUR[mark.site.side])
        solid = legend.STATUS[mark.status].filled
        features.append(
            _feature(
                mark.shape,
                {
                    "fill": [*colour, legend.AREA_ALPHA if solid else 0],
                    "line": [*colour, 150],
                    "tip": _mark_tip(laydown, mark),
                },
            )
        )
    return pdk.Layer(
        "GeoJsonLayer",
        {"type": "FeatureCollection", "features": features},
        id="areas",
        get_fill_color="properties.fill",
        get_line_color="properties.line",
        get_line_width=1.2,
        line_width_units=pdk.types.String("pixels"),
        get_dash_array=[2, 2],
        extensions=[{"@@type": "PathStyleExtension", "dash": True, "highPrecisionDash": True}],
        pickable=True,
    )


def _sites(laydown: Laydown) -> pdk.Layer:
    rows: list[dict[str, Any]] = [
        {
            "id": mark.site.id,
            "at": _position(mark),
            "icon": legend.symbol_key(
                legend.KIND_SHAPE[mark.site.kind], mark.site.side, mark.status
            ),
            "size": 12 if mark.status == "reference" else 22,
            "shift": list(legend.mark_shift(mark)),
            "tip": _mark_tip(laydown, mark),
        }
        for mark in _points(laydown)
    ]
    return pdk.Layer(
        "IconLayer",
        rows,
        id="sites",
        icon_atlas=pdk.types.String(STATIC + legend.symbol_sheet_name()),
        icon_mapping={key: legend.symbol_cells()[key] for key in {row["icon"] for row in rows}},
        get_icon="icon",
        get_position="at",
        get_size="size",
        get_pixel_offset="shift",
        size_units=pdk.types.String("pixels"),
        pickable=True,
    )


def _ring_labels(laydown: Laydown, framing: Framing) -> pdk.Layer:
    rows: list[dict[str, Any]] = []
    labelled: set[tuple[str, float]] = set()
    for ring in laydown.rings:
        for distance_km, line in ring.edges:
            key = (ring.figure.id, distance_km)
            place = legend.label_place(line, framing, len(rows))
            if key in labelled or place is None:
                continue
            labelled.add(key)
            rows.append(
                {
                    "at": [round(value, DECIMALS) for value in place],
                    "text": legend.ring_label(
                        ring, distance_km, named=legend.names_needed(laydown)
                    ),
                    "colour": _rgb(legend.SIDE_COLOUR[ring.system.side]),
                }
            )
    return _text_layer("ring-labels", rows, size=14, background=True, **_IN_FRONT)


def _site_labels(laydown: Laydown) -> pdk.Layer:
    rows: list[dict[str, Any]] = []
    for mark in laydown.marks:
        if mark.status == "reference" and mark.shape.geom_type != "Point":
            continue
        area = mark.shape.geom_type != "Point"
        right, down = legend.mark_shift(mark)
        name = legend.mark_name(mark)
        centred = area or mark.status == "reference"
        below = 0 if area else 14
        rows.append(
            {
                "at": _position(mark),
                "text": legend.two_lines(name) if area else name,
                "colour": _rgb(legend.SIDE_COLOUR[mark.site.side] if area else legend.INK),
                "anchor": "middle" if centred else "start",
                "shift": [0, below] if centred else [right + 14, down],
            }
        )
    rows += [
        {
            "at": [round(tag.lon, 2), round(tag.lat, 2)],
            "text": tag.text,
            "colour": _rgb(legend.INK),
            "anchor": "middle",
            "shift": [0, 16],
        }
        for tag in legend.country_tags(laydown)
    ]
    return _text_layer(
        "site-labels",
        rows,
        size=14,
        background=False,
        get_text_anchor="anchor",
        get_pixel_offset="shift",
    )


def _places() -> list[pdk.Layer]:
    """Names of countries and capitals, from a file fetched once; those that overlap are hidden."""
    url = STATIC + borders.places()
    return [
        pdk.Layer(
            "ScatterplotLayer",
            url,
            id="capitals",
            get_position="at",
            get_radius="kind == 'capital' ? 2 : 0",
            radius_units=pdk.types.String("pixels"),  # a dot on the screen, not a distance
            get_fill_color=_rgb(legend.QUIET_INK),
            pickable=False,
        ),
        pdk.Layer(
            "TextLayer",
            url,
            id="places",
            get_position="at",
            get_text="name",
            get_size="kind == 'capital' ? 12 : 11",
            get_color=f"kind == 'capital' ? {_rgb(legend.QUIET_INK)} : {_rgb(legend.FAINT_INK)}",
            get_pixel_offset="kind == 'capital' ? [0, -9] : [0, 0]",
            font_family=pdk.types.String(FONT),
            character_set=pdk.types.String("auto"),
            extensions=[{"@@type": "CollisionFilterExtension"}],
            get_collision_priority="rank",
            # a label hides unless it covers its own place in the test, and names stand above dots
            collision_test_props={"sizeScale": 3},
            pickable=False,
        ),
    ]


def _text_layer(
    layer_id: str, rows: list[dict[str, Any]], *, size: int, background: bool, **settings: Any
) -> pdk.Layer:
    """Labels in any script, on a light ground or with a halo."""
    return pdk.Layer(
        "TextLayer",
        rows,
        id=layer_id,
        get_position="at",
        get_text="text",
        get_color="colour",
        get_size=size,
        font_family=pdk.types.String(FONT),
        font_weight=600,
        # without "auto" deck.gl drops ü, Ł and Cyrillic in silence
        character_set=pdk.types.String("auto"),
        font_settings={"sdf": True, "buffer": 6, "radius": 12},
        outline_width=0 if background else 4,
        outline_color=_rgb(legend.HALO),
        background=background,
        get_background_color=[*_rgb(legend.HALO), 225],
        background_padding=[4, 2],
        pickable=False,
        **settings,
    )


def _points(laydown: Laydown) -> list[Mark]:
    return [mark for mark in laydown.marks if mark.shape.geom_type == "Point"]


def _position(mark: Mark) -> list[float]:
    lon, lat = shapely.get_coordinates(shapely.point_on_surface(mark.shape))[0]
    return [round(float(lon), 4), round(float(lat), 4)]


def _feature(shape: BaseGeometry, properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "geometry": _for_screen(shape), "properties": properties}


@lru_cache(maxsize=512)
def _for_screen(shape: BaseGeometry) -> dict[str, Any]:
    """GeoJSON geometry, thinned and rounded to what a screen can show."""
    thin = shapely.simplify(shape, SCREEN_DEG, preserve_topology=True)
    rounded = shapely.transform(thin, lambda points: points.round(DECIMALS))
    geometry: dict[str, Any] = mapping(rounded)
    return geometry


def _is_cut(shape: BaseGeometry) -> bool:
    """Tell whether the shape was cut at the antimeridian, so that its outline is not its edge."""
    west, south, east, north = shape.bounds
    return bool(west <= -180 or east >= 180 or south <= -90 or north >= 90)


def _ring_tip(ring: Ring) -> str:
    figure = ring.figure
    when = f", {figure.date.spoken}" if figure.date else ""
    return _escape(
        f"{legend.ring_name(ring)}: {legend.figure_label(figure)}. "
        f"{figure.basis.capitalize()} by {figure.by}{when}. Measured from {ring.origin.name}."
    )


def _mark_tip(laydown: Laydown, mark: Mark) -> str:
    since = f", {mark.since.spoken}" if mark.since else ""
    return _escape(f"{mark.site.name}: {legend.status_label(laydown, mark)}{since}.")


def _escape(text: str) -> str:
    """Plain text for a tooltip; a leading @@ would be run as code by deck.gl."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return safe.removeprefix("@@")


def _rgb(colour: str) -> list[int]:
    return [int(colour[start : start + 2], 16) for start in (1, 3, 5)]
