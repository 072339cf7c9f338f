"""What a reader chooses, in the order a person thinks: what, when, whose figure, from where."""

from __future__ import annotations

import streamlit as st

from geo import canvas
from geo.catalogue import Catalogue
from geo.laydown import Laydown
from geo.scenario import EARLIEST, FRAMINGS, HIDEABLE, LAYERS
from geo.sentence import phase_line
from ui import address, markup, own
from ui.address import group_of
from ui.drawing import figure_titles

PLANS = {"as-built": "As built", "planned": "As planned in 2009"}
MAPS = {
    "mercator": "Mercator",
    "true-range": "True range from a centre",
    "equal-area": "Equal area (Europe)",
    "globe": "Globe",
}
BORDERS = {"de-jure": "De jure", "de-facto": "De facto"}
GROUPS = {
    "iran": ("Iran", "No Iranian figure is drawn"),
    "kaliningrad": ("Russia, Kaliningrad", "No Russian figure is drawn"),
    "sites": ("NATO/US interceptors and radars", "None is drawn"),
}
HIDE_GROUPS = {"side": "Side", "kind": "Kind", "basis": "Figures"}
ORIGINS = {"iran": "Iranian figures from", "kaliningrad": "Kaliningrad figures from"}


def show(catalogue: Catalogue, laydown: Laydown) -> None:
    """Draw every control; all of them every time, so that none loses its choice."""
    first = address.first()
    st.subheader("What", help="The four phases of the European Phased Adaptive Approach (EPAA).")
    for state in laydown.phases:
        name = f"Phase {state.phase.number}"
        cancelled = state.status == "cancelled"
        title = f"~~{name}~~" if cancelled else f"**{name}**"
        st.toggle(
            f"{title} {phase_line(laydown, state)}",
            first[f"phase{state.phase.number}"],
            key=f"phase{state.phase.number}",
            help=f"{state.phase.summary} Planned dates and sources: see the dossiers.",
        )
    st.pills(
        "Also show",
        [layer for layer in LAYERS if layer in catalogue.offer.layers],
        selection_mode="multi",
        default=first["layers"],
        format_func=LAYERS.__getitem__,
        key="layers",
    )
    st.multiselect(
        "Leave out",
        list(HIDEABLE),
        first["hidden"],
        format_func=hideable_words,
        key="hidden",
        placeholder="Nothing is left out",
        help="A side, a kind of site, or a basis of figures. The notes say what was left out.",
    )
    st.subheader("When")
    st.date_input(
        "As of",
        first["date"],
        key="date",
        min_value=EARLIEST,
        max_value=catalogue.offer.as_of,
        format="DD/MM/YYYY",
        help=f"What had happened by this day is drawn. The data end on "
        f"{catalogue.offer.as_of:%-d %B %Y}, so no later day can be chosen.",
    )
    st.segmented_control(
        "Dates",
        list(PLANS),
        default=first["plan"],
        format_func=PLANS.__getitem__,
        key="plan",
        label_visibility="collapsed",
    )
    st.subheader("Whose figure")
    titles = figure_titles()
    for group, (label, empty) in GROUPS.items():
        st.multiselect(
            label,
            _figure_ids(catalogue, group),
            first[f"figures-{group}"],
            format_func=titles.__getitem__,
            key=f"figures-{group}",
            placeholder=empty,
        )
    own.show(catalogue)
    st.subheader("From where")
    for area, label in ORIGINS.items():
        st.selectbox(
            label,
            catalogue.offer.origins[area],
            catalogue.offer.origins[area].index(first[f"origin-{area}"]),
            format_func=lambda site_id: _capital(catalogue.sites[site_id].name),
            key=f"origin-{area}",
            # a place is asked about every figure, drawn or not
            disabled=laydown.scenario.view != "place"
            and not any(ring.system.launch_area == area for ring in laydown.rings),
        )
    st.subheader("How drawn")
    st.selectbox(
        "Part of the world",
        list(FRAMINGS),
        list(FRAMINGS).index(first["frame"]),
        format_func=lambda key: FRAMINGS[key].name,
        key="frame",
    )
    _projection(catalogue, laydown)
    st.segmented_control(
        "Border view",
        list(BORDERS),
        default=first["borders"],
        format_func=BORDERS.__getitem__,
        key="borders",
    )


def hideable_words(code: str) -> str:
    """Name what can be left out, as a line of the list."""
    group, value = HIDEABLE[code]
    return f"{HIDE_GROUPS[group]}: {value}"


def _projection(catalogue: Catalogue, laydown: Laydown) -> None:
    """Which map, what it is centred on, and whether the flat-circle mistake is shown."""
    st.selectbox(
        "Map",
        list(MAPS),
        list(MAPS).index(address.first()["projection"]),
        format_func=MAPS.__getitem__,
        key="projection",
        on_change=_centre_on_origin,
        args=(catalogue, laydown),
    )
    if laydown.scenario.projection == "true-range":
        if "centre" not in st.session_state:
            address.put_centre(laydown.scenario)
        sites = catalogue.sites
        st.selectbox(
            "Centre",
            [*catalogue.offer.centres, address.ELSEWHERE],
            format_func=lambda key: (
                "Another place" if key == address.ELSEWHERE else _capital(sites[key].name)
            ),
            key="centre",
            on_change=_start_elsewhere,
            args=(laydown,),
        )
        if st.session_state["centre"] == address.ELSEWHERE:
            left, right = st.columns(2)
            left.text_input("Longitude", key="centre-lon", help="Degrees; west is negative.")
            right.text_input("Latitude", key="centre-lat", help="Degrees; south is negative.")
            _, wrong = address.typed_centre()
            if wrong:
                st.error(markup.plain(f"{wrong} The map keeps its last centre."))
    st.toggle(
        "Show the flat-circle mistake",
        address.first()["flat"],
        key="flat",
        help="Beside each ring, the circle that a flat-map tool draws with the same radius.",
    )


def _centre_on_origin(catalogue: Catalogue, laydown: Laydown) -> None:
    """Centre a true-range map on the place that all ranges are measured from, if none is chosen."""
    state = st.session_state
    starts = {ring.origin.id for ring in laydown.rings}
    if (
        state["projection"] == "true-range"
        and not state.get("centre-chosen")
        and len(starts) == 1
        and starts <= set(catalogue.offer.centres)
    ):
        state["centre-now"] = starts.pop()


def _start_elsewhere(laydown: Laydown) -> None:
    """Another place starts where the map is, so that nothing jumps before a place is typed."""
    st.session_state["centre-chosen"] = True
    if st.session_state["centre"] == address.ELSEWHERE:
        about = canvas.chart(laydown.scenario)
        st.session_state["centre-lon"] = f"{about.lon:g}"
        st.session_state["centre-lat"] = f"{about.lat:g}"


def _figure_ids(catalogue: Catalogue, group: str) -> list[str]:
    """Figures of a list: confirmed ones first, in the order of the catalogue."""
    offered = [
        (system, figure)
        for system, figure in catalogue.figures.values()
        if figure.id in catalogue.offer.figures and group_of(system) == group
    ]
    return [figure.id for _, figure in sorted(offered, key=lambda pair: not pair[1].confirmed)]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
