"""A Laydown as plain features: the same rows for GeoJSON, GeoPackage and KML.

Job: layers, their fields and shapes, rounded and wound as RFC 7946 asks. Ban: no file format.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import shapely
from shapely.geometry.base import BaseGeometry

from geo import basemap, legend, palette, wording
from geo.laydown import Laydown, Mark
from geo.ring import Ring

__all__ = ["DECIMALS", "FIELDS", "TITLES", "Feature", "LayerName", "features", "rounded"]

#: The most that RFC 7946 advises: about a centimetre.
DECIMALS = 7

LayerName = Literal["countries", "ranges", "range_lines", "areas", "sites"]
Value = str | float | bool | None

_SITE: Mapping[str, type] = {
    **dict.fromkeys(("id", "name", "side", "kind", "status", "status_label", "since"), str),
    **dict.fromkeys(("event", "country", "operator"), str),
    "position_precision_km": float,
    **dict.fromkeys(("position_note", "sources"), str),
}
#: Fields of each layer and their types; layers in the order they are drawn, lowest first.
FIELDS: Mapping[LayerName, Mapping[str, type]] = {
    "countries": dict.fromkeys(("id", "name", "group", "label"), str),
    "ranges": {
        **dict.fromkeys(("id", "name", "label", "system", "variant", "side", "figure"), str),
        **dict.fromkeys(("origin", "origin_id", "quantity"), str),
        "low_km": float,
        "reach_km": float,
        **dict.fromkeys(("as_published", "basis", "by", "date"), str),
        "confirmed": bool,
        **dict.fromkeys(("source", "source_url", "quote", "note"), str),
    },
    "range_lines": {
        **dict.fromkeys(("id", "name", "range", "side", "basis"), str),
        "distance_km": float,
        "confirmed": bool,
    },
    "areas": _SITE,
    "sites": _SITE,
}

#: Titles of the layers, for readers.
TITLES: Mapping[LayerName, str] = {
    "countries": "Countries marked as a whole",
    "ranges": "Stated ranges",
    "range_lines": "Lines at the stated distances",
    "areas": "Areas",
    "sites": "Sites",
}


@dataclass(frozen=True)
class Feature:
    """One thing drawn."""

    layer: LayerName
    properties: Mapping[str, Value]
    """By the fields of the layer; None where nothing is known."""
    shape: BaseGeometry
    """Longitude and latitude in degrees."""

    @property
    def id(self) -> str:
        """Unique in its layer."""
        return str(self.properties["id"])


def features(laydown: Laydown, urls: Mapping[str, str]) -> tuple[Feature, ...]:
    """List everything a Laydown draws, lowest layer first.

    Parameters
    ----------
    laydown
        What is drawn.
    urls
        Address of each source by its id.

    Notes
    -----
    Countries are those marked as a whole, on simplified borders. A range is what the map fills:
    the reach, or for a band what lies between its two distances.
    """
    found = [
        *_countries(laydown),
        *(_range(ring, urls) for ring in laydown.rings),
        *(line for ring in laydown.rings for line in _lines(ring)),
        *(_site(laydown, mark) for mark in laydown.marks if mark.shape.geom_type != "Point"),
        *(_site(laydown, mark) for mark in laydown.marks if mark.shape.geom_type == "Point"),
    ]
    return tuple(found)


def rounded(shape: BaseGeometry) -> BaseGeometry:
    """Round a shape to `DECIMALS`; a polygon stays valid and is wound as RFC 7946 asks."""
    if shape.geom_type in {"Polygon", "MultiPolygon"}:
        # on the grid first, which drops what rounding would fold; then written in so many decimals
        shape = shapely.set_precision(shape, 10.0**-DECIMALS)
        shape = shapely.orient_polygons(shape, exterior_cw=False)
    return shapely.transform(shape, lambda points: points.round(DECIMALS))


def _countries(laydown: Laydown) -> list[Feature]:
    groups = legend.country_tints(laydown)
    return [
        Feature(
            "countries",
            {"id": iso3, "name": name, "group": groups[iso3], "label": _tint_label(groups[iso3])},
            rounded(shape),
        )
        for iso3, name, shape in basemap.features(laydown.scenario.borders)
        if iso3 in groups
    ]


def _tint_label(key: palette.TintKey) -> str:
    return palette.TINTS[key].label


def _range(ring: Ring, urls: Mapping[str, str]) -> Feature:
    figure = ring.figure
    return Feature(
        "ranges",
        {
            "id": ring.id,
            "name": legend.ring_name(ring),
            "label": wording.figure_label(figure),
            "system": ring.system.name,
            "variant": figure.variant,
            "side": ring.system.side,
            "figure": figure.id,
            "origin": ring.origin.name,
            "origin_id": ring.origin.id,
            "quantity": figure.quantity,
            "low_km": figure.low_km,
            "reach_km": figure.reach_km,
            "as_published": figure.as_published,
            "basis": figure.basis,
            "by": figure.by,
            "date": None if figure.date is None else str(figure.date),
            "confirmed": figure.source_read,
            "source": figure.source,
            "source_url": urls.get(figure.source),
            "quote": figure.quote,
            "note": " ".join(legend.caveats(ring)) or None,
        },
        rounded(ring.shape),
    )


def _lines(ring: Ring) -> list[Feature]:
    return [
        Feature(
            "range_lines",
            {
                "id": f"{ring.id}.{distance_km:g}",
                "name": legend.ring_label(ring, distance_km, named=True),
                "range": ring.id,
                "side": ring.system.side,
                "basis": ring.figure.basis,
                "distance_km": distance_km,
                "confirmed": ring.figure.source_read,
            },
            rounded(line),
        )
        for distance_km, line in ring.edges
    ]


def _site(laydown: Laydown, mark: Mark) -> Feature:
    site = mark.site
    return Feature(
        "sites" if mark.shape.geom_type == "Point" else "areas",
        {
            "id": site.id,
            "name": legend.mark_name(mark),
            "side": site.side,
            "kind": site.kind,
            "status": mark.status,
            "status_label": legend.status_label(laydown, mark),
            "since": None if mark.since is None else str(mark.since),
            "event": None if mark.event is None else mark.event.text,
            "country": site.country,
            "operator": site.operator,
            "position_precision_km": site.position_precision_km,
            "position_note": site.position_note,
            "sources": " ".join(
                dict.fromkeys([*([mark.event.source] if mark.event else []), *site.sources])
            ),
        },
        rounded(mark.shape),
    )
