"""What a reader picks on the map, and the list of every stated figure that reaches it."""

from __future__ import annotations

import html
from typing import Any

import streamlit as st

from geo import borders, question
from geo.catalogue import Catalogue
from geo.laydown import Laydown
from ui import place

#: Sides in the middle of a sentence.
WORDS = {
    "other": "other",
    "your data": "your own",
    "NATO/US": "NATO and US (interceptors and radars)",
}


def picked(catalogue: Catalogue, key: str) -> None:
    """Ask about what was picked on the map: a site, a capital or a country.

    A line or the sea is no answer; what was asked before goes when the pick is taken back. The key
    is that of the map.
    """
    state = st.session_state
    objects: dict[str, list[dict[str, Any]]] = state[key].selection.get("objects", {})
    found = [
        (layer, item)
        for layer, items in objects.items()
        for item in items
        if isinstance(item, dict)
    ]
    if not found:
        state["place"] = None
        return
    asked = _asked(catalogue, *found[0])
    if asked is not None:
        state["place"] = asked
        if asked in catalogue.sites:
            state["dossier"] = asked


def _asked(catalogue: Catalogue, layer: str, item: dict[str, Any]) -> str | None:
    """Id or code of a thing picked; None for what nothing can be asked about."""
    about = item.get("properties", item)
    if not isinstance(about, dict):
        return None
    key = about.get("id")
    if layer == "places" and about.get("kind") == "capital":
        key = next(
            (
                key
                for key, city in catalogue.places.items()
                if city.capital and city.name == about.get("name")
            ),
            None,
        )
    elif layer == "places":  # the names of countries stand in capitals
        key = next(
            (iso3 for iso3, name in borders.names().items() if name.upper() == about.get("name")),
            None,
        )
    return key if isinstance(key, str) and key in catalogue.offer.places else None


def brief(catalogue: Catalogue, laydown: Laydown) -> None:
    """Say beside the map how many figures reach what was picked; the list stands below the map."""
    asked_for = laydown.scenario.place
    if asked_for is None:
        return
    asked = question.asked(catalogue, asked_for, laydown.scenario.borders)
    found = question.what_reaches(catalogue, laydown, asked)
    counts = [
        f"{WORDS.get(side, words)} {sum(cover.within for cover in of_side)} of {len(of_side)}"
        for side, words in place.SIDES.items()
        if (of_side := [cover for cover in found if cover.system.side == side])
    ]
    st.html(
        '<div style="border-left:3px solid currentColor;padding-left:.7rem;font-size:14px">'
        f"Stated figures that reach <b>{html.escape(asked.name)}</b>, whatever is drawn: "
        f"{'; '.join(counts)}. Figures, not missiles: of one missile there may be several. "
        '<a href="#what-reaches">The list</a> stands below the map.</div>'
    )


def show(catalogue: Catalogue, laydown: Laydown) -> None:
    """List what reaches the place asked about, if one is."""
    if laydown.scenario.place is None:
        return
    asked = question.asked(catalogue, laydown.scenario.place, laydown.scenario.borders)
    with st.container(border=True):
        head, close = st.columns([6, 1], vertical_alignment="center")
        head.subheader(f"What reaches {asked.name}", anchor="what-reaches")
        close.button("Close", key="pick-close", on_click=_close, width="stretch")
        place.answer(catalogue, laydown, asked)


def _close() -> None:
    st.session_state["place"] = None
