"""The words that go with any drawing: headline, sentence, sources, notes, alt text.

Job: one Laydown in exact, neutral sentences. Ban: no drawing, no files, no opinion.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from geo import basemap, borders, flatness, legend
from geo.catalogue import Catalogue
from geo.coverage import Within, capitals_within
from geo.halfdate import HalfDate
from geo.laydown import Laydown, PhaseState, Ring, Status
from geo.model import YOURS, Basis, Source
from geo.scenario import HIDEABLE, spot

__all__ = ["Caption", "compose", "described", "hidden_words", "phase_line", "source_ids", "spoken"]

#: The day on which the plan of four phases was announced.
PLAN = dt.date(2009, 9, 17)
#: A sentence names each ring up to here; beyond, it counts them.
MOST_NAMED = 3
#: And the capitals of NATO members up to here.
MOST_CAPITALS = 8
#: How the catalogue names a speaker whom the press does not name; who reported it follows.
UNNAMED = "press, speaker not named"


@dataclass(frozen=True)
class Caption:
    """Everything that is said beside a drawing."""

    title: str
    """Headline: what is drawn and the kind of range."""
    sentence: str
    """One sentence: phases, date, figures and whose, from where, capitals within."""
    notes: tuple[str, ...]
    """Caveats of what is drawn."""
    origin_note: str
    """Where ranges are measured from."""
    sources: str
    """Publisher and date of every figure and site drawn."""
    borders: str
    """What the border view does."""
    projection: str
    """What the projection does to rings and scale."""
    credit: str
    """Who made it, from which edition."""
    alt: str
    """The map in words, whatever part of it is in sight; `described` is of a picture."""
    flat: str = ""
    """What the flat circles get wrong; empty unless they are shown."""
    subhead: str = ""
    """What stands under the headline of a picture: day, figures and whose, from where."""
    on_paper: str = ""
    """What the projection of a picture does; that of the page, but for the globe."""
    cited: tuple[str, ...] = ()
    """The sources, one by one."""


def compose(catalogue: Catalogue, laydown: Laydown) -> Caption:
    """Say what a Laydown shows."""
    within = capitals_within(catalogue, laydown)
    sentence = _sentence(laydown, within)
    own = [
        f"{YOURS} “{ring.system.name}”, {ring.figure.by}"
        for ring in laydown.rings
        if ring.figure.basis == YOURS
    ]
    known = [_cite(catalogue.sources[one]) for one in source_ids(laydown)]
    cited = tuple(dict.fromkeys([*known, *own]))
    return Caption(
        title=_title(laydown),
        sentence=sentence,
        notes=_notes(laydown),
        origin_note=_origin_note(laydown),
        sources=f"Sources: {'; '.join(cited)}." if cited else "",
        borders=borders.note(laydown.scenario.borders),
        projection=_projection(laydown),
        credit=f"EPAA Atlas, data edition {laydown.version}, as of {_as_of(laydown)}.",
        alt=described(laydown, sentence),
        flat=_flat(catalogue, laydown),
        subhead=_subhead(laydown, sentence),
        on_paper=_on_paper(laydown),
        cited=cited,
    )


def _projection(laydown: Laydown) -> str:
    """What the map keeps true, and what it distorts."""
    ring = " Every ring is a geodesic distance on WGS 84." if laydown.rings else ""
    if laydown.scenario.projection == "true-range":
        name, area = _centre(laydown)
        text = (
            f"True range: azimuthal equidistant, centred on {name}. Distances and bearings from "
            "that point are true, and circles about it are round; all other distances, areas and "
            "shapes are stretched, more so away from it, and nothing beyond 15,000 km is drawn."
        )
        if area and laydown.rings:
            text += " A reach measured from the whole area is no circle."
        return text + ring
    if laydown.scenario.projection == "equal-area":
        return (
            "Equal area: Lambert azimuthal (EPSG:3035), centred on 10° E 52° N. Areas are true to "
            "one another everywhere; distances and shapes are nearly right in Europe and squeezed "
            f"away from it, and nothing beyond 7,500 km is drawn.{ring}"
        )
    if laydown.scenario.projection == "globe":
        return (
            "Globe: the Earth from outside, in perspective. Nothing is stretched on the globe "
            "itself, but what lies towards its rim is seen at a slant, and the far side is hidden. "
            f"Names are those of the side first shown.{ring}"
        )
    words = "Mercator projection: the scale grows towards the poles"
    if not laydown.rings:
        return f"{words}."
    return f"{words}, so a true ring looks like an egg, wider in the north.{ring}"


def _on_paper(laydown: Laydown) -> str:
    """What a picture's projection keeps true: the globe is seen from far away there."""
    if laydown.scenario.projection != "globe":
        return _projection(laydown)
    ring = " Every ring is a geodesic distance on WGS 84." if laydown.rings else ""
    return (
        "Orthographic projection: the Earth as seen from far away. The scale is true in the middle "
        f"only and shrinks towards the rim, and the far side is hidden.{ring}"
    )


