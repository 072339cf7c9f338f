"""What stands where on that day, with its rings: the one value every view is drawn from.

Job: `resolve` a catalogue and a scenario into a `Laydown`. Ban: no tables, no drawing, no words
for the reader beyond naming what is missing.

A date counts from the last day it can mean: "2015" has certainly happened on 31 December 2015.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from geo.catalogue import DRAWN, Catalogue
from geo.halfdate import HalfDate
from geo.model import Event, Phase, Site, System
from geo.origin import place_of
from geo.ring import Ring, own_ring, stated_ring
from geo.scenario import HIDEABLE, LAYERS, Plan, Scenario
from geo.status import Status, status_on
from geo.vocabulary import YOURS, CountryLayer

__all__ = ["Laydown", "Mark", "PhaseState", "Tint", "origins_of", "resolve", "standing"]


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
    """The event since which the status holds; none for an origin a range starts at."""
    since: HalfDate | None
    """Its date, as planned or as built."""
    shape: BaseGeometry
    """Point or area, lon lat."""
    unplaced: str | None = None
    """What sources of the day name, such as a country, where they name no place; else None."""

    @property
    def outlined(self) -> bool:
        """True for an area that is drawn; a country as origin is not, a reader's own area is."""
        own = self.site.side == YOURS
        return self.shape.geom_type != "Point" and (own or self.status != "reference")


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
            *status_on(phase.events, scenario.as_of, scenario.plan),
            on=phase.number in scenario.phases,
        )
        for phase in catalogue.phases
    )
    marks = [
        mark
        for site in catalogue.sites.values()
        if passes(site, scenario) and (mark := _mark(site, scenario)) is not None
    ]
    rings: list[Ring] = []
    missing: list[str] = []
    for system, figure in catalogue.figures.values():
        if figure.id not in scenario.figures or figure.quantity not in DRAWN:
            continue
        origins = origins_of(catalogue, scenario, system, marks)
        if not origins:
            missing.append(_why_no_origin(catalogue, system, scenario))
        rings.extend(stated_ring(system, figure, origin, scenario) for origin in origins)
    hidden, before = _Hidden(scenario), [mark for mark in marks if mark.status != "reference"]
    marks = [mark for mark in marks if not hidden.hides(mark.site.side, kind=mark.site.kind)]
    rings = [ring for ring in rings if not hidden.hides(ring.system.side, basis=ring.figure.basis)]
    for number, own in enumerate(scenario.own, start=1):
        ring = own_ring(own, number)
        rings.append(ring)
        marks.append(Mark(ring.origin, "reference", None, None, own.geometry))
    shown = {mark.site.id for mark in marks}
    for origin in {ring.origin.id: ring.origin for ring in rings}.values():
        if origin.id not in shown and origin.launch_area:
            marks.append(Mark(origin, "reference", None, None, place_of(origin, scenario.borders)))
    tints = _tints(catalogue, scenario)
    if not rings and not tints and not any(mark.status != "reference" for mark in marks):
        missing.insert(0, _why_empty(catalogue, scenario, left_out=bool(before)))
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


def standing(catalogue: Catalogue, scenario: Scenario) -> tuple[Mark, ...]:
    """Every site that is there on the day, whatever is switched on."""
    marks = (_mark(site, scenario) for site in catalogue.sites.values())
    return tuple(mark for mark in marks if mark is not None)


def passes(site: Site, scenario: Scenario) -> bool:
    """Tell whether a reader has switched a site on."""
    return bool(set(site.phases) & scenario.phases) or site.layer in scenario.layers


def _mark(site: Site, scenario: Scenario) -> Mark | None:
    """Return the site as it stands on the day, or None if it is absent."""
    # the plan of 2009 is about the phases; everything else has only what happened
    plan: Plan = scenario.plan if site.phases else "as-built"
    status, event, since = status_on(site.events, scenario.as_of, plan)
    if status is None:
        return None
    if site.kind == "garrison town":  # a town somebody names, not a site in service
        status = "reference"
    named = site.place_named is not None and site.place_named.last <= scenario.as_of
    unplaced = None if named else site.place_stated
    return Mark(site, status, event, since, place_of(site, scenario.borders), unplaced)


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


def _why_no_origin(catalogue: Catalogue, system: System, scenario: Scenario) -> str:
    """Say why a figure that was asked for has nowhere to start."""
    what = f"{system.name}: no site that holds it is shown on {scenario.as_of:%-d %B %Y}"
    off = origins_of(catalogue, scenario, system, standing(catalogue, scenario))
    phases = sorted({number for site in off for number in site.phases})
    if phases:
        return f"{what}. Switch on phase {phases[0]}."
    for layer in (site.layer for site in off if site.layer):
        return f"{what}. Choose “{LAYERS[layer]}” under “Also show”."
    return f"{what}. Choose another date."


def _why_empty(catalogue: Catalogue, scenario: Scenario, *, left_out: bool) -> str:
    """Say why no site is left, and what to change."""
    if left_out:
        return "All that was chosen is left out. Take something back under “Leave out”."
    if not scenario.phases and not scenario.layers:
        return "No phase is switched on, so no site is drawn. Switch on a phase."
    dates = [
        event.actual
        for site in catalogue.sites.values()
        for event in site.events
        if event.actual is not None and passes(site, scenario)
    ]
    first = min(dates, default=None, key=lambda date: date.last)
    what = f"On {scenario.as_of:%-d %B %Y} none of the chosen sites had been announced"
    if first is None or first.last <= scenario.as_of:
        return f"{what}. Switch on another phase, or choose another date."
    if first.day:
        return f"{what}. Choose {first.spoken} or a later day."
    return (
        f"{what}. Choose {first.last:%-d %B %Y} or a later day: sources say {first.spoken}, which "
        "counts from its last day."
    )
