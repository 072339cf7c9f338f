"""A Laydown as a pydeck deck for the web page; the only place that knows pydeck.

Job: typed layers, each with an id, small enough to travel with every toggle; the same ones on every
map, which `canvas` lays out. The borders do not travel: they are a file under ``static/``, fetched
once by the browser.
Ban: no Streamlit, no style of its own (`legend` has it), no radius in metres.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping
from copy import copy
from functools import cached_property
from typing import Any

import pydeck as pdk
import shapely
from shapely.geometry.base import BaseGeometry

from geo import flatness, legend, room, symbols
from geo.canvas import HEIGHT_PX, STATIC, WIDTH_PX, Canvas, canvas
from geo.laydown import Laydown, Mark, Ring
from geo.mesh import MEDIA_TYPE

__all__ = ["EDGES", "HEIGHT_PX", "WIDTH_PX", "Deck", "deck"]

FONT = '"Source Sans", "Source Sans Pro", Arial, sans-serif'


#: In one overlap test with the place names, which hide behind what has this.
_IN_FRONT: Mapping[str, Any] = {
    "extensions": [{"@@type": "CollisionFilterExtension"}],
    "get_collision_priority": 1000,
}
#: Room around words in front, left, top, right and bottom: the test asks for a place's dot, and its
#: name is about so much wider, and above it.
_AROUND_PX = [26, 2, 26, 14]


#: The layer of borders and coasts.
EDGES = "edges"
#: Layers whose data stay as they are while a reader chooses what is drawn on a map.
_STANDING = ("sea", "grid", "land", "capitals", "places")
#: Fewer bytes than these are sent: to fetch them would take longer.
_FEW = 300
#: Stands for a mesh that is no file, until it has an address.
_MESH = "mesh"


class Deck(pdk.Deck):  # type: ignore[misc]  # pydeck has no types
    """A deck whose JSON is compact and written once: pydeck indents, five bytes for each one."""

    mesh: bytes | None = None
    """Borders and coasts, if they are no file."""

    def hold(self, mesh: bytes) -> None:
        """Take borders and coasts that are no file; the JSON, which is not to have them, first."""
        self.__dict__["_compact"] = self._compact
        self.mesh = mesh

    @cached_property
    def standing(self) -> Mapping[str, bytes]:
        """What a toggle leaves alone and is no file, by layer: JSON of the data, or the mesh."""
        layers = {layer["id"]: layer["data"] for layer in json.loads(self._compact)["layers"]}
        data = {
            key: _written(layers[key]).encode()
            for key in _STANDING
            if key in layers and not isinstance(layers[key], str)
        }
        data = {key: content for key, content in data.items() if len(content) > _FEW}
        return data if self.mesh is None else {**data, EDGES: self.mesh}

    def pointing(self, addresses: Mapping[str, str]) -> Deck:
        """Give this deck with what is `standing` at addresses, which a browser asks once."""
        known: tuple[Mapping[str, str], Deck] | None = self.__dict__.get("_light")
        if known is None or known[0] != addresses:
            drawn = json.loads(self._compact)
            for layer in drawn["layers"]:
                field = "scenegraph" if layer["id"] == EDGES else "data"
                layer[field] = addresses.get(layer["id"], layer[field])
            light = copy(self)
            light.mesh = None
            light.__dict__["_compact"] = _written(drawn)
            self.__dict__["_light"] = known = addresses, light
        return known[1]

    def to_json(self) -> str:
        """Return the specification without white space, whole: with the mesh in it."""
        if self.mesh is None:
            return self._compact
        inline = f"data:{MEDIA_TYPE};base64,{b64encode(self.mesh).decode()}"
        return self._compact.replace(f'"scenegraph":"{_MESH}"', f'"scenegraph":"{inline}"')

    @cached_property
    def _compact(self) -> str:
        return _written(json.loads(super().to_json()))


def _written(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def deck(laydown: Laydown, size_px: tuple[int, int] = (WIDTH_PX, HEIGHT_PX)) -> Deck:
    """Draw a Laydown on the map that its scenario asks for, with no tiles.

    Parameters
    ----------
    laydown
        What is drawn.
    size_px
        Width and height in which the framing must fit; words keep their size.
    """
    on = canvas(laydown, size_px)
    names = _site_names(laydown, on)
    edges = on.edges(laydown.scenario.borders)
    drawn = Deck(
        layers=[
            _sea(on),
            *_grid(on),
            *_land(laydown, on),
            _edges(edges, on),
            _reaches(laydown, on),
            *_flat_circles(laydown, on),
            _areas(laydown, on),
            _site_room(names, on),
            *_places(on),  # above the fills, so that a name can be read and picked
            _sites(laydown, on),
            _ring_labels(laydown, on, _room(laydown, on, names)),
            _site_labels(names, on),
            *_bar(on),
        ],
        initial_view_state=pdk.ViewState(**on.camera()),
        views=[pdk.View(**on.view)],
        map_provider=None,  # with no tiles nothing leaves the machine; see the tests
        # names of places have theirs in the file; Streamlit escapes what it fills in
        tooltip={"html": "{name}", "style": {"maxWidth": "320px"}},
    )
    if isinstance(edges, bytes):
        drawn.hold(edges)
    return drawn


def _sea(on: Canvas) -> pdk.Layer:
    """The sea; of a flat map, with the rim."""
    rim = {"get_line_color": _rgb(legend.LAND_EDGE), "line_width_min_pixels": 1}
    return pdk.Layer(
        "PolygonLayer" if on.has_rim else "SolidPolygonLayer",
        [{"polygon": on.sea()}],
        id="sea",
        get_polygon="polygon",
        get_fill_color=_rgb(legend.GLOBE_SEA if on.kind == "globe" else legend.SEA),
        pickable=False,
        **(rim if on.has_rim else {}),
    )


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
            get_line_color=_rgb(legend.GRID),
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
            **_fill(_country_colours(laydown)),
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
        scenegraph=pdk.types.String(edges if isinstance(edges, str) else _MESH),
        coordinate_system=pdk.types.String("cartesian"),
        get_position="at",
        get_color=[*_rgb(legend.LAND_EDGE), 255],
        pickable=False,
        **on.edge_settings,
    )


def _fill(colour: list[int] | str) -> dict[str, Any]:
    """Fill of a layer of areas, set where Streamlit does not see it.

    Once a reader has picked something, Streamlit fades the fills of all layers but the thing
    picked, and makes that opaque: a pale reach would hide the map. It looks at ``getFillColor`` of
    the layer itself only. No issue asks for a switch yet; see st.pydeck_chart's docstring.
    """
    expression = f"@@={colour}" if isinstance(colour, str) else colour
    return {"_subLayerProps": {"polygons-fill": {"getFillColor": expression}}}


def _ink(colour: str) -> dict[str, Any]:
    """Colour of words, out of Streamlit's sight for the reason that `_fill` gives."""
    return {"_subLayerProps": {"characters": {"getColor": f"@@={colour}"}}}


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


