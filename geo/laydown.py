"""What stands where on that day, with its rings: the one value every view is drawn from.

Job: `resolve` a catalogue and a scenario into a `Laydown`. Ban: no tables, no drawing, no words
for the reader beyond naming what is missing.

A date counts from the last day it can mean: "2015" has certainly happened on 31 December 2015.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import shapely
from shapely import Point
from shapely.geometry.base import BaseGeometry

from geo import borders, discs, reach
from geo.catalogue import DRAWN, Catalogue
from geo.halfdate import HalfDate
from geo.model import YOURS, CountryLayer, Event, Figure, Phase, Site, System
from geo.own import Own
from geo.reaches import kept_reach
from geo.scenario import EARLIEST, HIDEABLE, BorderView, Plan, Scenario

__all__ = [
    "Laydown",
    "Mark",
    "PhaseState",
    "Ring",
    "Status",
    "Step",
    "Tint",
    "origins_of",
    "place_of",
    "reach_from",
    "resolve",
    "sector_from",
    "steps",
]

Status = Literal["in service", "under construction", "announced", "cancelled", "reference"]

#: Bytes of a point in WKB; its reach is drawn faster than it is read.
_POINT_WKB = 21

_STATUS: dict[str, Status | None] = {
    "announced": "announced",
    "agreed": "announced",
    "construction": "under construction",
    "capability": "under construction",
    "operational": "in service",
    "handed over": "in service",
    "ended": None,
    "cancelled": "cancelled",
}


@dataclass(frozen=True)
class PhaseState:
    """A phase on a day."""

    phase: Phase
    status: Status | None
    """None if it had not been announced."""
    event: Event | None
    """The event since which the status holds."""
    since: HalfDate | None
    """Its date, as planned or as built."""
    on: bool
    """Whether the reader has switched it on."""


@dataclass(frozen=True)
class Mark:
    """A site as it is drawn."""

    site: Site
    status: Status
    event: Event | None
    """The event since which the status holds; none for an origin."""
    since: HalfDate | None
    """Its date, as planned or as built."""
    shape: BaseGeometry
    """Point or area, lon lat."""

    @property
    def outlined(self) -> bool:
        """True for an area that is drawn; a country as origin is not, a reader's own area is."""
        own = self.site.side == YOURS
        return self.shape.geom_type != "Point" and (own or self.status != "reference")


@dataclass(frozen=True)
class Ring:
    """One stated figure, measured from one origin."""

    id: str
    """Figure id and origin id."""
    system: System
    figure: Figure
    origin: Site
    reach: BaseGeometry
    """Everything within the (outer) stated distance."""
    shape: BaseGeometry
    """What is filled: the reach, or for a band what lies between its two distances."""
    edges: tuple[tuple[float, BaseGeometry], ...]
    """Distance in km and the line at that distance, outermost first."""
    inner: BaseGeometry | None = None
    """For a band, everything within its lower distance."""

    def within(self, distance_km: float) -> BaseGeometry:
        """Everything within one of the ring's distances."""
        if self.inner is not None and distance_km == self.figure.low_km:
            return self.inner
        return self.reach


@dataclass(frozen=True)
class Tint:
    """Countries marked as a whole, such as the members of NATO on the day."""

    layer: CountryLayer
    countries: tuple[tuple[str, str], ...]
    """ISO code and how much of the country is meant, sorted."""
    sources: tuple[str, ...]
    """Ids of the sources."""


@dataclass(frozen=True)
class Laydown:
    """What stands where on the scenario's day."""

    scenario: Scenario
    version: str
    """Edition of the data."""
    phases: tuple[PhaseState, ...]
    marks: tuple[Mark, ...]
    rings: tuple[Ring, ...]
    tints: tuple[Tint, ...]
    missing: tuple[str, ...]
    """Sentences: what was asked for and cannot be drawn, and what to change."""


