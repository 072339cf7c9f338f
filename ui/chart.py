"""The deck as it goes to the browser: what a toggle leaves alone is fetched once."""

from __future__ import annotations

from zlib import crc32

from streamlit import runtime

from geo.mesh import MEDIA_TYPE
from geo.scenario import Scenario
from geo.webmap import EDGES, Deck


def key(name: str, scenario: Scenario) -> str:
    """Key of a map on the page: a plane in kilometres is another element than one in degrees.

    deck.gl takes new layers before the new view: in one element it would read kilometres as degrees
    when a reader changes the map, and draw no fill.
    """
    plane = scenario.projection in {"true-range", "equal-area"}
    return f"{name}-km" if plane else name


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
