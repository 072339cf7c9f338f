"""What each mark is called and means: label, entry, caveat; for every drawing.

Job: the words of the house style, once, for the map, the picture and the legend beside them; how a
figure is written is in `wording`.
Ban: no drawing library, no files, no colour; a label stands nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

import shapely

from geo import basemap, borders, palette
from geo.framing import framed
from geo.laydown import Laydown, Mark
from geo.model import Event, Figure, System
from geo.ring import Ring
from geo.status import Status
from geo.vocabulary import YOURS
from geo.wording import distance_label, figure_label, figure_line, figure_name, when_stated, whose

__all__ = [
    "Entry",
    "Tag",
    "bar_label",
    "caveats",
    "country_tags",
    "country_tints",
    "entries",
    "hall",
    "mark_name",
    "mark_named",
    "mark_shift",
    "names_needed",
    "ring_label",
    "ring_name",
    "stated",
    "status_label",
    "status_words",
]

#: What a small mark means, by the kind of place.
_DOTS: Mapping[str, str] = {
    "launch-origin reference": "Place that a range is measured from",
    "garrison town": "Garrison town, named by a source",
}
#: How far a symbol makes room for another at its place, pixels.
SHIFT_PX = 26
#: Words on the ring that a flat-map tool would draw.
FLAT_LABEL = "flat-map circle (wrong)"


def country_tints(laydown: Laydown) -> dict[str, palette.TintKey]:
    """Return the key of `palette.TINTS` for every country that is coloured, by its ISO code."""
    keys: dict[str, palette.TintKey] = {}
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
    # a map that is fitted to its width shows more in the north
    frame = shapely.box(view.west + 2, view.south + 1, view.east - 2, view.north + 3)
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
    shape: palette.Shape = "dot"
    status: Status = "in service"
    dash: tuple[float, float] = (0, 0)
    band: bool = False
    basis: str = ""

    @property
    def small_print(self) -> str:
        """Detail and caveat as one run of sentences."""
        return ". ".join(text for text in (self.detail, self.caveat) if text)

    @property
    def brief(self) -> str:
        """Label for a hall, where each word costs room: what is not said is in service."""
        if self.kind == "area":  # no caveat stands beside it
            named = ", named only" * (self.status == "announced")
            return f"{self.label.split(',')[0]}{named} (sketch)"
        if self.kind == "country":
            return self.label.removeprefix("Member of ").removeprefix("the ").split(",")[0]
        label = f"{self.label} · {self.basis}" if self.basis else self.label
        return label.replace(", in service", "")


def stated(laydown: Laydown) -> tuple[str, ...]:
    """Give `figure_line` of every figure drawn, each once."""
    figures = {ring.figure.id: ring for ring in laydown.rings}
    return tuple(figure_line(ring.system, ring.figure) for ring in figures.values())


def ring_name(ring: Ring) -> str:
    """System and, if only one is meant, its version."""
    return figure_name(ring.system, ring.figure)


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
    """Name of a site on the map, and whether it is cancelled, or its place not named yet."""
    name = mark.site.label or mark.site.name
    unnamed = mark.unplaced and mark.site.place_named
    told = ["cancelled"] * (mark.status == "cancelled") + ["no place named yet"] * bool(unnamed)
    return f"{name} ({', '.join(told)})" if told else name


def mark_named(laydown: Laydown, mark: Mark) -> bool:
    """Tell whether a mark's name is written.

    That of a reader's own stands on its ring already, and that of a country on the map; a part of
    a country that a range starts from has none there.
    """
    if mark.shape.geom_type != "Point" and not mark.outlined:
        return mark.site.area_part is not None
    return mark.site.side != YOURS or not names_needed(laydown)


def mark_shift(laydown: Laydown, mark: Mark) -> tuple[int, int]:
    """Pixels, right and down, by which a mark stands beside its place.

    Phase 3, the phase 4 that was cancelled, and the third site before them share an airfield: what
    was proposed makes room for what else is drawn there.
    """
    if mark.site.kind != "proposed site":
        return 0, 0
    kinds = [
        other.site.kind
        for other in laydown.marks
        if other is not mark and other.shape == mark.shape and other.status != "reference"
    ]
    if mark.site.phases:
        return (0, -SHIFT_PX) if kinds else (0, 0)
    return (0, SHIFT_PX) if set(kinds) - {"proposed site"} else (0, 0)


def status_label(laydown: Laydown, mark: Mark) -> str:
    """Return the words for a status; under the plan of 2009, nothing is said to be in service."""
    if mark.site.kind == "patrol area" and laydown.scenario.plan == "as-built":
        return "named, no ship on record" if mark.status == "announced" else "as sources name it"
    if laydown.scenario.plan == "planned" and mark.site.phases and mark.status == "in service":
        return "due by then"
    garrison = mark.site.kind == "garrison town"
    return "named by a source" if garrison else status_words(mark.status, mark.event)


def status_words(status: Status, event: Event | None) -> str:
    """Return the words for a status; a first capability and an open offer have their own."""
    if status == "under construction" and event is not None and event.kind == "capability":
        return "with a first capability"
    if status == "announced" and event is not None and event.kind == "undecided":
        return "offered, not decided"
    return palette.STATUS[status].label


def entries(laydown: Laydown) -> tuple[Entry, ...]:
    """Lines of the legend of a Laydown: sites by kind and status, areas, then rings."""
    lines: dict[tuple[str, str], Entry] = {}
    sides: dict[str, set[str]] = {}
    for mark in laydown.marks:
        area = mark.shape.geom_type != "Point"
        label = f"{mark.site.kind.capitalize()}, {status_label(laydown, mark)}"
        if mark.status == "reference":
            if area or mark.site.side == YOURS:  # nothing is drawn but its ring
                continue
            label = _DOTS[mark.site.kind]
        sides.setdefault(label, set()).add(mark.site.side)
        lines[mark.site.side, label] = Entry(
            kind="area" if area else "site",
            label=label,
            colour=palette.SIDE_COLOUR[mark.site.side],
            shape=palette.KIND_SHAPE[mark.site.kind],
            status=mark.status,
        )
    for side, label in tuple(lines):
        if len(sides[label]) > 1:  # two colours and one name
            entry = lines[side, label]
            lines[side, label] = replace(entry, label=f"{label} ({side})")
    for ring in laydown.rings:
        lines[ring.system.side, ring.figure.id] = Entry(
            kind="ring",
            label=f"{ring_name(ring)}: {figure_label(ring.figure)}",
            detail=f"{whose(ring.figure)}{when_stated(ring.figure, laydown.scenario.as_of)}",
            caveat=" ".join(caveats(ring)),
            colour=palette.SIDE_COLOUR[ring.system.side],
            dash=palette.BASIS[ring.figure.basis].dash,
            band=ring.figure.is_band,
            basis=ring.figure.basis,
        )
    for first in [key for key, entry in lines.items() if entry.kind == "area"][:1]:
        lines[first] = replace(lines[first], detail="illustration: no official outline is public")
    groups = set(country_tints(laydown).values())
    alone = len([tint for tint in laydown.tints if tint.layer != "sectoral-proposal"]) == 1
    for key, style in palette.TINTS.items():
        if key in groups:
            label = style.label.removesuffix(" only") if alone else style.label
            lines["country", key] = Entry(
                kind="country", label=label, detail=style.note, colour=style.colour
            )
    if laydown.scenario.flat and laydown.rings:
        lines["flat", ""] = Entry(
            kind="line",
            label=FLAT_LABEL.capitalize(),
            detail="the same distance drawn as a circle on a Mercator plane: a common mistake",
            colour=palette.FLAT,
            dash=palette.FLAT_DASHES[0],
        )
    order = {"site": 0, "area": 1, "country": 2, "ring": 3, "line": 4}
    return tuple(sorted(lines.values(), key=lambda entry: order[entry.kind]))


def hall(laydown: Laydown) -> tuple[Entry, ...]:
    """Lines of the legend that a hall needs: rings say on the map what they are."""
    return tuple(entry for entry in entries(laydown) if entry.kind != "ring")