def resolve(catalogue: Catalogue, scenario: Scenario) -> Laydown:
    """Say what stands where on the scenario's day.

    Phases and layers filter; the date decides, of what passes, what is drawn in service, drawn as
    announced or under construction, drawn as cancelled, or absent.
    """
    phases = tuple(
        PhaseState(
            phase,
            *_state(phase.events, scenario.as_of, scenario.plan),
            on=phase.number in scenario.phases,
        )
        for phase in catalogue.phases
    )
    marks = [
        mark
        for site in catalogue.sites.values()
        if _passes(site, scenario) and (mark := _mark(site, scenario)) is not None
    ]
    rings: list[Ring] = []
    missing: list[str] = []
    for system, figure in catalogue.figures.values():
        if figure.id not in scenario.figures or figure.quantity not in DRAWN:
            continue
        origins = origins_of(catalogue, scenario, system, marks)
        if not origins:
            missing.append(_why_no_origin(catalogue, system, scenario))
        rings.extend(_ring(system, figure, origin, scenario) for origin in origins)
    hidden = _Hidden(scenario)
    marks = [mark for mark in marks if not hidden.hides(mark.site.side, kind=mark.site.kind)]
    rings = [ring for ring in rings if not hidden.hides(ring.system.side, basis=ring.figure.basis)]
    for number, own in enumerate(scenario.own, start=1):
        ring = _own_ring(own, number)
        rings.append(ring)
        marks.append(Mark(ring.origin, "reference", None, None, own.geometry))
    shown = {mark.site.id for mark in marks}
    for origin in {ring.origin.id: ring.origin for ring in rings}.values():
        if origin.id not in shown and origin.launch_area:
            marks.append(Mark(origin, "reference", None, None, place_of(origin, scenario.borders)))
    tints = _tints(catalogue, scenario)
    if not rings and not tints and not any(mark.status != "reference" for mark in marks):
        missing.insert(0, _why_empty(catalogue, scenario))
    return Laydown(
        scenario=scenario,
        version=catalogue.edition.version,
        phases=phases,
        marks=tuple(marks),
        rings=tuple(sorted(rings, key=lambda ring: -ring.figure.reach_km)),
        tints=tints,
        missing=tuple(dict.fromkeys(missing)),
    )


class _Hidden:
    """What a scenario leaves out, by side, kind and basis."""

    def __init__(self, scenario: Scenario) -> None:
        self.chosen = {HIDEABLE[code] for code in scenario.hidden}

    def hides(self, side: str, **of: str) -> bool:
        return bool(self.chosen & {("side", side), *of.items()})


@dataclass(frozen=True)
class Step:
    """A day on which something on the map changes."""

    day: dt.date
    """From when it counts: the last day that its date can mean."""
    said: tuple[str, ...]
    """What happens, a sentence each, with its date at its true precision."""


def steps(catalogue: Catalogue, scenario: Scenario) -> tuple[Step, ...]:
    """Days on which what a scenario shows changes, planned or as built, the earliest first.

    Only days that a reader can choose: none after the data's own date.
    """
    found: dict[dt.date, list[str]] = {}
    shown = [phase for phase in catalogue.phases if phase.number in scenario.phases]
    sites = [site for site in catalogue.sites.values() if _passes(site, scenario)]
    things: list[Phase | Site] = [*shown, *sites]
    for thing in things:
        plan: Plan = scenario.plan
        if isinstance(thing, Site) and not thing.phases:
            plan = "as-built"
        for date, event in _dated(thing.events, plan):
            if EARLIEST <= date.last <= catalogue.offer.as_of:
                happened = plan == "as-built" or event.planned is None
                words = event.text.rstrip(".") if happened else f"planned to be {event.kind}"
                found.setdefault(date.last, []).append(f"{date.spoken}: {thing.name}: {words}")
    return tuple(Step(day, tuple(dict.fromkeys(said))) for day, said in sorted(found.items()))


