"""A Laydown as one web page that needs no network: map, phase toggles, legend, small print.

Job: every choice of phases resolved, drawn and said beforehand, as data in one HTML file.
Ban: no address that a browser would fetch, no text that it would run, no geometry of its own.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import Any
from urllib.parse import quote

from geo import basemap, legend, palette, swatch, symbols, webmap
from geo.canvas import STATIC
from geo.catalogue import Catalogue
from geo.errors import FileError
from geo.laydown import Laydown, resolve
from geo.model import Source
from geo.provenance import LICENCE, Provenance, provenance
from geo.scenario import PHASES
from geo.sentence import phase_line

__all__ = ["iframe", "page"]

_ROOT = Path(__file__).resolve().parent.parent
_LIBRARY = _ROOT / "vendor" / "deck.gl-9.4.0.min.js"
_LIBRARY_SHA256 = "2eb6a1ae0d58604b1378682cd1136f8793478ba801e43dae48b3807e48758a6b"
_TERNARY = re.compile(r"kind == 'capital' \? (.+) : (.+)")
_PATH = re.compile(r"[a-z]+(\.[a-z0-9]+)*")
_LAND = ("land", "land-of-this-view")


def page(
    catalogue: Catalogue,
    laydown: Laydown,
    address: str = "",
    progress: Callable[[str], None] = lambda _: None,
) -> str:
    """Write a Laydown as one HTML page with its toggles of phases.

    Parameters
    ----------
    catalogue, laydown
        What is drawn first; each other choice of phases is resolved from the same scenario.
    address
        Of the atlas's page, without a query; the link in the page begins with it.
    progress
        Called with a few words before each choice is drawn.

    Raises
    ------
    FileError
        If a part of the page, or the library, is missing.
    """
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 - only here
    from markupsafe import Markup  # noqa: PLC0415

    book = _Book()
    for count in range(len(PHASES) + 1):
        for phases in combinations(PHASES, count):
            progress(f"drawing phases {', '.join(map(str, phases)) or 'none'}")
            scenario = replace(laydown.scenario, phases=frozenset(phases))
            shown = laydown if scenario == laydown.scenario else resolve(catalogue, scenario)
            book.add(phases, shown, provenance(catalogue, shown, address))
    start = book.states[_key(laydown.scenario.phases)]
    library = _library()
    script, css = _part("page.js"), _part("page.css")
    template = Environment(
        autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
    ).from_string(_part("page.html"))
    # all that is marked as safe here is our own, the library's, or JSON without a "<"
    return template.render(
        hashes=f"{_hash(library)} {_hash(script)}",
        css=Markup(css),  # noqa: S704
        library=Markup(library),  # noqa: S704
        script=Markup(script),  # noqa: S704
        book=Markup(_inert(book.record())),  # noqa: S704
        start=start,
        linked=bool(address),
        licence=LICENCE,
        phases=[
            {
                "number": state.phase.number,
                "on": state.on,
                "line": phase_line(laydown, state),
            }
            for state in laydown.phases
        ],
        colours={
            "ink": palette.INK,
            "quiet": palette.QUIET_INK,
            "paper": palette.HALO,
            "line": palette.LAND_EDGE,
            "accent": palette.SIDE_COLOUR["NATO/US"],
        },
    )


def iframe(title: str, file_name: str = "map.html") -> str:
    """Return the snippet that shows a page inside another; it can run scripts and nothing else."""
    src, name = (
        html.escape(text, quote=False).replace('"', "&quot;") for text in (file_name, title)
    )
    return (
        f'<iframe src="{src}" title="{name}" width="100%" height="860" style="border:0" '
        'loading="lazy" sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox">'
        "</iframe>"
    )


class _Book:
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
        named = {text for ring in laydown.rings for text in legend.caveats(ring)}
        notes = [note for note in said.notes if note.split(": ", 1)[-1] not in named]
        small = (
            *(*laydown.missing, said.flat, " ".join([*notes, said.origin_note]).strip()),
            *(said.sources, said.projection, said.borders, said.credit),
        )
        self.states[_key(phases)] = {
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
        return {
            "states": self.states,
            "layers": [json.loads(text) for text in self._layers],
            "data": [json.loads(text) for text in self._data],
            "sources": self._cited,
            "view": self._view,
            "sheets": {
                "symbols": f"data:image/svg+xml,{quote(symbols.symbol_sheet())}",
                "names": f"data:image/png;base64,{base64.b64encode(_names()).decode()}",
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
    colour = [int(palette.LAND_EDGE[start : start + 2], 16) for start in (1, 3, 5)]
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
    chosen = _TERNARY.fullmatch(expression)
    if chosen:
        yes, no = (_rule(part) for part in chosen.groups())
        return {"$if": ["kind"], "is": "capital", "yes": yes, "no": no}
    if _PATH.fullmatch(expression):
        return {"$get": expression.split(".")}
    try:
        return json.loads(expression)
    except ValueError as error:
        msg = f"the page's script knows no rule '{expression[:60]}'; teach page/page.js"
        raise FileError(msg) from error


def _tints(laydown: Laydown) -> Any:
    """Colours of the countries, as a rule."""

    def rgb(colour: str) -> list[int]:
        return [int(colour[start : start + 2], 16) for start in (1, 3, 5)]

    known = {
        iso3: rgb(palette.TINTS[key].colour) for iso3, key in legend.country_tints(laydown).items()
    }
    return {"$by": ["properties", "iso3"], "known": known, "other": rgb(palette.LAND)}


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


def _key(phases: frozenset[int] | tuple[int, ...]) -> str:
    return "".join(map(str, sorted(phases))) or "none"


def _inert(value: Any) -> str:
    """Write JSON in which no browser finds a tag, a comment or an entity."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def _part(name: str) -> str:
    """Return a part of the page that we wrote."""
    try:
        return (_ROOT / "page" / name).read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        msg = f"{name} in the folder 'page' cannot be read; restore it"
        raise FileError(msg) from error


@lru_cache(maxsize=1)
def _names() -> bytes:
    """Return the picture of all place names."""
    return (_ROOT / "static" / basemap.name_sheet()).read_bytes()


@lru_cache(maxsize=1)
def _library() -> str:
    """Return deck.gl's own bundle, checked against its hash."""
    try:
        content = _LIBRARY.read_bytes()
    except OSError as error:
        msg = f"{_LIBRARY.name} is missing from the folder 'vendor'; restore it"
        raise FileError(msg) from error
    if hashlib.sha256(content).hexdigest() != _LIBRARY_SHA256:
        msg = f"{_LIBRARY.name} is not the file it should be; restore the folder 'vendor'"
        raise FileError(msg)
    return content.decode()


def _hash(script: str) -> str:
    """Return the source expression that lets a browser run exactly this script."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return f"'sha256-{digest}'"