def _reaches(laydown: Laydown, on: Canvas) -> pdk.Layer:
    """Fills and lines of all rings in one layer, so that their coordinates travel once."""
    features: list[dict[str, Any]] = []
    for ring in laydown.rings:
        colour = _rgb(legend.SIDE_COLOUR[ring.system.side])
        tip = _ring_tip(ring)
        dash = list(legend.BASIS[ring.figure.basis].dash)
        style = {"line": colour, "dash": dash, "name": tip}
        fill = [*colour, legend.REACH_ALPHA]
        if on.is_cut(ring.reach):  # its outline would draw the cut: fill and lines apart
            no_line = {"line": [0, 0, 0, 0], "dash": [0, 0], "name": tip}
            features += _feature(on, ring.shape, {**no_line, "fill": fill})
            for _, line in ring.edges:
                features += _feature(on, line, style)
        else:
            features += _feature(on, ring.shape, {**style, "fill": fill})
    return pdk.Layer(
        "GeoJsonLayer",
        {"type": "FeatureCollection", "features": features},
        id="reaches",
        **_fill("properties.fill"),
        get_line_color="properties.line",
        get_line_width=2.2,
        line_width_units=pdk.types.String("pixels"),
        get_dash_array="properties.dash",
        dash_justified=False,
        extensions=[{"@@type": "PathStyleExtension", "dash": True, "highPrecisionDash": True}],
        pickable=True,
        **on.area_settings,
    )


def _flat_circles(laydown: Laydown, on: Canvas) -> list[pdk.Layer]:
    """What a flat-map tool would draw, if the reader asks to see it."""
    if not laydown.scenario.flat:
        return []
    features: list[dict[str, Any]] = []
    for circle in flatness.circles(laydown):
        for dash in legend.FLAT_DASHES:  # a line dashes in one rhythm only; two make dash and dot
            features += _feature(on, circle.line, {"dash": list(dash), "name": legend.FLAT_LABEL})
    return [
        pdk.Layer(
            "GeoJsonLayer",
            {"type": "FeatureCollection", "features": features},
            id="flat-circles",
            get_line_color=_rgb(legend.FLAT),
            get_line_width=1.4,
            line_width_units=pdk.types.String("pixels"),
            get_dash_array="properties.dash",
            dash_justified=False,
            extensions=[{"@@type": "PathStyleExtension", "dash": True, "highPrecisionDash": True}],
            pickable=True,
            **on.area_settings,
        )
    ]


