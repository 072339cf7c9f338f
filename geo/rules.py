"""Rules that measure: from what a sentence says of distance and place to its verdict.

Job: verdict, sentence and numbers. Ban: no files, no drawing, no verdict typed in.

Rules. A case is one origin with one stated distance; figures that are not confirmed, and those a
claim lists as compared, are shown and decide nothing.

- reach: a country or area is reached wholly from 99.5 % of its area, in part above 0; a town if its
  distance is no longer than the stated one. TRUE if all hold in every case, FALSE if none holds in
  any. PARTLY if some hold in every case and others in none, whatever else changes; DEPENDS if one
  changes from case to case; PARTLY otherwise.
- most: at least half of a group (of countries, any part; of sites, the point) within reach: TRUE in
  every case, FALSE in none, else DEPENDS.
- distance: TRUE if every distance is within 5 % of the stated one, FALSE if that lies more than 5 %
  outside their span, else DEPENDS.
- stated: TRUE if the catalogue's figure is the distance the sentence states, else FALSE.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import shapely

from geo import wording
from geo.claim import Claim
from geo.evidence import (
    Desk,
    Origin,
    Radius,
    Subject,
    nearest_km,
    share,
    touches,
)
from geo.wording import listed

__all__ = [
    "Result",
    "Verdict",
    "area_names",
    "counted",
    "distance",
    "most",
    "reach",
    "reach_numbers",
    "stated",
]

Verdict = Literal["TRUE", "FALSE", "DEPENDS", "PARTLY", "SOURCE-ONLY"]
Result = tuple[Verdict, str, list[tuple[str, str]]]

#: Share of a country from which it counts as wholly reached: room for a stray islet.
WHOLE = 0.995
#: How far a distance may be from a stated, rounded one.
ROUNDED = 0.05
#: More countries than this are counted and named, not listed with their shares.
FEW = 6
_GROUPS = {"NATO": "European members of NATO", "EU": "members of the EU"}
_OUTCOMES = {
    "all": "Within reach in every case",
    "part": "In part only, in every case",
    "changing": "Changing from case to case",
    "none": "Out of reach in every case",
}


def reach(desk: Desk, claim: Claim) -> Result:
    """Countries, areas and towns within reach, in every case or in some."""
    subjects, origins, radii = desk.subjects(claim), desk.origins(claim), desk.radii(claim)
    cases = [(origin, radius) for radius in radii if radius.decides for origin in origins]
    if not cases:
        words = "No figure that is confirmed decides this sentence."
        return "SOURCE-ONLY", words, reach_numbers(desk, claim)
    found: dict[str, list[str]] = {outcome: [] for outcome in _OUTCOMES}
    for subject in sorted(subjects, key=lambda one: one.need != "point"):  # towns, then areas
        full = 2 if subject.need == "whole" else 1
        levels = {min(_level(origin, radius.km, subject), full) for origin, radius in cases}
        many = len(subjects) > FEW and subject.need == "part"
        words = subject.label if many else f"{subject.label} ({_span(cases, subject)})"
        level = levels.pop()
        outcome = "changing" if levels else "all" if level == full else "part" if level else "none"
        found[outcome].append(words)
    verdict: Verdict = "PARTLY"
    both = found["all"] and (found["part"] or found["none"])
    if found["changing"] and not both:
        verdict = "DEPENDS"
    elif len(found["all"]) == len(subjects):
        verdict = "TRUE"
    elif len(found["none"]) == len(subjects):
        verdict = "FALSE"
    because = [f"{_OUTCOMES[key]}: {listed(names)}." for key, names in found.items() if names]
    ends = {radius.km for _, radius in cases}
    because.append(
        f"Cases: {_number(len(origins), 'origin')} and stated distances of "
        f"{listed(f'{km:,.0f} km' for km in sorted(ends))}."
    )
    return verdict, " ".join(because), reach_numbers(desk, claim)


def _level(origin: Origin, km: float, subject: Subject) -> int:
    """0 out of reach, 1 in part, 2 wholly; a point is 0 or 2."""
    if subject.need == "point":
        return 2 * (nearest_km(origin.shape, subject.shape) <= km)
    if subject.need == "part":
        return int(touches(origin, km, subject.shape))
    reached = share(origin, km, subject.shape)
    return 2 if reached >= WHOLE else int(reached > 0)


def _span(cases: Sequence[tuple[Origin, Radius]], subject: Subject) -> str:
    """Least and most of a subject over the cases, each with its origin, and distance if many."""
    several = len({radius.km for _, radius in cases}) > 1 and subject.need != "point"

    def value(case: tuple[Origin, Radius]) -> float:
        if subject.need == "point":
            return nearest_km(case[0].shape, subject.shape)
        return share(case[0], case[1].km, subject.shape)

    write = (lambda km: f"{km:,.0f} km") if subject.need == "point" else percent
    ends = min(cases, key=value), max(cases, key=value)
    least, most = (write(value(case)) for case in ends)
    if least == most:
        return least
    at = [f" at {radius.km:,.0f} km" if several else "" for _, radius in ends]
    return f"{least}{at[0]} from {ends[0][0].label}, {most}{at[1]} from {ends[1][0].label}"


def reach_numbers(desk: Desk, claim: Claim) -> list[tuple[str, str]]:
    """Shares of countries and areas in every case, capitals, and distances."""
    numbers = []
    areas = [subject for subject in desk.subjects(claim) if subject.need != "point"]
    for radius in desk.radii(claim):
        for origin in desk.origins(claim):
            where = f"{radius.label}, from {origin.label}"
            if len(areas) > FEW:
                names = [a.label for a in areas if touches(origin, radius.km, a.shape)]
                numbers.append((where, counted(names, len(areas))))
            elif areas:
                shares = (f"{a.label} {percent(share(origin, radius.km, a.shape))}" for a in areas)
                numbers.append((where, ", ".join(shares)))
            for group in claim.groups if radius.decides else ():
                numbers.append(_capitals(desk, claim, origin, radius, group))
    return numbers + _distances(desk, claim)


def _capitals(
    desk: Desk, claim: Claim, origin: Origin, radius: Radius, group: str
) -> tuple[str, str]:
    """Capitals of European members within a distance, or within the band a sentence states."""
    capitals = desk.european(claim, group)
    low = claim.low_km or 0
    within = [
        city.name
        for city in capitals
        if low <= nearest_km(origin.shape, shapely.Point(city.lon, city.lat)) <= radius.km
    ]
    band = f"{low:,.0f} to {radius.km:,.0f} km" if low else f"{radius.km:,.0f} km"
    label = f"Capitals of {_GROUPS[group]} within {band} of {origin.label}"
    return label, counted(within, len(capitals))


def _distances(desk: Desk, claim: Claim) -> list[tuple[str, str]]:
    """Distance to every town, site and area a claim names, from each origin."""
    targets = [desk.point(claim, name) for name in (*claim.cities, *claim.also)]
    targets += [(s.label, s.shape) for s in desk.subjects(claim) if s.label in area_names(claim)]
    origins = desk.origins(claim)
    return [
        (
            f"Distance to {label}",
            "; ".join(f"{nearest_km(o.shape, shape):,.0f} km from {o.label}" for o in origins),
        )
        for label, shape in targets
        if origins
    ]


def area_names(claim: Claim) -> set[str]:
    """Names of the parts of countries a claim speaks of."""
    return {area[0] for area in claim.areas}


def most(desk: Desk, claim: Claim) -> Result:
    """Half or more of a group within reach."""
    numbers, passed, words = [], [], []
    sites = [desk.point(claim, site) for site, _ in claim.sites]
    for radius in desk.radii(claim):
        for origin in desk.origins(claim):
            where = f"{radius.label}, from {origin.label}"
            counts: list[tuple[str, list[str], int]] = []
            if sites:
                near = [name for name, p in sites if nearest_km(origin.shape, p) <= radius.km]
                counts.append(("sites of the plan", near, len(sites)))
            for group in claim.groups:
                capitals = desk.european(claim, group)
                states = [desk.country(claim, city.iso3) for city in capitals]
                near = [n for n, shape in states if touches(origin, radius.km, shape)]
                counts.append((_GROUPS[group], near, len(states)))
                numbers.append(_capitals(desk, claim, origin, radius, group))
            for what, near, total in counts:
                numbers.append((f"{where}: {what}", counted(near, total)))
                if radius.decides:
                    passed.append(2 * len(near) >= total)
                    words.append((len(near) / total, f"{len(near)} of {total} {what}"))
    if not passed:
        return "SOURCE-ONLY", "No figure that is confirmed decides this sentence.", numbers
    verdict: Verdict = "TRUE" if all(passed) else "DEPENDS" if any(passed) else "FALSE"
    fewest, most = min(words)[1], max(words)[1]
    because = f"Within reach are from {fewest} to {most}, by origin and stated distance."
    for site, _ in claim.sites:
        label, point = desk.point(claim, site)
        row = (f"{nearest_km(o.shape, point):,.0f} km from {o.label}" for o in desk.origins(claim))
        numbers.append((f"Distance to {label}", "; ".join(row)))
    return verdict, because, numbers


def distance(desk: Desk, claim: Claim) -> Result:
    """A distance the sentence states, against the distances computed."""
    stated = desk.radii(claim)[0].km
    targets = [desk.point(claim, name)[1] for name in claim.cities]
    targets += [s.shape for s in desk.subjects(claim) if s.label in area_names(claim)]
    found = [nearest_km(origin.shape, t) for origin in desk.origins(claim) for t in targets]
    verdict: Verdict = "DEPENDS"
    if all(abs(km - stated) <= ROUNDED * stated for km in found):
        verdict = "TRUE"
    elif not (1 - ROUNDED) * min(found) <= stated <= (1 + ROUNDED) * max(found):
        verdict = "FALSE"
    because = (
        f"The sentence states {stated:,.0f} km; the distances computed run from "
        f"{min(found):,.0f} to {max(found):,.0f} km, by origin and place."
    )
    return verdict, because, _distances(desk, claim)


def stated(desk: Desk, claim: Claim) -> Result:
    """A distance the sentence ascribes, against the figure of the catalogue."""
    figure = desk.figure(claim, claim.figures[0])
    system = desk.catalogue.figures[figure.id][0]
    same = claim.km == figure.reach_km and claim.low_km in {None, figure.low_km}
    because = (
        f"The sentence states {claim.km_words}; the catalogue has "
        f"{wording.figure_title(system, figure)} ({figure.by})."
    )
    first = [("Stated in the sentence", claim.km_words or "")]
    first += [(wording.figure_title(system, figure), figure.as_published)]
    areas = [s.label for s in desk.subjects(claim) if s.label in area_names(claim)]
    numbers = first + (_distances(desk, claim) if areas else reach_numbers(desk, claim))
    if areas:
        radius = desk.radii(claim)[0]
        for origin in desk.origins(claim):
            numbers += [_capitals(desk, claim, origin, radius, group) for group in claim.groups]
    return ("TRUE" if same else "FALSE"), because, numbers


def percent(share: float) -> str:
    """A share as printed; only what is none or all says so."""
    if 0 < share < 0.001:
        return "under 0.1 %"
    if 0.999 < share < 1:
        return "over 99.9 %"
    return f"{100 * share:.1f} %".replace(".0 %", " %")


def counted(names: Sequence[str], total: int | None) -> str:
    """How many, of how many, and which."""
    count = str(len(names)) if total is None else f"{len(names)} of {total}"
    return f"{count}: {', '.join(names)}" if names else count


def _number(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