def _subhead(laydown: Laydown, sentence: str) -> str:
    """Day, figures and whose, from where, without the capitals; the sentence if no ring is drawn.

    Few figures are told one by one, of many only who stated them.
    """
    rings = list({ring.figure.id: ring for ring in laydown.rings}.values())
    if not rings:
        return sentence
    planned = laydown.scenario.plan == "planned"
    day = f"On {_as_of(laydown)}, {'as planned in September 2009' if planned else 'as built'}"
    if len(rings) <= MOST_NAMED:
        said = "; ".join(
            f"{legend.ring_name(ring)}, {legend.figure_label(ring.figure)}, "
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


def _some(items: Iterable[str]) -> str:
    """The first few words, and how many more there are."""
    words = list(dict.fromkeys(items))
    if len(words) <= MOST_NAMED + 1:
        return _joined(words)
    return _joined([*words[:MOST_NAMED], f"{len(words) - MOST_NAMED} others"])


def _centre(laydown: Laydown) -> tuple[str, bool]:
    """Name of the point a true-range map is centred on, and whether an area is meant by it."""
    where = spot(laydown.scenario.centre)
    if where is not None:
        return _place(*where), False
    about = basemap.projected(laydown.scenario.centre, laydown.scenario.borders)
    place = _place(about.lon, about.lat)
    for mark in laydown.marks:
        if mark.site.id == laydown.scenario.centre:
            if mark.shape.geom_type == "Point":
                return f"{mark.site.name} ({place})", False
            return f"a point inside {mark.site.name.removeprefix('anywhere in ')} ({place})", True
    return place, False


def _flat(catalogue: Catalogue, laydown: Laydown) -> str:
    """What the flat circles get wrong, if they are shown."""
    if not laydown.scenario.flat:
        return ""
    wrong = flatness.mistakes(catalogue, laydown)
    if not wrong:
        return "No ring is drawn, so there is no flat circle to compare it with."
    lines = [_mistake(one) for one in wrong[:MOST_NAMED]]
    if len(wrong) > MOST_NAMED:
        lines.append(f"{len(wrong) - MOST_NAMED} more are drawn")
    return f"Flat-map circles, as drawn with the radius on a Mercator plane: {'; '.join(lines)}."


def _mistake(wrong: flatness.Mistake) -> str:
    ring = wrong.circle.ring
    place = ring.origin.name.removeprefix("anywhere in ")
    about = f"from {place}" if wrong.circle.about_a_point else f"about one point in {place}"
    words = f"that of {ring.figure.reach_km:,.0f} km {about} errs by up to {wrong.errs_km:,.0f} km"
    for cities, verb in ((wrong.left_out, "leaves out"), (wrong.taken_in, "takes in")):
        if len(cities) > MOST_CAPITALS:
            words += f", {verb} {len(cities)} capitals wrongly"
        elif cities:
            words += f", {verb} {_joined(city.name for city in cities)} wrongly"
    return words


def hidden_words(group: str, value: str) -> str:
    """Name a side, a kind or a basis that is left out."""
    if group == "side":
        return f"everything of side “{value}”" if value == "other" else f"everything {value}"
    if group == "kind":
        return f"{value}s" if value != "command centre" else "command centres"
    return f"{value} figures"


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
    return f"{legend.STATUS[state.status].label} {date}"


def _as_of(laydown: Laydown) -> str:
    return f"{laydown.scenario.as_of:%-d %B %Y}"


def _title(laydown: Laydown) -> str:
    shown = [mark for mark in laydown.marks if mark.status != "reference"]
    what = "NATO's missile defence in Europe" if shown else ""
    if laydown.scenario.plan == "planned" and any(mark.site.phases for mark in shown):
        what += " as planned in 2009"
    if shown and all(mark.site.layer == "third-site" for mark in shown):
        what = "The third site of 2007 to 2009"
    elif shown and all(mark.site.side == "Russia" for mark in shown):
        what = "Russian sites"
    elif not shown and laydown.tints:
        what = _tint_words(laydown)
    drawn = {ring.figure.id: ring for ring in laydown.rings}
    rings = [ring for ring in drawn.values() if ring.figure.basis != YOURS]
    own = len(drawn) - len(rings)
    systems = list(dict.fromkeys(ring.system.name for ring in rings))
    ranges = ""
    if len(rings) == 1:
        ring = rings[0]
        ranges = f"{legend.ring_name(ring)}, {legend.figure_label(ring.figure).split(' (')[0]}"
        if ring.system.kind != "statement":
            ranges += f", {ring.figure.basis}"
    elif len(systems) <= MOST_NAMED:
        ranges = f"stated ranges: {_joined(systems)}" if systems else ""
    else:
        ranges = f"{len(rings)} stated ranges"
    yours = f"{'a ring' if own == 1 else f'{own} rings'} of {YOURS}" if own else ""
    title = _joined(part for part in (what, yours, ranges) if part) or "Nothing is drawn"
    return title[:1].upper() + title[1:]


def _sentence(laydown: Laydown, within: Sequence[Within]) -> str:
    dates = "as planned in September 2009" if laydown.scenario.plan == "planned" else "as built"
    parts = [f"On {_as_of(laydown)}, {dates}: {_phases(laydown)}"]
    rings = list({ring.figure.id: ring for ring in laydown.rings}.values())
    if len(rings) <= MOST_NAMED:
        parts += [_ring_words(ring, laydown) for ring in rings]
        # an interceptor's or a radar's reach covers no capital in any sense worth printing
        told = [entry for entry in within if entry.ring.system.kind not in {"interceptor", "radar"}]
        parts += [_within_words(entry, several=len(within) > 1) for entry in told]
    else:
        parts.append(f"{len(rings)} stated ranges, each named in the legend")
    if laydown.tints:
        parts.append(f"tinted: {_tint_words(laydown)}")
    return "; ".join(parts) + "."


def _tint_words(laydown: Laydown) -> str:
    """Which groups of countries are tinted, with their numbers."""
    words = {
        "nato-members": "members of NATO",
        "eu-members": "members of the EU",
        "sectoral-proposal": "countries named in the sectoral proposal of 2010",
    }
    return _joined(f"{len(tint.countries)} {words[tint.layer]}" for tint in laydown.tints)


def _phases(laydown: Laydown) -> str:
    """Which phases are drawn, what became of the others, and which other sites are drawn."""
    by_line: dict[str, list[str]] = {}
    for state in laydown.phases:
        if not state.on:
            continue
        line = "not announced yet" if state.status is None else legend.STATUS[state.status].label
        if state.status == "cancelled":
            line = phase_line(laydown, state)
        elif state.status == "in service" and laydown.scenario.plan == "planned":
            line = "due in service"
        elif state.event is not None and state.event.kind == "capability":
            line = "with a first capability"
        by_line.setdefault(line, []).append(str(state.phase.number))
    said = [
        f"phase{'s' if len(numbers) > 1 else ''} {_joined(numbers)} {line}"
        for line, numbers in by_line.items()
    ]
    by_status: dict[Status, list[str]] = {}
    for mark in laydown.marks:
        if mark.site.layer is not None and mark.status != "reference":
            by_status.setdefault(mark.status, []).append(legend.mark_name(mark))
    said += [
        f"{_joined(names)} {legend.STATUS[status].label}" for status, names in by_status.items()
    ]
    return ", ".join(said) or "no site is switched on"


def _ring_words(ring: Ring, laydown: Laydown) -> str:
    """One figure: distance, what and whose, from where."""
    places = [other.origin.name for other in laydown.rings if other.figure.id == ring.figure.id]
    return (
        f"{legend.ring_name(ring)}, {legend.figure_label(ring.figure)}, {_stated(ring, laydown)}, "
        f"measured from {_joined(places)}"
    )


def _stated(ring: Ring, laydown: Laydown) -> str:
    """Basis, whose and when."""
    figure = ring.figure
    stated = legend.whose(figure)
    when = "" if figure.basis == YOURS else ", undated"
    if figure.date is not None:
        when = "" if figure.date.spoken in figure.by else f", {figure.date.spoken}"
        if figure.date.first > laydown.scenario.as_of:
            when += " (after the day shown)"
    return f"{stated}{when}"


def _within_words(entry: Within, *, several: bool) -> str:
    """Capitals within one ring: those of NATO by name if few, the others counted."""
    where = "within it"
    if several:
        place = entry.ring.origin.name.removeprefix("anywhere in ")
        where = f"within {entry.ring.figure.reach_km:,.0f} km of {place}"
    if entry.ring.figure.high_km is None:
        where = f"within {entry.ring.figure.reach_km:,.0f} km, the least that it says,"
    nato, total = len(entry.nato), len(entry.nato) + len(entry.others)
    if total == 0:
        return f"{where} lies no other capital"
    lie = "lies 1 other capital" if total == 1 else f"lie {total} other capitals"
    if entry.ring.system.kind == "statement" and entry.ring.figure.is_band:
        where = "in the band"
    names = _joined(city.name for city in entry.nato)
    if nato == 0:
        return f"{where} {lie}, none of a NATO member"
    if nato > MOST_CAPITALS:
        return f"{where} {lie}, {nato} of them of NATO members"
    if nato == total:
        return f"{where} {lie}: {names}, {'of a NATO member' if nato == 1 else 'of NATO members'}"
    if nato == 1:
        return f"{where} {lie}, one of them of a NATO member: {names}"
    return f"{where} {lie}, {nato} of them of NATO members: {names}"


def _notes(laydown: Laydown) -> tuple[str, ...]:
    """Caveats that must stand beside what is drawn, each once."""
    notes: list[str] = []
    for ring in laydown.rings:
        notes += [f"{legend.ring_name(ring)}: {note}" for note in legend.caveats(ring)]
    if laydown.scenario.hidden:
        words = (HIDEABLE[code] for code in sorted(laydown.scenario.hidden))
        notes.append(f"Left out by choice: {_joined(hidden_words(*pair) for pair in words)}.")
    sites = [mark for mark in laydown.marks if mark.status != "reference"]
    if any(legend.mark_shift(mark) != (0, 0) for mark in sites):
        notes.append("The symbol of phase 4 stands above its place, so that it hides no other.")
    later = _named_later(laydown)
    if later:
        notes.append(
            f"The plan of September 2009 is drawn at {_joined(later)}, announced for it later."
        )
    if any(mark.shape.geom_type != "Point" for mark in sites):
        notes.append("Patrol areas are illustrations: no official track or station is public.")
    if laydown.rings:
        notes.append(
            "Stated ranges only: payload, trajectory and launch point change them; "
            "nothing is modelled."
        )
    return tuple(dict.fromkeys(notes))


def _named_later(laydown: Laydown) -> list[str]:
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


def _origin_note(laydown: Laydown) -> str:
    """Where each range is measured from, and what an area as origin means."""
    lines = []
    for origin in {ring.origin.id: ring.origin for ring in laydown.rings}.values():
        name = origin.name
        if origin.area_of or (origin.geometry is not None and origin.geometry.geom_type != "Point"):
            place = name.removeprefix("anywhere in ")
            lines.append(f"anywhere in {place}, that is, from its nearest border point")
        else:
            lines.append(f"{name} ({_position(origin.geometry)})")
    return f"Measured from {'; '.join(lines)}." if lines else ""


def _position(point: object) -> str:
    return _place(getattr(point, "x", 0.0), getattr(point, "y", 0.0))


def _place(lon: float, lat: float) -> str:
    """Write a position as printed."""
    east, north = "E" if lon >= 0 else "W", "N" if lat >= 0 else "S"
    return f"{abs(lat):.2f}° {north}, {abs(lon):.2f}° {east}"


def source_ids(laydown: Laydown) -> tuple[str, ...]:
    """Ids of every source behind what is drawn, figures first; a reader's own ring has none."""
    ids = [ring.figure.source for ring in laydown.rings if ring.figure.basis != YOURS]
    ids += [mark.event.source for mark in laydown.marks if mark.event is not None]
    ids += [state.event.source for state in laydown.phases if state.on and state.event]
    ids += [source for tint in laydown.tints for source in tint.sources]
    return tuple(dict.fromkeys(ids))


def _cite(source: Source) -> str:
    return f"{source.publisher} ({source.date.year if source.date else 'undated'})"


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
            name = f"{mark.site.label or mark.site.name} ({legend.status_label(laydown, mark)})"
            (unseen if mark.site.id in outside else seen).append(name)
    marked = f" Marked: {_joined(seen)}." if seen else ""
    beyond = f" Outside of the picture: {_joined(unseen)}." if unseen else ""
    return f"Map. {sentence}{marked}{beyond}"


def _joined(items: Iterable[str]) -> str:
    """Words with commas and a last 'and'."""
    words = list(dict.fromkeys(items))
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def spoken(date: HalfDate | None) -> str:
    """Return a date as printed, or a dash."""
    return date.spoken if date else "–"
