"""A reader's own rings: typed, or read from a file; kept for this visit and written nowhere."""

from __future__ import annotations

import streamlit as st

from geo import own, upload
from geo.catalogue import Catalogue
from geo.errors import AtlasError, OwnDataError
from geo.link import TOO_LARGE, to_query
from geo.own import COLUMNS, MOST_RINGS, Own
from ui import given, markup
from ui.given import Said

#: The fields of the form, as the reader sees them; messages call them so too.
LABELS = {
    "name": "Name",
    "lon": "Longitude",
    "lat": "Latitude",
    "range_km": "Range in km",
    "source": "Who states it",
}
EXAMPLE = ",".join(COLUMNS) + "\nWhat if,46.29,38.08,1500,My assumption\n"


def show(catalogue: Catalogue) -> None:
    """A button with how many there are; what is behind it is made when it is opened."""
    rings: tuple[Own, ...] = st.session_state["own-rings"]
    count = f" ({len(rings)})" if rings else ""
    menu = st.popover(
        f"Your data{count}",
        icon=":material/edit_location_alt:",
        on_change="rerun",
        key="own-menu",
    )
    if menu.open:
        with menu:
            _body(catalogue, rings)
    else:
        st.session_state.pop("own-error", None)


def _body(catalogue: Catalogue, rings: tuple[Own, ...]) -> None:
    state = st.session_state
    st.markdown(
        "**Your own rings** are drawn in green with long dashes and marked “your data”. They stay "
        "in this visit's memory, and stand in the link while they are few; nothing is stored. The "
        "atlas does not check their figures."
    )
    for place, one in enumerate(rings):
        line, button = st.columns([5, 1.2], vertical_alignment="center")
        line.text(f"{one.name}: {one.range_km:,.10g} km")
        button.button(
            "",
            icon=":material/delete:",
            key=f"own-drop-{place}",
            help="Remove this ring",
            on_click=_drop,
            args=(place,),
        )
    aside: tuple[Own, ...] = state.get("own-aside", ())
    if aside and not rings:
        st.button(f"Draw your {len(aside)} again", on_click=_take, args=(aside,), key="own-again")
    with st.form("own-form", border=False, clear_on_submit=False):
        left, right = st.columns(2)
        left.text_input(
            LABELS["name"], key="own-name", max_chars=own.MOST_NAME, placeholder="such as: What if"
        )
        right.text_input(LABELS["range_km"], key="own-km", placeholder="such as 1500")
        left, right = st.columns(2)  # a row of its own, so that the Tab key goes as the eye does
        left.text_input(LABELS["lon"], key="own-lon", placeholder="such as 46.29")
        right.text_input(LABELS["lat"], key="own-lat", placeholder="such as 38.08")
        st.text_input(
            f"{LABELS['source']} (may be empty)", key="own-source", max_chars=own.MOST_SOURCE
        )
        if "own-error" in state:
            st.error(markup.lines([state["own-error"]]))
        st.form_submit_button("Draw this ring", on_click=_typed)
    taken = given.file(
        "Or a file: CSV or GeoJSON",
        ["csv", "geojson", "json", "txt"],
        "own-data-file",
        _read,
        f"UTF-8, at most {MOST_RINGS} rings. CSV columns: {', '.join(COLUMNS)}. GeoJSON: "
        "points or areas with name, range_km and source.",
    )
    if taken:
        st.rerun()
    st.download_button(
        "An example file", EXAMPLE, "rings.csv", "text/csv", on_click="ignore", key="own-example"
    )
    if rings and to_query(state["last"], catalogue.offer).get("own", "").startswith(TOO_LARGE):
        st.caption(
            "These are areas, or too many, for a link: whoever opens your link is asked to add the "
            "file again."
        )


def _read(name: str, data: bytes) -> Said:
    found = upload.read(data, name)
    _take((*st.session_state["own-rings"], *found))
    return Said(f"{name}: {len(found)} ring{'s' if len(found) > 1 else ''} drawn.")


def _typed() -> None:
    """Add the ring of the form; what is wrong is named, and stays in its field."""
    state = st.session_state
    try:
        made = own.ring(
            state["own-name"],
            state["own-lon"],
            state["own-lat"],
            state["own-km"],
            state["own-source"],
            names=LABELS,
        )
        _take((*state["own-rings"], made))
    except AtlasError as error:
        state["own-error"] = str(error)
        return
    for key in ("own-name", "own-km"):
        state[key] = ""


def _take(rings: tuple[Own, ...]) -> None:
    """Draw these; OwnDataError if they are too much for one map, and nothing changes."""
    state = st.session_state
    said = own.too_much(rings)
    if said:
        raise OwnDataError("Your data, with what is drawn", (said,))
    state["own-rings"] = rings
    state["own-aside"] = ()
    state.pop("own-error", None)


def _drop(place: int) -> None:
    rings = st.session_state["own-rings"]
    st.session_state["own-rings"] = rings[:place] + rings[place + 1 :]