def _tints(catalogue: Catalogue, scenario: Scenario) -> tuple[Tint, ...]:
    """Members of NATO and the EU on the day, and the countries a proposal names."""
    found = []
    for layer, organisation in (("nato-members", "NATO"), ("eu-members", "EU")):
        if layer in scenario.layers:
            members = catalogue.members(organisation, scenario.as_of)
            sources = dict.fromkeys(
                row.source for row in catalogue.memberships if row.organisation == organisation
            )
            tagged = tuple((iso3, "all of") for iso3 in sorted(members))
            found.append(Tint(layer, tagged, tuple(sources)))  # type: ignore[arg-type]
    if "sectoral-proposal" in scenario.layers:
        named = [tag for system in catalogue.systems.values() for tag in system.countries]
        tagged = tuple(sorted((tag.iso3, tag.extent) for tag in named))
        cited = tuple(dict.fromkeys(tag.source for tag in named))
        found.append(Tint("sectoral-proposal", tagged, cited))
    return tuple(found)


def _passes(site: Site, scenario: Scenario) -> bool:
    """Tell whether the reader has switched the site on."""
    return bool(set(site.phases) & scenario.phases) or site.layer in scenario.layers


def _state(
    events: tuple[Event, ...], as_of: dt.date, plan: Plan
) -> tuple[Status | None, Event | None, HalfDate | None]:
    """Status on a day, the event since which it holds, and the date of that event.

    The latest event that has certainly happened decides the status.
    """
    past = [(date, event) for date, event in _dated(events, plan) if date.last <= as_of]
    past.sort(key=lambda pair: pair[0].last)  # stable: on one day the order of the file counts
    if not past:
        return None, None, None
    status = _STATUS[past[-1][1].kind]
    since, first = past[-1]
    for date, event in reversed(past):  # back to the first event of the status that still holds
        if _STATUS[event.kind] != status:
            break
        since, first = date, event
    return status, first, since


def _dated(events: tuple[Event, ...], plan: Plan) -> list[tuple[HalfDate, Event]]:
    """Events with the dates that count.

    As planned, the earliest planned date of each step counts; what was announced or agreed counts
    as it happened, and the rest (delays, the end of phase 4) was no part of the plan.
    """
    if plan == "as-built":
        return [(event.actual, event) for event in events if event.actual is not None]
    planned = [(event.planned, event) for event in events if event.planned is not None]
    earliest = {
        event.kind: (date, event) for date, event in sorted(planned, key=lambda pair: pair[0])[::-1]
    }
    agreed = [
        (event.actual, event)
        for event in events
        if event.actual is not None and event.kind in {"announced", "agreed"}
    ]
    return [*agreed, *earliest.values()]


def _mark(site: Site, scenario: Scenario) -> Mark | None:
    """Return the site as it stands on the day, or None if it is absent."""
    # the plan of 2009 is about the phases; everything else has only what happened
    plan: Plan = scenario.plan if site.phases else "as-built"
    status, event, since = _state(site.events, scenario.as_of, plan)
    if status is None:
        return None
    if site.kind == "garrison town":  # a town somebody names, not a site in service
        status = "reference"
    return Mark(site, status, event, since, place_of(site, scenario.borders))


def place_of(site: Site, view: BorderView) -> BaseGeometry:
    """Where a site is under a border view: its own geometry, or a country or a part of one."""
    if site.geometry is not None:
        return site.geometry
    assert site.area_of is not None  # noqa: S101 - the catalogue has checked it; for the type checker
    if site.area_part is not None:
        return borders.part(site.area_of, *site.area_part, view)
    return borders.country(site.area_of, view).geometry


def origins_of(
    catalogue: Catalogue, scenario: Scenario, system: System, marks: Sequence[Mark]
) -> list[Site]:
    """Where the rings of a system start: the chosen origin, or its sites that are drawn."""
    if system.launch_area:
        return [catalogue.sites[scenario.origin(system.launch_area)]]
    # ships reach from where they sail, not from the quay
    return [
        mark.site
        for mark in marks
        if system.id in mark.site.systems
        and mark.status != "cancelled"
        and mark.site.kind != "home port"
    ]


