"""Every choice of phases of a map, as data for one web page: layers, words, sources, each once.

Job: what `webmap` draws and `provenance` says, in a form that the page's script knows. Ban: as
`standalone`.
"""

from __future__ import annotations

import base64
import json
import re
from typing import Any
from urllib.parse import quote

from geo import basemap, legend, palette, swatch, symbols, webmap
from geo.canvas import STATIC
from geo.errors import FileError
from geo.laydown import Laydown
from geo.model import Source
from geo.provenance import Provenance

__all__ = ["Book", "choice"]

_PATH = re.compile(r"[a-z]+(\.[a-z0-9]+)*")
_LAND = ("land", "land-of-this-view")


class Book:
    """All choices of phases, with whatever they share held once."""

    def __init__(self) -> None:
        self.states: dict[str, dict[str, Any]] = {}
        self._layers: dict[str, int] = {}
        self._data: dict[str, int] = {}
        self._files: dict[str, int] = {}
        self._sources: dict[str, int] = {}
        self._cited: list[dict[str, str]] = []
        self._view: dict[str, Any] = {}

    def add(self, phases: tuple[int, ...], laydown: Laydown, made: Provenance) -> None:
        """Take up one choice."""
        drawn = json.loads(webmap.deck(laydown).to_json())
        said = made.caption
        (view,) = drawn["views"]
        self._view = {"kind": view.pop("@@type"), **view}
        layers = _bordered(drawn["layers"], laydown.scenario.projection == "globe")
        notes = " ".join([*said.general_notes, said.origin_note]).strip()
        small = (
            *(*laydown.missing, said.flat, notes),
            *(said.sources, said.projection, said.borders, said.credit),
        )
        self.states[choice(phases)] = {
            "title": said.title,
            "sentence": said.sentence,
            "alt": said.alt,
            "small": [line for line in small if line],
            "link": made.link,
            "sources": [self._source(source) for source in made.sources],
            "legend": [
                {"label": entry.label, "small": entry.small_print, "mark": swatch.address(entry)}
                for entry in legend.entries(laydown)
            ],
            "view": drawn["initialViewState"],
            "layers": [self._layer(layer, laydown) for layer in layers],
        }

    def record(self) -> dict[str, Any]:
        """All of it for the page."""
        picture = base64.b64encode(basemap.name_picture()).decode()
        return {
            "states": self.states,
            "layers": [json.loads(text) for text in self._layers],
            "data": [json.loads(text) for text in self._data],
            "sources": self._cited,
            "view": self._view,
            "sheets": {
                "symbols": f"data:image/svg+xml,{quote(symbols.symbol_sheet())}",
                "names": f"data:image/png;base64,{picture}",
            },
            "tooltip": {**palette.TOOLTIP, "fontFamily": "sans-serif"},
        }

    def _source(self, source: Source) -> int:
        if source.id not in self._sources:
            when = str(source.date or "undated")
            words = f"{source.publisher}: {source.title} ({when})"
            self._cited.append({"words": words, "url": source.url or ""})
            self._sources[source.id] = len(self._cited) - 1
        return self._sources[source.id]

    def _file(self, address: str) -> int:
        """Make a file of the app's page part of this one, once."""
        if address not in self._files:
            held = basemap.asset(address.removeprefix(STATIC))
            self._files[address] = _index(self._data, held)
        return self._files[address]

    def _layer(self, spec: dict[str, Any], laydown: Laydown) -> int:
        data = spec.pop("data")
        spec["kind"] = spec.pop("@@type")
        _hoist(spec)
        spec["data"] = (
            [self._file(one) if isinstance(one, str) else _index(self._data, one) for one in data]
            if spec["id"] == webmap.EDGES
            else self._file(data)
            if isinstance(data, str)
            else _index(self._data, data)
        )
        if spec["id"] in _LAND:
            spec["getFillColor"] = _tints(laydown)
        if spec["id"] == "places":
            spec |= {"iconAtlas": "names", "iconMapping": basemap.asset(basemap.name_cells())}
        elif "iconAtlas" in spec:
            spec["iconAtlas"] = "symbols"
        spec["extensions"] = [
            {"kind": one.pop("@@type"), **one} for one in spec.pop("extensions", [])
        ]
        rules = {
            key: _rule(value.removeprefix("@@="))
            if isinstance(value, str) and value.startswith("@@=")
            else value
            for key, value in spec.items()
        }
        return _index(self._layers, rules)


def _bordered(layers: list[dict[str, Any]], on_globe: bool) -> list[dict[str, Any]]:
    """Give the layers with borders that need no file: the page's script reads them off the land.

    On the globe they would show through from the far side, so there the land has its outline.
    """
    colour = palette.rgb(palette.LAND_EDGE)
    land = [layer for layer in layers if layer["id"] in _LAND]
    if on_globe:
        outline = {"stroked": True, "getLineColor": colour}
        width = {"lineWidthMinPixels": 0.6, "lineWidthMaxPixels": 0.9}
        return [
            {**layer, **outline, **width} if layer in land else layer
            for layer in layers
            if layer["id"] != webmap.EDGES
        ]
    lines = {
        "@@type": "LineLayer",
        "id": webmap.EDGES,
        "data": [layer["data"] for layer in land],
        "getColor": colour,
        "getWidth": 0.9,
        "widthUnits": "pixels",
        "pickable": False,
    }
    return [lines if layer["id"] == webmap.EDGES else layer for layer in layers]


def _rule(expression: str) -> Any:
    """Return an expression of `webmap` as a rule that the page's script knows.

    Raises
    ------
    FileError
        For one that it does not know.
    """
    if _PATH.fullmatch(expression):
        return {"$get": expression.split(".")}
    try:
        return json.loads(expression)
    except ValueError as error:
        msg = f"the page's script knows no rule '{expression[:60]}'; teach page/page.js"
        raise FileError(msg) from error


def _tints(laydown: Laydown) -> Any:
    """Colours of the countries, as a rule."""
    known = {
        iso3: palette.rgb(palette.TINTS[key].colour)
        for iso3, key in legend.country_tints(laydown).items()
    }
    return {"$by": ["properties", "iso3"], "known": known, "other": palette.rgb(palette.LAND)}


def _hoist(spec: dict[str, Any]) -> None:
    """Put colours back on the layer itself: `webmap` keeps them from Streamlit's picking only.

    Nothing is picked on this page, so a fill may answer the pointer too.
    """
    for part in spec.pop("_subLayerProps", {}).values():
        part.pop("pickable", None)
        spec |= part


def _index(held: dict[str, int], value: Any) -> int:
    """Place of a value among those held, each once."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return held.setdefault(text, len(held))


def choice(phases: frozenset[int] | tuple[int, ...]) -> str:
    """Name a choice of phases, as the page's script does."""
    return "".join(map(str, sorted(phases))) or "none"
