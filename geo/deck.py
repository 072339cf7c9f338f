"""A pydeck deck that is small: compact, written once, what stands still left out.

Job: a deck's JSON, whole or pointing at what a browser has fetched before. Ban: as `webmap`.
"""

from __future__ import annotations

import json
import math
import re
from base64 import b64encode
from collections.abc import Mapping
from copy import copy
from functools import cached_property
from typing import Any

import pydeck as pdk

from geo.mesh import MEDIA_TYPE

__all__ = ["EDGES", "MESH", "Deck", "plain"]

#: The layer of borders and coasts.
EDGES = "edges"
#: Layers whose data stay as they are while a reader chooses what is drawn on a map.
STANDING = ("sea", "grid", "land", "places")
#: Fewer bytes than these are sent: to fetch them would take longer.
FEW = 300
#: Stands for a mesh that is no file, until it has an address.
MESH = "mesh"


#: What makes a layer's pixels more.
GROWING = {
    "TextLayer": ("sizeScale",),
    "IconLayer": ("sizeScale",),
    "PathLayer": ("widthScale",),
    "GeoJsonLayer": ("lineWidthScale",),
    "PolygonLayer": ("lineWidthScale",),
}
_PAIR = re.compile(r"\[(-?\d+), (-?\d+)\]")


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
            for key in STANDING
            if key in layers and not isinstance(layers[key], str)
        }
        data = {key: content for key, content in data.items() if len(content) > FEW}
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

    def back(self, times: int) -> Deck:
        """Give this deck so that the page goes back to its first view.

        Streamlit leaves the view to the reader until a value of the first view differs from what it
        had: each is moved, by less than a hair's breadth a time.
        """
        if not times:
            return self
        drawn = json.loads(self._compact)
        start = drawn["initialViewState"]
        drawn["initialViewState"] = {key: _moved(value, times) for key, value in start.items()}
        moved = copy(self)
        moved.__dict__["_compact"] = _written(drawn)
        return moved

    def larger(self, times: float) -> Deck:
        """Give this deck drawn larger, words and symbols too: all stands as it did, for more room.

        Everything in pixels grows; what is in units of the map does as the camera comes nearer.
        """
        drawn = json.loads(self._compact)
        view = drawn["initialViewState"]
        for key in ("zoom", "zoomX", "zoomY"):
            if key in view:
                view[key] += math.log2(times)
        for layer in drawn["layers"]:
            for key in GROWING.get(layer["@@type"], ()):
                layer[key] = times
            for holder, key in (
                (layer, "backgroundPadding"),
                (layer.get("collisionTestProps", {}), "padding"),
            ):
                if key in holder:
                    holder[key] = [px * times for px in holder[key]]
            if "sizeScale" in layer.get("collisionTestProps", {}):
                layer["collisionTestProps"]["sizeScale"] *= times
            if "getPixelOffset" in layer:  # a pair of numbers, a choice of them, or the row's own
                layer["getPixelOffset"] = _PAIR.sub(
                    lambda pair: str([float(px) * times for px in pair.groups()]),
                    layer["getPixelOffset"],
                )
            for row in layer["data"] if isinstance(layer["data"], list) else ():
                if "shift" in row:
                    row["shift"] = [px * times for px in row["shift"]]
        larger = copy(self)
        larger.__dict__.pop("standing", None)
        larger.__dict__.pop("_light", None)
        larger.__dict__["_compact"] = _written(drawn)
        return larger

    def to_json(self) -> str:
        """Return the specification without white space, whole: with the mesh in it."""
        if self.mesh is None:
            return self._compact
        inline = f"data:{MEDIA_TYPE};base64,{b64encode(self.mesh).decode()}"
        return self._compact.replace(f'"scenegraph":"{MESH}"', f'"scenegraph":"{inline}"')

    @cached_property
    def _compact(self) -> str:
        return _written(json.loads(super().to_json()))


def _moved(value: Any, times: int) -> Any:
    if isinstance(value, list):
        return [_moved(one, times) for one in value]
    return value + times * 1e-9 if isinstance(value, int | float) else value


def _written(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def plain(text: str) -> str:
    """Text as it stands; behind a space where it begins with @@, which deck.gl would run."""
    return f" {text}" if text.startswith("@@") else text
