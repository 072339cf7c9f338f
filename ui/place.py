"""Ask a place: every stated figure that reaches it, by whose figure and by how much."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import lru_cache, partial

import streamlit as st

from geo import borders, export, question, wording
from geo.catalogue import Catalogue, load
from geo.errors import AtlasError
from geo.laydown import Laydown
from geo.link import spot_code
from geo.model import Figure
from geo.question import Asked, Cover
from geo.scenario import Scenario, spot
from geo.vocabulary import YOURS
from ui import markup, table
from ui.drawing import distinct

#: Kept apart, in this order: what an operator says, what was flown, what others say.
BASES = ("declared", "demonstrated", "assessed", "reported", "projected", YOURS)
#: Kinds of system whose figures say nothing of targets on the ground, as counts and rows tell.
AGAINST_OTHERS = {"surface-to-air missile": "against aircraft", "coastal missile": "against ships"}
NOT_GROUND = {**AGAINST_OTHERS, "interceptor": "of interceptors", "radar": "of radars"}
SIDES = {
    "Iran": "Iranian",
    "Russia": "Russian",
    "NATO/US": "NATO and US",
    "other": "Other",
    YOURS: "Your own",
}


@lru_cache(maxsize=1)
def offered() -> Mapping[str, str]:
    """Label of everything that can be asked about: capitals, other cities, countries, sites."""
    catalogue, names = load(), borders.names()
    listed = sorted(catalogue.places.items(), key=lambda item: (not item[1].capital, item[1].name))
    cities = {
        key: f"{city.name}, {names.get(city.iso3, city.iso3)}{' (capital)' if city.capital else ''}"
        for key, city in listed
    }
    countries = {key: f"{name} (country)" for key, name in sorted(names.items(), key=_by_name)}
    sites = {site.id: f"{site.name} ({site.kind})" for site in catalogue.sites.values()}

    def where(key: str) -> str:
        city = catalogue.places.get(key)
        if city is None:
            return key
        spot = spot_code(round(city.lon, 1), round(city.lat, 1))
        return question.asked(catalogue, spot, "de-jure").name

    return distinct(cities | countries | sites, where)


def _by_name(pair: tuple[str, str]) -> str:
    return pair[1]


def show(catalogue: Catalogue, scenario: Scenario, laydown: Laydown) -> None:
    """Ask for a place, and answer."""
    st.html(
        '<h1 style="margin:0;padding:0;font-size:22px;font-weight:650">What reaches this place, '
        "by whose figure?</h1>"
    )
    _ask(scenario)
    if scenario.place is None:
        st.info(
            "Pick a city, a country or a site, or type a longitude and a latitude. The answer "
            "follows the date."
        )
        return
    _mind_the_order(scenario.place)
    answer(catalogue, laydown, question.asked(catalogue, scenario.place, scenario.borders))


def _mind_the_order(place: str) -> None:
    """Say so if a position lies at sea, and on land the other way round."""
    where = spot(place)
    if where is None or abs(where[0]) > 90:
        return
    lon, lat = where
    if borders.country_at(lon, lat, "de-jure") is None and borders.country_at(lat, lon, "de-jure"):
        st.caption(
            f"This point lies at sea. Longitude comes first here: if {lon:g} is a latitude, write "
            f"{lat:g}, {lon:g}."
        )


def answer(catalogue: Catalogue, laydown: Laydown, place: Asked) -> None:
    """List every stated figure that reaches a place, and on demand those that do not."""
    scenario, name = laydown.scenario, place.name
    with st.spinner("Measuring every stated figure", show_time=False):
        found = question.what_reaches(catalogue, laydown, place)
    sides = [side for side in SIDES if any(cover.system.side == side for cover in found)]
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    with left:
        side = st.segmented_control(
            "Whose systems",
            sides,
            format_func=SIDES.__getitem__,
            default=sides[0] if sides else None,
            key="place-side",
        )
    with right:
        st.download_button(
            "All figures as CSV",
            # made when it is asked for, not on every rerun
            partial(export.covers_csv, catalogue, found, scenario, name),
            file_name=export.file_name("place", catalogue, "csv"),
            mime="text/csv",
            on_click="ignore",
            icon=":material/download:",
        )
    of_side = sorted(
        (cover for cover in found if side in {None, cover.system.side}),
        key=lambda cover: (BASES.index(cover.figure.basis), -cover.margin_km),
    )
    chosen = [cover for cover in of_side if not cover.system.hypothetical]
    needed = [cover for cover in of_side if cover.system.hypothetical]
    within = [cover for cover in chosen if cover.within]
    by_basis = {
        basis: question.statements(cover for cover in within if cover.figure.basis == basis)
        for basis in BASES
    }
    counted = ", ".join(f"{count} {basis}" for basis, count in by_basis.items() if count)
    day = f"{scenario.as_of:%-d %B %Y}"
    later = sum(_stated_after(cover.figure, scenario.as_of) for cover in within)
    stated = f" Of these, {later} {'was' if later == 1 else 'were'} stated after that day."
    st.markdown(
        f"On {day}, **{question.statements(within)} of "
        f"{question.statements(chosen)}** stated "
        f"figures of {SIDES[side] if side else 'all'} systems reach {markup.plain(name)}"
        + (f": {counted}." if counted else ".")
        + _not_ground(within)
        + (stated if later else "")
        + _others(found, [one for one in sides if side not in {None, one}])
    )
    _table(catalogue, f"Figures that reach {name}", within, scenario.as_of)
    short = [cover for cover in chosen if not cover.within]
    if short and st.toggle(f"Also the {len(short)} that do not", key="place-short"):
        _table(catalogue, f"Figures that do not reach {name}", short, scenario.as_of)
    if needed and st.toggle(
        f"Also {len(needed)} distances that a missile would need", key="place-needed"
    ):
        st.caption("Of missiles that nobody has said to exist; they are counted nowhere above.")
        _table(catalogue, "Distances that a missile would need", needed, scenario.as_of)
    st.caption(
        "These are figures, not missiles: of one missile there may be several, by several sources; "
        "one statement about two missiles stands in two rows and counts once. "
        "Margins are geodesic distances against the (outer) stated figure; “more than” counts as "
        "its lower end. Iranian and Kaliningrad "
        "figures are measured from the origin chosen under “From where”, others from the nearest "
        "site that stands on the day shown, on the map or not. A figure reaches a country if it "
        "reaches its nearest point. A stated reach of an interceptor is not the area it "
        "defends, and a radar's range depends on its target."
    )


def _not_ground(within: Sequence[Cover]) -> str:
    """Say how many of the figures are of no weapon against the ground."""
    counts = {
        words: question.statements(cover for cover in within if cover.system.kind == kind)
        for kind, words in NOT_GROUND.items()
    }
    told = ", ".join(f"{count} {words}" for words, count in counts.items() if count)
    return f" Of these, not against targets on the ground: {told}." if told else ""


def _stated_after(figure: Figure, day: dt.date) -> bool:
    return figure.date is not None and figure.date.first > day


def _others(found: Sequence[Cover], sides: list[str]) -> str:
    """Say what the sides that are not listed have, so that nobody takes one for all."""
    counted = [
        f"{question.statements(_reaching(found, side))} "
        f"{SIDES[side] if side not in {'other', YOURS} else SIDES[side].lower()}"
        for side in sides
    ]
    return f" Other figures that reach it: {', '.join(counted)}; choose above." if counted else ""


def _reaching(found: Sequence[Cover], side: str) -> list[Cover]:
    return [
        cover
        for cover in found
        if cover.within and cover.system.side == side and not cover.system.hypothetical
    ]


def _ask(scenario: Scenario) -> None:
    """Ask for a city, or a position; what is typed leads until a city is picked again."""
    state = st.session_state
    labels = offered()
    # set each time: for a browser that comes from another view the box is new, and empty
    state["place-city"] = scenario.place if scenario.place in labels else None
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    with left:
        st.selectbox(
            "City, country or site",
            list(labels),
            index=None,
            format_func=labels.__getitem__,
            key="place-city",
            placeholder="Type a name",
            on_change=_picked,
        )
    with right:
        st.text_input(
            "Or longitude, latitude",
            key="place-spot",
            placeholder="26.1, 44.4",
            on_change=_typed,
            help="Degrees, longitude first; east and north are positive.",
        )
    if "place-error" in state:
        st.error(markup.lines([state["place-error"]]))


def _picked() -> None:
    state = st.session_state
    state.pop("place-error", None)
    state["place"] = state["place-city"]
    state["place-spot"] = ""


def _typed() -> None:
    """Read a typed position; what cannot be read is named and stays in the field."""
    state = st.session_state
    state.pop("place-error", None)
    text = state["place-spot"].strip()
    if not text:
        return
    try:
        lon, lat = (float(part) for part in text.replace(";", ",").split(","))
        state["place"] = spot_code(lon, lat)
    except (ValueError, AtlasError):
        state["place-error"] = (
            f"“{text}” is not a position. Write longitude, latitude in degrees, such as 26.1, 44.4 "
            "(longitude -180 to 180, latitude -90 to 90)."
        )


def _table(catalogue: Catalogue, name: str, covers: list[Cover], as_of: dt.date) -> None:
    if not covers:
        st.caption("None.")
        return
    notes = list(dict.fromkeys(cover.figure.note for cover in covers if cover.figure.note))
    table.show(
        name,
        ["System", "Basis", "Stated", "By", "From", "Distance", "Margin", "Source"],
        [_cells(catalogue, cover, as_of, notes) for cover in covers],
    )
    if notes:
        told = " ".join(f"Note {number}: {note}" for number, note in enumerate(notes, start=1))
        st.caption(markup.plain(told))


def _cells(
    catalogue: Catalogue, cover: Cover, as_of: dt.date, notes: Sequence[str]
) -> list[table.Cell]:
    figure, source = cover.figure, catalogue.sources.get(cover.figure.source)
    doubt = "" if figure.confirmed else " (unconfirmed)"
    when = wording.when_stated(figure, as_of)
    told = f", {NOT_GROUND[kind]}" if (kind := cover.system.kind) in AGAINST_OTHERS else ""
    told += f", note {notes.index(figure.note) + 1}" if figure.note else ""
    if not cover.in_sector:
        margin = "outside the sector assumed"
    elif cover.upper_only:
        margin = f"{cover.margin_km:,.0f} km, by the upper figure; beyond the lower"
    elif cover.within:
        margin = f"{cover.margin_km:,.0f} km to spare"
    elif cover.margin_km >= 0:
        margin = "nearer than the class"
    else:
        margin = f"{-cover.margin_km:,.0f} km short"
    cited: table.Cell = YOURS
    if source is not None:
        year = f", {source.date.year}" if source.date else ""
        cited = table.Link(f"{source.publisher}{year}", source.url or "")
    return [
        wording.figure_name(cover.system, figure),
        figure.basis,
        f"{wording.figure_label(figure)}{doubt}{told}",
        f"{figure.by}{when}",
        cover.measured_from,
        table.Number(f"{cover.distance_km:,.0f} km"),
        margin,
        cited,
    ]