def _areas(laydown: Laydown, on: Canvas) -> pdk.Layer:
    features: list[dict[str, Any]] = []
    for mark in laydown.marks:
        if not mark.outlined:
            continue
        colour = _rgb(legend.SIDE_COLOUR[mark.site.side])
        solid = legend.STATUS[mark.status].filled
        features += _feature(
            on,
            mark.shape,
            {
                "id": mark.site.id,
                "fill": [*colour, legend.AREA_ALPHA if solid else 0],
                "line": [*colour, 150],
                "name": _mark_tip(laydown, mark),
            },
        )
    return pdk.Layer(
        "GeoJsonLayer",
        {"type": "FeatureCollection", "features": features},
        id="areas",
        **_fill("properties.fill"),
        get_line_color="properties.line",
        get_line_width=1.2,
        line_width_units=pdk.types.String("pixels"),
        get_dash_array=[2, 2],
        extensions=[{"@@type": "PathStyleExtension", "dash": True, "highPrecisionDash": True}],
        pickable=True,
        **on.area_settings,
    )


def _sites(laydown: Laydown, on: Canvas) -> pdk.Layer:
    rows: list[dict[str, Any]] = [
        {
            "id": mark.site.id,
            "at": at,
            "icon": symbols.symbol_key(
                legend.KIND_SHAPE[mark.site.kind], mark.site.side, mark.status
            ),
            "size": 12 if mark.status == "reference" else 22,
            "shift": list(legend.mark_shift(mark)),
            "name": _mark_tip(laydown, mark),
        }
        for mark in laydown.marks
        if mark.shape.geom_type == "Point" and (at := _position(mark, on)) is not None
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
        pickable=True,
        **on.word_settings,
    )


def _ring_labels(laydown: Laydown, on: Canvas, taken: list[room.Box]) -> pdk.Layer:
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
            colour = _rgb(legend.SIDE_COLOUR[ring.system.side])
            rows[key] = {"at": place, "text": _plain(words), "colour": colour}
            covered += room.crowding(taken[-1], taken[before:-1])
            taken += taken[-1:] * 9  # to cover another line's words is worse than to cover a name
    found = [rows[key] for key in sorted(rows, key=lambda key: -key[1])]
    for circle in flatness.circles(laydown) if laydown.scenario.flat else ():
        turn = len(found) + legend.FLAT_TURN
        place = on.label_spot(circle.line, turn, legend.FLAT_LABEL, taken)
        if place is not None:
            found.append({"at": place, "text": legend.FLAT_LABEL, "colour": _rgb(legend.FLAT)})
    return found, covered


def _site_names(laydown: Laydown, on: Canvas) -> list[dict[str, Any]]:
    """Names of sites and areas, and tags of countries, each where it stands."""
    rows: list[dict[str, Any]] = []
    for mark in laydown.marks:
        at = _position(mark, on)
        area = mark.shape.geom_type != "Point"
        if at is None or (area and not mark.outlined):
            continue
        right, down = legend.mark_shift(mark)
        name = legend.mark_name(mark)
        centred = area or mark.status == "reference"
        below = 0 if area else 14
        rows.append(
            {
                "at": at,
                "text": _plain(legend.two_lines(name) if area else name),
                "colour": _rgb(legend.SIDE_COLOUR[mark.site.side] if area else legend.INK),
                "anchor": "middle" if centred else "start",
                "shift": [0, below] if centred else [right + 14, down],
            }
        )
    rows += [
        {
            "at": at,
            "text": tag.text,
            "colour": _rgb(legend.INK),
            "anchor": "middle",
            "shift": [0, 16],
        }
        for tag in legend.country_tags(laydown)
        if (at := on.spot(tag.lon, tag.lat, 2)) is not None
    ]
    return rows


def _room(laydown: Laydown, on: Canvas, names: list[dict[str, Any]]) -> list[room.Box]:
    """Move names off what stands already, where the map minds that; return the room taken."""
    places = [(mark, _position(mark, on)) for mark in laydown.marks]
    taken: list[room.Box] = []
    for mark, at in places:
        pixel = None if at is None or mark.shape.geom_type != "Point" else on.pixel(at)
        if pixel is not None:
            right, down = legend.mark_shift(mark)
            x, y, half = pixel[0] + right, pixel[1] - down, room.SYMBOL_PX
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


