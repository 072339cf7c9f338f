"""The first screen's map as a picture: there before the live map is, and under it until it is.

Without a graphics card a browser needs seconds to make the programs that draw the live map. The
picture is that map's own, kept by ``scripts/build_posters.py`` under the content of the map it
shows: a map on which anything differs has another name, and none is shown for it.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import streamlit as st

from geo.surface import STATIC
from geo.webmap import Deck

FOLDER = Path(__file__).resolve().parent.parent / "static"
#: Pixels of the picture for one of the page. A phone's screen is fine, and its map small.
SCALE = {"wide": 1, "phone": 2}
#: By then the live map stands, which has nothing to show of the picture but beyond the 180th
#: meridian; there it must not stay.
GONE_S = 30
#: In its place, so that the blocks of the page keep theirs.
NONE = "<style>/* no picture of the map */</style>"
#: In the session's state: key of the chart that the last run of the page had.
CHART = "poster-chart"


def name(deck: Deck, screen: str) -> str:
    """Give the file name of the picture of a map, kept or not."""
    return f"first-{screen}-{sha256(deck.to_json().encode()).hexdigest()[:8]}.webp"


def show(deck: Deck, key: str) -> None:
    """Lay the picture of a map, if one is kept, where the chart of this key will stand.

    Only if the chart is new on the page; one that stands has no need of it, and a style that comes
    and goes with every toggle has the whole page laid out anew.
    """
    stands = st.session_state.get(CHART) == key
    st.session_state[CHART] = key
    st.html(NONE if stands else _style(deck, key))


def gone() -> None:
    """Remember that this run of the page has no chart."""
    st.session_state.pop(CHART, None)


def _style(deck: Deck, key: str) -> str:
    kept = [screen for screen in SCALE if (FOLDER / name(deck, screen)).is_file()]
    if not kept:
        return NONE
    (screen,) = kept
    picture = f"image-set('{STATIC}{name(deck, screen)}' {SCALE[screen]}x)"
    return (
        "<style>@keyframes atlas-poster{to{background-image:none}}"
        # asked for now, it is here when the place of the map is
        f".stApp::after{{content:'';position:absolute;background:{picture};visibility:hidden}}"
        f".st-key-{key}{{background:{picture} center no-repeat;"
        f"animation:atlas-poster 0s {GONE_S}s forwards}}"
        f".st-key-{key} [data-testid=stSkeleton]{{visibility:hidden}}</style>"
    )
