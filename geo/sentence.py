"""What is drawn, in a sentence; for those who do not see it, site by site.

Job: one Laydown in exact, neutral words. Ban: no drawing, no files, no opinion.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence

from geo import legend, palette, wording
from geo.coverage import Within
from geo.laydown import Laydown, PhaseState
from geo.ring import Ring
from geo.vocabulary import YOURS, Basis
from geo.wording import listed

__all__ = [
    "LISBON",
    "MOST_CAPITALS",
    "MOST_NAMED",
    "PLAN",
    "day_shown",
    "described",
    "named_later",
    "phase_line",
    "sentence_of",
    "subhead",
    "tint_words",
]

#: A sentence names each ring up to here; beyond, it counts them.
MOST_NAMED = 3
#: And the capitals of NATO members up to here.
MOST_CAPITALS = 8
#: How the catalogue names a speaker whom the press does not name; who reported it follows.
UNNAMED = "press, speaker not named"
#: The day on which the plan of four phases was announced.
PLAN = dt.date(2009, 9, 17)
#: And that of the Lisbon Summit, on which the plan became part of a defence of NATO's, and on which
#: the sectoral proposal was made.
LISBON = dt.date(2010, 11, 20)


def sentence_of(laydown: Laydown, within: Sequence[Within], most_named: int = MOST_NAMED) -> str:
    """Phases, date, figures and whose, from where, and the capitals within.

    More figures than `most_named` are counted only.
    """
    dates = "as planned in September 2009" if laydown.scenario.plan == "planned" else "as built"
    dates += ", at sites announced later" if named_later(laydown) else ""
    parts = [f"On {day_shown(laydown)}, {dates}: {_phases(laydown)}"]
    rings = list({ring.figure.id: ring for ring in laydown.rings}.values())
    if len(rings) <= most_named:
        parts += [_ring_words(ring, laydown) for ring in rings]
        # an interceptor's or a radar's reach covers no capital in any sense worth printing
        told = [entry for entry in within if entry.ring.system.kind not in {"interceptor", "radar"}]
        parts += dict.fromkeys(_within_words(entry, several=len(within) > 1) for entry in told)
    else:
        parts.append(f"{len(rings)} stated ranges, each named in the legend")
    if laydown.tints:
        parts.append(f"tinted: {tint_words(laydown, dated=True)}")
    return "; ".join(parts) + "."


def tint_words(laydown: Laydown, *, dated: bool = False) -> str:
    """Which groups of countries are tinted, with their numbers; if asked, since when."""
    words = {
        "nato-members": "members of NATO",
        "eu-members": "members of the EU",
        "sectoral-proposal": "countries named in the sectoral proposal of 2010",
    }
    if dated:
        later = laydown.scenario.as_of < LISBON
        told = f", as described in 2012{' (after the day shown)' if later else ''}"
        words["sectoral-proposal"] += told
    return listed(f"{len(tint.countries)} {words[tint.layer]}" for tint in laydown.tints)


def _phases(laydown: Laydown) -> str:
    """Which phases are drawn, what became of the others, and which other sites are drawn."""
    by_line: dict[str, list[str]] = {}
    for state in laydown.phases:
        if not state.on:
            continue
        line = "not announced yet"
        if state.status == "cancelled":
            line = phase_line(laydown, state)
        elif state.status == "in service" and laydown.scenario.plan == "planned":
            line = "due in service"
        elif state.status is not None:
            line = legend.status_words(state.status, state.event)
        by_line.setdefault(line, []).append(str(state.phase.number))
    said = [
        f"phase{'s' if len(numbers) > 1 else ''} {listed(numbers)} {line}"
        for line, numbers in by_line.items()
    ]
    by_status: dict[str, list[str]] = {}
    for mark in laydown.marks:
        if mark.site.layer is not None and mark.status != "reference":
            words = legend.status_words(mark.status, mark.event)
            by_status.setdefault(words, []).append(mark.site.label or mark.site.name)
    said += [f"{listed(names)} {words}" for words, names in by_status.items()]
    return ", ".join(said) or "no site is drawn"


def _ring_words(ring: Ring, laydown: Laydown) -> str:
    """One figure: distance, what and whose, from where."""
    return (
        f"{legend.ring_name(ring)}, {wording.figure_label(ring.figure)}, {_stated(ring, laydown)}, "
        f"measured from {_starts(ring, laydown)}"
    )


def _starts(ring: Ring, laydown: Laydown) -> str:
    """Names of all places that a figure is measured from."""
    rings = [other for other in laydown.rings if other.figure == ring.figure]
    return _some(
        origin.label if origin.kind == "patrol area" and origin.label else origin.name
        for origin in (one.origin for one in rings)
    )


def _stated(ring: Ring, laydown: Laydown) -> str:
    """Basis, whose and when."""
    figure = ring.figure
    stated = wording.whose(figure)
    when = "" if figure.basis == YOURS else ", undated"
    if figure.date is not None:
        when = wording.when_stated(figure, laydown.scenario.as_of)
        if figure.date.spoken in figure.by:
            when = when.removeprefix(f", {figure.date.spoken}")
    return f"{stated}{when}"


def _within_words(entry: Within, *, several: bool) -> str:
    """Capitals within one ring: those of NATO by name if few, the others counted."""
    where = "within it"
    if several:
        place = entry.ring.origin.name.removeprefix("anywhere in ")
        where = f"within {wording.kilometres(entry.ring.figure.reach_km)} of {place}"
    if entry.ring.figure.high_km is None:
        where = f"within {wording.kilometres(entry.ring.figure.reach_km)}, the least that it says,"
    nato, total = len(entry.nato), len(entry.nato) + len(entry.others)
    other = "other " if entry.home else ""
    if total == 0:
        return f"{where} lies no {other}capital"
    lie = f"lies 1 {other}capital" if total == 1 else f"lie {total} {other}capitals"
    if entry.ring.system.kind == "statement" and entry.ring.figure.is_band:
        where = "in the band"
    names = listed(city.name for city in entry.nato)
    if nato == 0:
        return f"{where} {lie}, none of a NATO member"
    if nato > MOST_CAPITALS:
        return f"{where} {lie}, {nato} of them of NATO members"
    if nato == total:
        return f"{where} {lie}: {names}, {'of a NATO member' if nato == 1 else 'of NATO members'}"
    if nato == 1:
        return f"{where} {lie}, one of them of a NATO member: {names}"
    return f"{where} {lie}, {nato} of them of NATO members: {names}"


def subhead(laydown: Laydown, sentence: str) -> str:
    """Day, figures and whose, from where, without the capitals; the sentence if no ring is drawn.

    Few figures are told one by one, of many only who stated them.
    """
    rings = list({ring.figure.id: ring for ring in laydown.rings}.values())
    if not rings:
        return sentence
    planned = laydown.scenario.plan == "planned"
    day = f"On {day_shown(laydown)}, {'as planned in September 2009' if planned else 'as built'}"
    if len(rings) <= MOST_NAMED:
        starts = {_starts(ring, laydown) for ring in rings}
        if len(starts) > 1:  # which is measured from where
            return f"{day}: {'; '.join(_ring_words(ring, laydown) for ring in rings)}."
        said = "; ".join(
            f"{legend.ring_name(ring)}, {wording.figure_label(ring.figure)}, "
            f"{_stated(ring, laydown)}"
            for ring in rings
        )
    else:
        by_basis: dict[Basis, list[str]] = {}
        for ring in rings:
            who = ring.figure.by
            if who.startswith(f"{UNNAMED} ("):
                who = who.removeprefix(f"{UNNAMED} (").removesuffix(")")
            by_basis.setdefault(ring.figure.basis, []).append(who)
        said = "; ".join(
            f"{basis}: {_some(who)}" if basis in {"reported", YOURS} else f"{basis} by {_some(who)}"
            for basis, who in by_basis.items()
        )
        said = f"{len(rings)} stated ranges, {said}"
    return f"{day}: {said}. Measured from {_some(ring.origin.name for ring in laydown.rings)}."


def phase_line(laydown: Laydown, state: PhaseState) -> str:
    """One line about a phase: its status and since when."""
    if state.status is None or state.since is None:
        return "not announced yet"
    date = state.since.spoken
    if state.status == "cancelled":
        return f"cancelled on {date}" if state.since.day else f"cancelled in {date}"
    if state.status == "in service":
        planned = laydown.scenario.plan == "planned"
        return f"planned for {date}" if planned else f"in service since {date}"
    if state.event is not None and state.event.kind == "capability":
        return f"first capability {date}"
    return f"{palette.STATUS[state.status].label} {date}"


def described(laydown: Laydown, sentence: str, outside: Collection[str] = ()) -> str:
    """Return the drawing in words: the sentence, then the sites, each with its status.

    Parameters
    ----------
    outside
        Ids of sites that lie outside of a picture's frame; they are told apart.
    """
    seen: list[str] = []
    unseen: list[str] = []
    for mark in laydown.marks:
        if mark.status != "reference":
            name, how = mark.site.label or mark.site.name, legend.status_label(laydown, mark)
            how += f"; sources name {mark.unplaced}, no place" if mark.unplaced else ""
            # one bracket, not two
            name = f"{name[:-1]}; {how})" if name.endswith(")") else f"{name} ({how})"
            (unseen if mark.site.id in outside else seen).append(name)
    marked = f" Marked: {listed(seen)}." if seen else ""
    beyond = f" Outside of the picture: {listed(unseen)}." if unseen else ""
    return f"Map. {sentence}{marked}{beyond}"


def _some(items: Iterable[str]) -> str:
    """The first few words, and how many more there are."""
    words = list(dict.fromkeys(items))
    if len(words) <= MOST_NAMED + 1:
        return listed(words)
    return listed([*words[:MOST_NAMED], f"{len(words) - MOST_NAMED} others"])


def day_shown(laydown: Laydown) -> str:
    """Return the as-of date as printed."""
    return f"{laydown.scenario.as_of:%-d %B %Y}"


def named_later(laydown: Laydown) -> list[str]:
    """Names of the land sites on a map of the plan of which nothing was public on its day."""
    if laydown.scenario.plan != "planned":
        return []
    return [
        mark.site.label or mark.site.name
        for mark in laydown.marks
        if mark.site.phases
        and mark.shape.geom_type == "Point"
        and mark.site.kind != "proposed site"
        and min((event.actual.first for event in mark.site.events if event.actual), default=PLAN)
        > PLAN
    ]
