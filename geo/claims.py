"""Published sentences, checked against the map: verdict, numbers, one link each.

Job: a `Finding` for every claim. Ban: no files, no drawing; a verdict is never typed in where it
can be computed. `rules` and `bearings` have the rules that measure; those that read
the record are

- placed: TRUE if every site lies in the country named, FALSE if none, else PARTLY; where the
  sentence has them in service, TRUE only if all were by the document's date, else PARTLY.
- count: FALSE if a land site of the plan was in service in the years named, else TRUE.
- phase: TRUE if the phase's definition has all systems named, FALSE if none, else PARTLY.
- dated: TRUE if a named event had happened by the document's date, else FALSE.
- words: SOURCE-ONLY.

Words that neither a map nor a date can test turn TRUE into PARTLY.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from geo import bearings, legend, rules, wording
from geo.catalogue import Catalogue
from geo.claim import Claim
from geo.evidence import Desk
from geo.laydown import Laydown, resolve
from geo.rules import Result, Verdict, area_names, counted, reach_numbers
from geo.scenario import Scenario
from geo.wording import listed

__all__ = ["Finding", "Verdict", "evaluate", "touching"]

#: Kinds of site that count as a land site of the plan.
LAND_SITES = ("interceptor site", "radar", "command centre")


@dataclass(frozen=True)
class Finding:
    """A claim with what the atlas finds."""

    claim: Claim
    verdict: Verdict
    numbers: tuple[tuple[str, str], ...]
    """Label and value with its unit, computed; none where sources settle the claim in words."""
    because: str
    """The verdict in sentences."""
    method: str
    """How it was computed."""
    sources: tuple[str, ...]
    """Ids of the sources of the claim and of the figures used."""
    choices: dict[str, str]
    """The map that shows it, as the keys of a link."""


def evaluate(catalogue: Catalogue, claims: Sequence[Claim]) -> tuple[Finding, ...]:
    """Check claims against the catalogue and the borders, in their order.

    Raises
    ------
    CatalogueError
        For a claim that names a place, figure or line of the timeline the catalogue does not have.
    """
    desk = Desk(catalogue)
    return tuple(_finding(desk, claim) for claim in claims)


def touching(catalogue: Catalogue, laydown: Laydown) -> tuple[Claim, ...]:
    """Choose the claims about what a Laydown draws, the closest first.

    A claim about distances is about what is drawn only if its figures are, or their systems, or
    other figures from the same launch area, in that order; that a site it names is drawn is not
    enough. After those come claims about a site that is drawn, and about a phase switched on.
    """
    areas = {ring.system.launch_area for ring in laydown.rings} - {None}
    figures = {ring.figure.id for ring in laydown.rings}
    systems = {ring.system.id for ring in laydown.rings}
    sites = {mark.site.id for mark in laydown.marks if mark.status != "reference"}
    phases = {state.phase.number for state in laydown.phases if state.on}

    def nearness(claim: Claim) -> int | None:
        named = {name.removesuffix("/low") for name in (*claim.figures, *claim.compared)}
        on_figures = (
            named & figures,
            {*claim.systems, *(catalogue.figures[name][0].id for name in named)} & systems,
            areas & {catalogue.figures[name][0].launch_area for name in named},
        )
        placed = {site_id for site_id, _ in claim.sites} | {*claim.cities, *claim.also}
        tests = on_figures if named else (*on_figures, placed & sites, claim.phase in phases)
        return next((rank for rank, found in enumerate(tests) if found), None)

    ranked = [(nearness(claim), claim) for claim in catalogue.claims]
    kept = [(rank, claim) for rank, claim in ranked if rank is not None]
    return tuple(claim for _, claim in sorted(kept, key=lambda pair: pair[0]))


def _finding(desk: Desk, claim: Claim) -> Finding:
    sources = tuple(dict.fromkeys([*claim.sources, *desk.sources(claim)]))
    if claim.check is None:
        assert claim.verdict is not None  # noqa: S101 - the model has checked it; for the type checker
        method = "Settled in words by sources; nothing was computed."
        because = claim.finding or ""
        return Finding(claim, claim.verdict, (), because, method, sources, claim.choices)
    verdict, because, numbers = _RULES[claim.check](desk, claim)
    numbers += [(event.text.rstrip("."), event.date.spoken) for event in desk.events(claim)]
    if claim.untested:
        verdict = "PARTLY" if verdict == "TRUE" else verdict
        because += f" No map or date can test {claim.untested}."
    because += f" {claim.note}" if claim.note else ""
    method = _method(desk, claim)
    return Finding(claim, verdict, tuple(numbers), because, method, sources, claim.choices)


def _method(desk: Desk, claim: Claim) -> str:
    """One sentence on how it was computed."""
    if claim.check == "words":
        return "Statements and attributes of the catalogue in the words of their sources; no ring."
    if claim.check in {"count", "phase"}:
        return "Events, definitions and positions of the catalogue, each with its source."
    origins = listed(origin.label for origin in desk.origins(claim))
    return (
        "Distances and bearings are geodesics on WGS 84"
        + (f", measured from {origins}" if origins else "")
        + ("; shares are areas on the ellipsoid within the stated distance" if origins else "")
        + f"; borders are Natural Earth 1:10m, {desk.view(claim)} view, not simplified."
    )


def _placed(desk: Desk, claim: Claim) -> Result:
    numbers, inside = [], []
    areas = [s for s in desk.subjects(claim) if s.label in area_names(claim)]
    for site_id, iso3 in claim.sites:
        label, point = desk.point(claim, site_id)
        name, country = desk.country(claim, iso3)
        inside.append(bool(country.covers(point)))
        where = [name] if inside[-1] else [f"not {name}"]
        where += [area.label for area in areas if area.shape.covers(point)]
        numbers.append((label, f"{', '.join(where)}; {_first_service(desk, site_id)}"))
    if not areas:
        sites = desk.catalogue.sites
        plan = [s.name for s in sites.values() if s.kind == "interceptor site" and s.phases]
        numbers.append(("Interceptor sites of the plan in the catalogue", counted(plan, None)))
    numbers += [(desk.point(claim, name)[0], _first_service(desk, name)) for name in claim.also]
    verdict: Verdict = "TRUE" if all(inside) else "PARTLY" if any(inside) else "FALSE"
    because = f"{sum(inside)} of {len(inside)} sites lie in the country that the sentence names."
    if claim.stationed:
        day = desk.day(claim)
        marks = resolve(desk.catalogue, Scenario(as_of=day)).marks
        status = {mark.site.id: legend.status_words(mark.status, mark.event) for mark in marks}
        told = [
            f"{desk.point(claim, one)[0]} {status.get(one, 'not there')}" for one, _ in claim.sites
        ]
        serving = all(status.get(one) == "in service" for one, _ in claim.sites)
        verdict = "PARTLY" if verdict == "TRUE" and not serving else verdict
        because += f" On {day:%-d %B %Y}: {listed(told)}."
    return verdict, because, numbers


def _first_service(desk: Desk, site_id: str) -> str:
    """First day a site was in service, or its end."""
    events = [e for e in desk.catalogue.sites[site_id].events if e.actual is not None]
    for kinds, word in (
        (("cancelled",), "cancelled"),
        (("operational", "handed over"), "in service"),
    ):
        dates = [e.actual for e in events if e.kind in kinds and e.actual is not None]
        if dates:
            return f"{word} {min(dates, key=lambda date: date.last).spoken}"
    return "not yet in service"


def _count(desk: Desk, claim: Claim) -> Result:
    first, last = claim.years or (0, 0)
    last_day = desk.catalogue.edition.as_of.last
    standing: dict[int, tuple[str, ...]] = {}
    for year in range(first, last_day.year + 1):
        day = min(dt.date(year, 12, 31), last_day)
        marks = resolve(desk.catalogue, Scenario(as_of=day)).marks
        standing[year] = tuple(
            mark.site.name
            for mark in marks
            if mark.status == "in service"
            and mark.site.kind in LAND_SITES
            and mark.site.country in claim.whole
        )
    inside = sum(bool(standing[year]) for year in range(first, last + 1))
    numbers, start = [], first
    for year, names in standing.items():
        if year + 1 not in standing or standing[year + 1] != names:
            years = str(year) if start == year else f"{start}–{year}"
            numbers.append((f"In service at the end of {years}", counted(names, None)))
            start = year + 1
    because = (
        f"In {inside} of the {last - first + 1} years from {first} to {last} a land site of the "
        f"plan was in service in the {len(claim.whole)} countries."
    )
    return ("FALSE" if inside else "TRUE"), because, numbers


def _phase(desk: Desk, claim: Claim) -> Result:
    phase = next(p for p in desk.catalogue.phases if p.number == claim.phase)
    systems = desk.catalogue.systems
    held = [systems[s].name for s in claim.systems if s in phase.systems]
    other = [systems[s].name for s in claim.systems if s not in phase.systems]
    numbers = [(f"Definition of {phase.name}", phase.definition)]
    for system in claim.systems:
        phases = [p.name for p in desk.catalogue.phases if system in p.systems]
        numbers.append((systems[system].name, f"introduced in {listed(phases) or 'no phase'}"))
    numbers += _placed(desk, claim)[2][: len(claim.sites)]
    verdict: Verdict = "PARTLY" if held and other else "FALSE" if other else "TRUE"
    because = f"The definition of {phase.name} has {listed(held) or 'none of the systems named'}"
    because += f", but not {listed(other)}." if other else "."
    return verdict, because, numbers


def _dated(desk: Desk, claim: Claim) -> Result:
    day, events = desk.day(claim), desk.events(claim)
    before = [event for event in events if event.date.last <= day]
    after = [event for event in events if event.date.last > day]
    numbers = [("Date of the document, at the latest", f"{day:%-d %B %Y}")]
    because = f"By {day:%-d %B %Y}: " + (
        "; ".join(f"{e.text.rstrip('.')} ({e.date.spoken})" for e in before) or "none of the events"
    )
    because += f". Later: {listed(e.date.spoken for e in after)}." if after else "."
    return ("TRUE" if before else "FALSE"), because, numbers + reach_numbers(desk, claim)


def _words(desk: Desk, claim: Claim) -> Result:
    numbers = []
    for phase in desk.catalogue.phases:
        if phase.number == claim.phase:
            numbers.append((f"Definition of {phase.name}", phase.definition))
            numbers += [
                (f"{said.by}, {said.date.spoken if said.date else 'undated'}", said.text)
                for said in phase.covers
                if said.confirmed
            ]
    for name in claim.systems:
        system = desk.catalogue.systems[name]
        numbers += [
            (f"{system.name}: {item.quantity}", item.value)
            for item in system.attributes
            if item.confirmed
        ]
        numbers += [
            (wording.figure_title(system, figure), f"{figure.as_published} ({figure.by})")
            for figure in system.figures
            if figure.confirmed and figure.on_map
        ]
    because = f"A map cannot test this; {len(numbers)} statements of the catalogue stand beside it."
    return "SOURCE-ONLY", because, numbers


_RULES = {
    "reach": rules.reach,
    "most": rules.most,
    "distance": rules.distance,
    "stated": rules.stated,
    "compass": bearings.compass,
    "extent": bearings.extent,
    "placed": _placed,
    "count": _count,
    "phase": _phase,
    "dated": _dated,
    "words": _words,
}
