"""A Laydown as KML for Google Earth and whatever else reads it.

Job: folders, shared styles and provenance. Ban: nothing is measured or worded here.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from xml.etree import ElementTree as ET

import shapely
from shapely.geometry.base import BaseGeometry

from geo.catalogue import Catalogue
from geo.features import FIELDS, TITLES, Feature, features
from geo.laydown import Laydown
from geo.looks import Look, look
from geo.provenance import Provenance, provenance

__all__ = ["kml"]

#: XML 1.0 knows no such characters, not even escaped.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TYPES: Mapping[type, str] = {str: "string", float: "double", bool: "bool"}


def kml(catalogue: Catalogue, laydown: Laydown, page: str = "") -> str:
    """Write a Laydown as KML 2.2: a folder a layer, and a style for all that look alike.

    KML has no dashes: the basis of a range stands in the name of its line. It has no symbols
    without a picture from elsewhere either: sites are the reader's own pins, in the side's colour.
    """
    made = provenance(catalogue, laydown, page)
    urls = {key: source.url for key, source in catalogue.sources.items() if source.url}
    found = features(laydown, urls)
    root = ET.Element("kml", xmlns="http://www.opengis.net/kml/2.2")
    document = _child(root, "Document", id="epaa-atlas")
    _child(document, "name", made.caption.title)
    _child(document, "description", _description(made))
    # in the order that the schema of KML asks for
    for style_id, style in {_style_id(one): look(one)[1] for one in found}.items():
        _style(document, style_id, style)
    data = _child(document, "ExtendedData")
    for key, value in (made.lines() | {"sources in full": _references(made)}).items():
        _child(_child(data, "Data", name=key), "value", value)
    for name, fields in FIELDS.items():
        schema = _child(document, "Schema", id=f"fields-{name}", name=name)
        for field, kind in fields.items():
            if field != "name":  # a placemark has a name of its own
                _child(schema, "SimpleField", name=field, type=_TYPES[kind])
    for name in FIELDS:
        rows = [one for one in found if one.layer == name]
        if rows:
            folder = _child(document, "Folder", id=name)
            _child(folder, "name", TITLES[name])
            for one in rows:
                _placemark(folder, one)
    ET.indent(root, " ")
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _description(made: Provenance) -> str:
    said = made.caption
    lines = (said.sentence, *made.notes, said.sources, said.borders, said.credit, made.link)
    # viewers take a description for HTML
    return "<br><br>".join(html.escape(line) for line in lines if line)


def _references(made: Provenance) -> str:
    return "\n".join(
        ". ".join(
            filter(None, (one.publisher, one.title, str(one.date or "undated"), one.url or ""))
        )
        for one in made.sources
    )


def _style_id(feature: Feature) -> str:
    words = "-".join((feature.layer, *look(feature)[0])).lower()
    return re.sub(r"[^a-z0-9]+", "-", words)


def _style(document: ET.Element, style_id: str, one: Look) -> None:
    """Write a shared style; its parts stand in the order that KML asks for."""
    style = _child(document, "Style", id=style_id)
    if one.shape is not None:
        icon = _child(style, "IconStyle")
        _child(icon, "color", _abgr(one.line))
        _child(icon, "scale", "0.9")
        _child(_child(style, "LabelStyle"), "scale", "0.8")
        return
    line = _child(style, "LineStyle")
    _child(line, "color", _abgr(one.line, 255 if one.line_px else 0))
    _child(line, "width", f"{one.line_px:g}")
    poly = _child(style, "PolyStyle")
    _child(poly, "color", _abgr(one.fill or one.line, one.fill_alpha if one.fill else 0))
    _child(poly, "fill", "1" if one.fill else "0")
    _child(poly, "outline", "1" if one.line_px else "0")


def _placemark(folder: ET.Element, one: Feature) -> None:
    placemark = _child(folder, "Placemark", id=f"{one.layer}-{one.id}")
    _child(placemark, "name", str(one.properties["name"]))
    _child(placemark, "styleUrl", f"#{_style_id(one)}")
    data = _child(_child(placemark, "ExtendedData"), "SchemaData", schemaUrl=f"#fields-{one.layer}")
    for field, value in one.properties.items():
        if value is not None and field != "name":
            text = str(int(value)) if isinstance(value, bool) else str(value)
            _child(data, "SimpleData", text, name=field)
    _geometry(placemark, one.shape)


def _geometry(parent: ET.Element, shape: BaseGeometry) -> None:
    parts = shapely.get_parts(shape).tolist()
    if len(parts) > 1:
        parent = _child(parent, "MultiGeometry")
    for part in parts:
        drawn = _child(parent, part.geom_type)
        if part.geom_type != "Point":
            _child(drawn, "tessellate", "1")
        if part.geom_type == "Polygon":
            for side, loop in (
                ("outerBoundaryIs", part.exterior),
                *(("innerBoundaryIs", hole) for hole in part.interiors),
            ):
                _child(_child(_child(drawn, side), "LinearRing"), "coordinates", _places(loop))
        else:
            _child(drawn, "coordinates", _places(part))


def _places(line: BaseGeometry) -> str:
    return " ".join(f"{lon!r},{lat!r}" for lon, lat in shapely.get_coordinates(line).tolist())


def _abgr(colour: str, alpha: int = 255) -> str:
    """Write a colour as KML does: opacity, blue, green, red."""
    return f"{alpha:02x}{colour[5:7]}{colour[3:5]}{colour[1:3]}".lower()


def _child(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    clean = {key: _NOT_XML.sub("�", value) for key, value in attributes.items()}
    child = ET.SubElement(parent, tag, clean)
    if text is not None:
        child.text = _NOT_XML.sub("�", text)
    return child
