"""Looks as QGIS keeps them: a QML document a layer, for the table ``layer_styles``.

Job: rules, one a look, with the label of the legend. Ban: no colour of its own, no file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal
from xml.etree import ElementTree as ET

from geo.features import Feature, LayerName
from geo.looks import DECIDES, Look, look
from geo.palette import rgb

__all__ = ["qml"]

#: QGIS's name of each symbol; an anchor has none, so a port is a pentagon.
_MARKERS = {
    "square": "square",
    "diamond": "diamond",
    "triangle": "triangle",
    "star": "star",
    "anchor": "pentagon",
    "dot": "circle",
    "plus": "cross_fill",
}
_SYMBOL: Mapping[LayerName, Literal["marker", "line", "fill"]] = {
    "countries": "fill",
    "ranges": "fill",
    "range_lines": "line",
    "areas": "fill",
    "sites": "marker",
}
#: Points on paper of a screen pixel.
_PT = 0.75


def qml(layer: LayerName, rows: Iterable[Feature]) -> str:
    """Write the look of a layer as QML: a rule for each look among its features, and labels."""
    found: dict[tuple[str, ...], Look] = dict(look(row) for row in rows)
    root = ET.Element(
        "qgis", version="3.28.0", styleCategories="Symbology|Labeling", labelsEnabled="1"
    )
    renderer = ET.SubElement(root, "renderer-v2", type="RuleRenderer", symbollevels="0")
    rules = ET.SubElement(renderer, "rules", key="{root}")
    symbols = ET.SubElement(renderer, "symbols")
    for index, (values, one) in enumerate(found.items()):
        ET.SubElement(
            rules,
            "rule",
            key=f"{{rule-{index}}}",
            symbol=str(index),
            label=one.label,
            filter=_filter(DECIDES[layer], values),
        )
        symbol = ET.SubElement(
            symbols, "symbol", type=_SYMBOL[layer], name=str(index), alpha="1", clip_to_extent="1"
        )
        kind, options = _drawn(_SYMBOL[layer], one)
        _layer(symbol, kind, options)
        if one.crossed:
            cross = {"name": "cross2", "color": _rgba(one.line, 255), "size": "8"}
            cross |= {"outline_color": _rgba(one.line, 255), "outline_width": "1.2"}
            _layer(symbol, "SimpleMarker", cross | _units("size", "outline_width"))
    if layer in {"sites", "areas", "range_lines"}:
        _labels(root, along=layer == "range_lines")
    ET.indent(root, " ")
    head = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>"
    return f"{head}\n{ET.tostring(root, encoding='unicode')}\n"


def _filter(fields: Iterable[str], values: Iterable[str]) -> str:
    quoted = (value.replace("'", "''") for value in values)
    return " AND ".join(
        f"\"{field}\" = '{value}'" for field, value in zip(fields, quoted, strict=True)
    )


def _drawn(kind: str, one: Look) -> tuple[str, dict[str, str]]:
    """Class of a symbol layer and its options."""
    width = f"{one.line_px * _PT:.3g}"
    if kind == "marker":
        return "SimpleMarker", {
            "name": _MARKERS[one.shape or "dot"],
            "color": _rgba(one.fill or one.line, 255),
            "outline_color": _rgba(one.line, 255),
            "outline_width": width,
            "size": "8",
            **_units("size", "outline_width"),
        }
    if kind == "line":
        dashed = any(one.dash)
        # QGIS counts dashes in the unit given, the legend in line widths
        rhythm = ";".join(f"{max(part * one.line_px * _PT, 0.1):.3g}" for part in one.dash)
        return "SimpleLine", {
            "line_color": _rgba(one.line, 255),
            "line_width": width,
            "use_custom_dash": "1" if dashed else "0",
            "customdash": rhythm if dashed else "5;2",
            "capstyle": "flat",
            "joinstyle": "round",
            **_units("line_width", "customdash"),
        }
    outline = "dash" if any(one.dash) else "solid"
    return "SimpleFill", {
        "color": _rgba(one.fill or one.line, one.fill_alpha if one.fill else 0),
        "style": "solid" if one.fill else "no",
        "outline_color": _rgba(one.line, 255),
        "outline_width": width,
        "outline_style": outline if one.line_px else "no",
        **_units("outline_width"),
    }


def _units(*names: str) -> dict[str, str]:
    return {f"{name}_unit": "Point" for name in names}


def _layer(symbol: ET.Element, kind: str, options: Mapping[str, str]) -> None:
    layer = ET.SubElement(symbol, "layer", {"class": kind, "enabled": "1", "pass": "0"})
    held = ET.SubElement(layer, "Option", type="Map")
    for name, value in options.items():
        ET.SubElement(held, "Option", type="QString", name=name, value=value)


def _labels(root: ET.Element, *, along: bool) -> None:
    """Name every feature by its field ``name``."""
    labeling = ET.SubElement(root, "labeling", type="simple")
    settings = ET.SubElement(labeling, "settings", calloutType="simple")
    text = {"fieldName": "name", "isExpression": "0", "fontSize": "8", "fontSizeUnit": "Point"}
    style = ET.SubElement(settings, "text-style", text)
    ET.SubElement(style, "text-buffer", bufferDraw="1", bufferSize="1", bufferSizeUnits="MM")
    # 2: along the line; 1: around the point or middle
    ET.SubElement(settings, "placement", placement="2" if along else "1")


def _rgba(colour: str, alpha: int) -> str:
    red, green, blue = rgb(colour)
    return f"{red},{green},{blue},{alpha}"
