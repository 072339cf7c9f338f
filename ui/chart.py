"""The deck as it goes to the browser: what a toggle leaves alone is fetched once."""

from __future__ import annotations

from zlib import crc32

import streamlit as st
from streamlit import runtime

from geo.mesh import MEDIA_TYPE
from geo.scenario import Scenario
from geo.webmap import EDGES, Deck


def in_km(scenario: Scenario) -> bool:
    """Tell whether the map is a plane in kilometres, which has to be another element of the page.

    deck.gl takes new layers before the new view: in one element it would read kilometres as degrees
    when a reader changes the map, and draw no fill.
    """
    return scenario.projection in {"true-range", "equal-area"}


def key(name: str, scenario: Scenario) -> str:
    """Key of a map that is asked what a reader picks: with it, another key is another element."""
    return f"{name}-km" if in_km(scenario) else name


def show(deck: Deck, scenario: Scenario, height_px: int, alt: str) -> None:
    """Draw a map that is asked nothing: such a one is told from another by its place only."""
    degrees, kilometres = st.empty(), st.empty()
    place = kilometres if in_km(scenario) else degrees
    place.pydeck_chart(light(deck), height=height_px, alt=alt)


def light(deck: Deck) -> Deck:
    """Give a deck whose land, borders, grid and names are files that this visit's server holds.

    The Mercator map has them under ``static/``. Another map's names and grid, a flat map's borders,
    and the land about a free centre, are made when it is drawn; Streamlit keeps them, as it keeps
    pictures, while a reader's page names them, under an address made of their content.
    """
    if not deck.standing or not runtime.exists():  # a test of the page has no server
        return deck
    files = runtime.get_instance().media_file_mgr
    # relative, so that it holds behind a proxy that puts the page under a path
    addresses = {
        key: files.add(content, _media_type(key), f"{key}-{crc32(content)}").lstrip("/")
        for key, content in deck.standing.items()
    }
    return deck.pointing(addresses)


def _media_type(layer: str) -> str:
    return MEDIA_TYPE if layer == EDGES else "application/json"
