"""Areas on the web map: reaches, flat circles, areas of sites, with their lines and tips.

Job: a layer each, typed and small. Ban: as `webmap`.
"""

from __future__ import annotations

from typing import Any

import pydeck as pdk
from shapely.geometry.base import BaseGeometry

from geo import flatness, legend, palette, wording
from geo.canvas import Canvas
from geo.deck import plain
from geo.laydown import Laydown
from geo.markings import mark_tip
from geo.palette import rgb
from geo.ring import Ring

__all__ = ["areas", "flat_circles", "reaches"]

#: Patrol areas are illustrations, good to some 200 km.
ROUGH_KM = 3.0


def _fill(colour: list[int] | str) -> dict[str, Any]:
    """Fill of a layer of areas, set where Streamlit does not see it.

    Once a reader has picked something, Streamlit fades the fills of all layers but the thing
    picked, and makes that opaque: a pale reach would hide the map. It looks at ``getFillColor`` of
    the layer itself only. No issue asks for a switch yet; see st.pydeck_chart's docstring.
    """
    expression = f"@@={colour}" if isinstance(colour, str) else colour
    return {"_subLayerProps": {"polygons-fill": {"getFillColor": expression}}}


def reaches(laydown: Laydown, on: Canvas) -> pdk.Layer:
    """Fills and lines of all rings in one layer, so that their coordinates travel once."""
    features: list[dict[str, Any]] = []
    for ring in laydown.rings:
        colour = rgb(palette.SIDE_COLOUR[ring.system.side])
        tip = _ring_tip(ring)
        dash = _dash(palette.BASIS[ring.figure.basis].dash)
        style = {"line": colour, "dash": dash, "name": tip}
        fill = [*colour, palette.REACH_ALPHA]
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


def flat_circles(laydown: Laydown, on: Canvas) -> list[pdk.Layer]:
    """What a flat-map tool would draw, if the reader asks to see it."""
    if not laydown.scenario.flat:
        return []
    features: list[dict[str, Any]] = []
    for circle in flatness.circles(laydown):
        for dash in palette.FLAT_DASHES:  # a line dashes in one rhythm only; two make dash and dot
            features += _feature(on, circle.line, {"dash": _dash(dash), "name": legend.FLAT_LABEL})
    return [
        pdk.Layer(
            "GeoJsonLayer",
            {"type": "FeatureCollection", "features": features},
            id="flat-circles",
            get_line_color=rgb(palette.FLAT),
            get_line_width=1.4,
            line_width_units=pdk.types.String("pixels"),
            get_dash_array="properties.dash",
            dash_justified=False,
            extensions=[{"@@type": "PathStyleExtension", "dash": True, "highPrecisionDash": True}],
            pickable=True,
            **on.area_settings,
        )
    ]


def areas(laydown: Laydown, on: Canvas) -> pdk.Layer:
    """Areas of sites, such as where ships patrol."""
    features: list[dict[str, Any]] = []
    for mark in laydown.marks:
        if not mark.outlined:
            continue
        colour = rgb(palette.SIDE_COLOUR[mark.site.side])
        features += _feature(
            on,
            mark.shape,
            {
                "id": mark.site.id,
                "fill": [*colour, palette.area_alpha(mark.status)],
                "line": [*colour, 150],
                "name": mark_tip(laydown, mark),
            },
            ROUGH_KM if mark.site.kind == "patrol area" else 0.0,
        )
    return pdk.Layer(
        "GeoJsonLayer",
        {"type": "FeatureCollection", "features": features},
        id="areas",
        **_fill("properties.fill"),
        get_line_color="properties.line",
        get_line_width=1.2,
        line_width_units=pdk.types.String("pixels"),
        # of each feature, as of the reaches: see `lettering` for what that saves
        get_dash_array="[4, 4]",
        extensions=[{"@@type": "PathStyleExtension", "dash": True, "highPrecisionDash": True}],
        pickable=True,
        **on.area_settings,
    )


def _feature(
    on: Canvas, shape: BaseGeometry, properties: dict[str, Any], rough_km: float = 0.0
) -> list[dict[str, Any]]:
    """Give one feature, or none if the map does not show the shape."""
    geometry = on.geometry(shape, rough_km)
    if geometry is None:
        return []
    return [{"type": "Feature", "geometry": geometry, "properties": properties}]


def _dash(widths: tuple[float, float]) -> list[float]:
    """Dash and gap as deck.gl counts them: in halves of the line's width."""
    return [round(2 * part, 3) for part in widths]


def _ring_tip(ring: Ring) -> str:
    figure = ring.figure
    when = f", {figure.date.spoken}" if figure.date else ""
    whose = wording.whose(figure)
    return plain(
        f"{legend.ring_name(ring)}: {wording.figure_label(figure)}. "
        f"{whose[0].upper()}{whose[1:]}{when}. Measured from {ring.origin.name}."
    )
