"""How each mark looks: colour, shade, dash, fill, shape; for every drawing.

Job: the house style, once, for the map, the picture and the legend beside them.
Ban: no drawing library, no files; a colour stands nowhere else.

Colours are Okabe and Ito's, purple darkened to pass 3:1 on the land. Every mark can be told
apart without colour: side by hue and name, status by fill, kind by shape, basis by dash.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from geo.status import Status
from geo.vocabulary import Basis, CountryLayer, Side, SiteKind

__all__ = [
    "BASIS",
    "KIND_SHAPE",
    "SIDE_COLOUR",
    "STATUS",
    "STYLES",
    "TINTS",
    "TOOLTIP",
    "Shape",
    "StatusStyle",
    "Stroke",
    "Style",
    "TintKey",
    "TintStyle",
    "area_alpha",
    "is_hatched",
    "rgb",
    "tone",
]

LAND = "#F3F3F0"
LAND_EDGE = "#BDBDB6"
SEA = "#FAFCFD"
#: The sea of the globe, which must be told from the page around it.
GLOBE_SEA = "#E9F0F6"
GRID = "#E3E6E8"

#: The ring that a flat-map tool would draw: its colour, and two rhythms of dashes and gaps, in line
#: widths, that together make a long dash, a dot, and so on.
FLAT = "#6E6E6A"
FLAT_DASHES: tuple[tuple[float, float], ...] = ((6, 6), (1, 2))
#: Its label takes another direction than those of the rings.
FLAT_TURN = 5
INK = "#222222"
QUIET_INK = "#595959"
FAINT_INK = "#8A8A86"
HALO = "#FFFFFF"
#: What the pointer reads, as a browser styles it.
TOOLTIP: Mapping[str, str] = {
    "backgroundColor": INK,
    "color": HALO,
    "maxWidth": "280px",
    "fontSize": "13px",
    "lineHeight": "1.4",
    "padding": "6px 9px",
    "borderRadius": "4px",
    "zIndex": "1000",
}

SIDE_COLOUR: Mapping[Side, str] = {
    "NATO/US": "#0072B2",
    "Iran": "#D55E00",
    "Russia": "#9C4F7B",
    "other": "#222222",
    "your data": "#00664B",
}

Style = Literal["light", "grey"]
#: What pictures can look like, and how it is said.
STYLES: Mapping[Style, str] = {"light": "Light", "grey": "Greyscale"}

#: Colours of the light style in grey. Sides differ by shade, and by symbol and name; groups of
#: countries by shade, and those of the proposal by hatching.
_GREYS: Mapping[str, str] = {
    LAND: "#F3F3F3",
    LAND_EDGE: "#BDBDBD",
    SEA: "#FCFCFC",
    GRID: "#E6E6E6",
    FLAT: "#6E6E6E",
    SIDE_COLOUR["NATO/US"]: "#1C1C1C",
    SIDE_COLOUR["Iran"]: "#4B4B4B",
    SIDE_COLOUR["Russia"]: "#6B6B6B",
    "#E3DDF0": "#E4E4E4",
    "#CFE3F2": "#D2D2D2",
    "#AFCBE3": "#BCBCBC",
    "#E3CBD8": "#DEDEDE",
    "#C9AFCB": "#C6C6C6",
}
HATCH = "////"


def area_alpha(status: Status) -> int:
    """How opaque an area's fill is, of 255: as a symbol, it is hollow before it is in service."""
    return _AREA_ALPHA if STATUS[status].filled else 0


def tone(colour: str, style: Style) -> str:
    """Give a colour as a style prints it."""
    return _GREYS.get(colour, colour) if style == "grey" else colour


#: Fill of a reach: its colour, this opaque (of 255).
REACH_ALPHA = 20
_AREA_ALPHA = 30


@dataclass(frozen=True)
class Stroke:
    """How a basis is drawn and said."""

    label: str
    meaning: str
    dash: tuple[float, float]
    """Dash and gap, in line widths; (0, 0) is solid."""


BASIS: Mapping[Basis, Stroke] = {
    "declared": Stroke("declared", "by the operator or its officials", (0, 0)),
    "assessed": Stroke("assessed", "by other governments or analysts", (9, 3)),
    "demonstrated": Stroke("demonstrated", "flown in a reported test", (6, 5)),
    "projected": Stroke("projected", "what might be built", (3, 3)),
    "reported": Stroke("reported", "by the press, enthusiasts or campaigners", (1.2, 2.4)),
    "your data": Stroke("your data", "added by a reader, not checked by this atlas", (15, 5)),
}


@dataclass(frozen=True)
class StatusStyle:
    """How a status is drawn and said."""

    label: str
    filled: bool
    crossed: bool


STATUS: Mapping[Status, StatusStyle] = {
    "in service": StatusStyle("in service", filled=True, crossed=False),
    "under construction": StatusStyle("under construction", filled=False, crossed=False),
    "announced": StatusStyle("announced or agreed", filled=False, crossed=False),
    "cancelled": StatusStyle("cancelled", filled=False, crossed=True),
    "reference": StatusStyle("where a range is measured from", filled=True, crossed=False),
}

Shape = Literal["square", "diamond", "triangle", "anchor", "star", "dot", "plus"]

#: Shape of each kind of site; areas have none.
KIND_SHAPE: Mapping[SiteKind, Shape] = {
    "interceptor site": "square",
    "radar": "diamond",
    "home port": "anchor",
    "command centre": "star",
    "launch-origin reference": "dot",
    "garrison town": "plus",
    "proposed site": "triangle",
    "patrol area": "dot",
}


@dataclass(frozen=True)
class TintStyle:
    """How a group of countries is coloured and said."""

    label: str
    colour: str
    note: str = ""


TintKey = CountryLayer | Literal["both", "named-member"]

#: Which countries a description names, and how much of each.
_NAMED = (
    "As described in May 2012: Estonia, Latvia, Lithuania, parts of Poland, most of Norway; and "
    "most of Sweden and Finland as protected by Russia. No line was published, none is drawn"
)
#: Groups of countries, the later over the earlier; members of both have a colour of their own.
TINTS: Mapping[TintKey, TintStyle] = {
    "eu-members": TintStyle("Member of the EU only", "#E3DDF0"),
    "nato-members": TintStyle("Member of NATO only", "#CFE3F2"),
    "both": TintStyle("Member of NATO and the EU", "#AFCBE3"),
    "sectoral-proposal": TintStyle(
        "Named in the sectoral proposal, as described in May 2012",
        "#E3CBD8",
        _NAMED,
    ),
    "named-member": TintStyle(
        "Named in the sectoral proposal, and a member of NATO on the day", "#C9AFCB", _NAMED
    ),
}


def is_hatched(colour: str, style: Style) -> bool:
    """Tell whether countries of a colour are hatched, having no colour to be told by."""
    proposal = {TINTS["sectoral-proposal"].colour, TINTS["named-member"].colour}
    return style == "grey" and colour in proposal


def rgb(colour: str) -> list[int]:
    """Red, green and blue, 0 to 255, of a colour written as #RRGGBB."""
    return [int(colour[start : start + 2], 16) for start in (1, 3, 5)]
