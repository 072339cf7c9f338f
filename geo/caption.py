"""The words that go with any drawing: its sentences, sources, notes, alt text.

Job: one Laydown in exact, neutral sentences. Ban: no drawing, no files, no opinion.
"""

from __future__ import annotations

from dataclasses import dataclass

from geo import basemap, borders, flatness, legend, wording
from geo.catalogue import Catalogue
from geo.coverage import capitals_within
from geo.halfdate import HalfDate
from geo.headline import headline
from geo.laydown import Laydown
from geo.model import Site, Source
from geo.scenario import HIDEABLE, spot
from geo.sentence import (
    MOST_CAPITALS,
    MOST_NAMED,
    day_shown,
    described,
    named_later,
    sentence_of,
    subhead,
)
from geo.vocabulary import YOURS
from geo.whereabouts import origin_note, spoken_place
from geo.wording import listed

__all__ = ["Caption", "compose", "source_ids", "spoken"]


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
    told: str = ""
    """The sentence with every figure and whose it is, however many: to be quoted alone."""
    cited: tuple[str, ...] = ()
    """The sources, one by one."""
    aside: str = ""
    """Which symbols of a drawing stand beside their places; a file has them in place."""
    keyed: frozenset[str] = frozenset()
    """Caveats that a key has beside its lines."""

    @property
    def drawn_notes(self) -> tuple[str, ...]:
        """Notes of a drawing."""
        return (*((self.aside,) if self.aside else ()), *self.notes)

    @property
    def general_notes(self) -> tuple[str, ...]:
        """Notes of a drawing that its key has not."""
        return tuple(note for note in self.drawn_notes if note.split(": ", 1)[-1] not in self.keyed)


