"""What each mark means: label, colour, dash, symbol, caveat; for every drawing.

Job: the house style, once, for the map, the picture and the legend beside them.
Ban: no drawing library, no files; a colour or a label stands nowhere else.

Colours are Okabe and Ito's, purple darkened to pass 3:1 on the land. Every mark can be told
apart without colour: side by hue and name, status by fill, kind by shape, basis by dash.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import shapely

from geo import basemap, borders
from geo.framing import framed
from geo.laydown import Laydown, Mark, Ring, Status
from geo.model import YOURS, Basis, CountryLayer, Figure, Side, SiteKind, System

__all__ = [
    "BASIS",
    "SIDE_COLOUR",
    "STATUS",
    "STYLES",
    "TINTS",
    "Entry",
    "Stroke",
    "Style",
    "Tag",
    "bar_label",
    "caveats",
    "country_tags",
    "country_tints",
    "distance_label",
    "entries",
    "figure_label",
    "figure_title",
    "hall",
    "is_hatched",
    "mark_name",
    "mark_named",
    "mark_shift",
    "names_needed",
    "ring_label",
    "ring_name",
    "status_label",
    "tone",
    "two_lines",
    "whose",
]

KM_PER_MILE = 1.609344

LAND = "#F3F3F0"
LAND_EDGE = "#BDBDB6"
SEA = "#FAFCFD"
#: The sea of the globe, which must be told from the page around it.
GLOBE_SEA = "#E9F0F6"
GRID = "#E3E6E8"

#: The ring that a flat-map tool would draw: its colour, words, and two rhythms of dashes and gaps,
#: in line widths, that together make a long dash, a dot, and so on.
FLAT = "#6E6E6A"
FLAT_LABEL = "flat-map circle (wrong)"
FLAT_DASHES: tuple[tuple[float, float], ...] = ((6, 6), (1, 2))
#: Its label takes another direction than those of the rings.
FLAT_TURN = 5
INK = "#222222"
QUIET_INK = "#595959"
FAINT_INK = "#8A8A86"
HALO = "#FFFFFF"

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


def tone(colour: str, style: Style) -> str:
    """Give a colour as a style prints it."""
    return _GREYS.get(colour, colour) if style == "grey" else colour


#: Fill of a reach: its colour, this opaque (of 255).
REACH_ALPHA = 20
AREA_ALPHA = 30


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
    "reported": Stroke("reported", "press, speaker not named", (1.2, 2.4)),
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

Shape = Literal["square", "diamond", "triangle", "anchor", "star", "dot"]

#: Shape of each kind of site; areas have none.
KIND_SHAPE: Mapping[SiteKind, Shape] = {
    "interceptor site": "square",
    "radar": "diamond",
    "home port": "anchor",
    "command centre": "star",
    "launch-origin reference": "dot",
    "garrison town": "dot",
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

#: Groups of countries, the later over the earlier; members of both have a colour of their own.
TINTS: Mapping[TintKey, TintStyle] = {
    "eu-members": TintStyle("Member of the EU only", "#E3DDF0"),
    "nato-members": TintStyle("Member of NATO only", "#CFE3F2"),
    "both": TintStyle("Member of NATO and the EU", "#AFCBE3"),
    "sectoral-proposal": TintStyle(
        "Named in the sectoral proposal, as described in May 2012",
        "#E3CBD8",
        "As described: Estonia, Latvia, Lithuania, parts of Poland, most of Norway; and most of "
        "Sweden and Finland as protected by Russia. No line was published, none is drawn",
    ),
    "named-member": TintStyle("Named there, and a member of NATO on the day", "#C9AFCB"),
}


def country_tints(laydown: Laydown) -> dict[str, TintKey]:
    """Return the key of `TINTS` for every country that is coloured, by its ISO code."""
    keys: dict[str, TintKey] = {}
    nato = {
        iso3 for tint in laydown.tints if tint.layer == "nato-members" for iso3, _ in tint.countries
    }
    for tint in laydown.tints:
        for iso3, _ in tint.countries:
            if tint.layer != "sectoral-proposal":
                keys[iso3] = "both" if iso3 in keys else tint.layer
            else:
                keys[iso3] = "named-member" if iso3 in nato else tint.layer
    return keys


def is_hatched(colour: str, style: Style) -> bool:
    """Tell whether countries of a colour are hatched, having no colour to be told by."""
    proposal = {TINTS["sectoral-proposal"].colour, TINTS["named-member"].colour}
    return style == "grey" and colour in proposal


@dataclass(frozen=True)
class Tag:
    """Words on a country of which not all is meant."""

    text: str
    lon: float
    lat: float


def country_tags(laydown: Laydown) -> tuple[Tag, ...]:
    """Return a tag such as ``parts of Poland``, in sight, for each country named in part."""
    partly = {
        iso3: extent
        for tint in laydown.tints
        for iso3, extent in tint.countries
        if extent != "all of"
    }
    view = framed(laydown)
    frame = shapely.box(view.west + 2, view.south + 1, view.east - 2, view.north - 1)
    tags = []
    for iso3, name, geometry in basemap.features(borders.DE_JURE) if partly else ():
        if iso3 in partly:
            seen = shapely.intersection(geometry, frame)
            largest = max(shapely.get_parts(seen), key=lambda part: part.area)
            if largest.is_empty:
                continue
            lon, lat = shapely.get_coordinates(shapely.point_on_surface(largest))[0]
            tags.append(Tag(f"{partly[iso3]} {name}", float(lon), float(lat)))
    return tuple(tags)


@dataclass(frozen=True)
class Entry:
    """One line of a legend."""

    kind: Literal["site", "area", "country", "ring", "line"]
    label: str
    colour: str
    detail: str = ""
    caveat: str = ""
    shape: Shape = "dot"
    status: Status = "in service"
    dash: tuple[float, float] = (0, 0)
    band: bool = False

    @property
    def small_print(self) -> str:
        """Detail and caveat as one run of sentences."""
        return ". ".join(text for text in (self.detail, self.caveat) if text)

    @property
    def brief(self) -> str:
        """Label for a hall, where each word costs room: what is not said is in service."""
        if self.kind == "area":  # no caveat stands beside it
            return f"{self.label.split(',')[0]} (illustration)"
        if self.kind == "country":
            return self.label.removeprefix("Member of ").removeprefix("the ").split(",")[0]
        return self.label.removesuffix(", in service")


def distance_label(range_km: float) -> str:
    """Kilometres and miles as printed, miles to three figures: ``2,000 km (1,240 mi)``.

    Two figures would say 1,200 miles, which is 69 km short of 2,000 km.
    """
    miles = range_km / KM_PER_MILE
    step = 10 ** max(0, len(str(int(miles))) - 3)
    return f"{range_km:,.0f} km ({round(miles / step) * step:,} mi)"


def figure_label(figure: Figure) -> str:
    """Return the stated distance as printed: exact, up to, more than, or a band."""
    low, high = figure.low_km, figure.high_km
    if high is None:
        return f"more than {distance_label(low or 0)}"
    if low is None:
        return f"up to {distance_label(high)}"
    if low == high:
        return distance_label(high)
    low_miles, high_miles = (distance_label(end).split("(")[1][:-4] for end in (low, high))
    return f"{low:,.0f}–{high:,.0f} km ({low_miles}–{high_miles} mi)"


def figure_title(system: System, figure: Figure) -> str:
    """Name of a figure in a list: system, variant, distance, basis, whose and when."""
    when = f", {figure.date.year}" if figure.date else ""
    doubt = ", unconfirmed" if not figure.confirmed else ""
    return f"{_named(system, figure)}: {figure_label(figure)}, {figure.basis}{when}{doubt}"


def whose(figure: Figure) -> str:
    """Say on what basis a distance stands and by whom: ``declared by ...``."""
    if figure.basis == YOURS:
        return f"{YOURS}, not checked by this atlas ({figure.by})"
    words = f"{figure.basis} by {figure.by}"
    if figure.basis == "reported":
        words = f"reported: {figure.by}"
    return words if figure.confirmed else f"{words}, unconfirmed"


def ring_name(ring: Ring) -> str:
    """System and, if only one is meant, its version."""
    return _named(ring.system, ring.figure)


def _named(system: System, figure: Figure) -> str:
    return f"{system.name} ({figure.variant})" if figure.variant else system.name


def ring_label(ring: Ring, distance_km: float, *, named: bool = False) -> str:
    """Words on the line itself: distance in km and miles, the basis; if asked, the name above."""
    words = distance_label(distance_km)
    if not ring.figure.is_band:
        words = figure_label(ring.figure)
    doubt = ", unconfirmed" if not ring.figure.confirmed else ""
    name = f"{ring_name(ring)}\n" if named else ""
    return f"{name}{words} · {ring.figure.basis}{doubt}"


def names_needed(laydown: Laydown) -> bool:
    """Tell whether lines of more than one system are drawn, so that each must be named."""
    return len({ring.system.id for ring in laydown.rings}) > 1


def bar_label(kind: str, km: float) -> str:
    """Words on a scale bar: where it holds."""
    where = "from the centre only" if kind == "true-range" else "nearly, in Europe"
    return f"{distance_label(km)} {where}"


def _caveat(system: System, figure: Figure) -> str:
    """What a ring of this system is not."""
    if system.kind == "interceptor":
        return "Stated reach of the interceptor, not the area it defends."
    if system.kind == "radar":
        seen = "What a radar sees depends on the target"
        if figure.sector_deg is not None:
            return f"{seen}; its sector is drawn as this source assumes it."
        return f"{seen}; drawn all round, its sector is not public."
    if system.kind == "surface-to-air missile":
        return "Against aircraft, as stated; not a range against targets on the ground."
    return ""


def caveats(ring: Ring) -> list[str]:
    """Everything that must be said wherever this ring is drawn."""
    return [text for text in (_caveat(ring.system, ring.figure), ring.figure.note) if text]


def mark_name(mark: Mark) -> str:
    """Name of a site on the map; a cancelled one says so."""
    name = mark.site.label or mark.site.name
    return f"{name} (cancelled)" if mark.status == "cancelled" else name


def mark_named(laydown: Laydown, mark: Mark) -> bool:
    """Tell whether a mark's name is written: that of a reader's own stands on its ring already."""
    return mark.site.side != YOURS or not names_needed(laydown)


def two_lines(name: str) -> str:
    """Break a long name near its middle."""
    words = name.split()
    if len(name) < 18 or len(words) < 2:
        return name
    cut = min(range(1, len(words)), key=lambda i: abs(len(" ".join(words[:i])) - len(name) / 2))
    return " ".join(words[:cut]) + "\n" + " ".join(words[cut:])


def mark_shift(mark: Mark) -> tuple[int, int]:
    """Pixels, right and down, by which a mark stands beside its place.

    The cancelled phase 4 shares an airfield with phase 3.
    """
    return (0, -26) if mark.site.kind == "proposed site" and mark.site.phases else (0, 0)


def status_label(laydown: Laydown, mark: Mark) -> str:
    """Return the words for a status; under the plan of 2009, nothing is said to be in service."""
    if mark.site.kind == "patrol area":
        return "as sources name it"
    planned = laydown.scenario.plan == "planned" and mark.site.phases
    return "due by then" if planned and mark.status == "in service" else STATUS[mark.status].label


def entries(laydown: Laydown) -> tuple[Entry, ...]:
    """Lines of the legend of a Laydown: sites by kind and status, areas, then rings."""
    lines: dict[object, Entry] = {}
    for mark in laydown.marks:
        if mark.status == "reference":
            continue
        area = mark.shape.geom_type != "Point"
        label = f"{mark.site.kind.capitalize()}, {status_label(laydown, mark)}"
        lines[mark.site.side, label] = Entry(
            kind="area" if area else "site",
            label=label,
            detail="illustration: no official outline is public" if area else "",
            colour=SIDE_COLOUR[mark.site.side],
            shape=KIND_SHAPE[mark.site.kind],
            status=mark.status,
        )
    for ring in laydown.rings:
        lines[ring.system.side, ring.figure.id] = Entry(
            kind="ring",
            label=f"{ring_name(ring)}: {figure_label(ring.figure)}",
            detail=f"{whose(ring.figure)}{_when(ring.figure)}",
            caveat=" ".join(caveats(ring)),
            colour=SIDE_COLOUR[ring.system.side],
            dash=BASIS[ring.figure.basis].dash,
            band=ring.figure.is_band,
        )
    groups = set(country_tints(laydown).values())
    alone = len([tint for tint in laydown.tints if tint.layer != "sectoral-proposal"]) == 1
    for key, style in TINTS.items():
        if key in groups:
            label = style.label.removesuffix(" only") if alone else style.label
            lines["country", key] = Entry(
                kind="country", label=label, detail=style.note, colour=style.colour
            )
    if laydown.scenario.flat and laydown.rings:
        lines["flat"] = Entry(
            kind="line",
            label=FLAT_LABEL.capitalize(),
            detail="the same distance drawn as a circle on a Mercator plane: a common mistake",
            colour=FLAT,
            dash=FLAT_DASHES[0],
        )
    order = {"site": 0, "area": 1, "country": 2, "ring": 3, "line": 4}
    return tuple(sorted(lines.values(), key=lambda entry: order[entry.kind]))


def hall(laydown: Laydown) -> tuple[Entry, ...]:
    """Lines of the legend that a hall needs: rings say on the map what they are."""
    return tuple(entry for entry in entries(laydown) if entry.kind != "ring")


def _when(figure: Figure) -> str:
    return f", {figure.date.spoken}" if figure.date else ""