def _ring(system: System, figure: Figure, origin: Site, scenario: Scenario) -> Ring:
    """Draw one figure around one origin, through the geodesic buffer."""
    place = place_of(origin, scenario.borders)
    name = f"{figure.id}.{origin.id}"
    if figure.sector_deg is not None and place.geom_type == "Point":
        fan = sector_from(place, figure.reach_km, figure.sector_deg)
        edges = ((figure.reach_km, reach.outline(fan)),)
        return Ring(name, system, figure, origin, fan, fan, edges)
    start = shapely.to_wkb(place)
    outer_km = figure.reach_km
    outer, edge = _reach(start, outer_km)
    shape, lines, inner = outer, [(outer_km, edge)], None
    if figure.is_band and figure.low_km is not None:
        shape = _between(start, figure.low_km, outer_km)
        inner, edge = _reach(start, figure.low_km)
        lines.append((figure.low_km, edge))
    return Ring(name, system, figure, origin, outer, shape, tuple(lines), inner)


def _own_ring(own: Own, number: int) -> Ring:
    """Draw a ring of the reader's own: the records are made here, for no file holds them."""
    site = Site.model_construct(
        id=f"your-data-{number}",
        name=own.name,
        side=YOURS,
        kind="launch-origin reference",
        geometry=own.geometry,
        sources=(),
    )
    figure = Figure.model_construct(
        id=site.id,
        quantity="range",
        low_km=own.range_km,
        high_km=own.range_km,
        as_published=f"{own.range_km:,.10g} km",
        basis=YOURS,
        by=f"source given: {own.source or 'none'}",
        source="",
        confirmed=True,
    )
    system = System.model_construct(
        id=site.id, name=own.name, side=YOURS, operator="", kind="statement", figures=(figure,)
    )
    # kept nowhere: what is a reader's own goes with the reader
    around = reach.reach_of(own.geometry, own.range_km * 1000)
    edges = ((own.range_km, reach.outline(around)),)
    return Ring(site.id, system, figure, site, around, around, edges)


@lru_cache(maxsize=64)
def sector_from(place: Point, range_km: float, sector_deg: tuple[float, float]) -> BaseGeometry:
    """Everything within a distance of a point and between two azimuths, kept as `reach_from`."""
    return discs.sector(place.x, place.y, range_km * 1000, *sector_deg)


def reach_from(origin: BaseGeometry, range_km: float) -> BaseGeometry:
    """Everything within a distance of a geometry, kept for the next who asks."""
    return _reach(shapely.to_wkb(origin), range_km)[0]


@lru_cache(maxsize=512)
def _reach(origin: bytes, range_km: float) -> tuple[BaseGeometry, BaseGeometry]:
    """Reach of a geometry given as WKB, and its edge; the same few are asked for again and again.

    The caches are bounded and hold nothing of a reader's own.
    """
    shape = kept_reach(origin, range_km) if len(origin) > _POINT_WKB else None
    if shape is None:
        shape = reach.reach_of(shapely.from_wkb(origin), range_km * 1000)
    return shape, reach.outline(shape)


@lru_cache(maxsize=128)
def _between(origin: bytes, low_km: float, high_km: float) -> BaseGeometry:
    """Places between two distances."""
    shape = shapely.difference(_reach(origin, high_km)[0], _reach(origin, low_km)[0])
    return shapely.orient_polygons(shape, exterior_cw=False)


def _why_no_origin(catalogue: Catalogue, system: System, scenario: Scenario) -> str:
    """Say why a figure that was asked for has nowhere to start."""
    sites = catalogue.sites_with(system.id)
    phases = sorted({number for site in sites for number in site.phases} - scenario.phases)
    what = f"{system.name}: no site that holds it is shown on {scenario.as_of:%-d %B %Y}"
    if phases:
        return f"{what}. Switch on phase {phases[0]}, or choose another date."
    return f"{what}. Choose another date."


def _why_empty(catalogue: Catalogue, scenario: Scenario) -> str:
    """Say why no site is left, and what to change."""
    if not scenario.phases and not scenario.layers:
        return "No phase is switched on, so no site is drawn. Switch on a phase."
    dates = [
        event.actual
        for site in catalogue.sites.values()
        for event in site.events
        if event.actual is not None and _passes(site, scenario)
    ]
    first = min(dates, default=None)
    what = f"On {scenario.as_of:%-d %B %Y} none of the chosen sites had been announced"
    if first is None or first.last <= scenario.as_of:
        return f"{what}. Switch on another phase, or choose another date."
    return f"{what}. Choose a date from {first.spoken} on."