def compose(catalogue: Catalogue, laydown: Laydown) -> Caption:
    """Say what a Laydown shows."""
    within = capitals_within(catalogue, laydown)
    sentence = sentence_of(laydown, within)
    own = [
        f"{YOURS} “{ring.system.name}”, {ring.figure.by}"
        for ring in laydown.rings
        if ring.figure.basis == YOURS
    ]
    known = [_cite(catalogue.sources[one]) for one in source_ids(laydown)]
    cited = tuple(dict.fromkeys([*known, *own]))
    return Caption(
        title=headline(laydown),
        sentence=sentence,
        notes=_notes(laydown),
        aside=_aside(laydown),
        origin_note=origin_note(laydown),
        sources=f"Sources: {'; '.join(cited)}." if cited else "",
        borders=borders.note(laydown.scenario.borders),
        projection=_projection(laydown),
        credit=f"EPAA Atlas, data edition {laydown.version}, as of {day_shown(laydown)}.",
        alt=described(laydown, sentence),
        flat=_flat(catalogue, laydown),
        subhead=subhead(laydown, sentence),
        on_paper=_on_paper(laydown),
        told=sentence_of(laydown, within, most_named=len(laydown.rings)),
        cited=cited,
        keyed=frozenset(text for ring in laydown.rings for text in legend.caveats(ring)),
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
    words = "Mercator projection: the scale grows towards the poles, so no bar can show it"
    if not laydown.rings:
        return f"{words}."
    return f"{words}, and a true ring looks like an egg, wider in the north.{ring}"


def _on_paper(laydown: Laydown) -> str:
    """What a picture's projection keeps true: the globe is seen from far away there."""
    if laydown.scenario.projection != "globe":
        return _projection(laydown)
    ring = " Every ring is a geodesic distance on WGS 84." if laydown.rings else ""
    return (
        "Orthographic projection: the Earth as seen from far away. The scale is true in the middle "
        f"only and shrinks towards the rim, and the far side is hidden.{ring}"
    )


def _centre(laydown: Laydown) -> tuple[str, bool]:
    """Name of the point a true-range map is centred on, and whether an area is meant by it."""
    where = spot(laydown.scenario.centre)
    if where is not None:
        return spoken_place(*where), False
    about = basemap.projected(laydown.scenario.centre, laydown.scenario.borders)
    place = spoken_place(about.lon, about.lat)
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
    about = f"from {place}"
    if not wrong.circle.about_a_point:
        about = f"about one point in {place}, against the ring about all of it,"
    stated = wording.kilometres(ring.figure.reach_km)
    faults = [f"errs by up to {wrong.errs_km:,.0f} km"]
    for cities, verb in ((wrong.left_out, "leaves out"), (wrong.taken_in, "takes in")):
        if len(cities) > MOST_CAPITALS:
            faults.append(f"wrongly {verb} {len(cities)} capitals")
        elif cities:
            faults.append(f"wrongly {verb} {listed(city.name for city in cities)}")
    return f"that of {stated} {about} {listed(faults)}"


def _notes(laydown: Laydown) -> tuple[str, ...]:
    """Caveats that must stand beside what is drawn, each once."""
    notes: list[str] = []
    for ring in laydown.rings:
        notes += [f"{legend.ring_name(ring)}: {note}" for note in legend.caveats(ring)]
    if laydown.scenario.hidden:
        words = (HIDEABLE[code] for code in sorted(laydown.scenario.hidden))
        notes.append(f"Left out by choice: {listed(_hidden_words(*pair) for pair in words)}.")
    sites = [mark for mark in laydown.marks if mark.status != "reference"]
    later = named_later(laydown)
    if later:
        notes.append(
            f"The plan of September 2009 is drawn at {listed(later)}, announced for it later."
        )
    notes += [
        _unplaced(mark.site, mark.unplaced)
        for mark in sites
        if mark.unplaced and (mark.site.label or mark.site.name) not in later
    ]
    if any(mark.shape.geom_type != "Point" for mark in sites):
        notes.append("Patrol areas are illustrations: no official track or station is public.")
    if laydown.rings:
        notes.append(
            "Stated ranges only: payload, trajectory and launch point change them; "
            "nothing is modelled."
        )
    return tuple(dict.fromkeys(notes))


def _unplaced(site: Site, stated: str) -> str:
    """Say that a site is drawn where no source of the day puts it."""
    date = site.place_named
    named = f"name {stated}, no place until {date.spoken}" if date else "name no place"
    stands = site.local_name or site.name
    return f"{site.label or site.name}: sources {named}; {stands} stands for it."


def _aside(laydown: Laydown) -> str:
    """Say which symbols make room for others; of one without a place more is said."""
    aside = [
        mark.site.label or mark.site.name
        for mark in laydown.marks
        if mark.status != "reference"
        and not mark.unplaced
        and any(legend.mark_shift(laydown, mark))
    ]
    stand = "stands beside its" if len(aside) == 1 else "stand beside their"
    return f"{listed(aside)} {stand} place, so that no symbol hides another." if aside else ""


def _hidden_words(group: str, value: str) -> str:
    """Name a side, a kind or a basis that is left out."""
    if group == "side":
        return f"everything of side “{value}”" if value == "other" else f"everything {value}"
    if group == "kind":
        return f"{value}s" if value != "command centre" else "command centres"
    return f"{value} figures"


def source_ids(laydown: Laydown) -> tuple[str, ...]:
    """Ids of every source behind what is drawn, figures first; a reader's own ring has none."""
    ids = [ring.figure.source for ring in laydown.rings if ring.figure.basis != YOURS]
    ids += [mark.event.source for mark in laydown.marks if mark.event is not None]
    ids += [state.event.source for state in laydown.phases if state.on and state.event]
    ids += [source for tint in laydown.tints for source in tint.sources]
    return tuple(dict.fromkeys(ids))


def _cite(source: Source) -> str:
    return f"{source.publisher} ({source.date.year if source.date else 'undated'})"


def spoken(date: HalfDate | None) -> str:
    """Return a date as printed, or a dash."""
    return date.spoken if date else "–"