def _site_labels(rows: list[dict[str, Any]], on: Canvas) -> pdk.Layer:
    return _text_layer(
        "site-labels",
        rows,
        size=14,
        background=False,
        get_text_anchor="anchor",
        get_pixel_offset="shift",
        **on.word_settings,
    )


def _site_room(rows: list[dict[str, Any]], on: Canvas) -> pdk.Layer:
    """Keep the names of places from under those of sites: unseen, but in their overlap test.

    The names of sites are in none themselves: two that met would hide one another.
    """
    return pdk.Layer(
        "TextLayer",
        rows,
        id="site-room",
        get_position="at",
        get_text="text",
        get_color=[0, 0, 0, 0],
        get_size=14,
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


def _places(on: Canvas) -> list[pdk.Layer]:
    """Names of countries and capitals; those that overlap are hidden."""
    names = on.names()
    dots: str | list[dict[str, Any]] = names if isinstance(names, str) else []
    radius: str | int = "kind == 'capital' ? 2 : 0"
    rank = "rank"
    if not isinstance(names, str):  # they travel with the deck, so no more than is needed
        dots, radius = [{"at": row["at"]} for row in names if "kind" in row], 2
        rank = "kind == 'capital' ? 600 : rank"
    return [
        pdk.Layer(
            "ScatterplotLayer",
            dots,
            id="capitals",
            get_position="at",
            get_radius=radius,
            radius_units=pdk.types.String("pixels"),  # a dot on the screen, not a distance
            get_fill_color=_rgb(legend.QUIET_INK),
            pickable=False,
            **on.word_settings,
        ),
        pdk.Layer(
            "TextLayer",
            names,
            id="places",
            get_position="at",
            get_text="name",
            get_size="kind == 'capital' ? 12 : 11",
            **_ink(f"kind == 'capital' ? {_rgb(legend.QUIET_INK)} : {_rgb(legend.FAINT_INK)}"),
            get_pixel_offset="kind == 'capital' ? [0, -9] : [0, 0]",
            font_family=pdk.types.String(FONT),
            character_set=pdk.types.String("auto"),
            extensions=[{"@@type": "CollisionFilterExtension"}],
            get_collision_priority=rank,
            # a label hides unless it covers its own place in the test, and names stand above dots
            collision_test_props={"sizeScale": 3},
            pickable=True,
            **on.word_settings,
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
        **_ink("colour"),
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


def _position(mark: Mark, on: Canvas) -> list[float] | None:
    lon, lat = shapely.get_coordinates(shapely.point_on_surface(mark.shape))[0]
    return on.spot(float(lon), float(lat), 4)


def _feature(on: Canvas, shape: BaseGeometry, properties: dict[str, Any]) -> list[dict[str, Any]]:
    """Give one feature, or none if the map does not show the shape."""
    geometry = on.geometry(shape)
    if geometry is None:
        return []
    return [{"type": "Feature", "geometry": geometry, "properties": properties}]


def _bar(on: Canvas) -> list[pdk.Layer]:
    """The scale, where one bar can be true; it moves and grows with the map."""
    bar = on.bar()
    if bar is None:
        return []
    ends, km = bar
    row = {"at": ends[0], "text": legend.bar_label(on.kind, km), "colour": _rgb(legend.QUIET_INK)}
    return [
        pdk.Layer(
            "PathLayer",
            [{"path": ends}],
            id="bar",
            get_path="path",
            get_color=_rgb(legend.QUIET_INK),
            get_width=3,
            width_units=pdk.types.String("pixels"),
            pickable=False,
        ),
        _text_layer(
            "bar-label",
            [row],
            size=12,
            background=False,
            get_text_anchor=pdk.types.String("start"),
            get_pixel_offset=[0, -12],
        ),
    ]


def _ring_tip(ring: Ring) -> str:
    figure = ring.figure
    when = f", {figure.date.spoken}" if figure.date else ""
    whose = legend.whose(figure)
    return _plain(
        f"{legend.ring_name(ring)}: {legend.figure_label(figure)}. "
        f"{whose[0].upper()}{whose[1:]}{when}. Measured from {ring.origin.name}."
    )


def _mark_tip(laydown: Laydown, mark: Mark) -> str:
    since = f", {mark.since.spoken}" if mark.since else ""
    return _plain(f"{mark.site.name}: {legend.status_label(laydown, mark)}{since}.")


def _plain(text: str) -> str:
    """Text as it stands; behind a space where it begins with @@, which deck.gl would run."""
    return f" {text}" if text.startswith("@@") else text


def _rgb(colour: str) -> list[int]:
    return [int(colour[start : start + 2], 16) for start in (1, 3, 5)]
